"""Packages of books at GİB, for the app that makes them and for the faces.

`put`, `give_up`, `expect` and `months_of` work in the caller's transaction, views within the caller's scope. What
people want (`withdraw`, `repair`, `ask_now` …) opens its own scope: call it outside of any. Permission is for the faces
to ask.
"""

from ulak_server.exchange.ledgers.copies import copies_of
from ulak_server.exchange.ledgers.deleting import not_deletable
from ulak_server.exchange.ledgers.months import months_of
from ulak_server.exchange.ledgers.orders import (
    DELETABLE,
    ask_now,
    confirm,
    copied,
    deleted_at_gib,
    fetch_again,
    repair,
    withdraw,
)
from ulak_server.exchange.ledgers.postponing import postpone
from ulak_server.exchange.ledgers.problems import LedgerExchangeError, NoSuchPackage
from ulak_server.exchange.ledgers.putting import give_up, name_of, put
from ulak_server.exchange.ledgers.terms import expect, expect_none
from ulak_server.exchange.ledgers.values import Attempt, Copy, Duty, PackageView, Parcel, Term, Trouble
from ulak_server.exchange.ledgers.views import (
    all_packages,
    approved_berat,
    counts,
    file_of,
    package_of,
    packages_of,
    state_of,
    terms_of,
    trouble_of,
)

__all__ = [
    "DELETABLE",
    "Attempt",
    "Copy",
    "Duty",
    "LedgerExchangeError",
    "NoSuchPackage",
    "PackageView",
    "Parcel",
    "Term",
    "Trouble",
    "all_packages",
    "approved_berat",
    "ask_now",
    "confirm",
    "copied",
    "copies_of",
    "counts",
    "deleted_at_gib",
    "expect",
    "expect_none",
    "fetch_again",
    "file_of",
    "give_up",
    "months_of",
    "name_of",
    "not_deletable",
    "package_of",
    "packages_of",
    "postpone",
    "put",
    "repair",
    "state_of",
    "terms_of",
    "trouble_of",
    "withdraw",
]
