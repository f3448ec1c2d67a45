"""Plug-ins: what installed packages register under an entry point of ours, this package's own formats among them.

A package names its class in the metadata it is installed with, ``[project.entry-points."onrecord.readers"]`` in its
*pyproject.toml*. Nothing is imported until it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

_OURS = "onrecord"


class PluginError(ValueError):
    """A plug-in that cannot be used, said in one line."""


class Registry:
    """The plug-ins of one kind, by name.

    Args:
        group: of the entry points, ``onrecord.readers``.
        kind: what one of them is called in messages.
    """

    def __init__(self, group: str, kind: str) -> None:
        self.group = group
        self.kind = kind

    def names(self) -> list[str]:
        """The names in an order of their own; nothing is imported.

        Raises:
            PluginError: there are none, not even this package's: it was not installed as it is.
        """
        return sorted(_registered(self.group))

    def get(self, name: str) -> Any:
        """What is registered under a name: an instance of the class that the entry point names.

        Raises:
            PluginError: nothing is, two packages register it, or it cannot be imported.
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
        return points[0].load()()
    except Exception as error:  # whatever importing it does
        told = f"{type(error).__name__}: {error}"
        raise PluginError(
            f"the {registry.kind} {name!r} of the package {_package(points[0])} cannot be loaded ({told}); mend or uninstall it"
        ) from error


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "?"


READERS = Registry("onrecord.readers", "format")  # see ``sources.formats.Reader``
EXPORTERS = Registry("onrecord.exporters", "format of exports")  # see ``report.export.Exporter``
