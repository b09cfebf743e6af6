"""A whole installation works on the oldest PostgreSQL that it promises, and through a pooler of transactions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli_support import ulak
from platform_installation import Installation, Merkez, installation, wait_until
from platform_production import Production, production

COUNT = 40
_PARTS = {"doctor.database", "doctor.pooled", "doctor.direct-away", "doctor.direct-other", "doctor.idle-transactions"}


@pytest.fixture(scope="module")
def servers() -> Iterator[Production]:
    with production() as made:
        yield made


def told_by(servers: Production, way: str) -> dict[str, str]:
    if way == "directly":
        return {"DATABASE_URL": servers.url}
    return {"DATABASE_URL": servers.pooled, "DATABASE_DIRECT_URL": servers.url}


@pytest.mark.parametrize("way", ["directly", "through a pooler"])
def test_documents_go_out_come_in_and_are_answered(servers: Production, way: str) -> None:
    servers.database()
    with installation(**told_by(servers, way)) as (platform, merkez):
        ardic, meltem = platform.told("set-up", str(10 * COUNT))
        _feed(platform, merkez, ardic)
        wait_until(lambda: _stages(platform, 1) == {"delivered": COUNT}, 90, 0.3)
        ((came,),) = platform.sql("SELECT count(*) FROM documents_document WHERE direction = 2")
        assert came > 0
        platform.told("accept", meltem)
        wait_until(lambda: _answered(platform) == came, 60, 0.3)
        numbers = platform.sql("SELECT number FROM documents_document WHERE number LIKE 'ARD%%' AND direction = 1")
        assert sorted(int(number[7:]) for (number,) in numbers) == list(range(1, COUNT + 1))
        merkez.post("/clock", advance=3700)
        synced = platform.command("lists", "sync")
        assert synced.returncode == 0, synced.stderr
        assert platform.sql("SELECT count(*) FROM userlist_registered_user")[0][0] > 0
        assert platform.told("verify")[0] == "holds"
        _is_well(platform)


def _feed(platform: Installation, merkez: Merkez, ardic: str) -> None:
    portal = merkez.get("/portal")
    alias = next(one["alias"] for one in portal["units"] if one["role"] == "PK")
    feeder = platform.beside("feed", ardic, str(COUNT), portal["number"], alias, "5")
    feeder.communicate(timeout=60)
    assert feeder.returncode == 0


def _stages(platform: Installation, direction: int) -> dict[str, int]:
    found = platform.sql(
        "SELECT stage, count(*) FROM documents_document WHERE direction = %s AND kind = 'invoice' GROUP BY stage",
        direction,
    )
    return dict(found)


def _answered(platform: Installation) -> int:
    """Answers that are delivered."""
    ((count,),) = platform.sql(
        "SELECT count(*) FROM documents_document"
        " WHERE kind = 'application_response' AND direction = 1 AND stage = 'delivered'"
    )
    return int(count)


def _is_well(platform: Installation) -> None:
    """The doctor finds nothing about the database, and as many workers as there are."""
    findings = {one["subject"]: one for one in json.loads(platform.command("doctor", "--format", "json").stdout)}
    assert not {one["code"] for one in findings.values()} & _PARTS
    assert findings["sessions"]["level"] == "ok"
    assert findings["workers"]["text"]["en"].startswith("2 "), findings["workers"]


def test_a_pooler_alone_is_refused_and_told(servers: Production, tmp_path: Path) -> None:
    servers.database()
    alone = {"ULAK_DATA": str(tmp_path), "DATABASE_URL": servers.pooled}
    (strict,) = (one for one in _findings(alone) if one["subject"] == "database")
    assert (strict["code"], "DATABASE_DIRECT_URL" in strict["repair"]["en"]) == ("doctor.database", True)
    servers.pool(is_lenient=True)
    for told in (alone, {**alone, "DATABASE_DIRECT_URL": servers.pooled}):
        refused = ulak("worker", "--migrate", env=told)
        assert refused.code != 0
        assert "DATABASE_DIRECT_URL" in refused.err
        assert "doctor.pooled" in {one["code"] for one in _findings(told)}


def test_another_database_is_told(servers: Production, tmp_path: Path) -> None:
    servers.database()
    other = servers.url.replace("/prod", "/postgres")
    told = {"ULAK_DATA": str(tmp_path), "DATABASE_URL": servers.url, "DATABASE_DIRECT_URL": other}
    assert "doctor.direct-other" in {one["code"] for one in _findings(told)}


def _findings(told: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ulak("doctor", "--format", "json", env=told).out)
    return found
