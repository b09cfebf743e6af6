"""Customs (GTB): export invoices and those of travellers.

Source: Gümrük İşlemleri Kılavuzu V1.8, 3 and 4. How long customs take is in no guide, and neither is with which status
they refuse what does not belong to them; both are ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from ulak.envelope import ElementType, EnvelopeType, Party
from ulak.errors import Text, UlakError
from ulak_center.agenda import Task
from ulak_center.book import Kept
from ulak_center.ends.answering import Answer
from ulak_center.ends.clearance import clearance
from ulak_center.ends.drafts import CUSTOMS_PARTY, Named, answer_to, lifted
from ulak_center.ends.end import End, sent
from ulak_center.ends.problems import end_error
from ulak_center.ends.reading import bytes_of, came
from ulak_center.ends.sending import packed
from ulak_center.ends.values import Direction, EndDocument, House, Mark, Packet, Sent
from ulak_center.values import CUSTOMS, ISTANBUL, Filed, Role, Unit, Use

__all__ = ["EXPORT", "PASSENGER", "Customs", "Decision"]

EXPORT: Final = "urn:mail:ihracatpk@gtb.gov.tr"
PASSENGER: Final = "urn:mail:yolcuberaberpk@gtb.gov.tr"
_EXPORTS: Final = "IHRACAT"
_TRAVELS: Final = "YOLCUBERABERFATURA"
_TAKES: Final[Mapping[str, tuple[str, ...]]] = {EXPORT: (_EXPORTS, "OZELFATURA"), PASSENGER: (_TRAVELS,)}
"""Which profiles go to which mailbox (Schematron 20260701, ``IhracatYolcuBeraberCheck``). No guide says what customs do
with OZELFATURA; it is treated as an export invoice."""
_ANSWERS: Final[Mapping[str, tuple[Answer, ...]]] = {
    **dict.fromkeys(_TAKES[EXPORT], (Answer.ACCEPT, Answer.REJECT)),
    _TRAVELS: (Answer.CUSTOMS,),
}
_OK: Final = 1200
_NOT_OURS: Final = 1150
_NOT_HERE: Final = Text(
    "{alias} etiketine yalnız {profile} belgesi gönderilir.", "Only documents of the profile {profile} go to {alias}."
)
_REFNO_DIGITS: Final = 23
_REGISTRATION: Final = re.compile(r"[0-9A-Z]{1,20}")
_GATE: Final = re.compile(r"[0-9A-Za-zÇĞİÖŞÜçğıöşü -]{1,40}")
_OFFICE: Final = "060200"
_USUAL_GATE: Final = "A33"
_APPROVED: Final = "Belge GTB tarafından onaylanmıştır."
_UNSIGNED: Final[Mapping[str, Any]] = {"ext:UBLExtensions": None, "cac:Signature": None}
_ANSWERED_TYPE: Final = "INVOICE"


class Decision(NamedTuple):
    """What customs decide.

    Attributes:
        reason: why an export invoice is refused.
        registration: of the export declaration (GTB_GCB_TESCILNO); made if empty.
        exported: when the goods left (GTB_FIILI_IHRACAT_TARIHI); today if None.
        gate: through which the traveller left; a usual one if empty.
    """

    answer: Answer
    reason: str = ""
    registration: str = ""
    exported: date | None = None
    gate: str = ""


class Customs(End):
    """Both of customs' mailboxes. Answers of customs bear no seal, and have no time limit (3.2.2, 4.2.2)."""

    name = str(CUSTOMS_PARTY["name"])
    holder = "customs"
    series = "GTB"

    def __init__(self, house: House) -> None:
        super().__init__(house)
        house.desk.agenda.handle("customs", self._decide_alone)

    def units(self) -> list[Unit]:
        """The aliases as they are to be registered."""
        now = self._desk.clock.now()
        return [Unit(CUSTOMS, alias, Role.PK, Use.INVOICE, "", now) for alias in _TAKES]

    # -- what comes in ----------------------------------------------------------------------------------------------

    def receive(self, kept: Kept, data: bytes) -> None:
        """Take an envelope that was delivered; each only once. Within a step of the store."""
        if kept.type == EnvelopeType.SYSTEM or self.shelf.has(kept.id):
            return
        now = self._desk.clock.now()
        found = came(data, None, now)
        status, reason = found.status, found.reason
        profiles = _TAKES.get(kept.receiver.alias, ())
        if status == _OK and any(document.profile not in profiles for document in found.documents):
            status, reason = _NOT_OURS, _NOT_HERE.format(alias=kept.receiver.alias, profile=", ".join(profiles))
        titles = (found.header.sender.title, found.header.receiver.title) if found.header else ("", "")
        self.shelf.put(kept.id, Direction.IN, found.documents, at=now, titles=titles, status=status, reason=reason)
        refno = ""
        if status == _OK:
            refno = max([self._take(document, now) for document in found.documents], default="")
        self._house.answering.later(kept, str(status), reasons=[reason.tr] if reason.tr else [], gtb_refno=refno)

    def _take(self, filed: Filed, now: datetime) -> str:
        """Note a document; the number that it is given, if it is an export invoice."""
        document = self.shelf.document(filed.ettn, Direction.IN)
        if document is None:
            return ""
        if document.element is ElementType.CREDIT_NOTE:
            self._withdraw(document)
            return ""
        if self._desk.policy.customs is not None:
            self._desk.agenda.add("customs", document.ettn, now + self._desk.policy.customs)
        if document.profile not in _TAKES[EXPORT]:
            return ""
        refno = f"{UUID(self._desk.new_id()).int % 10**_REFNO_DIGITS:0{_REFNO_DIGITS}}"
        self.shelf.refer(document, refno)
        return refno

    def _withdraw(self, notice: EndDocument) -> None:
        about = self.shelf.find(notice.about, Direction.IN)
        if about is None or about.element is not ElementType.INVOICE:
            self.shelf.mark(notice, Mark.UNKNOWN)
        else:
            self.shelf.mark(about, Mark.WITHDRAWN)

    # -- what goes out ----------------------------------------------------------------------------------------------

    def decide(self, ettn: str, decision: Decision, *, force: bool = False) -> Sent:
        """Answer an invoice: the seller of an export invoice, the intermediary of a traveller's.

        Args:
            force: although it was answered before, or its sale was withdrawn.

        Raises:
            CenterError: ``center.not-held``, ``center.not-incoming``, ``center.not-accepted``,
                ``center.customs-answer``, ``center.customs-withdrawn``, ``center.customs-value``, ``center.answered``,
                ``center.reason-missing``, ``center.intermediary``, ``center.unreadable``.
        """
        with self._house.lock:
            document = self._held(ettn)
            _refuse(document, decision, force=force)
            data = bytes_of(self._desk, document)
            came_in = self._desk.book.get(document.envelope)
        if came_in is None:
            raise end_error("center.not-held", who=self.name, ettn=ettn[:100])
        form = lifted(data, document.ettn)
        if decision.answer is Answer.CUSTOMS:
            packet = self._clear(document, form, data, decision.gate or _USUAL_GATE)
        else:
            packet = self._release(document, came_in.sender, form, decision)
        with self._house.lock, self._desk.store.step():
            _refuse(self._held(document.ettn), decision, force=force)
            self._dispatch.put(packet)
            self.shelf.answer(document, decision.answer, self._desk.clock.now(), packet.header.id)
        self._house.wake()
        return sent(packet)

    def _release(self, document: EndDocument, seller: Party, form: Mapping[str, Any], decision: Decision) -> Packet:
        """KABUL or RED of an export invoice, to the unit that it came from (3.2.2)."""
        batch = self._names.reserve(1)
        named, at = batch.documents[0], batch.at
        ids = {"GTB_REFNO": document.reference} if document.reference else {}
        is_accepted = decision.answer is Answer.ACCEPT
        if is_accepted:
            exported = decision.exported or at.astimezone(ISTANBUL).date()
            ids["GTB_GCB_TESCILNO"] = decision.registration or _registration(named, at)
            ids["GTB_FIILI_IHRACAT_TARIHI"] = exported.isoformat()
        note = _APPROVED if is_accepted else decision.reason
        made = answer_to(
            form,
            document.ettn,
            decision.answer,
            "Kabul" if is_accepted else decision.reason,
            named,
            at,
            profile=_EXPORTS,
            notes=[note],
            sender={**CUSTOMS_PARTY, "ids": ids} if ids else CUSTOMS_PARTY,
            invoice={"uuid": document.ettn, "date": form["date"], "type": _ANSWERED_TYPE},
            ubl=_UNSIGNED,
        )
        parties = (Party(EXPORT, CUSTOMS), seller)
        element = ElementType.APPLICATION_RESPONSE
        return packed(EnvelopeType.POSTBOX, element, parties, [made], batch.envelopes[0], at)

    def _clear(self, document: EndDocument, form: Mapping[str, Any], data: bytes, gate: str) -> Packet:
        """GUMRUKONAY of a traveller's invoice, to the mailbox of the intermediary that it names (4.2.2, 4.3)."""
        intermediary, alias = form.get("intermediary") or {}, form.get("intermediary_alias") or ""
        number = intermediary.get("tax_id") or ""
        if not number or not alias:
            raise end_error("center.intermediary", ettn=document.ettn)
        batch = self._names.reserve(1)
        more = clearance(form, data, document.ettn, gate, batch.at)
        patch = {**_UNSIGNED, **more.pop("ubl")}
        made = answer_to(
            form,
            document.ettn,
            Answer.CUSTOMS,
            "Onaylandı.",
            batch.documents[0],
            batch.at,
            profile=_TRAVELS,
            sender=CUSTOMS_PARTY,
            receiver={"name": number, **intermediary},
            invoice={"uuid": document.ettn, "date": form["date"], "type": _ANSWERED_TYPE},
            ubl=patch,
            **more,
        )
        parties = (Party(PASSENGER, CUSTOMS), Party(alias, number))
        element = ElementType.APPLICATION_RESPONSE
        return packed(EnvelopeType.POSTBOX, element, parties, [made], batch.envelopes[0], batch.at, version="1.2")

    def _decide_alone(self, task: Task) -> None:
        with self._desk.store.step():
            self._desk.agenda.end(task)
            document = self.shelf.document(task.subject, Direction.IN)
            answers = _ANSWERS.get(document.profile) if document else None
            if answers:
                # Somebody may have decided meanwhile, or withdrawn the sale, or the invoice cannot be read.
                with suppress(UlakError):
                    self.decide(task.subject, Decision(answers[0]))


def _refuse(document: EndDocument, decision: Decision, *, force: bool) -> None:
    """See that such a document is answered so."""
    if document.direction is not Direction.IN:
        raise end_error("center.not-incoming", ettn=document.ettn)
    if document.status != _OK:
        raise end_error("center.not-accepted", ettn=document.ettn, status=document.status)
    if document.element is not ElementType.INVOICE or decision.answer not in _ANSWERS.get(document.profile, ()):
        raise end_error("center.customs-answer", profile=document.profile, answer=decision.answer)
    if decision.answer is Answer.REJECT and not decision.reason.strip():
        raise end_error("center.reason-missing", answer=decision.answer)
    for name, value, form in (
        ("GTB_GCB_TESCILNO", decision.registration, _REGISTRATION),
        ("EndpointID", decision.gate, _GATE),
    ):
        if value and not form.fullmatch(value):
            raise end_error("center.customs-value", value=value[:100], name=name)
    if not force:
        _refuse_again(document)


def _refuse_again(document: EndDocument) -> None:
    if document.mark is Mark.WITHDRAWN:
        raise end_error("center.customs-withdrawn", ettn=document.ettn)
    if document.answer:
        raise end_error("center.answered", ettn=document.ettn, answer=document.answer)


def _registration(named: Named, at: datetime) -> str:
    """A declaration's number of the form in the guide's sample: year, office, EX, a running number."""
    return f"{at.astimezone(ISTANBUL).year % 100:02}{_OFFICE}EX{named.number[-6:]}"
