"""A report written entry by entry: canonical XML (C14N 1.0) from the first byte, nothing of it kept but the numbers."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from ulak.errors import Text
from ulak.reports.parts import UUID
from ulak.reports.problems import ReportError, problem
from ulak.reports.texts import element
from ulak.reports.values import LIMIT, NAMESPACE, SEAL_ROOM, Entry, Header, Product

__all__ = ["ROOT", "ReportWriter", "head"]

ROOT: Final = "eArsivRaporu"
_VERSION: Final = "1.0"
_END: Final = f"</{ROOT}>".encode()
_TAXPAYER: Final = re.compile("[0-9]{10,11}")
_LARGEST: Final = 2**31 - 1


class ReportWriter:
    """Writes one report; the seal is put into its head afterwards (`ulak.seal`).

    Args:
        target: takes the bytes, in order.
        header: the head.
        product: whose entries it takes.
        limit: most bytes of the unsealed report.

    Attributes:
        count: entries so far.
        size: bytes so far, the end tag included.

    Raises:
        ReportError: ``report.header`` for a head that the schema would refuse.
    """

    def __init__(
        self, target: BinaryIO, header: Header, product: Product = Product.EARSIV, *, limit: int = LIMIT - SEAL_ROOM
    ) -> None:
        self._target = target
        self._limit = limit
        self._product = product
        self._seen: set[tuple[str, str]] = set()
        self._is_open = True
        self.count = 0
        self.size = target.write(f'<{ROOT} xmlns="{NAMESPACE}">{head(header)}'.encode()) + len(_END)

    def is_full(self, entry: Entry) -> bool:
        """Whether an entry has no place here, so that another section has to begin."""
        return self.size + len(entry.fragment) > self._limit

    def add(self, entry: Entry) -> None:
        """Write an entry.

        Raises:
            ReportError: ``report.full``, ``report.twice``, ``report.product`` or ``report.ended``; nothing was written.
        """
        self._refuse(entry)
        self._seen.add((entry.element, entry.number))
        self.size += self._target.write(entry.fragment)
        self.count += 1

    def _refuse(self, entry: Entry) -> None:
        if not self._is_open:
            raise problem("report.ended")
        if entry.product is not self._product:
            raise problem("report.product", element=entry.element, product=self._product)
        if (entry.element, entry.number) in self._seen:
            raise problem("report.twice", element=entry.element, number=entry.number)
        if self.is_full(entry):
            raise problem("report.full", limit=self._limit)

    def end(self) -> None:
        """Write the end of the report.

        Raises:
            ReportError: ``report.empty`` – the schema wants an entry – or ``report.ended``.
        """
        if not self._is_open:
            raise problem("report.ended")
        if not self.count:
            raise problem("report.empty")
        self._is_open = False
        self._target.write(_END)


def head(header: Header) -> str:
    """``baslik`` without its seal, in canonical XML (e-Arşiv Kılavuzu V1.18, 3.3.1).

    Raises:
        ReportError: ``report.header``.
    """
    _refuse_header(header)
    rows = (
        element("versiyon", _VERSION),
        _party("mukellef", header.taxpayer),
        _party("hazirlayan", header.preparer),
        element("raporNo", header.number),
        element("donemBaslangicTarihi", header.period[0].isoformat()),
        element("donemBitisTarihi", header.period[1].isoformat()),
        element("bolumBaslangicTarihi", header.section[0].isoformat()),
        element("bolumBitisTarihi", header.section[1].isoformat()),
        element("bolumNo", str(header.section_no)),
    )
    return f"<baslik>{''.join(rows)}</baslik>"


def _party(name: str, number: str) -> str:
    scheme = "tckn" if len(number) == 11 else "vkn"
    return f"<{name}><{scheme}>{number}</{scheme}></{name}>"


def _refuse_header(header: Header) -> None:
    wrong = (
        ("mukellef", not _TAXPAYER.fullmatch(header.taxpayer)),
        ("hazirlayan", not _TAXPAYER.fullmatch(header.preparer)),
        ("raporNo", not UUID.fullmatch(header.number)),
        ("donem", header.period[0] > header.period[1]),
        ("bolum", not header.period[0] <= header.section[0] <= header.section[1] <= header.period[1]),
        ("bolumNo", not 1 <= header.section_no <= _LARGEST),
    )
    for name, is_wrong in wrong:
        if is_wrong:
            raise _bad(name)


def _bad(name: str) -> ReportError:
    return problem("report.header", where=f"/{ROOT}/baslik/{name}", name=Text(name, name))
