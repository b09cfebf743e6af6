"""Accounts are opened and closed at GİB by sealed requests, and follow what GİB says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from center_registry import OTHER
from center_support import Laboratory
from platform_accounts import newcomer, own_key_of, standing
from platform_merkez import Merkez, merkez
from platform_world import MELTEM, archiving, invoices, taxpayer
from seal_pki import key
from ulak.envelope import Party
from ulak.errors import UlakError
from ulak.lifecycle import accounts as law
from ulak.lifecycle.envelopes import Stage as EnvelopeStage
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal
from ulak_center.values import Use
from ulak_server import clock
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.accounts import services as accounts
from ulak_server.exchange.accounts.counter import LARGEST
from ulak_server.exchange.accounts.station import Requests
from ulak_server.exchange.keys import Address, KeyRing
from ulak_server.exchange.law import happening
from ulak_server.exchange.models import Envelope
from ulak_server.exchange.models_of_reports import Report, ReportEntry, What
from ulak_server.exchange.rooms import ACCOUNTS
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Account, Request

NUMBER = "4812530769"


@pytest.fixture(autouse=True)
def empty(platform_database: str) -> None:
    """Every test begins with nobody: accounts outlive tests otherwise, as they are meant to."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE taxpayers_taxpayer, exchange_envelope, exchange_inbound, documents_document, exchange_identity,"
            " exchange_counterpart, exchange_report, exchange_report_entry CASCADE"
        )


@pytest.fixture
def world(platform_database: str) -> Iterator[Merkez]:
    with merkez() as made:
        yield made


def wanted(id: int, service: str = "einvoice", kind: str = "private") -> None:
    with scoped(Role.WEB, [id]):
        accounts.want_opening(id, service, kind, actor="user:1")


def unwanted(id: int, service: str = "einvoice") -> None:
    with scoped(Role.WEB, [id]):
        accounts.want_closing(id, service, actor="user:1")


def opened(world: Merkez, *services: str) -> int:
    """A taxpayer with these accounts open, by their own key."""
    id = newcomer(services=services)
    own_key_of(id)
    for service in services:
        wanted(id, service)
    world.settle()
    assert {standing(id, service).stage for service in services} == {"active"}
    return id


def aliases_at_gib(lab: Laboratory, use: Use = Use.INVOICE) -> set[str]:
    return {unit.alias for unit in lab.center.registry.units(NUMBER) if unit.use is use and unit.deleted is None}


def told(id: int) -> list[str]:
    with scoped(Role.WEB, [id]):
        return list(Entry.objects.filter(taxpayer_id=id).order_by("id").values_list("what", flat=True))


# -- opening -----------------------------------------------------------------------------------------------------------


def test_an_account_is_opened_without_anybodys_help_where_the_taxpayers_key_is_known(world: Merkez) -> None:
    id = newcomer()
    own_key_of(id)
    wanted(id)
    assert (standing(id).stage, standing(id).request) == ("contracted", "wanted")
    world.settle()
    assert (standing(id).stage, standing(id).code, standing(id).request) == ("active", "1200", "done")
    assert {"urn:mail:yenigb@ardic.example", "urn:mail:yenipk@ardic.example"} <= aliases_at_gib(world.lab)
    said = told(id)
    ways = [
        "taxpayer.taken-on", "account.contracted", "account.request-wanted", "account.opening", "envelope.packed",
        "account.active",
    ]  # fmt: skip
    assert [said.index(way) for way in ways] == sorted(said.index(way) for way in ways)
    with scoped(Role.WEB, [id]):
        assert taxpayers.may_issue(id, "einvoice")
        assert not taxpayers.may_issue(id, "edespatch")


def test_the_request_waits_for_the_taxpayers_seal_where_the_key_is_elsewhere(world: Merkez) -> None:
    id = newcomer()
    wanted(id)
    world.settle()
    assert (standing(id).stage, standing(id).request) == ("contracted", "waiting")
    with scoped(Role.WEB, [id]):
        asked = accounts.to_counter_seal(id, "einvoice")
        accounts.counter_sealed(id, "einvoice", counter_seal(asked, key("ardic"), at=clock.now()), actor="user:1")
    world.settle()
    assert standing(id).stage == "active"


def test_an_account_of_vuk_507_needs_no_seal_of_the_taxpayer(world: Merkez) -> None:
    id = newcomer()
    wanted(id, kind="vuk507_private")
    world.settle()
    assert standing(id).stage == "active"
    with scoped(Role.WEB, [id]):
        assert Request.objects.get(account__taxpayer_id=id).option == "4"


def test_both_services_have_accounts_of_their_own(world: Merkez) -> None:
    id = opened(world, "einvoice", "edespatch")
    assert "urn:mail:yenigb@ardic.example" in aliases_at_gib(world.lab, Use.DESPATCH)
    with scoped(Role.WEB, [id]):
        assert {one.service for one in taxpayers.accounts(id)} == {"einvoice", "edespatch"}


def test_the_services_of_the_archive_family_are_opened_and_closed_without_aliases(world: Merkez) -> None:
    family = ("earchive", "esevoucher", "epreceipt", "erreceipt")
    id = newcomer(services=())
    own_key_of(id)
    for service in family:
        wanted(id, service)
    world.settle()
    assert {standing(id, service).stage for service in family} == {"active"}
    assert set(world.lab.center.registry.services(NUMBER)) == set(family)
    with scoped(Role.WEB, [id]):
        found = dict(Request.objects.filter(taxpayer_id=id).values_list("account__service", "option"))
    assert found == {"earchive": "22", "esevoucher": "72", "epreceipt": "82", "erreceipt": "172"}
    for service in family:
        unwanted(id, service)
    world.settle()
    assert {standing(id, service).stage for service in family} == {"closed"}
    assert not world.lab.center.registry.services(NUMBER)


def test_an_account_stays_open_until_all_of_it_is_reported(world: Merkez) -> None:
    id = newcomer(services=())
    own_key_of(id)
    for service in ("earchive", "epreceipt"):
        wanted(id, service)
    world.settle()
    now = clock.now()
    report = uuid4()
    with scoped(Role.PIPELINE, [id]):
        ReportEntry.objects.create(
            taxpayer_id=id, document_id=1, what=What.ISSUED, kind="earchive_invoice", product="earsiv",
            day=now.date(), made_at=now, ready_at=now, due_at=now, report_id=report,
        )  # fmt: skip
    assert refused(id, "want_closing", "earchive") == "account.reports-first"
    unwanted(id, "epreceipt")
    with scoped(Role.PIPELINE, [id]):
        Report.objects.create(
            id=report, taxpayer_id=id, product="earsiv", month=now.date().replace(day=1), day=now.date(), section_no=1,
            cause="night", due_at=now, created_at=now, stage="taken", road=b"",
        )  # fmt: skip
    assert refused(id, "want_closing", "earchive") == "account.reports-first"
    with scoped(Role.PIPELINE, [id]):
        Report.objects.filter(id=report).update(stage="accepted")
    unwanted(id, "earchive")
    world.settle()
    assert {standing(id, service).stage for service in ("earchive", "epreceipt")} == {"closed"}


def test_gibs_refusal_is_said_and_another_try_succeeds(world: Merkez) -> None:
    theirs = [Party(f"urn:mail:yeni{role}@ardic.example", NUMBER, "Ardıç") for role in ("gb", "pk")]
    world.lab.open(theirs[0], theirs[1], OTHER, [Use.INVOICE])
    id = newcomer()
    own_key_of(id)
    wanted(id)
    world.settle()
    found = standing(id)
    assert (found.stage, found.code, found.request) == ("not-opened", "1182", "refused")
    assert isinstance(found.error, dict)
    assert found.error["code"] == "1182"
    for party in theirs:
        world.lab.center.registry.close_units(NUMBER, party.alias, (Use.INVOICE,), world.lab.center.clock.now())
    wanted(id)
    world.settle()
    assert standing(id).stage == "active"


def test_a_fault_that_may_pass_is_tried_again_in_another_envelope(world: Merkez) -> None:
    id = newcomer()
    own_key_of(id)
    wanted(id)
    assert world.stations[-1].turn() == 1
    with happening() as shell:
        (row,) = shell.claim(ACCOUNTS, "WHERE taxpayer_id = %s FOR UPDATE", [id])
        shell.happen(ACCOUNTS, row.key, law.RequestEnded(str(row["envelope"]), EnvelopeStage.REFUSED, "1170"))
    assert standing(id).stage == "opening"
    world.pass_time(hours=1)
    world.settle()
    assert standing(id).stage == "active"
    with scoped(Role.PIPELINE):
        assert Envelope.objects.filter(about_account=row.key).count() == 2


def test_a_worker_without_the_integrators_key_says_so_and_tries_later(world: Merkez) -> None:
    id = newcomer()
    own_key_of(id)
    wanted(id)
    nowhere = Requests(KeyRing(lambda: Address("pkcs12:/nowhere.p12")))
    assert nowhere.turn() == 1
    found = standing(id)
    assert (found.stage, found.request) == ("contracted", "wanted")
    assert isinstance(found.error, dict)
    assert found.error["code"] == "key.file-missing"
    assert nowhere.turn() == 0
    world.pass_time(minutes=2)
    world.settle()
    assert standing(id).stage == "active"


def test_a_key_of_somebody_else_is_not_used_and_the_request_waits(world: Merkez) -> None:
    id = newcomer()
    own_key_of(id, "meltem", MELTEM[0])
    wanted(id)
    world.settle()
    found = standing(id)
    assert found.request == "waiting"
    assert isinstance(found.error, dict)
    assert found.error["code"] == "sealing-key.other-owner"


# -- the taxpayer's seal -----------------------------------------------------------------------------------------------


def refusal(id: int, document: bytes) -> str:
    with pytest.raises(UlakError) as caught, scoped(Role.WEB, [id]):
        accounts.counter_sealed(id, "einvoice", document)
    return caught.value.code


def test_only_the_very_document_with_the_taxpayers_good_seal_is_taken(world: Merkez) -> None:
    id = newcomer()
    wanted(id)
    world.settle()
    with scoped(Role.WEB, [id]):
        asked = accounts.to_counter_seal(id, "einvoice")
    good = counter_seal(asked, key("ardic"), at=clock.now())
    other = counter_seal(
        seal(asked[: asked.index(b"<ds:Signature")] + asked[asked.index(b"</ds:Signature>") + 15 :], key("integrator"),
             at=clock.now() - timedelta(minutes=5)),
        key("ardic"),
        at=clock.now(),
    )  # fmt: skip
    now = clock.now()
    assert refusal(id, asked) == "account.seal-missing"
    assert refusal(id, b"") == "account.document-unreadable"
    assert refusal(id, b"<ProcessUserAccount/>") == "account.document-other"
    assert refusal(id, b" " * (LARGEST + 1)) == "account.document-unreadable"
    assert refusal(id, other) == "account.document-other"
    assert refusal(id, good.replace(b"yenigb@", b"xenigb@")) == "account.document-other"
    assert refusal(id, counter_seal(asked, key("meltem"), at=now)) == "account.seal-owner"
    assert refusal(id, good.replace(b'"releaseID0"', b'"releaseID1"')) == "account.seal-wrong"
    assert standing(id).request == "waiting"
    with scoped(Role.WEB, [id]):
        accounts.counter_sealed(id, "einvoice", good)
    assert standing(id).request == "sealed"
    assert refusal(id, good) == "account.request-none"


# -- what is not possible ----------------------------------------------------------------------------------------------


def refused(id: int, verb: str, *arguments: str) -> str:
    with pytest.raises(UlakError) as caught, scoped(Role.WEB, [id]):
        getattr(accounts, verb)(id, *arguments)
    return caught.value.code


def test_what_cannot_be_wanted_is_refused(world: Merkez) -> None:
    id = newcomer()
    assert refused(id, "want_opening", "fax") == "taxpayer.service"
    assert refused(id, "want_opening", "einvoice", "odd") == "account.kind"
    assert refused(id, "want_opening", "edespatch") == "account.aliases-missing"
    assert refused(id, "want_closing", "einvoice") == "account.none"
    assert refused(id, "to_counter_seal", "einvoice") == "account.none"
    wanted(id)
    assert refused(id, "want_opening", "einvoice") == "account.request-there"
    assert refused(id, "want_closing", "einvoice") == "account.not-now"
    assert refused(id, "contract", "einvoice") == "account.there"
    assert refused(id, "to_counter_seal", "einvoice") == "account.request-none"
    with scoped(Role.WEB, [id]):
        accounts.withdraw_request(id, "einvoice")
    assert refused(id, "withdraw_request", "einvoice") == "account.request-none"
    world.settle()
    assert (standing(id).stage, standing(id).request) == ("contracted", "withdrawn")


def test_nothing_is_opened_without_a_contract(world: Merkez) -> None:
    yesterday = taxpayers.today() - timedelta(days=1)
    id = newcomer(contract_from=yesterday, contract_until=yesterday)
    assert refused(id, "want_opening", "einvoice") == "taxpayer.no-contract"


def test_aliases_stay_as_gib_knows_them_while_the_account_is_open(world: Merkez) -> None:
    id = opened(world, "einvoice")
    with pytest.raises(UlakError) as caught, scoped(Role.WEB, [id]):
        taxpayers.add_alias(id, "einvoice", "GB", "urn:mail:sube@ardic.example")
    assert caught.value.code == "taxpayer.alias-fixed"
    with pytest.raises(UlakError) as caught, scoped(Role.WEB, [id]):
        taxpayers.close_alias(id, taxpayers.aliases(id)[0].id)
    assert caught.value.code == "taxpayer.alias-fixed"


def test_an_alias_is_added_to_an_open_account_once_gib_has_it(world: Merkez) -> None:
    id = opened(world, "einvoice")
    branch = "urn:mail:subegb@ardic.example"
    with scoped(Role.WEB, [id]):
        accounts.want_alias(id, "einvoice", "GB", branch, actor="user:1")
    world.stations[-1].turn()
    world.stations[-1].turn()
    with scoped(Role.WEB, [id]):
        assert taxpayers.may_issue(id, "einvoice"), "documents go on meanwhile"
        assert branch not in {one.name for one in taxpayers.aliases(id)}
    world.settle()
    assert (standing(id).stage, standing(id).action, standing(id).request) == ("active", "add", "done")
    assert branch in aliases_at_gib(world.lab)
    with scoped(Role.WEB, [id]):
        assert taxpayers.choose_alias(id, "einvoice", "GB", branch) == branch
        assert taxpayers.choose_alias(id, "einvoice", "GB") == "urn:mail:yenigb@ardic.example"
    assert refused(id, "want_alias", "einvoice", "GB", branch) == "taxpayer.alias-known"
    assert refused(id, "want_alias", "earchive", "GB", branch) == "account.none"


def test_an_alias_that_gib_refuses_is_not_there_and_the_account_goes_on(world: Merkez) -> None:
    theirs = Party("urn:mail:subepk@ardic.example", NUMBER, "Ardıç")
    world.lab.open(Party("urn:mail:subegb@ardic.example", NUMBER, "Ardıç"), theirs, OTHER, [Use.INVOICE])
    id = opened(world, "einvoice")
    with scoped(Role.WEB, [id]):
        accounts.want_alias(id, "einvoice", "PK", theirs.alias)
    world.settle()
    found = standing(id)
    assert (found.stage, found.request, found.code) == ("active", "refused", "1182")
    with scoped(Role.WEB, [id]):
        assert theirs.alias not in {one.name for one in taxpayers.aliases(id)}
        assert taxpayers.may_issue(id, "einvoice")


# -- closing -----------------------------------------------------------------------------------------------------------


def test_an_account_is_closed_at_gib_with_its_aliases(world: Merkez) -> None:
    id = opened(world, "einvoice")
    world.lab.center.registry.close_units(NUMBER, "urn:mail:yenigb@ardic.example", (Use.DESPATCH,), clock.now())
    unwanted(id)
    world.settle()
    assert (standing(id).stage, standing(id).request) == ("closed", "done")
    assert "urn:mail:yenigb@ardic.example" not in aliases_at_gib(world.lab)
    with scoped(Role.WEB, [id]):
        assert taxpayers.aliases(id) == []
        assert not taxpayers.may_issue(id, "einvoice")


def test_e_fatura_is_not_closed_before_e_irsaliye(world: Merkez) -> None:
    id = opened(world, "einvoice", "edespatch")
    assert refused(id, "want_closing", "einvoice") == "account.close-despatch-first"
    unwanted(id, "edespatch")
    world.settle()
    unwanted(id)
    world.settle()
    assert {standing(id, service).stage for service in ("einvoice", "edespatch")} == {"closed"}


def test_a_closed_account_may_be_followed_by_another(world: Merkez) -> None:
    id = opened(world, "einvoice")
    unwanted(id)
    world.settle()
    newcomer()
    wanted(id)
    world.settle()
    with scoped(Role.WEB, [id]):
        assert [one.stage for one in accounts.standings(id)] == ["active", "closed"]


def test_accounts_without_a_contract_are_closed_by_themselves_the_despatches_first(world: Merkez) -> None:
    id = opened(world, "einvoice", "edespatch")
    with scoped(Role.OPERATOR):
        taxpayers.end_contract(id, taxpayers.today(), actor="operator")
    world.pass_time(days=1)
    for _ in range(3):
        world.pass_time(days=1)
        world.settle()
    assert {standing(id, service).stage for service in ("einvoice", "edespatch")} == {"closed"}
    said = told(id)
    assert said.count("account.closed") == 2


def test_an_account_that_was_never_opened_is_given_up_when_the_contract_ends(world: Merkez) -> None:
    id = newcomer()
    wanted(id)
    world.settle()
    assert standing(id).request == "waiting"
    with scoped(Role.OPERATOR):
        taxpayers.end_contract(id, taxpayers.today())
    world.pass_time(days=2)
    assert (standing(id).stage, standing(id).request) == ("dropped", "withdrawn")


# -- what GİB's lists say ----------------------------------------------------------------------------------------------


def listed(id: int, event: object) -> None:
    """Tell all of a taxpayer's accounts what a list says of them, one after the other."""
    with scoped(Role.WEB, [id]):
        ids = [one.id for one in taxpayers.accounts(id)]
    for account in ids:
        with happening() as shell:
            shell.happen(ACCOUNTS, account, event)


def test_gib_closing_a_taxpayer_stops_all_that_has_not_gone(world: Merkez) -> None:
    id = archiving(taxpayer())
    (document,) = invoices(id)
    later = clock.now() + timedelta(hours=20)
    with scoped(Role.PIPELINE, [id]):
        ReportEntry.objects.create(
            taxpayer_id=id, document_id=1, what=What.ISSUED, kind="earchive_invoice", product="earsiv",
            day=taxpayers.today(), made_at=clock.now(), ready_at=later, due_at=later,
        )  # fmt: skip
    for _ in range(2):
        listed(id, law.TempListed(taxpayers.today()))
    with scoped(Role.WEB, [id]):
        assert ReportEntry.objects.get(taxpayer_id=id).ready_at <= clock.now(), "the last report goes at once"
    assert {standing(id, service).stage for service in ("einvoice", "edespatch")} == {"winding-up"}
    with scoped(Role.WEB, [id]):
        assert Document.objects.get(id=document).stage == "withdrawn"
        assert taxpayers.aliases(id) == []
    world.pass_time(days=2)
    assert standing(id).stage == "closed-by-gib"


def test_a_taxpayer_whom_gib_lists_again_has_one_open_account_again(world: Merkez) -> None:
    id = taxpayer()
    listed(id, law.TempListed(taxpayers.today()))
    for _ in range(3):
        listed(id, law.Listed())
    assert standing(id).stage == "active"
    with scoped(Role.WEB, [id]):
        assert len(taxpayers.aliases(id)) == 4
        assert taxpayers.choose_alias(id, "einvoice", "PK") == "urn:mail:defaultpk@ardic.example"
        assert Account.objects.filter(taxpayer_id=id).count() == 4
