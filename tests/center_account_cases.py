"""User-account messages for Merkez to judge: good ones, and bad ones each wrong in one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from center_envelopes import ARDIC, OPEN_PAIR, OTHER, PAIR, Case, account, accounts
from center_registry import ARDIC_GB, ARDIC_PK, INTEGRATOR, Book
from ulak.envelope import Action, Party, Role, Unit
from ulak_center.values import Use

__all__ = ["BAD_ACCOUNTS", "GOOD_ACCOUNTS", "without_despatch"]


def without_despatch(book: Book) -> None:
    """Closes all aliases for e-İrsaliye."""
    book.units = [unit for unit in book.units if unit.use is Use.INVOICE]


def _with_archive(book: Book) -> None:
    book.opened[ARDIC.number] = {"earchive": INTEGRATOR}


def _good() -> Iterator[Case]:
    def nothing(book: Book) -> None:
        pass

    def none_open(book: Book) -> None:
        book.units = [unit for unit in book.units if unit.number != ARDIC.number]

    close = account(Action.CLOSE, units=OPEN_PAIR)
    yield Case("account-opened", 1200, "", accounts(account()), nothing)
    yield Case("account-opened-for-the-first-time", 1200, "", accounts(account()), none_open)
    yield Case("account-opened-twice", 1200, "", accounts(account(units=OPEN_PAIR)), nothing)
    despatch = accounts(account(option="52", units=OPEN_PAIR), service="edespatch")
    yield Case("despatch-account-opened", 1200, "", despatch, nothing)
    vuk = accounts(account(option="4", units=(), counter=""))
    yield Case("account-under-vuk-507-without-alias-or-counter-seal", 1200, "", vuk, nothing)
    yield Case("archive-opened", 1200, "", accounts(account(option="22", units=()), service="earchive"), nothing)
    yield Case("account-closed", 1200, "", accounts(close), without_despatch)
    despatch = accounts(account(Action.CLOSE, "52", OPEN_PAIR), service="edespatch")
    yield Case("despatch-account-closed", 1200, "", despatch, nothing)
    archive = accounts(account(Action.CLOSE, "22", ()), service="earchive")
    yield Case("archive-closed", 1200, "", archive, _with_archive)
    yield Case("opened-and-closed-in-two-lists", 1200, "", accounts(account(), close), without_despatch)


def _bad() -> Iterator[Case]:
    def opened(why: str, document: bytes, prepare: Callable[[Book], None] = lambda book: None, **changes: str) -> Case:
        return Case(f"account-{why}", 1182, "judge.account-open", accounts(document, **changes), prepare)

    def closed(why: str, document: bytes, prepare: Callable[[Book], None] = lambda book: None, **changes: str) -> Case:
        return Case(f"account-{why}", 1183, "judge.account-close", accounts(document, **changes), prepare)

    def elsewhere(book: Book) -> None:
        book.enter(Party(PAIR[1].alias, ARDIC.number), Role.PK, Use.INVOICE, operator=OTHER)

    def at_the_portal(book: Book) -> None:
        book.enter(Party(PAIR[1].alias, ARDIC.number), Role.PK, Use.INVOICE, operator="")

    def of_others(book: Book) -> None:
        book.units = [unit._replace(operator=OTHER) for unit in book.units]

    yield opened("sealed-by-the-customer", account(by="ardic", counter="ardic"))
    yield opened("without-counter-seal", account(counter=""))
    yield opened("counter-sealed-by-a-stranger", account(counter="meltem"))
    yield opened("alias-at-another-integrator", account(), elsewhere)
    yield opened("alias-at-the-portal", account(), at_the_portal)
    yield opened("alias-in-the-other-role", account(units=(Unit(Role.GB, ARDIC_PK.alias),)))
    both = (Unit(Role.GB, PAIR[0].alias), Unit(Role.PK, PAIR[0].alias))
    yield opened("alias-in-both-roles", account(units=both))
    yield opened("under-vuk-507-without-any-alias", account(option="4", units=(), counter=""), of_others)
    yield closed("closed-without-counter-seal", account(Action.CLOSE, units=OPEN_PAIR, counter=""), without_despatch)
    yield closed("closed-before-despatches", account(Action.CLOSE, units=OPEN_PAIR))
    yield closed("closed-that-is-not-open", account(Action.CLOSE))
    yield closed("closed-of-another-integrator", account(Action.CLOSE, units=OPEN_PAIR), of_others)
    swapped_roles = (Unit(Role.PK, ARDIC_GB.alias), Unit(Role.GB, ARDIC_PK.alias))
    yield closed("closed-in-the-other-role", account(Action.CLOSE, units=swapped_roles), without_despatch)
    yield closed("archive-not-open", account(Action.CLOSE, "22", ()), service="earchive")


GOOD_ACCOUNTS: Final = tuple(_good())
BAD_ACCOUNTS: Final = tuple(_bad())
