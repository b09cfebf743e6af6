"""``ulak doctor`` names whatever an installation lacks, and what to do about it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from cli_support import ulak
from platform_database import admin, connect_django, drop, url_of
from platform_world import taxpayer
from seal_pki import KNOWN_KEY, KNOWN_TRUST
from ulak.cli.session import Session
from ulak.render import qr_picture
from ulak_server import clock, environment
from ulak_server.archive import recipes
from ulak_server.archive.problems import ArchiveError
from ulak_server.commands.supervising import run_worker
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.environment import VARIABLES, Environment
from ulak_server.exchange.ledgers.services import expect
from ulak_server.exchange.models_of_ledgers import LedgerTerm
from ulak_server.operations.examination import database, outside
from ulak_server.operations.examination import settings as own
from ulak_server.operations.examination.archive import archive
from ulak_server.operations.examination.finding import Check, Finding
from ulak_server.operations.examination.ledgers import ledgers
from ulak_server.operations.problems import PROBLEMS
from ulak_server.userlist.models import ListRun
from wire_server import http, serving

pytestmark = pytest.mark.usefixtures("platform_database")

WHOLE = {
    "ULAK_INTEGRATOR_NUMBER": "4812530769",
    "ULAK_INTEGRATOR_TITLE": "Ulak A.Ş.",
    "ULAK_INTEGRATOR_SENDER": "urn:mail:defaultgb@ulak.example",
    "ULAK_INTEGRATOR_MAILBOX": "urn:mail:defaultpk@ulak.example",
    "ULAK_SEAL_KEY": f"pkcs12:{KNOWN_KEY.p12}",
    "ULAK_TRUST": str(KNOWN_TRUST),
    "ULAK_MERKEZ_URL": "https://merkez.example/EFatura",
    "ULAK_USERLIST_URL": "https://merkez.example/lists/",
}


def told(tmp_path: Path, **changes: str) -> Environment:
    return environment.read({"ULAK_DATA": str(tmp_path), **WHOLE, **changes})


def codes(check: Check, of: Environment) -> list[str]:
    return [one.code for one in check(of) if one.code]


def bad(check: Check, of: Environment) -> Finding:
    return next(one for one in check(of) if one.code)


@pytest.fixture
def in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A whole environment, by which the platform's own modules go too."""
    whole = told(tmp_path)
    monkeypatch.setattr(settings, "ENVIRONMENT", whole)
    return whole


def test_a_whole_environment_has_no_fault(tmp_path: Path) -> None:
    assert codes(own.variables, told(tmp_path)) == []


def test_every_variable_is_told(tmp_path: Path) -> None:
    assert [one.subject for one in own.variables(told(tmp_path))] == [one.name for one in VARIABLES]


@pytest.mark.parametrize("name", WHOLE)
def test_what_has_no_default_is_missed(tmp_path: Path, name: str) -> None:
    found = bad(own.variables, told(tmp_path, **{name: ""}))
    assert (found.subject, found.code, found.level) == (name, "doctor.variable-missing", "error")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ULAK_LISTEN", "8000"),
        ("ULAK_LISTEN", "127.0.0.1:99999"),
        ("ULAK_PUBLIC_URL", "ulak.example"),
        ("ULAK_PUBLIC_URL", "http://[::1"),
        ("ULAK_WORKERS", "many"),
        ("ULAK_WORKERS", "0"),
        ("ULAK_WORKERS", "²"),
        ("ULAK_WEB_PROCESSES", "-1"),
        ("ULAK_WEB_ONE_CORE", "2"),
        ("ULAK_POLICY", "{quick}"),
        ("ULAK_POLICY", "[1]"),
        ("ULAK_POLICY", '{"no_such_time": 1}'),
        ("ULAK_LANGUAGE", "de"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, value: str) -> None:
    found = bad(own.variables, told(tmp_path, **{name: value}))
    assert (found.subject, found.code) == (name, "doctor.variable-wrong")
    assert found.repair.en


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    secrets = {one.name: "postgresql://u:hush-hush@h/d" for one in VARIABLES if one.is_secret}
    findings = list(own.variables(told(tmp_path, **secrets)))
    assert len(secrets) >= 3
    assert not any("hush" in text for one in findings for text in one.text)


def test_a_rehearsal_and_open_lines_are_warned_of(tmp_path: Path) -> None:
    found = codes(
        own.variables, told(tmp_path, ULAK_POLICY='{"call_lease": 5}', ULAK_MERKEZ_URL="http://merkez.example/")
    )
    assert sorted(found) == ["doctor.not-https", "doctor.rehearsal"]


def test_a_secret_that_others_can_read_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "secret-key"
    secret.write_bytes(b"x")
    secret.chmod(0o644)
    assert codes(own.files, told(tmp_path)) == ["doctor.open-to-others"]
    secret.chmod(0o600)
    assert codes(own.files, told(tmp_path)) == []


def test_a_data_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert codes(own.files, told(tmp_path / "file" / "data")) == ["doctor.folder"]


def test_a_full_disk_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one.subject for one in own.disk(told(tmp_path / "to" / "come"))] == ["disk"]
    monkeypatch.setattr(own, "_LEAST_FREE", 10**9)
    assert codes(own.disk, told(tmp_path)) == ["doctor.disk-full"]


def test_a_database_in_use_is_well(tmp_path: Path) -> None:
    # Tests do without durability, which the doctor notices, and have no workers.
    assert codes(database.database, told(tmp_path)) == ["doctor.not-durable", "doctor.not-durable", "doctor.no-workers"]


def test_a_new_installation_has_no_fault_for_not_being_set_up_yet(tmp_path: Path, platform_database: str) -> None:
    name = f"{platform_database}_empty"
    admin(f'CREATE DATABASE "{name}"')
    try:
        with connect_django(name):
            assert set(codes(database.database, told(tmp_path))) == {"doctor.not-durable"}, "tests do without"
            _execute("CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz)")
            assert codes(database.database, told(tmp_path))[-1] == "doctor.migrations"
    finally:
        drop(name)


def test_each_thing_is_told_once(tmp_path: Path) -> None:
    subjects = [one.subject for check in (own.variables, own.files, own.disk) for one in check(told(tmp_path))]
    assert len(subjects) == len(set(subjects))


def test_a_table_whose_rows_are_open_is_told(tmp_path: Path) -> None:
    try:
        _execute("ALTER TABLE documents_document NO FORCE ROW LEVEL SECURITY")
        found = bad(lambda of: (one for one in database.database(of) if one.subject == "row security"), told(tmp_path))
    finally:
        _execute("ALTER TABLE documents_document FORCE ROW LEVEL SECURITY")
    assert found.code == "doctor.row-security"
    assert "documents_document" in found.text.en


def test_a_database_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    assert codes(database.database, told(tmp_path)) == ["doctor.database"]


def test_the_seal_opens(in_force: Environment) -> None:
    (found,) = outside.seal(in_force)
    assert found.level == "ok"
    assert "2045" in found.text.en


def test_a_seal_of_somebody_else_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = told(tmp_path, ULAK_INTEGRATOR_NUMBER="7359021640")
    monkeypatch.setattr(settings, "ENVIRONMENT", other)
    found = bad(outside.seal, other)
    assert found.code == "doctor.seal-key"
    assert "4812530769" in found.text.en
    assert "7359021640" in found.text.en


@pytest.mark.parametrize("address", ["pkcs12:/nowhere.p12", "nonsense", "pkcs11:"])
def test_a_seal_that_does_not_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    other = told(tmp_path, ULAK_SEAL_KEY=address)
    monkeypatch.setattr(settings, "ENVIRONMENT", other)
    assert codes(outside.seal, other) == ["doctor.seal-key"]


def test_a_seal_that_ends_soon_is_warned_of(in_force: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "_SOON", timedelta(days=365 * 30))
    assert codes(outside.seal, in_force) == ["doctor.seal-expires"]


def test_trusted_roots_are_counted(in_force: Environment) -> None:
    assert [one.level for one in outside.trust(in_force)] == ["ok"]


def test_a_folder_without_roots_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(outside.trust, told(tmp_path, ULAK_TRUST=str(tmp_path / "empty"))) == ["doctor.trust"]
    assert codes(outside.trust, told(tmp_path, ULAK_TRUST=str(tmp_path / "none"))) == ["doctor.trust"]


def test_merkez_answers_and_its_clock_is_ours(tmp_path: Path) -> None:
    now = datetime.now().astimezone().strftime("%a, %d %b %Y %H:%M:%S %z")
    for moment, expected in ((now, []), ("Mon, 01 Jan 2024 00:00:00 GMT", ["doctor.center-clock"]), ("soon", [])):
        with serving(lambda c, _: c.sendall(http(500, "text/xml", b"<a/>", f"Date: {moment}"))) as (port, _):  # noqa: B023
            of = told(tmp_path, ULAK_MERKEZ_URL=f"http://127.0.0.1:{port}/EFatura")
            assert codes(outside.center, of) == expected


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://", "no address", "http://exa mple/"])
def test_a_merkez_that_does_not_answer_is_told(tmp_path: Path, url: str) -> None:
    assert codes(outside.center, told(tmp_path, ULAK_MERKEZ_URL=url)) == ["doctor.center"]


def test_a_list_that_was_not_read_for_long_is_warned_of(tmp_path: Path) -> None:
    assert codes(outside.user_list, told(tmp_path)) == ["doctor.user-list"]
    run = ListRun(name="Pk", outcome="taken", entries=12, started_at=clock.now())
    with scoped(Role.PIPELINE):
        run.save(force_insert=True)
    assert codes(outside.user_list, told(tmp_path)) == []
    with scoped(Role.PIPELINE):
        ListRun.objects.filter(id=run.id).update(started_at=run.started_at - timedelta(days=2))
    assert codes(outside.user_list, told(tmp_path)) == ["doctor.user-list"]


def test_what_electronic_books_lack_is_told_once_somebody_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ULAK_HOME", str(tmp_path / "home"))
    assert codes(ledgers, told(tmp_path)) == []
    keeper = taxpayer()
    with scoped(Role.PIPELINE, [keeper]):
        expect(keeper, "", date(2026, 10, 1), clock.now() + timedelta(days=80))
    unset = ["doctor.ledgers-unset", "doctor.ledgers-unset", "doctor.ledgers-unstamped", "doctor.ledgers-rules"]
    assert codes(ledgers, told(tmp_path)) == unset
    with scoped(Role.PIPELINE, [keeper]):
        LedgerTerm.objects.filter(taxpayer_id=keeper).delete()


def test_the_command_tells_all_of_it(tmp_path: Path, platform_database: str) -> None:
    given = {**WHOLE, "ULAK_DATA": str(tmp_path), "DATABASE_URL": url_of(platform_database), "ULAK_MERKEZ_URL": ""}
    ran = ulak("--lang", "en", "doctor", "--format", "json", env=given)
    assert ran.code == 1, ran.err
    findings = json.loads(ran.out)
    faults = {one["code"] for one in findings if one["level"] == "error"}
    assert faults == {"doctor.variable-missing", "doctor.not-durable"}
    assert {"ULAK_MERKEZ_URL", "database", "seal", "trust"} <= {one["subject"] for one in findings}
    page = ulak("--lang", "en", "doctor", env=given)
    assert page.code == 1
    assert "[doctor.variable-missing]" in page.out
    assert "Set it in the environment." in page.out


def test_without_a_database_the_rest_is_told(tmp_path: Path) -> None:
    given = {**WHOLE, "ULAK_DATA": str(tmp_path), "DATABASE_URL": "postgresql://u@127.0.0.1:1/d"}
    ran = ulak("doctor", "--format", "json", env={**given, "ULAK_MERKEZ_URL": "http://127.0.0.1:1/"})
    found = {one["code"] for one in json.loads(ran.out)}
    assert {"doctor.database", "doctor.center"} <= found
    assert any(one["subject"] == "seal" and one["level"] == "ok" for one in json.loads(ran.out))


def test_settings_that_cannot_be_read_end_with_a_sentence(tmp_path: Path) -> None:
    ran = ulak("doctor", "--format", "json", env={"ULAK_DATA": str(tmp_path), "ULAK_PUBLIC_URL": "here"})
    assert ran.code == 1
    assert "doctor.variable-wrong" in ran.out
    served = ulak(
        "serve", env={"ULAK_DATA": str(tmp_path), "ULAK_PUBLIC_URL": "here", "DATABASE_URL": "postgresql:///x"}
    )
    assert served.code == 2
    assert "environment.not-an-url" in served.err
    assert "Traceback" not in served.err


def test_django_commands_run(tmp_path: Path, platform_database: str) -> None:
    given = {"ULAK_DATA": str(tmp_path), "DATABASE_URL": url_of(platform_database)}
    assert "System check identified no issues" in ulak("manage", "check", env=given).out
    unknown = ulak("manage", "no-such-command", env=given)
    assert unknown.code == 2
    assert "Traceback" not in unknown.err


def test_every_sentence_can_be_said() -> None:
    names = "name about detail given folder file free found least role table count seconds until url state"
    facts = dict.fromkeys(names.split(), "…")
    for problem in PROBLEMS.values():
        for text in (*problem.text, *problem.repair):
            assert text.format(**facts)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_changed_encoder_is_told_and_serves_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(archive, told(tmp_path)) == []
    recipes._encoder.cache_clear()
    monkeypatch.setattr(qr_picture, "is_as_ever", lambda: False)
    assert codes(archive, told(tmp_path)) == ["doctor.encoder"]
    monkeypatch.setenv("ULAK_DATA", str(tmp_path))
    with pytest.raises(ArchiveError) as refused:
        run_worker(Session("en"), processes=None, migrate=False)
    assert refused.value.code == "archive.encoder"
