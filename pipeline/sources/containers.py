"""Files that hold files: zip and tar, plain or compressed, each member read as a file of its own.

A member's uri is ``<uri>#!/<name>``. Sizes and numbers have limits, told before anything is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from ..printable import counted
from .inflate import FREE, RATIO, Limited, damage
from .records import Refused

MARK = "#!/"  # between the uri of a container and the name of what is in it
_MOST = 200_000  # members
_ZIP = b"PK\x03\x04"
_TAR = b"ustar"
_TAR_AT = 257


class Member(NamedTuple):
    """A file in a container: its name there, and its bytes, or why it cannot be read."""

    name: str
    stream: IO[bytes] | Refused


def is_container(head: bytes) -> bool:
    """Whether first bytes are those of a zip or tar file; others, such as documents of Word, are zip files too."""
    return head.startswith((_ZIP, b"PK\x05\x06")) or head[_TAR_AT : _TAR_AT + 5] == _TAR


def members(stream: IO[bytes], head: bytes) -> Iterator[Member]:
    """The files in a container, in its order, each to be read before the next; hidden ones are none.

    Raises:
        Refused: ``bad_archive`` or ``truncated``; what is behind cannot be read.
    """
    if head[_TAR_AT : _TAR_AT + 5] == _TAR:
        yield from _of_tar(stream)
        return
    with tempfile.TemporaryFile() as copy:
        yield from _of_zip(stream if stream.seekable() else copied(stream, copy))


def copied(stream: IO[bytes], copy: IO[bytes]) -> IO[bytes]:
    """A stream that cannot seek, copied to a file that can."""
    while data := stream.read(1 << 20):
        copy.write(data)
    copy.seek(0)
    return copy


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "_")) for part in posixpath.normpath(name).split("/") if part != "..")


def _always(size: int) -> Callable[[], int]:
    return lambda: size


def _of_zip(stream: IO[bytes]) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(stream)
        infos = [i for i in archive.infolist() if not i.is_dir() and not _hidden(i.filename)]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, zlib.error, EOFError) as error:
        raise Refused("bad_archive", f"not readable as zip: {error}") from None
    size = stream.seek(0, io.SEEK_END)
    if len(infos) > _MOST or sum(i.file_size for i in infos) > max(FREE, RATIO * size):
        raise Refused("bad_archive", f"a zip of {counted(len(infos), 'files')} that unpacks to more than {RATIO} times its size")
    for info in infos:
        if info.flag_bits & 1:
            yield Member(info.filename, Refused("bad_archive", "encrypted; unpack it first"))
            continue
        try:
            with archive.open(info) as opened:
                yield Member(info.filename, io.BufferedReader(Limited(opened, _always(info.compress_size))))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, zlib.error, EOFError, RuntimeError) as error:
            yield Member(info.filename, Refused("bad_archive", f"cannot be unpacked: {error}"))


def _of_tar(stream: IO[bytes]) -> Iterator[Member]:
    count = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                count += 1
                if count > _MOST:
                    raise Refused("bad_archive", f"a tar of more than {_MOST} files")
                opened = archive.extractfile(info) if info.isreg() and not _hidden(info.name) else None
                if opened is not None:
                    yield Member(info.name, io.BufferedReader(Limited(opened, _always(info.size))))
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise damage(error) from None
