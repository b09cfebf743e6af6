"""Workers put aside and take back; operators see it, and people what concerns their taxpayer."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_ALL = ("station", "taxpayer_id", "subject", "reason", "failures", "since", "until")


class Migration(migrations.Migration):
    dependencies = [("asides", "0001_initial"), ("audit", "0002_rows")]
    operations = [tenant_table("asides_aside", road=_ALL, rights="SELECT")]
