"""Values of one user's elements, each wrong one named with the user that has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeVar

from ulak.userlist.problems import UserListError, userlist_error
from ulak.userlist.times import TIME_FORM, time_of

__all__ = ["Fields", "is_number"]

E = TypeVar("E", bound=str)
_NUMBER: Final = re.compile(r"[0-9]{10,11}")
_LONGEST_SHOWN: Final = 60


def is_number(text: str) -> bool:
    """Whether it has the form of a VKN or a TCKN."""
    return _NUMBER.fullmatch(text) is not None


class Fields:
    """The simple elements of one user by name."""

    def __init__(self, ordinal: int, who: str = "") -> None:
        self.ordinal = ordinal
        self.values: dict[str, str] = {}
        self._given = who

    @property
    def _who(self) -> str:
        return (self._given or self.values.get("Identifier", ""))[:_LONGEST_SHOWN]

    def inner(self) -> Fields:
        """Elements deeper inside the same user."""
        return Fields(self.ordinal, self.values.get("Identifier", ""))

    def missing(self, name: str) -> UserListError:
        """The error of an element that is not there."""
        return userlist_error("userlist.missing", ordinal=self.ordinal, number=self._who, element=name)

    def put(self, name: str, text: str) -> None:
        """Take one more element.

        Raises:
            UserListError: ``userlist.repeated``.
        """
        if name in self.values:
            raise userlist_error("userlist.repeated", ordinal=self.ordinal, number=self._who, element=name)
        self.values[name] = text

    def text(self, name: str) -> str:
        """An element that must be there, empty or not.

        Raises:
            UserListError: ``userlist.missing``.
        """
        try:
            return self.values[name]
        except KeyError:
            raise self.missing(name) from None

    def filled(self, name: str) -> str:
        """An element that must be there and hold something.

        Raises:
            UserListError: ``userlist.missing``.
        """
        if found := self.text(name):
            return found
        raise self.missing(name)

    def number(self, name: str) -> str:
        """A VKN or TCKN.

        Raises:
            UserListError: ``userlist.missing``, ``userlist.number``.
        """
        found = self.filled(name)
        if is_number(found):
            return found
        raise userlist_error(
            "userlist.number", ordinal=self.ordinal, number=self._who, element=name, value=found[:_LONGEST_SHOWN]
        )

    def one_of(self, name: str, known: Mapping[str, E]) -> E:
        """A code of a list.

        Raises:
            UserListError: ``userlist.missing``, ``userlist.value``.
        """
        return self.code(name, self.filled(name), known)

    def code(self, name: str, found: str, known: Mapping[str, E]) -> E:
        """What a code means.

        Raises:
            UserListError: ``userlist.value``.
        """
        if (code := known.get(found)) is not None:
            return code
        raise userlist_error(
            "userlist.value",
            ordinal=self.ordinal,
            number=self._who,
            element=name,
            value=found[:_LONGEST_SHOWN],
            allowed=", ".join(known),
        )

    def time(self, name: str) -> datetime:
        """A moment.

        Raises:
            UserListError: ``userlist.missing``, ``userlist.time``.
        """
        found = self.filled(name)
        moment = time_of(found)
        if moment is None:
            raise self.no_time(name, found, TIME_FORM)
        return moment

    def time_or_none(self, name: str) -> datetime | None:
        """A moment, or None if the element is not there or is empty.

        Raises:
            UserListError: ``userlist.time``.
        """
        return self.time(name) if self.values.get(name) else None

    def no_time(self, name: str, found: str, form: str) -> UserListError:
        """The error of a value that is no time."""
        return userlist_error(
            "userlist.time",
            ordinal=self.ordinal,
            number=self._who,
            element=name,
            value=found[:_LONGEST_SHOWN],
            form=form,
        )
