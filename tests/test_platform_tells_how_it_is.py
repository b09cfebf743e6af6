"""Monitoring learns whether the platform lives, can take documents, and what waits in it; nothing about anybody."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.conf import settings
from django.db import connection
from django.test import Client

from platform_world import ARDIC, invoices, taxpayer
from ulak_server.environment import Environment
from ulak_server.operations import logs, views

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture
def client() -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "HOST", "/nowhere")
        yield
    connection.close()


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    told = Environment({**settings.ENVIRONMENT.values, "ULAK_METRICS_TOKEN": "let-me-see"})
    monkeypatch.setattr(settings, "ENVIRONMENT", told)
    return "let-me-see"


def value(text: str, name: str) -> float:
    return next(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))


def test_health_needs_no_database(client: Client, away: None) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_means_that_documents_can_be_taken_in(client: Client) -> None:
    answer = client.get("/ready")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": True, "migrations": True}
    assert answer.json()["workers"] is False


def test_it_is_not_ready_without_its_database(client: Client, away: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_migrated", False)
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "checks": {"database": False, "migrations": False}}


def test_it_is_not_ready_before_its_tables_are(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_migrated", False)
    monkeypatch.setattr(views, "missing", lambda: ["documents.0099_more"])
    assert client.get("/ready").json()["checks"] == {"database": True, "migrations": False}


def test_answers_of_monitoring_are_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/ready")["Cache-Control"]


def test_only_reading_is_answered(client: Client) -> None:
    assert [client.post(path).status_code for path in ("/health", "/ready", "/metrics")] == [405, 405, 405]


def test_metrics_count_what_waits(client: Client) -> None:
    before = value(client.get("/metrics").content.decode(), 'ulak_queue_documents{work="judge"}')
    invoices(taxpayer(), 3)
    text = client.get("/metrics").content.decode()
    assert value(text, 'ulak_queue_documents{work="judge"}') == before + 3
    assert value(text, 'ulak_queue_oldest_seconds{work="judge"}') >= 0
    assert value(text, "ulak_database_up") == 1
    assert value(text, "ulak_workers") == 0
    assert ARDIC[0] not in text


def test_metrics_say_that_the_database_is_away(client: Client, away: None) -> None:
    text = client.get("/metrics").content.decode()
    assert value(text, "ulak_database_up") == 0
    assert "ulak_request_seconds_bucket" in text


def test_metrics_are_for_this_machine_alone(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403


def test_metrics_are_for_who_has_the_token(client: Client, token: str) -> None:
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_requests_are_counted_by_route_not_by_address(client: Client) -> None:
    for number in range(3):
        client.get(f"/no-such-{number}")
    text = client.get("/metrics").content.decode()
    assert 'route="none"' in text
    assert "no-such" not in text


@pytest.mark.parametrize("given", ["my-call-0001", "5b3f6f2e-6d0c-4b57-9d0f-0a3f2f2b9a11"])
def test_a_sane_request_id_is_kept(client: Client, given: str) -> None:
    assert client.get("/health", headers={"X-Request-Id": given})["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f g h", 'quote"quote"quote', "ünlemünlem"])
def test_any_other_request_gets_one(client: Client, given: str) -> None:
    told = client.get("/health", headers={"X-Request-Id": given})["X-Request-Id"]
    assert told != given
    assert len(told) == 36


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    root = logging.getLogger()
    before, level, own = root.handlers[:], root.level, logging.getLogger("ulak_server").level
    said = StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    logs.configure("test")
    yield said
    root.handlers[:] = before
    root.setLevel(level)
    logging.getLogger("ulak_server").setLevel(own)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def test_a_line_of_the_log_is_json_and_names_nobody(lines: StringIO) -> None:
    try:
        raise ValueError("Key (number)=(4812530769) of ayse@ardic.example exists")
    except ValueError:
        structlog.get_logger("ulak_server.x").exception("it.failed", who="12345678901", document=7)
    logging.getLogger("django.request").warning("Not Found: %s", "/taxpayers/4812530769")
    said = lines.getvalue()
    own, foreign = (json.loads(line) for line in said.splitlines())
    assert (own["event"], own["process"], own["document"], own["level"]) == ("it.failed", "test", 7, "error")
    assert foreign["logger"] == "django.request"
    assert "4812530769" not in said
    assert "12345678901" not in said
    assert "ayse" not in said
    assert "ValueError" in own["exception"]
