"""How documents were passed on to their receivers, as the API shows it."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment, Taken

__all__ = ["DeliveryView", "HandedOver", "HandoverView", "MessageView"]


class HandedOver(Taken):
    """That a document was handed over on paper."""

    at: Annotated[Moment | UnsetType, doc("Ne zaman; yazılmazsa şimdi.", "When; left out: now.")] = UNSET
    to: Annotated[Annotated[str, Meta(max_length=120)], doc("Kim aldı.", "Who took it.")] = ""
    note: Annotated[Annotated[str, Meta(max_length=500)], doc("Not.", "A note.")] = ""


class DeliveryView(Given):
    """That the receiver got a document."""

    at: Annotated[Moment, doc("Ne zaman.", "When.")]
    how: Annotated[str, doc("mail, sms, kep, link ya da paper.", "mail, sms, kep, link or paper.")]
    label: Annotated[str, doc("Yolun adı.", "What that is called.")]
    to: Annotated[str, doc("Kime.", "To whom.")]
    undone_at: Annotated[Moment | None, doc("Ulaşmadığı anlaşılan an.", "When it turned out not to have arrived.")]


class MessageView(Given):
    """An e-mail that carries a document to its receiver."""

    id: Annotated[int, doc("Ulak'taki numarası.", "Its id in Ulak.")]
    to: Annotated[str, doc("Kime.", "To whom.")]
    stage: Annotated[str, doc("Aşama (docs/delivery.md).", "Stage (docs/delivery.md).")]
    sentence: Annotated[str, doc("Nasıl durduğu.", "How it stands.")]
    advice: Annotated[str, doc("Ne yapılacağı; boş: bir şey gerekmez.", "What to do; empty: nothing.")]
    created_at: Annotated[Moment, doc("İstendiği an.", "When it was wanted.")]
    sent_at: Annotated[Moment | None, doc("Gönderildiği an.", "When it was sent.")]


class HandoverView(Given):
    """How a document was passed on to its receiver."""

    stage: Annotated[
        str,
        doc(
            "e-Arşiv ailesinde kendiliğinden teslim: mailed, paper, no-address … (docs/delivery.md); öbürlerinde boş.",
            "Of the e-Arşiv family, delivery by itself: mailed, paper, no-address … (docs/delivery.md); else empty.",
        ),
    ]
    sentence: Annotated[str, doc("Nasıl durduğu ve ne yapılacağı.", "How it stands and what to do.")]
    delivered_at: Annotated[
        Moment | None,
        doc("İptal süresinin başladığı teslim anı.", "When it was delivered: the time to cancel runs from then."),
    ]
    page: Annotated[
        str, doc("Alıcının belgeyi gördüğü kalıcı adres.", "Where the receiver sees the document, for good.")
    ]
    deliveries: Annotated[tuple[DeliveryView, ...], doc("Teslimler, eskiden yeniye.", "Deliveries, the first first.")]
    messages: Annotated[tuple[MessageView, ...], doc("E-postalar, yeniden eskiye.", "E-mails, the newest first.")]
