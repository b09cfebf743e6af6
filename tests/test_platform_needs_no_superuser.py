"""The user of DATABASE_URL owns the tables and is no superuser: row-level security holds for it as well."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections

from platform_database import admin, connect_django, database, drop, settled, url_of
from platform_world import invoices, taxpayer
from ulak_server.archive.partitions import make_ahead
from ulak_server.audit.sealing import seal_next
from ulak_server.audit.verifying import verify
from ulak_server.database.migrating import bring_up_to_date
from ulak_server.database.roles import CREATE_ROLES, Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document

ALL = ", ".join(Role)


@contextmanager
def owned(*, admin_made: bool) -> Iterator[tuple[str, str]]:
    """A new user without powers, and an empty database of theirs; the roles of Ulak are theirs if an administrator
    granted them, or theirs to grant, as of whoever made them by CREATEROLE."""
    user, name = f"o{secrets.token_hex(5)}", f"t{secrets.token_hex(6)}"
    options = "" if admin_made else " WITH ADMIN OPTION, SET FALSE, INHERIT FALSE"
    admin(f"CREATE ROLE {user} LOGIN NOSUPERUSER NOBYPASSRLS")
    admin(f"GRANT {ALL} TO {user}{options}")
    admin(f'CREATE DATABASE "{name}" OWNER {user}')
    try:
        yield user, name
    finally:
        drop(name)
        admin(f"DROP ROLE {user}")


def as_user(user: str, name: str) -> psycopg.Connection:
    return psycopg.connect(url_of(name).replace("postgres@", f"{user}@"), autocommit=True)


@pytest.fixture(scope="module", autouse=True)
def roles() -> None:
    """They are made with the first database."""
    drop(database())


def test_an_owner_without_powers_runs_migrations_and_works_within_row_security() -> None:
    with owned(admin_made=True) as (user, name), connect_django(name):
        connections["default"].settings_dict["USER"] = user
        assert "exchange.0002_rows" in bring_up_to_date()
        ardic = taxpayer()
        (id,) = invoices(ardic)
        with scoped(Role.WEB, [ardic]):
            assert Document.objects.get(id=id).stage == "accepted"
        with scoped(Role.WEB, [ardic + 1]):
            assert not Document.objects.exists()
        with scoped(Role.PIPELINE):
            assert Document.objects.only("id").filter(id=id).exists()
        assert make_ahead() == 0
        settled()
        while seal_next():
            pass
        assert verify().fault is None
        assert verify().entries


def test_whoever_made_the_roles_grants_them_to_themselves() -> None:
    with owned(admin_made=False) as (user, name), as_user(user, name) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET ROLE ulak_web")
        connection.execute(CREATE_ROLES)
        connection.execute("SET ROLE ulak_web")


def test_whom_nobody_let_in_is_told_what_the_administrator_has_to_do() -> None:
    with owned(admin_made=True) as (user, name), as_user(user, name) as connection:
        admin(f"REVOKE {ALL} FROM {user}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=f"GRANT .* TO {user}"):
            connection.execute(CREATE_ROLES)
