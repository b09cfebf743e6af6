"""What is done by the clock for the exchange. Procrastinate finds this module by its name."""

from __future__ import annotations

import structlog
from django.db import connection
from procrastinate.contrib.django import app

from ulak_server.exchange import lists

__all__ = ["read_lists"]

_LOG = structlog.get_logger("ulak_server.jobs")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="read-lists", lock="read-lists")
def read_lists(timestamp: int) -> None:
    """Read GİB's lists when their hour has come; `ulak_server.userlist.syncing.due` says when."""
    try:
        for run in lists.refresh():
            _LOG.info("list.read", list=run.name, outcome=run.outcome, entries=run.entries, error=run.error)
    finally:
        connection.close()
