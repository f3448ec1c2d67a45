"""Worker processes of this machine, which carry out steps of a graph that runs here.

No port is opened. Beam's own engine for several processes listens on every address of the machine, and runs what whoever
connects sends back; so each worker here is a process that hears of its work through a pipe that only its parent holds. It takes
the next element when it is done with the last, so that all are busy to the end; and it makes ready for what comes later while
the graph is at what comes before.
"""

from __future__ import annotations

import gc
import itertools
import logging
import multiprocessing
import pickle
import queue
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Literal, NamedTuple

from .. import diagnostics
from ..processes import end_with_parent
from .steps import Steps, WorkStep, ended, through

_pools: dict[int, Workers] = {}


class WorkerError(RuntimeError):
    """A worker process ended, or a step failed in it; the message says which and why."""


class InWorkers(WorkStep):
    """Steps that are carried out by worker processes, element by element; the order of what they yield is of no account.

    Args:
        pool: the number of the ``Workers``.
        name: of the steps there.
    """

    def __init__(self, pool: int, name: str) -> None:
        self.pool = pool
        self.name = name

    def process(self, element: Any) -> Iterator[Any]:
        workers = _pools[self.pool]
        workers.send(self.name, element)
        yield from workers.received(self.name)

    def finish_bundle(self) -> Iterable[Any]:
        return _pools[self.pool].finished(self.name)


class _Order(NamedTuple):
    what: Literal["ready", "work", "finish", "renew"]
    name: str
    element: Any = None


class Workers:
    """Some processes, each with the same named steps; a context manager, at whose end they are no more.

    Args:
        number: how many processes.
        steps: by name, in the order in which they are wanted.
    """

    def __init__(self, number: int, steps: Mapping[str, Steps]) -> None:
        self.key = id(self)
        self._waiting: list[tuple[int, int, _Order]] = []  # by how much work it is
        self._sent = itertools.count()
        self._found: dict[str, list[Any]] = {name: [] for name in steps}
        self._workers = [_Worker(steps) for _ in range(number)]

    def renew(self, steps: Mapping[str, Steps]) -> None:
        """Give the processes the steps of another graph; what these load once in a process is loaded already."""
        self._found = {name: [] for name in steps}
        for worker in self._workers:
            worker.renew(steps)

    def __enter__(self) -> Workers:
        _pools[self.key] = self
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        _pools.pop(self.key, None)
        for worker in self._workers:
            worker.end()

    def send(self, name: str, element: Any) -> None:
        """Let an element be worked on as soon as a worker is free; the largest first, so that all end together."""
        heappush(self._waiting, (-getattr(element, "chars", 0), next(self._sent), _Order("work", name, element)))
        self._turn(0)

    def received(self, name: str) -> Iterable[Any]:
        """What the steps have yielded since."""
        found, self._found[name] = self._found[name], []
        return found

    def finished(self, name: str) -> Iterable[Any]:
        """Wait for all that was sent, and for what the steps yield at their end."""
        while self._waiting or any(w.busy for w in self._workers):
            for worker in self._workers if not self._waiting else ():
                if name not in worker.begun:  # it makes ready for what comes next, while others are at the last of this
                    worker.make_ready()
            self._turn(None)
        for worker in self._workers:
            if name in worker.begun:
                worker.give(_Order("finish", name))
            worker.make_ready()
        while any(w.finishing for w in self._workers):
            self._turn(None)
        return self.received(name)

    def _turn(self, timeout: float | None) -> None:
        """Hear of the workers, and give the idle ones what waits."""
        for worker in self._workers:
            if self._waiting and worker.idle_for_work:
                worker.give(heappop(self._waiting)[-1])
        busy = [w for w in self._workers if w.busy]
        ready = wait([w.connection for w in busy], timeout)
        for worker in (w for w in busy if w.connection in ready):
            name, found = worker.hear()
            if name is not None:
                self._found[name] += found
                if self._waiting and worker.idle_for_work:
                    worker.give(heappop(self._waiting)[-1])


class _Worker:
    """A process."""

    def __init__(self, steps: Mapping[str, Steps]) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would take over locks of threads that it does not have
        self.connection, other = context.Pipe()
        self.busy = 0  # orders that it has not answered
        self.working = 0  # of them those with an element
        self._kinds: deque[str] = deque()
        self._unready = list(steps)  # in the order in which they are wanted
        self.begun: set[str] = set()  # steps that have worked, and not ended
        given = (other, pickle.dumps(dict(steps)), diagnostics.levels())
        self.process: BaseProcess = context.Process(target=_work, args=given, daemon=True)
        self.process.start()
        other.close()  # so that the end of the process is the end of the pipe

    @property
    def idle_for_work(self) -> bool:
        """Whether it has nothing to work on; one element waits at most, so that none waits for the last."""
        return self.working == 0

    @property
    def finishing(self) -> bool:
        """Whether it has yet to end a bundle."""
        return "finish" in self._kinds

    def renew(self, steps: Mapping[str, Steps]) -> None:
        """Take the steps of another graph in place of these."""
        self._unready, self.begun = list(steps), set()
        self._send(_Order("renew", "", dict(steps)))

    def make_ready(self) -> None:
        """Let it make ready for the next steps, if it has nothing else to do before."""
        if not self.working and self._unready:
            self.give(_Order("ready", self._unready.pop(0)))

    def give(self, order: _Order) -> None:
        while order.what != "ready" and order.name in self._unready:
            self.give(_Order("ready", self._unready.pop(0)))
        self._send(order)
        if order.what == "work":
            self.begun.add(order.name)
        elif order.what == "finish":
            self.begun.discard(order.name)
        self.working += order.what == "work"

    def _send(self, order: _Order) -> None:
        try:
            self.connection.send_bytes(pickle.dumps(order))
        except OSError:
            raise self._lost() from None
        self.busy += 1
        self._kinds.append(order.what)

    def hear(self) -> tuple[str | None, list[Any]]:
        """What an order has yielded, by the name of its steps; None for other answers, such as a record of its log.

        Raises:
            WorkerError: it failed, or the process has ended.
        """
        try:
            told = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            raise self._lost() from None
        if isinstance(told, logging.LogRecord):
            diagnostics.take(told)
            return None, []
        name, found, failure = told
        self.busy -= 1
        self.working -= self._kinds.popleft() == "work"
        if failure is not None:
            raise WorkerError(failure)
        return name, found

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _lost(self) -> WorkerError:
        self.process.join()
        code = self.process.exitcode or 0
        if code < 0:
            how = f"was killed by signal {-code} (was there enough memory?)"
        else:  # a worker imports the script that calls it, which must not call it again
            how = f"ended with status {code} (a script has to call it below 'if __name__ == \"__main__\":'; -v shows its errors)"
        return WorkerError(f"a worker process {how}; nothing was published")


def _work(connection: Connection, given: bytes, levels: dict[str, int]) -> None:
    """The life of a worker process: orders in; records of its log, and what they yielded or what went wrong, out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    # a thread of its own sends: an article that takes too long is interrupted wherever it is, and no message may be torn
    out: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_send, args=(out, connection), daemon=True).start()
    gc.set_threshold(20_000)  # what a worker loads stays to its end; see ``cli.app.command``
    diagnostics.log_to_parent(diagnostics.ToQueue(out), levels)
    end_with_parent()
    steps: dict[str, Steps] = pickle.loads(given)
    begun: set[str] = set()
    while True:
        try:
            order: _Order = pickle.loads(connection.recv_bytes())
        except EOFError:
            return
        found, failure = list[Any](), None
        try:
            own = steps.get(order.name, ())
            if order.what == "renew":
                steps, begun = order.element, set()
            elif order.what == "ready":
                for step in own:
                    step.setup()
            elif order.what == "work":
                if order.name not in begun:
                    begun.add(order.name)
                    for step in own:
                        step.start_bundle()
                found = list(through(own, [order.element]))
            elif order.name in begun:
                begun.discard(order.name)
                found = list(ended(own))
        except Exception as error:
            logging.getLogger(__name__).info("a step failed", exc_info=True)
            failure = f"{type(error).__name__}: {error}"
        out.put((order.name or None, found, failure))


def _send(out: queue.SimpleQueue[Any], connection: Connection) -> None:
    while True:
        try:
            connection.send_bytes(pickle.dumps(out.get()))
        except OSError:
            return  # the parent has ended, and so does this process
