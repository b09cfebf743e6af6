"""A list tells who was registered at any moment, not only today."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

from hypothesis import given

from ulak.userlist import (
    ArchiveUser,
    DocumentType,
    User,
    active_aliases,
    is_active,
    is_registered,
    read_users,
    was_archive_user,
)
from userlist_support import USERS, someone, when, xml

SECOND = timedelta(seconds=1)


def test_an_alias_is_active_from_its_creation_until_before_its_deletion() -> None:
    _, old = someone().documents[0].aliases
    assert old.deleted is not None
    moments = (old.created - SECOND, old.created, old.deleted - SECOND, old.deleted)
    assert [is_active(old, moment) for moment in moments] == [False, True, True, False]


def test_a_deletion_in_the_future_changes_nothing_yet() -> None:
    user = someone()
    alias = user.documents[0].aliases[0]._replace(deleted=when(2027, 1, 1))
    assert is_active(alias, when(2026, 12, 31, 23, 59, 59))
    assert not is_active(alias, when(2027, 1, 1))


def test_moments_of_any_zone_are_compared() -> None:
    new, _ = someone().documents[0].aliases
    assert is_active(new, datetime(2021, 3, 11, 15, 25, 55, tzinfo=UTC))
    assert not is_active(new, datetime(2021, 3, 11, 15, 25, 54, tzinfo=UTC))


def test_several_aliases_may_be_active_and_keep_their_order() -> None:
    user = someone()
    assert active_aliases(user, DocumentType.INVOICE, when(2022, 1, 1)) == (
        "urn:mail:defaultpk@ardic.example",
        "urn:mail:eskipk@ardic.example",
    )
    assert active_aliases(user, DocumentType.INVOICE, when(2026, 1, 1)) == ("urn:mail:defaultpk@ardic.example",)


def test_invoices_and_despatch_advices_are_registered_apart() -> None:
    user = someone()
    assert is_registered(user, DocumentType.INVOICE, when(2024, 1, 1))
    assert not is_registered(user, DocumentType.DESPATCH, when(2024, 1, 1))
    assert is_registered(user, DocumentType.DESPATCH, when(2026, 1, 1))


def test_an_archive_user_is_one_in_any_of_the_periods() -> None:
    first = ArchiveUser("4812530769", "", when(2020, 1, 1), when(2020, 1, 1), when(2022, 1, 1))
    again = first._replace(activated=when(2023, 1, 1), deactivated=None)
    years = [year for year in range(2019, 2026) if was_archive_user([first, again], when(year, 6, 1))]
    assert years == [2020, 2021, 2023, 2024, 2025]


@given(USERS)
def test_the_order_of_elements_changes_nothing(user: User) -> None:
    data = xml([user])
    other = re.sub(rb"(<Title>.*</Title>)(<Type>\w+</Type>)", rb"\2\1", data, flags=re.DOTALL)
    assert other != data
    assert list(read_users(io.BytesIO(other))) == [user]
