"""What needs the people of a taxpayer now: each need with how many there are, and the first few by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.answers import AnswerKind
from ulak.lifecycle.days import days_left
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.documents.models import Answer, Document
from ulak_server.documents.states import Shelf, State
from ulak_server.exchange.services import shown
from ulak_server.overview.bookkeeping import pressing_books
from ulak_server.overview.crediting import pressing_credits
from ulak_server.overview.reasons import reasons_of
from ulak_server.overview.reporting import pressing
from ulak_server.overview.waiting import FAULTY, RESTING, RETURNED, Waiting, rejected_since, waiting_of

__all__ = ["Item", "Need", "Today", "today"]

_SHOWN: Final = 4
"""Of each need, that are shown by name."""
_FEW: Final = 3
_SHELVES: Final = (Shelf.OUTGOING, Shelf.DESPATCHES, Shelf.ANSWERS, Shelf.RECEIPTS)
_CALM: Final = Text("", "")


class Item(NamedTuple):
    """One document that needs somebody.

    Attributes:
        sentence: how it stands, or what was said of it.
        advice: what to do; may be empty.
        left: whole days left, 0 on the last one; None where no time runs.
        share: of the time, how much is left: 0 to 100.
    """

    document: Document
    sentence: Text
    advice: Text = _CALM
    left: int | None = None
    share: int = 0


class Need(NamedTuple):
    """Something that needs somebody.

    Attributes:
        name: stable, e.g. ``answers``.
        tone: ``bad``, ``wait`` or ``info``: how much it presses.
        text: in one sentence, with the count.
        next: what to do about it.
        items: the first few; none of what is about reports, books and kontör.
    """

    name: str
    tone: str
    size: int
    text: Text
    next: Text
    items: Sequence[Item]


class Today(NamedTuple):
    """What the first page shows of what waits."""

    waiting: Waiting
    needs: Sequence[Need]


_WORDS: Final = {
    "returned": (
        "bad",
        Text("{n} belge geri döndü", "{n} documents came back"),
        Text("Nedenini giderip yeniden gönderin.", "Remove the reason and send them again."),
    ),
    "faulty": (
        "bad",
        Text("{n} belgede hata var; gönderilmedi", "{n} documents have a fault and were not sent"),
        Text("Belgeyi açıp düzeltin.", "Open the document and correct it."),
    ),
    "rejected": (
        "bad",
        Text("{n} faturanız reddedildi", "{n} of your invoices were rejected"),
        Text(
            "Nedenini okuyun; doğrusunu yeni bir faturayla gönderin.",
            "Read the reason; send the right one as a new invoice.",
        ),
    ),
    "answers": (
        "wait",
        Text("{n} fatura yanıtınızı bekliyor", "{n} invoices await your answer"),
        Text("Süresi içinde kabul edin ya da reddedin.", "Accept or reject them in time."),
    ),
    "receipts": (
        "wait",
        Text("{n} irsaliye yanıtınızı bekliyor", "{n} despatch advices await your receipt advice"),
        Text("Eksik ya da kusurlu geldiyse bildirin.", "Report what was short or damaged."),
    ),
    "resting": (
        "wait",
        Text("{n} belgenin sonucu araştırılıyor", "The outcome of {n} documents is being found out"),
        Text("Ekibimiz GİB'e soruyor; siz yeniden göndermeyin.", "Our people ask GİB; do not send them again."),
    ),
    "drafts": (
        "info",
        Text("{n} taslak gönderilmedi", "{n} drafts have not been sent"),
        Text("Tamamlayıp gönderin ya da silin.", "Finish and send them, or delete them."),
    ),
}
_ONE: Final = {
    "returned": "1 document came back",
    "faulty": "1 document has a fault and was not sent",
    "rejected": "1 of your invoices was rejected",
    "answers": "1 invoice awaits your answer",
    "receipts": "1 despatch advice awaits your receipt advice",
    "resting": "The outcome of 1 document is being found out",
    "drafts": "1 draft has not been sent",
}


def today(taxpayer: int) -> Today:
    """What waits, the most pressing first; within a scope that holds the taxpayer."""
    now, waiting = clock.now(), waiting_of([taxpayer])[taxpayer]
    makers: Mapping[str, Callable[[], list[Item]]] = {
        "returned": lambda: _ours(taxpayer, State.TROUBLED, RETURNED, now),
        "faulty": lambda: _ours(taxpayer, State.TROUBLED, FAULTY, now),
        "rejected": lambda: _rejected(taxpayer, now),
        "answers": lambda: _open(taxpayer, AnswerKind.COMMERCIAL, now),
        "receipts": lambda: _open(taxpayer, AnswerKind.DESPATCH, now),
        "resting": lambda: _ours(taxpayer, State.TROUBLED, RESTING, now),
        "drafts": lambda: _ours(taxpayer, State.DRAFT, (Stage.DRAFT,), now),
    }
    counts = waiting._asdict()
    needs = [_need(name, counts[name], make()) for name, make in makers.items() if counts[name]]
    others = (*pressing_credits(waiting.credits), *pressing(waiting.reports, now))
    others += tuple(pressing_books(waiting.ledgers, now))
    needs += [Need(one.name, one.tone, one.size, one.text, one.next, ()) for one in others]
    return Today(waiting, sorted(needs, key=_urgency))


def _need(name: str, count: int, items: Sequence[Item]) -> Need:
    tone, text, then = _WORDS[name]
    said = text.format(n=count)
    if count == 1:
        said = Text(said.tr, _ONE[name])
    soon = [one.left for one in items if one.left is not None]
    if tone == "wait" and soon and min(soon) < _FEW:
        tone = "bad"
    return Need(name, tone, count, said, then, items)


def _urgency(need: Need) -> int:
    return ("bad", "wait", "info").index(need.tone)


def _ours(taxpayer: int, state: State, stages: Iterable[str], now: datetime) -> list[Item]:
    """The newest of ours; shelf by shelf, for so the index has them."""
    mine = Document.objects.filter(taxpayer_id=taxpayer, state=int(state), stage__in=[str(one) for one in stages])
    found = [one for shelf in _SHELVES for one in mine.filter(shelf=int(shelf)).order_by("-id")[:_SHOWN]]
    newest = sorted(found, key=lambda one: -one.id)[:_SHOWN]
    return [Item(one.document, one.sentence, one.advice) for one in shown(newest, now)]


def _open(taxpayer: int, kind: AnswerKind, now: datetime) -> list[Item]:
    rows = Answer.objects.filter(taxpayer_id=taxpayer, stage="open", until__gt=now, kind=kind)
    answers = list(rows.order_by("until", "document_id")[:_SHOWN])
    documents = _documents(taxpayer, answers)
    there = [documents[one.document_id] for one in answers if one.document_id in documents]
    return [_timed(one.document, one.sentence, one.answer, now) for one in shown(there, now)]


def _documents(taxpayer: int, answers: Sequence[Answer]) -> Mapping[int, Document]:
    """The documents that are answered, by their ids."""
    found = Document.objects.filter(taxpayer_id=taxpayer, id__in=[one.document_id for one in answers])
    return {one.id: one for one in found}


def _timed(document: Document, sentence: Text, answer: Answer | None, now: datetime) -> Item:
    until = answer.until if answer else None
    if until is None:
        return Item(document, sentence)
    whole = max((until - document.accepted_at).total_seconds(), 1.0)
    share = round(100 * (until - now).total_seconds() / whole)
    return Item(document, sentence, _CALM, days_left(until, now), min(max(share, 0), 100))


def _rejected(taxpayer: int, now: datetime) -> list[Item]:
    mine = Document.objects.filter(taxpayer_id=taxpayer, shelf=int(Shelf.OUTGOING), accepted_at__gt=rejected_since(now))
    newest = list(mine.filter(state__in=[int(State.REJECTED), int(State.RETURNED)]).order_by("-id")[:_SHOWN])
    documents = {one.id: one for one in newest}
    answers = list(Answer.objects.filter(document_id__in=list(documents)).order_by("-document_id"))
    reasons = reasons_of(taxpayer, [one.carrier_id for one in answers if one.carrier_id])
    sentences = {one.document.id: one.sentence for one in shown(newest, now)}
    return [
        Item(documents[one.document_id], _said(sentences[one.document_id], reasons.get(one.carrier_id or 0, "")))
        for one in answers
    ]


def _said(sentence: Text, reason: str) -> Text:
    return Text(f"{sentence.tr} “{reason}”", f"{sentence.en} “{reason}”") if reason else sentence
