"""What the faces ask for: what needs people, months and their closing, clients, first steps.

All of it works within the caller's scope, `take_on` apart, which opens its own.
"""

from ulak_server.overview.bookkeeping import Bookkeeping, are_books_troubled
from ulak_server.overview.clients import Client, clients
from ulak_server.overview.closing import POINTS, Checklist, Point, Who, checklist, close, reopen, tick
from ulak_server.overview.crediting import are_credits_short
from ulak_server.overview.ending import Notice, notices
from ulak_server.overview.first import LABELS, Line, choose_receiver, first_invoice, way_to
from ulak_server.overview.gaps import Gap, gaps
from ulak_server.overview.problems import OverviewError
from ulak_server.overview.reporting import is_troubled
from ulak_server.overview.sandbox import counter_seal_request, is_sandbox, seal_by_test_key, take_on
from ulak_server.overview.starting import STEPS, Progress, Step, begun_with, confirm, progress, put_aside
from ulak_server.overview.sums import INVOICES, Sum, Total, sums_of, total
from ulak_server.overview.today import Item, Need, Today, today
from ulak_server.overview.waiting import Waiting, waiting_of

__all__ = [
    "INVOICES",
    "LABELS",
    "POINTS",
    "STEPS",
    "Bookkeeping",
    "Checklist",
    "Client",
    "Gap",
    "Item",
    "Line",
    "Need",
    "Notice",
    "OverviewError",
    "Point",
    "Progress",
    "Step",
    "Sum",
    "Today",
    "Total",
    "Waiting",
    "Who",
    "are_books_troubled",
    "are_credits_short",
    "begun_with",
    "checklist",
    "choose_receiver",
    "clients",
    "close",
    "confirm",
    "counter_seal_request",
    "first_invoice",
    "gaps",
    "is_sandbox",
    "is_troubled",
    "notices",
    "progress",
    "put_aside",
    "reopen",
    "seal_by_test_key",
    "sums_of",
    "take_on",
    "tick",
    "today",
    "total",
    "waiting_of",
    "way_to",
]
