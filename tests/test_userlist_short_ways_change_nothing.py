"""Users who look as most do are read at a glance, and nobody can tell by what comes out, faults and lines included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ulak.userlist import Limits, User, UserListError
from ulak.userlist.reading import _SHAPE, _user
from ulak.userlist.records import Usual, records
from ulak.userlist.usual import USER, usual_user
from userlist_support import USERS, someone, xml

FOUR: Final = xml([someone(str(4812530769 + n), title=f"{n} Ç") for n in range(4)])
ONE: Final = FOUR[FOUR.index(b"<User>") : FOUR.index(b"</User>") + 7]
Outcome = tuple[list[User], list[tuple[str, int, int | None]], str]


def outcome(pieces: Iterator[bytes], usual: Usual[User] | None) -> Outcome:
    """The users, the faults of single ones, and that of the whole."""
    faults: list[UserListError] = []
    users: list[User] = []
    try:
        users += records(pieces, _SHAPE, _user, faults.append, Limits(), usual=usual)
    except UserListError as error:
        return users, [_told(fault) for fault in faults], f"{_told(error)}"
    return users, [_told(fault) for fault in faults], ""


def _told(fault: UserListError) -> tuple[str, int, int | None]:
    return fault.code, fault.ordinal, fault.line


def cut(data: bytes, length: int) -> Iterator[bytes]:
    return (data[at : at + length] for at in range(0, len(data), length))


def agree(data: bytes, length: int = 1 << 17) -> Outcome:
    short = outcome(cut(data, length), Usual(USER, usual_user))
    assert short == outcome(cut(data, 1 << 17), None)
    return short


@given(st.lists(USERS, max_size=6), st.integers(1, 5000))
def test_the_same_users_come_out_however_the_list_is_cut(users: list[User], length: int) -> None:
    assert agree(xml(users), length) == (users, [], "")


@given(st.data())
@settings(max_examples=400)
def test_the_same_comes_out_of_a_list_with_a_change(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(FOUR)))
    there = data.draw(
        st.sampled_from([b"", b"<", b">", b"&", b"&amp;", b"\n", b" ", b"<i/>", b"<!---->", b"\xef\xbf\xbe", b"0"])
    )
    changed = FOUR[:at] + there + FOUR[at + data.draw(st.integers(0, 3)) :]
    agree(changed, data.draw(st.integers(50, 3000)))


@given(st.binary(max_size=12), st.integers(0, len(FOUR)))
@example(b"\xed\xa0\x80", FOUR.rindex(b"</Title>"))
@example(b"\xc2\xa0", FOUR.rindex(b"</Title>"))
@example(b"\x7f", FOUR.rindex(b"</Title>"))
@example(b"]]>", FOUR.rindex(b"</Title>"))
def test_the_same_comes_out_of_any_bytes(there: bytes, at: int) -> None:
    agree(FOUR[:at] + there + FOUR[at:])


@pytest.mark.parametrize(
    "hidden",
    [
        b"<!--" + ONE + b"-->",
        b"<!-- \n" + ONE + ONE + b"\n-->",
        b"<![CDATA[" + ONE + b"]]>",
        b"<?old " + ONE + b"?>",
        b"<Old>" + ONE + b"</Old>",
        b"<Old>" + ONE * 2 + b"</Old>" + ONE,
        b"<User>" + ONE + b"</User>",
        ONE.replace(b"</Title>", b"</Title><Old>" + ONE + b"</Old>"),
    ],
)
def test_a_user_that_only_looks_like_one_is_none(hidden: bytes) -> None:
    at = FOUR.rindex(b"<User>")
    shown = hidden.endswith(ONE) + hidden.startswith(b"<User>")
    users, faults, whole = agree(FOUR[:at] + hidden + FOUR[at:])
    assert len(users) + len(faults) == 4 + shown
    assert whole == ""


def test_most_users_are_read_the_short_way() -> None:
    seen = 0

    def count(names: list[str], texts: list[str], ordinal: int) -> User:
        nonlocal seen
        seen += 1
        return _user(names, texts, ordinal)

    found = list(records(iter([FOUR]), _SHAPE, count, None, Limits(), usual=Usual(USER, usual_user)))
    assert (len(found), seen) == (4, 1)
