"""A network namespace: what a test starts in it can be reached from nowhere else, whatever address it listens on."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP = 0x1 | 0x40  # IFF_UP, IFF_RUNNING
_libc = ctypes.CDLL(None, use_errno=True)


@contextmanager
def own_network() -> Iterator[None]:
    """This thread in a network namespace of its own, with loopback only; the test is skipped where it may not make one.

    So are the processes and threads that it starts meanwhile. Threads that were there before are not: what libraries keep
    connections in threads of their own (gRPC, object stores) is used in a process that is started within.
    """
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        if _libc.unshare(_NEW_NETWORK):
            pytest.skip(f"this process may not make a network namespace: {os.strerror(ctypes.get_errno())}")
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                fcntl.ioctl(s, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP))
            yield
        finally:
            if _libc.setns(before, _NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "cannot return to the network of before")
    finally:
        os.close(before)


def in_own_network() -> bool:
    """Whether this thread is in another network namespace than it was when this module was loaded."""
    return os.readlink("/proc/thread-self/ns/net") != _FIRST


_FIRST = os.readlink("/proc/thread-self/ns/net")
