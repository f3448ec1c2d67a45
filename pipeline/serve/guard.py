"""Who may ask: whoever has the token that ``onrecord serve`` printed, from this machine, by a name of this machine.

Other users of the machine can reach the port, and so can pages of other sites in the browser of its user. A request therefore
needs the token: in the address (a page then keeps it in a cookie, and the address is asked again without it), as that cookie, or
as ``Authorization: Bearer``. A ``Host`` that is no name of this machine is one that an attacker's name server made up (DNS
rebinding). What would write must not come from a page of another origin.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")
MOST_BYTES = 1_000_000  # of a request's body
_READING = ("GET", "HEAD")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    # with no referrer at all, forms would be sent with ``Origin: null``
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware that lets pass who has the token, and sends the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, token: str, cookie: str) -> None:
        self.app = app
        self.token = token.encode()
        self.cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return None  # no web sockets

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *told]}
            await send(message)

        answer = self._refused(scope) or self._taken(scope)
        await (answer or self.app)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in HOSTS:
            return _refusal(f"This page is at http://127.0.0.1 only, and not at {host!r}.")
        if scope["method"] not in _READING:
            origin = headers.get("origin")
            if origin is not None and origin != f"http://{host}":
                return _refusal("A page of another origin may not ask this.")
            length = headers.get("content-length", "")
            if not length.isdecimal() or int(length) > MOST_BYTES:
                return _refusal(f"What is sent needs a Content-Length of at most {MOST_BYTES:,} bytes.", 413)
        return None

    def _taken(self, scope: Scope) -> Response | None:
        """The answer to who has no token, or has it in the address; None: let pass."""
        asked = HTTPConnection(scope)
        in_address = asked.query_params.get("token")
        if in_address is not None and scope["method"] == "GET" and not scope["path"].startswith("/api/"):
            if not self._right(in_address):
                return _refusal(_WHERE)
            rest = [(k, v) for k, v in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True) if k != "token"]
            # a path of two slashes would name another host
            target = "/" + asked.url.path.lstrip("/") + (f"?{urlencode(rest)}" if rest else "")
            answer = RedirectResponse(target, 303)
            answer.set_cookie(self.cookie, in_address, httponly=True, samesite="strict", path="/")
            return answer
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if any(self._right(given) for given in (in_address, asked.cookies.get(self.cookie), bearer) if given):
            return None
        return _refusal(_WHERE)

    def _right(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), self.token)


_WHERE = "The token is missing or wrong: open the address that 'onrecord serve' printed."


def _refusal(why: str, status: int = 403) -> Response:
    return PlainTextResponse(f"{why}\n", status)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
