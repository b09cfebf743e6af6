"""Kontör: how they stand, what operators do with them, and what the exchange asks of them.

All verbs work in the caller's transaction and scope; amounts are kontör, `Decimal` to the hundredth. An account that
changes is locked first, so whatever else a transaction locks it locks before.
"""

from ulak_server.credits.account import By
from ulak_server.credits.admission import check_again, shortage
from ulak_server.credits.charging import CHARGED, Cover, Short, Thing, cover, settle
from ulak_server.credits.lines import Asked, Shown, entries
from ulak_server.credits.models import Package
from ulak_server.credits.once import Done, by_key, forget_sent, is_first
from ulak_server.credits.operating import (
    amount_of,
    correct,
    load,
    meter,
    set_on_empty,
    set_overdraft,
    set_tariff,
    set_threshold,
    usual_expiry,
)
from ulak_server.credits.problems import CreditsError
from ulak_server.credits.tariff import PRICED, tariff
from ulak_server.credits.values import Level, OnEmpty, Price, Standing, What, kontor_text
from ulak_server.credits.views import (
    Month,
    Sums,
    Unsent,
    balance,
    every,
    packages,
    standing,
    standings,
    totals,
    unequal,
    usage_by_month,
    waiting,
)

__all__ = [
    "CHARGED",
    "PRICED",
    "Asked",
    "By",
    "Cover",
    "CreditsError",
    "Done",
    "Level",
    "Month",
    "OnEmpty",
    "Package",
    "Price",
    "Short",
    "Shown",
    "Standing",
    "Sums",
    "Thing",
    "Unsent",
    "What",
    "amount_of",
    "balance",
    "by_key",
    "check_again",
    "correct",
    "cover",
    "entries",
    "every",
    "forget_sent",
    "is_first",
    "kontor_text",
    "load",
    "meter",
    "packages",
    "set_on_empty",
    "set_overdraft",
    "set_tariff",
    "set_threshold",
    "settle",
    "shortage",
    "standing",
    "standings",
    "tariff",
    "totals",
    "unequal",
    "usage_by_month",
    "usual_expiry",
    "waiting",
]
