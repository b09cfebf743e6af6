"""Documents taken in, found and read."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from ulak.lifecycle import documents as law
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.arrays import as_arrays
from ulak_server.database.bell import ring
from ulak_server.documents.inserting import insert, take
from ulak_server.documents.kinds import EARCHIVE, EINVOICE, KINDS
from ulak_server.documents.models import Direction, Form, Work
from ulak_server.documents.parties import Who, ids_of
from ulak_server.documents.queue import queued_at

__all__ = ["By", "Draft", "accept", "rewrite", "told_of"]

_INVOICES: Final = frozenset({EARCHIVE.name, EINVOICE.name})
_CLAIM: Final = """
INSERT INTO documents_prefix (taxpayer_id, prefix, kind, purpose)
SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""
_REMIND: Final = timedelta(days=7)
_SAID: Final = {
    "kind": "text",
    "profile": "text",
    "type_code": "text",
    "ettn": "uuid",
    "number": "text",
    "series_id": "int",
    "issue_date": "date",
    "partner": "text",
    "alias": "text",
    "sender_alias": "text",
    "erp_key": "text",
    "priority": "bool",
    "form": "smallint",
    "party_title": "text",
    "currency": "text",
    "payable": "numeric",
    "vat": "numeric",
    "design_id": "int",
    "is_automatic": "bool",
    "party_id": "int",
}
_COLUMNS: Final = {
    **_SAID,
    "taxpayer_id": "int",
    "month": "date",
    "direction": "smallint",
    "stage": "text",
    "wake_at": "timestamptz",
    "road": "bytea",
    "work": "smallint",
    "ready_at": "timestamptz",
    "about_id": "bigint",
    "batch_id": "bigint",
    "accepted_at": "timestamptz",
}


class Draft(NamedTuple):
    """A document to be taken in.

    Attributes:
        body: friendly JSON of an unfinished draft, or UBL-TR without seal, or with its author's seal.
        number: the author's own; empty if `series` numbers it (the body then holds a placeholder).
        not_after: from then on it must not be sent any more.
        vat: the value added tax in it, in its currency.
        design: that it is to wear; 0: none; None: the taxpayer's default.
        is_automatic: whether GİB's list, and not its author, made it e-Fatura or e-Arşiv; it may yet be turned.
        purpose: ``internet`` for an e-Arşiv invoice of a sale there: what the prefix of its own number is used for.
        told: what the timeline keeps of how it came to go where it goes.
    """

    taxpayer: int
    kind: str
    form: Form
    body: bytes
    ettn: UUID
    number: str = ""
    series: int | None = None
    profile: str = ""
    type_code: str = ""
    issue_date: date | None = None
    partner: str = ""
    alias: str = ""
    sender_alias: str = ""
    erp_key: str | None = None
    priority: bool = False
    about: int | None = None
    batch: int | None = None
    not_after: datetime | None = None
    party_title: str = ""
    currency: str = ""
    payable: Decimal | None = None
    vat: Decimal | None = None
    design: int | None = None
    is_automatic: bool = False
    purpose: str = ""
    told: Mapping[str, Any] = {}


class By(NamedTuple):
    """Who hands a document in, and from where."""

    actor: str
    origin: str


def accept(
    drafts: Sequence[Draft],
    policy: Policy,
    *,
    submit: bool = True,
    actor: str = "",
    origin: str = "",
    each_by: Sequence[By] = (),
    ids: Sequence[int] = (),
) -> Sequence[int]:
    """Take documents in, within the caller's scope and transaction: rows, bodies, timeline.

    Args:
        submit: whether they are to be sent; else they stay drafts.
        each_by: whose each of them is, if they were handed in one by one: each is told of in an entry of its own.
        ids: that were drawn for them (`inserting.ids_asked`): what collides is then known no sooner than at COMMIT.

    Returns:
        their ids, in order.
    """
    now = clock.now()
    month = now.astimezone(clock.ISTANBUL).date().replace(day=1)
    parties = ids_of([_party(draft) for draft in drafts])
    rows = [_row(draft, party, now, month, policy, submit=submit) for draft, party in zip(drafts, parties, strict=True)]
    if ids:
        take(ids, rows)
    else:
        ids = insert(_COLUMNS, rows)
    refs = [archive.Ref(draft.taxpayer, month, id) for draft, id in zip(drafts, ids, strict=True)]
    archive.keep([archive.Body(ref, draft.body, draft.kind) for ref, draft in zip(refs, drafts, strict=True)])
    _claim_prefixes(drafts)
    what = "document.accepted" if submit else "document.draft"
    told: dict[tuple[int, int], list[int]] = {}
    for place, draft in enumerate(drafts):
        told.setdefault((draft.taxpayer, place if each_by else 0), []).append(place)
    audit.record(
        [
            Entry(
                what,
                now,
                taxpayer,
                tuple(ids[place] for place in found),
                stage=what.partition(".")[2],
                **(each_by[found[0]] if each_by else By(actor, origin))._asdict(),
                facts=told_of([drafts[place].told for place in found]),
            )
            for (taxpayer, _), found in told.items()
        ],
        along=True,
    )
    if submit:
        ring()
    return ids


def told_of(facts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is told of each of some documents as the facts of one entry: what all share once, the rest of each."""
    names = dict.fromkeys(name for one in facts for name in one)
    columns = {name: [one.get(name) for one in facts] for name in names}
    shared = {name: values[0] for name, values in columns.items() if all(value == values[0] for value in values)}
    each = {name: values for name, values in columns.items() if name not in shared}
    return {**shared, audit.EACH: each} if each else shared


def _claim_prefixes(drafts: Sequence[Draft]) -> None:
    """Write down what the prefixes of invoices are used for that their authors numbered."""
    own = {
        (draft.taxpayer, draft.number[:3]): (draft.taxpayer, draft.number[:3], draft.kind, draft.purpose)
        for draft in drafts
        if draft.number and draft.kind in _INVOICES
    }
    if own:
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, as_arrays(sorted(own.values())))


def rewrite(document: int, month: date, draft: Draft) -> None:
    """Let a document that is there already be as this draft has it: its row's summary and its body.

    Its record, stage and work are left to the caller, who has locked the row.
    """
    values = _said(draft, ids_of([_party(draft)])[0])
    marks = ", ".join(f"{name} = %s" for name in _SAID)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE documents_document SET {marks}, error = NULL WHERE id = %s",  # noqa: S608
            [*values, document],
        )
    _claim_prefixes([draft])
    archive.keep([archive.Body(archive.Ref(draft.taxpayer, month, document), draft.body, draft.kind)])


def _party(draft: Draft) -> Who:
    return Who(draft.taxpayer, draft.partner, draft.party_title)


def _said(draft: Draft, party: int) -> list[Any]:
    """What a draft says of itself, in the order of `_SAID`."""
    return [
        draft.kind,
        draft.profile,
        draft.type_code,
        draft.ettn,
        draft.number or None,
        draft.series,
        draft.issue_date,
        draft.partner,
        draft.alias,
        draft.sender_alias,
        draft.erp_key,
        draft.priority or KINDS[draft.kind].at_once,
        draft.form,
        draft.party_title,
        draft.currency,
        draft.payable,
        draft.vat,
        draft.design,
        draft.is_automatic,
        party,
    ]


def _row(draft: Draft, party: int, now: datetime, month: date, policy: Policy, *, submit: bool) -> list[Any]:
    record = law.drafted(now, seed=secrets.randbits(31), remind_at=now + _REMIND, not_after=draft.not_after)
    record = record._replace(numbered=bool(draft.number))
    if submit:
        record = law.step(record, law.Submitted(), now, policy).record
    priority = draft.priority or KINDS[draft.kind].at_once
    return [
        *_said(draft, party),
        draft.taxpayer,
        month,
        Direction.OUT,
        str(record.stage),
        record.wake_at,
        msgspec.msgpack.encode(record),
        Work.JUDGE if submit else None,
        queued_at(now, priority=priority) if submit else None,
        draft.about,
        draft.batch,
        now,
    ]
