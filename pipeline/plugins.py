"""Plug-ins: what installed packages register under an entry point of ours, this package's own formats among them.

A package names its class in the metadata it is installed with, ``[project.entry-points."onrecord.readers"]`` in its
*pyproject.toml*. Nothing is imported until it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import Distribution, EntryPoint, entry_points
from typing import Any

_OURS = "onrecord"
_NAME = re.compile(r"(?!auto$)[\w.-]+")  # as it is typed on a command line; auto is no format but all


class PluginError(ValueError):
    """A plug-in that cannot be used, said in one line."""


class Registry:
    """The plug-ins of one kind, by name.

    Args:
        group: of the entry points, ``onrecord.readers``.
        kind: what one of them is called in messages.
        needs: the attributes that one has to have, with their types.
    """

    def __init__(self, group: str, kind: str, needs: Mapping[str, Any]) -> None:
        self.group = group
        self.kind = kind
        self.needs = needs

    def names(self) -> list[str]:
        """The names in an order of their own; nothing is imported.

        Raises:
            PluginError: there are none, not even this package's: it was not installed as it is; or one has no fit name.
        """
        return sorted(_registered(self.group))

    def get(self, name: str) -> Any:
        """What is registered under a name: an instance of the class that the entry point names.

        Raises:
            PluginError: nothing is, two packages register it, it cannot be imported, or lacks what it needs.
        """
        return _loaded(self, name)

    def every(self) -> Mapping[str, Any]:
        """All of them by name, those of other packages first: they know better what is theirs.

        Raises:
            PluginError: as for ``names``, and for ``get`` of any.
        """
        return _every(self)


@cache
def _every(registry: Registry) -> Mapping[str, Any]:
    found = _registered(registry.group)
    ordered = sorted(found, key=lambda name: (_package(found[name][0]) == _OURS, name))
    return {name: registry.get(name) for name in ordered}


@cache
def _registered(group: str) -> dict[str, list[EntryPoint]]:
    found: dict[str, list[EntryPoint]] = {}
    for point in entry_points(group=group):
        if _NAME.fullmatch(point.name) is None:
            raise PluginError(
                f"the package {_package(point)} registers {group} under {point.name!r}, which cannot be; uninstall it"
            )
        found.setdefault(point.name, []).append(point)
    if not any(_package(points[0]) == _OURS for points in found.values()):
        raise PluginError(
            f"this installation of onrecord registers no {group}; install it again (pip install -e . in a checkout)"
        )
    return found


@cache
def _loaded(registry: Registry, name: str) -> Any:
    points = _registered(registry.group).get(name)
    if not points:
        raise PluginError(f"no {registry.kind} {name!r}; there are {', '.join(registry.names())}")
    if len(points) > 1:
        packages = " and ".join(sorted(map(_package, points)))
        raise PluginError(f"the {registry.kind} {name!r} is registered by {packages}; uninstall one of them")
    try:
        return _complete(points[0].load()(), registry.needs)
    except (Exception, SystemExit) as error:  # whatever importing it does
        told = " ".join(f"{type(error).__name__}: {error}".split())
        raise PluginError(
            f"the {registry.kind} {name!r} of the package {_package(points[0])} cannot be loaded ({told}); mend or uninstall it"
        ) from error


def _complete(plugin: Any, needs: Mapping[str, Any]) -> Any:
    from pydantic import TypeAdapter, ValidationError

    for name, kind in needs.items():
        try:
            TypeAdapter(kind).validate_python(getattr(plugin, name, None), strict=True)
        except ValidationError as error:
            raise TypeError(f"{name}: {error.errors()[0]['msg']}") from None
    return plugin


def _package(point: EntryPoint) -> str:
    return _name(point.dist) if point.dist is not None else "?"


@cache
def _name(package: Distribution) -> str:
    return package.name  # read from a file whenever it is asked for


_METHOD = Callable[..., Any]
_READER = {"read": _METHOD, "sniff": _METHOD, "suffixes": tuple[str, ...]}
_READER |= dict.fromkeys(("name_settles", "as_stored", "shared", "addresses"), bool)
READERS = Registry("onrecord.readers", "format", _READER)  # see ``sources.formats.Reader``
EXPORTERS = Registry("onrecord.exporters", "format of exports", {"write": _METHOD})  # see ``report.export.Exporter``
