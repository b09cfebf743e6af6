"""What is done by the clock for the archive. Procrastinate finds this module by its name."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from ulak_server.archive import partitions

__all__ = ["make_partitions"]


@app.periodic(cron="11 2 * * *")
@app.task(queueing_lock="make-partitions")
def make_partitions(timestamp: int) -> None:
    """See that next months' bodies have their partitions."""
    try:
        partitions.make_ahead()
    finally:
        connection.close()
