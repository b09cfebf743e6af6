"""A document that its author sealed keeps its bytes, if the seal holds and is the issuer's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.conf import settings

from platform_archive import archived
from platform_intake import friendly, listed, row, sent
from platform_way_in import installation
from platform_way_out import run
from platform_world import ARDIC, archiving, taxpayer
from seal_pki import KNOWN_KEY, NOW, key
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak.seal.sealing import seal
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak_server import clock
from ulak_server.archive.services import Ref, read
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.permanent import xml_for_good
from ulak_server.delivery.problems import DeliveryError, LinkError
from ulak_server.delivery.services import handed_over
from ulak_server.documents import drafts
from ulak_server.documents.addresses import token_of
from ulak_server.documents.models import Form
from ulak_server.documents.reading import read as read_document
from ulak_server.documents.seals import sealed_at, trust
from ulak_server.documents.taking import take_in

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> Iterator[int]:
    with installation(NOW):
        listed()
        yield taxpayer(ARDIC)


def sealed(sequence: int, by: Any = None, number: str = "") -> bytes:
    members = friendly(number=number or f"ERP2026{sequence:09d}", uuid=str(uuid4()), date="2026-11-22", time="10:00:00")
    return seal(write_document(cast(Document, from_json(members))), by or key("ardic"), at=NOW)


def code_of(taxpayer: int, data: bytes) -> str:
    with pytest.raises(UlakError) as caught:
        sent(taxpayer, data)
    return caught.value.code


def body_of(taxpayer: int, document: int) -> bytes:
    found = row(taxpayer, document)
    with scoped(Role.WEB, [taxpayer]):
        return read([ref := Ref(taxpayer, found.month, document)])[ref]


def test_its_bytes_are_kept(ardic: int) -> None:
    data = sealed(1)
    taken = sent(ardic, data)
    found = row(ardic, taken.id)
    assert body_of(ardic, taken.id) == data
    assert (found.form, found.number, found.series_id) == (Form.SEALED, "ERP2026000000001", None)


def test_a_sealed_draft_is_sent_as_it_was(ardic: int) -> None:
    data = sealed(2)
    draft = take_in(ardic, data, intent="draft", policy=DEFAULT)
    drafts.submit(ardic, draft.id, policy=DEFAULT)
    assert body_of(ardic, draft.id) == data


def test_a_changed_document_is_refused(ardic: int) -> None:
    assert code_of(ardic, sealed(3).replace("Çelik raf".encode(), "Çelik ray".encode())) == "intake.seal"


def test_only_the_issuers_own_seal_counts(ardic: int) -> None:
    assert code_of(ardic, sealed(4, key("meltem"))) == "intake.seal"
    assert code_of(ardic, sealed(5, key("integrator"))) == "intake.seal-of-other"
    assert code_of(ardic, sealed(6, KNOWN_KEY)) == "intake.seal"


def test_a_sealed_document_has_its_own_number(ardic: int) -> None:
    assert code_of(ardic, sealed(8, number="ARD2026000000000")) == "intake.sealed-number"


def test_without_trusted_roots_nothing_is_taken_for_good(ardic: int) -> None:
    values: Any = settings.ENVIRONMENT.values
    before = values["ULAK_TRUST"]
    try:
        for wrong in ("", "/nowhere"):
            values["ULAK_TRUST"] = wrong
            trust.cache_clear()
            assert code_of(ardic, sealed(9)) == "intake.seal-unjudged"
    finally:
        values["ULAK_TRUST"] = before
        trust.cache_clear()


def test_what_is_archived_may_be_sealed_by_its_author_and_the_report_tells_when(ardic: int) -> None:
    archiving(ardic)
    at = NOW - timedelta(minutes=10)
    comes = {"tax_id": "3230512384", "name": "Defne Kağıt A.Ş.", "address": {"town": "Ula", "city": "Muğla"}}
    data = own("ARK2026000000001", at)
    taken, late = sent(ardic, data), sent(ardic, own("ARK2026000000002", at, customer=comes))
    with pytest.raises(LinkError):
        xml_for_good(token_of(ardic, row(ardic, taken.id).ettn))
    with scoped(Role.WEB, [ardic]), pytest.raises(DeliveryError):
        handed_over(ardic, taken.id)
    listed((comes["tax_id"], comes["name"], "", "urn:mail:pk@defne.example"))
    run()
    clock.use(lambda: NOW)
    found, back = row(ardic, taken.id), row(ardic, late.id)
    assert (found.stage, found.number, found.sealed_at) == ("issued", "ARK2026000000001", at)
    assert body_of(ardic, taken.id) == data
    # Nobody but its author may turn it into an e-Fatura.
    assert (back.stage, dict(back.error or {})["code"]) == ("faulty", "outbound.registered-since")


DECOYS = (
    "9999-12-31T23:59:59Z",  # the days for cancelling would never end
    "0001-01-01T00:00:00+14:00",  # no database has that moment: the batch would be tried for ever
)
FOREIGN = (
    b"<ext:UBLExtension><ext:ExtensionContent><x:SigningTime xmlns:x='urn:x'>%b</x:SigningTime>"
    b"</ext:ExtensionContent></ext:UBLExtension>"
)


def test_only_the_seal_says_when_it_was_made(ardic: int) -> None:
    at = NOW - timedelta(minutes=10)
    taken = [sent(ardic, own(f"ARK202600000001{n}", at, decoy=decoy)) for n, decoy in enumerate(DECOYS)]
    run()
    clock.use(lambda: NOW)
    for one in taken:
        found = row(ardic, one.id)
        assert (found.stage, found.sealed_at) == ("issued", at)
    assert sealed_at(own("ARK2026000000020", NOW + timedelta(hours=1))) is None
    assert sealed_at(own("ARK2026000000020", at).replace(b"SigningTime>2026", b"SigningTime>0001")) is None


def own(number: str, at: datetime, decoy: str = "", **changed: Any) -> bytes:
    """An e-Arşiv invoice of Ardıç's, sealed by itself; ``decoy``: what another element says before the seal."""
    said = {"uuid": str(uuid4()), "number": number, "date": "2026-11-22", "time": "10:00:00", **changed}
    body = read_document(archived("earchive_invoice", **said)).body
    if decoy:
        body = body.replace(b"<ext:UBLExtensions>", b"<ext:UBLExtensions>" + FOREIGN % decoy.encode(), 1)
    return seal(body, key("ardic"), at=at)
