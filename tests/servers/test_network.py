"""Networks of their own: what is within them, and what is fetched from registries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .cache import fetch
from .network import own_network

pytestmark = pytest.mark.engine


def test_what_a_test_needs_is_fetched_from_outside_its_network(tmp_path: Path) -> None:
    """On a new machine nothing is kept yet when a test in a network of its own first asks for a server."""
    network = "/proc/thread-self/ns/net"
    fetch_from = f"readlink {network} > {tmp_path / 'network'}"
    with own_network():
        within = os.readlink(network)
        fetch("sh", "-c", fetch_from)
        assert os.readlink(network) == within
    assert (tmp_path / "network").read_text().strip() == os.readlink(network) != within
