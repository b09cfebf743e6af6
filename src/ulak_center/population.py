"""Synthetic taxpayers, as many as are wanted, made from a seed when they are asked for and never stored.

All that a taxpayer is follows from the seed and its index. Numbers and aliases lead back to the index, so that any of
them is found among millions at once. Aliases end in ``.example``: they reach nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final, NamedTuple

from ulak.userlist import (
    AccountType,
    Alias,
    ArchiveUser,
    Documents,
    DocumentType,
    ListRole,
    User,
    UserType,
)
from ulak_center.population_numbers import PERSON_EVERY, Numbers
from ulak_center.population_words import BODIES, CITIES, FIRST_NAMES, FORMS, NAMES, SECTORS, SURNAMES
from ulak_center.values import ISTANBUL, Account, Role, Unit, Use

__all__ = ["LARGEST", "SHARES", "Population", "Shares"]

LARGEST: Final = 1_000_000_000
"""Taxpayers at most."""
_EARLIEST: Final = datetime(2014, 4, 1, tzinfo=ISTANBUL)
_SECONDS: Final = 370_000_000
"""Within which all was created and deleted: until December 2025."""
_FOLDED: Final = str.maketrans("ÇĞİIÖŞÜ", "cgiiosu")
_ALIAS: Final = re.compile(r"urn:mail:[a-z]+@[a-z]+-([0-9]{10,11})\.example")
_METHODS: Final = (
    *(AccountType.PORTAL,) * 9,
    *(AccountType.INTEGRATOR,) * 10,
    AccountType.OWN,
)


class Shares(NamedTuple):
    """One taxpayer in how many is what.

    Attributes:
        person: has a TCKN.
        public: is a public body, of those with a VKN.
        despatch: is registered for e-İrsaliye.
        second: has two aliases for invoices.
        renamed: has an alias that was deleted.
        closed: has no alias left.
        archive: uses e-Arşiv.
    """

    person: int
    public: int
    despatch: int
    second: int
    renamed: int
    closed: int
    archive: int


SHARES: Final = Shares(person=PERSON_EVERY, public=60, despatch=3, second=12, renamed=8, closed=50, archive=2)


class Population:
    """Synthetic taxpayers.

    Args:
        size: how many there are; indices run from 0.
        seed: chooses their numbers, titles, aliases and times.
    """

    def __init__(self, size: int, seed: int = 0) -> None:
        if not 0 <= size <= LARGEST:
            raise ValueError(f"a population of {size}: it may be 0 to {LARGEST}")
        self.size, self.seed = size, seed
        self._numbers = Numbers(seed)
        self._key = blake2b(str(seed).encode(), digest_size=32).digest()

    def __len__(self) -> int:
        return self.size

    def number(self, index: int) -> str:
        """The VKN or TCKN of a taxpayer.

        Raises:
            IndexError: there is none.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        return self._numbers.number(index)

    def find(self, number: str) -> int | None:
        """The index of a taxpayer by number."""
        index = self._numbers.index(number)
        return index if index is not None and index < self.size else None

    def find_alias(self, alias: str) -> int | None:
        """The index of the taxpayer that has, or had, an alias in either list."""
        found = _ALIAS.fullmatch(alias)
        index = self.find(found[1]) if found else None
        if index is None:
            return None
        names = [
            known.name
            for role in ListRole
            for documents in self.user(index, role).documents
            for known in documents.aliases
        ]
        return index if alias in names else None

    def user(self, index: int, role: ListRole) -> User:
        """A taxpayer as one of the two lists shows it.

        Raises:
            IndexError: there is none.
        """
        number = self.number(index)
        traits = self._traits(index)
        ending = f"{role.lower()}@{_domain(traits.title)}-{number}.example"
        documents = [Documents(DocumentType.INVOICE, tuple(_invoice_aliases(traits, ending)))]
        if traits.despatch is not None:
            alias = Alias(f"urn:mail:irsaliye{ending}", _at(traits.despatch), _ended(traits.closed))
            documents.append(Documents(DocumentType.DESPATCH, (alias,)))
        return User(number, traits.title, traits.type, _at(traits.born), traits.method, tuple(documents))

    def archive_user(self, index: int) -> ArchiveUser | None:
        """A taxpayer as the e-Arşiv list shows it; None for one that is not in it.

        Raises:
            IndexError: there is none.
        """
        number = self.number(index)
        traits = self._traits(index)
        if traits.archive is None:
            return None
        return ArchiveUser(number, traits.title, _at(traits.born), _at(traits.archive))

    def users(self, role: ListRole) -> Iterator[User]:
        """All taxpayers of one of the two lists."""
        return (self.user(index, role) for index in range(self.size))

    def archive_users(self) -> Iterator[ArchiveUser]:
        """All taxpayers of the e-Arşiv list."""
        return (user for index in range(self.size) if (user := self.archive_user(index)) is not None)

    def account_of(self, number: str) -> Account | None:
        """The taxpayer of a number, as Merkez knows it."""
        index = self.find(number)
        if index is None:
            return None
        user = self.user(index, ListRole.PK)
        return Account(number, user.title, str(user.type), str(user.account_type), user.first_created)

    def units_of(self, number: str) -> tuple[Unit, ...]:
        """The aliases of a taxpayer, deleted ones too, oldest first; none if the number is not one of theirs."""
        index = self.find(number)
        if index is None:
            return ()
        units = [
            Unit(number, alias.name, Role(role.name), Use(documents.type), "", alias.created, alias.deleted)
            for role in ListRole
            for documents in self.user(index, role).documents
            for alias in documents.aliases
        ]
        return tuple(sorted(units, key=lambda unit: unit.created))

    def _traits(self, index: int) -> _Traits:
        draw = _Draw(self._key, index)
        type_, title = _person(draw) if Numbers.is_person(index) else _company(draw)
        method = _METHODS[draw.below(len(_METHODS))]
        born = draw.below(_SECONDS)
        return _Traits(title, type_, method, born, *[draw.later(born, one_in) for one_in in SHARES[2:]])


class _Draw:
    """Numbers drawn one after the other from what a taxpayer's index and the seed give."""

    __slots__ = ("_rest",)

    def __init__(self, key: bytes, index: int) -> None:
        self._rest = int.from_bytes(blake2b(index.to_bytes(8), key=key, digest_size=40).digest())

    def below(self, limit: int) -> int:
        self._rest, drawn = divmod(self._rest, limit)
        return drawn

    def word(self, words: tuple[str, ...]) -> str:
        self._rest, drawn = divmod(self._rest, len(words))
        return words[drawn]

    def later(self, begin: int, one_in: int) -> int | None:
        """A second after ``begin``, for one taxpayer in so many."""
        self._rest, drawn = divmod(self._rest, one_in)
        return None if drawn else begin + 1 + self.below(_SECONDS - begin)


class _Traits(NamedTuple):
    """What a taxpayer is in all lists. Numbers are seconds after `_EARLIEST`, None where it did not happen."""

    title: str
    type: UserType
    method: AccountType
    born: int
    despatch: int | None
    second: int | None
    renamed: int | None
    closed: int | None
    archive: int | None


def _person(draw: _Draw) -> tuple[UserType, str]:
    return UserType.PRIVATE, f"{draw.word(FIRST_NAMES)} {draw.word(SURNAMES)}"


def _company(draw: _Draw) -> tuple[UserType, str]:
    if not draw.below(SHARES.public):
        return UserType.PUBLIC, f"{draw.word(CITIES)} {draw.word(BODIES)}"
    name, sector = f"{draw.word(NAMES)} {draw.word(NAMES)}", f"{draw.word(SECTORS)} {draw.word(SECTORS)}"
    return UserType.PRIVATE, f"{name} {sector} {draw.word(FORMS)}"


def _domain(title: str) -> str:
    return title.partition(" ")[0].translate(_FOLDED).lower()


def _invoice_aliases(traits: _Traits, ending: str) -> Iterator[Alias]:
    ended = _ended(traits.closed)
    yield Alias(f"urn:mail:default{ending}", _at(traits.born), ended)
    if traits.second is not None:
        yield Alias(f"urn:mail:muhasebe{ending}", _at(traits.second), ended)
    if traits.renamed is not None:
        yield Alias(f"urn:mail:eski{ending}", _at(traits.born), _at(traits.renamed))


def _at(second: int) -> datetime:
    return _EARLIEST + timedelta(seconds=second)


def _ended(second: int | None) -> datetime | None:
    return None if second is None else _at(second)
