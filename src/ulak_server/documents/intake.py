"""Documents taken in: read, placed (whose, to whom, numbered by what), and stored.

Reading needs no database (`reading.read`); placing asks for the taxpayer and for the receivers, one statement each;
storing is `services.accept`.

>>> with scoped(Role.WEB, [7]):  # doctest: +SKIP
...     accept([read_one(7, data, options=Options(erp_key="4711"))], policy)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from ulak.errors import UlakError
from ulak_server.designs.services import wearable
from ulak_server.documents.desk import Desk, open_desk, use_of
from ulak_server.documents.kinds import EARCHIVE, EINVOICE
from ulak_server.documents.models import Form
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import SENT, Format, Reading, numbered, read
from ulak_server.documents.readings import turned
from ulak_server.documents.routing import Book, Route, book_of
from ulak_server.documents.seals import check_seal
from ulak_server.documents.services import Draft

__all__ = [
    "AUTOMATIC",
    "LONGEST_KEY",
    "ONLY_EARCHIVE",
    "Options",
    "Placed",
    "check_key",
    "check_options",
    "place",
    "place_all",
    "read_one",
]

LONGEST_KEY: Final = 100
"""Characters of an ERP key."""
_LONGEST_OPTION: Final = 260
ONLY_EARCHIVE: Final = frozenset({"TEKNOLOJIDESTEK"})
"""Types of invoices that there are as e-Arşiv alone, whoever the buyer is (UBL-TR Kod Listeleri V1.42, 1.4)."""
AUTOMATIC: Final = "auto"
"""The choice of the way that leaves it to GİB's list."""
_TURNABLE: Final = frozenset({"TEMELFATURA", "TICARIFATURA", "ENERJI", "HKS", "EARSIVFATURA"})
"""Profiles of which GİB's list alone may make another; the others are for receivers or goods of their own."""


class Options(NamedTuple):
    """What is said of a document besides its content.

    Attributes:
        series: prefix of the series that is to number it.
        branch: whose series is to number it.
        alias: of the receiver; empty: by the rules of `routing`.
        sender_alias: of the taxpayer; empty: the default one.
        erp_key: the author's own key, unique for the taxpayer.
        priority: whether it goes at once.
        about: the document that it answers or returns.
        batch: with which it came.
        not_after: from then on it must not be sent any more.
        kinds: that are taken.
        design: of `ulak_server.designs` that it is to wear; 0: none; None: the taxpayer's default.
        route: ``auto``: GİB's list decides between e-Fatura and e-Arşiv, whatever profile is stated; empty: it does
            where JSON states none.
    """

    series: str = ""
    branch: str = ""
    alias: str = ""
    sender_alias: str = ""
    erp_key: str | None = None
    priority: bool = False
    about: int | None = None
    batch: int | None = None
    not_after: datetime | None = None
    kinds: Sequence[str] = SENT
    design: int | None = None
    route: str = ""


class Placed(NamedTuple):
    """A document that may be stored, and where it goes.

    Attributes:
        route: None for an answer, which goes to where the answered one came from.
    """

    draft: Draft
    route: Route | None
    reading: Reading


_NO_OPTIONS: Final = Options()


def read_one(taxpayer: int | Desk, data: bytes, format: Format | None = None, options: Options = _NO_OPTIONS) -> Draft:
    """One document read, checked and placed, within the caller's scope; not stored.

    Raises:
        UlakError: ``json.*``, ``totals.*``, ``xml.*``, ``ubl.*`` of reading, ``intake.*`` of all else.
    """
    check_options(options)
    reading = read(data, format, kinds=options.kinds)
    desk = taxpayer if isinstance(taxpayer, Desk) else open_desk(taxpayer)
    partners = [reading.partner] if reading.partner else []
    return place(desk, book_of(reading.kind.list, partners), reading, options).draft


def place_all(desk: Desk, items: Sequence[tuple[Reading, Options]]) -> list[Placed | UlakError]:
    """`place` for many documents, whose receivers are looked up together; what is wrong stands in its place."""
    partners: dict[str, set[str]] = {}
    for reading, _ in items:
        if reading.partner:
            partners.setdefault(reading.kind.list, set()).add(reading.partner)
    books = {name: book_of(name, sorted(found)) for name, found in partners.items()}
    placed: list[Placed | UlakError] = []
    for reading, options in items:
        try:
            book = books.get(reading.kind.list) or Book(reading.kind.list, {})
            placed.append(place(desk, book, reading, options))
        except UlakError as error:
            placed.append(error)
    return placed


def place(desk: Desk, book: Book, reading: Reading, options: Options = _NO_OPTIONS) -> Placed:
    """Whose document it is, where it goes and what numbers it.

    Raises:
        IntakeError: ``intake.*``.
        UnknownDesign: ``design.unknown``.
    """
    if options.design:
        wearable(desk.taxpayer, options.design)
    desk.check_issuer(reading)
    reading, route = _routed(desk, book, reading, options)
    kind = reading.kind
    sender_alias = "" if kind.is_archived else desk.sender_alias(kind, options.sender_alias)
    is_automatic = route is not None and route.is_automatic
    number, series, body = _numbering(desk, reading, options, automatic=is_automatic)
    if reading.form is Form.SEALED:
        check_seal(reading, desk.number)
    use = use_of(reading)
    if number:
        desk.use(reading)
    draft = Draft(
        desk.taxpayer,
        kind.name,
        reading.form,
        body,
        reading.ettn,
        number,
        series,
        reading.profile,
        reading.type_code,
        reading.issue_date,
        reading.partner,
        "" if kind.is_archived else route.alias if route else options.alias,
        sender_alias,
        options.erp_key,
        options.priority,
        options.about,
        options.batch,
        options.not_after,
        reading.title or (route.title if route else ""),
        reading.currency,
        reading.payable,
        reading.vat,
        options.design,
        is_automatic,
        use.purpose,
        _told(route) if kind.root == EINVOICE.root else {},
    )
    return Placed(draft, route, reading)


def check_options(options: Options) -> None:
    """Raises `IntakeError` for options that no row could hold."""
    if options.erp_key is not None:
        check_key(options.erp_key, "intake.erp-key")
    for name in ("series", "branch", "alias", "sender_alias"):
        value = getattr(options, name)
        if value and (len(value) > _LONGEST_OPTION or not value.isprintable()):
            raise problem("intake.option", where=f"/{name}", name=name)
    if options.route not in ("", AUTOMATIC):
        raise problem("intake.route", where="/route", value=options.route)


def check_key(key: str, code: str) -> None:
    """Raises `IntakeError` for a key that is empty, too long, or holds what cannot be printed."""
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable() or key.isspace():
        raise problem(code, limit=LONGEST_KEY)


def _routed(desk: Desk, book: Book, reading: Reading, options: Options) -> tuple[Reading, Route | None]:
    """Where it goes, and the document as it goes there."""
    if not reading.partner:
        raise problem("intake.partner-missing")
    kind, automatic = reading.kind, _is_automatic(reading, options)
    if not automatic:
        desk.check_may_send(kind)
    if kind.to_role == "GB" and options.alias:
        return reading, None
    is_bound = kind.root == EINVOICE.root and reading.type_code in ONLY_EARCHIVE
    route = book.route_of(kind, reading.partner, reading.profile, options.alias, automatic=automatic, is_bound=is_bound)
    if automatic:
        reading = turned(reading, EINVOICE if route.alias else EARCHIVE)
        desk.check_may_send(reading.kind, route.reason)
    return reading, route


def _is_automatic(reading: Reading, options: Options) -> bool:
    """Whether GİB's list decides what invoice it is; what is sealed stays what it is."""
    if reading.form is Form.SEALED or reading.profile not in _TURNABLE:
        return False
    return reading.is_automatic or options.route == AUTOMATIC


def _told(route: Route | None) -> dict[str, Any]:
    """What the timeline keeps of the decision."""
    if route is None:
        return {}
    listed = route.listed_at.isoformat(timespec="minutes") if route.listed_at else None
    return {"way": route.way, "why": route.why, "automatic": route.is_automatic, "listed_at": listed}


def _numbering(desk: Desk, reading: Reading, options: Options, *, automatic: bool) -> tuple[str, int | None, bytes]:
    """The author's own number, or the series that gives one with the body that holds its placeholder."""
    kind = reading.kind
    if not kind.is_numbered:
        return reading.number, None, reading.body
    if reading.number:
        if options.series:
            raise problem("intake.number-and-series", number=reading.number)
        desk.check_own_number(reading)
        return reading.number, None, reading.body
    asked = options.series or reading.prefix
    series = desk.series_for(use_of(reading), asked, options.branch, automatic=automatic)
    return "", series.id, numbered(reading, f"{series.prefix}{reading.issue_date.year}{0:09d}")
