"""Where a record lies: a folder of this machine, or a prefix of an object store, under the names that ``pathlib`` has for both.

A folder of this machine is a ``Path``. ``s3://``, ``gs://`` and ``az://`` are a ``RemotePath``, which reads and writes through
obstore; credentials and endpoints are those libraries' usual variables (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``,
``GOOGLE_APPLICATION_CREDENTIALS``, ``AZURE_STORAGE_ACCOUNT_NAME`` …), and appear nowhere else.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from types import SimpleNamespace
from typing import IO, Any, NamedTuple, cast

SCHEMES = {"s3": "s3", "gs": "gcs", "az": "azure"}  # and the extra that each needs
_URI = re.compile(r"([a-z0-9]+):/{1,2}([^/]+)(?:/(.*))?", re.DOTALL)
_CLIENT = {"connect_timeout": "5s", "timeout": "120s"}
_RETRIES = {"max_retries": 4, "retry_timeout": timedelta(seconds=15)}  # an endpoint that is not there is told of soon
_READ_AT_ONCE = 1 << 20


class StorageError(OSError):
    """An object store that cannot be used; the message says what to change."""


class FoundFile(NamedTuple):
    """A file below a folder: its path relative to it, its size in bytes, and when it was last written."""

    name: str
    size: int
    modified: float


class RemotePath(PurePosixPath):
    """An object, or the prefix of several, with what of ``pathlib.Path`` is used of a record.

    There are no folders: what is "made" is there once something lies in it.
    """

    __slots__ = ()

    def __str__(self) -> str:
        first, *rest = self.parts or ("",)
        return "/".join([f"{first}/" if first.endswith(":") else first, *rest])

    @property
    def address(self) -> tuple[Any, str]:
        scheme, bucket, *key = self.parts
        return store_of(scheme.rstrip(":"), bucket), "/".join(key)

    def resolve(self) -> RemotePath:
        """Itself: there are no links."""
        return self

    def read_bytes(self) -> bytes:
        """The whole object.

        Raises:
            FileNotFoundError: there is none.
        """
        import obstore

        store, key = self.address
        with told_of(self):
            return bytes(obstore.get(store, key).bytes())

    def read_text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """The whole object as text."""
        return self.read_bytes().decode(encoding, errors)

    def write_bytes(self, data: bytes) -> int:
        """Write the object, whole or not at all."""
        import obstore

        store, key = self.address
        with told_of(self):
            obstore.put(store, key, data)
        return len(data)

    def write_text(self, data: str, encoding: str = "utf-8") -> int:
        """Write the object, whole or not at all."""
        return self.write_bytes(data.encode(encoding))

    def open(self, mode: str = "rb") -> IO[bytes]:
        """A file to read; it need not be local."""
        if mode != "rb":
            raise ValueError(mode)
        return io.BufferedReader(_Object(self), _READ_AT_ONCE)

    def stat(self) -> Any:
        """``st_size``, ``st_mtime`` and ``st_mtime_ns``, and ``st_etag``, by which the store tells contents apart."""
        import obstore

        store, key = self.address
        with told_of(self):
            head = obstore.head(store, key)
        at = head["last_modified"].timestamp()
        tag = head["e_tag"] or f"{head['size']}-{at}"
        return SimpleNamespace(st_size=head["size"], st_mtime=at, st_mtime_ns=int(at * 1e9), st_etag=tag)

    def is_file(self) -> bool:
        """Whether there is an object of this name."""
        try:
            self.stat()
        except FileNotFoundError:
            return False
        return True

    def is_dir(self) -> bool:
        """Whether there is an object below this prefix."""
        return next(iter(find(self)), None) is not None

    def exists(self) -> bool:
        """Either."""
        return self.is_file() or self.is_dir()

    def is_symlink(self) -> bool:
        """Never."""
        return False

    def iterdir(self) -> Iterator[RemotePath]:
        """What lies directly below, objects and prefixes."""
        import obstore

        store, key = self.address
        with told_of(self):
            listed = obstore.list_with_delimiter(store, key or None)
        for prefix in listed["common_prefixes"]:
            yield self / prefix.rstrip("/").rpartition("/")[2]
        for found in listed["objects"]:
            yield self / found["path"].rpartition("/")[2]

    def glob(self, pattern: str) -> Iterator[RemotePath]:
        """What lies directly below and matches."""
        return (p for p in self.iterdir() if p.match(pattern)) if self.parts else iter(())

    def rglob(self, pattern: str) -> Iterator[RemotePath]:
        """Objects anywhere below that match."""
        return (p for f in find(self) if (p := self / f.name).match(pattern))

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove the object."""
        import obstore

        store, key = self.address
        if not missing_ok:
            self.stat()
        with suppress(FileNotFoundError), told_of(self):
            obstore.delete(store, key)

    def mkdir(self, parents: bool = False, exist_ok: bool = False) -> None:
        """Nothing: there are no folders."""


class _Object(io.RawIOBase):
    """The bytes of an object, of which some are asked for at a time."""

    def __init__(self, place: RemotePath) -> None:
        self.place = place
        self.size = place.stat().st_size
        self.at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: Any) -> int:
        size = max(0, min(len(buffer), self.size - self.at))
        data = read_range(self.place, self.at, size) if size else b""
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)


def place_of(given: str | PurePath) -> Path:
    """The place that a path or an address names: a path, or a ``RemotePath``, which has what is used of one.

    An address of another kind is no place, and taken for a path.

    Raises:
        StorageError: what the address needs is not installed.
    """
    if isinstance(given, RemotePath):
        return cast("Path", given)
    found = _URI.fullmatch(str(given))
    if found is None or found[1] not in SCHEMES:
        return Path(given)
    scheme, bucket, key = found.groups()
    check_library(str(given))
    parts = [p for p in (key or "").split("/") if p]
    return cast("Path", RemotePath(f"{scheme}:", bucket, *parts))


def is_remote(place: PurePath) -> bool:
    """Whether a place lies in an object store."""
    return isinstance(place, RemotePath)


def as_remote(place: PurePath) -> RemotePath | None:
    """A place that lies in an object store; None for one of this machine."""
    return place if isinstance(place, RemotePath) else None


def check_library(uri: str) -> None:
    """Check that what an address needs is installed.

    Raises:
        StorageError: it is not; says what to install.
    """
    extra = SCHEMES[uri.partition(":")[0]]
    try:
        import obstore  # noqa: F401
    except ImportError:
        raise StorageError(f"{uri}: reading and writing there needs an extra: pip install 'onrecord[{extra}]'") from None


@lru_cache(maxsize=64)
def store_of(scheme: str, bucket: str) -> Any:
    """The client of a bucket; one for each in a process."""
    from obstore.store import from_url

    return from_url(f"{scheme}://{bucket}", client_options=client_options(), retry_config=cast("Any", _RETRIES))


def client_options() -> Any:
    """How clients connect: they give up soon, and take a plain endpoint where one is named."""
    plain = any(
        v.startswith("http://") for n, v in os.environ.items() if n.endswith(("ENDPOINT_URL", "ENDPOINT_URL_S3", "ENDPOINT"))
    )
    return {**_CLIENT, "allow_http": True} if plain else dict(_CLIENT)


def read_range(place: PurePath, start: int, size: int) -> bytes:
    """Some bytes of a file."""
    if (remote := as_remote(place)) is not None:
        import obstore

        store, key = remote.address
        with told_of(place):
            return bytes(obstore.get_range(store, key, start=start, length=size)) if size else b""
    with open(place, "rb") as stream:
        stream.seek(start)
        return stream.read(size)


def read_ranges(place: PurePath, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    """Some ranges of bytes of a file, each given by its start and size; those of an object store are asked for at once."""
    if (remote := as_remote(place)) is not None:
        import obstore

        store, key = remote.address
        asked = [(start, size) for start, size in ranges if size]
        with told_of(place):
            starts, sizes = [start for start, _ in asked], [size for _, size in asked]
            found = iter(obstore.get_ranges(store, key, starts=starts, lengths=sizes) if asked else ())
        return [bytes(next(found)) if size else b"" for _, size in ranges]
    handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return [os.pread(handle, size, start) for start, size in ranges]
    finally:
        os.close(handle)


def find(folder: PurePath, deep: bool = True) -> Iterator[FoundFile]:
    """The files below a folder, hidden ones too, or all that lies directly in it; none if there is no such folder."""
    if (remote := as_remote(folder)) is not None:
        import obstore

        store, key = remote.address
        skip = len(key) + 1 if key else 0
        with told_of(folder):
            whole_list: Any = obstore.list(store, f"{key}/" if key else None)
            for page in whole_list if deep else [obstore.list_with_delimiter(store, key or None)["objects"]]:
                for found in page:
                    yield FoundFile(found["path"][skip:], found["size"], cast("datetime", found["last_modified"]).timestamp())
        return
    local = cast("Path", folder)
    for path in sorted(local.rglob("*") if deep else local.glob("*")):
        with suppress(FileNotFoundError):
            if path.is_file() or not deep:
                status = path.stat()
                yield FoundFile(path.relative_to(local).as_posix(), status.st_size, status.st_mtime_ns / 1e9)


@contextmanager
def told_of(place: PurePath) -> Iterator[None]:
    """Errors of a store in one line, as errors of the system are."""
    if "obstore" not in sys.modules:
        check_library(str(place))
    from obstore import exceptions

    try:
        yield
    except (FileNotFoundError, exceptions.NotFoundError):
        raise FileNotFoundError(2, "no such object", str(place)) from None
    except exceptions.AlreadyExistsError:
        raise FileExistsError(17, "there is such an object", str(place)) from None
    except exceptions.BaseError as error:
        line = next(iter(str(error).splitlines()), type(error).__name__)
        raise StorageError(f"{place}: {_plain(line)}") from None


def _plain(line: str) -> str:
    """What an error says, without the parameters of addresses, in which a signature may stand."""
    return re.sub(r"\?[^\s)]*", "", line)[:300]
