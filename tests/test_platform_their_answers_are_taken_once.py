"""What others answer is put to our document: the first that counts, from who was asked; all are kept and answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from center_support import ARDIC_GB, MELTEM_PK, form, sealed, sender_envelope
from platform_way_in import came, installation, rows
from platform_world import ARDIC, invoices, taxpayer
from seal_pki import NOW
from ulak.envelope import ElementType, EnvelopeType, Packed, Party
from ulak.ubl.documents import Document as UblDocument
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json

pytestmark = pytest.mark.usefixtures("platform_database")
REFUSED = ("1150", "1160", "1177")
"""A seal that is missing breaks GİB's rules too, which are told first."""
CUSTOMS = Party("urn:mail:ihracatpk@gtb.gov.tr", "1460415308", "Gümrük ve Ticaret Bakanlığı Bilgi İşlem")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> Iterator[int]:
    with installation():
        yield taxpayer(ARDIC)


def sent(taxpayer_id: int, profile: str = "TICARIFATURA") -> tuple[int, str]:
    """An invoice of Ardıç's: its id and ETTN."""
    (id,) = invoices(taxpayer_id, profile=profile)
    (row,) = rows("SELECT ettn FROM documents_document WHERE id = %s", id)
    return id, str(row["ettn"])


def answer(ettn: str, code: str = "KABUL", by: str = "meltem", unit: Party = MELTEM_PK, **changes: Any) -> Packed:
    name = "ticarifatura-kabul" if code == "KABUL" else "ticarifatura-red"
    about = {"uuid": ettn, "date": NOW.date().isoformat()}
    document = sealed(f"application_response/{name}", by, invoice=about, answer=code, **changes)
    return post(document, unit)


def post(document: bytes, sender: Party = MELTEM_PK) -> Packed:
    element = ElementType.APPLICATION_RESPONSE
    return sender_envelope(document, sender=sender, receiver=ARDIC_GB, type=EnvelopeType.POSTBOX, element=element)


def stands(document: int) -> tuple[str, str]:
    found = rows("SELECT stage, code FROM documents_answer WHERE document_id = %s", document)
    return (found[0]["stage"], found[0]["code"]) if found else ("", "")


def test_the_first_answer_counts_and_the_second_is_kept(ardic: int) -> None:
    id, ettn = sent(ardic)
    first = came(answer(ettn))
    assert (first["code"], stands(id)) == ("1200", ("received", "KABUL"))
    second = came(answer(ettn, "RED", reason="Fiyat"))
    assert (second["code"], stands(id)) == ("1200", ("received", "KABUL"))
    (carrier,) = rows("SELECT carrier_id FROM documents_answer WHERE document_id = %s", id)
    assert [carrier["carrier_id"]] == first["documents"]
    abouts = rows("SELECT about_id FROM documents_document WHERE envelope = %s", second["id"])
    assert abouts == [{"about_id": id}]
    ignored = rows("SELECT code FROM audit_entry WHERE what = 'answer.ignored' AND %s = ANY (documents)", id)
    assert ignored == [{"code": "lifecycle.answer-came-twice"}]


def test_somebody_elses_answer_is_filed_and_changes_nothing(ardic: int) -> None:
    id, ettn = sent(ardic)
    party = {"tax_id": CUSTOMS.number, "name": CUSTOMS.title, "address": {"town": "Çankaya", "city": "Ankara"}}
    row = came(answer(ettn, by="gtb", unit=CUSTOMS, sender=party))
    assert (row["code"], stands(id)) == ("1200", ("", ""))
    assert rows("SELECT about_id FROM documents_document WHERE envelope = %s", row["id"]) == [{"about_id": None}]


def test_an_answer_to_what_takes_none_is_ignored(ardic: int) -> None:
    id, ettn = sent(ardic, "TEMELFATURA")
    assert came(answer(ettn))["code"] == "1200"
    assert stands(id) == ("none", "")


def test_an_answer_to_nothing_of_ours_is_filed(ardic: int) -> None:
    row = came(answer("0f6c7a6e-3f7d-5a55-9d0e-6a4d5b0d7c21"))
    assert (row["code"], len(row["documents"])) == ("1200", 1)


def test_an_answer_without_seal_is_refused_unless_customs_send_it(ardic: int) -> None:
    _, ettn = sent(ardic)
    packed = answer(ettn)
    document = sealed("application_response/ticarifatura-kabul", "meltem", invoice={"uuid": ettn, "date": "2026-11-22"})
    begin, end = document.index(b"<ds:Signature "), document.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    row = came(post(document[:begin] + document[end:]))
    assert row["documents"] == []
    assert row["code"] in REFUSED
    assert came(packed)["code"] == "1200"


def test_customs_need_no_seal_and_nobody_else_goes_without_one(ardic: int) -> None:
    given = form("application_response/ihracat-kabul", date=NOW.date().isoformat(), time="11:00:00")
    document = write_document(cast(UblDocument, from_json(given)))
    row = came(post(document, CUSTOMS))
    assert (row["code"], len(row["documents"])) == ("1200", 1)
    party = {"tax_id": MELTEM_PK.number, "name": MELTEM_PK.title, "address": {"town": "Kadıköy", "city": "İstanbul"}}
    given = form("application_response/ihracat-kabul", date=NOW.date().isoformat(), time="11:00:00", sender=party)
    row = came(post(write_document(cast(UblDocument, from_json(given))), MELTEM_PK))
    assert row["documents"] == []
    assert row["code"] in REFUSED


def test_an_answer_goes_to_a_senders_unit_and_not_to_a_mailbox(ardic: int) -> None:
    _, ettn = sent(ardic)
    document = sealed("application_response/ticarifatura-kabul", "meltem", invoice={"uuid": ettn, "date": "2026-11-22"})
    element = ElementType.APPLICATION_RESPONSE
    mailbox = ARDIC_GB._replace(alias=ARDIC[3])
    packed = sender_envelope(document, sender=MELTEM_PK, receiver=mailbox, type=EnvelopeType.POSTBOX, element=element)
    assert came(packed)["code"] == "1181"
