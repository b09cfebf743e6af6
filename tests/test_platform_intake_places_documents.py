"""What is handed in is read once, and placed: whose it is, to whom it goes, what numbers it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from platform_intake import YEAR, encoded, friendly, listed, row, sent
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.archive.services import Ref
from ulak_server.archive.services import read as read_bodies
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts
from ulak_server.documents.checking import check
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Document
from ulak_server.documents.routing import preview
from ulak_server.documents.taking import take_in

pytestmark = pytest.mark.usefixtures("platform_database")
OTHER = ("3230512384", "Defne Kağıt A.Ş.", "urn:mail:gb@defne.example", "urn:mail:pk@defne.example")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed(MELTEM)
    return taxpayer(ARDIC)


def code_of(taxpayer: int, data: bytes, **said: Any) -> str:
    with pytest.raises(UlakError) as caught:
        sent(taxpayer, data, **said)
    assert caught.value.text.tr
    assert caught.value.text.en
    assert caught.value.repair.en
    return caught.value.code


def body_of(taxpayer: int, document: int) -> bytes:
    found = row(taxpayer, document)
    with scoped(Role.WEB, [taxpayer]):
        return read_bodies([ref := Ref(taxpayer, found.month, document)])[ref]


def owner(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# -- what is stored ----------------------------------------------------------------------------------------------------


def test_json_becomes_a_document_whose_row_says_what_it_says(ardic: int) -> None:
    taken = sent(ardic, encoded(friendly()), options=Options(erp_key="A-1"))
    found = row(ardic, taken.id)
    assert (found.kind, found.profile, found.type_code, found.stage) == ("invoice", "TICARIFATURA", "SATIS", "accepted")
    assert (found.partner, found.alias, found.sender_alias) == (MELTEM[0], MELTEM[3], ARDIC[2])
    assert (found.party_title, found.currency, found.payable) == (MELTEM[1], "TRY", Decimal("5940.00"))
    assert found.number is None
    assert found.series_id
    assert found.erp_key == "A-1"
    assert found.ettn == taken.ettn
    assert f"<cbc:ID>ARD{YEAR}000000000</cbc:ID>".encode() in body_of(ardic, taken.id)
    assert taken.route is not None
    assert taken.route.why == "only"


def test_ubl_says_the_same_as_the_json_it_was_built_from(ardic: int) -> None:
    first = sent(ardic)
    body = body_of(ardic, first.id)
    ettn = str(uuid4())
    second = sent(ardic, body.replace(str(first.ettn).encode(), ettn.encode()))
    one, other = row(ardic, first.id), row(ardic, second.id)
    same = [name.name for name in Document._meta.fields if name.name not in ("id", "ettn", "road", "accepted_at")]
    same = [name for name in same if name not in ("wake_at", "ready_at")]
    assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
    assert body_of(ardic, second.id) == body.replace(str(first.ettn).encode(), ettn.encode())


@pytest.mark.parametrize(
    "empty", [b"<cbc:ID/>", b'<cbc:ID schemeID="x" />', b"<cbc:ID></cbc:ID>", b"<cbc:ID> </cbc:ID>"]
)
def test_ubl_without_a_number_is_numbered_by_a_series(ardic: int, empty: bytes) -> None:
    first = sent(ardic)
    body = body_of(ardic, first.id).replace(f"<cbc:ID>ARD{YEAR}000000000</cbc:ID>".encode(), empty, 1)
    taken = sent(ardic, body.replace(str(first.ettn).encode(), str(uuid4()).encode()))
    assert f">ARD{YEAR}000000000</cbc:ID>".encode() in body_of(ardic, taken.id)
    assert row(ardic, taken.id).series_id


def test_what_stands_outside_the_root_is_left_behind(ardic: int) -> None:
    first = sent(ardic)
    body = body_of(ardic, first.id).replace(str(first.ettn).encode(), str(uuid4()).encode())
    styled = b'<?xml-stylesheet type="text/xsl" href="general.xslt"?>\n<Invoice'
    taken = sent(ardic, b"\xef\xbb\xbf" + body.replace(b"<Invoice", styled, 1))
    assert b"stylesheet" not in body_of(ardic, taken.id)


def test_other_encodings_become_utf_8(ardic: int) -> None:
    first = sent(ardic)
    text = body_of(ardic, first.id).decode().replace(str(first.ettn), str(uuid4()))
    taken = sent(ardic, text.replace('encoding="UTF-8"', 'encoding="ISO-8859-9"').encode("iso-8859-9"))
    assert "Çelik raf" in body_of(ardic, taken.id).decode("utf-8")


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_an_erps_own_number_is_kept(ardic: int) -> None:
    number = f"ERP{YEAR}000000007"
    taken = sent(ardic, encoded(friendly(number=number)))
    assert (taken.number, row(ardic, taken.id).number, row(ardic, taken.id).series_id) == (number, number, None)
    assert code_of(ardic, encoded(friendly(number=number))) == "intake.number-taken"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("ERP26-7", "intake.number"),
        (f"erp{YEAR}000000008", "intake.number"),
        (f"ERP{YEAR} 00000008", "intake.number"),
        (f"ERP{YEAR}\u200b00000008", "intake.number"),
        (f"ERP{YEAR - 1}000000008", "intake.number-year"),
        (f"ARD{YEAR}000000008", "intake.number-of-series"),
        (f"XYZ{YEAR}000000000", "intake.series"),
    ],
)
def test_numbers_that_cannot_be_are_refused(ardic: int, number: str, code: str) -> None:
    assert code_of(ardic, encoded(friendly(number=number))) == code


def test_the_series_is_the_callers_choice_else_the_branchs_else_the_default(ardic: int) -> None:
    owner(
        "INSERT INTO taxpayers_series (taxpayer_id, kind, prefix, branch, is_default, in_date_order) VALUES"
        " (%s, 'invoice', 'IZM', 'İzmir', false, true), (%s, 'invoice', 'WEB', '', false, true)",
        ardic,
        ardic,
    )
    chosen = sent(ardic, options=Options(series="WEB"))
    branch = sent(ardic, options=Options(branch="İzmir"))
    asked = sent(ardic, encoded(friendly(number=f"IZM{YEAR}000000000")))
    usual = sent(ardic)
    prefixes = [body_of(ardic, one.id).split(b"<cbc:ID>")[1][:3] for one in (chosen, branch, asked, usual)]
    assert prefixes == [b"WEB", b"IZM", b"IZM", b"ARD"]
    assert code_of(ardic, encoded(friendly()), options=Options(branch="Van")) == "intake.branch"
    assert code_of(ardic, encoded(friendly()), options=Options(series="ZZZ")) == "intake.series"
    numbered = encoded(friendly(number=f"ERP{YEAR}000000011"))
    assert code_of(ardic, numbered, options=Options(series="WEB")) == "intake.number-and-series"


# -- whose, and to whom ------------------------------------------------------------------------------------------------


def test_only_the_taxpayers_own_documents_are_taken(ardic: int) -> None:
    foreign = friendly(supplier={"tax_id": MELTEM[0], "name": MELTEM[1]})
    assert code_of(ardic, encoded(foreign)) == "intake.not-issuer"
    assert code_of(ardic, encoded(friendly(supplier={"name": "Adsız"}))) == "intake.issuer-missing"
    assert code_of(ardic, encoded(friendly(customer={"name": "Adsız"}))) == "intake.partner-missing"
    assert code_of(ardic + 9999, encoded(friendly())) == "intake.taxpayer"


def test_nothing_is_sent_without_account_or_contract(ardic: int) -> None:
    other = taxpayer(OTHER, prefix="DFN")
    data = encoded(friendly(supplier={"tax_id": OTHER[0], "name": OTHER[1]}))
    owner("UPDATE taxpayers_account SET stage = 'closing' WHERE taxpayer_id = %s AND service = 'einvoice'", other)
    assert code_of(other, data) == "intake.account-closed"
    owner("DELETE FROM taxpayers_account WHERE taxpayer_id = %s AND service = 'einvoice'", other)
    assert code_of(other, data) == "intake.no-account"
    despatch = encoded({"document": "despatch_advice", **friendly(profile=None), "despatch_date": str(clock.today())})
    owner("UPDATE taxpayers_taxpayer SET contract_until = %s WHERE id = %s", clock.today() - timedelta(days=2), other)
    despatch = despatch.replace(ARDIC[0].encode(), OTHER[0].encode())
    despatch = despatch.replace(b',"price":"412.50","vat":20', b"")
    assert code_of(other, despatch) == "intake.no-contract"
    assert take_in(other, data, policy=DEFAULT, intent="draft").stage == "draft"


def test_receivers_outside_the_list_are_named_with_its_date(ardic: int) -> None:
    stranger = friendly(customer={"tax_id": "1460415308", "name": "Bakanlık"})
    assert code_of(ardic, encoded(stranger)) == "intake.unregistered"
    assert code_of(ardic, encoded({**stranger, "profile": "EARSIVFATURA"})) == "intake.no-account"
    del stranger["profile"]
    assert code_of(ardic, encoded(stranger)) == "intake.no-earchive"
    with scoped(Role.WEB, [ardic]):
        shown = preview("1460415308")
        known = preview(MELTEM[0])
    assert (shown.way, shown.alias) == ("earchive", "")
    assert shown.listed_at is not None
    assert (known.way, known.alias, known.title) == ("einvoice", MELTEM[3], MELTEM[1])


def test_of_several_mailboxes_one_is_chosen_by_one_rule(ardic: int) -> None:
    several = ("9876543210", "Çok Kutulu A.Ş.")
    listed(several, "urn:mail:eski@cok.example", "urn:mail:defaultpk@cok.example", "urn:mail:yeni@cok.example")
    to = friendly(customer={"tax_id": several[0], "name": several[1]})
    assert row(ardic, sent(ardic, encoded(to)).id).alias == "urn:mail:defaultpk@cok.example"
    chosen = sent(ardic, encoded(to), options=Options(alias="urn:mail:yeni@cok.example"))
    assert row(ardic, chosen.id).alias == "urn:mail:yeni@cok.example"
    assert code_of(ardic, encoded(to), options=Options(alias="urn:mail:x@cok.example")) == "intake.alias"
    ministry = ("1111111104", "Bakanlık")
    listed(ministry, "urn:mail:yolcuberaberpk@gtb.example", "urn:mail:ihracatpk@gtb.example")
    with scoped(Role.WEB, [ardic]):
        assert preview(ministry[0], profile="IHRACAT").alias == "urn:mail:ihracatpk@gtb.example"
        assert preview(ministry[0]).why == "oldest"


def test_only_open_aliases_of_the_taxpayer_send(ardic: int) -> None:
    assert code_of(ardic, encoded(friendly()), options=Options(sender_alias="urn:mail:x@y.example")) == (
        "intake.sender-alias"
    )


# -- once only ---------------------------------------------------------------------------------------------------------


def test_ettn_and_erp_key_are_taken_once(ardic: int) -> None:
    ettn = str(uuid4())
    first = sent(ardic, encoded(friendly(uuid=ettn)), options=Options(erp_key="once"))
    with pytest.raises(UlakError) as caught:
        sent(ardic, encoded(friendly(uuid=ettn.upper())))
    assert (caught.value.code, caught.value.existing) == ("intake.ettn-taken", first.id)  # type: ignore[attr-defined]
    assert code_of(ardic, encoded(friendly()), options=Options(erp_key="once")) == "intake.erp-key-taken"


def test_the_same_key_with_the_same_content_has_the_same_answer(ardic: int) -> None:
    data = encoded(friendly())
    first = sent(ardic, data, key="k-1")
    again = sent(ardic, data, key="k-1")
    assert (again.id, again.ettn, again.is_repeated) == (first.id, first.ettn, True)
    assert code_of(ardic, encoded(friendly(notes=["x"])), key="k-1") == "intake.key-reused"
    assert code_of(ardic, data, key="\n") == "intake.key"


def test_an_answered_request_is_answered_even_when_it_would_be_refused_now(ardic: int) -> None:
    data = encoded(friendly(uuid=str(uuid4())))
    first = sent(ardic, data, key="k-2", options=Options(erp_key="k-2"))
    owner("UPDATE taxpayers_account SET stage = 'closing' WHERE taxpayer_id = %s", ardic)
    try:
        assert sent(ardic, data, key="k-2", options=Options(erp_key="k-2")).id == first.id
    finally:
        owner("UPDATE taxpayers_account SET stage = 'active' WHERE taxpayer_id = %s", ardic)


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_a_draft_may_lack_anything_and_is_sent_when_it_is_whole(ardic: int) -> None:
    unfinished = encoded({"customer": {"tax_id": MELTEM[0], "name": MELTEM[1]}, "notes": ["yarım"]})
    draft = take_in(ardic, unfinished, options=Options(erp_key="d-1", series="ARD"), intent="draft", policy=DEFAULT)
    assert (row(ardic, draft.id).partner, row(ardic, draft.id).stage) == (MELTEM[0], "draft")
    with pytest.raises(UlakError) as caught:
        drafts.submit(ardic, draft.id, policy=DEFAULT)
    assert caught.value.code == "json.missing-field"
    drafts.update(ardic, draft.id, encoded(friendly()), options=Options(erp_key="d-1", priority=True))
    with scoped(Role.WEB, [ardic]):
        kept = drafts.content(ardic, draft.id)
    assert (kept.data, kept.options.erp_key, kept.options.priority) == (encoded(friendly()), "d-1", True)
    taken = drafts.submit(ardic, draft.id, policy=DEFAULT, actor="key:1", origin="192.0.2.1")
    found = row(ardic, taken.id)
    assert (taken.id, taken.ettn, found.stage, found.work) == (draft.id, draft.ettn, "accepted", 1)
    assert str(draft.ettn).encode() in body_of(ardic, draft.id)
    with scoped(Role.WEB, [ardic]):
        told = [entry.what for entry in Entry.objects.filter(documents__contains=[draft.id]).order_by("id")]
    assert told == ["document.draft", "document.draft-changed", "document.accepted"]
    for late in (drafts.submit, drafts.delete):
        with pytest.raises(UlakError) as caught:
            late(ardic, draft.id, **({"policy": DEFAULT} if late is drafts.submit else {}))  # type: ignore[arg-type]
        assert caught.value.code == "intake.no-draft"


def test_a_draft_that_is_thrown_away_leaves_only_its_trace(ardic: int) -> None:
    draft = take_in(ardic, encoded(friendly()), intent="draft", policy=DEFAULT)
    month = row(ardic, draft.id).month
    drafts.delete(ardic, draft.id, actor="user:1")
    with scoped(Role.WEB, [ardic]):
        assert not Document.objects.filter(id=draft.id).exists()
        assert not read_bodies([Ref(ardic, month, draft.id)])
        assert Entry.objects.filter(
            documents__contains=[draft.id], what="document.draft-deleted", actor="user:1"
        ).exists()


def test_a_ubl_draft_comes_back_as_it_was(ardic: int) -> None:
    first = sent(ardic)
    body = body_of(ardic, first.id).replace(str(first.ettn).encode(), str(uuid4()).encode())
    draft = take_in(ardic, body, intent="draft", policy=DEFAULT)
    with scoped(Role.WEB, [ardic]):
        assert drafts.content(ardic, draft.id)[:2] == (body, "ubl")
    assert drafts.submit(ardic, draft.id, policy=DEFAULT).stage == "accepted"


# -- dry run -----------------------------------------------------------------------------------------------------------


def test_a_dry_run_judges_and_stores_nothing(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        before = Document.objects.count()
    good = check(ardic, encoded(friendly()))
    assert good.is_valid
    assert good.route is not None
    assert good.route.alias == MELTEM[3]
    bad = check(ardic, encoded(friendly(lines=[{"name": "Raf", "price": 10, "vat": 20, "unit": "adet"}])))
    assert not bad.is_valid
    assert bad.refusal is None
    assert "/lines/0/unit" in {finding.field for finding in bad.report.findings}
    lost = check(ardic, encoded(friendly(customer={"tax_id": "1460415308", "name": "Bakanlık"})))
    assert lost.refusal is not None
    assert lost.refusal.code == "intake.unregistered"
    with scoped(Role.WEB, [ardic]):
        assert Document.objects.count() == before
