"""Roles first: every other migration grants something to them."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.roles import CREATE_ROLES


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(CREATE_ROLES, migrations.RunSQL.noop)]
