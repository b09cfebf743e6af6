"""Who is, and was, registered under which aliases is answered as of any moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.userlist.models import ListRun, RegisteredUser
from ulak_server.userlist.services import freshness, lookup, mailboxes, mailboxes_of

pytestmark = pytest.mark.usefixtures("platform_database")


def on(month: int, day: int = 1) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


def registered(number: str, alias: str, **values: Any) -> None:
    known = {
        "service": "einvoice",
        "role": "PK",
        "title": "Meltem Gıda",
        "type": "OZEL",
        "registered": on(1),
        "created": on(1),
        "since": on(1),
        "first_seen": on(1),
    }
    with scoped(Role.PIPELINE):
        RegisteredUser.objects.create(number=number, alias=alias, **{**known, **values})


def test_aliases_count_from_their_first_moment_until_before_their_last() -> None:
    registered("7359021640", "urn:mail:pk@meltem.example", since=on(2), until=on(4))
    with scoped(Role.WEB):
        found = [mailboxes("7359021640", "einvoice", on(month)) for month in (1, 2, 3, 4)]
    assert found == [[], ["urn:mail:pk@meltem.example"], ["urn:mail:pk@meltem.example"], []]


def test_each_service_and_role_is_told_apart() -> None:
    registered("4812530769", "urn:mail:gb@ardic.example", role="GB")
    registered("4812530769", "urn:mail:irsaliyepk@ardic.example", service="edespatch")
    registered("4812530769", "urn:mail:second@ardic.example", since=on(3))
    registered("4812530769", "urn:mail:first@ardic.example", since=on(2))
    with scoped(Role.WEB):
        assert mailboxes("4812530769", "einvoice", on(5)) == [
            "urn:mail:first@ardic.example",
            "urn:mail:second@ardic.example",
        ]
        assert mailboxes("4812530769", "edespatch", on(5)) == ["urn:mail:irsaliyepk@ardic.example"]
        assert [one.role for one in lookup("4812530769", "einvoice", on(5))] == ["PK", "PK", "GB"]
        assert len(lookup("4812530769", at=on(5))) == 4
        assert mailboxes_of(["4812530769", "1111111111"], "edespatch", on(5)) == {
            "4812530769": ["urn:mail:irsaliyepk@ardic.example"]
        }


def test_freshness_is_the_last_reading_that_succeeded() -> None:
    with scoped(Role.PIPELINE):
        assert freshness() is None
        for month, outcome in ((1, "taken"), (2, "unchanged"), (3, "refused"), (4, "failed"), (5, "")):
            ListRun.objects.create(name="Pk", started_at=on(month), outcome=outcome, entries=7)
        ListRun.objects.create(name="Gb", started_at=on(6), outcome="taken", entries=9)
        known = freshness()
    assert known is not None
    assert known == (on(2), 7)
