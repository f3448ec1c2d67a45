"""The systems compared: this project, quantulum3, Recognizers-Text and CQE, each a function from a sentence to quantities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onrecord.figures import find_figures
from onrecord.figures.numbers import find_numbers
from onrecord.figures.units import singular_unit
from onrecord.text.view import ArticleView

from .cases import Quantity, canonical

System = Callable[[str], list[Quantity]]
_UNITED = ("money", "percent", "duration", "age", "measure")
_KINDS = {"Percent": ("percent",), "Currency": ("money",), "Dimension": ("measure",), "Age": ("age",), "Duration": ("duration",)}


def onrecord(text: str) -> list[Quantity]:
    """This project's reader of figures."""
    return [_quantity(f) for f in find_figures(ArticleView.of_text(text))]


def onrecord_kind(name: str) -> System:
    """This project on a file of one kind: its figures of that kind; on bare numbers its reader of numbers."""
    if name == "Number":
        return lambda text: [Quantity(n.start, n.end, (n.value,)) for n in find_numbers(text, 0, len(text)) if n.form != "vague"]
    kinds = _KINDS[name]
    return lambda text: [_quantity(f) for f in find_figures(ArticleView.of_text(text)) if f.kind in kinds]


def _quantity(f: Any) -> Quantity:
    values = (f.value,) if f.modifier not in ("range", "vague") else (f.low, f.high)
    unit = f.unit if f.kind in _UNITED else None
    return Quantity(f.start, f.end, values, "tonne" if unit == "ton" else unit, f.modifier)


def quantulum3() -> System:
    """quantulum3 without its classifier, which needs training."""
    from quantulum3 import parser

    def read(text: str) -> list[Quantity]:
        out = []
        for q in parser.parse(text):
            off = q.uncertainty or 0
            values = (q.value - off, q.value + off) if off else (q.value,)
            out.append(Quantity(*q.span, values, canonical(q.unit.name), "range" if off else "exact"))
        return out

    return read


def recognizers(kinds: tuple[str, ...] = ("Number", "Percent", "Currency", "Dimension", "Age", "Duration")) -> System:
    """Recognizers-Text: its models of the kinds; of what they find at one place, the longest."""
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    culture = "en-us"
    numbers, units, times = NumberRecognizer(culture), NumberWithUnitRecognizer(culture), DateTimeRecognizer(culture)
    models = {
        "Number": numbers.get_number_model(), "Percent": numbers.get_percentage_model(), "Currency": units.get_currency_model(),
        "Dimension": units.get_dimension_model(), "Age": units.get_age_model(), "Duration": times.get_datetime_model(),
    }  # fmt: skip

    def read(text: str) -> list[Quantity]:
        found: list[Quantity] = []
        for kind in kinds:
            for r in models[kind].parse(text):
                q = _recognized(kind, r)
                if q is not None:
                    found.append(q)
        found.sort(key=lambda q: q.start - q.end)
        out: list[Quantity] = []
        for q in found:
            if not any(o.start < q.end and q.start < o.end for o in out):
                out.append(q)
        return sorted(out, key=lambda q: q.start)

    return read


_RENAMED = {"year of age": "year", "metric ton": "tonne"}  # CQE's units by other names here
_SHARES = ("percent", "percentage point", "square kilometre", "square mile", "square foot", "cubic metre", "cubic foot")
_CHANGES = {">": "over", "<": "under", "~": "about"}


def cqe() -> System | None:
    """CQE with its rules and its classifiers of units; None where it is not installed (it pins what others need newer)."""
    try:
        from CQE.CQE import CQE
    except ImportError:
        return None
    parser = CQE()

    def read(text: str) -> list[Quantity]:
        out = []
        for q in parser.parse(text):
            ends = (q.value.lower, q.value.upper) if hasattr(q.value, "lower") else (q.value.value,)
            spans = q.get_char_indices()["value"]
            if not spans or not all(isinstance(v, int | float) for v in ends):
                continue
            modifier = "range" if len(ends) == 2 else _CHANGES.get(q.change.change, "exact")
            unit = canonical(_RENAMED.get(q.unit.norm_unit, q.unit.norm_unit)) if q.unit and q.unit.norm_unit != "-" else None
            if unit is not None and not (unit.isupper() or unit in _SHARES or singular_unit(unit.split(" per ")[0])):
                unit = None  # a noun that is counted
            out.append(Quantity(spans[0][0], spans[-1][1], tuple(float(v) for v in ends), unit, modifier))
        return sorted(out, key=lambda q: q.start)

    return read


def _recognized(kind: str, r: Any) -> Quantity | None:
    if kind == "Duration":
        if not r.type_name.endswith("duration"):
            return None
        from .cases import _duration

        timex = r.resolution["values"][0]["timex"]
        values, unit = _duration({"Value": {"Timex": timex}, "Text": r.text.lower()})
        return Quantity(r.start, r.end + 1, values, unit)
    value = r.resolution.get("value")
    if value in (None, "null"):
        return None
    unit = "percent" if kind == "Percent" else canonical(r.resolution.get("unit"), kind == "Currency")
    return Quantity(r.start, r.end + 1, (float(str(value).rstrip("%")),), unit)
