"""The roles under which statements run, and what each may see.

The login of ``DATABASE_URL`` owns the tables and is a member of all of them; every transaction of the platform begins
with ``SET LOCAL ROLE`` (`ulak_server.database.scope`). Rows of a tenant are seen only while the transaction works for
that tenant; see `ulak_server.database.policies`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["CREATE_ROLES", "Role"]


class Role(StrEnum):
    """Who a statement runs as."""

    WEB = "ulak_web"
    """Requests of taxpayers' people and ERPs: rows of the taxpayers in scope, and nothing else."""
    PIPELINE = "ulak_pipeline"
    """Workers: the road columns of all rows; contents only of the taxpayers in scope."""
    OPERATOR = "ulak_operator"
    """The operator's people: that documents exist, their states and errors; no contents, ever."""


CREATE_ROLES: Final = """
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ulak_web', 'ulak_pipeline', 'ulak_operator'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', name);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
        BEGIN
            EXECUTE format('GRANT %I TO CURRENT_USER', name);
        EXCEPTION WHEN insufficient_privilege THEN
            -- An administrator made the roles; whether they let this user in is all that matters then.
            IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
                RAISE EXCEPTION 'an administrator has to run: GRANT ulak_web, ulak_pipeline, ulak_operator TO %',
                    quote_ident(current_user) USING ERRCODE = 'insufficient_privilege';
            END IF;
        END;
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION ulak_scope() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('ulak.taxpayers', true), '')::int[] $$;
"""
"""Idempotent; run by the first migration of `audit`, on which all others depend."""
