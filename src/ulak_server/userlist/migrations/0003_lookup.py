"""Looking taxpayers up as a function, whose plan is kept."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.planned import asking

_LOOKUP: Final = """
SELECT number, service::text, role::text, alias, title, type, account_type, registered, since, until
FROM userlist_registered_user
WHERE number = ANY (numbers) AND service = ANY (services) AND since <= moment AND (until IS NULL OR moment < until)
ORDER BY number, service, role DESC, since, alias
"""


class Migration(migrations.Migration):
    dependencies = [("userlist", "0002_rows")]
    operations = [
        asking(
            "userlist_lookup",
            "numbers text[], services text[], moment timestamptz",
            "number text, service text, role text, alias text, title text, type text, account_type text,"
            " registered timestamptz, since timestamptz, until timestamptz",
            _LOOKUP,
        )
    ]
