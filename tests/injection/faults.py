"""Faults on purpose in this process: the Nth call of a function ends the process or fails as a disk would.

Written as ``ACTION:CALL:N``: CALL is replace, fsync, write (a file under ``_work`` opened for writing), log (a fsync below a
``_delta_log``) or delta (the library for Delta is imported, after the manifest); ACTION is kill, ENOSPC (the disk stays full)
or EACCES.
"""

import builtins
import errno
import os
import signal
import sys


def install(fault: str) -> None:
    """Wrap the functions that write, from now on."""
    action, call, number = fault.split(":")
    calls = 0

    def strike(path: object) -> None:
        nonlocal calls
        calls += 1
        if calls < int(number):
            return
        if action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if calls == int(number) or action == "ENOSPC":
            code = getattr(errno, action)
            raise OSError(code, os.strerror(code), str(path))

    real_replace, real_fsync, real_open = os.replace, os.fsync, builtins.open

    def replace(source, target, **kwargs):  # type: ignore[no-untyped-def]
        if call == "replace":
            strike(target)
        return real_replace(source, target, **kwargs)

    def fsync(handle):  # type: ignore[no-untyped-def]
        if call == "fsync" or (call == "log" and "_delta_log" in os.readlink(f"/proc/self/fd/{handle}")):
            strike(handle)
        return real_fsync(handle)

    def open_(file, mode="r", *args, **kwargs):  # type: ignore[no-untyped-def]
        if call == "write" and set(mode) & set("wax") and "_work" in str(file):
            strike(file)
        return real_open(file, mode, *args, **kwargs)

    class Imports:
        @staticmethod
        def find_spec(name, path=None, target=None):  # type: ignore[no-untyped-def]
            if call == "delta" and name == "deltalake":
                strike(name)

    os.replace, os.fsync, builtins.open = replace, fsync, open_
    sys.meta_path.insert(0, Imports)  # type: ignore[arg-type]
