"""Articles that would run something, or steer what shows them, if they could."""

from __future__ import annotations

import json
from pathlib import Path

ATTACKS = [
    "<script>window.hit = 'script'</script>",
    "</script><script>window.hit = 'closed'</script>",
    "<img src=x onerror=\"window.hit='image'\">",
    "\"'><svg onload=\"window.hit='svg'\">",
    "javascript:window.hit='address'",
    "{{ 7919 * 7919 }}{% for x in y %}",
    "\u202egnp.exe\u202c \u2066over\u2069 \x1b[31mred\x9b2J \x07",
    "<!-- <script> --><style>body { display: none }</style>",
]


def write_hostile(folder: Path) -> Path:
    """A file with an article for each attack, in its title, author, publisher, address and text, names and quotes included."""
    path = folder / "hostile.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for n, attack in enumerate(ATTACKS):
            text = (
                f"🛰️𝔘 Council meets {attack} again\n\n"
                f"“We will not {attack} wait for winter,” said Ilse Tarn, {attack}, a miller. 😀\n\n"
                f"At least {n + 12} people were killed in Tarvo on Monday, the council said. "
                f"“It is over 𝟘 {attack},” Ilse Tarn added."
            )
            told = {"title": attack, "author": attack, "publisher": attack, "url": f"javascript:window.hit='url{n}'//{n}"}
            day = "2026-10-0" + str(n + 1)
            out.write(json.dumps({"id": f"h{n}", "text": text, "published_at": day, **told}) + "\n")
    return path
