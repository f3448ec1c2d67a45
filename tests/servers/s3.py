"""An S3 server: versitygw over a folder. It keeps ``If-None-Match: *`` (put-if-absent) as Amazon's does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .cache import go_program
from .processes import free_port, server

VERSION = "v1.8.0"  # of versitygw
KEY, SECRET, REGION = "onrecord", "onrecord-secret", "us-east-1"


@dataclass(frozen=True)
class S3:
    """How a server is reached (path style), its one bucket, the folder that holds this bucket's objects, and its process."""

    endpoint: str
    bucket: str
    folder: Path
    pid: int
    key: str = KEY
    secret: str = SECRET
    region: str = REGION

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which clients find the server."""
        return {
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ALLOW_HTTP": "true",
        }


@contextmanager
def s3_server(folder: Path, bucket: str = "news", port: int | None = None, host: str = "127.0.0.1") -> Iterator[S3]:
    """A server over ``folder`` while the context lasts; started again over it, it holds what it held.

    The first time it is built, which takes some two minutes of processor time: tests say ``@pytest.mark.timeout(900)``.
    """
    program = go_program("github.com/versity/versitygw/cmd/versitygw", VERSION)
    port = port or free_port()
    root = folder / "s3"
    (root / bucket).mkdir(parents=True, exist_ok=True)  # a folder of the root is a bucket
    command = [program, "--port", f"{host}:{port}", "--region", REGION, "--quiet", "posix", root]
    keys = {"ROOT_ACCESS_KEY": KEY, "ROOT_SECRET_KEY": SECRET}
    with server(command, port, folder / "s3.log", keys, host=host) as process:
        yield S3(f"http://{host}:{port}", bucket, root / bucket, process.pid)
