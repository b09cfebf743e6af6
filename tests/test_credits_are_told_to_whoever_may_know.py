"""Kontör through the API and the command line, and what each role of the database sees of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import typer.main
from django.db import DatabaseError, connection

from platform_api import Asker, answer, friendly, person, program
from platform_database import url_of
from platform_intake import listed
from platform_way_out import run
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.cli.session import Session
from ulak.errors import UlakError
from ulak_server import clock, commands, environment
from ulak_server.credits import services as credits
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.operations import exposition
from ulak_server.operations.examination.kontor import kontor

pytestmark = pytest.mark.usefixtures("platform_database")


class World:
    """Two metered firms, a program of each, and a reader of the first; the first has sent one invoice of its two."""

    def __init__(self) -> None:
        listed()
        listed(ARDIC)
        self.ardic, self.meltem = taxpayer(ARDIC), taxpayer(MELTEM, "MEL")
        with scoped(Role.OPERATOR):
            for one in (self.ardic, self.meltem):
                credits.meter(one, metered=True)
            credits.load(self.ardic, Decimal(2), expires_on=credits.usual_expiry(), reference="KNT2026000000001")
        self.erp, self.other = program(self.ardic), program(self.meltem)
        self.document = answer(self.erp.post("/documents", friendly()), 202)["id"]
        run()


@pytest.fixture(scope="module")
def world(platform_database: str) -> World:
    return World()


def test_the_api_tells_how_kontor_stand(world: World) -> None:
    found = answer(world.erp.get("/credits"), 200)
    assert {name: found[name] for name in ("metered", "balance", "available", "level", "waiting")} == {
        "metered": True,
        "balance": "1.00",
        "available": "1.00",
        "level": "ok",
        "waiting": 0,
    }
    assert [(one["remaining"], one["reference"]) for one in found["packages"]] == [("1.00", "KNT2026000000001")]
    prices = {(one["kind"], one["direction"]): one["amount"] for one in found["tariff"]}
    assert prices["invoice", "out"] == "1"
    assert prices["invoice", "in"] == prices["application_response", "out"] == "0"


def test_every_line_is_shown_page_by_page_and_found_again(world: World) -> None:
    first = answer(world.erp.get("/credits/entries?limit=1", Accept_Language="en"), 200)
    (used,) = first["items"]
    number = answer(world.erp.get(f"/documents/{world.document}"), 200)["number"]
    assert (used["what"], used["label"], used["amount"], used["document"], used["number"]) == (
        "used",
        "Used",
        "-1.00",
        world.document,
        number,
    )
    rest = answer(world.erp.get(f"/credits/entries?limit=1&cursor={first['next']}"), 200)
    assert ([one["what"] for one in rest["items"]], rest["next"]) == (["loaded"], None)
    for asked in ("what=used", "kind=invoice", f"document={world.document}", f"number={number}", "since=2020-01-01"):
        assert used in answer(world.erp.get(f"/credits/entries?{asked}", Accept_Language="en"), 200)["items"]
    for asked in ("what=refunded", "number=%25", "until=2020-01-01", "kind=despatch_advice"):
        assert answer(world.erp.get(f"/credits/entries?{asked}"), 200)["items"] == []
    assert world.erp.get("/credits/entries?what=stolen").status_code == 422
    assert answer(world.other.get("/credits/entries"), 200)["items"] == []


def test_sending_without_kontor_is_a_problem_that_says_what_to_do(world: World) -> None:
    said = answer(world.other.post("/documents", friendly(supplier=_meltem(), customer=_ardic())), 402)
    assert (said["code"], said["title"]) == ("credits.exhausted", "Kontör yetmiyor")
    assert "yükletin" in said["repair"]
    kept = answer(world.other.post("/documents?intent=draft", friendly(supplier=_meltem())), 201)
    assert answer(world.other.post(f"/documents/{kept['id']}/submit"), 402)["code"] == "credits.exhausted"
    checked = world.other.post("/documents/check", friendly(supplier=_meltem(), customer=_ardic()))
    assert checked.status_code == 200, "checking costs nothing"


def _meltem() -> dict[str, Any]:
    return _firm(MELTEM)


def _ardic() -> dict[str, Any]:
    return _firm(ARDIC)


def _firm(who: tuple[str, str, str, str]) -> dict[str, Any]:
    address = {"town": "Çankaya", "city": "Ankara"}
    return {"tax_id": who[0], "name": who[1], "tax_office": "Çankaya", "address": address}


def test_a_reader_sees_kontor_and_a_key_without_the_scope_does_not(world: World) -> None:
    assert person("okur@ardic.example", {world.ardic: "reader"}).get("/credits").status_code == 200
    assert program(world.ardic, ["documents.read"], "Okur").get("/credits").status_code == 403
    assert Asker().get("/credits").status_code == 401


_FORBIDDEN = [
    (Role.WEB, "UPDATE credits_account SET metered = false"),
    (Role.WEB, "UPDATE credits_account SET overdraft = 1000"),
    (Role.WEB, "UPDATE credits_package SET amount = 1000"),
    (Role.WEB, "DELETE FROM credits_account"),
    (Role.WEB, "INSERT INTO credits_package (taxpayer_id, amount, remaining, loaded_at, is_sold, reference, note,"
     " actor, warned) VALUES ({mine}, 5, 5, now(), true, '', '', '', false)"),
    (Role.WEB, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor)"
     " VALUES ({mine}, now(), 'loaded', 5, 5, '', false, '', '')"),
    (Role.WEB, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor)"
     " VALUES ({other}, now(), 'used', -5, 5, '', false, '', '')"),
    (Role.WEB, "UPDATE credits_account SET balance = 1000"),
    (Role.WEB, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor)"
     " VALUES ({mine}, now(), 'used', -1, 1000, '', false, '', '')"),
    (Role.WEB, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor,"
     " document_id) SELECT taxpayer_id, now(), 'refunded', 2, balance + 2, kind, false, '', '', document_id"
     " FROM credits_entry WHERE taxpayer_id = {mine} AND what = 'used'"),
    (Role.WEB, "INSERT INTO credits_tariff (taxpayer_id, kind, is_incoming, since, amount, made_at, actor)"
     " VALUES ({mine}, 'invoice', false, now(), 0, now(), '')"),
    (Role.OPERATOR, "SELECT document_id FROM credits_entry"),
    (Role.WEB, "UPDATE credits_package SET expires_on = '2199-12-31'"),
    (Role.WEB, "UPDATE credits_package SET expires_on = NULL"),
    (Role.WEB, "UPDATE credits_package SET expires_on = current_date"),
    (Role.WEB, "UPDATE credits_package SET remaining = 1000"),
    (Role.WEB, "UPDATE credits_package SET remaining = remaining - 1"),
    (Role.WEB, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor, id)"
     " VALUES ({mine}, now(), 'used', -1, 0, '', false, '', '', -1)"),
    (Role.WEB, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor,"
     " document_id) VALUES ({mine}, now(), 'used', -1, 0, '', false, '', '', 77)"),
    (Role.WEB, "INSERT INTO credits_once (taxpayer_id, key, made_at) VALUES ({mine}, 'x', now())"),
    (Role.OPERATOR, "UPDATE credits_entry SET amount = 0"),
    (Role.OPERATOR, "INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, kind, is_incoming, note, actor)"
     " VALUES ({mine}, now(), 'refunded', 5, 5, '', false, '', '')"),
    (Role.PIPELINE, "UPDATE credits_entry SET amount = 0"),
    (Role.PIPELINE, "DELETE FROM credits_entry"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "statement"), _FORBIDDEN)
def test_nobody_does_by_sql_what_is_not_theirs_to_do(world: World, role: Role, statement: str) -> None:
    taxpayers = [world.ardic] if role is not Role.OPERATOR else []
    with pytest.raises(DatabaseError), scoped(role, taxpayers), connection.cursor() as cursor:
        cursor.execute(statement.format(mine=world.ardic, other=world.meltem))


def test_rows_of_others_are_not_there(world: World) -> None:
    tables = ("account", "package", "entry", "usage", "waiting")
    with scoped(Role.WEB, [world.meltem]), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM credits_{table} WHERE taxpayer_id = %s", [world.ardic])
            assert cursor.fetchone() == (0,), table
        cursor.execute("UPDATE credits_account SET balance = 0 WHERE taxpayer_id = %s", [world.ardic])
        assert cursor.rowcount == 0


def test_operators_see_amounts_and_no_documents(world: World) -> None:
    with scoped(Role.OPERATOR):
        (used, loaded) = credits.entries(world.ardic)
        every = {one.taxpayer: one.balance for one in credits.every()}
        assert credits.standing(world.ardic).available == 1
    assert (used.amount, used.document, used.number, used.party) == (Decimal(-1), None, "", "")
    assert loaded.note == "KNT2026000000001"
    assert every == {world.ardic: 1, world.meltem: 0}


Ulak = Callable[..., str]


@pytest.fixture
def ulak(platform_database: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ulak:
    """``ulak credits``; what it wrote."""
    monkeypatch.setenv("DATABASE_URL", url_of(platform_database))

    def run(*arguments: str) -> str:
        command: Any = typer.main.get_command(commands.credits.group)
        session = Session("en")
        code = command.main([*arguments], prog_name="ulak credits", standalone_mode=False, obj=session)(session)
        session.flush()
        assert code == 0
        return capfd.readouterr().out

    return run


def test_the_command_line_loads_corrects_meters_and_prices(world: World, ulak: Ulak) -> None:
    with scoped(Role.WEB, [world.meltem]):
        assert credits.balance(world.meltem) == 0
    assert ulak("load", MELTEM[0], "10,5", "--reference", "KNT2", "--until", "2099-12-31") == "Balance: 10.5\n"
    assert ulak("correct", MELTEM[0], "-0.5", "--note", "sayım") == "Balance: 10\n"
    assert "Running low" not in ulak("meter", MELTEM[0], "on", "--on-empty", "go-on", "--overdraft", "3")
    shown = ulak("show", MELTEM[0])
    assert "overdraft 3" in shown
    assert "10 of 10.5 left, until 2099-12-31  KNT2" in shown
    assert "Corrected" in shown
    assert ulak("tariff", "earchive_invoice", "0.5", "--taxpayer", MELTEM[0]) == "Done.\n"
    assert "its own" in ulak("tariff", "--taxpayer", MELTEM[0])
    assert "earchive_invoice      outgoing         1\n" in ulak("tariff")
    ulak("tariff", "earchive_invoice", "-", "--taxpayer", MELTEM[0])
    assert "its own" not in ulak("tariff", "--taxpayer", MELTEM[0])
    assert MELTEM[0] in ulak("list")
    assert ulak("correct", MELTEM[0], "1,250", "--note", "bin") == "Balance: 1,260\n"
    assert ulak("correct", MELTEM[0], "-1,250", "--note", "geri") == "Balance: 10\n"
    with pytest.raises(credits.CreditsError):
        ulak("correct", MELTEM[0], "1.250", "--note", "bin mi, bir mi?")
    with scoped(Role.OPERATOR):
        credits.correct(world.meltem, Decimal(-10), "geri")
        credits.set_on_empty(world.meltem, credits.OnEmpty.WAIT)
        credits.set_overdraft(world.meltem, Decimal(0))


def test_a_command_with_a_key_is_done_once_and_answers_as_before(world: World, ulak: Ulak) -> None:
    load = ("load", MELTEM[0], "10,5", "--reference", "KNT3", "--key", "siparis-1")
    assert ulak(*load) == "Balance: 10.5\n"
    assert ulak("correct", MELTEM[0], "-0.5", "--note", "sayım", "--key", "siparis-2") == "Balance: 10\n"
    told, balance = ulak("load", MELTEM[0], "10.50", *load[3:]).splitlines()
    assert "is not done again" in told
    assert balance == "Balance: 10.5"
    assert "Balance: 10\n" in ulak("correct", MELTEM[0], "-0.5", "--note", "sayım", "--key", "siparis-2")
    for other in (("11", *load[3:]), ("10.5", *load[3:], "--forever"), ("10.5", *load[3:], "--note", "not")):
        with pytest.raises(credits.CreditsError) as caught:
            ulak("load", MELTEM[0], *other)
        assert caught.value.code == "credits.key-twice"
    with pytest.raises(UlakError) as refused:
        ulak("load", MELTEM[0], "1", "--key", " ")
    assert refused.value.code == "cli.usage"
    assert ulak("load", ARDIC[0], "5", "--key", "siparis-1") == "Balance: 6\n", "the other's key is another"
    with scoped(Role.OPERATOR):
        assert credits.balance(world.meltem) == 10
        credits.correct(world.meltem, Decimal(-10), "geri")
        credits.correct(world.ardic, Decimal(-5), "geri")


def test_what_fails_under_a_key_may_be_tried_again_and_keys_are_not_forgotten(world: World, ulak: Ulak) -> None:
    late = ("load", MELTEM[0], "1", "--key", "siparis-9")
    with pytest.raises(credits.CreditsError):
        ulak(*late, "--until", "2001-01-01")
    assert ulak(*late) == "Balance: 1\n"
    moment = clock.now() + timedelta(days=400)
    clock.use(lambda: moment)
    try:
        with scoped(Role.PIPELINE):
            credits.forget_sent()
        assert "is not done again" in ulak(*late)
    finally:
        clock.use(None)
    with scoped(Role.OPERATOR):
        credits.correct(world.meltem, Decimal(-1), "geri")


@pytest.mark.parametrize("amount", ["0", "-1", "1,234", "1e3", "NaN", "100000000", "bin", "1_000", "٣", ""])
def test_an_amount_that_cannot_be_is_refused(world: World, amount: str) -> None:
    with pytest.raises(credits.CreditsError) as caught:
        credits.amount_of(amount)
    assert caught.value.code == "credits.amount"


def test_doctor_and_metrics_tell_the_sums(world: World) -> None:
    told = environment.read({})
    (found,) = kontor(told)
    assert (found.level, found.subject) == ("ok", "credits")
    assert b'ulak_kontor{what="sold"} ' in exposition.text()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE credits_account NO FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE credits_account SET balance = balance + 1 WHERE taxpayer_id = %s", [world.ardic])
    assert "doctor.credits-unequal" in [one.code for one in kontor(told)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE credits_account SET balance = balance - 1 WHERE taxpayer_id = %s", [world.ardic])
        cursor.execute("ALTER TABLE credits_account FORCE ROW LEVEL SECURITY")
