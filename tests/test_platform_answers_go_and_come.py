"""Answers to invoices and despatch advices, ours and theirs: once, in time, and of the right sort."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

import pytest

from center_support import form
from platform_merkez import Merkez, merkez
from platform_way_in import rows
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle import documents as law
from ulak.lifecycle.policy import DEFAULT
from ulak.ubl.documents import Document as UblDocument
from ulak.ubl.documents import read_document, write_document
from ulak.ubl.forms import from_json, to_json
from ulak_server import clock
from ulak_server.archive.services import Ref, read
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Answer, Document, Form
from ulak_server.documents.services import Draft, accept
from ulak_server.documents.transport import Driver, transport_of
from ulak_server.exchange import answers
from ulak_server.exchange.law import happening
from ulak_server.exchange.possible import Possible, possible
from ulak_server.exchange.rooms import DOCUMENTS
from ulak_server.exchange.views import shown

pytestmark = pytest.mark.usefixtures("platform_database")


class World:
    """Ardıç and Meltem, both ours, and all that lies between them."""

    def __init__(self, center: Merkez) -> None:
        self.center = center
        self.ardic, self.meltem = taxpayer(ARDIC), taxpayer(MELTEM, "MEL")

    def invoice(self, profile: str = "TICARIFATURA") -> tuple[int, int]:
        """An invoice from Ardıç that reached Meltem: what it is there and here."""
        (sent,) = invoices(self.ardic, profile=profile)
        self.center.settle()
        return sent, self.came(sent)

    def despatch(self) -> tuple[int, int]:
        """A despatch advice, likewise."""
        now = clock.now().astimezone(clock.ISTANBUL)
        given = form("despatch_advice/temelirsaliye-sevk", date=now.date().isoformat(), time="11:00:00")
        given["despatch_date"] = given["date"]
        draft = Draft(
            self.ardic,
            "despatch_advice",
            Form.UBL,
            write_document(cast(UblDocument, from_json({**given, "number": f"XYZ{now.year}{given['number'][7:]}"}))),
            UUID(given["uuid"]),
            number=f"XYZ{now.year}{given['number'][7:]}",
            profile="TEMELIRSALIYE",
            type_code="SEVK",
            issue_date=now.date(),
            partner=MELTEM[0],
            alias=MELTEM[3],
            sender_alias=ARDIC[2],
        )
        with scoped(Role.WEB, [self.ardic]):
            (sent,) = accept([draft], DEFAULT)
        self.center.settle()
        return sent, self.came(sent)

    def came(self, sent: int) -> int:
        (found,) = rows(
            "SELECT i.id FROM documents_document i JOIN documents_document o ON i.ettn = o.ettn AND o.direction = 1"
            " WHERE o.id = %s AND i.direction = 2",
            sent,
        )
        return int(found["id"])

    def answer(self, taxpayer_id: int, document: int) -> Answer:
        with scoped(Role.WEB, [taxpayer_id]):
            return Answer.objects.get(document_id=document)

    def document(self, taxpayer_id: int, id: int) -> tuple[Document, bytes]:
        with scoped(Role.WEB, [taxpayer_id]):
            row = Document.objects.get(id=id)
            ref = Ref(taxpayer_id, row.month, id)
            return row, read([ref])[ref]

    def friendly(self, taxpayer_id: int, id: int) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(to_json(read_document(self.document(taxpayer_id, id)[1])))
        return made


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[World]:
    with merkez() as center:
        yield World(center)


def test_an_accepted_invoice_is_accepted_at_both_ends(world: World) -> None:
    sent, came = world.invoice()
    assert world.answer(world.ardic, sent).stage == "expected"
    assert world.answer(world.meltem, came).stage == "open"
    carrier = answers.accept(world.meltem, came, actor="user:1")
    assert world.answer(world.meltem, came).stage == "answering"
    world.center.settle()
    ours, theirs = world.answer(world.meltem, came), world.answer(world.ardic, sent)
    assert (ours.stage, ours.code, ours.carrier_id) == ("answered", "KABUL", carrier)
    assert (theirs.stage, theirs.code, theirs.carrier_id) == ("received", "KABUL", world.came(carrier))
    assert world.document(world.ardic, world.came(carrier))[0].about_id == sent


def test_a_rejection_carries_its_reason(world: World) -> None:
    sent, came = world.invoice()
    answers.reject(world.meltem, came, " Fiyat anlaşmaya uygun değil. ")
    world.center.settle()
    theirs = world.answer(world.ardic, sent)
    assert (theirs.stage, theirs.code) == ("received", "RED")
    assert theirs.carrier_id is not None
    said = world.friendly(world.ardic, theirs.carrier_id)
    assert (said["answer"], said["reason"]) == ("RED", "Fiyat anlaşmaya uygun değil.")


def test_nobody_answers_twice_or_without_a_reason_or_what_takes_no_answer(world: World) -> None:
    _, came = world.invoice()
    with pytest.raises(UlakError, match=r"inbound\.answer-reason"):
        answers.reject(world.meltem, came, "  ")
    with pytest.raises(UlakError, match=r"lifecycle\.answer-not-foreseen"):
        answers.answer(world.meltem, came, "OLUR")
    with pytest.raises(UlakError, match=r"lifecycle\.answer-not-foreseen"):
        answers.receipt(world.meltem, came)
    answers.accept(world.meltem, came)
    with pytest.raises(UlakError, match=r"lifecycle\.answered-already"):
        answers.reject(world.meltem, came, "geç kaldık")
    world.center.settle()
    with pytest.raises(UlakError, match=r"lifecycle\.answered-already"):
        answers.accept(world.meltem, came)
    _, basic = world.invoice("TEMELFATURA")
    with pytest.raises(UlakError, match=r"lifecycle\.answer-not-foreseen"):
        answers.accept(world.meltem, basic)
    carriers = rows("SELECT count(*) AS n FROM documents_document WHERE about_id = %s", came)
    assert carriers == [{"n": 1}]


def test_only_the_receiver_answers(world: World) -> None:
    sent, came = world.invoice()
    for taxpayer_id, document in ((world.ardic, came), (world.ardic, sent), (world.meltem, sent)):
        with pytest.raises(UlakError, match=r"inbound\.no-document"):
            answers.accept(taxpayer_id, document)


def test_the_last_day_counts_to_its_end_and_then_it_is_too_late(world: World) -> None:
    _, first = world.invoice()
    _, second = world.invoice()
    until = world.answer(world.meltem, first).until
    assert until is not None
    left = (until - clock.now()).total_seconds()
    world.center.pass_time(seconds=left - 60)
    answers.accept(world.meltem, first)
    world.center.pass_time(seconds=61)
    with pytest.raises(UlakError, match=r"lifecycle\.answer-too-late"):
        answers.accept(world.meltem, second)
    assert world.answer(world.meltem, second).stage == "lapsed"


def test_a_despatch_advice_is_received_in_part(world: World) -> None:
    sent, came = world.despatch()
    row, body = world.document(world.ardic, sent)
    assert row.left_at is not None, "the lorry may leave"
    assert transport_of(body).plates == ("06ARD406",)
    assert transport_of(world.document(world.meltem, came)[1]).drivers == (Driver("Veli Demir", "50721483392"),)
    lines = [{"despatch_line": "1", "rejected": 1, "reject_reason": "Boyası çizik"}]
    carrier = answers.receipt(world.meltem, came, {"lines": lines, "notes": ["Teşekkürler."]})
    world.center.settle()
    assert world.answer(world.meltem, came).stage == "answered"
    theirs = world.answer(world.ardic, sent)
    assert (theirs.stage, theirs.code, theirs.carrier_id) == ("received", "RECEIPT", world.came(carrier))
    said = world.friendly(world.ardic, world.came(carrier))
    assert said["number"].startswith("MEY")
    assert [(line.get("received"), line.get("rejected")) for line in said["lines"]] == [(11, 1), (48, None)]
    with pytest.raises(UlakError, match=r"lifecycle\.answered-already"):
        answers.receipt(world.meltem, came)


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ({"lines": [{"despatch_line": "9"}]}, "inbound.receipt-line", "/lines/0/despatch_line"),
        ({"lines": [{}, {"despatch_line": "1"}]}, "inbound.receipt-line", "/lines/1/despatch_line"),
        ({"lines": ["x"]}, "inbound.receipt-line", "/lines/0/despatch_line"),
        ({"lines": [{"received": 13}]}, "inbound.receipt-quantity", "/lines/0/received"),
        ({"lines": [{"received": 5, "rejected": 1}]}, "inbound.receipt-quantity", "/lines/0/received"),
        ({"lines": [{"rejected": "çok"}]}, "inbound.quantity", "/lines/0/rejected"),
        ({"lines": [{"rejected": -1}]}, "inbound.quantity", "/lines/0/rejected"),
        ("[]", "inbound.answer-form", ""),
        ("{", "inbound.answer-form", ""),
        ("[" * 100_000, "inbound.answer-form", ""),
        ({"colour": "red"}, "json.unknown-field", "/colour"),
    ],
)
def test_a_receipt_that_cannot_be_says_where(world: World, given: Any, code: str, where: str) -> None:
    _, came = _despatched(world)
    with pytest.raises(UlakError) as refused:
        answers.receipt(world.meltem, came, given)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert world.answer(world.meltem, came).stage == "open", "nothing was kept"


def test_too_many_and_missing_goods_are_told(world: World) -> None:
    _, came = _despatched(world)
    lines = [{"received": 14, "oversupply": 2}, {"short": 8}]
    carrier = answers.receipt(world.meltem, came, json.dumps({"lines": lines}).encode())
    world.center.settle()
    said = world.friendly(world.meltem, carrier)["lines"]
    assert [(line["received"], line.get("oversupply"), line.get("short")) for line in said] == [
        (14, 2, None),
        (40, None, 8),
    ]
    assert world.answer(world.meltem, came).stage == "answered"


_KEPT: list[tuple[int, int]] = []


def _despatched(world: World) -> tuple[int, int]:
    """One despatch advice for all that is refused."""
    if not _KEPT:
        _KEPT.append(world.despatch())
    return _KEPT[0]


def test_the_erp_takes_over_once(world: World) -> None:
    sent, came = world.invoice("TEMELFATURA")
    assert answers.take(world.ardic, [came]) == [], "it is not theirs"
    assert answers.take(world.meltem, [came, sent], actor="key:1") == [came]
    assert answers.take(world.meltem, [came]) == []
    assert world.document(world.meltem, came)[0].stage == "taken"
    told = rows("SELECT actor FROM audit_entry WHERE what = 'document.taken' AND %s = ANY (documents)", came)
    assert told == [{"actor": "key:1"}]


def test_an_answer_that_fails_may_be_given_again_and_the_first_never_goes(world: World) -> None:
    sent, came = world.invoice()
    first = answers.accept(world.meltem, came)
    with happening() as shell:
        shell.happen(DOCUMENTS, first, law.Judged(False, 0))
    assert world.document(world.meltem, first)[0].stage == "withdrawn"
    assert world.answer(world.meltem, came).stage == "open"
    second = answers.reject(world.meltem, came, "Vazgeçtik.")
    world.center.settle()
    assert (world.answer(world.meltem, came).carrier_id, world.answer(world.ardic, sent).code) == (second, "RED")


# -- returns -----------------------------------------------------------------------------------------------------------


def test_a_return_is_drafted_from_the_incoming_invoice(world: World) -> None:
    _, came = world.invoice()
    draft = answers.return_draft(world.meltem, came, [{"line": "1", "quantity": 2}], "Hasarlı geldi.")
    row, body = world.document(world.meltem, draft)
    sold, _ = world.document(world.meltem, came)
    assert (row.stage, row.about_id, row.kind) == ("draft", came, "invoice")
    back = json.loads(body)["document"]
    assert (row.form, back["profile"]) == (Form.JSON, "TEMELFATURA")
    assert back["returns"] == [{"number": sold.number, "date": str(sold.issue_date)}]
    assert (back["supplier"]["tax_id"], back["customer"]["tax_id"]) == (MELTEM[0], ARDIC[0])
    assert [(line["name"], line["quantity"], line["price"]) for line in back["lines"]] == [("Çelik raf", "2", "412.50")]
    assert str(sold.ettn) in back["notes"][0]
    assert back["notes"][1] == "Hasarlı geldi."


@pytest.mark.parametrize(
    ("lines", "code", "where"),
    [
        ([{"line": "7"}], "inbound.return-line", "/lines/0/line"),
        ([{"line": "1"}, {"line": "1"}], "inbound.return-line", "/lines/1/line"),
        ([], "inbound.return-line", "/lines"),
        ([{"line": "1", "quantity": 13}], "inbound.quantity", "/lines/0/quantity"),
        ([{"line": "1", "quantity": 0}], "inbound.quantity", "/lines/0/quantity"),
    ],
)
def test_a_return_that_cannot_be_says_where(world: World, lines: Any, code: str, where: str) -> None:
    if not _SOLD:
        _SOLD.append(world.invoice()[1])
    with pytest.raises(UlakError) as refused:
        answers.return_draft(world.meltem, _SOLD[0], lines)
    assert (refused.value.code, refused.value.where) == (code, where)


_SOLD: list[int] = []


@pytest.mark.parametrize(("code", "offered"), [("KABUL", True), ("RED", False)])
def test_a_return_is_offered_of_what_was_not_rejected(world: World, code: str, offered: bool) -> None:
    _, came = world.invoice()
    answers.answer(world.meltem, came, code, "Yanlış ürün.")
    assert _possible(world, came).returns is offered
    world.center.settle()
    assert _possible(world, came).returns is offered


def _possible(world: World, document: int) -> Possible:
    with scoped(Role.WEB, [world.meltem]):
        [one] = shown([Document.objects.get(id=document)])
        return possible(one)


def test_what_is_no_sale_is_not_returned(world: World) -> None:
    _, came = _despatched(world)
    with pytest.raises(UlakError, match=r"inbound\.not-returnable"):
        answers.return_draft(world.meltem, came)
