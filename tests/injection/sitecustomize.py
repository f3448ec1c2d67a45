"""Faults on purpose, for the processes of one run: ``ONRECORD_FAULT=ACTION:CALL:N`` with this folder on PYTHONPATH.

The Nth call of CALL (replace, fsync or write: a file under ``_staging`` opened for writing) ends the process (kill) or
fails as a full disk (ENOSPC) or a lost permission (EACCES) would; a full disk stays full for that process.
"""

import builtins
import errno
import os
import signal

fault = os.environ.get("ONRECORD_FAULT")
if fault:
    action, call, number = fault.split(":")
    calls = 0

    def strike(path):
        global calls
        calls += 1
        if calls < int(number):
            return
        if action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if calls == int(number) or action == "ENOSPC":
            code = getattr(errno, action)
            raise OSError(code, os.strerror(code), str(path))

    real_replace, real_fsync, real_open = os.replace, os.fsync, builtins.open

    def replace(source, target, **kwargs):
        if call == "replace":
            strike(target)
        return real_replace(source, target, **kwargs)

    def fsync(handle):
        if call == "fsync":
            strike(handle)
        return real_fsync(handle)

    def open_(file, mode="r", *args, **kwargs):
        if call == "write" and set(mode) & set("wax") and "_staging" in str(file):
            strike(file)
        return real_open(file, mode, *args, **kwargs)

    os.replace, os.fsync, builtins.open = replace, fsync, open_
