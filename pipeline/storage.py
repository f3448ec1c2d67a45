"""What is done to a record wherever it lies: files that appear whole, are new or not written, and go for good."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import lru_cache
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any, cast

from .durable import make_folder, remove_for_good, sync_folder, whole
from .places import RemotePath, as_remote, client_options, find, is_remote, store_of, told_of

if TYPE_CHECKING:
    import pyarrow.fs

_SPOOLED = 32 << 20  # bytes of a file that is written held in memory


@lru_cache(maxsize=8)
def _filesystem(scheme: str) -> pyarrow.fs.FileSystem:
    """Arrow's own client, which reads tables in threads of its own; it finds its credentials in the same variables."""
    from pyarrow import fs

    if scheme == "s3":
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
        return fs.S3FileSystem(endpoint_override=endpoint, region=region, connect_timeout=5, request_timeout=120)
    if scheme == "gs":
        return fs.GcsFileSystem(retry_time_limit=timedelta(seconds=60))
    return fs.AzureFileSystem(os.environ.get("AZURE_STORAGE_ACCOUNT_NAME", ""), os.environ.get("AZURE_STORAGE_ACCOUNT_KEY"))


def arrow_filesystem(place: PurePath) -> pyarrow.fs.FileSystem | None:
    """The filesystem through which Arrow reads a place; None for one of this machine."""
    return _filesystem(place.parts[0].rstrip(":")) if is_remote(place) else None


def arrow_path(place: PurePath) -> str:
    """What a place is called in its filesystem."""
    return "/".join(place.parts[1:]) if is_remote(place) else str(place)


def fsspec_filesystem(place: PurePath) -> Any:
    """The filesystem of an object store for libraries that take one of fsspec's; None for a place of this machine."""
    if not is_remote(place):
        return None
    from obstore.fsspec import FsspecStore

    make: Any = FsspecStore
    return make(place.parts[0].rstrip(":"), client_options=client_options())


def put_new(place: Path, data: bytes) -> bool:
    """Write a file unless there is one of its name; returns whether it was written. Of several who try at once one succeeds."""
    if (remote := as_remote(place)) is not None:
        import obstore

        store, key = remote.address
        try:
            with told_of(place):
                obstore.put(store, key, data, mode="create")
        except FileExistsError:
            return False
        return True
    part = make_folder(place.parent) / f".{place.name}.{uuid.uuid4().hex[:12]}.tmp"
    try:
        with open(part, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(part, place)  # unlike a rename it fails where there is one
        except FileExistsError:
            return False
        sync_folder(place.parent)
        return True
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_at(place: Path) -> Iterator[IO[bytes]]:
    """A file to write, which appears whole or not at all; see ``durable.whole``."""
    if (remote := as_remote(place)) is None:
        make_folder(place.parent)
        with whole(place) as out:
            yield out
        return
    import obstore

    store, key = remote.address
    with tempfile.SpooledTemporaryFile(_SPOOLED) as held:
        yield cast("IO[bytes]", held)
        held.seek(0)
        with told_of(place):
            obstore.put(store, key, cast("IO[bytes]", held))


def write_at(place: Path, text: str) -> Path:
    """Write a text file (UTF-8) as ``whole_at`` does."""
    with whole_at(place) as out:
        out.write(text.encode("utf-8"))
    return place


def name_again(place: Path, name: Path) -> None:
    """Give a file that is never written to again a second name, which takes no space; or a copy, where there is no such thing.

    An object store makes the copy itself.
    """
    if (remote := as_remote(place)) is not None:
        import obstore

        store, key = remote.address
        with told_of(name):
            obstore.copy(store, key, cast("RemotePath", name).address[1])
        return
    make_folder(name.parent)
    try:
        os.link(place, name)
    except OSError:  # a filesystem without second names, or with one file too many of them
        with open(place, "rb") as source, whole_at(name) as out:
            shutil.copyfileobj(source, out)
        return
    sync_folder(name.parent)


def remove_files(places: Iterable[Path]) -> int:
    """Remove files for good; what is not there is no error. Returns how many were asked for."""
    local, remote = list[Path](), dict[tuple[str, ...], list[str]]()
    for place in places:
        if (at := as_remote(place)) is not None:
            remote.setdefault(at.parts[:2], []).append(at.address[1])
        else:
            local.append(place)
    for (scheme, bucket), keys in remote.items():
        import obstore

        with suppress(FileNotFoundError), told_of(RemotePath(scheme, bucket)):
            for lo in range(0, len(keys), 1000):
                obstore.delete(store_of(scheme.rstrip(":"), bucket), keys[lo : lo + 1000])
    return remove_for_good(local) + sum(map(len, remote.values()))


def remove_at(places: Iterable[Path]) -> int:
    """Remove files, and folders with all below, for good; what is not there is no error. Returns how many there were."""
    local, removed = list[Path](), 0
    for place in places:
        if (remote := as_remote(place)) is None:
            local.append(place)
            continue
        import obstore

        store, key = remote.address
        keys = [f"{key}/{f.name}" for f in find(place)]
        keys += [key] if place.is_file() else []
        with told_of(place):
            for lo in range(0, len(keys), 1000):
                obstore.delete(store, keys[lo : lo + 1000])
        removed += bool(keys)
    return removed + remove_for_good(local)
