"""The text that Prometheus reads: what processes counted, and what the database says now."""

from __future__ import annotations

import os
from collections.abc import Iterator

import structlog
from django.db import DatabaseError
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from ulak_server.operations import depths

__all__ = ["text"]


def text() -> bytes:
    """All metrics; those of the database are left out, and `ulak_database_up` is 0, while it is away."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    own = CollectorRegistry()
    own.register(_Database())
    return generate_latest(registry) + generate_latest(own)


class _Database:
    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("ulak_database_up", "Whether the database answers")
        try:
            found = list(_read())
            up.add_metric([], 1)
        except DatabaseError:
            structlog.get_logger("ulak_server.operations").warning("metrics.database-away")
            found = []
            up.add_metric([], 0)
        yield up
        yield from found


def _read() -> Iterator[Metric]:
    waiting = GaugeMetricFamily("ulak_queue_documents", "Documents that wait for work", labels=["work"])
    oldest = GaugeMetricFamily("ulak_queue_oldest_seconds", "For how long the first has been due", labels=["work"])
    for depth in depths.waiting():
        waiting.add_metric([depth.work], depth.documents)
        oldest.add_metric([depth.work], depth.oldest)
    stages = GaugeMetricFamily("ulak_records", "Records on their way", labels=["room", "stage"])
    for room, stage, count in depths.stages():
        stages.add_metric([room, stage], count)
    late = GaugeMetricFamily("ulak_alarm_late_seconds", "By how much the first alarm is overdue", labels=["room"])
    for room, seconds in depths.late():
        late.add_metric([room], seconds)
    entries = GaugeMetricFamily(
        "ulak_report_entries", "What has to be reported to GİB and is not accepted yet", labels=["state"]
    )
    for state, count in depths.reportable().items():
        entries.add_metric([state], count)
    kontor = GaugeMetricFamily("ulak_kontor", "Kontör of all taxpayers since the beginning", labels=["what"])
    for what, amount in depths.kontor().items():
        kontor.add_metric([what], amount)
    aside = GaugeMetricFamily(
        "ulak_aside", "Work that failed for one taxpayer and waits for its next try", labels=["station"]
    )
    for station, count in depths.aside().items():
        aside.add_metric([station], count)
    workers = GaugeMetricFamily("ulak_workers", "Worker processes that are connected")
    workers.add_metric([], depths.workers())
    yield from (waiting, oldest, stages, late, entries, kontor, aside, workers)
