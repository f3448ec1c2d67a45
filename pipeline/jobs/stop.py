"""Ending well: the signals that ask a long-lived command to finish what it is at."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

STOPS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Its ``event`` is set by SIGINT or SIGTERM, so that work under way can be finished; a second signal calls ``again``.

    What is called then should end the process: an exception in the main thread may be lost in a library, or find it where it
    waits for ever.

    The signals are blocked in this process and in the workers that it starts, and taken by a thread of their own:
    Ctrl-C in a terminal reaches every process there, and would end the workers. Make it before libraries start threads,
    which would take the signals otherwise.
    """

    def __init__(self, again: Callable[[], object]) -> None:
        self.event = threading.Event()
        self.again = again
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        signal.sigwait(STOPS)
        self.event.set()
        signal.sigwait(STOPS)
        self.again()
