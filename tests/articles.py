"""Made-up articles for engines: each about a town of its own, with quotes and figures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

NAMES = ("Mira Oduya", "Tomas Kern", "Lena Ashby", "Paulo Reis")
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("text", "id", "url", "title", "author", "publisher", "language")),
        ("published_at", pa.timestamp("us", "UTC")),
    ]
)
# what cannot be read, and why
BAD: tuple[tuple[str | None, str], ...] = (
    (" \n", "empty"),
    (None, "missing_text"),
    ("a\x00b", "binary"),
    ("long " * 210_000, "too_long"),
)


def article(n: int) -> dict[str, Any]:
    """The article of a number, with more or less told of it."""
    who, town = NAMES[n % len(NAMES)], f"Port Marrow {n}"
    text = (
        f"The bridge at {town} will stay closed for {n + 3} weeks, the council said on Tuesday.\n\n"
        f"“We found cracks in {n + 11} of the bolts,” said {who}, the chief engineer of {town}. “Nobody should cross it.”\n\n"
        f"About {n + 2},400 people use the bridge every day, according to the ferry company Norline. Repairs may cost "
        f"${n + 1}.5 million, {who.split()[1]} added."
    )
    return {
        "text": text,
        "id": f"marrow-{n}" if n % 3 else None,
        "url": f"https://www.marrow-times.example/news/{n}?utm_source=x" if n % 2 else None,
        "title": f"{town} bridge shut" if n % 4 else None,
        "author": "By Ann Veld and Bo Lund",
        "publisher": "The Marrow Times" if n % 5 else "marrow-times.example",
        "published_at": datetime(2026, 10, 1 + n % 28, 8, 30, tzinfo=UTC) if n % 7 else None,
        "language": "en" if n % 2 else None,
    }


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Articles as an Arrow table."""
    return pa.Table.from_pylist(rows, schema=SCHEMA)
