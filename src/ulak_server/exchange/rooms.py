"""Where each machine's records are kept: the table, its key, and the columns that change with a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ulak.lifecycle import accounts, answers, documents, envelopes, identities, inbound, ledgers, reports

__all__ = [
    "ACCOUNTS",
    "ANSWERS",
    "DOCUMENTS",
    "ENTRIES",
    "ENVELOPES",
    "IDENTITIES",
    "INBOUND",
    "LEDGERS",
    "REPORTS",
    "ROOMS",
    "Room",
    "Row",
    "Sheet",
]


class Room(NamedTuple):
    """The records of one machine.

    Attributes:
        name: of the machine; timeline entries begin with it.
        key: column and PostgreSQL type of the key.
        record: the type of its records.
        step: the machine.
        fixed: columns that are read with a row, and written only when it is new.
        moving: columns that are written whenever the row changed. Every room has ``stage``, ``wake_at``, ``road``.
        unread: columns that are written with a new row and not read with it, being large.
    """

    name: str
    table: str
    key: tuple[str, str]
    record: type[Any]
    step: Callable[..., Any]
    fixed: Mapping[str, str]
    moving: Mapping[str, str]
    unread: Mapping[str, str] = {}


class Sheet(NamedTuple):
    """A table in which lines are only written down, in the transaction in which they came to be.

    Attributes:
        columns: those that are written, with their PostgreSQL types.
    """

    table: str
    columns: tuple[tuple[str, str], ...]


class Row:
    """One record with its columns; `values` may be changed by whoever carries out effects, inside the transaction.

    Attributes:
        record: the machine's; None for an incoming document.
        before: the stage in which this transaction found it; None if it was not there.
        was: the columns as they stand in the table; None if it was not there.
        is_new: whether it has to be inserted.
        changed: whether it has to be written.
    """

    __slots__ = ("before", "changed", "is_new", "key", "record", "values", "was")

    def __init__(self, key: Any, record: Any, values: dict[str, Any], *, is_new: bool = False) -> None:
        self.key, self.record, self.values, self.is_new, self.changed = key, record, values, is_new, is_new
        self.before = None if is_new or record is None else record.stage
        self.was = None if is_new else dict(values)

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def __setitem__(self, column: str, value: Any) -> None:
        self.values[column] = value
        self.changed = True

    def is_written(self) -> None:
        """It stands in the table as it is here."""
        self.is_new = self.changed = False
        self.before, self.was = getattr(self.record, "stage", None), dict(self.values)


DOCUMENTS: Final = Room(
    "document",
    "documents_document",
    ("id", "bigint"),
    documents.Document,
    documents.step,
    {
        "taxpayer_id": "int",
        "month": "date",
        "direction": "smallint",
        "kind": "text",
        "profile": "text",
        "type_code": "text",
        "ettn": "uuid",
        "partner": "text",
        "sender_alias": "text",
        "priority": "bool",
        "about_id": "bigint",
        "design_id": "int",
        "accepted_at": "timestamptz",
    },
    {
        "alias": "text",
        "number": "text",
        "series_id": "int",
        "issue_date": "date",
        "form": "smallint",
        "work": "smallint",
        "ready_at": "timestamptz",
        "envelope": "uuid",
        "sealed_at": "timestamptz",
        "left_at": "timestamptz",
        "delivered_at": "timestamptz",
        "error": "jsonb",
        "answer": "smallint",
    },
)
ENVELOPES: Final = Room(
    "envelope",
    "exchange_envelope",
    ("id", "uuid"),
    envelopes.Envelope,
    envelopes.step,
    {
        "taxpayer_id": "int",
        "identity": "text",
        "kind": "text",
        "type": "text",
        "element": "text",
        "sender_alias": "text",
        "sender_number": "text",
        "receiver_alias": "text",
        "receiver_number": "text",
        "documents": "bigint[]",
        "about": "text",
        "about_account": "bigint",
        "size": "int",
        "digest": "bytea",
        "created_at": "timestamptz",
    },
    {"said": "jsonb"},
    {"message": "bytea"},
)
INBOUND: Final = Room(
    "inbound",
    "exchange_inbound",
    ("id", "text"),
    inbound.Incoming,
    inbound.step,
    {"received_at": "timestamptz", "origin": "text", "size": "int", "digest": "bytea"},
    {
        "taxpayer_id": "int",
        "type": "text",
        "sender_alias": "text",
        "sender_number": "text",
        "receiver_alias": "text",
        "receiver_number": "text",
        "header": "jsonb",
        "documents": "bigint[]",
        "code": "text",
        "reason": "jsonb",
        "response": "uuid",
    },
    {"data": "bytea"},
)
ANSWERS: Final = Room(
    "answer",
    "documents_answer",
    ("document_id", "bigint"),
    answers.Answer,
    answers.step,
    {"taxpayer_id": "int", "kind": "text"},
    {"until": "timestamptz", "code": "text", "carrier_id": "bigint"},
)
ACCOUNTS: Final = Room(
    "account",
    "taxpayers_account",
    ("id", "bigint"),
    accounts.Account,
    accounts.step,
    {"taxpayer_id": "int", "service": "text"},
    {"envelope": "uuid"},
)
IDENTITIES: Final = Room(
    "identity", "exchange_identity", ("number", "text"), identities.Identity, identities.step, {}, {}
)
REPORTS: Final = Room(
    "report",
    "exchange_report",
    ("id", "uuid"),
    reports.Report,
    reports.step,
    {
        "taxpayer_id": "int",
        "product": "text",
        "month": "date",
        "day": "date",
        "section_no": "int",
        "cause": "text",
        "due_at": "timestamptz",
        "created_at": "timestamptz",
        "replaces": "uuid",
    },
    {
        "entries": "int",
        "issued": "int",
        "cancelled": "int",
        "objected": "int",
        "size": "bigint",
        "packed": "bigint",
        "digest": "text",
        "built_at": "timestamptz",
        "sent_at": "timestamptz",
        "accepted_at": "timestamptz",
        "replaced_by": "uuid",
        "said": "jsonb",
        "error": "jsonb",
    },
)
LEDGERS: Final = Room(
    "ledger",
    "exchange_ledger_package",
    ("id", "uuid"),
    ledgers.Package,
    ledgers.step,
    {
        "taxpayer_id": "int",
        "branch": "text",
        "month": "date",
        "kind": "text",
        "part": "text",
        "name": "text",
        "starts": "date",
        "ends": "date",
        "signer": "text",
        "stamped": "bool",
        "size": "bigint",
        "digest": "text",
        "due_at": "timestamptz",
        "created_at": "timestamptz",
    },
    {
        "sent_at": "timestamptz",
        "away_at": "timestamptz",
        "approved_digest": "text",
        "approved_at": "timestamptz",
        "fetched_at": "timestamptz",
        "checked_at": "timestamptz",
        "said": "jsonb",
    },
)
ROOMS: Final = (IDENTITIES, ENVELOPES, INBOUND, ACCOUNTS, DOCUMENTS, ANSWERS, REPORTS, LEDGERS)
"""In the order in which their rows are locked."""
ENTRIES: Final = Sheet(
    "exchange_report_entry",
    (
        ("taxpayer_id", "int"),
        ("document_id", "bigint"),
        ("what", "smallint"),
        ("turn", "smallint"),
        ("kind", "text"),
        ("product", "text"),
        ("day", "date"),
        ("at_once", "bool"),
        ("made_at", "timestamptz"),
        ("ready_at", "timestamptz"),
        ("due_at", "timestamptz"),
    ),
)
"""What has to be reported; see `ulak_server.exchange.models.ReportEntry`."""
