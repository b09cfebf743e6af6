"""Who asks: a person, a program, an operator or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from ulak_server.people.models import Level, Role

__all__ = ["NOBODY", "Caller", "Standing"]


class Standing(StrEnum):
    """What somebody is for the table of permissions."""

    ANONYMOUS = "anonymous"
    OWNER = "owner"
    ACCOUNTANT = "accountant"
    CLERK = "clerk"
    READER = "reader"
    KEY = "key"
    OPERATOR = "operator"


class Caller(NamedTuple):
    """Who asks, as far as is known.

    Attributes:
        actor: for the timeline: ``user:7``, ``key:12``; empty for nobody.
        grants: for each taxpayer they may ask for: a person's role, or the scopes of a key.
        is_operator: whether they are of the integrator's own people, who work for no taxpayer.
        language: theirs, if they have said one.
        user, key, session: ids, as far as there are any.
        level: how far a person has come in signing in.
        name: of the person, or of the key.
        helps: for an operator, the taxpayers who let them read along now, with the id of the consent (`support`).
        support: the consent under which an operator reads a taxpayer's pages; they are a reader there.
    """

    actor: str = ""
    grants: Mapping[int, Role | frozenset[str]] = MappingProxyType({})
    is_operator: bool = False
    language: str = ""
    user: int | None = None
    key: int | None = None
    session: int | None = None
    level: Level = Level.FULL
    name: str = ""
    helps: Mapping[int, int] = MappingProxyType({})
    support: int | None = None

    @property
    def taxpayers(self) -> frozenset[int]:
        """For whom they may ask at all; operators ask for everybody, under a role that sees no contents."""
        return frozenset(self.grants)

    def standing(self, taxpayer: int | None = None) -> Standing:
        """What they are for a taxpayer; of none in particular, a person counts by the most they are for any."""
        if self.key is not None:
            return Standing.KEY
        if self.is_operator:
            return Standing.OPERATOR
        mine = self.grants if taxpayer is None else {taxpayer: self.grants.get(taxpayer)}
        return next((Standing(role) for role in Role if role in mine.values()), Standing.ANONYMOUS)

    def scopes(self, taxpayer: int | None = None) -> frozenset[str]:
        """What a key may do for a taxpayer; of none in particular, for any."""
        given = self.grants.values() if taxpayer is None else [self.grants.get(taxpayer)]
        return frozenset().union(*(one for one in given if isinstance(one, frozenset)))


NOBODY: Final = Caller()
