"""System responses: whoever sent an envelope learns what became of it, and why, in words that GİB's rules accept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envelope_cases import CASES, Case
from envelopes import ID, NOW, answer, envelope, header, made, xml
from support import REFERENCE, needs_reference
from ulak.codes import code_list
from ulak.codes.statuses import Outcome, Speaker, statuses
from ulak.envelope import (
    GIB,
    ElementType,
    EnvelopeError,
    EnvelopeType,
    Header,
    Party,
    SystemResponse,
    open_envelope,
    opening,
    pack,
    query_answer,
    read_response,
    reason_of,
    respond,
    system_response,
    xml_pieces,
)
from ulak.envelope.problems import PROBLEMS, error
from ulak.errors import UlakError
from ulak.rules import Verdict, check

SAMPLES = REFERENCE / "packages" / "efatura-20260312" / "xml"
GUIDE = REFERENCE / "guides" / "Ek-2e-FaturaUygulamasiSistemYanitiSemaYapisi-v1.5.txt"
SENT = [status.code for status in statuses() if status.in_system_response]
ASKED = [status.code for status in statuses() if not status.in_system_response]


def ids() -> Callable[[], str]:
    """The same UUIDs in every run."""
    numbers = count(1)
    return lambda: str(UUID(int=next(numbers)))


def asked(code: str, about: Header | None = None) -> SystemResponse:
    return read_response(query_answer(about or header(), code, now=NOW, new_id=ids()))


def by_gibs_rules(data: bytes) -> list[str]:
    report = check(data, as_of=NOW.date())
    assert report.verdict in (Verdict.VALID, Verdict.INVALID)
    return [f"{finding.id} {finding.message.en}" for finding in report.findings]


# -- what is written --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", [EnvelopeType.SENDER, EnvelopeType.POSTBOX, EnvelopeType.USER, None])
@pytest.mark.parametrize("code", SENT)
def test_every_status_that_may_be_sent_is_written_as_gib_demands(code: str, about: EnvelopeType | None) -> None:
    answered = header(about or EnvelopeType.SENDER)._replace(type=about)
    made_of = respond(answered, code, now=NOW, new_id=ids(), reasons=["a < b & c"])
    assert by_gibs_rules(b"".join(xml_pieces(made_of))) == []
    packed = pack(made_of)
    assert open_envelope(packed.data, name=packed.name) == made_of
    said = read_response(packed.data)
    assert (said.status, said.about, said.about_type) == (code, ID, about or "UNKNOWN")


@pytest.mark.parametrize("code", ASKED)
def test_a_status_that_is_only_asked_for_is_in_no_system_envelope(code: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        respond(header(), code, now=NOW, new_id=ids())
    assert caught.value.code == "envelope.status-not-sent"
    said = asked(code)
    assert (said.status, said.meaning and said.meaning.in_system_response) == (code, False)


def test_what_gib_refuses_of_an_answer_to_a_query_is_the_status_alone() -> None:
    told = query_answer(header(), "1300", now=NOW, new_id=ids(), sender=GIB).encode()
    (found,) = by_gibs_rules(told)
    assert found.startswith("AppResponseCodeCheck")


def test_the_answer_goes_back_where_the_envelope_came_from() -> None:
    made_of = respond(header(), "1200", now=NOW, new_id=ids())
    assert (made_of.header.sender, made_of.header.receiver) == (header().receiver, header().sender)
    assert made_of.header.type is EnvelopeType.SYSTEM
    said = read_response(pack(made_of).data)
    assert (said.sender, said.receiver) == (header().receiver, header().sender)


def test_merkez_answers_as_gib_whatever_the_address_was() -> None:
    said = read_response(pack(respond(header(), "1163", now=NOW, new_id=ids(), sender=GIB)).data)
    assert (said.sender, said.receiver) == (GIB, header().sender)


def test_a_persons_number_is_a_tckn() -> None:
    person = header(sender=Party("urn:mail:gb@oz.example", "10000000146", "Ayşe Öz"))
    made_of = respond(person, "1200", now=NOW, new_id=ids())
    data = b"".join(xml_pieces(made_of))
    assert b'schemeID="TCKN">10000000146<' in data
    assert by_gibs_rules(data) == []


def test_the_same_ids_make_the_same_bytes_and_every_id_is_another() -> None:
    first = b"".join(xml_pieces(respond(header(), "1200", now=NOW, new_id=ids())))
    assert first == b"".join(xml_pieces(respond(header(), "1200", now=NOW.astimezone(UTC), new_id=ids())))
    assert sorted(re.findall(rb"00000000-0000-0000-0000-00000000000\d", first)) == [
        str(UUID(int=number)).encode() for number in range(1, 6)
    ]


def test_a_document_alone_can_be_had() -> None:
    said = read_response(system_response(header(), "1150", now=NOW, new_id=ids()))
    assert (said.status, said.header, said.sender.alias, said.sender.number) == ("1150", None, "", "7359021640")


@pytest.mark.parametrize(
    ("created", "day"),
    [
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "2026-11-22"),
        (datetime(2005, 1, 1, tzinfo=UTC), "2005-01-01"),
        (datetime(1999, 12, 31, tzinfo=UTC), "2026-11-22"),
        (datetime(1, 1, 1, tzinfo=UTC), "2026-11-22"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "2026-11-22"),
        (None, "2026-11-22"),
    ],
    ids=["istanbuls-day", "earliest", "too-early", "first-of-all", "last-of-all", "none"],
)
def test_a_hostile_date_of_the_envelope_does_not_spoil_the_answer(created: datetime | None, day: str) -> None:
    data = b"".join(xml_pieces(respond(header(created=created), "1200", now=NOW, new_id=ids())))
    reference = data[data.index(b"<cac:DocumentReference>") :]
    assert reference.partition(b"IssueDate>")[2][:10].decode() == day
    assert by_gibs_rules(data) == []


# -- why --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_every_bad_envelope_is_answered_with_its_status_and_the_reason(case: Case) -> None:
    about, faults = judged(case)
    assert faults[0].status == case.status
    at_hand = {"sender": header().receiver, "receiver": header().sender, "about": ID}
    if about.type is EnvelopeType.SYSTEM:
        about = about._replace(type=None)
    said = read_response(pack(respond(about, faults[0], now=NOW, new_id=ids(), **at_hand)).data)  # type: ignore[arg-type]
    assert said.status == case.status
    assert said.meaning is not None
    assert said.meaning.outcome is Outcome.ERROR
    assert said.notes[0].startswith(f"{faults[0].code}")
    assert faults[0].text.tr.split("“")[0].strip()[:20] in said.notes[0]
    assert said.is_about(about.id or ID)


def judged(case: Case) -> tuple[Header, list[EnvelopeError]]:
    """As much of the header as can be read, and the faults."""
    about = Header(None, "", Party("", ""), Party("", ""), None)
    try:
        opened = opening(case.data, name=case.name)
        about = opened.header
        for _ in opened:
            pass
    except EnvelopeError as fault:
        return about, [fault]
    return about, opened.faults


def test_reasons_beyond_twenty_and_beyond_2000_characters_are_left_out() -> None:
    reasons = ["x" * 3000, *map(str, range(40))]
    said = read_response(pack(respond(header(), "1150", now=NOW, new_id=ids(), reasons=reasons)).data)
    assert (len(said.notes), len(said.notes[0]), said.notes[-1]) == (20, 2000, "18")


def test_a_reason_says_where_and_what_to_do() -> None:
    fault = error("envelope.element-count", where="Elements[2]", stated=3, count=2)
    assert reason_of(fault).startswith("envelope.element-count, Elements[2]: ElementCount 3, belge sayısı 2. ")
    assert reason_of(fault).endswith(fault.repair.tr)


def test_the_customs_number_is_carried() -> None:
    number = "16545419880849000000392"
    made_of = respond(header(), "1200", now=NOW, new_id=ids(), gtb_refno=number)
    assert by_gibs_rules(b"".join(xml_pieces(made_of))) == []
    assert read_response(pack(made_of).data).gtb_refno == number


# -- what cannot be answered ------------------------------------------------------------------------------------------

NOBODY = Party("", "")


@pytest.mark.parametrize(
    ("about", "status", "refno", "code"),
    [
        (header(EnvelopeType.SENDER, sender=NOBODY), "1110", "", "envelope.unanswerable"),
        (header(EnvelopeType.SENDER, receiver=NOBODY), "1110", "", "envelope.unanswerable"),
        (header(EnvelopeType.SENDER, sender=Party("urn:mail:gb", "12")), "1110", "", "envelope.unanswerable"),
        (header(EnvelopeType.SENDER, id=""), "1110", "", "envelope.unanswerable"),
        (header(EnvelopeType.SYSTEM), "1200", "", "envelope.no-answer-due"),
        (header(), "4711", "", "envelope.unknown-status"),
        (header(), error("envelope.document-instruction"), "", "envelope.unknown-status"),
        (header(), "1200", "1" * 22, "envelope.gtb-refno"),
        (header(), "1200", "٣" * 23, "envelope.gtb-refno"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_answered_is_said(about: Header, status: str | EnvelopeError, refno: str, code: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        respond(about, status, now=NOW, new_id=ids(), gtb_refno=refno)
    assert caught.value.code == code


def test_whoever_knows_the_addresses_can_answer_what_cannot_be_read() -> None:
    unread = Header(None, "", NOBODY, NOBODY, None)
    made_of = respond(
        unread, "1110", now=NOW, new_id=ids(), about=ID, sender=GIB, receiver=Party("urn:mail:gb", "4812530769")
    )
    assert by_gibs_rules(b"".join(xml_pieces(made_of))) == []
    assert read_response(pack(made_of).data).is_about(ID.upper())


def test_a_query_may_be_about_a_system_response() -> None:
    assert asked("1200", header(EnvelopeType.SYSTEM)).about_type == "SYSTEMENVELOPE"


# -- what is read -----------------------------------------------------------------------------------------------------


@needs_reference
@pytest.mark.parametrize(
    ("name", "sender", "refno"),
    [
        ("1_SISTEM_YANITI_MERKEZ", "GIB", ""),
        ("1_SISTEM_YANITI_POSTA_KUTUSU", "urn:mail:defaultpk@gib.gov.tr", ""),
        ("1_SISTEM_YANITI_GTB_POSTA_KUTUSU", "", "16545419880849000000392"),
    ],
)
def test_gibs_samples_are_understood(name: str, sender: str, refno: str) -> None:
    data = (SAMPLES / f"{name}.xml").read_bytes()
    for said in (read_response(data), read_response(data.decode())):
        assert (said.status, said.about_type, said.gtb_refno) == ("1200", "SENDERENVELOPE", refno)
        assert (said.sender.alias, said.description) == (sender, "BASARIYLA ISLENDI")
        assert said.is_about("E002DA78-223F-438C-ADDB-16BADEB047B5")
        assert said.issued is not None
        assert said.issued.year in (2013, 2015)


@needs_reference
def test_nothing_else_of_gibs_samples_is_taken_for_a_system_response() -> None:
    for path in SAMPLES.glob("[2-9]_*.xml"):
        with pytest.raises(EnvelopeError) as caught:
            read_response(path.read_bytes())
        assert caught.value.code in ("envelope.not-system-response", "envelope.document-malformed")


DOCUMENT = system_response(header(), "1200", now=NOW, new_id=ids()).decode()
LINE = DOCUMENT[DOCUMENT.index("<cac:LineResponse>") : DOCUMENT.index("</cac:DocumentResponse>")]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("1200", "4711", "4711"),
        ("<cbc:ResponseCode>1200", "<cbc:ResponseCode>\n 1150 <!-- why -->", "1150"),
        (LINE, LINE + LINE, "1200"),
        ("<cbc:UBLVersionID>2.1", "<cbc:UBLVersionID>2.0", "1200"),
        ("UBL-TR-PROFILE-1", "whatever", "1200"),
        (re.search("<cbc:IssueDate>.*?</cbc:IssueTime>", DOCUMENT)[0], "", "1200"),  # type: ignore[index]
        ("cbc:", "b:", "1200"),
    ],
    ids=["unknown-status", "white-space", "line-said-twice", "ubl-2.0", "other-profile", "no-date", "other-prefix"],
)
def test_what_differs_without_changing_the_meaning_is_read(old: str, new: str, status: str) -> None:
    said = read_response(DOCUMENT.replace(old, new).replace("xmlns:cbc", "xmlns:b" if old == "cbc:" else "xmlns:cbc"))
    assert (said.status, said.about) == (status, ID)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("S_APR", "KABUL", "not-system-response"),
        ("S_APR", "", "response-unclear"),
        ("1200", "", "response-unclear"),
        ("1200", "120", "response-unclear"),
        ("1200", "１２００", "response-unclear"),
        (LINE, "", "response-unclear"),
        (LINE, LINE + LINE.replace("1200", "1150"), "response-unclear"),
        (ID, "", "response-unclear"),
        ("</ApplicationResponse>", "", "document-malformed"),
        ("ApplicationResponse", "Invoice", "not-system-response"),
    ],
)
def test_what_could_be_misunderstood_is_not_read(old: str, new: str, code: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        read_response(DOCUMENT.replace(old, new))
    assert caught.value.code == f"envelope.{code}"


def test_an_envelope_of_several_answers_is_none() -> None:
    several = envelope(answer(code="S_APR"), answer(code="S_APR"))
    group = several.groups[0]._replace(type=ElementType.APPLICATION_RESPONSE)
    two = xml(several._replace(header=header(EnvelopeType.SYSTEM), groups=(group,)))
    for data in (two, made(two), xml()):
        with pytest.raises(EnvelopeError) as caught:
            read_response(data)
        assert caught.value.code == "envelope.not-system-response"


def test_the_encoding_that_a_string_declares_does_not_count() -> None:
    declared = '\ufeff<?xml version="1.0" encoding="UTF-16"?>' + DOCUMENT
    assert read_response(declared).status == "1200"


@pytest.mark.parametrize(
    ("day", "hour", "issued"),
    [
        ("2026-11-22", "10:00:00", "2026-11-22 10:00:00+03:00"),
        ("2026-11-22Z", "10:00:00Z", "2026-11-22 13:00:00+03:00"),
        ("2026-11-22", "10:00:00.1234567+01:00", "2026-11-22 12:00:00.123456+03:00"),
        ("2026-11-22", "soon", "2026-11-22 00:00:00+03:00"),
        ("9999-12-31", "23:00:00-12:00", "None"),
        ("today", "10:00:00", "None"),
    ],
)
def test_the_moment_is_read_as_far_as_it_is_one(day: str, hour: str, issued: str) -> None:
    written = DOCUMENT.replace("IssueDate>2026-11-22<", f"IssueDate>{day}<").replace("14:30:07", hour)
    assert str(read_response(written).issued) == issued


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
WORDS = TEXT.map(lambda text: " ".join(text.split())).filter(bool)


MOMENTS = st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1))


@given(WORDS, st.lists(WORDS, max_size=5), st.sampled_from(SENT + ASKED), MOMENTS)
def test_what_is_written_is_read_again(title: str, reasons: list[str], code: str, at: datetime) -> None:
    about = header(sender=Party("urn:mail:gb@a.example", "4812530769", title))
    told = query_answer(about, code, now=at.replace(tzinfo=UTC), new_id=ids(), reasons=reasons)
    said = read_response(told)
    assert (said.status, list(said.notes)) == (code, reasons)
    assert (said.receiver, said.sender) == (about.sender, about.receiver)
    assert said.issued is not None
    assert abs((said.issued - at.replace(tzinfo=UTC)).total_seconds()) < 1


ENVELOPE = query_answer(header(), "1200", now=NOW, new_id=ids()).encode()


@given(st.data())
def test_no_bytes_raise_anything_but_an_error_with_a_code(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([ENVELOPE, DOCUMENT.encode(), made(ENVELOPE)]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    with suppress(UlakError):
        read_response(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])


# -- the table --------------------------------------------------------------------------------------------------------


def official() -> Iterator[tuple[str, str]]:
    """The codes and labels of Ek-2, section 4; two labels are broken over the lines around their code."""
    lines = [line.strip() for line in GUIDE.read_text("utf-8").splitlines()]
    begin = next(at for at, line in enumerate(lines) if re.match(r"Durum Kodu\s+Durum Açıklaması", line))
    for at, line in enumerate(lines[begin:], begin):
        if found := re.fullmatch(r"(1\d\d\d)(?:\s+(\S.*))?", line):
            yield found[1], found[2] or f"{lines[at - 1]} {lines[at + 1]}"
            if found[1] == "1300":
                return


@needs_reference
def test_labels_are_those_of_the_guide_letter_by_letter() -> None:
    ours = {status.code: status.official for status in statuses() if status.official}
    assert ours == dict(official())
    assert [status.code for status in statuses() if not status.official] == ["1191"]


@pytest.mark.parametrize("words", ["gecersiz versiyon", "KULLANICI SİLENEMEDİ", "iptal'e konu"])
def test_a_status_is_found_by_gibs_words(words: str) -> None:
    assert len(code_list("status_codes").search(words)) == 1


def test_every_status_says_who_gives_it_and_has_words_for_a_response() -> None:
    for status in statuses():
        assert status.said_by
        assert status.written
        assert (Speaker.MERKEZ in status.said_by) or status.code == "1177"


def test_every_fault_has_a_status_that_can_be_answered_or_none() -> None:
    for problem in PROBLEMS.values():
        assert not problem.status or problem.status in SENT


def test_the_page_has_a_row_for_every_status() -> None:
    page = (Path(__file__).parents[1] / "docs" / "envelopes.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (1\d{3}) \| (.*?) \|", page, re.MULTILINE))
    assert rows == {status.code: status.official or "–" for status in statuses()}
