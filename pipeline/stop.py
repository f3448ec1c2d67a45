"""Ending well: the signals that ask a long-lived command to finish what it is at."""

from __future__ import annotations

import signal
import threading
from typing import NoReturn

STOPS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Its ``event`` is set by SIGINT or SIGTERM, so that work under way can be finished; a second signal interrupts it.

    The signals are blocked in this process and in the workers that it starts, and taken by a thread of their own:
    Ctrl-C in a terminal reaches every process there, and would end the workers. Make it before libraries start threads,
    which would take the signals otherwise.
    """

    def __init__(self) -> None:
        self.event = threading.Event()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        signal.signal(signal.SIGUSR2, _interrupt)
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        signal.sigwait(STOPS)
        self.event.set()
        signal.sigwait(STOPS)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR2)  # wakes it from any wait


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
