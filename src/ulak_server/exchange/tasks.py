"""What is done by the clock for the exchange. Procrastinate finds this module by its name."""

from __future__ import annotations

from typing import Final

import structlog
from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ulak_server.documents import kept, tallies
from ulak_server.exchange import errands, lists

__all__ = ["add_up", "read_lists", "run_errand"]

_SECONDS: Final = 30.0
_TRIES: Final = 6
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


@app.task(retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=5))
def run_errand(taxpayer: int, errand: int) -> None:
    """Do something for many documents, as somebody wanted it: for half a minute, then it is others' turn.

    What fails for a document is told; what fails for all of them, as a database that is away, is tried again.
    """
    try:
        if errands.carry_on(taxpayer, errand, _SECONDS).finished_at is None:
            errands.defer(taxpayer, errand)
    finally:
        connection.close()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="add-up", lock="add-up")
def add_up(timestamp: int) -> None:
    """Add up what has changed in the counts of documents."""
    try:
        tallies.add_up(kept.taxpayers())
    finally:
        connection.close()
