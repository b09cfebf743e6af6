"""What operators send is done once; and the faces' role lengthens no package by itself."""

from __future__ import annotations

from django.db import migrations, models

from ulak_server.database.policies import tenant_table

_OPERATOR = """
GRANT INSERT ON credits_once TO ulak_operator;
CREATE POLICY operator_adds ON credits_once FOR INSERT TO ulak_operator WITH CHECK (true)
"""
# Who sends again or withdraws gives kontör back, also to a package that has expired meanwhile: that one alone is
# lengthened, by thirty days from today, right behind the entry that gives back.
_LAST_DAY = """
CREATE FUNCTION ulak_credits_last_day_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Istanbul')::date;
    latest text;
BEGIN
    SELECT e.what INTO latest FROM public.credits_entry e
        WHERE e.taxpayer_id = NEW.taxpayer_id AND e.package_id = NEW.id ORDER BY e.id DESC LIMIT 1;
    IF latest IS DISTINCT FROM 'refunded' OR OLD.expires_on IS NULL OR NEW.expires_on IS NULL
            OR OLD.expires_on >= today OR NEW.expires_on > today + 30 THEN
        RAISE EXCEPTION 'the last day of a package is not theirs to say' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER last_day_is_kept BEFORE UPDATE OF expires_on ON credits_package FOR EACH ROW
    WHEN (current_user = 'ulak_web' AND NEW.expires_on IS DISTINCT FROM OLD.expires_on)
    EXECUTE FUNCTION ulak_credits_last_day_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0002_rows")]
    operations = [
        migrations.CreateModel(
            name="Once",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "taxpayer_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("taxpayer_id", models.IntegerField()),
                ("key", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "credits_once"},
        ),
        tenant_table("credits_once", road=("taxpayer_id", "key", "made_at"), rights="SELECT"),
        migrations.RunSQL(_OPERATOR, migrations.RunSQL.noop),
        migrations.RunSQL(_LAST_DAY, "DROP FUNCTION ulak_credits_last_day_is_kept() CASCADE"),
    ]
