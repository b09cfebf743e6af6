"""What taking documents in has to know of a taxpayer, read by one statement, and what it decides by it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from ulak.codes.identifiers import document_number
from ulak.errors import Text
from ulak.lifecycle.accounts import Stage
from ulak_server import clock
from ulak_server.database.ahead import Ask, asked
from ulak_server.database.arrays import array
from ulak_server.documents.kinds import EARCHIVE, KINDS, Kind
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import Reading

__all__ = [
    "INTERNET",
    "SERVICES",
    "AliasFacts",
    "Desk",
    "SeriesFacts",
    "Use",
    "desk_of",
    "desks_asked",
    "open_desk",
    "use_of",
]

SERVICES: Final = {
    "einvoice": Text("e-Fatura", "e-Fatura"),
    "edespatch": Text("e-İrsaliye", "e-İrsaliye"),
    "earchive": Text("e-Arşiv fatura", "e-Arşiv invoices"),
    "esevoucher": Text("e-Serbest Meslek Makbuzu", "freelance receipts (e-SMM)"),
    "epreceipt": Text("e-Müstahsil Makbuzu", "producer receipts (e-MM)"),
    "erreceipt": Text("e-Gider Pusulası", "expense notes (e-Gider Pusulası)"),
}
INTERNET: Final = "internet"
_PORTAL: Final = "GIB"
"""Prefix of documents made at GİB's portal; nobody else may use it for e-Arşiv (e-Arşiv Kılavuzu V1.18, 6)."""
_OPEN: Final = "SELECT * FROM documents_desks(%s)"
"""A function of the database; its columns are those of `desk_of`."""
_INTERNET_SALE: Final = Text("internet satışının e-Arşiv faturası", "an e-Arşiv invoice of a sale on the internet")
_OPEN_END: Final = Text("süresiz", "no end")


class AliasFacts(NamedTuple):
    """An open alias of the taxpayer."""

    service: str
    role: str
    name: str
    is_default: bool


class SeriesFacts(NamedTuple):
    """A series of the taxpayer, open or closed."""

    id: int
    kind: str
    purpose: str
    prefix: str
    branch: str
    is_default: bool
    is_open: bool


class Use(NamedTuple):
    """What documents under a prefix are: their kind, and ``internet`` where they are of sales there."""

    kind: str
    purpose: str


def use_of(reading: Reading) -> Use:
    """What a document's prefix is used for by it."""
    is_internet = reading.kind is EARCHIVE and reading.is_internet
    return Use(reading.kind.name, INTERNET if is_internet else "")


class Desk(NamedTuple):
    """A taxpayer as taking in sees it.

    Attributes:
        stages: of the accounts, by service.
        prefixes: of invoices that their author numbered, and what they are; new ones are added as they are met.
    """

    taxpayer: int
    number: str
    title: str
    contract_from: date
    contract_until: date | None
    stages: dict[str, str]
    aliases: Sequence[AliasFacts]
    series: Sequence[SeriesFacts]
    prefixes: dict[str, Use]

    def check_issuer(self, reading: Reading) -> None:
        """Raises `IntakeError` if somebody else issues the document."""
        if not reading.issuer:
            raise problem("intake.issuer-missing")
        if reading.issuer != self.number:
            raise problem("intake.not-issuer", found=reading.issuer, number=self.number)

    def check_may_send(self, kind: Kind, why: Text | None = None) -> None:
        """Raises `IntakeError` if the taxpayer has no open account for it, or no contract today.

        Args:
            why: it is an e-Fatura or an e-Arşiv invoice, where its author did not say that it is one.
        """
        service, stage = SERVICES[kind.service], self.stages.get(kind.service)
        is_open = stage is not None and Stage(stage).may_issue
        if not is_open and why is not None:
            raise problem("intake.no-earchive" if kind is EARCHIVE else "intake.no-einvoice", why=why)
        if stage is None:
            raise problem("intake.no-account", service=service)
        if not is_open:
            raise problem("intake.account-closed", service=service, why=Stage(stage).sentence)
        today = clock.today()
        if today < self.contract_from or (self.contract_until is not None and today > self.contract_until):
            end = self.contract_until or _OPEN_END
            raise problem("intake.no-contract", day=today, begin=self.contract_from, end=end)

    def sender_alias(self, kind: Kind, wanted: str = "") -> str:
        """From which alias it goes: the one that is wanted, else the default, else the first."""
        known = [one for one in self.aliases if (one.service, one.role) == (kind.service, kind.from_role)]
        if wanted:
            if not any(one.name == wanted for one in known):
                names = ", ".join(one.name for one in known)
                raise problem("intake.sender-alias", alias=wanted, role=kind.from_role, known=names)
            return wanted
        if not known:
            raise problem("intake.no-sender-alias", service=SERVICES[kind.service], role=kind.from_role)
        return max(known, key=lambda one: one.is_default).name

    def series_for(self, use: Use, prefix: str = "", branch: str = "", *, automatic: bool = False) -> SeriesFacts:
        """Which series numbers it: that of the prefix, else the branch's, else the default, else the only one.

        Args:
            use: what it is to number.
            automatic: whether GİB's list made the invoice what it is: a series of the other kind says no more then than
                whose branch it is.
        """
        known = [one for one in self.series if (one.kind, one.purpose) == use and one.is_open]
        if prefix:
            found = next((one for one in known if one.prefix == prefix), None)
            if found is not None:
                return found
            meant = next((one for one in self.series if one.prefix == prefix), None)
            if not automatic or meant is None or meant.kind == use.kind or KINDS[meant.kind].root != EARCHIVE.root:
                names = ", ".join(one.prefix for one in known)
                raise problem("intake.series", prefix=prefix, kind=_label(use), known=names)
            branch = meant.branch if any(one.branch == meant.branch for one in known) else ""
        if branch:
            known = [one for one in known if one.branch == branch]
            if not known:
                raise problem("intake.branch", branch=branch, kind=_label(use))
        return _usual(known, use)

    def check_own_number(self, reading: Reading) -> None:
        """Raises `IntakeError` if the author's own number cannot be."""
        number = reading.number
        where = "/number" if reading.component is not None else f"/{reading.kind.root}/cbc:ID"
        if not document_number.is_valid(number) or number != document_number.compact(number):
            raise problem("intake.number", where=where, number=number)
        parts = document_number.split(number)
        if parts.year != reading.issue_date.year:
            raise problem("intake.number-year", where=where, found=parts.year, year=reading.issue_date.year)
        if any(one.prefix == parts.series for one in self.series):
            raise problem("intake.number-of-series", where=where, prefix=parts.series, number=number)
        self._check_prefix(reading, parts.series, where)

    def use(self, reading: Reading) -> None:
        """Remember what the prefix of a number is used for that its author gave."""
        if reading.kind.root == EARCHIVE.root:
            self.prefixes.setdefault(reading.number[:3], use_of(reading))

    def _check_prefix(self, reading: Reading, prefix: str, where: str) -> None:
        """e-Arşiv invoices have a prefix other than e-Fatura's, and sales on the internet one more."""
        if prefix == _PORTAL and reading.kind.is_archived:
            raise problem("intake.number-portal", where=where, prefix=prefix)
        if reading.kind.root != EARCHIVE.root:
            return
        now = use_of(reading)
        before = self.prefixes.get(prefix, now)
        if before != now:
            raise problem("intake.number-prefix", where=where, prefix=prefix, used=_label(before), now=_label(now))


def open_desk(taxpayer: int) -> Desk:
    """The taxpayer as the running scope sees it.

    Raises:
        IntakeError: ``intake.taxpayer`` if the scope has no such taxpayer.
    """
    (rows,) = asked(desks_asked([taxpayer]))
    if not rows:
        raise problem("intake.taxpayer")
    return desk_of(rows[0])


def desks_asked(taxpayers: Iterable[int]) -> Ask:
    """What has to be asked for the desks of taxpayers; each row is one's, for `desk_of`."""
    return Ask(_OPEN, [array(taxpayers)])


def desk_of(row: Sequence[Any]) -> Desk:
    """A taxpayer as a row of `desks_asked` has it."""
    taxpayer, number, title, begin, until, accounts, aliases, series, prefixes = row
    return Desk(
        taxpayer,
        number,
        title,
        begin,
        until,
        dict(accounts or ()),
        [AliasFacts(*one) for one in _decoded(aliases)],
        [SeriesFacts(*one) for one in _decoded(series)],
        {prefix: Use(*use) for prefix, *use in _decoded(prefixes)},
    )


def _usual(known: Sequence[SeriesFacts], use: Use) -> SeriesFacts:
    if not known:
        raise problem("intake.no-internet-series" if use.purpose else "intake.no-series", kind=_label(use))
    usual = [one for one in known if one.is_default] or known
    if len(usual) > 1:
        raise problem("intake.series-unclear", known=", ".join(one.prefix for one in usual))
    return usual[0]


def _label(use: Use) -> Text:
    return _INTERNET_SALE if use.purpose else KINDS[use.kind].label


def _decoded(value: Any) -> Sequence[Any]:
    """Django leaves JSON of raw statements as text."""
    return json.loads(value) if isinstance(value, str) else value or ()
