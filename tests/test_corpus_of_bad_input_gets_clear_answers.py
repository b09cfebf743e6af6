"""Whatever is sent, the answer is a report with a stable id: never a crash, never "valid" by accident."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ulak.rules import Level, PackStore, Verdict, check
from ulak.ubl import invoice
from ulak.xml import MAX_BYTES, XmlError, parse

CORPUS = Path(__file__).parent / "corpus"
MANIFEST = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["file"]
EXAMPLE = Path(__file__).parents[1] / "examples" / "invoice" / "temelfatura-satis.json"
GOOD = invoice.write(invoice.from_json(EXAMPLE.read_bytes()))
DAY = date(2026, 11, 20)
STORE = PackStore(Path("/nonexistent/ulak-home"))


def test_every_file_of_the_corpus_has_a_reason() -> None:
    assert sorted(entry["name"] for entry in MANIFEST) == sorted(p.name for p in CORPUS.glob("*.xml"))
    assert all(entry["why"] for entry in MANIFEST)


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["name"])
def test_the_answer_is_the_one_that_is_promised(entry: dict[str, str]) -> None:
    report = check((CORPUS / entry["name"]).read_bytes(), as_of=DAY, store=STORE, advice=False)
    assert report.verdict == entry["verdict"]
    ids = [finding.id for finding in report.findings]
    if "finding" in entry:
        assert entry["finding"] in ids
        for finding in report.findings:
            assert finding.explanation.tr
            assert finding.explanation.en
            assert finding.repair.tr
            assert finding.repair.en
    else:
        assert not [finding for finding in report.findings if finding.level is Level.ERROR]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"<a>" + b" " * 50_000_000 + b"</a>", "xml.too-large", id="50 MB"),
        pytest.param(b"<a>" + b"x" * 11_000_000 + b"</a>", "xml.too-large", id="a value of 11 MB"),
        pytest.param(b'<a b="' + b"x" * 11_000_000 + b'"/>', "xml.too-large", id="an attribute of 11 MB"),
        pytest.param(b"<a>" * 1_000_000, "xml.too-deep", id="a million levels"),
        pytest.param(b"<!--" + b"-" * 5_000_000, "xml.malformed", id="a comment without end"),
        pytest.param(b"<?a " + b"?" * 5_000_000, "xml.truncated", id="an instruction without end"),
    ],
)
def test_what_is_too_much_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(XmlError) as caught:
        parse(data)
    assert caught.value.code == code


def test_a_large_document_is_read_up_to_the_limit() -> None:
    padded = GOOD
    for tag in (b"</cbc:UUID>", b"</cbc:IssueDate>"):
        padded = padded.replace(tag, tag + b" " * 9_000_000, 1)
    assert len(padded) < MAX_BYTES
    assert check(padded, as_of=DAY, store=STORE, advice=False).verdict is Verdict.VALID


def test_a_hundred_thousand_attributes_and_elements_are_judged_in_time() -> None:
    crowd = b"".join(b'<cbc:Note languageID="%d">x</cbc:Note>' % number for number in range(50_000))
    report = check(GOOD.replace(b"<cac:Signature>", crowd + b"<cac:Signature>", 1), as_of=DAY, store=STORE)
    assert len(report.findings) <= 2_100


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A right invoice in which a few bytes were lost, doubled, swapped or replaced."""
    data = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 6))):
        if not data:
            break
        at = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, 40))
        piece = bytes(data[at : at + length])
        place = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["lose", "double", "move", "replace", "cut"])):
            case "lose":
                del data[at : at + length]
            case "double":
                data[place:place] = piece
            case "move":
                del data[at : at + length]
                data[place:place] = piece
            case "replace":
                data[at : at + length] = draw(st.binary(min_size=1, max_size=length))
            case "cut":
                del data[max(at, 1) :]
    return bytes(data)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_invoice_never_breaks_the_checker(data: bytes) -> None:
    report = check(data, as_of=DAY, store=STORE)
    assert report.verdict in Verdict
    if report.verdict is not Verdict.VALID:
        assert report.findings
    assert report.as_json("en")["verdict"] == report.verdict


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes) -> None:
    try:
        parse(data)
    except XmlError as error:
        refusal = error
    else:
        return
    assert refusal.code.startswith("xml.")
    assert refusal.text.tr
    assert refusal.text.en
