"""Tables of Django's and Procrastinate's own that faces and workers use."""

from __future__ import annotations

from django.db import migrations

_GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO ulak_web, ulak_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers TO ulak_web, ulak_pipeline;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ulak_web, ulak_pipeline;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ulak_web, ulak_pipeline;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
        ("people", "0002_rows"),
        ("taxpayers", "0002_rows"),
        ("userlist", "0002_rows"),
        ("documents", "0002_rows"),
        ("exchange", "0002_rows"),
        ("archive", "0002_rows"),
    ]
    operations = [migrations.RunSQL(_GRANTS, migrations.RunSQL.noop)]
