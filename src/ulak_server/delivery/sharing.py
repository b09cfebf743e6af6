"""The station that hands issued documents over by themselves: each becomes a message, or waits for a person.

What was issued or cancelled is read out of the audit log by the feed (`taking_over`): each is looked at once, whoever
dies when. A taxpayer's are looked at in one transaction, together with the messages that are made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import structlog
from django.db import connection

from ulak.errors import UlakError
from ulak.xml import parse
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.addresses import address_of, is_somebody
from ulak_server.delivery.handovers import HandoverStage
from ulak_server.delivery.mail.postbox import is_set_up
from ulak_server.delivery.models import Channel, Handover, Message
from ulak_server.delivery.problems import DeliveryError
from ulak_server.delivery.stages import Stage
from ulak_server.delivery.suppressions import stopped_among
from ulak_server.documents.models import Document

__all__ = ["Addresses", "Sharing", "said_in"]

Addresses = Callable[[int, Sequence[str]], Mapping[str, str]]
"""(taxpayer, VKN and TCKN) → the e-mail addresses that its books know of them; called within the taxpayer's scope."""
_LOG: Final = structlog.get_logger("ulak_server.delivery")
_MOST: Final = 200
_NAME: Final = "sharing"
_DUE: Final = f"""
SELECT DISTINCT taxpayer_id FROM delivery_handover WHERE stage = 'due' AND {asides.awake(_NAME)} ORDER BY 1 LIMIT 100
"""  # noqa: S608
_ENTRIES: Final = {"issued": "document.mailed", "voided": "document.void-told"}
_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_MAIL: Final = f"{_CAC}AccountingCustomerParty/{_CAC}Party/{_CAC}Contact/{_CBC}ElectronicMail"
_PAPER: Final = "KAGIT"


class Said(NamedTuple):
    """What a document says of how its buyer gets it.

    Attributes:
        email: the buyer's, as it stands there.
        sending: ``ELEKTRONIK`` or ``KAGIT``.
    """

    email: str
    sending: str


class Sharing:
    """See the module.

    Args:
        known: e-mail addresses of the taxpayers' books.
    """

    name: Final = _NAME
    looks: Final = ("(SELECT true FROM delivery_handover WHERE stage = 'due' ORDER BY id LIMIT 1)",)

    def __init__(self, known: Addresses | None = None) -> None:
        self._known = known or _nothing

    def turn(self) -> int:
        """Look at what is due; how many."""
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(_DUE, [clock.now()])
            due = [Unit(taxpayer) for (taxpayer,) in cursor.fetchall()]
        done = asides.each(self.name, due, lambda unit: self._share(unit.taxpayer))
        if done:
            ring()
        return done

    def close(self) -> None:
        """Nothing is held."""

    def _share(self, taxpayer: int) -> int:
        with scoped(Role.WEB, [taxpayer]):
            due = Handover.objects.select_for_update(skip_locked=True).filter(taxpayer_id=taxpayer, stage="due")
            rows = list(due.order_by("id")[:_MOST])
            if rows:
                _Share(taxpayer, rows, self._known).do()
            return len(rows)


class _Share:
    """The handovers of one taxpayer that are looked at together."""

    def __init__(self, taxpayer: int, rows: Sequence[Handover], known: Addresses) -> None:
        self.taxpayer, self.rows, self.now = taxpayer, rows, clock.now()
        self.documents = Document.objects.in_bulk([row.document_id for row in rows])
        self.said = self._said()
        partners = {one.partner for one in self.documents.values() if is_somebody(one.partner)}
        self.known = known(taxpayer, sorted(partners))

    def do(self) -> None:
        wanted = {row.id: self._receivers(row) for row in self.rows}
        stopped = stopped_among(self.taxpayer, sorted({to for receivers in wanted.values() for to in receivers}))
        messages = []
        for row in self.rows:
            open_ones = [to for to in wanted[row.id] if to not in stopped]
            row.sending = self.said[row.document_id].sending
            row.stage = self._stage(row, wanted[row.id], open_ones)
            row.done_at = self.now
            messages += [(row, self._message(row, to)) for to in open_ones if row.stage == HandoverStage.MAILED]
        made = Message.objects.bulk_create([message for _, message in messages])
        for (row, _), message in zip(messages, made, strict=True):
            row.message_id = message.id
        Handover.objects.bulk_update(self.rows, ["stage", "sending", "message_id", "done_at"])
        self._tell()

    def _tell(self) -> None:
        """One entry for all that went the same way, in the timeline of each."""
        for what, word in _ENTRIES.items():
            mailed = [row.document_id for row in self.rows if (row.what, row.stage) == (what, HandoverStage.MAILED)]
            if mailed:
                audit.record([Entry(word, self.now, self.taxpayer, tuple(mailed), actor="ulak")])

    def _receivers(self, row: Handover) -> list[str]:
        """Of what was issued the buyer; that it is cancelled is told to whoever was sent it."""
        if row.what == "voided":
            told = Message.objects.filter(document_id=row.document_id, kind="document", channel=Channel.MAIL)
            there = list(told.exclude(stage__in=_NEVER).values_list("recipient", flat=True).distinct()[:_MOST])
            if there:
                return sorted(there)
        said, document = self.said[row.document_id], self.documents.get(row.document_id)
        if said.sending == _PAPER or document is None:
            return []
        # Books hold several addresses of one buyer; the first is the one to write to.
        for text in (said.email, *self.known.get(document.partner, "").split(";")):
            try:
                return [address_of(text)]
            except DeliveryError:
                continue
        return []

    def _stage(self, row: Handover, wanted: Sequence[str], open_ones: Sequence[str]) -> HandoverStage:
        if not wanted:
            return HandoverStage.PAPER if row.sending == _PAPER else HandoverStage.NO_ADDRESS
        if not is_set_up():
            return HandoverStage.NO_MAIL
        return HandoverStage.MAILED if open_ones else HandoverStage.STOPPED

    def _message(self, row: Handover, to: str) -> Message:
        facts: dict[str, Any] = {
            "language": "tr",
            "subject": "",
            "note": "",
            "attach": ["pdf", "xml"] if row.what == "issued" else [],
            "link": False,
            "reply_to": "",
            "by_itself": True,
        }
        return Message(
            taxpayer_id=self.taxpayer,
            channel=Channel.MAIL,
            kind="document" if row.what == "issued" else "voided",
            document_id=row.document_id,
            recipient=to,
            facts=facts,
            stage=Stage.WAITING,
            due_at=self.now,
            created_at=self.now,
        )

    def _said(self) -> dict[int, Said]:
        refs = {archive.Ref(one.taxpayer_id, one.month, one.id): one.id for one in self.documents.values()}
        bodies = {refs[ref]: body for ref, body in _read(list(refs)).items()}
        return {row.document_id: said_in(bodies.get(row.document_id, b"")) for row in self.rows}


_NEVER: Final = (Stage.SUPPRESSED, Stage.STOPPED, Stage.REFUSED, Stage.BOUNCED, Stage.GIVEN_UP)


def said_in(body: bytes) -> Said:
    """What a sealed document says of how its buyer gets it; electronically if it says nothing."""
    try:
        root = parse(body)
    except UlakError:
        return Said("", "ELEKTRONIK")
    sending = "ELEKTRONIK"
    for reference in root.iterfind(f"{_CAC}AdditionalDocumentReference"):
        if reference.findtext(f"{_CBC}DocumentType") == "SendingType":
            sending = (reference.findtext(f"{_CBC}DocumentTypeCode") or sending).strip()
    return Said((root.findtext(_MAIL) or "").strip(), _PAPER if sending == _PAPER else "ELEKTRONIK")


def _read(refs: Sequence[archive.Ref]) -> Mapping[archive.Ref, bytes]:
    """The bodies that can be opened: one that cannot must not hold up the others, and its message will say so."""
    try:
        return archive.read(refs)
    except UlakError:
        if len(refs) == 1:
            _LOG.warning("sharing.no-body", document=refs[0])
            return {}
    return {ref: body for one in refs for ref, body in _read([one]).items()}


def _nothing(_: int, __: Sequence[str]) -> Mapping[str, str]:
    return {}
