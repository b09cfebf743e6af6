"""What is done by the clock for kontör. Procrastinate finds this module by its name."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from ulak_server.credits import expiring, waiting

__all__ = ["go_on", "look_after"]


@app.task
def go_on(taxpayer: int) -> None:
    """Let a taxpayer's documents that wait for kontör go on."""
    try:
        waiting.free(taxpayer)
    finally:
        connection.close()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="credits", lock="credits")
def look_after(timestamp: int) -> None:
    """Expire what has, let those go on that wait and need not, and tell what is about to expire."""
    try:
        waiting.sweep()
        expiring.tell()
    finally:
        connection.close()
