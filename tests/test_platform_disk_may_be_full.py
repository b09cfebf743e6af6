"""Where the database's disk is full callers are told to come again, and nothing that was taken in is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse

from platform_api import Asker, answer, friendly, program, two_firms
from platform_production import Production, connected, production

MOST = 3000
"""Documents for which no room is left after the disk was filled up."""


@pytest.fixture(scope="module")
def server() -> Iterator[Production]:
    with production(megabytes=160) as made, connected(made.url):
        yield made


def test_callers_come_again_and_nothing_is_lost(server: Production) -> None:
    erp = program(two_firms()[0])
    taken = [answer(erp.post("/documents", friendly()), 202)["id"]]
    filler = server.folder / "filler"
    fill(filler)
    refused = until_refused(erp, taken)
    assert answer(refused, 503)["code"] == "api.unavailable"
    assert refused["Retry-After"]
    batch = erp.call("POST", "/batches", b"{}\n" * 100, kind="application/x-ndjson")
    assert batch.status_code == 503
    filler.unlink()
    taken.append(answer(erp.post("/documents", friendly()), 202)["id"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM documents_document")
        assert cursor.fetchone()[0] == sorted(taken)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as one, suppress(OSError):
        while one.write(bytes(1 << 16)):
            pass


def until_refused(erp: Asker, taken: list[int]) -> HttpResponse:
    for _ in range(MOST):
        response = erp.post("/documents", friendly())
        if response.status_code != 202:
            return response
        taken.append(answer(response, 202)["id"])
    raise AssertionError("the disk is never full")
