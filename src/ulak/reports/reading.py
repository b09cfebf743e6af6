"""A report read: its head, and what its entries say, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final, NamedTuple

from ulak.errors import Text
from ulak.reports.problems import problem
from ulak.reports.streaming import HEAD, Node, pieces
from ulak.reports.texts import number
from ulak.reports.values import KINDS, LIMIT, NAMESPACE, Header, What

__all__ = ["Reading", "Reported", "read"]

_E: Final = f"{{{NAMESPACE}}}"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_NUMBERS: Final = ("faturaNo", "makbuzNo", "giderPusulasiBelgeNo", "belgeNo", "adisyonNo", "dekontNo")
_UUIDS: Final = ("faturaUUID", "UUID")
_DAYS: Final = ("duzenlenmeTarihi", "iptalTarihi", "itirazBelgeTarihi")
_KNOWN: Final = {names.of(what): (kind, what) for kind, names in KINDS.items() for what in What if names.of(what)}


class Reported(NamedTuple):
    """What an entry says; empty or None where it does not.

    Attributes:
        element: local name.
        kind: of the document, as in `KINDS`; empty for other elements of GİB's schema.
        what: what it reports of it; None for other elements.
        day: of issue, of cancellation, or of the notice of objection.
        amount: total without taxes, in ``currency``.
        digest: SHA-256 of the sealed document in hex.
    """

    element: str
    kind: str
    what: What | None
    number: str
    uuid: str
    day: str
    amount: Decimal | None
    payable: Decimal | None
    currency: str
    url: str
    digest: str


class Reading(NamedTuple):
    """A report that is being read.

    Attributes:
        is_sealed: whether its head holds a signature; nothing is said of that being good.
        entries: to be iterated once; raises like `read`.
    """

    header: Header
    is_sealed: bool
    entries: Iterator[Reported]


def read(source: BinaryIO, *, max_bytes: int = LIMIT) -> Reading:
    """Begin to read a report; memory does not grow with it.

    Raises:
        ReportError: ``report.root``, ``report.header``, ``report.too-large``, ``report.deep``.
        XmlError: the bytes are no XML, or none that Ulak reads.
    """
    found = pieces(source, max_bytes=max_bytes)
    children = (child for piece in found for child in piece if isinstance(child.tag, str))
    head = next(children, None)
    if head is None or head.tag != HEAD:
        raise problem("report.header", where="/eArsivRaporu/baslik", name=Text("baslik", "baslik"))
    is_sealed = head.find(_SIGNATURE) is not None
    return Reading(_header(head), is_sealed, (reported(child) for child in children))


def _header(head: Node) -> Header:
    try:
        days = [date.fromisoformat(_text(head, name)) for name in _HEAD_DAYS]
        section = int(_text(head, "bolumNo"))
    except ValueError:
        raise problem(
            "report.header", where="/eArsivRaporu/baslik", name=Text("tarih ya da bolumNo", "dates or bolumNo")
        ) from None
    return Header(
        _party(head, "mukellef"),
        _party(head, "hazirlayan"),
        _text(head, "raporNo"),
        (days[0], days[1]),
        (days[2], days[3]),
        section,
    )


_HEAD_DAYS: Final = ("donemBaslangicTarihi", "donemBitisTarihi", "bolumBaslangicTarihi", "bolumBitisTarihi")


def _party(head: Node, name: str) -> str:
    return _text(head, f"{name}/{_E}vkn") or _text(head, f"{name}/{_E}tckn")


def _text(node: Node, path: str) -> str:
    return (node.findtext(_E + path) or "").strip()


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def reported(entry: Node) -> Reported:
    """What one entry says."""
    values: dict[str, str] = {}
    for child in entry.iterchildren("*"):
        values.setdefault(str(child.tag).removeprefix(_E), (child.text or "").strip())
    name = str(entry.tag).removeprefix(_E)
    kind, what = _KNOWN.get(name, ("", None))
    return Reported(
        element=name,
        kind=kind,
        what=what,
        number=_first(values, _NUMBERS),
        uuid=_first(values, _UUIDS),
        day=_first(values, _DAYS),
        amount=number(values.get("toplamTutar", "")),
        payable=number(values.get("odenecekTutar", "")),
        currency=values.get("paraBirimi", ""),
        url=next((value for name, value in values.items() if name.lower().endswith("url")), ""),
        digest=values.get("ozetDeger", ""),
    )
