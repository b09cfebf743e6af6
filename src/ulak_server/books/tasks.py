"""What is done for the books in the background and by the clock. Procrastinate finds this module by its name."""

from __future__ import annotations

from contextlib import suppress

import structlog
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ulak_server.books import learning, plans
from ulak_server.books.importing import jobs, working

__all__ = ["advance_imports", "forget_old_files", "learn", "make_recurring", "nudge"]

_LOG = structlog.get_logger("ulak_server.jobs")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="advance-imports")
def advance_imports(timestamp: int) -> None:
    """Go on with imports until none has anything to do at once."""
    try:
        while working.advance_all():
            pass
    finally:
        connection.close()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="make-recurring", lock="make-recurring")
def make_recurring(timestamp: int) -> None:
    """Make the recurring documents whose day has come."""
    try:
        if made := plans.make_due():
            _LOG.info("plans.made", count=made)
    finally:
        connection.close()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="learn-books", lock="learn-books")
def learn(timestamp: int) -> None:
    """Learn contacts and items from documents that came and went."""
    try:
        learning.learn_all()
    finally:
        connection.close()


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="forget-imported-files")
def forget_old_files(timestamp: int) -> None:
    """Forget the files of imports that ended a month ago."""
    try:
        jobs.forget_old()
    finally:
        connection.close()


def nudge() -> None:
    """Let a worker look at imports now instead of at the next minute; outside of any scope.

    It is a courtesy: if it fails, the clock does the same.
    """
    with suppress(AlreadyEnqueued):
        advance_imports.configure().defer(timestamp=0)
