"""What workers look for, as a function: its plans are kept, where planning took most of each look."""

from __future__ import annotations

from django.db import migrations


def _first(name: str, table: str, condition: str, order: str) -> str:
    return f"(SELECT '{name}' FROM {table} WHERE {condition} ORDER BY {order} LIMIT 1)"  # noqa: S608


def _clock(name: str, table: str, condition: str = "") -> str:
    return _first(name, table, f"wake_at <= moment{condition}", "wake_at")


def _work(name: str, work: int) -> str:
    return _first(name, "documents_document", f"work = {work} AND ready_at <= moment", "taxpayer_id")


_OFTEN = (
    _clock("envelope", "exchange_envelope"),
    _clock("batch", "documents_batch"),
    _work("judge", 1),
    _work("seal", 2),
    _work("pack", 3),
    _clock("open", "exchange_inbound", " AND stage = 'stored'"),
)
_RARE = (
    _clock("identity", "exchange_identity"),
    _clock("inbound", "exchange_inbound", " AND stage <> 'stored'"),
    _clock("account", "taxpayers_account"),
    _clock("document", "documents_document"),
    _clock("answer", "documents_answer"),
    _clock("report", "exchange_report", " AND stage <> 'building'"),
    _clock("ledger", "exchange_ledger_package"),
    _first("request", "taxpayers_request", "stage IN ('wanted', 'sealed') AND ready_at <= moment", "ready_at"),
)
# Each is the first row of an index. Plans are made once for a session, when tables may be empty that fill by the
# second: what their sizes say then must not lead to reading all of a table later.
_DUE = f"""
CREATE FUNCTION exchange_due(moment timestamptz, is_all boolean) RETURNS text[] LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_sort = off AS $$
DECLARE
    found text[] := ARRAY[{", ".join(_OFTEN)}];
BEGIN
    IF is_all THEN
        found := found || ARRAY[{", ".join(_RARE)}];
    END IF;
    RETURN array_remove(found, NULL);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_ledger_rows"), ("documents", "0002_rows"), ("taxpayers", "0002_rows")]
    operations = [migrations.RunSQL(_DUE, "DROP FUNCTION exchange_due(timestamptz, boolean)")]
