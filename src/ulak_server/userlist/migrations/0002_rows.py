"""Everybody may look a taxpayer up; workers alone change the lists."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import shared_table


class Migration(migrations.Migration):
    dependencies = [("userlist", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        shared_table("userlist_registered_user"),
        shared_table("userlist_closure"),
        shared_table("userlist_list_run"),
    ]
