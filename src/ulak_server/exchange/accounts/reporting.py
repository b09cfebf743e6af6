"""What a service still has to report to GİB: until that is done its account stays open."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from ulak_server.documents.kinds import KINDS
from ulak_server.exchange.models_of_reports import Report, ReportEntry

__all__ = ["unreported"]


def unreported(taxpayer: int, service: str) -> int:
    """How many documents and cancellations of a service GİB has in no accepted report; within the caller's scope."""
    kinds = [kind.name for kind in KINDS.values() if kind.service == service and kind.is_archived]
    if not kinds:
        return 0
    accepted = Report.objects.filter(id=OuterRef("report_id"), stage="accepted")
    return ReportEntry.objects.filter(~Exists(accepted), taxpayer_id=taxpayer, kind__in=kinds).count()
