"""Summaries of answers: KABUL, RED and IADE, and the system responses to envelopes."""

from __future__ import annotations

from ulak.cli.page import Column
from ulak.cli.show.parts import party
from ulak.cli.show.sheet import Sheet, Table
from ulak.cli.show.voice import Voice, joined, words
from ulak.codes import statuses
from ulak.envelope.rules import S_APR
from ulak.errors import Text
from ulak.ubl import components as ubl

__all__ = ["answer_sheet"]

_ANSWER = Text("Uygulama yanıtı", "Application response")
_COLUMNS = [
    (Text("Yanıt", "Response"), Column(style="bold")),
    (Text("Belge", "Document"), Column(flexible=True)),
    (Text("Tür", "Kind"), Column()),
    (Text("Tarih", "Date"), Column()),
    (Text("Açıklama", "Description"), Column(flexible=True)),
]
_STATUSES = "status_codes"
_STATUS = Text("Zarfın durumu", "Envelope's status")
_TO_DO = Text("Yapılacak", "What to do")


def answer_sheet(voice: Voice, document: ubl.ApplicationResponse) -> Sheet:
    """The summary of an application response, with a row for every document and line it answers."""
    sheet = Sheet(joined((voice.say(_ANSWER), document.id)), words(document.profile_id))
    sheet.facts = [
        (Text("ETTN", "ETTN"), words(document.uuid)),
        (Text("Düzenlenme", "Issued"), voice.moment(document.issue_date, document.issue_time)),
    ]
    sheet.facts += [fact for response in document.document_response for fact in _status(voice, response)]
    sheet.parties = [
        party(voice, Text("Gönderen", "Sender"), document.sender_party),
        party(voice, Text("Alan", "Receiver"), document.receiver_party),
    ]
    rows = [row for response in document.document_response for row in _rows(voice, response)]
    sheet.tables = [Table(_COLUMNS, rows)]
    sheet.notes = [words(note) for note in document.note]
    return sheet


def _status(voice: Voice, found: ubl.DocumentResponse) -> list[tuple[Text, str]]:
    """What a system response means for the envelope that it answers, and what its sender does then."""
    if found.response is None or words(found.response.response_code) != S_APR:
        return []
    known = [statuses.get(words(each.response_code)) for line in found.line_response for each in line.response]
    return [
        fact
        for status in known
        if status
        for fact in ((_STATUS, f"{status.code} – {voice.say(status.label)}"), (_TO_DO, voice.say(status.repair)))
    ]


def _rows(voice: Voice, found: ubl.DocumentResponse) -> list[list[str]]:
    reference = found.document_reference
    about = [
        joined((reference.id,)) if reference else "",
        words(reference.document_type) or words(reference.document_type_code) if reference else "",
        voice.day(reference.issue_date) if reference else "",
    ]
    rows = [[*_said(voice, found.response, about)]]
    for line in found.line_response:
        place = words(line.line_reference.line_id) if line.line_reference else ""
        rows += [_said(voice, response, [place, "", ""]) for response in line.response]
    return rows


def _said(voice: Voice, response: ubl.Response | None, about: list[str]) -> list[str]:
    if response is None:
        return ["", *about, ""]
    code = words(response.response_code)
    described = joined(response.description, "; ")
    known = voice.code(_STATUSES, code)
    # A system response carries the status of an envelope; its number alone says nothing to a person.
    meaning = described or (known if known != code else "")
    return [code, *about, meaning]
