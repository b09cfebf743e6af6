"""Bodies in monthly partitions, and who may see them: nobody without a scope, operators never."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import in_scope, shared_table, tenant_table

# The key in this order takes 24 bytes in an index, and 32 with the month first: its columns are aligned.
_COLUMNS = """
    owner bigint NOT NULL,
    month date NOT NULL,
    taxpayer_id integer NOT NULL,
    key_id integer NOT NULL,
    dictionary_id integer NOT NULL,
    part smallint NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (owner, month, part)
"""
# How a column is stored can be said within CREATE TABLE from PostgreSQL 16 on; partitions take it over.
_BODY = f"""
CREATE TABLE archive_body ({_COLUMNS}) PARTITION BY RANGE (month);
ALTER TABLE archive_body ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE TABLE archive_body_rest PARTITION OF archive_body DEFAULT;
CREATE TABLE archive_draft ({_COLUMNS}) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
ALTER TABLE archive_draft ALTER COLUMN data SET STORAGE EXTERNAL;
"""
# The tables' owner alone may make a partition: workers ask for it through this function.
_PARTITIONS = """
CREATE FUNCTION archive_make_partitions(since date, count integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    begin_ date;
    name_ text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(7002, 0);
    FOR step IN 0 .. least(count, 60) - 1 LOOP
        begin_ := (date_trunc('month', since) + make_interval(months => step))::date;
        name_ := format('archive_body_%s', to_char(begin_, 'YYYYMM'));
        CONTINUE WHEN to_regclass('public.' || name_) IS NOT NULL;
        CONTINUE WHEN EXISTS (
            SELECT FROM public.archive_body_rest
            WHERE month >= begin_ AND month < (begin_ + interval '1 month')::date);
        EXECUTE format(
            'CREATE TABLE public.%I PARTITION OF public.archive_body FOR VALUES FROM (%L) TO (%L)',
            name_, begin_, (begin_ + interval '1 month')::date);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION archive_make_partitions(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive_make_partitions(date, integer) TO ulak_pipeline;
SELECT archive_make_partitions(current_date, 3);
"""
# The installation's own rows are for everybody who works for it; a taxpayer's for those who work for that taxpayer.
_SHARED = f"taxpayer_id IS NULL OR {in_scope()}"
_KEYS = f"""
ALTER TABLE archive_data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive_data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenants ON archive_data_key TO ulak_web, ulak_pipeline USING ({_SHARED}) WITH CHECK ({_SHARED});
CREATE POLICY operator ON archive_data_key TO ulak_operator
    USING (taxpayer_id IS NULL) WITH CHECK (taxpayer_id IS NULL);
ALTER TABLE archive_dictionary ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive_dictionary FORCE ROW LEVEL SECURITY;
CREATE POLICY tenants ON archive_dictionary TO ulak_web, ulak_pipeline USING ({_SHARED}) WITH CHECK ({_SHARED});
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        migrations.RunSQL(_BODY, "DROP TABLE archive_body; DROP TABLE archive_draft"),
        tenant_table("archive_body"),
        tenant_table("archive_draft"),
        shared_table(
            "archive_data_key",
            web="SELECT, INSERT",
            pipeline="SELECT, INSERT, UPDATE",
            operator="SELECT, INSERT",
        ),
        shared_table("archive_dictionary", web="SELECT", pipeline="SELECT, INSERT", operator=""),
        migrations.RunSQL(_KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(_PARTITIONS, "DROP FUNCTION archive_make_partitions(date, integer)"),
    ]
