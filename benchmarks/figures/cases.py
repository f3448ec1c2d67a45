"""Cases: sentences with the quantities they hold, from the project's own specification and from two published ones."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name

from onrecord.figures.units import singular_unit

OWN = Path(__file__).parents[2] / "tests/language/figures_spec.jsonl"
_RECOGNIZERS = {
    "Number": "NumberModel", "Percent": "PercentModel", "Currency": "CurrencyModel", "Dimension": "DimensionModel",
    "Age": "AgeModel", "Duration": "DurationParser",
}  # fmt: skip
_SECONDS = {"S": "second", "M": "minute", "H": "hour"}
_DAYS = {"D": "day", "W": "week", "M": "month", "Y": "year", "BD": "business day"}
_NAMES = dict(
    pair.split("=")
    for pair in (
        "dollar=USD; pound sterling=GBP; british pound=GBP; euro=EUR; franc=franc; rupee=INR; chinese yuan=CNY; "
        "pence=penny; bitcoin=BTC; finnish markka=FIM; netherlands guilder=NLG; peseta=peseta; mile per hour=mile per "
        "hour; ton=tonne; metric ton=metric ton; pound-mass=pound; percentage=percent; percentage point=percentage "
        "point; cubic centimetre=millilitre; kilometre per hour=kilometre per hour; sri lankan rupee=LKR; pound=pound"
    ).split("; ")
)

# Classes that a record of news leaves out on purpose, named on reading the cases and what a first version missed of them.
# Scope "item": a gold quantity whose words match is left out, and what a system finds on it; "case": the whole case whose
# text matches.
LEFT_OUT = json.loads((Path(__file__).parent / "left_out.json").read_text(encoding="utf-8"))


@dataclass
class Quantity:
    """A quantity of a sentence: span, values (two for a range), unit, modifier."""

    start: int
    end: int
    values: tuple[float | None, ...]
    unit: str | None = None
    modifier: str = "exact"


@dataclass
class Case:
    """A sentence with its quantities; ``left_out``: class by index of the quantity."""

    text: str
    gold: list[Quantity]
    left_out: dict[int, str] = field(default_factory=dict)
    out: str | None = None


def own_cases() -> list[Case]:
    """The project's specification."""
    out = []
    for line in OWN.read_text(encoding="utf-8").splitlines():
        case, at, gold = json.loads(line), 0, []
        if not all(f.keys() & {"value", "low", "malformed"} or f.get("modifier") == "vague" for f in case["figures"]):
            continue  # it specifies something else than values
        for f in case["figures"]:
            start = case["text"].index(f["text"], at)
            at = start + len(f["text"])
            values = (f["value"],) if "value" in f else (f["low"], f.get("high")) if "low" in f else (None,)
            unit = f.get("unit") if f.get("kind") in ("money", "percent", "duration", "age", "measure") else None
            gold.append(Quantity(start, at, values, unit, f.get("modifier", "exact")))
        out.append(Case(case["text"], gold))
    return out


def recognizers_cases(folder: Path) -> dict[str, list[Case]]:
    """The English specifications of Recognizers-Text, by file."""
    out = {}
    for name, file in _RECOGNIZERS.items():
        cases = []
        for spec in json.loads((folder / f"{file}.json").read_text(encoding="utf-8-sig")):
            gold = []
            for r in spec["Results"]:
                end = r["End"] + 1 if "End" in r else r["Start"] + r["Length"]
                values, unit = _duration(r) if name == "Duration" else _resolved(name, r["Resolution"])
                gold.append(Quantity(r["Start"], end, values, unit))
            cases.append(_without(name, Case(spec["Input"], gold)))
        out[name] = cases
    return out


def quantulum_cases(path: Path) -> list[Case]:
    """The test cases of quantulum3."""
    cases = []
    for spec in json.loads(path.read_text(encoding="utf-8")):
        gold, at = [], 0
        for r in spec["res"]:
            start = max(spec["req"].find(r["surface"], at), 0)
            at = start + len(r["surface"])
            off = r.get("uncertainty") or 0
            values = (r["value"] - off, r["value"] + off) if off else (r["value"],)
            gold.append(Quantity(start, at, tuple(float(v) for v in values), canonical(r["unit"])))
        cases.append(_without("quantulum3", Case(spec["req"], gold)))
    return cases


def canonical(unit: str | None, money: bool = False) -> str | None:
    """A unit by the name that this project has for it."""
    if unit is None or unit in ("dimensionless", "dozen", "count"):
        return None
    low = unit.lower()
    code = _currencies().get(low) or _currencies().get(low + "s")
    if " per " in low and low not in _NAMES and singular_unit(low) is None:
        head, _, rate = low.partition(" per ")
        return f"{canonical(head)} per {rate}"
    if money and low == "pound":
        return "GBP"
    if low in _NAMES or code:
        return _NAMES.get(low) or code
    return (
        singular_unit(low.replace("celsius", "Celsius").replace("fahrenheit", "Fahrenheit"))
        or singular_unit(unit)
        or _squared(low)
    )


def _squared(low: str) -> str:
    power, _, length = low.partition(" ")
    return f"{power} {singular_unit(length)}" if power in ("square", "cubic") else low


def _currencies() -> dict[str, str]:
    if not _CODES:
        for code in Locale("en").currencies:
            for count in (1, 2):
                name = get_currency_name(str(code), count=count, locale="en").lower()
                _CODES.setdefault(name.replace("us dollar", "united states dollar"), str(code))
    return _CODES


_CODES: dict[str, str] = {}


def _resolved(name: str, resolution: dict[str, Any]) -> tuple[tuple[float | None, ...], str | None]:
    value = resolution.get("value")
    number = None if value in (None, "null") else float(str(value).rstrip("%"))
    if name == "Number":
        return (number,), None
    return (number,), "percent" if name == "Percent" else None if resolution.get("unit") == "Age" else canonical(
        resolution.get("unit"), name == "Currency"
    )


def _duration(r: dict[str, Any]) -> tuple[tuple[float | None, ...], str | None]:
    """Value and unit of a duration: P3D, PT3.5S, P20Y (two decades, as printed)."""
    m = re.fullmatch(r"P(T?)([\d.]+)([A-Z]+)", r["Value"]["Timex"])
    if m is None:
        return (None,), None
    unit = _SECONDS[m[3]] if m[1] else _DAYS[m[3]]
    value = float(m[2])
    if "decade" in r["Text"]:
        return (value / 10,), "decade"
    return ((value / 2,), "fortnight") if "fortnight" in r["Text"] else ((value,), unit)


def _without(name: str, case: Case) -> Case:
    for rule in LEFT_OUT:
        if name not in rule["files"]:
            continue
        pattern = re.compile("|".join(rule["patterns"]), re.IGNORECASE)
        if rule["scope"] == "case" and pattern.search(case.text):
            case.out = rule["class"]
        for n, q in enumerate(case.gold):
            if rule["scope"] == "item" and pattern.search(case.text[q.start : q.end].strip()):
                case.left_out[n] = rule["class"]
    return case
