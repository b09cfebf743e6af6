"""Raw SQL shows nobody another taxpayer's rows, in any table, under any role; and operators no contents at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from platform_rows import Table, ask, denied, fill, seen_of_all, tables
from ulak_server.database.roles import Role

ONE, OTHER = 101, 202
SHARED: Final = {
    "audit_block": "digests of all entries together",
    "audit_epoch": "a number",
    "audit_head": "digests",
    "delivery_cursor": "how far the log was read",
    "exchange_counterpart": "how our calls to a counterpart fare",
    "exchange_identity": "whether GİB lets the integrator send",
    "ledgers_extension": "what GİB announced to all",
    "people_limit": "counts under digests",
    "userlist_closure": "GİB's public list",
    "userlist_list_run": "when GİB's list was read",
    "userlist_registered_user": "GİB's public list",
}
"""Tables that belong to no taxpayer, and what is in them."""
PERSONAL: Final = {"people_recovery_code", "people_session", "people_user"}
"""Guarded by person; see the tests of people."""
OPEN_TO_OWN: Final = {
    "archive_data_key": "taxpayer_id IS NULL is the installation's own",
    "archive_dictionary": "taxpayer_id IS NULL is for all",
}
"""Guarded tables with rows of nobody besides."""
WORKERS_ALONE: Final = {
    "exchange_inbound": "whose an envelope is, is known once a worker has opened it",
}
"""Tables with a taxpayer that only workers use; their columns are checked below."""
CONTENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "archive_body": ("data",),
    "archive_data_key": (),
    "archive_draft": ("data",),
    "archive_dictionary": ("data",),
    "delivery_attempt": ("detail",),
    "delivery_call": ("payload",),
    "delivery_hook": ("url", "label", "secret", "old_secret"),
    "delivery_link": ("digest", "label"),
    "delivery_message": ("recipient", "facts", "answered"),
    "delivery_notification": ("facts", "documents"),
    "delivery_suppression": ("address", "detail"),
    "documents_document": (*("party_title", "payable", "currency", "labels", "vat", "party_id", "amount", "serial"),),
    "documents_party": ("number", "title", "sort_key"),
    "documents_party_word": ("word",),
    "documents_tally": ("payable", "vat", "documents"),
    "documents_refusal": ("problem", "name"),
    "exchange_envelope": ("message",),
    "exchange_inbound": ("data", "header"),
    "people_api_key": ("digest",),
    "people_invitation": ("digest",),
    "people_session": ("digest", "pending"),
    "people_recovery_code": ("digest",),
    "people_user": ("password",),
    "taxpayers_own_key": ("address", "secret"),
    "ledgers_book": ("name", "signature"),
    "ledgers_company": ("facts",),
    "ledgers_file": ("name", "digest", "look", "mapping", "error"),
    "ledgers_finding": ("text", "examples"),
    "ledgers_mapping": ("mapping",),
    "ledgers_part": ("debit", "credit", "told"),
    "ledgers_piece": ("data",),
    "ledgers_work": ("said", "error"),
}
"""What operators never see."""
ROLES: Final = tuple(Role)
SEEN_OF_ALL: Final = Path(__file__).with_name("rows_seen_of_all.txt")
"""What a role reads of all taxpayers' rows, whoever it works for: how documents stand, and no contents."""


@pytest.fixture(scope="module")
def every(platform_database: str) -> dict[str, Table]:
    found = tables(platform_database)
    for table in found.values():
        if table.whose and not table.is_partition:
            fill(platform_database, table, [ONE, OTHER])
    return found


def guarded(every: dict[str, Table]) -> list[Table]:
    return [one for one in every.values() if one.whose and one.is_guarded]


def test_every_table_is_guarded_or_belongs_to_nobody(every: dict[str, Table]) -> None:
    for table in every.values():
        if not table.roles:
            continue
        known = table.name in SHARED or table.name in PERSONAL or table.name.startswith(("procrastinate_", "django_"))
        assert known or table.name in WORKERS_ALONE or (table.whose and table.is_guarded), table.name
        assert not (table.name in SHARED and table.whose), table.name
        assert not (table.name in PERSONAL and not table.is_guarded), table.name


def test_partitions_are_reached_through_their_table_alone(every: dict[str, Table]) -> None:
    """A table's policies do not hold for who names its partition."""
    partitions = [one for one in every.values() if one.is_partition]
    assert partitions
    assert [one.name for one in partitions if one.roles] == []


def test_what_workers_alone_use_is_closed_to_the_faces(every: dict[str, Table]) -> None:
    assert "ulak_web" not in every["exchange_inbound"].roles
    for name in WORKERS_ALONE:
        assert not every[name].is_guarded, f"{name} is guarded now: check it with the others"


def test_a_face_sees_the_rows_of_its_scope_and_no_others(every: dict[str, Table]) -> None:
    for table in guarded(every):
        if Role.WEB.value not in table.roles:
            continue
        shown = f"SELECT {table.whose} FROM {table.name} WHERE {table.whose} IS NOT NULL"
        assert ask(Role.WEB, [ONE], shown) == [(ONE,)], table.name
        assert ask(Role.WEB, [], shown) == [], table.name
        assert sorted(ask(Role.WEB, [ONE, OTHER], shown)) == [(ONE,), (OTHER,)], table.name
        assert ask(Role.WEB, [ONE], f"{shown} AND {table.whose} = %s", [OTHER]) == [], table.name


def test_a_face_changes_and_removes_no_row_of_others(every: dict[str, Table]) -> None:
    for table in guarded(every):
        if Role.WEB.value not in table.roles:
            continue
        for statement in (
            f"UPDATE {table.name} SET {table.whose} = {table.whose} WHERE {table.whose} = {OTHER}",
            f"DELETE FROM {table.name} WHERE {table.whose} = {OTHER}",
        ):
            assert denied(Role.WEB, [ONE], statement) or ask(Role.WEB, [ONE], statement) == [0], (table.name, statement)


def test_a_face_gives_no_row_away_and_makes_none_for_others(every: dict[str, Table]) -> None:
    for table in guarded(every):
        if Role.WEB.value not in table.roles:
            continue
        assert denied(Role.WEB, [ONE], f"UPDATE {table.name} SET {table.whose} = {OTHER}"), table.name
        columns = ", ".join(one.name for one in table.columns if not one.is_generated)
        values = (
            columns.replace(table.whose, str(OTHER), 1)
            if table.whose == "id"
            else ", ".join(
                str(OTHER) if one.name == table.whose else one.name for one in table.columns if not one.is_generated
            )
        )
        copied = f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} WHERE {table.whose} = {ONE}"
        assert denied(Role.WEB, [ONE], copied), table.name


def test_a_worker_without_a_scope_sees_roads_and_no_contents(every: dict[str, Table]) -> None:
    for name, columns in CONTENTS.items():
        table = every[name]
        if not table.whose or name in WORKERS_ALONE or name in OPEN_TO_OWN:
            continue
        for column in columns:
            statement = f"SELECT {column} FROM {name} WHERE {table.whose} = {OTHER}"
            is_closed = denied(Role.PIPELINE, [], statement) or ask(Role.PIPELINE, [], statement) == []
            # Messages of envelopes are encrypted, and sent by workers who do not know yet whose they are.
            assert is_closed or name == "exchange_envelope", (name, column)


def test_what_is_seen_of_everybody_was_decided_column_by_column(every: dict[str, Table]) -> None:
    """A table or column that is new shows everybody's rows to operators or workers only once the list says so."""
    found = [
        f"{role} {table.name}: {', '.join(columns)}"
        for role in (Role.OPERATOR, Role.PIPELINE)
        for table in guarded(every)
        if (columns := seen_of_all(role, table))
    ]
    assert found == SEEN_OF_ALL.read_text().splitlines()


def test_operators_see_no_contents_whatever_they_ask(every: dict[str, Table]) -> None:
    for name, columns in CONTENTS.items():
        for column in columns:
            assert denied(Role.OPERATOR, [ONE], f"SELECT {column} FROM {name}"), (name, column)
        if columns:
            assert denied(Role.OPERATOR, [ONE], f"SELECT * FROM {name}"), name
            assert denied(Role.OPERATOR, [ONE], f"SELECT row_to_json(t) FROM {name} t"), name


def test_operators_see_no_taxpayers_keys(every: dict[str, Table]) -> None:
    keys = "SELECT taxpayer_id FROM archive_data_key WHERE taxpayer_id IS NOT NULL"
    assert denied(Role.OPERATOR, [ONE], keys) or ask(Role.OPERATOR, [ONE], keys) == []


def test_operators_see_that_documents_exist_and_how_they_stand(every: dict[str, Table]) -> None:
    shown = ask(Role.OPERATOR, [], "SELECT taxpayer_id, stage, error, number FROM documents_document ORDER BY 1")
    assert [one[0] for one in shown] == [ONE, OTHER]


def test_operators_change_nothing_on_the_road(every: dict[str, Table]) -> None:
    for table in every.values():
        if table.name.startswith(("documents_", "exchange_", "archive_body", "archive_draft", "audit_")):
            for statement in (f"DELETE FROM {table.name}", f"TRUNCATE {table.name}"):
                assert denied(Role.OPERATOR, [ONE], statement), statement
            (column, *_) = (one.name for one in table.columns)
            assert denied(Role.OPERATOR, [ONE], f"UPDATE {table.name} SET {column} = {column}"), table.name


@pytest.mark.parametrize("role", ROLES)
def test_no_role_owns_reads_or_makes_what_is_outside_of_its_grants(role: Role, every: dict[str, Table]) -> None:
    assert denied(role, [ONE], "CREATE TABLE stolen AS SELECT 1")
    assert denied(role, [ONE], "ALTER TABLE documents_document DISABLE ROW LEVEL SECURITY")
    assert denied(role, [ONE], "DROP POLICY web ON documents_document")
    assert denied(role, [ONE], "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert denied(role, [ONE], "SELECT rolpassword FROM pg_authid")
    assert denied(role, [ONE], "COPY documents_document TO PROGRAM 'cat'")
    assert denied(role, [ONE], "DELETE FROM django_migrations")


def test_the_audit_log_is_read_by_whom_it_is_about(every: dict[str, Table]) -> None:
    assert ask(Role.WEB, [ONE], "SELECT DISTINCT taxpayer_id FROM audit_entry") == [(ONE,)]
    for role in ROLES:
        for statement in ("UPDATE audit_entry SET what = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
            assert denied(role, [ONE], statement), (role, statement)
