"""In a sandbox the first steps lead from a tax number to an invoice that has arrived; elsewhere they begin as owner."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from platform_intake import listed
from platform_merkez import Merkez, environment, merkez
from platform_world import MELTEM, taxpayer
from portal_client import Visitor, visitor
from seal_pki import pki_folder
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.overview import services as overview
from ulak_server.people import services as people
from ulak_server.taxpayers.models import Sealing, Taxpayer

pytestmark = pytest.mark.usefixtures("platform_database")
NUMBER: Final = "9183746505"
DETAILS: Final = {"title": "Örnek Kargo A.Ş.", "tax_office": "Çankaya", "city": "Ankara", "town": "Çankaya"}
RECEIVER: Final = {"number": MELTEM[0], "title": MELTEM[1], "city": "İzmir", "town": "Bornova"}
LINE: Final = {"name": "Danışmanlık", "quantity": "1", "price": "1.250,50", "vat": "20", "key": "a"}
OTHERS: Final = ("4810173324", "2601488399", "7750409379", "1460415308", "3900383669", "8642031054")


@pytest.fixture
def sandbox(tmp_path: Path, platform_database: str) -> Iterator[None]:
    """An installation whose test authority can be written to."""
    folder = tmp_path / "pki"
    shutil.copytree(pki_folder(), folder)
    with environment(ULAK_SANDBOX=str(folder), ULAK_DATA=str(tmp_path / "data")):
        yield


@pytest.fixture
def world(sandbox: None) -> Iterator[Merkez]:
    with merkez() as made:
        yield made


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    made = taxpayer(MELTEM, "MEL")
    listed(MELTEM)
    return made


def leads_to(who: Visitor, path: str, fields: dict[str, str] | None = None) -> str:
    """Where a form leads that was taken."""
    response = who.post(path, fields)
    assert response.status_code == 303, response.content.decode()[:3000]
    return response["Location"]


def begun(who: Visitor, number: str = NUMBER) -> str:
    """The first steps of a new taxpayer: the address that they stand below."""
    return leads_to(who, "/start", {"number": number, "title": DETAILS["title"]}).removesuffix("/details")


def test_somebody_without_a_taxpayer_gets_to_an_invoice_that_has_arrived(world: Merkez, meltem: int) -> None:
    who = visitor()
    assert "Vergi numarasıyla başla" in who.get("/desk").content.decode()
    start = begun(who)
    id = int(start.split("/")[2])
    assert leads_to(who, f"{start}/details", DETAILS) == f"{start}/seal"
    assert leads_to(who, f"{start}/seal", {"policy": "integrator"}) == f"{start}/series"
    assert leads_to(who, f"{start}/series", {"prefix": "krg"}) == f"{start}/account"
    aliases = {"gb": "urn:mail:defaultgb@kargo.example", "pk": "urn:mail:defaultpk@kargo.example", "kind": "private"}
    leads_to(who, f"{start}/account", {"do": "open", **aliases})
    assert "entegratörün mührü konuyor" in who.part(f"{start}/state?of=account").content.decode()
    world.work()
    assert "şimdi sizin mührünüz gerekiyor" in who.part(f"{start}/state").content.decode()
    leads_to(who, f"{start}/account", {"do": "test-seal"})
    world.settle()
    assert "Açık" in who.get(f"{start}/account").content.decode()
    assert leads_to(who, f"{start}/contact", RECEIVER) == f"{start}/invoice"
    assert leads_to(who, f"{start}/invoice", LINE) == f"{start}/delivered"
    assert leads_to(who, f"{start}/invoice", LINE) == f"{start}/delivered"
    world.settle()
    assert "İlk faturanız ulaştı" in who.part(f"{start}/state?of=delivered").content.decode()
    with scoped(Role.WEB, [id]):
        sent = list(Document.objects.filter(taxpayer_id=id).values_list("number", "payable"))
    assert [(str(number)[:3], str(number)[7:], str(payable)) for number, payable in sent] == [
        ("KRG", "000000001", "1500.60")
    ]
    assert f"{start}" not in who.get(f"/t/{id}/today").content.decode(), "nobody is reminded of what is done"


def test_steps_may_be_left_and_gone_on_with_in_any_order(sandbox: None, meltem: int) -> None:
    who = visitor()
    start = begun(who, OTHERS[1])
    assert who.get(start)["Location"] == f"{start}/details"
    leads_to(who, f"{start}/series", {"prefix": "ABC", "last": "41"})
    leads_to(who, f"{start}/contact", RECEIVER)
    assert who.get(start)["Location"] == f"{start}/details", "what was left is where one goes on"
    leads_to(who, f"{start}/details", DETAILS)
    leads_to(who, f"{start}/seal", {"policy": "test"})
    assert who.get(start)["Location"] == f"{start}/account"
    for step in overview.STEPS:
        assert who.get(f"{start}/{step}").status_code == 200
    early = who.post(f"{start}/invoice", LINE)
    assert early.status_code == 422
    assert "GİB hesabı" in early.content.decode()
    with scoped(Role.WEB, [int(start.split("/")[2])]):
        assert Taxpayer.objects.get().sealing == Sealing.OWN


@pytest.mark.parametrize(
    ("step", "fields", "said"),
    [
        ("details", {**DETAILS, "tax_office": ""}, "Vergi dairesi"),
        ("details", {**DETAILS, "title": ""}, "unvan"),
        ("series", {"prefix": "A"}, "“A”"),
        ("series", {"prefix": "FYS"}, "FYS"),
        ("series", {"prefix": "ABC", "last": "x"}, "last"),
        ("contact", {**RECEIVER, "number": "1234567891"}, "1234567891"),
        ("contact", {**RECEIVER, "city": ""}, "İl"),
        ("contact", {**RECEIVER, "number": OTHERS[2]}, "kendiniz"),
    ],
)
def test_what_is_wrong_is_said_at_the_step_and_what_was_written_stays(
    sandbox: None, meltem: int, step: str, fields: dict[str, str], said: str
) -> None:
    who = visitor()
    with scoped(Role.OPERATOR):
        there = Taxpayer.objects.filter(number=OTHERS[2]).first()
    if there is None:
        start = begun(who, OTHERS[2])
    else:
        assert who.person
        with scoped(Role.WEB, [there.id]):
            people.add_member(there.id, who.person.id, "owner")
        start = f"/t/{there.id}/start"
    response = who.post(f"{start}/{step}", fields)
    shown = response.content.decode()
    assert response.status_code == 422, shown[:2000]
    assert said in shown
    kept = next(iter(fields.values()))
    assert not kept or f'value="{kept}"' in shown


def test_nobody_takes_taxpayers_on_outside_of_a_sandbox() -> None:
    who = visitor()
    assert "Mükellefi entegratör ekler" in who.get("/start").content.decode()
    refused = who.post("/start", {"number": NUMBER, "title": "X"})
    assert refused.status_code == 422
    with scoped(Role.OPERATOR):
        assert not Taxpayer.objects.filter(number=OTHERS[3]).exists()


def test_a_taken_number_is_refused_and_so_is_the_sixth_of_a_day(sandbox: None, meltem: int) -> None:
    who = visitor()
    assert who.post("/start", {"number": MELTEM[0], "title": "Ben"}).status_code == 409
    assert who.post("/start", {"number": "123", "title": "Ben"}).status_code == 422
    begun(who, OTHERS[3])
    begun(who, OTHERS[4])
    begun(who, OTHERS[5])
    assert who.post("/start", {"number": OTHERS[0], "title": "Ben"}).status_code == 429


def test_operators_and_strangers_take_nobody_on_for_themselves(sandbox: None) -> None:
    assert visitor(operator=True).post("/start", {"number": OTHERS[0], "title": "Ben"}).status_code == 422
    assert Visitor().post("/start", {"number": OTHERS[0], "title": "Ben"}).status_code == 302


def test_test_seals_are_not_given_outside_of_a_sandbox(meltem: int) -> None:
    owner = visitor((meltem, "owner"))
    refused = owner.post(f"/t/{meltem}/start/seal", {"policy": "test"})
    assert refused.status_code == 422
    assert "overview.seal-not-here" in refused.content.decode()
    shown = owner.get(f"/t/{meltem}/start/seal").content.decode()
    assert "Kendi deneme mührünüz" not in shown
    assert "https" in shown


def test_each_step_asks_for_the_permission_of_what_it_does(meltem: int) -> None:
    clerk, accountant = visitor((meltem, "clerk")), visitor((meltem, "accountant"))
    assert clerk.post(f"/t/{meltem}/start/details", DETAILS).status_code == 403
    assert accountant.post(f"/t/{meltem}/start/account", {"do": "open"}).status_code == 403
    assert visitor((meltem, "reader")).post(f"/t/{meltem}/start/contact", RECEIVER).status_code == 403
    assert Visitor().get(f"/t/{meltem}/start").status_code == 302


def test_a_number_is_looked_up_while_it_is_typed(meltem: int) -> None:
    who = visitor((meltem, "owner"))
    for number, said in ((MELTEM[0], "kayıtlı: Meltem"), ("1234567891", "geçerli bir"), ("12", ""), ("x" * 500, "")):
        part = who.part("/start/look", number=number)
        assert part.status_code == 200
        assert said in part.content.decode()


HOSTILE: Final = (
    "",
    " ",
    "\0",
    "x" * 10_000,
    "-1",
    "1e999",
    "NaN",
    "٣٤",
    "9" * 60,
    "'; DROP TABLE taxpayers_taxpayer; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "https://127.0.0.1/",
    "İıŞşĞğ",
    "🚀",
    "urn:mail:a@b",
)
"""What strangers write into fields: nothing, too much, what is no number, what other languages would run."""
FIELDS: Final = {
    "details": ("title", "tax_office", "city", "town", "street", "email"),
    "seal": ("policy", "address", "secret"),
    "series": ("prefix", "last"),
    "account": ("do", "gb", "pk", "kind", "sealed"),
    "contact": ("number", "title", "city", "town", "email"),
    "invoice": ("name", "quantity", "price", "vat", "key"),
    "number": ("x",),
    "delivered": ("x",),
    "nowhere": ("x",),
}


@pytest.mark.parametrize("step", FIELDS)
def test_whatever_is_written_gets_an_answer(meltem: int, step: str) -> None:
    owner = visitor((meltem, "owner"))
    usual = {**DETAILS, **RECEIVER, **LINE, "policy": "own", "prefix": "ABC", "do": "open"}
    fields = FIELDS[step]
    for place, field in enumerate(fields):
        # Every value meets one field, every field several: all with all would take a minute.
        for value in HOSTILE[place :: max(len(fields), 3)]:
            response = owner.post(f"/t/{meltem}/start/{step}", {**usual, field: value})
            assert response.status_code in (303, 404, 409, 413, 422), (field, value[:20], response.status_code)
            assert b"<script>alert" not in response.content


def test_taking_on_withstands_any_number(sandbox: None) -> None:
    who = visitor()
    for value in HOSTILE:
        response = who.post("/start", {"number": value, "title": value})
        assert response.status_code in (422, 429), value[:20]
        assert who.part("/start/look", number=value).status_code == 200
