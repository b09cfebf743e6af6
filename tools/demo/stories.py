"""What the two taxpayers have in their books, and what they left unfinished yesterday: so that pages have a story."""

from __future__ import annotations

import json
from typing import Any, Final

from tools.demo import ledger
from tools.demo.world import ARDIC, MELTEM, Firm

__all__ = ["drafts_of", "told"]

_OTHERS: Final = {ARDIC.short: MELTEM, MELTEM.short: ARDIC}
_ITEMS: Final = {
    ARDIC.short: (
        {"code": "TMZ-01", "name": "Bina temizliği", "unit": "Ay", "price": "18.500,00", "withholding": "612"},
        {"code": "KUT-40", "name": "Koli 40×30×30", "unit": "Adet", "price": "12,75"},
        {"code": "KRG-10", "name": "Nakliye", "unit": "Adet", "price": "950,00", "withholding": "624"},
    ),
    MELTEM.short: (
        {"code": "ZYT-05", "name": "Sızma zeytinyağı 5 L", "unit": "Adet", "price": "1.450,00", "vat": "1"},
        {"code": "BAL-01", "name": "Süzme bal 850 g", "unit": "Adet", "price": "420,00", "vat": "1"},
    ),
}
_LABELS: Final = (("ihracat", "blue"), ("muhasebeye sor", "orange"), ("ödendi", "green"))


def told(firms: dict[str, int]) -> int:
    """Fill the books of the taxpayers, in the installation that this process works for; how many entries there are."""
    _ledgers_of(firms[ARDIC.short])
    return sum(_books_of(firm, firms[firm.short]) for firm in (ARDIC, MELTEM))


def _ledgers_of(taxpayer: int) -> None:
    from ulak_server.clock import today
    from ulak_server.ledgers import services as ledgers
    from ulak_server.people.actors import Caller
    from ulak_server.people.models import Role

    ledgers.save_facts(Caller("operator:demo", {taxpayer: Role.OWNER}), taxpayer, ledger.facts(today()))


def _books_of(firm: Firm, taxpayer: int) -> int:
    from ulak_server.books import services as books
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped

    other, items = _OTHERS[firm.short], _ITEMS[firm.short]
    with scoped(Role.WEB, [taxpayer]):
        contact = books.ContactForm(
            number=other.number,
            title=other.title,
            tax_office=other.office,
            town=other.town,
            city=other.city,
            email=f"muhasebe@{other.domain}",
        )
        books.save_contact(taxpayer, contact)
        for item in items:
            books.save_item(taxpayer, books.ItemForm(**{"vat": "20", **item}))
        for name, colour in _LABELS:
            books.save_label(taxpayer, name, colour)
    return 1 + len(items) + len(_LABELS)


def drafts_of(firm: Firm) -> list[bytes]:
    """Two invoices that somebody began: one that is ready, one that lacks what the law asks for."""
    other = _OTHERS[firm.short]
    customer = {
        "tax_id": other.number,
        "name": other.title,
        "tax_office": other.office,
        "address": {"town": other.town, "city": other.city},
    }
    ready: dict[str, Any] = {"name": "Bina temizliği", "quantity": 1, "price": 18500, "vat": 20, "withholding": "612"}
    lacking: dict[str, Any] = {"name": "İhracat danışmanlığı", "quantity": 3, "price": 4200, "vat": 0}
    return [
        json.dumps({"profile": "TICARIFATURA", "customer": customer, "lines": [line]}, ensure_ascii=False).encode()
        for line in (ready, lacking)
    ]
