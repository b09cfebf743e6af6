"""Taxpayers and documents for tests of the platform."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast
from uuid import uuid4

from ulak.lifecycle import accounts
from ulak.lifecycle.policy import DEFAULT
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Form
from ulak_server.documents.services import Draft, accept
from ulak_server.exchange import records
from ulak_server.taxpayers.models import Account, Alias, Series, Taxpayer

__all__ = ["ARCHIVE_SERVICES", "ARDIC", "MELTEM", "archiving", "invoices", "taxpayer"]

ARDIC: Final = (
    "4812530769",
    "Ardıç Ticaret A.Ş.",
    "urn:mail:defaultgb@ardic.example",
    "urn:mail:defaultpk@ardic.example",
)
MELTEM: Final = (
    "7359021640",
    "Meltem Gıda Ltd. Şti.",
    "urn:mail:defaultgb@meltem.example",
    "urn:mail:defaultpk@meltem.example",
)


def taxpayer(who: tuple[str, str, str, str] = ARDIC, prefix: str = "ARD") -> int:
    """A taxpayer with both services open, an alias of each role and a series for each kind; its id."""
    number, title, sender, mailbox = who
    with scoped(Role.PIPELINE):
        made = Taxpayer(number=number, title=title, contract_from=date(2026, 1, 1))
        made.save(force_insert=True)
        for service in ("einvoice", "edespatch"):
            _open_account(made.id, service)
            for role, name in (("GB", sender), ("PK", mailbox)):
                Alias(taxpayer_id=made.id, service=service, role=role, name=name, is_default=True).save(
                    force_insert=True
                )
        for kind, letter in (
            ("invoice", prefix),
            ("despatch_advice", f"{prefix[:2]}I"),
            ("receipt_advice", f"{prefix[:2]}Y"),
        ):
            Series(taxpayer_id=made.id, kind=kind, prefix=letter, is_default=True).save(force_insert=True)
        return made.id


ARCHIVE_SERVICES: Final = ("earchive", "esevoucher", "epreceipt", "erreceipt")


def archiving(taxpayer_id: int, prefix: str = "AR") -> int:
    """Let a taxpayer issue what is archived: four open accounts, and series that begin with these two letters."""
    with scoped(Role.PIPELINE, [taxpayer_id]):
        for service in ARCHIVE_SERVICES:
            _open_account(taxpayer_id, service)
        for kind, purpose, letter in (
            ("earchive_invoice", "", "S"),
            ("earchive_invoice", "internet", "W"),
            ("freelance_receipt", "", "M"),
            ("producer_receipt", "", "U"),
            ("expense_note", "", "G"),
        ):
            Series(taxpayer_id=taxpayer_id, kind=kind, purpose=purpose, prefix=prefix + letter, is_default=True).save(
                force_insert=True
            )
    return taxpayer_id


def _open_account(taxpayer_id: int, service: str) -> None:
    record = accounts.contracted(clock.now(), seed=1, remind_at=clock.now())._replace(stage=accounts.Stage.ACTIVE)
    Account(
        taxpayer_id=taxpayer_id, service=service, stage="active", wake_at=record.wake_at, road=records.write(record)
    ).save(force_insert=True)


def invoices(
    taxpayer_id: int,
    count: int = 1,
    *,
    sender: Any = ARDIC,
    receiver: Any = MELTEM,
    profile: str = "TICARIFATURA",
    series: int | None = None,
    prefix: str = "ARD",
) -> Sequence[int]:
    """Invoices accepted for sending, to be numbered by the default series; their ids."""
    now = clock.now().astimezone(clock.ISTANBUL)
    with scoped(Role.WEB, [taxpayer_id]):
        chosen = series or Series.objects.get(taxpayer_id=taxpayer_id, kind="invoice", is_default=True).id
        drafts = []
        for _ in range(count):
            ettn = uuid4()
            number = f"{prefix}{now.year}000000000"
            draft = from_json(_draft(str(ettn), now, sender, receiver, profile, number))
            body = write_document(cast(Document, draft))
            drafts.append(
                Draft(
                    taxpayer_id,
                    "invoice",
                    Form.UBL,
                    body,
                    ettn,
                    series=chosen,
                    profile=profile,
                    type_code="SATIS",
                    issue_date=now.date(),
                    partner=receiver[0],
                    alias=receiver[3],
                    sender_alias=sender[2],
                    party_title=receiver[1],
                    currency="TRY",
                )
            )
        return accept(drafts, DEFAULT, actor="test")


def _draft(ettn: str, now: Any, sender: Any, receiver: Any, profile: str, number: str) -> dict[str, Any]:
    return {
        "profile": profile,
        "number": number,
        "uuid": ettn,
        "date": now.date().isoformat(),
        "time": now.time().isoformat("seconds"),
        "supplier": _firm(sender),
        "customer": _firm(receiver),
        "lines": [{"name": "Çelik raf", "quantity": 12, "price": "412.50", "vat": 20}],
    }


def _firm(who: Any) -> dict[str, Any]:
    return {
        "tax_id": who[0],
        "name": who[1],
        "tax_office": "Çankaya",
        "address": {"town": "Çankaya", "city": "Ankara"},
    }
