"""Rows of a taxpayer are seen by nobody who does not work for that taxpayer, whatever the statement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from ulak_server.database.roles import Role
from ulak_server.database.scope import NotScoped, scoped
from ulak_server.taxpayers.models import Taxpayer

pytestmark = pytest.mark.usefixtures("platform_database")


def _add(number: str) -> int:
    with scoped(Role.PIPELINE):
        taxpayer = Taxpayer(number=number, title=f"T{number}", contract_from=date(2026, 1, 1))
        taxpayer.save(force_insert=True)
        return taxpayer.id


def test_a_query_outside_of_a_scope_is_refused_in_python() -> None:
    with pytest.raises(NotScoped):
        Taxpayer.objects.count()


def test_raw_sql_without_a_where_shows_the_scope_alone() -> None:
    one, other = _add("1234567801"), _add("1234567802")
    with scoped(Role.WEB, [one]), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM taxpayers_taxpayer")
        assert cursor.fetchall() == [(one,)]
    with scoped(Role.WEB, [one, other]):
        assert {each.id for each in Taxpayer.objects.all()} == {one, other}
    with scoped(Role.WEB):
        assert not Taxpayer.objects.exists()
