"""Merkez answers every bad envelope with its code and says why, and takes every good one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from center_cases import BAD, GOOD, Case
from center_envelopes import (
    ANSWER,
    ARDIC,
    BACK,
    DEAL,
    DESPATCH,
    SALE,
    account,
    accounts,
    answers,
    despatches,
    header,
    invoices,
    sealed,
    swapped,
    system,
)
from center_registry import ARDIC_GB, MELTEM_PK, Book, book
from envelope_cases import CASES
from envelope_cases import Case as EnvelopeCase
from seal_documents import example
from seal_pki import KNOWN_TRUST, NOW, trust_folder
from ulak.codes.statuses import statuses
from ulak.envelope import GIB, Action, ElementType, Envelope, EnvelopeType, Group, Packed, pack
from ulak.rules import Checker, PackStore
from ulak.rules.problems import problem
from ulak.seal.trust import Trust, TrustStore
from ulak_center.judging import Judge
from ulak_center.judging.problems import PROBLEMS, STATUSES
from ulak_center.judging.reading import xml_of
from ulak_center.values import Judgement


@cache
def checker() -> Checker:
    store = PackStore()
    return Checker(store.choose("ubl-tr", NOW.date()).pack, store, advice=False)


def judged(packed: Packed, known: Book | None = None, **options: bool | Trust | None) -> Judgement:
    judge = Judge(lambda day: checker(), **options)  # type: ignore[arg-type]
    return judge.judge(packed.name, packed.data, known or book(), NOW)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.why)
def test_a_good_envelope_passes_and_its_documents_are_noted(case: Case) -> None:
    known = book()
    case.prepare(known)
    found = judged(case.packed, known)
    assert (found.status, found.code, found.reason) == (1200, "", None)
    assert found.header is not None
    assert found.documents
    assert {document.element for document in found.documents} == found.elements
    for document in found.documents:
        assert document.sender == found.header.sender.number or found.header.type is EnvelopeType.SYSTEM
        assert document.number
        assert document.data in xml_of(case.packed.data)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.why)
def test_a_bad_envelope_is_answered_with_its_code_and_the_reason(case: Case) -> None:
    known = book()
    case.prepare(known)
    found = judged(case.packed, known)
    assert (found.status, found.code) == (case.status, case.code)
    assert found.reason is not None
    assert found.reason.tr != found.reason.en
    assert "{" not in found.reason.tr + found.reason.en
    assert not found.documents
    assert found.header is not None


@pytest.mark.parametrize("case", [case for case in CASES if case.status], ids=lambda case: case.why)
def test_what_is_wrong_with_the_envelope_is_told_as_everywhere(case: EnvelopeCase) -> None:
    judge = Judge(lambda day: checker())
    found = judge.judge(case.name, case.data, book(), NOW)
    assert (str(found.status), found.code) == (case.status, case.code)
    assert found.reason is not None


def test_every_code_of_a_refusal_is_reached_by_a_bad_envelope() -> None:
    reached = {case.code for case in BAD}
    assert (
        reached | {"judge.seal", "judge.no-rules", "judge.unjudged", "judge.failed"} == set(PROBLEMS) == set(STATUSES)
    )
    by_status = {case.status for case in BAD} | {int(case.status) for case in CASES if case.status}
    scripted = {1120, 1162, 1177, 1190, 1191, 1195}
    every = {int(status.code) for status in statuses() if 1100 < int(status.code) < 1200}
    assert by_status | scripted == every


def test_every_code_stands_in_its_page() -> None:
    page = (Path(__file__).parents[1] / "docs" / "center-judging.md").read_text(encoding="utf-8")
    for code, status in STATUSES.items():
        assert re.search(rf"\| {status} \| [^|]*`{re.escape(code)}`", page), code


def test_the_reason_says_which_document_and_what() -> None:
    found = judged(invoices(sealed(DEAL), swapped(SALE, "TEMELFATURA", "BASITFATURA")))
    assert found.reason is not None
    assert found.reason.tr.startswith("1. listenin 2. belgesi (ARD2026000000001, 09e46deb-")
    assert found.reason.en.startswith("Document 2 of list 1 (ARD2026000000001, 09e46deb-")
    assert "ProfileIDCheck" in found.reason.tr
    inside = judged(invoices(sealed(DEAL), swapped(SALE, "7359021640", "4812530769")))
    assert inside.reason is not None
    assert inside.reason.en.startswith("Document 2 of list 1 (ARD2026000000001, 09e46deb-")
    assert "DocumentReceiverCheck" in inside.reason.en


def _closed(*aliases: str) -> Book:
    made = book()
    made.units = [unit._replace(deleted=NOW) if unit.alias in aliases else unit for unit in made.units]
    return made


def _filed() -> Book:
    made = _closed(ARDIC_GB.alias)
    made.filed[ElementType.INVOICE, "", "ARD2026000000001", "4812530769"] = "earlier"
    return made


def test_of_two_faults_the_earlier_number_is_answered() -> None:
    nobody = header(receiver=MELTEM_PK._replace(alias="urn:mail:nobody@meltem.example"))
    stranger = sealed(SALE, "meltem")
    steps = [
        (1150, judged(invoices(swapped(SALE, "TEMELFATURA", "BASITFATURA"), example(DEAL)))),
        (1161, judged(invoices(example(SALE)), _filed())),
        (1163, judged(invoices(sealed(SALE)), _filed())),
        (1171, judged(invoices(sealed(SALE)), _closed(ARDIC_GB.alias, MELTEM_PK.alias))),
        (1172, judged(invoices(stranger), _closed(MELTEM_PK.alias))),
        (1176, judged(invoices(stranger, outside=nobody))),
        (1181, judged(invoices(sealed(SALE), outside=nobody))),
    ]
    assert [found.status for _, found in steps] == [status for status, _ in steps]
    assert all(one < other for (one, _), (other, _) in pairwise(steps))
    answer = answers(sealed(ANSWER, "meltem"))
    assert judged(answer, _closed(ARDIC_GB.alias, MELTEM_PK.alias)).status == 1171


def test_the_schema_comes_before_the_schematron_whichever_document_breaks_it() -> None:
    by_rules, by_schema = swapped(SALE, "TEMELFATURA", "BASITFATURA"), swapped(DEAL, ">false<", ">belki<")
    assert judged(invoices(by_rules, by_schema)).code == "judge.schema"
    assert judged(invoices(by_schema, by_rules)).code == "judge.schema"


def test_a_document_that_is_no_xml_comes_before_what_the_rules_say_of_others() -> None:
    broken = sealed(DEAL).replace(b"</cbc:UUID>", b"</cbc:Uuid>")
    made = pack(
        Envelope(header(), (Group(ElementType.INVOICE, [swapped(SALE, "TEMELFATURA", "X"), broken]),)), parse=False
    )
    found = judged(made)
    assert (found.status, found.code) == (1140, "envelope.document-malformed")


def test_both_open_and_close_fail_with_the_smaller_number() -> None:
    found = judged(accounts(account(counter=""), account(Action.CLOSE, counter="")))
    assert found.status == 1182


# -- what the judge needs ---------------------------------------------------------------------------------------------


def test_without_rules_nothing_is_taken_for_good() -> None:
    good = invoices(sealed(SALE))
    found = Judge(None).judge(good.name, good.data, book(), NOW)
    assert (found.status, found.code) == (1195, "judge.no-rules")

    def none(day: date) -> Checker:
        raise problem("pack.none", kind="ubl-tr")

    found = Judge(none).judge(good.name, good.data, book(), NOW)
    assert (found.status, found.code) == (1195, "judge.no-rules")


def test_the_rules_of_the_day_in_istanbul_judge() -> None:
    days: list[date] = []

    def of(day: date) -> Checker:
        days.append(day)
        return checker()

    good = invoices(sealed(SALE))
    Judge(of).judge(good.name, good.data, book(), datetime(2026, 11, 22, 21, 30, tzinfo=UTC))
    assert days == [date(2026, 11, 23)]


def test_an_error_of_the_registry_is_an_answer_and_no_exception() -> None:
    known = book()
    known.broken = "filed_in"
    found = judged(invoices(sealed(SALE)), known)
    assert (found.status, found.code) == (1195, "judge.failed")
    assert found.reason is not None
    assert "disk I/O error" in found.reason.en
    assert found.header is not None


def test_documents_are_left_alone_on_demand_but_not_those_that_are_acted_upon() -> None:
    unjudged = judged(invoices(swapped(SALE, "TEMELFATURA", "BASITFATURA")), documents=False)
    assert (unjudged.status, unjudged.documents) == (1200, [])
    assert unjudged.elements == {ElementType.INVOICE}
    assert judged(invoices(sealed(SALE)), _closed(ARDIC_GB.alias), documents=False).status == 1171
    assert judged(accounts(account(counter="")), documents=False).status == 1182
    assert judged(accounts(account()), documents=False).documents[0].number == ARDIC.number


def test_seals_are_verified_only_on_demand() -> None:
    changed = invoices(swapped(SALE, "ARD2026000000001", "ARD2026000000002"))
    assert judged(changed).status == 1200
    trust = Trust(TrustStore.read(KNOWN_TRUST))
    found = judged(changed, verify_seals=trust)
    assert (found.status, found.code) == (1177, "judge.seal")
    by_other = judged(despatches(sealed(DESPATCH, "ardic")), verify_seals=trust)
    assert (by_other.status, by_other.code) == (1177, "judge.seal")
    known = Trust(TrustStore.read(trust_folder()))
    assert judged(despatches(sealed(DESPATCH, "ardic")), verify_seals=known).status == 1200


def test_verified_seals_may_be_those_of_registered_integrators() -> None:
    trust = Trust(replace(TrustStore.read(trust_folder()), integrators=frozenset()))
    by_integrator = invoices(sealed(SALE, "integrator"))
    assert judged(by_integrator, verify_seals=trust).status == 1200
    nobody = book()
    nobody.integrators.clear()
    found = judged(by_integrator, nobody, verify_seals=trust)
    assert (found.status, found.code) == (1177, "judge.seal")


def test_a_system_response_about_no_known_envelope_is_taken() -> None:
    found = judged(system(header(id="00000000-0000-4000-8000-00000000abcd"), sender=GIB))
    assert found.status == 1200
    (noted,) = found.documents
    assert (noted.answer, noted.type_code) == ("S_APR", "1200")
    assert noted.about == "00000000-0000-4000-8000-00000000abcd"


def test_a_system_response_may_come_again() -> None:
    made = system(header())
    known = book()
    known.filed[ElementType.APPLICATION_RESPONSE, "00000000-0000-4000-8000-000000000003", "", ""] = "earlier"
    known.filed[ElementType.APPLICATION_RESPONSE, "00000000-0000-4000-8000-000000000002", "", ""] = "earlier"
    assert judged(made, known).status == 1200


def test_an_answer_goes_to_a_unit_for_invoices() -> None:
    answer = answers(sealed(ANSWER, "meltem"), outside=BACK)
    only_despatch = book()
    only_despatch.units = [unit for unit in only_despatch.units if unit.use == "DespatchAdvice"]
    assert judged(answer, only_despatch).status == 1171
