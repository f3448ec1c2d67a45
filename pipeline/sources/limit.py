"""A limit on the time that one article may take.

Processor time is counted, not what a clock shows: a busy machine or a slow disk refuses no article. In the main thread, where
workers run, a timer of the system interrupts whatever checks for signals: Python code, regular expressions, most libraries. In
any other thread another one watches, which can interrupt only between two steps of the interpreter. A call into a C library
that never comes back cannot be interrupted by either; sizes are limited before such calls are made.
"""

from __future__ import annotations

import ctypes
import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import TypeVar

_log = logging.getLogger(__name__)

ARTICLE_SECONDS = 60.0
_AGAIN = 1.0  # seconds after which what has not ended is interrupted again: a library may have swallowed it
_TOLD = 0.1  # share of the limit from which the log names an article

T = TypeVar("T")
_armed = False


class TooSlow(BaseException):
    """An article took longer than its limit; no ``Exception``, lest a library take it for an error of its own."""

    reason = "too_slow"
    detail = "it takes longer than the setting article_seconds allows"


def within(seconds: float, work: Callable[[], T], what: str) -> T:
    """Return what ``work`` returns.

    Args:
        seconds: of processor time that it may take.
        work: what is done; limits within one another are not kept.
        what: what the log calls it where it takes long.

    Raises:
        TooSlow: it took longer and was interrupted.
    """
    limited = _by_timer if threading.current_thread() is threading.main_thread() else _watched
    begun = time.thread_time()
    try:
        return limited(seconds, work)
    finally:
        taken = time.thread_time() - begun
        if taken > _TOLD * seconds:
            _log.info("%s took %.1f s", what, taken, extra={"seconds": round(taken, 3)})


def _by_timer(seconds: float, work: Callable[[], T]) -> T:
    global _armed
    if signal.getsignal(signal.SIGPROF) is not _interrupt:
        signal.signal(signal.SIGPROF, _interrupt)
    try:
        _armed = True
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
        try:
            return work()
        finally:
            _disarm()
    except TooSlow:
        _disarm()  # where it came just when the work was done
        raise


def _interrupt(*_: object) -> None:
    if _armed:
        raise TooSlow


def _disarm() -> None:
    global _armed
    _armed = False
    signal.setitimer(signal.ITIMER_PROF, 0)


def _watched(seconds: float, work: Callable[[], T]) -> T:
    own = threading.get_ident()
    clock = time.pthread_getcpuclockid(own)
    end = time.clock_gettime(clock) + seconds
    ended = threading.Event()
    deciding = threading.Lock()
    sent = False

    def watch() -> None:
        nonlocal sent
        wait = seconds
        while not ended.wait(wait):
            left = end - time.clock_gettime(clock)
            wait = max(left, 0.01) if left > 0 else _AGAIN
            with deciding:
                if left <= 0 and not ended.is_set():
                    sent = True
                    _raise_in(own)

    def stop() -> None:
        ended.set()
        with deciding:
            if not sent:
                return
        # One that has not come yet must not come later. Taken back, it would leave the interpreter looking for it for ever
        # (CPython 3.11), so another takes its place and is met here.
        try:
            _raise_in(own)
            while True:
                pass
        except TooSlow:
            pass

    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
            return work()
        finally:
            stop()
    except TooSlow:
        stop()
        raise


def _raise_in(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooSlow))
