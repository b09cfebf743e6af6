"""Where a document goes and what it is called on the way, in sentences."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_server.composing.receivers import Receiver
from ulak_server.composing.services import Look
from ulak_server.documents.kinds import EARCHIVE_PROFILE
from ulak_server.documents.routing import Route

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
        return profile != EARCHIVE_PROFILE
    return not receiver.is_unlisted or profile == EARCHIVE_PROFILE or profile in _ABROAD


def _archived(route: Route) -> Text:
    """Why it becomes an e-Arşiv invoice, as of which list."""
    reason = route.reason
    return Text(f"{reason.tr} e-Arşiv fatura olur.", f"{reason.en} It becomes an e-Arşiv invoice.")


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
    if not receiver.is_unlisted:
        return Text("GİB'in listesi henüz okunmadı.", "GİB's list has not been read yet.")
    if look.state.kind == "invoice":
        return _archived(receiver.route)
    return Text("e-İrsaliye kullanıcısı değil.", "No user of e-İrsaliye.")
