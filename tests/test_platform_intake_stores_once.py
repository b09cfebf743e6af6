"""Requests at the same moment store one document: by their key, by ETTN, by the ERP's own key."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from platform_intake import encoded, friendly, listed, sent
from platform_world import ARDIC, taxpayer
from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.batches import hand_in
from ulak_server.documents.existing import forget_handed
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Batch, Document

pytestmark = pytest.mark.usefixtures("platform_database")
AT_ONCE = 4


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer(ARDIC)


def together(work: Callable[[], Any]) -> tuple[Sequence[Any], Sequence[str]]:
    """What several threads that begin together got: results, and codes of refusals."""
    start = threading.Barrier(AT_ONCE)
    results: list[Any] = []
    codes: list[str] = []

    def run() -> None:
        start.wait(10)
        try:
            results.append(work())
        except UlakError as error:
            codes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(results) + len(codes) == AT_ONCE
    return results, codes


def count(taxpayer: int) -> int:
    with scoped(Role.WEB, [taxpayer]):
        return Document.objects.count()


def test_one_key_is_one_document(ardic: int) -> None:
    data = encoded(friendly())
    for turn in range(5):
        before = count(ardic)
        results, codes = together(partial(sent, ardic, data, key=f"same-{turn}"))
        assert codes == []
        assert len({taken.id for taken in results}) == 1
        assert sorted(taken.is_repeated for taken in results) == [False, True, True, True]
        assert count(ardic) == before + 1


def test_one_ettn_is_one_document(ardic: int) -> None:
    data = encoded(friendly(uuid=str(uuid4())))
    results, codes = together(lambda: sent(ardic, data))
    assert (len(results), set(codes)) == (1, {"intake.ettn-taken"})


def test_one_record_of_the_erp_is_one_document(ardic: int) -> None:
    results, codes = together(lambda: sent(ardic, encoded(friendly()), options=Options(erp_key="once")))
    assert (len(results), set(codes)) == (1, {"intake.erp-key-taken"})


def test_one_key_is_one_batch(ardic: int) -> None:
    content = encoded([friendly()])
    results, codes = together(lambda: hand_in(ardic, content, "json", key="batch"))
    assert codes == []
    assert len({one.id for one in results}) == 1
    with scoped(Role.WEB, [ardic]):
        assert Batch.objects.filter(key="batch").count() == 1


def test_old_keys_are_forgotten_by_workers_and_the_documents_stay(ardic: int) -> None:
    data = encoded(friendly())
    first = sent(ardic, data, key="old")
    with scoped(Role.PIPELINE):
        assert forget_handed(clock.now() - timedelta(days=30)) == 0
        assert forget_handed(clock.now() + timedelta(days=1)) > 0
    again = sent(ardic, data, key="old")
    assert (again.is_repeated, again.id == first.id) == (False, False)
    assert count(ardic) >= 2
