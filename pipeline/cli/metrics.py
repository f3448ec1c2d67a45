"""Metrics of runs in Prometheus' text form, in a file that a collector reads (node_exporter's textfile directory, say).

Counters go on from what the file holds, so that they grow over the runs of a scheduler as over the rounds of ``watch``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.parser import text_string_to_metric_families

from ..durable import write_whole
from ..jobs.summary import Summary

_log = logging.getLogger(__name__)

_COUNTERS = {  # name without _total: meaning, label
    "onrecord_rounds": ("Runs, rounds of watch or windows of a stream that ended well.", None),
    "onrecord_failures": ("Runs, rounds of watch or jobs of a stream that failed.", None),
    "onrecord_windows": ("Windows of a stream that were committed.", None),
    "onrecord_records": ("Records read from inputs, those that were known included.", None),
    "onrecord_known": ("Records that earlier runs had taken, or that were sent to a stream again.", None),
    "onrecord_documents": ("Articles published that are new.", None),
    "onrecord_appearances": ("Articles taken, by their relation to what was known.", "relation"),
    "onrecord_quotes": ("Quotes published.", None),
    "onrecord_figures": ("Figures published.", None),
    "onrecord_rejects": ("Records that were refused, by reason.", "reason"),
    "onrecord_stage_seconds": ("Seconds that the work took, by stage.", "stage"),
}
_GAUGES = {
    "onrecord_articles_per_second": "Articles published in a second by the last run that published any.",
    "onrecord_lag_records": "Records of topics that waited when the last run ended; of a stream asked for all along.",
    "onrecord_lateness_seconds": "From the publication of new articles to the last run that took any: the median.",
    "onrecord_lateness_max_seconds": "From the publication of new articles to the last run that took any: the longest.",
    "onrecord_feeds_unread": "Feeds that could not be read in the last run.",
    "onrecord_last_success_timestamp_seconds": "When the last run ended well, in seconds since 1970.",
}
_COUNTED = {"read": "records", "known": "known", "documents": "documents", "quotes": "quotes", "figures": "figures"}


class Metrics:
    """The metrics of an output folder.

    Args:
        path: the file; what it holds is gone on from, and one that holds something else is begun anew.

    Raises:
        OSError: it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._counts: dict[tuple[str, str], float] = {}  # by name and value of the label
        self._gauges: dict[str, float] = {}
        self._go_on()
        self._write()

    def _go_on(self) -> None:
        """Go on from what the file holds, if it is one (and no pipe, say)."""
        if not self.path.is_file():
            return
        try:
            families = list(text_string_to_metric_families(self.path.read_text(encoding="utf-8")))
        except ValueError as error:
            _log.warning("%s holds no metrics (%s); they begin anew", self.path, error)
            return
        for family in families:
            for sample in family.samples:
                if family.name in _GAUGES:
                    self._gauges[family.name] = sample.value
                elif family.name in _COUNTERS:
                    self._counts[family.name, sample.labels.get(_COUNTERS[family.name][1] or "", "")] = sample.value

    def count(self, summary: Summary | None) -> None:
        """Count what a run has done, and what it has finished; or with None, that one has failed.

        Raises:
            OSError: the file cannot be read or written.
        """
        self._go_on()  # a run that this one has waited for, or one into another folder, may have counted meanwhile
        if summary is None:
            self._add("failures", "", 1)
            self._write()
            return
        every = (*summary.finished, summary)
        for done in every:
            for key, name in _COUNTED.items():
                self._add(name, "", done.counts[key])
            for name, values in (("appearances", done.appearances), ("rejects", done.rejects), ("stage_seconds", done.stages)):
                for label, value in values.items():
                    self._add(name, label, value)
        documents = sum(done.counts["documents"] for done in every)
        if documents:
            self._gauges["onrecord_articles_per_second"] = documents / max(summary.seconds, 0.001)
        if summary.lag is not None:
            self._gauges["onrecord_lag_records"] = summary.lag
        for key, name in (("median", "onrecord_lateness_seconds"), ("most", "onrecord_lateness_max_seconds")):
            if key in summary.lateness:
                self._gauges[name] = summary.lateness[key]
        self._add("windows", "", sum(done.window is not None for done in every))
        self._gauges["onrecord_feeds_unread"] = len(summary.feeds.unread) if summary.feeds is not None else 0
        self._gauges["onrecord_last_success_timestamp_seconds"] = time.time()
        self._add("rounds", "", 1)
        self._write()

    def lag(self, records: int) -> None:
        """Tell how many records of topics wait, between two windows of a stream.

        Raises:
            OSError: the file cannot be read or written.
        """
        self._go_on()
        self._gauges["onrecord_lag_records"] = records
        self._write()

    def _add(self, name: str, label: str, value: float) -> None:
        key = f"onrecord_{name}", label
        self._counts[key] = self._counts.get(key, 0) + value

    def _write(self) -> None:
        registry = CollectorRegistry()
        registry.register(self)
        write_whole(self.path, generate_latest(registry).decode())

    def collect(self) -> Iterator[Metric]:
        """The metrics as Prometheus' library takes them; counters without a label are there from the beginning."""
        for name, (meaning, label) in _COUNTERS.items():
            counter = CounterMetricFamily(name, meaning, labels=[label] if label else [])
            values = {key: n for (own, key), n in sorted(self._counts.items()) if own == name} or ({} if label else {"": 0})
            for value, count in values.items():
                counter.add_metric([value] if label else [], count)
            yield counter
        for name, meaning in _GAUGES.items():
            if name in self._gauges:
                yield GaugeMetricFamily(name, meaning, value=self._gauges[name])
