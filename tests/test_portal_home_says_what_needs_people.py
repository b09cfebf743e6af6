"""What the first page counts and names is what waits for a person, and nothing of other taxpayers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from platform_people import person
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from portal_client import visitor
from seal_pki import NOW, key
from ulak.lifecycle.answers import AnswerKind, received
from ulak.lifecycle.policy import DEFAULT
from ulak.seal.sealing import seal
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Answer, Direction, Document, Form
from ulak_server.documents.states import AnswerMark
from ulak_server.exchange import records
from ulak_server.overview import months
from ulak_server.overview import services as overview
from ulak_server.overview.certificates import own_seal_ends
from ulak_server.people import services as people
from ulak_server.people.models import ApiKey
from ulak_server.taxpayers.models import Taxpayer

REJECTION = """<?xml version="1.0" encoding="UTF-8"?>
<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cac:DocumentResponse><cac:Response>
<cbc:ResponseCode>RED</cbc:ResponseCode><cbc:Description>Fiyat &lt;b&gt;sözleşmeden&lt;/b&gt; yüksek.</cbc:Description>
</cac:Response></cac:DocumentResponse></ApplicationResponse>"""
pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MLT")


def put(taxpayer_id: int, document: int, stage: str, **values: object) -> None:
    """Let a document stand so."""
    with scoped(Role.WEB, [taxpayer_id]):
        Document.objects.filter(id=document).update(stage=stage, **values)


def came_in(taxpayer_id: int, kind: AnswerKind, *, days_ago: int = 0) -> int:
    """A document that came in and may be answered; its id."""
    (id,) = invoices(taxpayer_id)
    at = clock.now() - timedelta(days=days_ago)
    answer = received(kind, at, DEFAULT)
    with scoped(Role.WEB, [taxpayer_id]):
        Document.objects.filter(id=id).update(
            direction=Direction.IN, stage="filed", road=None, work=None, wake_at=None, accepted_at=at
        )
        Answer(
            document_id=id,
            taxpayer_id=taxpayer_id,
            kind=kind,
            stage=answer.stage,
            until=answer.until,
            road=records.write(answer),
        ).save(force_insert=True)
    return id


def needs(taxpayer_id: int) -> dict[str, overview.Need]:
    with scoped(Role.WEB, [taxpayer_id]):
        return {one.name: one for one in overview.today(taxpayer_id).needs}


def test_nothing_waits_for_somebody_new(firms: tuple[int, int]) -> None:
    assert needs(firms[1]) == {}


def test_every_group_is_counted_and_named(firms: tuple[int, int]) -> None:
    ardic, _ = firms
    for stage in ("returned", "to-correct", "faulty", "draft", "draft", "clashed"):
        put(ardic, invoices(ardic)[0], stage)
    late = came_in(ardic, AnswerKind.COMMERCIAL, days_ago=7)
    soon = came_in(ardic, AnswerKind.COMMERCIAL)
    came_in(ardic, AnswerKind.DESPATCH)
    came_in(ardic, AnswerKind.COMMERCIAL, days_ago=9)
    found = needs(ardic)
    assert {name: one.size for name, one in found.items()} == {
        "returned": 2,
        "faulty": 1,
        "answers": 2,
        "receipts": 1,
        "resting": 1,
        "drafts": 2,
    }
    assert [one.document.id for one in found["answers"].items] == [late, soon]
    assert [one.left for one in found["answers"].items] == [1, 8]
    assert found["answers"].tone == "bad", "what ends tomorrow presses"
    assert found["receipts"].tone == "wait"
    assert found["drafts"].text.tr == "2 taslak gönderilmedi"
    assert found["faulty"].text.en == "1 document has a fault and was not sent"


def test_others_see_none_of_it(firms: tuple[int, int]) -> None:
    assert needs(firms[1]) == {}


def test_what_was_sent_in_the_month_is_summed_by_currency(firms: tuple[int, int]) -> None:
    _, meltem = firms
    month = months.current()
    lira, euro, back = invoices(meltem, 3)
    put(meltem, lira, "delivered", payable=Decimal("120.50"), vat=Decimal("20.08"))
    put(meltem, euro, "on-road", payable=Decimal("9.90"), currency="EUR")
    put(meltem, back, "withdrawn", payable=Decimal("1000"))
    with scoped(Role.WEB, [meltem]):
        sums = overview.sums_of(meltem, months.before(month), month)
    assert list(sums) == [months.before(month), month]
    said = [tuple(one) for one in overview.total(sums[month], Direction.OUT)]
    assert said == [("TRY", 1, Decimal("120.50"), Decimal("20.08")), ("EUR", 1, Decimal("9.90"), 0)]
    assert overview.total(sums[month], Direction.IN) == []


def test_keys_and_contracts_that_end_are_told_of_in_time(firms: tuple[int, int]) -> None:
    ardic, _ = firms
    today = clock.now().astimezone(clock.ISTANBUL).date()
    with scoped(Role.WEB, [ardic]):
        ApiKey(
            taxpayer_id=ardic, name="ERP", prefix="abcd1234", digest=b"1", expires_at=clock.now() + timedelta(days=5)
        ).save()
        Taxpayer.objects.filter(id=ardic).update(contract_until=today + timedelta(days=20))
        seen = {one.name: one for one in overview.notices(ardic, None, sees_keys=True)}
        unseen = {one.name for one in overview.notices(ardic, None, sees_keys=False)}
    assert {name: one.tone for name, one in seen.items()} == {"key": "bad", "contract": "wait"}
    assert seen["key"].text.en.startswith("The API key “ERP” ends in 5 days")
    assert unseen == {"contract"}


def test_the_end_of_an_own_seal_is_read_from_what_it_sealed_last(firms: tuple[int, int]) -> None:
    ardic, _ = firms
    own = key("ardic")
    ends = own.certificate.not_after
    with scoped(Role.WEB, [ardic]):
        Taxpayer.objects.filter(id=ardic).update(sealing="own")
        assert own_seal_ends(ardic) is None, "nothing was sealed yet"
    (id,) = invoices(ardic)
    with scoped(Role.WEB, [ardic]):
        ref = archive.Ref(ardic, Document.objects.get(id=id).month, id)
        sealed = seal(archive.read([ref])[ref], own, at=NOW)
        archive.keep([archive.Body(ref, sealed, "invoice")])
        Document.objects.filter(id=id).update(form=Form.SEALED, work=None)
        assert own_seal_ends(ardic) == ends
        clock.use(lambda: ends - timedelta(days=3, hours=1))
        try:
            told = [one for one in overview.notices(ardic, None, sees_keys=False) if one.name == "seal"]
        finally:
            clock.use(None)
    assert [one.tone for one in told] == ["bad"]
    assert "ends in" in told[0].text.en


def test_support_that_is_asked_for_is_told_of(firms: tuple[int, int]) -> None:
    _, meltem = firms
    helper = people.new_user("destek@ulak.example", "uzun ve eski bir parola", "Destek Ekibi")
    with scoped(Role.OPERATOR):
        people.let_in(helper, as_operator=True)
    caller = people.Caller(actor=f"user:{helper}", user=helper, is_operator=True, name="Destek Ekibi")
    with people.working_for(caller):
        id = people.ask_for_support(caller, meltem, "Fatura neden dönüyor?", people.HOURS[0])
    owner = person((meltem, "owner")).id
    assert _support(meltem) == ["wait"]
    with scoped(Role.WEB, [meltem]):
        people.see(user=owner)
        people.consent_to_support(meltem, id)
    assert _support(meltem) == ["info"]


def _support(taxpayer_id: int) -> list[str]:
    """The tones of what is said of support access."""
    with scoped(Role.WEB, [taxpayer_id]):
        found = [one for one in overview.notices(taxpayer_id, None, sees_keys=False) if one.name == "support"]
    assert all("Destek Ekibi" in one.text.tr for one in found)
    return [one.tone for one in found]


def page(taxpayer_id: int, role: str = "owner", language: str = "tr") -> str:
    response = visitor((taxpayer_id, role), language=language).get(f"/t/{taxpayer_id}/today")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "said"), [("tr", "2 taslak gönderilmedi"), ("en", "2 drafts have not been sent")])
def test_the_page_says_it_in_both_languages(firms: tuple[int, int], language: str, said: str) -> None:
    shown = page(firms[0], language=language)
    assert said in shown
    assert MELTEM[1] in shown


def test_readers_see_needs_but_no_keys(firms: tuple[int, int]) -> None:
    shown = page(firms[0], "reader")
    assert "2 taslak gönderilmedi" in shown
    assert "ERP" not in shown


def test_what_the_receiver_wrote_stands_beside_a_rejected_invoice(platform_database: str) -> None:
    new = taxpayer(
        ("2601488399", "Örnek Satıcı A.Ş.", "urn:mail:gb@satici.example", "urn:mail:pk@satici.example"), "SAT"
    )
    (sent,) = invoices(new)
    (carrier,) = invoices(new)
    with scoped(Role.WEB, [new]):
        month = Document.objects.get(id=carrier).month
        archive.keep([archive.Body(archive.Ref(new, month, carrier), REJECTION.encode(), "application_response")])
        Answer(
            document_id=sent,
            taxpayer_id=new,
            kind=AnswerKind.COMMERCIAL,
            stage="received",
            code="RED",
            carrier_id=carrier,
            road=records.write(received(AnswerKind.COMMERCIAL, clock.now(), DEFAULT)),
        ).save(force_insert=True)
    put(new, carrier, "filed", direction=Direction.IN, kind="application_response", road=None, wake_at=None)
    put(new, sent, "delivered", answer=AnswerMark.REJECTED)
    (item,) = needs(new)["rejected"].items
    assert item.document.id == sent
    assert item.sentence.tr.endswith("“Fiyat <b>sözleşmeden</b> yüksek.”")
    shown = page(new)
    assert "Fiyat &lt;b&gt;sözleşmeden&lt;/b&gt; yüksek." in shown


def test_names_of_partners_are_text(firms: tuple[int, int]) -> None:
    ardic, _ = firms
    (id,) = invoices(ardic)
    put(ardic, id, "faulty", party_title='<script>alert("x")</script>')
    assert "<script>alert" not in page(ardic)


def test_the_first_page_of_somebody_new_leads_to_the_first_steps() -> None:
    new = taxpayer(("9183746505", "Örnek Kargo A.Ş.", "urn:mail:gb@kargo.example", "urn:mail:pk@kargo.example"), "KRG")
    someone = visitor((new, "owner"))
    shown = someone.get(f"/t/{new}/today").content.decode()
    assert f"/t/{new}/start" in shown
    assert "Henüz belge yok" in shown
    assert someone.post(f"/t/{new}/today/first-steps/put-aside").status_code == 303
    assert f"/t/{new}/start" not in someone.get(f"/t/{new}/today").content.decode()
