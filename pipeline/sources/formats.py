"""The formats of input files: what a reader of one is, which one a file has, and its records.

Formats are plug-ins that installed packages register under the entry point ``onrecord.readers``, our own in ``readers`` among
them. All that is special to a format is told by its ``Reader``.
"""

from __future__ import annotations

import functools
import io
import logging
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html import unescape
from typing import IO, Any, ClassVar, Protocol

from ..characters import meant
from ..diagnostics import place_of
from ..plugins import READERS, PluginError
from ..printable import counted
from .containers import MARK, Member, is_container, members
from .inflate import DAMAGED, ENDINGS, damage, inflated, is_compressed, is_record_wise, without_ending
from .limit import ARTICLE_SECONDS, TooSlow, within
from .records import RawArticle, Record, Refusal, Refused, broken, check_record
from .unsupported import ENDINGS as UNSUPPORTED
from .unsupported import check_supported

FETCHED = "_feeds"  # the folder of an output that holds what was fetched and waits for a run
AUTO = "auto"  # the format is told by a file's name and first bytes
_FALLBACK = "text"  # what nothing tells
_HEAD = 512  # first bytes by which a format is told
_CONTAINERS = (".zip", ".tar", ".tgz", ".tbz2", ".txz")
_DEEPEST = 3  # containers within one another
_failed_to_sniff: set[str] = set()
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """How inputs are read: format, names of JSON fields, longest article, metadata given apart, and the time for a record.

    In ``skipped`` readers count what of an archive is no page, by why. ``late``: after its publication
    a record may not come later than this. ``kafka`` are settings of librdkafka, secrets among them.
    """

    format: str = AUTO
    fields: Mapping[str, str] = field(default_factory=dict)
    max_chars: int = 1_000_000
    metadata: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    article_seconds: float = ARTICLE_SECONDS
    skipped: Counter[str] = field(default_factory=Counter, compare=False)
    late: timedelta | None = None
    kafka: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Source:
    """An input file as a reader is given it.

    Attributes:
        stream: its bytes, decompressed unless the reader takes files ``as_stored``; it may be unable to seek.
        uri: where it is; the record's own uri where the file holds one, and ``<uri>#L<number>`` where it holds many.
        head: the first bytes of the stream, which are still in it.
        given: columns that are given apart for the file, such as its title.
        start: offset at or after which the records begin that are read, where workers share a file.
        end: offset before which they begin; None: the end of the file.
        depth: how many files it lies in, one within another.
    """

    stream: IO[bytes]
    uri: str
    head: bytes
    given: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int | None = None
    depth: int = 0


class Reader(Protocol):
    """What reads files of a format; a class that is made without arguments, and may inherit from this one.

    Attributes:
        suffixes: ends of the names of its files, in lower case, without *.gz*.
        name_settles: whether such a name tells the format for sure; if not, first bytes that another reader knows win.
        as_stored: whether it decompresses by itself.
        shared: whether several workers may read one file, each the records that begin in its part; such a reader takes files
            as stored.
        packed: whether its files are zip files, which are not taken for folders of files.
        addresses: whether its inputs are addresses of feeds, and its files the archives that these are fetched into.
    """

    suffixes: ClassVar[tuple[str, ...]] = ()
    name_settles: ClassVar[bool] = True
    as_stored: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    packed: ClassVar[bool] = False
    addresses: ClassVar[bool] = False

    def sniff(self, head: bytes) -> bool:
        """Whether the first bytes of a file, decompressed, tell that it is of this format, whatever its name is."""
        return False

    @abstractmethod
    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        """Read the records of a file: articles, and refusals of what is none.

        Raises:
            Refused: what is left of the file cannot be read.
        """
        ...


def check_format(name: str) -> None:
    """See that a format can be read.

    Raises:
        PluginError: it cannot, or for ``auto``, one of all.
    """
    if name == AUTO:
        READERS.every()
    else:
        READERS.get(name)


def format_names() -> list[str]:
    """What a format may be called."""
    return [AUTO, *READERS.names()]


def suffixes() -> list[str]:
    """The ends of names that tell a format, each with *.gz* and the like too; containers among them."""
    return sorted({*_CONTAINERS, *(s for reader in READERS.every().values() for s in reader.suffixes)})


def reader_for(uri: str) -> Reader | None:
    """The reader that a file's name tells: that of the longest of the suffixes that it ends with."""
    name, (readers, ends) = without_ending(uri), _by_suffix()
    if not name.endswith(ends):
        return None
    last = name[name.rfind(".") :]  # of nearly all names all that tells anything
    fitting = (s for s in ends if name.endswith(s)) if name.count(".") > 1 or last not in readers else (last,)
    return readers[max(fitting, key=len)]


@functools.cache
def _by_suffix() -> tuple[dict[str, Reader], tuple[str, ...]]:
    """Readers by the suffixes that tell them, the first of several of one suffix; and the suffixes."""
    found: dict[str, Reader] = {}
    for reader in READERS.every().values():
        for suffix in reader.suffixes:
            found.setdefault(suffix, reader)
    return found, tuple(found)


def is_known(uri: str) -> bool:
    """Whether a file's name tells that it is to be read, or to be refused by name."""
    bare = without_ending(uri)
    if reader_for(uri) is not None or bare.endswith((*_CONTAINERS, *UNSUPPORTED)):
        return True
    return uri.lower() != bare and uri.lower().endswith(ENDINGS) and "." not in bare.rpartition("/")[2]


def of_addresses(name: str) -> bool:
    """Whether inputs of a format are addresses of feeds, and not files."""
    return name != AUTO and bool(READERS.get(name).addresses)


def is_feed(given: str) -> bool:
    """Whether an INPUT is the address of a feed."""
    return given[:8].lower().startswith(("http://", "https://"))


def may_share(uri: str) -> bool:
    """Whether several workers may read one file of this name, each the records that begin in its part."""
    if uri.lower().endswith(ENDINGS) and not uri.lower().endswith(".gz"):
        return False
    reader = reader_for(uri)
    return reader is not None and reader.shared


def read_records(
    stream: IO[bytes], uri: str, relative: str, reading: Reading, part: tuple[int, int | None] = (0, None)
) -> Iterator[Record]:
    """Read the records of one input file.

    Args:
        stream: its bytes as stored.
        uri: where it is.
        relative: its path relative to the input it was found in (a key of the metadata).
        reading: how to read it.
        part: offsets between which its records begin, where several workers share it.

    Raises:
        OSError: the file cannot be read on.
        PluginError: there is no such format, or its reader cannot be used.
    """
    records = _records(stream, uri, relative, reading, part)
    number = 0
    while True:
        number += 1
        try:
            record = within(reading.article_seconds, functools.partial(next, records, None), f"record {number} of {uri}")
        except TooSlow as error:  # not while one record was read: what is behind it is out of reach
            record, records = Refusal.of(error, uri, number, b""), iter(())
        if record is None:
            return
        yield record


def _records(stream: IO[bytes], uri: str, relative: str, reading: Reading, part: tuple[int, int | None]) -> Iterator[Record]:
    place, head = 0, b""
    try:
        head = stream.read(_HEAD)
        for record in _opened(stream, head, uri, relative, reading, part, 0):
            taken = _checked(record, uri, place + 1, reading.max_chars)
            yield taken
            place = taken.record or place + 1
        if not place and part == (0, None):
            raise nothing_in(reading.skipped.total())
    except (Refused, *DAMAGED) as error:
        refused = error if isinstance(error, Refused) else damage(error)
        yield Refusal.of(refused, uri, place + 1 if place else None, head)
    except (OSError, PluginError):
        raise
    except (Exception, SystemExit) as error:  # a reader that fails on one file must not take the others with it
        yield Refusal.of(broken(error, uri), uri, place + 1, b"")


def nothing_in(passed: int) -> Refused:
    """The refusal of a file that holds no article; ``passed``: how many records of it were passed over."""
    behind = f"; passed over: {counted(passed, 'records')}" if passed else ""
    return Refused("empty", f"the file holds no article{behind}")


def _opened(
    stream: IO[bytes], head: bytes, uri: str, relative: str, reading: Reading, part: tuple[int, int | None], depth: int
) -> Iterator[Record]:
    """The records of a file, decompressed and unpacked."""
    named: Reader | None = reader_for(uri) if reading.format == AUTO else READERS.get(reading.format)
    raw = _rewound(head, stream)
    opened = raw
    while is_compressed(head) and not (named is not None and named.as_stored and is_record_wise(head)):
        opened = inflated(opened, head)
        head = opened.peek(_HEAD)[:_HEAD]
    reader = named
    if reading.format == AUTO and (named is None or not named.name_settles):
        reader = next((r for name, r in READERS.every().items() if _sniffs(name, head)), named)
        if reader is None or reader is named:
            check_supported(without_ending(uri), head)
    if is_container(head) and not getattr(reader, "packed", False):
        yield from read_members(members(opened, head), uri, relative, reading, depth)
        return
    if reader is None and head and without_ending(uri).endswith(_CONTAINERS):
        if not head.strip(b"\0"):
            raise Refused("empty", "a tar file that holds no file")
        raise Refused("bad_archive", "called as an archive is, and none by its first bytes")
    reader = reader or READERS.get(_FALLBACK)
    if reader.as_stored and opened is not raw and is_record_wise(_start(stream)) and stream.seekable():
        stream.seek(0)
        opened = raw
    given = reading.metadata.get(uri) or reading.metadata.get(relative) or {}
    yield from reader.read(Source(opened, uri, head, given, *part, depth=depth), reading)


def _start(stream: IO[bytes]) -> bytes:
    if not stream.seekable():
        return b""
    at = stream.tell()
    stream.seek(0)
    start = stream.read(8)
    stream.seek(at)
    return start


def read_members(found: Iterable[Member], uri: str, relative: str, reading: Reading, depth: int) -> Iterator[Record]:
    """The records of the files in a container, counted through; what of them cannot be read touches no other.

    Args:
        found: the files.
        uri: where the container is.
        relative: its path relative to the input it was found in.
        reading: how to read them.
        depth: how many files the container lies in.

    Raises:
        Refused: too many lie in one another, or what is behind cannot be read.
        OSError: the container cannot be read on.
    """
    if depth >= _DEEPEST:
        raise Refused("bad_archive", f"more than {_DEEPEST} archives within one another")
    number = 0
    for member in found:
        own, first = f"{uri}{MARK}{member.name}", b""
        try:
            if isinstance(member.stream, Refused):
                raise member.stream
            if reading.format == AUTO and not is_known(member.name):
                raise Refused("unsupported", "a name that tells no format that is read")
            first = member.stream.read(_HEAD)
            before, passed = number, reading.skipped.total()
            for record in _opened(member.stream, first, own, f"{relative}/{member.name}", reading, (0, None), depth + 1):
                number += 1
                yield replace(record, record=number)
            if number == before:
                raise nothing_in(reading.skipped.total() - passed)
        except (Refused, *DAMAGED) as error:
            number += 1
            refused = error if isinstance(error, Refused) else damage(error)
            yield Refusal.of(refused, own, number, first or member.name.encode("utf-8", "replace"))
        except (OSError, PluginError):
            raise
        except (Exception, SystemExit) as error:
            number += 1
            yield Refusal.of(broken(error, own), own, number, b"")


def _checked(record: Record, uri: str, number: int, max_chars: int) -> Record:
    """A record as its reader has yielded it, references in its text as characters; a refusal of one that no table can hold."""
    if type(record) is RawArticle and isinstance(record.text, str) and isinstance(record.title, str | None):
        text, title = meant(record.text), meant(record.title) if record.title else record.title
        mended = _plain(text) != _plain(record.text) or _plain(title or "") != _plain(record.title or "")
        notes = (*record.notes, "text: characters that were decoded wrongly are mended") if mended else record.notes
        record = replace(record, text=text, title=title, notes=notes)
    try:
        check_record(record, max_chars)
    except Refused as error:
        assert isinstance(record, RawArticle)
        payload = record.text.encode("utf-8", "backslashreplace")
        return Refusal.of(error, uri, number if record.record is None else record.record, payload)
    except TypeError as error:
        return Refusal.of(broken(error, uri), uri, number, b"")
    return record


def _plain(text: str) -> str:
    """A text without what references of HTML are written and read as."""
    return unescape(unescape(text)) if "&" in text else text


def _sniffs(name: str, head: bytes) -> bool:
    """Whether a reader takes a file by its first bytes; one that fails on them leaves it to the others."""
    try:
        return bool(READERS.get(name).sniff(head))
    except Exception as error:
        if name not in _failed_to_sniff:
            _failed_to_sniff.add(name)  # said once, and not of every file
            what = f"{type(error).__name__} at {place_of(error)}: {error}"
            _log.warning("the format %r cannot tell which files are its own: %s", name, what)
        return False


def _rewound(head: bytes, stream: IO[bytes]) -> IO[bytes]:
    """The stream from its beginning, of which ``head`` was read."""
    if not stream.seekable():
        return io.BufferedReader(_Rejoined(head, stream))
    stream.seek(0)
    return stream


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were read ahead put back (remote streams cannot always seek)."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
