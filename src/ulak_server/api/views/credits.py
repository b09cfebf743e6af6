"""Kontör, as the API shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment

__all__ = ["CreditsView", "EntryKind", "ExpiryView", "KontorEntryPage", "KontorEntryView", "PackageView", "PriceView"]

EntryKind = Literal["loaded", "used", "refunded", "expired", "corrected"]
_Kontor = Annotated[Decimal, doc("Kontör, en çok iki ondalık.", "Kontör, with at most two decimals.")]


class ExpiryView(Given):
    """Kontör that expire soon."""

    on: Annotated[date, doc("Son kullanma günü.", "Their last day.")]
    amount: _Kontor


class PackageView(Given):
    """Kontör that were bought, or given by a correction."""

    id: Annotated[int, doc("Paketin numarası.", "Number of the package.")]
    amount: Annotated[Decimal, doc("Kaç kontör yüklendi.", "How many kontör were loaded.")]
    remaining: Annotated[Decimal, doc("Kaçı kaldı.", "How many of them are left.")]
    loaded_at: Annotated[Moment, doc("Yüklendiği an.", "When they were loaded.")]
    expires_on: Annotated[date | None, doc("Son kullanma günü; null: süresiz.", "Their last day; null: none.")]
    reference: Annotated[str, doc("Satışın faturası ya da siparişi.", "Invoice or order of the sale.")]
    note: Annotated[str, doc("Not.", "Note.")]


class PriceView(Given):
    """What a document costs."""

    kind: Annotated[str, doc("Belge türü.", "Kind of document.")]
    label: Annotated[str, doc("Türün adı.", "Name of the kind.")]
    direction: Annotated[Literal["out", "in"], doc("Giden ya da gelen.", "Outgoing or incoming.")]
    amount: _Kontor
    is_own: Annotated[bool, doc("Yalnız bu mükellefe özgü mü.", "Whether it is this taxpayer's alone.")]
    since: Annotated[date | None, doc("Ne zamandan beri.", "Since when.")]
    next_amount: Annotated[Decimal | None, doc("Sonra kaç kontör olacak.", "What it will be afterwards.")]
    next_since: Annotated[date | None, doc("O fiyatın ilk günü.", "From which day on that is so.")]


class CreditsView(Given):
    """How a taxpayer's kontör stand."""

    metered: Annotated[bool, doc("Kontör sayılıyor mu.", "Whether kontör are counted.")]
    balance: Annotated[Decimal, doc("Kalan; eksi olabilir.", "What is left; may be negative.")]
    overdraft: Annotated[Decimal, doc("Sıfırın ne kadar altına inebilir.", "How far below zero it may go.")]
    available: Annotated[
        Decimal,
        doc(
            "Yeni belgeler için kalan: bakiye ve eksi sınırı, alınmış belgelerin tutacağı düşülmüş.",
            "Left for new documents: balance and overdraft, less what documents taken in are going to cost.",
        ),
    ]
    level: Annotated[Literal["none", "ok", "low", "empty"], doc("Durum.", "How it stands.")]
    warning: Annotated[str, doc("Durumun adı; yeterliyse boş.", "How it stands, in words; empty if it is enough.")]
    threshold: Annotated[Decimal, doc("Bu bakiyenin altında uyarılır.", "Below this balance there is a warning.")]
    on_empty: Annotated[
        Literal["wait", "go-on"],
        doc("Kontör bitince: belgeler bekler ya da gider.", "With none left documents wait, or go on."),
    ]
    waiting: Annotated[int, doc("Kontör bekleyen belge sayısı.", "Documents that wait for kontör.")]
    expiring: Annotated[tuple[ExpiryView, ...], doc("30 gün içinde dolacaklar.", "What expires within 30 days.")]
    packages: Annotated[tuple[PackageView, ...], doc("Kontör kalmış paketler.", "Packages with something left.")]
    tariff: Annotated[tuple[PriceView, ...], doc("Belgelerin bedeli.", "What documents cost.")]


class KontorEntryView(Given):
    """A line of the account."""

    id: Annotated[int, doc("Hareketin numarası.", "Number of the line.")]
    at: Annotated[Moment, doc("Ne zaman.", "When.")]
    what: Annotated[EntryKind, doc("Ne oldu.", "What happened.")]
    label: Annotated[str, doc("Ne olduğu, sözle.", "What happened, in words.")]
    amount: Annotated[Decimal, doc("Gelen; eksiyse giden.", "What came; negative: what went.")]
    balance: Annotated[Decimal, doc("Sonraki bakiye.", "The balance after it.")]
    document: Annotated[int | None, doc("Belgenin kimliği.", "Id of the document.")]
    number: Annotated[str, doc("Belgenin numarası.", "Number of the document.")]
    kind: Annotated[str, doc("Belgenin türü.", "Kind of the document.")]
    direction: Annotated[Literal["out", "in"] | None, doc("Belgenin yönü.", "Direction of the document.")]
    package: Annotated[int | None, doc("Hangi paketten.", "Of which package.")]
    note: Annotated[str, doc("Neden.", "Why.")]


class KontorEntryPage(Given):
    """Lines, the newest first."""

    items: tuple[KontorEntryView, ...]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page.")]
