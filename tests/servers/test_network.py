"""Networks of their own: what is within them, and what is fetched from registries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from onrecord.transforms.services import Unreachable, service_of

from .cache import fetch
from .network import own_network
from .processes import listens

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


def test_who_asks_from_the_port_that_it_asks_for_is_no_one_who_listens(tmp_path: Path) -> None:
    """A connection to a port that nobody listens on succeeds where its own end was given that port: it is joined to itself."""
    with own_network():
        try:
            Path("/proc/sys/net/ipv4/ip_local_port_range").write_text("50000 50001", encoding="ascii")
        except OSError as error:
            pytest.skip(f"this process may not choose the ports of a network: {error}")
        engine = PipelineOptions(["--runner=FlinkRunner", "--flink_master=127.0.0.1:50000"])
        for _ in range(50):
            assert not listens(50000)
            with pytest.raises(Unreachable, match=r"nobody answers at 127\.0\.0\.1:50000"):
                service_of(engine)
