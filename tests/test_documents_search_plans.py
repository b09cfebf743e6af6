"""Whatever is looked for, PostgreSQL reads it by an index that was made for it, row-level security or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from bench.portal_world import fill, taxpayer
from django.db import connection

from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.wanted import Wanted, condition

pytestmark = pytest.mark.usefixtures("platform_database")
OUT = Shelf.OUTGOING
DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    made = taxpayer()
    fill(made, 20_000)
    return made


def plan(ardic: int, wanted: Wanted) -> Sequence[str]:
    with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
        asked = condition(ardic, wanted)
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM documents_document WHERE {asked.sql}", asked.values)
        return [line for (line,) in cursor.fetchall()]


LOOKED_FOR = {
    "document_by_party": Wanted(OUT, party="1000007919"),
    "document_by_serial": Wanted(OUT, text="000012"),
    "one_number_each": Wanted(OUT, number="ARD20250000012"),
    "document_number_in": Wanted(Shelf.INCOMING, number="ARD20250000012"),
    "document_labelled": Wanted(OUT, labels=["takip"]),
    "document_waiting": Wanted(OUT, states=[State.TROUBLED]),
    "document_by_amount": Wanted(OUT, least=Decimal("4999"), most=Decimal("4999.50")),
    "document_by_day": Wanted(OUT, issued_from=DAY, issued_until=DAY),
    "document_taken_in": Wanted(OUT, arrived_from=DAY, arrived_until=DAY),
    "one_erp_key_each": Wanted(OUT, text="SIP-1"),
    "one_ettn_each": Wanted(OUT, text=str(UUID(int=7))),
    "document_list": Wanted(OUT, types=["TEVKIFAT"]),
}


@pytest.mark.parametrize("index", LOOKED_FOR)
def test_each_question_has_its_index(ardic: int, index: str) -> None:
    """An operator that is not leakproof would let PostgreSQL read every row of the taxpayer instead."""
    lines = plan(ardic, LOOKED_FOR[index])
    assert any(index in line for line in lines), "\n".join(lines)
