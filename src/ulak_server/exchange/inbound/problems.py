"""What is wrong with envelopes that come in, and with answers to documents: the words of every code of this room."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "InboundError", "inbound_error"]


class InboundError(UlakError):
    """An envelope that came in cannot be worked on, or a document cannot be answered so."""


_ASK: Final = Text("Zarfı gönderenden yeniden isteyin.", "Ask the sender for the envelope again.")
_LOOK: Final = Text("Belgenin ayrıntısına bakıp yeniden deneyin.", "Look at the document and try again.")

PROBLEMS: Final[Table] = {
    "inbound.no-trust": Problem(
        Text(
            "Güvenilen kökler yok (ULAK_TRUST): gelen mühürler doğrulanamıyor.",
            "There are no trusted roots (ULAK_TRUST): incoming seals cannot be verified.",
        ),
        Text(
            "ULAK_TRUST'a KamuSM köklerinin klasörünü verin; zarf kendiliğinden yeniden denenir.",
            "Let ULAK_TRUST name the folder of KamuSM's roots; the envelope is tried again by itself.",
        ),
        permanent=False,
    ),
    "inbound.no-mailbox": Problem(
        Text(
            "Bu etikette ({alias}, {number}) bir kullanıcımız yok.",
            "We serve nobody at this alias ({alias}, {number}).",
        ),
        Text("Kullanıcı listesini yenileyip etiketi düzeltin.", "Refresh the user list and correct the alias."),
    ),
    "inbound.document-known": Problem(
        Text(
            "{place}: bu ETTN ({ettn}) aynı gönderenden daha önce alınmış.",
            "{place}: a document of this ETTN ({ettn}) came from the same sender before.",
        ),
        Text("Yeniden göndermeyin.", "Do not send it again."),
    ),
    "inbound.document-twice": Problem(
        Text(
            "{place}: aynı ETTN ({ettn}) zarfta iki kez var.", "{place}: the envelope holds this ETTN ({ettn}) twice."
        ),
        _ASK,
    ),
    "inbound.other-party": Problem(
        Text(
            "{place}: belgedeki {side} {found}, zarftaki {stated}.",
            "{place}: the {side} in the document is {found}, on the envelope {stated}.",
        ),
        Text("Belgeyi kendi zarfına koyun.", "Put the document into an envelope of its own parties."),
    ),
    "inbound.no-ettn": Problem(
        Text("{place}: ETTN bir UUID değil: “{ettn}”.", "{place}: the ETTN is no UUID: “{ettn}”."), _ASK
    ),
    "inbound.rules": Problem(Text("{place}: {findings}", "{place}: {findings}"), _ASK),
    "inbound.unjudged": Problem(
        Text("{place}: kurallar değerlendirilemedi: {findings}", "{place}: the rules could not be judged: {findings}"),
        _ASK,
        permanent=False,
    ),
    "inbound.seal": Problem(Text("{place}: mühür: {findings}", "{place}: seal: {findings}"), _ASK),
    "inbound.response-stray": Problem(
        Text(
            "Bir sistem yanıtı, göndereninin yanıtlayamayacağı bir zarfımızı anıyor; sayılmadı.",
            "A system response names an envelope of ours that its sender has no say about; it was not counted.",
        ),
        Text("Göndereni denetleyin; gerekirse GİB'e bildirin.", "Check the sender; tell GİB if need be."),
    ),
    "inbound.no-document": Problem(
        Text("Böyle bir gelen belge yok.", "There is no such incoming document."),
        Text("Kimliğini ve mükellefi denetleyin.", "Check its id and the taxpayer."),
    ),
    "inbound.answer-reason": Problem(
        Text("Ret ve iade için gerekçe yazılmalı.", "A rejection or a return needs a reason."),
        Text("“reason” alanına alıcının okuyacağı gerekçeyi yazın.", "Write what the sender will read into “reason”."),
    ),
    "inbound.receipt-line": Problem(
        Text("İrsaliyede {id} numaralı satır yok.", "The despatch advice has no line {id}."), _LOOK
    ),
    "inbound.receipt-quantity": Problem(
        Text(
            "{id}. satırda {received} + {rejected} miktarı, sevk edilen {delivered} miktarından başka.",
            "Line {id}: {received} + {rejected} is not what was despatched ({delivered}).",
        ),
        Text(
            "Teslim alınan, reddedilen ve eksik/fazla miktarları düzeltin.",
            "Correct the quantities that were received, rejected, short or oversupplied.",
        ),
    ),
    "inbound.quantity": Problem(
        Text("“{value}” bir miktar değil ya da olamaz.", "“{value}” is no quantity, or cannot be one."),
        Text("Satırdaki miktarı aşmayan bir sayı verin.", "Give a number that is not more than the line's."),
    ),
    "inbound.return-line": Problem(
        Text("Faturada “{id}” numaralı satır yok.", "The invoice has no line “{id}”."),
        Text("İade edilen satırları numaralarıyla verin.", "Name the lines that are returned by their numbers."),
    ),
    "inbound.answer-form": Problem(
        Text("Yanıt bir JSON nesnesi olmalı.", "The answer must be a JSON object."),
        Text("Alanları docs/incoming.md'de görün.", "See docs/incoming.md for its fields."),
    ),
    "inbound.not-returnable": Problem(
        Text(
            "Bu belgeden ({type}) iade faturası yapılamaz.",
            "No return invoice can be made from this document ({type}).",
        ),
        Text("Gelen bir satış faturası seçin.", "Choose an incoming sales invoice."),
    ),
}


def inbound_error(code: str, /, *, where: str = "", **facts: object) -> InboundError:
    """The error of a code."""
    return error_of(InboundError, PROBLEMS, code, where=where, line=None, **facts)
