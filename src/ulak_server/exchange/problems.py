"""What people are told when what they want cannot be done now: codes ``exchange.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "ExchangeError", "exchange_error"]

_LOOK: Final = Text("Belgenin zaman çizelgesine bakın.", "Look at the document's timeline.")

PROBLEMS: Final[dict[str, Problem]] = {
    "exchange.no-document": Problem(
        Text("Böyle bir giden belge yok.", "There is no such outgoing document."),
        Text("Kimliğini ve mükellefi denetleyin.", "Check its id and the taxpayer."),
    ),
    "exchange.no-envelope": Problem(
        Text("Böyle bir zarf yok.", "There is no such envelope."),
        Text("Kimliğini ve mükellefi denetleyin.", "Check its id and the taxpayer."),
    ),
    "exchange.no-identity": Problem(
        Text("{number} için GİB izni kaldırılmış değil.", "GİB has not taken the permission of {number} away."),
        Text("Numarayı denetleyin.", "Check the number."),
    ),
    "exchange.not-withdrawn": Problem(
        Text("Belge artık geri çekilemez: {stands}", "The document cannot be withdrawn any more: {stands}"),
        Text(
            "Yoldaysa sonucunu bekleyin; ulaştıysa iade ya da iptal yoluna başvurun.",
            "If it is on its way, wait for the outcome; if it has arrived, use a return or a cancellation.",
        ),
    ),
    "exchange.not-withdrawn-together": Problem(
        Text(
            "Belge {company} belgelik bir zarfla yolda; tek başına geri çekilemez.",
            "The document is on its way in an envelope of {company} documents; it cannot be withdrawn alone.",
        ),
        Text("Zarfın sonucunu bekleyin.", "Wait for the envelope's outcome."),
    ),
    "exchange.not-resent": Problem(
        Text("Belge yeniden gönderilemez: {stands}", "The document cannot be sent again: {stands}"),
        Text(
            "Yalnız geri dönen belgeler yeniden gönderilir; hatası olan önce düzeltilir.",
            "Only documents that came back are sent again; one at fault is corrected first.",
        ),
    ),
    "exchange.not-corrected": Problem(
        Text("Belge şu anda düzeltilemez: {stands}", "The document cannot be corrected now: {stands}"),
        Text(
            "Yalnız hatalı bulunan ya da geri dönen belgeler düzeltilir.",
            "Only documents that were found faulty or came back are corrected.",
        ),
    ),
    "exchange.number-kept": Problem(
        Text(
            "Belge {number} numarasını almıştı; düzeltilmişi {found} numarasını taşıyor.",
            "The document had got the number {number}; the corrected one bears {found}.",
        ),
        Text(
            "Aynı numarayı yazın, ya da numara yazmayıp aynı seriyi ve yılı koruyun.",
            "Write the same number, or none, with the same series and year.",
        ),
    ),
    "exchange.not-disputed": Problem(
        Text("Belge için aranan bir yanıt yok: {stands}", "Nothing has to be found out about the document: {stands}"),
        _LOOK,
    ),
    "exchange.errand-failed": Problem(
        Text("Bu belge için yapılamadı; nedeni kayıtlarımızda.", "It failed for this document; our logs say why."),
        Text("Sonra yeniden deneyin; sürerse destek isteyin.", "Try again later; if it goes on, ask for support."),
        permanent=False,
    ),
    "exchange.errand-unknown": Problem(
        Text("Böyle bir toplu işlem yok: {what}.", "There is no such errand: {what}."),
        Text("Listeye dönüp yeniden seçin.", "Go back to the list and choose again."),
    ),
    "exchange.errand-empty": Problem(
        Text("Hiç belge seçilmedi.", "No documents were chosen."),
        Text("Listeden belge işaretleyin.", "Mark some in the list."),
    ),
    "exchange.errand-too-large": Problem(
        Text(
            "Bir kerede en çok {limit} belge için yapılır.",
            "It is done for at most {limit} documents at a time.",
        ),
        Text("Daha kısa bir dönem ya da başka bir süzgeç seçin.", "Choose a shorter period or another filter."),
    ),
    "exchange.busy": Problem(
        Text("Belge üzerinde şu anda çalışılıyor.", "The document is being worked on just now."),
        Text("Biraz sonra yeniden deneyin.", "Try again in a moment."),
        permanent=False,
    ),
}


class ExchangeError(UlakError):
    """What was wanted of a document or an envelope cannot be done."""


def exchange_error(code: str, **facts: object) -> ExchangeError:
    """The error of a code of `PROBLEMS`."""
    return error_of(ExchangeError, PROBLEMS, code, where="", line=None, **facts)
