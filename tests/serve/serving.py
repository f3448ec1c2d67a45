"""``onrecord serve`` in a process of its own, on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass
class Served:
    """A record that is served: the address that was printed, and the process."""

    address: str
    process: subprocess.Popen[str]

    @property
    def token(self) -> str:
        return urlsplit(self.address).query.removeprefix("token=")

    @property
    def site(self) -> str:
        return self.address.split("/?")[0]

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    def stop(self, how: int = signal.SIGINT) -> tuple[int, str]:
        """The exit status, and what was said on standard error."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=20)
        return self.process.returncode, err


@contextmanager
def serving(folder: Path, env: dict[str, str] | None = None) -> Iterator[Served]:
    command = [sys.executable, "-m", "onrecord", "serve", str(folder), "--port", "0"]
    environment = {**os.environ, **(env or {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r".* is served at (http://127\.0\.0\.1:\d+/\?token=[\w-]{40,})\n", line)
        assert found, line + process.communicate(timeout=20)[1]
        yield Served(found.group(1), process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
