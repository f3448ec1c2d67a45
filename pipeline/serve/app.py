"""The application: pages for people, JSON for programs, behind the guard.

What corrects a record has a router of its own beside these two: it is a ``POST``, which the guard lets pass from this site's own
pages only, and what it changes is read by ``record.Record`` and ``index.Index`` like everything else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI

from .. import __version__
from . import api, corrections, pages
from .guard import Guard
from .site import Site

# whatever the environment asks for
_TELLS_NOBODY: Any = {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}
_THREADS = 4  # questions that are answered at once; each has a connection, and a cache, of its own


def make_app(site: Site, token: str, cookie: str = "onrecord") -> FastAPI:
    """What answers requests.

    Args:
        site: what is served.
        token: what a request has to show.
        cookie: the name under which a browser keeps it; of each port its own, for cookies do not tell ports apart.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        with site.kept_up():
            yield
        site.reader.close()

    app = FastAPI(
        title="Onrecord",
        version=__version__,
        description="Who said what, and which numbers they gave, over the record that is served.",
        docs_url=None,  # these two pages load scripts from other hosts
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        telemetry=_TELLS_NOBODY,
    )
    app.state.site = site
    app.include_router(api.router)
    app.include_router(corrections.router)
    app.include_router(pages.router)
    pages.add_errors(app)
    app.add_middleware(Guard, token=token, cookie=cookie)
    return app
