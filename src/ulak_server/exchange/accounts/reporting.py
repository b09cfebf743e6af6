"""What GİB still has to be told of: until that is done accounts stay open, and months are not ready to be closed."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from ulak_server.documents.kinds import KINDS
from ulak_server.exchange.models_of_reports import Report, ReportEntry

__all__ = ["unreported", "unreported_between"]


def unreported(taxpayer: int, service: str) -> int:
    """How many documents, cancellations and objections of a service GİB has in no accepted report; within a scope."""
    kinds = [kind.name for kind in KINDS.values() if kind.service == service and kind.is_archived]
    return _missing(taxpayer).filter(kind__in=kinds).count() if kinds else 0


def unreported_between(taxpayer: int, first: date, last: date) -> int:
    """The same of all services, of what happened on the days from one to another; within a scope."""
    return _missing(taxpayer).filter(day__gte=first, day__lte=last).count()


def _missing(taxpayer: int) -> QuerySet[ReportEntry]:
    accepted = Report.objects.filter(id=OuterRef("report_id"), stage="accepted")
    return ReportEntry.objects.filter(~Exists(accepted), taxpayer_id=taxpayer)
