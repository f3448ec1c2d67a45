"""A network namespace: what a test starts in it can be reached from nowhere else, whatever address it listens on."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from .processes import needed

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP = 0x1 | 0x40  # IFF_UP, IFF_RUNNING
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Network:
    """A network namespace, and its address on the cable to the other one."""

    descriptor: int
    address: str

    @contextmanager
    def entered(self) -> Iterator[None]:
        """This thread in that network, with the processes and threads that it starts meanwhile."""
        before = _this()
        try:
            _enter(self.descriptor)
            yield
        finally:
            _enter(before)
            os.close(before)


@contextmanager
def own_network() -> Iterator[None]:
    """This thread in a network namespace of its own, with loopback only; the test is skipped where it may not make one.

    So are the processes and threads that it starts meanwhile. Threads that were there before are not: what libraries keep
    connections in threads of their own (gRPC, object stores) is used in a process that is started within.
    """
    before = _this()
    try:
        _leave()
        yield
    finally:
        _enter(before)
        os.close(before)


@contextmanager
def joined_networks() -> Iterator[tuple[Network, Network]]:
    """Two networks, each of its own but for a cable between them: two machines, as far as what runs there can tell."""
    needed("ip")
    before, networks = _this(), list[Network]()
    try:
        for n in (1, 2):
            _leave()
            networks.append(Network(_this(), f"10.77.0.{n}"))
        one, other = networks
        with subprocess.Popen(["sleep", "600"]) as there:  # names the other network to ip
            try:
                with one.entered():
                    _ip("link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", str(there.pid))
            finally:
                there.kill()
        for network in networks:
            with network.entered():
                _ip("address", "add", f"{network.address}/24", "dev", "cable")
                _ip("link", "set", "cable", "up")
        _enter(before)
        yield one, other
    finally:
        _enter(before)
        for descriptor in (before, *(n.descriptor for n in networks)):
            os.close(descriptor)


def _this() -> int:
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY)


def _leave() -> None:
    """Go into a new network, with loopback."""
    if _libc.unshare(_NEW_NETWORK):
        pytest.skip(f"this process may not make a network namespace: {os.strerror(ctypes.get_errno())}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP))


def _enter(descriptor: int) -> None:
    if _libc.setns(descriptor, _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "cannot enter a network")


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"this process may not lay a cable between two networks: {done.stderr.strip()}")


@contextmanager
def outside() -> Iterator[None]:
    """This thread, with the processes that it starts meanwhile, in the network that it was in when this module was loaded."""
    if not in_own_network():
        yield
        return
    before = _this()
    try:
        _enter(_FIRST_NETWORK)
        yield
    finally:
        _enter(before)
        os.close(before)


def in_own_network() -> bool:
    """Whether this thread is in another network namespace than it was when this module was loaded."""
    return os.readlink("/proc/thread-self/ns/net") != _FIRST


_FIRST = os.readlink("/proc/thread-self/ns/net")
_FIRST_NETWORK = _this()
