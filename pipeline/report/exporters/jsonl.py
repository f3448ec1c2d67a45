"""JSON lines, for everything but spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import IO, Any

from ..export import Exporter, plain


class JsonLinesExport(Exporter):
    """``jsonl``: an object a line, texts untouched; bytes are base64."""

    def write(self, out: IO[bytes], columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            out.write((json.dumps(row, ensure_ascii=False, default=plain) + "\n").encode("utf-8"))
