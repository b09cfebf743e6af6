"""Contacts and items learned from documents that were sent and that came, where the taxpayer wants it.

What somebody wrote themselves is never changed by it; whoever is known already is counted as used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import structlog
from django.db import connection
from django.db.models import F

from ulak.errors import UlakError
from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.books.contacts import ContactForm, save_contact
from ulak_server.books.items import ItemForm, save_item
from ulak_server.books.models import Contact, Item, Kind, Setting
from ulak_server.books.problems import BooksError
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Direction, Document

__all__ = ["learn_all", "learn_from", "learns", "set_learns"]

_PIECE: Final = 200
_TAXPAYERS: Final = """
SELECT t.id FROM taxpayers_taxpayer t LEFT JOIN books_setting s ON s.taxpayer_id = t.id WHERE s.learns IS NOT FALSE
"""
_KINDS: Final = ("invoice", "despatch_advice", "earchive_invoice", "freelance_receipt", "producer_receipt")
_FROM_FARMERS: Final = "producer_receipt"
_NOBODY: Final = ("", "11111111111", "2222222222")
"""Numbers that stand for buyers who gave none."""
_VKN: Final = 10
_MOST_ITEMS: Final = 20
_FIELDS: Final = ("tax_office", "phone", "email", "website", "fax")
_LOG: Final = structlog.get_logger("ulak_server.books")


class _Row(NamedTuple):
    id: int
    kind: str
    month: Any
    direction: int
    partner: str
    alias: str


def learns(taxpayer: int) -> bool:
    """Whether a taxpayer's books are learned from documents; within a scope."""
    found = Setting.objects.filter(taxpayer_id=taxpayer).first()
    return found is None or found.learns


def set_learns(taxpayer: int, wanted: bool) -> None:
    """Say whether the books are to be learned from documents; within a scope."""
    Setting.objects.update_or_create(taxpayer_id=taxpayer, defaults={"learns": wanted})


def learn_all() -> int:
    """Learn from what is new for every taxpayer; how many documents were looked at. Opens its own scopes."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_TAXPAYERS)
        taxpayers = [id for (id,) in cursor.fetchall()]
    return asides.each("learning", map(Unit, taxpayers), lambda unit: _learn(unit.taxpayer))


def learn_from(taxpayer: int, documents: Sequence[int]) -> None:
    """Learn now from documents that `learn_all` passed by because they were drafts, if the taxpayer wants it.

    Those that are newer it meets itself. Within a scope.
    """
    setting = Setting.objects.filter(taxpayer_id=taxpayer, learns=True).first()
    if setting is not None:
        rows = Document.objects.filter(taxpayer_id=taxpayer, id__in=documents, kind__in=_KINDS)
        _take_in(taxpayer, _rows(rows.filter(id__lte=setting.learned_until)))


def _learn(taxpayer: int) -> int:
    """One piece of what is new."""
    with scoped(Role.WEB, [taxpayer]):
        setting, _ = Setting.objects.get_or_create(taxpayer_id=taxpayer)
        new = Document.objects.filter(taxpayer_id=taxpayer, id__gt=setting.learned_until)
        ids = list(new.order_by("id").values_list("id", flat=True)[:_PIECE])
        if not ids:
            return 0
        rows = new.filter(id__lte=ids[-1], kind__in=_KINDS).exclude(stage="draft").order_by("id")
        _take_in(taxpayer, _rows(rows))
        Setting.objects.filter(taxpayer_id=taxpayer).update(learned_until=ids[-1])
        return len(ids)


def _rows(found: Any) -> list[_Row]:
    rows = (_Row(*one) for one in found.values_list(*_Row._fields))
    return [one for one in rows if one.partner not in _NOBODY and not _buys_once(one)]


def _buys_once(row: _Row) -> bool:
    """Of people who buy in a shop nobody keeps a book unasked."""
    return row.kind == "earchive_invoice" and len(row.partner) != _VKN


def _take_in(taxpayer: int, rows: Sequence[_Row]) -> None:
    """Only documents of somebody new are opened; the others are counted."""
    known = _known(taxpayer, {one.partner for one in rows})
    _count(taxpayer, rows, known)
    fresh = {one.partner: one for one in rows if one.partner not in known}
    refs = {archive.Ref(taxpayer, one.month, one.id): one for one in fresh.values()}
    bodies = archive.read(refs)
    for ref, body in bodies.items():
        try:
            _learn_one(taxpayer, refs[ref], to_json_of(body))
        except UlakError as error:
            # Whoever cannot be kept by the rules of the books is left to people.
            _LOG.info("books.not-learned", document=ref.owner, code=error.code)


def to_json_of(body: bytes) -> Mapping[str, Any]:
    """A document as the friendly JSON."""
    found: Mapping[str, Any] = msgspec.json.decode(to_json(read_document(body)))
    return found


def _known(taxpayer: int, numbers: Iterable[str]) -> dict[str, str]:
    rows = Contact.objects.filter(taxpayer_id=taxpayer, number__in=list(numbers), removed_at=None)
    return dict(rows.values_list("number", "kind"))


def _count(taxpayer: int, rows: Sequence[_Row], known: Mapping[str, str]) -> None:
    now = clock.now()
    for number in known:
        mine = [one for one in rows if one.partner == number]
        there = Contact.objects.filter(taxpayer_id=taxpayer, number=number, removed_at=None)
        there.update(uses=F("uses") + len(mine), used_at=now)
        kinds = {_kind(one) for one in mine} | {known[number]}
        if len(kinds) > 1:
            there.filter(is_learned=True).update(kind=Kind.BOTH)


def _kind(row: _Row) -> str:
    sells = row.direction == Direction.IN or row.kind == _FROM_FARMERS
    return Kind.SUPPLIER if sells else Kind.CUSTOMER


def _learn_one(taxpayer: int, row: _Row, document: Mapping[str, Any]) -> None:
    party = document.get("customer" if row.direction == Direction.OUT else "supplier") or {}
    form = _form(row, party)
    if form.number != row.partner:
        return
    made = save_contact(taxpayer, form, actor="learned")
    Contact.objects.filter(id=made.id).update(is_learned=True, uses=1, used_at=clock.now())
    if row.direction == Direction.OUT:
        _learn_items(taxpayer, document)


def _form(row: _Row, party: Mapping[str, Any]) -> ContactForm:
    address = dict(party.get("address") or {})
    if "number" in address:
        address["building_number"] = address.pop("number")
    if address.get("region"):
        address.pop("region")
    ids = party.get("ids") or {}
    said = {name: str(party[name]) for name in _FIELDS if party.get(name)}
    return ContactForm(
        kind=_kind(row),
        number=str(party.get("tax_id") or ""),
        title=str(party.get("name") or f"{party.get('first_name', '')} {party.get('family_name', '')}".strip()),
        first_name=str(party.get("first_name") or ""),
        family_name=str(party.get("family_name") or ""),
        mersis=str(ids.get("MERSISNO") or ""),
        trade_register=str(ids.get("TICARETSICILNO") or ""),
        **{name: str(value)[:200] for name, value in address.items() if name in ContactForm._fields},
        **said,
    )


def _learn_items(taxpayer: int, document: Mapping[str, Any]) -> None:
    """Items that have a code which nobody has kept yet."""
    lines = [one for one in document.get("lines", ()) if one.get("code")][:_MOST_ITEMS]
    codes = {str(one["code"]): one for one in lines}
    there = Item.objects.filter(taxpayer_id=taxpayer, code__in=codes, removed_at=None)
    for code in codes.keys() - set(there.values_list("code", flat=True)):
        line = codes[code]
        amounts = {name: str(line[name]).replace(".", ",") for name in ("price", "vat") if line.get(name) is not None}
        currency = str(document.get("currency") or "TRY")
        form = ItemForm(
            code, str(line.get("name") or ""), unit=str(line.get("unit") or ""), currency=currency, **amounts
        )
        try:
            made = save_item(taxpayer, form, actor="learned")
        except BooksError:
            continue
        Item.objects.filter(id=made.id).update(is_learned=True, uses=1, used_at=clock.now())
