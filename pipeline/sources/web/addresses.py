"""Addresses of the web: their parts, which of them are public, and what is never kept of them."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from ..records import Refused

SCHEMES = {"http": 80, "https": 443}
LONGEST = 4096  # characters of an address
_USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*:)?([\\/]{1,3})[^/?#\\]*@", re.IGNORECASE)
_DROPPED = re.compile(r"[\t\r\n]")  # wherever they stand, as browsers and urlsplit do
_UNICAST = ipaddress.IPv6Network("2000::/3")  # what of IPv6 is given to anybody
# ranges whose addresses stand for an IPv4 address: IPv4-compatible, -mapped and -translated, NAT64, 6to4; how far it is shifted
_EMBEDDING = tuple(
    (ipaddress.IPv6Network(net), shift)
    for net, shift in (("::/96", 0), ("::ffff:0:0/96", 0), ("::ffff:0:0:0/96", 0), ("64:ff9b::/96", 0), ("2002::/16", 80))
)
_TEREDO = ipaddress.IPv6Network("2001::/32")  # nothing reaches a server there
_ISATAP = 0x5EFE  # before an IPv4 address that is reached through a tunnel


class Where(NamedTuple):
    """An address that can be asked: ``site`` is its origin, ``target`` what stands in a request for it."""

    url: str
    scheme: str
    host: str
    port: int
    site: str

    @property
    def target(self) -> str:
        """Path and query, without what may not stand in a request.

        Raises:
            ValueError: there is no way to write them.
        """
        import urllib3

        try:
            return urllib3.util.parse_url(self.url).request_uri
        except urllib3.exceptions.LocationParseError as error:
            raise ValueError(str(error)) from None


def without_credentials(url: str) -> str:
    """An address without the name and password that may stand before its host; any other text as it is."""
    if "@" not in url:
        return url
    return _USERINFO.sub(r"\1\2", _DROPPED.sub("", url).lstrip("".join(map(chr, range(33)))))


def credentials(url: str) -> str | None:
    """The name and password of an address, as they stand there."""
    try:
        found, at, _ = urlsplit(url).netloc.rpartition("@")
    except ValueError:
        return None
    return found if at else None


def shown(url: str) -> str:
    """An address that cannot be understood, for a message: what may be a password is left out."""
    return repr(f"…{url.rpartition('@')[2]}"[:200] if "@" in url else url[:200])


def parse(url: str) -> Where:
    """The parts of an address; its name and password are dropped.

    Raises:
        Refused: ``forbidden``: it is none, or of another scheme than http and https.
    """
    bare = without_credentials(url)
    try:
        bare.encode("utf-8")
        parts = urlsplit(bare)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port or SCHEMES.get(parts.scheme, 0)
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        raise Refused("forbidden", f"no address that can be fetched: {shown(url)}") from None
    if len(bare) > LONGEST or "@" in parts.netloc:
        raise Refused("forbidden", f"no address that can be fetched: {shown(url)}")
    if parts.scheme not in SCHEMES:
        raise Refused("forbidden", f"scheme {(parts.scheme or '?')[:40]!r}; http and https are fetched")
    name = f"[{host}]" if ":" in host else host
    default = port == SCHEMES[parts.scheme]
    return Where(bare, parts.scheme, host, port, f"{parts.scheme}://{name}" + ("" if default else f":{port}"))


def joined(url: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        Refused: ``forbidden``: nowhere.
    """
    try:
        return parse(urljoin(url, location)).url
    except ValueError:
        raise Refused("forbidden", f"no address that can be fetched: {shown(location)}") from None


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet; one that stands for an IPv4 address is as public as that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    for net, shift in _EMBEDDING:
        if ip in net:
            return is_public(str(ipaddress.IPv4Address(int(ip) >> shift & 0xFFFFFFFF)))
    if int(ip) >> 32 & 0xFDFFFFFF == _ISATAP and not is_public(str(low)):
        return False
    return ip in _UNICAST and ip.is_global and ip not in _TEREDO
