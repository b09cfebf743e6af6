"""What is accepted is stored whole: its row, its body, its timeline."""

from __future__ import annotations

import pytest
from django.db import connection

from platform_world import invoices, taxpayer
from ulak.lifecycle import documents as law
from ulak_server.archive.services import Ref, read
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import DOCUMENTS

pytestmark = pytest.mark.usefixtures("platform_database")


def test_row_body_and_timeline_are_there() -> None:
    one = taxpayer()
    ids = invoices(one, 3)
    with scoped(Role.WEB, [one]):
        rows = list(Document.objects.filter(id__in=ids).order_by("id"))
        bodies = read([Ref(one, row.month, row.id) for row in rows])
        told = list(Entry.objects.filter(documents__contains=[ids[0]]))
    assert [row.stage for row in rows] == ["accepted"] * 3
    assert all(str(row.ettn).encode() in bodies[Ref(one, row.month, row.id)] for row in rows)
    assert [entry.what for entry in told] == ["document.accepted"]
    with happening() as shell:
        for id in ids:
            shell.happen(DOCUMENTS, id, law.Judged(True, 0))
    with scoped(Role.WEB, [one]):
        assert {row.stage for row in Document.objects.all()} == {"judged"}
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM archive_body")
        assert cursor.fetchone() == (0,)
