"""Every bad envelope of the corpus gets its code and the status of GİB's with which a receiver answers it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from envelope_cases import CASES, Case
from envelopes import ID, NOW, header, invoice, made, xml
from ulak.codes import statuses
from ulak.envelope import EnvelopeError, open_envelope, opening
from ulak.envelope.problems import PROBLEMS

PAGE = Path(__file__).parents[1] / "docs" / "envelopes.md"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_a_bad_envelope_gets_its_code_and_status(case: Case) -> None:
    with pytest.raises(EnvelopeError) as caught:
        open_envelope(case.data, name=case.name)
    assert (caught.value.code, caught.value.status) == (case.code, case.status)


def test_names_of_cases_are_unique() -> None:
    assert len({case.why for case in CASES}) == len(CASES)


def test_every_status_about_the_form_of_an_envelope_is_reached() -> None:
    assert {case.status for case in CASES} == {
        *("1110", "1111", "1130", "1131", "1132", "1133", "1140", "1141", "1142", "1143", "1150", "1160"),
    }


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_status_is_one_of_gibs_that_a_system_response_may_carry(code: str) -> None:
    status = PROBLEMS[code].status
    if status:
        found = statuses.get(status)
        assert found is not None
        assert found.in_system_response


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_is_said_in_both_languages_with_the_same_facts(code: str) -> None:
    _, text, repair = PROBLEMS[code]
    assert all((*text, *repair))
    assert text.tr != text.en or "{detail}" in text.tr
    assert sorted(re.findall(r"{(\w+)}", text.tr)) == sorted(re.findall(r"{(\w+)}", text.en))


def test_the_page_has_every_code_with_its_status_and_no_other() -> None:
    rows = re.findall(r"^\| `(envelope\.[a-z-]+)` \| (\d{4}|–) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == {code: problem.status or "–" for code, problem in PROBLEMS.items()}


def test_an_envelope_with_faults_can_be_read_all_the_same() -> None:
    data = made(xml().replace(b"TypeVersion>1.2", b"TypeVersion>1.0").replace(b"Count>1<", b"Count>7<"))
    opened = opening(data, name="other.zip")
    assert [document.data for document in opened] == [invoice()]
    assert [fault.status for fault in opened.faults] == ["1142", "1143", "1150"]
    assert opened.header == header()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-22T14:30:07", NOW),
        ("2026-11-22T11:30:07Z", NOW),
        ("2026-11-22T11:30:07.5Z", NOW.replace(microsecond=500_000)),
        (" 2026-11-22T12:30:07+01:00\n", NOW),
    ],
)
def test_the_moment_is_read_with_and_without_a_zone(written: str, read: object) -> None:
    data = made(xml().replace(b"2026-11-22T14:30:07", written.encode()))
    assert open_envelope(data).header.created == read


@pytest.mark.parametrize(
    "data",
    [
        made(flags=8, descriptor=b""),
        made(flags=8, descriptor=b"PK\x07\x08"),
        made(method=0),
        made(comment="Paketlendi ş".encode()),
        made(b"\xef\xbb\xbf" + xml()),
        made(xml().partition(b"?>")[2].lstrip()),
    ],
    ids=["descriptor", "descriptor-with-signature", "stored", "comment", "byte-order-mark", "no-declaration"],
)
def test_what_other_programs_write_otherwise_is_accepted(data: bytes) -> None:
    assert list(open_envelope(data, name=f"{ID.upper()}.ZIP").groups[0].documents) == [invoice()]


def test_faults_are_told_once_however_often_one_looks() -> None:
    opened = opening(made(xml().replace(b"Count>1<", b"Count>7<")))
    assert len([*opened, *opened]) == 1
    assert [fault.code for fault in opened.faults] == ["envelope.element-count"]


@pytest.mark.parametrize("inside", [b"<a/>" * 50_000, b"<ContactInformation/>" * 40_000])
def test_of_countless_faults_the_first_are_told(inside: bytes) -> None:
    opened = opening(made(xml().replace(b"<sh:Sender>", b"<sh:Sender>" + inside.replace(b"<C", b"<sh:C"), 1)))
    assert len([*opened]) == 1
    assert len(opened.faults) < 400


@pytest.mark.parametrize("document", [b"< a></a>", b"<1/>", b"<a b></a>", b"<a b=1></a>", b"<a b='<'></a>"])
@pytest.mark.parametrize("parse", [True, False])
def test_a_document_whose_root_is_no_tag_is_malformed(document: bytes, parse: bool) -> None:
    start, _, rest = xml().partition(invoice())
    with pytest.raises(EnvelopeError) as caught:
        open_envelope(made(start + document + rest), parse=parse)
    assert caught.value.status == "1140"
    assert caught.value.code.endswith("malformed")
