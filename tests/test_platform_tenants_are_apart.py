"""Rows of a taxpayer are seen by nobody who does not work for that taxpayer, whatever the statement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ulak_server.database.roles import Role
from ulak_server.database.scope import NotScoped, row_of, scoped
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


def test_a_row_read_in_one_round_trip_is_of_the_scope_and_leaves_none_behind() -> None:
    one, other = _add("1234567821"), _add("1234567822")
    read = "SELECT current_user::text, id FROM taxpayers_taxpayer WHERE number = %s"
    assert row_of(Role.WEB, [one], read, ["1234567821"]) == ("ulak_web", one)
    assert row_of(Role.WEB, [one], read, ["1234567822"]) is None
    assert row_of(Role.WEB, [other], read, ["1234567822"]) == ("ulak_web", other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, coalesce(current_setting('ulak.taxpayers', true), '')")
        user, taxpayers = cursor.fetchone()
    assert user != "ulak_web"
    assert taxpayers == ""
    with pytest.raises(DatabaseError):
        row_of(Role.WEB, [one], "SELECT 1 / 0", [])
    assert row_of(Role.WEB, [one], read, ["1234567821"]) == ("ulak_web", one)


def test_a_row_cannot_be_read_in_a_scope_of_its_own_within_another_transaction() -> None:
    with scoped(Role.WEB), pytest.raises(NotScoped):
        row_of(Role.WEB, [1], "SELECT 1", [])
    with transaction.atomic(), pytest.raises(NotScoped):
        row_of(Role.WEB, [1], "SELECT 1", [])
