"""Where a document goes and what it is called on the way, in sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.errors import Text
from ulak_server import clock
from ulak_server.composing.editors import FINAL_CONSUMER
from ulak_server.composing.receivers import Receiver
from ulak_server.composing.services import Look

__all__ = ["MARKS", "OTHER_SIDES", "may_be", "way_of"]

MARKS: Final = {
    "invoice": "e-FATURA",
    "despatch_advice": "e-İRSALİYE",
    "freelance_receipt": "e-SERBEST MESLEK MAKBUZU",
    "producer_receipt": "e-MÜSTAHSİL MAKBUZU",
    "expense_note": "e-GİDER PUSULASI",
}
OTHER_SIDES: Final = {
    "invoice": Text("Alıcı", "Customer"),
    "despatch_advice": Text("Teslim alan", "Receiver"),
    "freelance_receipt": Text("Müşteri", "Client"),
    "producer_receipt": Text("Müstahsil", "Producer"),
    "expense_note": Text("Malı veren", "Who gives the goods"),
}
_ISSUED: Final = Text(
    "Mühürlenince düzenlenmiş olur; GİB'e raporla bildirilir.",
    "It is issued by being sealed, and reported to GİB.",
)
_ABROAD: Final = frozenset({"IHRACAT", "YOLCUBERABERFATURA"})


def may_be(profile: str, receiver: Receiver) -> bool:
    """Whether the law leaves a profile open: e-Arşiv to those who are registered and e-Fatura to others it does not."""
    if receiver.is_registered:
        return profile != "EARSIVFATURA"
    return not receiver.is_unlisted or profile == "EARSIVFATURA" or profile in _ABROAD


def _archived(look: Look, listed_at: datetime) -> Text:
    """Why it becomes an e-Arşiv invoice, as of which list."""
    at = listed_at.astimezone(clock.ISTANBUL)
    tr, en = f"{at:%d.%m.%Y %H.%M}", f"{at:%d.%m.%Y %H:%M}"
    if look.receiver.number == FINAL_CONSUMER:
        return Text("Nihai tüketici: e-Arşiv fatura olur.", "Final consumer: it becomes an e-Arşiv invoice.")
    return Text(
        f"GİB'in {tr} listesinde e-Fatura kullanıcısı değil: e-Arşiv fatura olur.",
        f"No e-Fatura user in GİB's list of {en}: it becomes an e-Arşiv invoice.",
    )


def way_of(look: Look) -> Text:
    """Where the document goes, and why."""
    receiver = look.receiver
    if not receiver.number or receiver.route is None:
        return _ISSUED if receiver.number else Text("", "")
    service = Text("e-Fatura", "e-Fatura") if look.state.kind == "invoice" else Text("e-İrsaliye", "e-İrsaliye")
    if receiver.is_registered:
        alias = receiver.alias
        return Text(
            f"{service.tr} kullanıcısı. Belge {alias} etiketine gider.",
            f"A user of {service.en}. It goes to the alias {alias}.",
        )
    if receiver.listed_at is None:
        return Text("GİB'in listesi henüz okunmadı.", "GİB's list has not been read yet.")
    if look.state.kind == "invoice":
        return _archived(look, receiver.listed_at)
    return Text("e-İrsaliye kullanıcısı değil.", "No user of e-İrsaliye.")
