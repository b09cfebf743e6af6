"""A report names every fault, in words a person understands, at the place where it is."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from ulak.errors import LANGUAGES
from ulak.rules import Level, PackStore, Report, Verdict, check
from ulak.ubl import application_response, credit_note, despatch_advice, freelance_receipt, invoice
from ulak.ubl.forms.fields import FieldMap

DAY = date(2026, 11, 20)
EXAMPLES = Path(__file__).parents[1] / "examples"
STORE = PackStore(Path("/nonexistent/ulak-home"))
SALE = EXAMPLES / "invoice" / "temelfatura-satis.json"


def build(path: Path = SALE) -> bytes:
    return invoice.write(invoice.from_json(path.read_bytes()))


def judge(data: bytes, **options: object) -> Report:
    return check(data, as_of=DAY, store=STORE, **options)  # type: ignore[arg-type]


def spoil(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


def test_a_right_invoice_is_valid_and_nothing_is_said() -> None:
    report = judge(build())
    assert report.verdict is Verdict.VALID
    assert report.findings == ()
    assert (report.document, report.profile, report.type) == ("Invoice", "TEMELFATURA", "SATIS")
    assert report.pack == "ubl-tr-2026-07-01"


def test_a_wrong_unit_is_shown_with_its_place_its_value_and_the_code_that_was_meant() -> None:
    data = spoil(build(), 'unitCode="C62"', 'unitCode="ADET"')
    (finding,) = judge(data, advice=False).findings
    assert finding.id == "GeneralUnitCodeCheck-1"
    assert finding.level is Level.ERROR
    assert finding.xpath == "/Invoice/cac:InvoiceLine/cbc:InvoicedQuantity/@unitCode" or re.fullmatch(
        r"/Invoice/cac:InvoiceLine\[1\]/cbc:InvoicedQuantity/@unitCode", finding.xpath
    )
    assert finding.value == "ADET"
    assert "ADET" in finding.message.tr
    assert "C62" in finding.repair.tr
    assert "C62" in finding.repair.en


def test_the_place_is_that_of_the_value_not_of_the_element_the_rule_hangs_on() -> None:
    data = re.sub(rb"<cbc:ID>[A-Z]{3}20\d{11}</cbc:ID>", b"<cbc:ID>\n7</cbc:ID>", build(), count=1)
    finding = next(f for f in judge(data, advice=False).findings if f.id == "InvoiceIDCheck-1")
    assert finding.xpath == "/Invoice/cbc:ID"
    assert finding.value == "7"
    assert finding.line == 2 or finding.line == 1


def test_every_finding_speaks_both_languages() -> None:
    data = spoil(spoil(build(), 'unitCode="C62"', 'unitCode="X?"'), "TEMELFATURA", "TEMEL")
    report = judge(data)
    assert len(report.findings) >= 2
    for finding in report.findings:
        assert finding.explanation.tr
        assert finding.explanation.tr != finding.explanation.en
        assert finding.repair.tr
        assert finding.repair.en


def test_a_schema_error_has_an_id_and_the_prefixes_of_gibs_guides() -> None:
    data = spoil(
        build(), "<cbc:CopyIndicator>false</cbc:CopyIndicator>", "<cbc:CopyIndicator>hayir</cbc:CopyIndicator>"
    )
    finding = next(f for f in judge(data).findings if f.id.startswith("xsd."))
    assert finding.xpath == "/Invoice/cbc:CopyIndicator"
    assert finding.value == "hayir"


def test_a_rule_that_stops_gibs_engine_is_could_not_judge_and_the_other_faults_are_still_told() -> None:
    path = EXAMPLES / "despatch_advice" / "temelirsaliye-sevk.json"
    data = despatch_advice.write(despatch_advice.from_json(path.read_bytes()))
    driver = re.search(rb"<cac:DriverPerson>.*?</cac:DriverPerson>", data)
    assert driver
    report = judge(data.replace(driver[0], driver[0] * 2).replace(b">SEVK<", b">SEFK<"))
    assert report.verdict is Verdict.COULD_NOT_JUDGE
    stopped = {f.id.partition("-")[0] for f in report.findings if f.level is Level.ENGINE}
    assert stopped == {"DespatchCarrierDriverCheck"}
    assert "DespatchAdviceTypeCodeCheck-1" in {f.id for f in report.findings if f.level is Level.ERROR}


def test_the_profile_decides_whether_archive_rules_judge_unless_the_caller_does() -> None:
    archive = build(EXAMPLES / "invoice" / "earsivfatura-satis.json")
    assert judge(archive).verdict is Verdict.VALID
    assert {f.id for f in judge(archive, scheme="efatura").findings} == {"ProfileIDCheck-1"}
    assert judge(archive, scheme="goruntuleme").verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (credit_note, "producer_receipt/earsivbelge-mustahsilmakbuz.json"),
        (credit_note, "expense_note/giderpusulasi-iade.json"),
        (freelance_receipt, "freelance_receipt/earsivbelge-serbestmeslekmakbuzu.json"),
    ],
)
def test_receipts_are_not_held_to_the_rules_of_invoices(module: object, path: str) -> None:
    data = module.write(module.from_json((EXAMPLES / path).read_bytes()))  # type: ignore[attr-defined]
    assert judge(data).verdict is Verdict.VALID
    assert judge(spoil(data, 'currencyID="TRY"', 'currencyID="TL"')).verdict is Verdict.INVALID


def test_an_answer_is_judged_too() -> None:
    path = EXAMPLES / "application_response" / "ticarifatura-kabul.json"
    data = application_response.write(application_response.from_json(path.read_bytes()))
    assert judge(data).verdict is Verdict.VALID
    assert "ResponseCodeCheck-2" in {f.id for f in judge(spoil(data, ">KABUL<", ">OLUR<")).findings}


def test_an_invoice_of_tomorrow_is_refused_today() -> None:
    data = re.sub(rb"(<cbc:IssueDate>)[^<]*", rb"\g<1>2026-11-21", build(), count=1)
    assert "TimeCheck-1" in {f.id for f in judge(data, advice=False).findings}
    assert check(data, as_of=date(2026, 11, 21), store=STORE, advice=False).verdict is Verdict.VALID


def test_a_day_before_every_pack_is_judged_by_the_oldest_and_says_so() -> None:
    data = re.sub(rb"(<cbc:IssueDate>)[^<]*", rb"\g<1>2020-01-02", build(), count=1)
    report = check(data, as_of=date(2020, 1, 2), store=STORE, advice=False)
    assert [f.id for f in report.findings] == ["rules.pack-too-new"]
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("data", "id_", "verdict"),
    [
        (b"<Invoice/>", "xsd.root", Verdict.INVALID),
        (b"<a xmlns='urn:b'/>", "rules.unknown-document", Verdict.COULD_NOT_JUDGE),
        (b"", "xml.empty", Verdict.INVALID),
        (b"<!DOCTYPE a><a/>", "xml.dtd", Verdict.COULD_NOT_JUDGE),
    ],
)
def test_what_is_no_document_gets_a_clear_answer(data: bytes, id_: str, verdict: Verdict) -> None:
    report = judge(data)
    assert report.verdict is verdict
    assert report.findings[0].id == id_


def test_a_million_faults_do_not_make_a_million_findings() -> None:
    line = re.search(rb"<cac:InvoiceLine>.*?</cac:InvoiceLine>", build())
    assert line
    faulty = line[0].replace(b'unitCode="C62"', b'unitCode="ADET"')
    report = judge(build().replace(line[0], faulty * 1_500, 1), advice=False)
    assert sum(f.id == "GeneralUnitCodeCheck-1" for f in report.findings) == 1_000
    more = [f for f in report.findings if f.id == "rules.more"]
    assert len(more) == 1
    assert "500" in more[0].message.en


def test_the_callers_own_field_is_named_when_the_document_came_from_json() -> None:
    source = json.loads(SALE.read_text())
    source["lines"][0]["unit"] = "C62"
    text = json.dumps(source).encode()
    document = invoice.from_json(text)
    data = invoice.write(document).replace(b'unitCode="C62"', b'unitCode="ADET"', 1)
    (finding,) = judge(data, advice=False, field_of=FieldMap(text, document).field_of).findings
    assert finding.field == "/lines/0/unit"


def test_the_machine_readable_report_has_the_published_members() -> None:
    report = judge(spoil(build(), 'unitCode="C62"', 'unitCode="ADET"'), file="a.xml", advice=False)
    for language in LANGUAGES:
        said = report.as_json(language)
        assert list(said) == ["file", "document", "profile", "type", "pack", "verdict", "findings"]
        assert list(said["findings"][0]) == [
            "id", "level", "message", "explanation", "repair", "xpath", "line", "value",
        ]  # fmt: skip
        assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize("file", ["a\x00b.xml", "a\nb.xml", "\udce7.xml", "İş 'ı\".xml"])
def test_any_file_name_will_do(file: str) -> None:
    report = judge(spoil(build(), 'unitCode="C62"', 'unitCode="ADET"'), file=file, advice=False)
    assert report.file == file
    assert [f.id for f in report.findings] == ["GeneralUnitCodeCheck-1"]


def test_threads_share_a_checker_without_mixing_their_documents() -> None:
    good, bad = build(), spoil(build(), 'unitCode="C62"', 'unitCode="ADET"')
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda data: judge(data, advice=False), [good, bad] * 40))
    assert [len(report.findings) for report in reports] == [0, 1] * 40


def test_faults_inside_an_envelope_are_found_in_the_envelope() -> None:
    document = build().partition(b"?>")[2].strip()
    envelope = ENVELOPE.replace(b"DOCUMENT", document)
    report = judge(envelope, advice=False)
    assert (report.document, report.profile) == ("StandardBusinessDocument", "SENDERENVELOPE")
    assert report.verdict is Verdict.VALID, report.findings
    broken = judge(envelope.replace(b'unitCode="C62"', b'unitCode="ADET"', 1), advice=False)
    assert [f.id for f in broken.findings] == ["GeneralUnitCodeCheck-1"]
    assert broken.findings[0].xpath.startswith("/sh:StandardBusinessDocument/ef:Package/Elements/ElementList/Invoice/")


ENVELOPE = b"""<sh:StandardBusinessDocument
 xmlns:sh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
 xmlns:ef="http://www.efatura.gov.tr/package-namespace" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader PackageProxy_1_2.xsd">
<sh:StandardBusinessDocumentHeader><sh:HeaderVersion>1.2</sh:HeaderVersion>
<sh:Sender><sh:Identifier>urn:mail:defaultgb@ardic.example</sh:Identifier>
<sh:ContactInformation><sh:Contact>SENDER</sh:Contact><sh:ContactTypeIdentifier>VKN_TCKN</sh:ContactTypeIdentifier>
</sh:ContactInformation></sh:Sender>
<sh:Receiver><sh:Identifier>urn:mail:defaultpk@meltem.example</sh:Identifier>
<sh:ContactInformation><sh:Contact>RECEIVER</sh:Contact><sh:ContactTypeIdentifier>VKN_TCKN</sh:ContactTypeIdentifier>
</sh:ContactInformation></sh:Receiver>
<sh:DocumentIdentification><sh:Standard>UBLTR</sh:Standard><sh:TypeVersion>1.2</sh:TypeVersion>
<sh:InstanceIdentifier>0f6c0c5e-6a5b-4a0e-9f0f-0d1c7b7f2a11</sh:InstanceIdentifier>
<sh:Type>SENDERENVELOPE</sh:Type><sh:CreationDateAndTime>2026-11-20T09:30:00</sh:CreationDateAndTime>
</sh:DocumentIdentification></sh:StandardBusinessDocumentHeader>
<ef:Package><Elements><ElementType>INVOICE</ElementType><ElementCount>1</ElementCount><ElementList>DOCUMENT</ElementList>
</Elements></ef:Package></sh:StandardBusinessDocument>"""
_PARTIES = json.loads(SALE.read_text())
ENVELOPE = ENVELOPE.replace(b"SENDER</", _PARTIES["supplier"]["tax_id"].encode() + b"</")
ENVELOPE = ENVELOPE.replace(b"RECEIVER</", _PARTIES["customer"]["tax_id"].encode() + b"</")
