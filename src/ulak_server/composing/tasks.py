"""What is done by the clock for drafts. Procrastinate finds this module by its name."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from ulak_server.composing import versions

__all__ = ["forget_versions"]


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="forget-draft-versions", lock="forget-draft-versions")
def forget_versions(timestamp: int) -> None:
    """Throw away what is left of drafts that are gone or were sent."""
    try:
        versions.forget_orphans()
    finally:
        connection.close()
