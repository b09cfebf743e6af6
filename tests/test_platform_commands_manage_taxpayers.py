"""Operators take on taxpayers, people and programs from the shell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import typer

from center_registry import INTEGRATOR
from platform_database import url_of
from platform_merkez import environment
from platform_people import PASSWORD
from ulak.cli.session import Session
from ulak.errors import UlakError
from ulak.lifecycle import reports
from ulak_server import clock, commands
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import records
from ulak_server.exchange.models_of_reports import Report, ReportEntry, What
from ulak_server.people import services as people
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Taxpayer

NUMBER = "4812530769"
Ulak = Callable[..., str]


@pytest.fixture
def ulak(platform_database: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ulak:
    """A command of the platform's; what it wrote."""
    monkeypatch.setenv("DATABASE_URL", url_of(platform_database))
    plugins = {
        "taxpayer": commands.taxpayer,
        "user": commands.user,
        "api-key": commands.api_key,
        "reporting": commands.reporting,
    }

    def run(name: str, *arguments: str, exit: int = 0) -> str:
        command: Any = typer.main.get_command(plugins[name].group)
        session = Session("en")
        code = command.main([*arguments], prog_name=f"ulak {name}", standalone_mode=False, obj=session)(session)
        session.flush()
        assert code == exit
        return capfd.readouterr().out

    return run


@pytest.fixture
def ardic(ulak: Ulak) -> int:
    with scoped(Role.OPERATOR):
        found = Taxpayer.objects.filter(number=NUMBER).first()
    if found is None:
        ulak("taxpayer", "add", NUMBER, "--title", "Ardıç Ticaret A.Ş.")
        with scoped(Role.OPERATOR):
            found = taxpayers.by_number(NUMBER)
    return found.id


def test_a_taxpayer_is_taken_on_with_details_aliases_series_and_accounts(
    ulak: Ulak, ardic: int, tmp_path: Path
) -> None:
    details = tmp_path / "details.json"
    details.write_text('{"tax_office": "Çankaya", "address": {"city": "Ankara", "town": "Çankaya"}}', "utf-8")
    said = ulak(
        "taxpayer", "add", "10000000146", "--first-name", "Ayşe", "--family-name", "Öz", "--details", str(details),
        "--from", "2026-01-01", "--until", "2099-12-31",
    )  # fmt: skip
    assert "10000000146 Ayşe Öz" in said
    for role in ("GB", "PK"):
        ulak("taxpayer", "alias", NUMBER, "einvoice", role, f"urn:mail:komut{role.lower()}@ardic.example")
    ulak("taxpayer", "series", NUMBER, "invoice", "KMT", "--last", "41", "--branch", "Ankara")
    ulak("taxpayer", "series", NUMBER, "earchive_invoice", "KMW", "--purpose", "internet")
    with pytest.raises(UlakError) as caught:
        ulak("taxpayer", "open", NUMBER, "einvoice", "--kind", "vuk507_private")
    assert caught.value.code == "account.no-integrator"
    with environment(ULAK_INTEGRATOR_NUMBER=INTEGRATOR):
        ulak("taxpayer", "open", NUMBER, "einvoice", "--kind", "vuk507_private")
    shown = ulak("taxpayer", "list")
    assert "4812530769  Ardıç Ticaret A.Ş.\n    einvoice    contracted" in shown
    with scoped(Role.WEB, [ardic]):
        assert taxpayers.choose_series(ardic, "invoice", branch="Ankara").prefix == "KMT"
        assert taxpayers.choose_series(ardic, "earchive_invoice", purpose="internet").prefix == "KMW"


def test_an_invited_person_and_a_program_get_in(ulak: Ulak, ardic: int) -> None:
    token = ulak("user", "add", "sahip@ardic.example", "--taxpayer", NUMBER, "--role", "owner").split()[-1]
    people.accept_invitation(token, password=PASSWORD)
    assert "owner      sahip@ardic.example" in ulak("user", "list", "--taxpayer", NUMBER)
    key = ulak("api-key", "new", "--taxpayer", NUMBER, "--name", "ERP", "--scope", "documents.read").strip()
    caller = people.authenticate_key(key)
    assert caller.grants == {ardic: frozenset({"documents.read"})}
    assert "ERP  documents.read" in ulak("api-key", "list", "--taxpayer", NUMBER)
    ulak("api-key", "revoke", "--taxpayer", NUMBER, str(caller.key))
    with pytest.raises(UlakError, match="revoked"):
        people.authenticate_key(key)
    ulak("user", "shut-out", "Sahip@ardic.example")
    with pytest.raises(UlakError, match="wrong"):
        people.sign_in("sahip@ardic.example", PASSWORD)


def test_an_operator_is_added_with_a_password_from_a_file(ulak: Ulak, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", "utf-8")
    ulak("user", "add", "op@entegrator.example", "--operator", "--password-file", str(file))
    assert people.sign_in("op@entegrator.example", PASSWORD).level == "second-factor-missing"


def test_seals_are_chosen(ulak: Ulak, ardic: int, tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text("1234\n", "utf-8")
    ulak("taxpayer", "seal", NUMBER, "--key", "pkcs12:/anahtar.p12", "--secret-file", str(file))
    with scoped(Role.PIPELINE, [ardic]):
        assert taxpayers.own_key(ardic) == ("pkcs12:/anahtar.p12", "1234")
    ulak("taxpayer", "seal", NUMBER)
    with scoped(Role.PIPELINE, [ardic]):
        assert taxpayers.own_key(ardic) is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("taxpayer", "add", "4812530768", "--title", "x"), "taxpayer.number"),
        (("taxpayer", "alias", "7359021640", "einvoice", "GB", "urn:mail:x"), "taxpayer.unknown"),
        (("taxpayer", "close", NUMBER, "edespatch"), "account.none"),
        (("taxpayer", "request", NUMBER, "edespatch"), "cli.usage"),
        (("taxpayer", "add", NUMBER, "--title", "x", "--from", "yesterday"), "cli.usage"),
        (("taxpayer", "series", NUMBER, "invoice", "XYZ", "--last", "on"), "cli.usage"),
        (("taxpayer", "series", NUMBER, "invoice", "XYZ", "--purpose", "internet"), "taxpayer.series-purpose"),
        (("user", "add", "x@ornek.example"), "cli.usage"),
        (("user", "shut-out", "kimse@ornek.example"), "people.no-such-user"),
    ],
)
def test_mistakes_are_said_with_their_code(ulak: Ulak, ardic: int, arguments: tuple[str, ...], code: str) -> None:
    with pytest.raises(UlakError) as caught:
        ulak(*arguments)
    assert caught.value.code == code


def test_every_command_and_option_has_its_words() -> None:
    for plugin in (commands.taxpayer, commands.user, commands.api_key):
        root: Any = typer.main.get_command(plugin.group)
        for name, command in root.commands.items():
            words = plugin.help[f"ulak {root.name} {name}"]
            names = {one.name for one in command.params if one.name != "help"}
            assert names == set(words.parameters), name


# -- reports -----------------------------------------------------------------------------------------------------------


def test_operators_see_how_reports_stand_and_have_them_sent(ulak: Ulak, ardic: int) -> None:
    assert "There are no reports." in ulak("reporting", "list")
    assert "Balanced." in ulak("reporting", "balance", NUMBER)
    assert "Nothing waits." in ulak("reporting", "send", NUMBER)
    now, id = clock.now(), uuid4()
    refused = reports.begun(now, due_at=now, seed=1)._replace(stage=reports.Stage.REFUSED, code="151")
    with scoped(Role.PIPELINE, [ardic]):
        Report.objects.create(
            id=id, taxpayer_id=ardic, product="earsiv", month=clock.today().replace(day=1), day=clock.today(),
            entries=1, section_no=1, cause="night", due_at=now, created_at=now, stage="refused", wake_at=now,
            road=records.write(refused),
        )  # fmt: skip
        for document, report in enumerate((id, None), 1):
            ReportEntry.objects.create(
                taxpayer_id=ardic, document_id=document, what=What.ISSUED, kind="earchive_invoice", product="earsiv",
                day=clock.today(), made_at=now, ready_at=now + timedelta(days=1), due_at=now,
                report_id=report,
            )  # fmt: skip
    for arguments in ((), ("--stage", "refused"), ("--taxpayer", NUMBER)):
        said = ulak("reporting", "list", *arguments)
        assert f"{NUMBER}  {clock.today()}  earsiv-1  {id}  refused" in said
    assert "There are no reports." in ulak("reporting", "list", "--stage", "accepted")
    said = ulak("reporting", "balance", NUMBER, exit=1)
    assert "issued: 0 among documents, 0 in reports, 0 at GİB" in said, said
    assert "×" in said
    assert "1 entries set out." in ulak("reporting", "send", NUMBER, "--product", "earsiv")
