"""What Ulak seals carries its stylesheet and the picture of its karekod, at GİB's place and under the seal.

The sealed document passes GİB's schemas and rules as it did before, and other implementations find its seal good.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from seal_documents import example
from seal_judges import FIRST, holds
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW
from support import REFERENCE, needs_reference
from ulak.render import Design, embedded_in, karekod, stylesheet
from ulak.rules import Verdict, check
from ulak.rules.importer import add
from ulak.rules.moulds import cast_of
from ulak.rules.store import PackStore
from ulak.seal.places import CAC
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak.xml import parse
from ulak_server.designs.services import Dress
from ulak_server.documents.judging import Judged
from ulak_server.exchange.keys import Address, KeyRing, Opened
from ulak_server.exchange.outbound.plain import Plain

DAY: Final = date(2026, 11, 22)
FOLDER: Final = Path(__file__).parents[1] / "examples"
KINDS: Final = {"invoice": "invoice", "despatch_advice": "despatch", "receipt_advice": "receipt"}
ANSWERS: Final = sorted(f"application_response/{path.stem}" for path in FOLDER.glob("application_response/*.json"))
EXAMPLES: Final = sorted(f"{path.parent.name}/{path.stem}" for kind in KINDS for path in FOLDER.glob(f"{kind}/*.json"))


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    with KeyRing(lambda: Address(f"pkcs12:{KNOWN_KEY.p12}")).using() as found:
        yield found


def dress(kind: str, *, has_karekod: bool = True) -> Dress:
    return Dress(stylesheet(cast(Any, kind), Design()), b"", has_karekod)


def sealed(body: bytes, worn: Dress, opened: Opened, *, with_tree: bool = True) -> bytes:
    judged = Judged(None, parse(body)) if with_tree else None
    prepared = Plain(body, judged, worn).prepared("", opened, NOW)
    return prepared.finish(opened.key.sign(prepared.digest))


def names(root: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in root]


def verdict(body: bytes, store: PackStore | None = None) -> tuple[Verdict, list[str]]:
    report = check(body, as_of=DAY, advice=False, store=store)
    return report.verdict, sorted(one.id for one in report.findings)


@cache
def trust() -> Trust:
    return Trust(TrustStore.read(KNOWN_TRUST))


def seal_of(body: bytes) -> tuple[Indication, list[str]]:
    report = verify(body, trust=trust(), at=NOW)
    assert report.content, "digests and signature hold"
    return report.indication, [one.code for one in report.deviations]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_dressed_document_is_as_right_as_before(name: str, opened: Opened) -> None:
    body = example(name)
    made = sealed(body, dress(KINDS[name.partition("/")[0]]), opened)
    plain = sealed(body, Dress(), opened)
    assert verdict(made) == verdict(plain)
    carried = embedded_in(made)
    assert carried.stylesheet == dress(KINDS[name.partition("/")[0]]).stylesheet
    assert bool(carried.qr) == bool(karekod(made))
    assert seal_of(made) == seal_of(plain)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_carries_its_stylesheet_where_gibs_own_samples_do(name: str, opened: Opened) -> None:
    body = example(name)
    made = sealed(body, dress("answer"), opened)
    assert verdict(made) == verdict(sealed(body, Dress(), opened))
    attached = parse(made).find(f"{CAC}DocumentResponse/{CAC}DocumentReference/{CAC}Attachment")
    assert attached is not None
    assert attached[0].get("filename", "").endswith(".xslt")
    assert names(parse(made)) == names(parse(body)), "nothing else comes in"


@pytest.mark.parametrize("name", ["invoice/temelfatura-satis", "despatch_advice/temelirsaliye-sevk", *ANSWERS[:1]])
def test_other_implementations_find_the_seal_good(name: str, opened: Opened, tmp_path: Path) -> None:
    kind = {**KINDS, "application_response": "answer"}[name.partition("/")[0]]
    for with_tree in (True, False):
        made = sealed(example(name), dress(kind), opened, with_tree=with_tree)
        assert holds(tmp_path, made, FIRST, KNOWN_KEY)
        assert not holds(
            tmp_path, made.replace(b'mimeCode="application/xml">', b'mimeCode="text/xml">', 1), FIRST, KNOWN_KEY
        )


@needs_reference
@pytest.mark.parametrize("name", ["invoice/temelfatura-satis", "despatch_advice/temelirsaliye-sevk"])
def test_gibs_newest_rules_take_it_too(name: str, opened: Opened, tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    add(REFERENCE / "packages" / "efatura-20260312", store)
    made = sealed(example(name), dress(KINDS[name.partition("/")[0]]), opened)
    assert verdict(made, store) == (Verdict.VALID, [])


def test_the_karekod_says_the_number_that_was_given_at_last(opened: Opened) -> None:
    form = json.loads((FOLDER / "invoice" / "temelfatura-satis.json").read_text("utf-8"))
    form["number"] = "ARD2026000000000"
    body = write_document(cast(Document, from_json(form)))
    cast_twice = [Judged(None, None, cast_of(body))] * 2
    for judged in (Judged(None, parse(body)), None, *cast_twice):
        prepared = Plain(body, judged, dress("invoice")).prepared("ARD2026000000041", opened, NOW)
        made = prepared.finish(opened.key.sign(prepared.digest))
        picture = Image.open(io.BytesIO(embedded_in(made).qr)).convert("L")
        read = zxingcpp.read_barcode(picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST))
        assert read is not None
        said = json.loads(read.text)
        assert said["no"] == "ARD2026000000041"
        assert read.text == karekod(made)


def test_the_references_stand_where_the_schema_has_them(opened: Opened) -> None:
    made = names(parse(sealed(example("invoice/temelfatura-satis"), dress("invoice"), opened)))
    at = made.index("AdditionalDocumentReference")
    assert made[at : at + 3] == ["AdditionalDocumentReference"] * 2 + ["Signature"]


@pytest.mark.parametrize(("stylesheet_on", "karekod_on"), [(True, False), (False, True), (False, False)])
def test_what_the_taxpayer_does_not_want_stays_out(opened: Opened, stylesheet_on: bool, karekod_on: bool) -> None:
    worn = dress("invoice", has_karekod=karekod_on)
    worn = worn if stylesheet_on else worn._replace(stylesheet=b"")
    carried = embedded_in(sealed(example("invoice/temelfatura-satis"), worn, opened))
    assert (bool(carried.stylesheet), bool(carried.qr)) == (stylesheet_on, karekod_on)


def erps(*, stylesheet: bytes = b"", prefixes: str = "ab") -> bytes:
    """An invoice as an ERP writes it: other prefixes, a comment, no announcement of ours; perhaps a stylesheet."""
    body = example("invoice/temelfatura-satis").replace(b'<unsigned xmlns="urn:ulak:draft"/>', b"<!-- ERP -->")
    if stylesheet:
        body = body.replace(b"<cac:Signature>", stylesheet + b"<cac:Signature>", 1)
    a, b = prefixes[0], prefixes[1]
    body = re.sub(rb"(</?|xmlns:)cac\b", rb"\g<1>" + a.encode(), body)
    return re.sub(rb"(</?|xmlns:)cbc\b", rb"\g<1>" + b.encode(), body)


_OWN: Final = (
    b"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-11-22</cbc:IssueDate>%b"
    b"<cac:Attachment><cbc:EmbeddedDocumentBinaryObject%b>PHgvPg==</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
    b"</cac:AdditionalDocumentReference>"
)


@pytest.mark.parametrize(
    "attributes",
    [
        b' filename="EFT2026000000001.xslt" mimeCode="application/xml"',
        b' filename="TASARIM.XSLT" mimeCode="application/CSTAdata+xml"',
        b' filename="general.xsl" mimeCode="text/xml"',
        b' mimeCode="application/xml"',
    ],
)
def test_a_document_with_a_stylesheet_of_its_own_is_left_as_it_is(attributes: bytes, opened: Opened) -> None:
    body = erps(stylesheet=_OWN % (b"", attributes))
    made = sealed(body, dress("invoice"), opened)
    assert made.count(b"EmbeddedDocumentBinaryObject filename") + made.count(b"Object mimeCode") == 1
    assert b"KAREKOD" not in made


@pytest.mark.parametrize("prefixes", ["ab", "xy"])
def test_an_erps_document_is_dressed_with_every_other_byte_as_it_was(prefixes: str, opened: Opened) -> None:
    body = erps(prefixes=prefixes)
    made = sealed(body, dress("invoice"), opened)
    assert embedded_in(made).stylesheet
    assert embedded_in(made).qr
    assert verdict(made) == verdict(sealed(body, Dress(), opened))
    cut = re.sub(rb"<cac:AdditionalDocumentReference.*?</cac:AdditionalDocumentReference>", b"", made, flags=re.DOTALL)
    plain = sealed(body, Dress(), opened)
    unsigned = re.compile(rb"<ds:Signature[ >].*</ds:Signature>", re.DOTALL)
    assert unsigned.sub(b"", cut) == unsigned.sub(b"", plain)


def test_other_attachments_keep_nobody_from_being_dressed(opened: Opened) -> None:
    picture = _OWN % (b"<cbc:DocumentType>REKLAM</cbc:DocumentType>", b' filename="reklam.png" mimeCode="image/png"')
    made = sealed(erps(stylesheet=picture), dress("invoice"), opened)
    assert names(parse(made)).count("AdditionalDocumentReference") == 3, "theirs, the stylesheet and the karekod"
    assert embedded_in(made).stylesheet == dress("invoice").stylesheet


@pytest.mark.parametrize("name", [*EXAMPLES, *ANSWERS])
def test_what_is_like_others_is_sealed_without_a_tree_to_the_same_bytes(name: str, opened: Opened) -> None:
    body = example(name)
    worn = dress(KINDS.get(name.partition("/")[0], "answer"))
    made = sealed(body, worn, opened, with_tree=False)
    plain = Plain(body, Judged(None, None, cast_of(body)), worn)
    for _ in range(2):
        prepared = plain.prepared("", opened, NOW)
        assert prepared.finish(opened.key.sign(prepared.digest)) == made
    assert plain._by_texts("", opened, NOW) is not None


@settings(max_examples=40, deadline=None)
@given(note=st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'\t\n\r "), max_size=60))
def test_the_tree_and_the_bytes_lead_to_the_same_digest(note: str) -> None:
    form = json.loads((FOLDER / "invoice" / "temelfatura-satis.json").read_text("utf-8"))
    form["notes"] = [f"x{note}", "<cac:Signature>"]
    body = write_document(cast(Document, from_json(form)))
    with KeyRing(lambda: Address(f"pkcs12:{KNOWN_KEY.p12}")).using() as found:
        plain = Plain(body, Judged(None, parse(body), cast_of(body)), dress("invoice"))
        by_tree = plain.prepared("", found, NOW)
        assert by_tree.digest == plain._by_bytes("", found, NOW).digest
        assert by_tree.digest == plain.prepared("", found, NOW).digest, "by its texts, if it can be"
        assert seal_of(by_tree.finish(found.key.sign(by_tree.digest)))[0] is Indication.PASSED
