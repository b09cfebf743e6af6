"""What the room of reports offers to the faces and to other apps.

Views work within the caller's scope. Verbs open their own, but for `delivered`: call them outside of any.
"""

from ulak_server.exchange.reports.balance import balance, calendar
from ulak_server.exchange.reports.causes import CAUSES, Cause
from ulak_server.exchange.reports.orders import ask_now, confirm, renew, send_now
from ulak_server.exchange.reports.problems import NoSuch, ReportingError
from ulak_server.exchange.reports.values import (
    Attempt,
    Balance,
    Cancellation,
    Day,
    Difference,
    Filing,
    Held,
    Line,
    Mark,
    Objection,
    Report,
    Standing,
    Trouble,
)
from ulak_server.exchange.reports.views import (
    all_reports,
    counts,
    entries_of,
    file_of,
    filings_of,
    marks_of,
    report_of,
    reports_of,
    standing_of,
    trouble_of,
)
from ulak_server.exchange.reports.wishes import METHODS, cancel, cancellation_answered, delivered, object_to

__all__ = [
    "CAUSES",
    "METHODS",
    "Attempt",
    "Balance",
    "Cancellation",
    "Cause",
    "Day",
    "Difference",
    "Filing",
    "Held",
    "Line",
    "Mark",
    "NoSuch",
    "Objection",
    "Report",
    "ReportingError",
    "Standing",
    "Trouble",
    "all_reports",
    "ask_now",
    "balance",
    "calendar",
    "cancel",
    "cancellation_answered",
    "confirm",
    "counts",
    "delivered",
    "entries_of",
    "file_of",
    "filings_of",
    "marks_of",
    "object_to",
    "renew",
    "report_of",
    "reports_of",
    "send_now",
    "standing_of",
    "trouble_of",
]
