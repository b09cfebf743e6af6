"""What happened to a document, in sentences: its turning points, and every attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ulak.codes import statuses
from ulak.errors import Text
from ulak.lifecycle import answers, documents, envelopes
from ulak_server.audit import services as audit
from ulak_server.audit.services import Told
from ulak_server.people import services as people

__all__ = ["Happened", "history", "turns", "who_of"]

_MOST: Final = 300


class Happened(NamedTuple):
    """Something that happened.

    Attributes:
        is_turn: whether it changed where the document stands.
        code: GİB's or Ulak's, with what it means; empty if there is none.
        who: who made it happen.
        word: Ulak's stable word for it.
    """

    at: datetime
    text: Text
    is_turn: bool
    code: str
    meaning: Text
    who: Text
    word: str


_NOTHING: Final = Text("", "")
_NOTED: Final = Text("Kayda geçti.", "Noted.")
_TURNS: Final[Mapping[str, Mapping[str, Text]]] = {
    "document": {
        "draft": Text("Taslak olarak kaydedildi.", "Kept as a draft."),
        "accepted": Text("Gönderilmek üzere alındı.", "Taken in to be sent."),
        "judged": Text("Denetimden geçti.", "It passed the checks."),
        "unpaid": Text("Kontör yetmedi; bekliyor.", "There were not enough kontör; it waits."),
        "sealed": Text("Numarası verildi, mühürlendi.", "Numbered and sealed."),
        "on-road": Text("Zarfa kondu.", "Put into an envelope."),
        "delivered": Text("Alıcıya ulaştı.", "It reached the receiver."),
        "received": Text("GİB'den geldi.", "It came in from GİB."),
        "taken": Text("ERP teslim aldı.", "The ERP took it over."),
        "faulty": Text("Hata bulundu; gönderilmedi.", "A fault was found; it was not sent."),
        "returned": Text("Geri döndü.", "It came back."),
        "to-correct": Text("Belgedeki hata yüzünden geri döndü.", "It came back because of a fault in it."),
        "withdrawn": Text("Geri çekildi.", "Withdrawn."),
        "cancelled": Text("GİB portalında iptal edildi.", "Cancelled on GİB's portal."),
        "issued": Text("Düzenlendi: numarası verildi, mühürlendi.", "Issued: numbered and sealed."),
        "voided": Text("İptal edildi.", "Cancelled."),
        "objected": Text("İtiraz bildirildi.", "An objection was told of."),
        "expired": Text("Süresi içinde gönderilemedi.", "It could not be sent in time."),
        "mailed": Text("Alıcıya e-postayla gönderiliyor.", "On its way to the buyer by e-mail."),
        "handed-over": Text("Alıcıya kâğıtla teslim edildi.", "Handed over to the buyer on paper."),
    },
    "envelope": {
        "taken": Text("GİB zarfı aldı.", "GİB took the envelope."),
        "passed": Text("GİB kabul etti; alıcıya iletiyor.", "GİB accepted it and passes it on."),
    },
    "answer": {
        "answering": Text("Yanıt verildi.", "An answer was given."),
        "answered": Text("Yanıtınız ulaştı.", "Your answer arrived."),
        "received": Text("Alıcının yanıtı geldi.", "The receiver's answer came."),
        "lapsed": Text("Yanıt süresi doldu.", "The time for an answer ended."),
        "silent": Text("Alıcı süresi içinde yanıt vermedi.", "The receiver did not answer in time."),
    },
}
_OTHERS: Final[Mapping[str, Mapping[str, Text]]] = {
    "document": {
        "draft-changed": Text("Taslak değiştirildi.", "The draft was changed."),
        "fetched": Text("Gövdesi işletmence okundu.", "Its body was read by the operator."),
        "labelled": Text("Etiketlendi.", "Labelled."),
        "unlabelled": Text("Etiketi kaldırıldı.", "A label was removed."),
        "rerouted": Text(
            "Alıcının kaydı değişmiş; belgenin yolu değiştirildi.",
            "The receiver's registration has changed, and so has the document's way.",
        ),
        "void-told": Text("İptali alıcıya e-postayla bildiriliyor.", "The buyer is told of it by e-mail."),
    },
    "message": {
        "wanted": Text("E-posta ya da kısa mesajla gönderildi.", "Sent by e-mail or text message."),
        "again": Text("Yeniden gönderildi.", "Sent again."),
        "stopped": Text("Gönderim durduruldu.", "A message was stopped."),
    },
    "link": {
        "made": Text("Bağlantı oluşturuldu.", "A link was made."),
        "revoked": Text("Bağlantı kapatıldı.", "A link was closed."),
        "viewed": Text("Bağlantısı açıldı.", "Its link was opened."),
        "fetched": Text("Bağlantısından indirildi.", "It was downloaded by its link."),
    },
    "envelope": {
        "response": Text("Sistem yanıtı geldi.", "A system response came."),
    },
    "alarm": {
        "": Text("Ekibimize haber verildi.", "Our people were told."),
    },
}
_STAGES: Final[Mapping[str, Mapping[str, Text]]] = {
    "document": {stage.value: text for stage, text in documents.SENTENCES.items()},
    "answer": {stage.value: text for stage, text in answers.SENTENCES.items()},
    "envelope": {stage.value: stage.sentence for stage in envelopes.Stage},
}


def history(taxpayer: int, document: int, user: int | None) -> list[Happened]:
    """What happened to a document, the newest first; within its taxpayer's scope.

    Args:
        user: who looks: their own doings are theirs.
    """
    names = {one.user: one.name or one.email for one in people.members(taxpayer)}
    return [_happened(one, names, user) for one in audit.timeline(document)[-_MOST:]][::-1]


def turns(found: Sequence[Happened]) -> list[Happened]:
    """The turning points alone."""
    return [one for one in found if one.is_turn]


def _happened(one: Told, names: Mapping[int, str], user: int | None) -> Happened:
    status = statuses.get(one.code) if one.code else None
    return Happened(
        one.at,
        _text(one.what),
        _is_turn(one.what),
        one.code,
        status.label if status else _NOTHING,
        who_of(one.actor, names, user),
        one.what,
    )


def _is_turn(what: str) -> bool:
    room, _, stage = what.partition(".")
    return stage in _TURNS.get(room, {})


def _text(what: str) -> Text:
    room, _, stage = what.partition(".")
    tables = (_TURNS, _OTHERS, _STAGES)
    return next((table[room][stage] for table in tables if stage in table.get(room, {})), _NOTED)


def who_of(actor: str, names: Mapping[int, str], user: int | None) -> Text:
    """Who made something happen, as a page names them.

    Args:
        names: of the people who work for the taxpayer.
        user: who looks.
    """
    kind, _, id = actor.partition(":")
    if kind == "user" and id.isdecimal():
        name = names.get(int(id), f"#{id}")
        return Text("Siz", "You") if int(id) == user else Text(name, name)
    return {
        "key": Text("API anahtarı", "API key"),
        "gib": Text("GİB", "GİB"),
        "operator": Text("İşletmen", "Operator"),
    }.get(kind, Text("Ulak", "Ulak") if actor else _NOTHING)
