"""``ulak report show``: a report in short."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ulak.cli.errors import Exit, one_of
from ulak.cli.inputs import shown
from ulak.cli.keys import print_json
from ulak.cli.page import Cell, Column, Page
from ulak.cli.reporting_open import open_report
from ulak.cli.session import Session
from ulak.cli.show.voice import Voice
from ulak.errors import Text
from ulak.reports import Summary, Tally, summary

__all__ = ["ELEMENTS", "show_report"]

ELEMENTS: Final = {
    "fatura": Text("e-Arşiv fatura", "e-Arşiv invoices"),
    "faturaIptal": Text("e-Arşiv fatura iptali", "cancelled e-Arşiv invoices"),
    "faturaItiraz": Text("e-Arşiv fatura itirazı", "objections to e-Arşiv invoices"),
    "mustahsilMakbuz": Text("e-Müstahsil Makbuzu", "producer receipts"),
    "mustahsilMakbuzIptal": Text("e-Müstahsil Makbuzu iptali", "cancelled producer receipts"),
    "serbestMeslekMakbuz": Text("e-SMM", "e-SMM"),
    "serbestMeslekMakbuzIptal": Text("e-SMM iptali", "cancelled e-SMM"),
    "serbestMeslekMakbuzItiraz": Text("e-SMM itirazı", "objections to e-SMM"),
    "eGiderPusulasi": Text("e-Gider Pusulası", "expense notes"),
    "eGiderPusulasiIptal": Text("e-Gider Pusulası iptali", "cancelled expense notes"),
}
_SEALED: Final = Text("mühürlü", "sealed")
_UNSEALED: Final = Text("mühürsüz", "not sealed")
_LABELS: Final = (
    Text("Mükellef", "Taxpayer"),
    Text("Hazırlayan", "Prepared by"),
    Text("Dönem", "Period"),
    Text("Bölüm", "Section"),
)
_SPAN: Final = Text("{start} – {end}", "{start} – {end}")
_SECTION: Final = Text("{no} ({start} – {end})", "{no} ({start} – {end})")
_HEADS: Final = (
    Text("Kayıt", "Entries"),
    Text("Adet", "Count"),
    Text("Vergi hariç", "Without taxes"),
    Text("Ödenecek", "Payable"),
)


def show_report(session: Session, name: str, format: str) -> Exit:
    """Print who reports what: the head, and what each kind of entry comes to."""
    one_of(format, ("text", "json"), "--format")
    with open_report(name) as found:
        told = summary(found.stream)
    if format == "json":
        print_json(session, [_as_json(told)])
    else:
        session.put(_page(session, shown(name), told))
    return Exit.OK


def _page(session: Session, name: str, told: Summary) -> Page:
    page, header = session.page(), told.header
    page.line(Cell(name, "bold"), header.number, session.say(_SEALED if told.is_sealed else _UNSEALED))
    voice = Voice(session.language)
    period, section = (
        {"start": voice.day(start.isoformat()), "end": voice.day(end.isoformat())}
        for start, end in (header.period, header.section)
    )
    values = (
        header.taxpayer,
        header.preparer,
        session.say(_SPAN.format(**period)),
        session.say(_SECTION.format(no=header.section_no, **section)),
    )
    for label, value in zip(_LABELS, values, strict=True):
        page.labelled(session.say(label), value, indent=2, gap=14)
    page.blank()
    heads = [Column(session.say(head), right=place > 0, flexible=not place) for place, head in enumerate(_HEADS)]
    page.table(heads, [_row(session, element, tally) for element, tally in told.tallies.items()], indent=2)
    return page


def _row(session: Session, element: str, tally: Tally) -> tuple[str, ...]:
    name = session.say(ELEMENTS[element]) if element in ELEMENTS else element
    voice = Voice(session.language)
    return name, str(tally.count), _sums(voice, tally.amounts), _sums(voice, tally.payable)


def _sums(voice: Voice, sums: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{voice.number(value)} {currency}".rstrip() for currency, value in sums.items())


def _as_json(told: Summary) -> dict[str, object]:
    header = told.header
    return {
        "number": header.number,
        "product": str(told.product),
        "taxpayer": header.taxpayer,
        "preparer": header.preparer,
        "period": [day.isoformat() for day in header.period],
        "section": [day.isoformat() for day in header.section],
        "section_no": header.section_no,
        "sealed": told.is_sealed,
        "count": told.count,
        "entries": [
            {
                "element": element,
                "count": tally.count,
                "amounts": {currency: str(value) for currency, value in tally.amounts.items()},
                "payable": {currency: str(value) for currency, value in tally.payable.items()},
                "first": tally.first,
                "last": tally.last,
            }
            for element, tally in told.tallies.items()
        ],
    }
