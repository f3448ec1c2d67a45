"""The command in forked processes, killed at a step of its own or cut off from power: what a disk would hold then.

A step is a call that changes names or makes content last: rename, unlink, rmdir, mkdir, fsync. A process forked from this
one, which has imported everything, starts in a fraction of a second.
"""

from __future__ import annotations

import gc
import os
import random
import signal
import stat
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from onrecord.cli.app import main
from onrecord.store.care.verify import verify

LONGEST = 120  # seconds that a command may take
_EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}


def command(argv: Sequence[object], log: Path, before: Callable[[], Any] = lambda: None, **env: str) -> int:
    """Run the command in a forked process to its end; returns its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(start(argv, log, before, **env), 0)[1])


def fork() -> int:
    """Fork this process. What an earlier test has left goes before: a client of Kafka waits for threads that no copy has."""
    gc.collect()
    return os.fork()


def start(argv: Sequence[object], log: Path, before: Callable[[], Any] = lambda: None, **env: str) -> int:
    """Start the command in a forked process; returns its number.

    Args:
        argv: the command's arguments.
        log: file for its output, added to.
        before: called in the process before the command.
        env: added to its environment.
    """
    pid = fork()
    if not pid:
        _work([str(a) for a in argv], log, before, env)
    return pid


def _work(argv: list[str], log: Path, before: Callable[[], Any], env: dict[str, str]) -> NoReturn:
    status = 70
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LONGEST)
        told = open(log, "a", encoding="utf-8", buffering=1)  # noqa: SIM115
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
        sys.stdout = sys.stderr = told
        os.environ.update(env)
        before()
        status = main(argv)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def problems_of(output: Path, deep: bool = False) -> list[str]:
    """What ``verify`` tells of a record, in a forked process: its library for Delta, once used here, works in none of them."""
    told, out = os.pipe()
    pid = fork()
    if not pid:
        try:
            os.close(told)
            with open(out, "w", encoding="utf-8") as stream:
                stream.write("\n".join(verify(output, deep)) or "nothing")
        finally:
            os._exit(0)
    os.close(out)
    with open(told, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    os.waitpid(pid, 0)
    assert lines, "verify failed"
    return [] if lines == ["nothing"] else lines


class Steps:
    """Counts the steps that this process takes below a folder, and calls ``at`` before each; for good, once installed."""

    def __init__(self, root: Path, at: Callable[[int], Any] = lambda n: None) -> None:
        self.root = f"{root.resolve()}{os.sep}"
        self.at = at
        self.count = 0
        self.lock = threading.RLock()
        self.busy = False

    def install(self) -> None:
        real = os.fsync

        def fsync(handle: int) -> None:
            with self.lock:
                self._step(os.readlink(f"/proc/self/fd/{handle}"))
                real(handle)
                self.synced(handle)

        os.fsync = fsync  # type: ignore[assignment]
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _EVENTS and not self.busy:
            with self.lock:
                path = _place(args[0], args[-1] if event != "os.rename" else args[2])
                self._step(path)
                if event == "os.rename":
                    self.removed(_place(args[1], args[3]))
                elif event != "os.mkdir":
                    self.removed(path)

    def _step(self, path: str) -> None:
        if f"{path}{os.sep}".startswith(self.root) and not self.busy:
            self.count += 1
            self.busy = True
            try:
                self.at(self.count)
            finally:
                self.busy = False

    def synced(self, handle: int) -> None:
        """A file or folder has been synced."""

    def removed(self, path: str) -> None:
        """A file or folder is about to go, or to be replaced."""


def _place(path: Any, folder: Any) -> str:
    name = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0:
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
    return os.path.abspath(name)


def counted(argv: Sequence[object], root: Path, log: Path) -> tuple[int, int]:
    """Run the command; returns its exit status and how many steps it took below a folder."""
    notes = log.with_suffix(".steps")
    steps = Steps(root)
    steps.at = lambda n: notes.write_text(str(n))
    status = command(argv, log, steps.install)
    return status, int(notes.read_text())


def killed(argv: Sequence[object], root: Path, log: Path, step: int) -> int:
    """Run the command, killed before a step of its own; returns its exit status."""
    steps = Steps(root, lambda n: os.kill(os.getpid(), signal.SIGKILL) if n == step else None)
    return command(argv, log, steps.install)


@dataclass
class _Node:
    """A file or folder as a disk holds it for sure: its content, or the names in it, when it was last synced."""

    content: bytes | None = None
    names: dict[str, _Node] | None = None
    folder: bool = False


@dataclass
class Disk:
    """What a disk holds of a folder after a loss of power, when only what was synced lasts."""

    root: Path
    into: Path
    cuts: frozenset[int]
    nodes: dict[int, _Node] = field(default_factory=dict)

    def install(self) -> None:
        """Watch this process; what is there now has been synced. At each cut two folders are written (see ``_cut``)."""
        for folder, names, files in os.walk(self.root, topdown=False):
            for name in files:
                path = os.path.join(folder, name)
                self._node(path).content = Path(path).read_bytes()
            self._node(folder).names = {name: self._node(os.path.join(folder, name)) for name in (*names, *files)}
        steps = Steps(self.root, self._cut)
        steps.synced, steps.removed = self._synced, self._removed  # type: ignore[method-assign]
        steps.install()

    def _node(self, path: str) -> _Node:
        status = os.lstat(path)
        return self.nodes.setdefault(status.st_ino, _Node(folder=stat.S_ISDIR(status.st_mode)))

    def _synced(self, handle: int) -> None:
        path = os.readlink(f"/proc/self/fd/{handle}")
        if not f"{path}{os.sep}".startswith(f"{self.root.resolve()}{os.sep}"):
            return
        node = self._node(path)
        if node.folder:
            node.names = {name: self._node(os.path.join(path, name)) for name in os.listdir(path)}
        else:
            node.content = Path(path).read_bytes()

    def _removed(self, path: str) -> None:
        try:
            status = os.lstat(path)
        except OSError:
            return
        if status.st_nlink == 1 or stat.S_ISDIR(status.st_mode):
            self.nodes.pop(status.st_ino, None)  # its number may be given to another

    def _cut(self, step: int) -> None:
        """Write down what is left if power goes before this step.

        ``strict``: only names and contents that were synced. ``names``: all names, but what was not synced is torn, as by a
        file system that keeps a journal of names alone.
        """
        if step not in self.cuts:
            return
        rng = random.Random(step)
        _write(self.nodes[os.lstat(self.root).st_ino], self.into / f"{step}-strict", rng)
        for folder, _, files in os.walk(self.root):
            target = self.into / f"{step}-names" / os.path.relpath(folder, self.root)
            target.mkdir(parents=True, exist_ok=True)
            for name in files:
                try:
                    live, node = Path(folder, name).read_bytes(), self._node(os.path.join(folder, name))
                except FileNotFoundError:  # another thread's
                    continue
                (target / name).write_bytes(live if node.content == live else _torn(live, rng))


def _torn(data: bytes, rng: random.Random) -> bytes:
    return rng.choice([b"", bytes(len(data)), data[: len(data) // 2]])


def _write(node: _Node, target: Path, rng: random.Random) -> None:
    if not node.folder:
        target.write_bytes(node.content if node.content is not None else rng.choice([b"", bytes(100)]))
        return
    target.mkdir(parents=True)
    for name, child in (node.names or {}).items():
        _write(child, target / name, rng)


def cut_off(argv: Sequence[object], root: Path, into: Path, log: Path, cuts: frozenset[int]) -> int:
    """Run the command to its end; what power cuts before these steps would leave of a folder is written into another."""
    return command(argv, log, Disk(root, into, cuts).install)
