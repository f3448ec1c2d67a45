"""Files that hold text and cannot be read: refused by name, with what to do, and never taken for plain text."""

from __future__ import annotations

import re

from .records import Refused

_WORD = "save it as .docx, .html or .txt"
_SHEET = "save the sheet as .csv"
_UNPACK = "unpack it first, or pack it as .zip or .tar.gz"
# what ends a name, what such a file is, and what to do
_NAMES = {
    ".doc": ("a Word document of before 2007", _WORD), ".rtf": ("rich text", _WORD), ".odt": ("an OpenDocument text", _WORD),
    ".pages": ("a Pages document", _WORD), ".wpd": ("a WordPerfect document", _WORD), ".xls": ("an Excel sheet", _SHEET),
    ".xlsx": ("an Excel sheet", _SHEET), ".ods": ("an OpenDocument sheet", _SHEET), ".ppt": ("slides", _WORD),
    ".pptx": ("slides", _WORD), ".rar": ("a RAR archive", _UNPACK), ".7z": ("a 7z archive", _UNPACK),
    ".msg": ("an Outlook message", "save it as .eml"), ".pst": ("an Outlook mailbox", "export its messages as .eml or .mbox"),
    ".mobi": ("a Kindle book", "convert it to .epub"),
    ".azw3": ("a Kindle book", "convert it to .epub"), ".webarchive": ("a Safari archive", "save the page as .html"),
    ".djvu": ("a scanned document", "convert it to text"), ".tex": ("LaTeX", "convert it to text"),
    ".enl": ("an EndNote library", "export it as .csv"), ".ris": ("references", "export the full texts"),
    ".bib": ("references", "export the full texts"), ".yaml": ("YAML", "convert it to JSON"),
    ".yml": ("YAML", "convert it to JSON"),
    ".sqlite": ("a SQLite database", "export it as .csv or .jsonl"), ".db": ("a database", "export it as .csv or .jsonl"),
    ".avro": ("Avro", "convert it to Parquet or JSON lines"), ".orc": ("ORC", "convert it to Parquet"),
    ".feather": ("Feather", "convert it to Parquet"), ".arrow": ("Arrow", "convert it to Parquet"),
    **dict.fromkeys((".ass", ".ssa", ".sbv", ".ttml", ".dfxp", ".smi"), ("subtitles of another form", "save as .srt or .vtt")),
    ".pkl": ("a pickle", "convert it to JSON lines"), ".rds": ("data of R", "export it as .csv"),
}  # fmt: skip
_OLE = ("an old Office document", _WORD)
_PICTURE = ("a picture", "it holds no text")
_SOUND = ("sound or video", "give its transcript, as .srt, .vtt or .txt")
_BYTES = (
    (rb"\{\\rtf", _NAMES[".rtf"]), (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE), (rb"Rar!\x1a\x07", _NAMES[".rar"]),
    (rb"7z\xbc\xaf\x27\x1c", _NAMES[".7z"]), (rb"SQLite format 3\0", _NAMES[".sqlite"]), (rb"Obj\x01", _NAMES[".avro"]),
    (rb"ARROW1|FEA1", _NAMES[".arrow"]), (rb"ORC", _NAMES[".orc"]), (rb"\x80[\x02-\x05].*\.\Z", _NAMES[".pkl"]),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|AT&TFORM", _PICTURE),
    (rb"ID3|OggS|\x1aE\xdf\xa3|....ftyp|RIFF....(?:WAVE|AVI )|fLaC", _SOUND),
    (rb"\x7fELF|MZ[\x00-\xff]{2}\x00", ("a program", "it holds no text")), (rb"bplist00", _NAMES[".webarchive"]),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", _NAMES[".odt"]),
    (rb"%!PS", ("PostScript", "convert it to PDF")), (rb"\s*(?:\\documentclass|\\begin\{document\})", _NAMES[".tex"]),
)  # fmt: skip
_MAGIC = tuple((re.compile(pattern, re.DOTALL), what) for pattern, what in _BYTES)
ENDINGS = tuple(_NAMES)


def check_supported(name: str, head: bytes) -> None:
    """See that a file is none of those that are known and cannot be read.

    Args:
        name: without the ending that tells how it is compressed, in lower case.
        head: its first bytes.

    Raises:
        Refused: ``unsupported``, with what to do.
    """
    found = next((what for magic, what in _MAGIC if magic.match(head)), None)
    found = found or next((what for ending, what in _NAMES.items() if name.endswith(ending)), None)
    if found is not None:
        raise Refused("unsupported", f"{found[0]}, which is not read: {found[1]}")
