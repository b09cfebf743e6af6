"""Streamed rules on accounts: in order, each in one entry of the general ledger, sub-accounts under their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ulak.ledger.judging.spots import Spot, Told
from ulak.ledger.judging.values import Stop, normal, one, strings
from ulak.ledger.reading.streaming import Node
from ulak.ledger.reading.tags import COR

__all__ = ["Accounts", "Chart", "Codes"]

_ACCOUNT: Final = f"{COR}account"
_MAIN: Final = f"{COR}accountMainID"
_SUB: Final = f"{COR}accountSub"
_SUB_ID: Final = f"{COR}accountSubID"
_LENGTHS: Final = (3, 4)


class Codes:
    """A main account has three or four digits, and a sub-account begins with it."""

    RULES: Final = frozenset({"main-length", "sub-begins"})

    def __init__(self, rules: frozenset[str], told: Told) -> None:
        self._tests = [(rule, _CODES[rule]) for rule in rules]
        self._told = told

    def line(self, detail: Node, spot: Spot) -> None:
        """A line."""
        accounts = list(detail.iterchildren(_ACCOUNT))
        for rule, test in self._tests:
            try:
                if not test(accounts):
                    self._told.fails(rule, spot)
            except Stop:
                self._told.stops(rule)


def _has_length(accounts: list[Node]) -> bool:
    if not accounts or not any(account.find(_MAIN) is not None for account in accounts):
        return True
    if len(accounts) > 1:
        raise Stop
    return len(_main(accounts[0])) in _LENGTHS


def _begins(accounts: list[Node]) -> bool:
    if not accounts:
        return True
    if len(accounts) > 1:
        # What is true of two texts, XPath does not say.
        raise Stop
    main = _main(accounts[0])
    sub = normal(one([text for each in accounts[0].iterchildren(_SUB) for text in strings(each, _SUB_ID)]))
    return not main or not sub or sub.startswith(main)


_CODES: Final = {"main-length": _has_length, "sub-begins": _begins}


def _main(account: Node) -> str:
    return normal(one(strings(account, _MAIN)))


class Accounts:
    """All lines of an entry of the general ledger are of one main account and one sub-account at most."""

    RULES: Final = frozenset({"one-main", "one-sub"})

    def __init__(self, rules: frozenset[str], told: Told) -> None:
        self._rules = rules
        self._told = told
        self._mains: set[str] | None = None
        self._subs: set[str] | None = None

    def begin(self) -> None:
        """An entry begins."""
        self._mains, self._subs = set(), set()

    def line(self, detail: Node) -> None:
        """A line of it."""
        accounts = list(detail.iterchildren(_ACCOUNT))
        self._mains = _with(self._mains, accounts, _MAIN)
        self._subs = _with(self._subs, [sub for account in accounts for sub in account.iterchildren(_SUB)], _SUB_ID)

    def end(self, spot: Spot) -> None:
        """The entry ends."""
        for rule, found, right in (("one-main", self._mains, (1,)), ("one-sub", self._subs, (0, 1))):
            if rule not in self._rules:
                continue
            if found is None:
                self._told.stops(rule)
            elif len(found) not in right:
                self._told.fails(rule, spot)


def _with(found: set[str] | None, holders: list[Node], tag: str) -> set[str] | None:
    """The codes, with those of more elements; two different ones are as good as all. None once one cannot be read."""
    try:
        codes = {normal(one(strings(holder, tag))) for holder in holders}
    except Stop:
        return None
    if found is None or len(found) > 1:
        return found
    return found | codes


class Chart:
    """The accounts of a general ledger, as the first lines of its entries name them: sorted, and none twice."""

    RULES: Final = frozenset({"accounts-sorted", "mains-once", "subs-once"})

    def __init__(self, rules: frozenset[str], told: Told) -> None:
        self._rules = rules
        self._told = told
        self._sorted: list[str] | None = []
        self._bare: list[str] | None = []
        self._subs: list[str] | None = []

    def first_line(self, detail: Node) -> None:
        """The first line of an entry."""
        accounts = list(detail.iterchildren(_ACCOUNT))
        bare = [account for account in accounts if account.find(_SUB) is None]
        self._sorted = _listed(self._sorted, accounts, _MAIN)
        self._bare = _listed(self._bare, bare, _MAIN)
        subs = [sub for account in accounts for sub in account.iterchildren(_SUB)]
        self._subs = _listed(self._subs, subs, _SUB_ID)

    def finish(self, spot: Spot) -> None:
        """No more comes; ``spot`` is that of ``accountingEntries``."""
        self._tell("accounts-sorted", spot, self._sorted, _is_sorted)
        self._tell("mains-once", spot, self._bare, _is_unique)
        self._tell("subs-once", spot, self._subs, _is_unique)

    def _tell(self, rule: str, spot: Spot, found: list[str] | None, test: Callable[[list[str]], bool]) -> None:
        if rule not in self._rules:
            return
        if found is None:
            self._told.stops(rule)
        elif not test(found):
            self._told.fails(rule, spot)


def _is_sorted(codes: list[str]) -> bool:
    # GİB's function joins both lists by | and compares the texts.
    return "|".join(codes) == "|".join(sorted(codes))


def _is_unique(codes: list[str]) -> bool:
    return len(set(codes)) == len(codes)


def _listed(found: list[str] | None, holders: list[Node], tag: str) -> list[str] | None:
    if found is None:
        return None
    try:
        found.extend(normal(one(strings(holder, tag))) for holder in holders)
    except Stop:
        return None
    return found
