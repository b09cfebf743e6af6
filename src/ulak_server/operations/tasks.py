"""Housekeeping by the clock. Procrastinate finds this module by its name, as it does those of other apps."""

from __future__ import annotations

from datetime import timedelta

import structlog
from procrastinate import builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.credits import services as credits
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import existing
from ulak_server.meters import JOBS
from ulak_server.people import services as people

__all__ = ["forget_handed", "forget_old_jobs", "retry_stalled", "tidy_people"]

_HANDED = timedelta(days=30)
_LOG = structlog.get_logger("ulak_server.jobs")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker was killed: they would stay ``doing`` for ever, and keep their locks.

    One whose successor waits already is dropped: the successor does the same, as soon as the lock is free.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)
            _LOG.warning("job.dropped", task=job.task_name, job=job.id)
        else:
            _LOG.warning("job.retried", task=job.task_name, job=job.id)
            JOBS.inc()


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="tidy-people")
def tidy_people(timestamp: int) -> None:
    """Remove sessions and counts of attempts that are over."""
    people.tidy()


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="forget-handed")
def forget_handed(timestamp: int) -> None:
    """Forget the idempotency keys of what was handed in more than a month ago, and what nobody tries any more."""
    with scoped(Role.PIPELINE):
        existing.forget_handed(clock.now() - _HANDED)
        credits.forget_sent()
    asides.forget_old()


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget-old-jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended more than a month ago; failed ones stay as long, to be looked into."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24 * 31, remove_failed=True)
