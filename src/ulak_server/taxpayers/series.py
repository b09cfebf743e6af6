"""Series: which documents are numbered together, and under which prefix.

Sources: UBL-TR Fatura and İrsaliye guides (three characters, year, nine digits); the portal's guide for ``FYS``;
e-Arşiv Kılavuzu V1.18, 6 (a prefix other than e-Fatura's, one more for sales on the internet, never ``GIB``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.taxpayers.models import Counter, Series
from ulak_server.taxpayers.problems import problem
from ulak_server.taxpayers.records import of

__all__ = ["INTERNET", "NUMBERED", "add_series", "choose_series", "close_series", "make_series_default", "series_of"]

NUMBERED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "invoice": "einvoice",
        "despatch_advice": "edespatch",
        "receipt_advice": "edespatch",
        "earchive_invoice": "earchive",
        "freelance_receipt": "esevoucher",
        "producer_receipt": "epreceipt",
        "expense_note": "erreceipt",
    }
)
"""Kinds that series number, and their service."""
INTERNET: Final = "internet"
"""The purpose of the series that number sales on the internet."""
_PURPOSES: Final = {"earchive_invoice": ("", INTERNET)}
_PREFIX: Final = re.compile(r"[A-Z0-9]{3}", re.ASCII)
_RESERVED: Final = frozenset({"FYS", "GIB"})
_LAST: Final = 999_999_998


def series_of(taxpayer: int, kind: str | None = None, *, closed: bool = False) -> list[Series]:
    """A taxpayer's series, the default ones first."""
    found = Series.objects.filter(taxpayer_id=taxpayer)
    if kind is not None:
        found = found.filter(kind=kind)
    if not closed:
        found = found.filter(closed_at=None)
    return list(found.order_by("kind", "branch", "-is_default", "id"))


def choose_series(taxpayer: int, kind: str, *, purpose: str = "", prefix: str = "", branch: str = "") -> Series:
    """The series that numbers a document.

    The named one; else the default one of the branch, or its only one; else the same of those for all branches.

    Args:
        purpose: ``internet`` for a sale on the internet.

    Raises:
        TaxpayerError: ``taxpayer.series-unknown``, ``taxpayer.series-none``, ``taxpayer.series-several``.
    """
    there = [one for one in series_of(taxpayer, kind) if one.purpose == purpose]
    if prefix:
        named = next((one for one in there if one.prefix == prefix), None)
        if named is None:
            raise problem("taxpayer.series-unknown", where="/series", prefix=prefix[:10], kind=kind)
        return named
    fitting = [one for one in there if one.branch == branch] or [one for one in there if not one.branch]
    if not fitting:
        raise problem("taxpayer.series-none", where="/series", kind=kind, branch=branch)
    if not fitting[0].is_default and len(fitting) > 1:
        prefixes = ", ".join(one.prefix for one in fitting)
        raise problem("taxpayer.series-several", where="/series", prefixes=prefixes)
    return fitting[0]


def add_series(
    taxpayer: int,
    kind: str,
    prefix: str,
    *,
    purpose: str = "",
    branch: str = "",
    is_default: bool = False,
    in_date_order: bool = True,
    last: int = 0,
    actor: str = "",
    origin: str = "",
) -> Series:
    """A new series. The first of its kind, purpose and branch becomes the default.

    Args:
        purpose: ``internet`` for e-Arşiv invoices of sales on the internet.
        last: the last number of this year that was given elsewhere under this prefix.

    Raises:
        TaxpayerError: ``taxpayer.series-kind``, ``taxpayer.series-purpose``, ``taxpayer.series-prefix``,
            ``taxpayer.series-reserved``, ``taxpayer.series-known``, ``taxpayer.series-start``.
    """
    of(taxpayer)
    _check(kind, purpose, prefix, last)
    there = series_of(taxpayer, closed=True)
    if any(one.prefix == prefix for one in there):
        raise problem("taxpayer.series-known", where="/prefix", prefix=prefix)
    like = [one for one in there if (one.kind, one.purpose, one.branch) == (kind, purpose, branch)]
    first = all(one.closed_at is not None for one in like)
    made = Series(
        taxpayer_id=taxpayer, kind=kind, purpose=purpose, prefix=prefix, branch=branch, in_date_order=in_date_order
    )
    made.save(force_insert=True)
    if last:
        year = clock.now().astimezone(clock.ISTANBUL).year
        Counter(series=made, taxpayer_id=taxpayer, year=year, last=last).save(force_insert=True)
    _tell("series.added", made, actor, origin, last=last)
    return make_series_default(taxpayer, made.id) if is_default or first else made


def make_series_default(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Series:
    """Take this series where nobody names one of its kind, purpose and branch.

    Raises:
        UnknownTaxpayer: ``taxpayer.series-unknown``.
    """
    chosen = _open(taxpayer, id)
    same = Series.objects.filter(taxpayer_id=taxpayer, kind=chosen.kind, purpose=chosen.purpose, branch=chosen.branch)
    same.exclude(id=id).update(is_default=False)
    chosen.is_default = True
    chosen.save(update_fields=["is_default"])
    _tell("series.default", chosen, actor, origin)
    return chosen


def close_series(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Let a series take no more documents; those that wait for its numbers get them. Its prefix stays taken.

    Raises:
        UnknownTaxpayer: ``taxpayer.series-unknown``.
    """
    chosen = _open(taxpayer, id)
    chosen.closed_at, chosen.is_default = clock.now(), False
    chosen.save(update_fields=["closed_at", "is_default"])
    _tell("series.closed", chosen, actor, origin)


def _check(kind: str, purpose: str, prefix: str, last: int) -> None:
    if kind not in NUMBERED:
        raise problem("taxpayer.series-kind", where="/kind", kind=kind[:40], kinds=", ".join(NUMBERED))
    if purpose not in _PURPOSES.get(kind, ("",)):
        raise problem("taxpayer.series-purpose", where="/purpose", purpose=purpose[:20])
    if not _PREFIX.fullmatch(prefix):
        raise problem("taxpayer.series-prefix", where="/prefix", prefix=prefix[:10])
    if prefix in _RESERVED:
        raise problem("taxpayer.series-reserved", where="/prefix", prefix=prefix)
    if not 0 <= last <= _LAST:
        raise problem("taxpayer.series-start", where="/last")


def _open(taxpayer: int, id: int) -> Series:
    found = Series.objects.filter(taxpayer_id=taxpayer, id=id, closed_at=None).first()
    if found is None:
        raise problem("taxpayer.series-unknown", prefix=id, kind="")
    return found


def _tell(what: str, series: Series, actor: str, origin: str, **facts: Any) -> None:
    said = {"kind": series.kind, "prefix": series.prefix, "branch": series.branch, **facts}
    facts = {**said, "purpose": series.purpose} if series.purpose else said
    audit.record([Entry(what, clock.now(), series.taxpayer_id, actor=actor, origin=origin, facts=facts)])
