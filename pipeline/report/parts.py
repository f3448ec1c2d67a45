"""What pages are made of, the report and those that are served: templates with the same parts, filters and assets."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

from ..printable import counted, printable
from .articles import ID
from .charts import columns, stacked
from .claims import number
from .overview import TYPES

if TYPE_CHECKING:
    from jinja2 import Environment


def asset(name: str, package: str = __package__) -> str:
    """The text of a file among a package's assets."""
    return files(package).joinpath("assets", name).read_text(encoding="utf-8")


def make_environment(address: Callable[[str, str], str], *packages: str) -> Environment:
    """Templates of the report and of further packages; whatever they are given is escaped.

    Args:
        address: where a page leads to see a thing, by its kind (``article``) and id.
        packages: packages with templates of their own, which may import the report's.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(p, "assets") for p in (*packages, __package__)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"types": TYPES, "columns": columns, "stacked": stacked, "address": address}
    environment.filters |= {
        "short": lambda id_: id_[:ID],
        "number": number,
        "shown": printable,
        "thousands": lambda n: f"{n:,}",
        "counted": counted,
    }
    return environment
