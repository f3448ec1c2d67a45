"""Serving on this machine alone, until it is stopped."""

from __future__ import annotations

import errno
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from .app import make_app
from .site import Corrector, Site

ADDRESS = "127.0.0.1"


class PortTaken(RuntimeError):
    """Nobody can listen there; the message says what to do."""


def serve(
    folder: Path, port: int, told: Callable[[str], None], ready: Callable[[str], None], corrector: Corrector | None = None
) -> None:
    """Serve a record until SIGINT or SIGTERM.

    Args:
        folder: the record.
        port: the port; 0 takes any that is free.
        told: called with a line on what is done before.
        ready: called with the address, its token included, once it can be opened.
        corrector: what corrects the record; None: it can be read only.

    Raises:
        PortTaken: another process listens there.
        FileNotFoundError: the folder holds no finished run.
        NewerRecord: a newer version of Onrecord wrote to it.
        OSError: the index cannot be written.
    """
    with _listening(port) as listening:
        site = Site(folder, told, corrector)
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(32)
        app = make_app(site, token, f"onrecord-{port}")
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=3,
        )
        ready(f"http://{ADDRESS}:{port}/?token={token}")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen()
    except OSError as error:
        listening.close()
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise PortTaken(f"--port {port}: {why}; choose another, or 0 for any that is free") from None
    return listening
