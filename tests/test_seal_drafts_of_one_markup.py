"""Drafts are sealed from their markup and texts as they would be from their trees, byte by byte, or not at all."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_documents import document, example
from seal_pki import NOW, key, trust_folder
from ulak.rules.moulds import Cast, cast_of
from ulak.seal.alike import Alike, alike
from ulak.seal.drafts import Enclosed, prepare_draft
from ulak.seal.errors import SealError
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import verify
from ulak.xml import parse

KEY = key("ardic")
TAX_ID = KEY.certificate.tax_id or ""
UBL = ("Invoice", "CreditNote", "DespatchAdvice", "ReceiptAdvice", "ApplicationResponse")
INVOICE = document("Invoice")
PICTURE = Enclosed(b"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID></cac:AdditionalDocumentReference>")


def known(cast: Cast) -> Alike | None:
    """What is known of a markup once it came before."""
    alike(cast.markup, len(cast.texts))
    return alike(cast.markup, len(cast.texts))


def sealed(draft: bytes, number: str = "", enclosed: Enclosed = Enclosed()) -> bytes | None:  # noqa: B008
    cast = cast_of(draft)
    like = known(cast)
    filled = like.filled(cast.texts, TAX_ID, number) if like else None
    prepared = filled.prepared(KEY.certificate, at=NOW, enclosed=enclosed) if filled else None
    return prepared.with_value(KEY.sign(prepared.digest)) if prepared else None


def sealed_by_tree(draft: bytes, enclosed: Enclosed = Enclosed()) -> bytes | None:  # noqa: B008
    prepared = prepare_draft(parse(draft), KEY.certificate, at=NOW, enclosed=enclosed)
    return prepared.with_value(KEY.sign(prepared.digest)) if prepared else None


@pytest.mark.parametrize("kind", UBL)
def test_every_kind_is_sealed_as_from_its_tree(kind: str) -> None:
    draft = document(kind)
    found = sealed(draft)
    assert found is not None
    assert found == sealed_by_tree(draft)


def test_what_is_sealed_so_verifies() -> None:
    found = sealed(INVOICE, enclosed=PICTURE)
    assert found is not None
    report = verify(found, trust=Trust(TrustStore.read(trust_folder())), at=NOW + timedelta(minutes=1))
    assert report.passed, report.reasons
    assert not report.deviations


def test_what_is_enclosed_goes_to_its_place() -> None:
    assert sealed(INVOICE, enclosed=PICTURE) == sealed_by_tree(INVOICE, PICTURE)
    assert sealed(INVOICE, enclosed=PICTURE._replace(ahead=b"<cac:InvoiceLine>")) is None, "there are several"
    assert sealed(INVOICE, enclosed=PICTURE._replace(ahead=b"<cac:Nowhere>")) is None


def test_the_number_takes_the_place_of_its_placeholder_alone() -> None:
    number = re.search(rb"<cbc:ID>([A-Z0-9]{3}2026\d{9})<", INVOICE)
    assert number is not None
    waiting = INVOICE.replace(number[1], b"ARD2026000000000")
    assert sealed(waiting, "ARD2026000000007") == sealed_by_tree(waiting.replace(b"D2026000000000", b"D2026000000007"))
    assert sealed(waiting, "ABC2026000000007") is None
    assert sealed(INVOICE, "ARD2026000000007") is None, "it bears a number"


def test_a_markup_is_looked_at_when_it_comes_again() -> None:
    cast = cast_of(INVOICE.replace(b"<cbc:UUID>", b'<cbc:UUID schemeName="seen once">'))
    assert alike(cast.markup, len(cast.texts)) is None
    assert alike(cast.markup, len(cast.texts)) is not None


ODD = {
    "a comment": (b"<cbc:UUID>", b"<!-- x --><cbc:UUID>"),
    "a section of text": (b"<cbc:UUID>", b"<cbc:Note><![CDATA[x]]></cbc:Note><cbc:UUID>"),
    "an instruction": (b"<cbc:UUID>", b"<?go x?><cbc:UUID>"),
    "an empty tag": (b"<cbc:UUID>", b"<cbc:Note/><cbc:UUID>"),
    "blanks in a tag": (b"<cbc:UUID>", b"<cbc:UUID  >"),
    "a line in a tag": (b"<cbc:UUID>", b"<cbc:UUID\n>"),
    "other quotes": (b'schemeID="VKN_TCKN"', b"schemeID='VKN_TCKN'"),
    "attributes out of order": (b'schemeID="VKN_TCKN"', b'schemeName="a" schemeID="VKN_TCKN"'),
    "a reference where none is needed": (b"<cbc:UUID>", b"<cbc:Note>a&#66;</cbc:Note><cbc:UUID>"),
    "a quote that is written out": (b"<cbc:UUID>", b"<cbc:Note>a&quot;</cbc:Note><cbc:UUID>"),
    "a sign that is not": (b"<cbc:UUID>", b"<cbc:Note>a></cbc:Note><cbc:UUID>"),
    "a namespace twice": (
        b"<cbc:UUID>",
        b'<cbc:UUID xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">',
    ),
    "carriage returns": (b"<cbc:UUID>", b"<cbc:Note>a\r\nb</cbc:Note><cbc:UUID>"),
    "no number": (b"<cac:SignatoryParty>", b"<cac:SignatoryParty><cbc:Note>x</cbc:Note>"),
    "two announcements": (
        b"<cac:AccountingSupplierParty>",
        b"<cac:Signature><cbc:ID>1</cbc:ID></cac:Signature><cac:AccountingSupplierParty>",
    ),
    "no announcement": (b"cac:Signature>", b"cac:Sealed>"),
    "no placeholder": (b'<unsigned xmlns="urn:ulak:draft"/>', b""),
    "two placeholders": (
        b"</ext:UBLExtensions>",
        b'<ext:UBLExtension><ext:ExtensionContent><unsigned xmlns="urn:ulak:draft"/></ext:ExtensionContent>'
        b"</ext:UBLExtension></ext:UBLExtensions>",
    ),
    "a longer ETTN": (b"</cbc:UUID>", b" </cbc:UUID>"),
    "another signature": (b"#Signature_", b"#Signature-"),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_written_otherwise_is_left_to_the_tree_or_sealed_alike(what: str) -> None:
    draft = INVOICE.replace(*ODD[what])
    assert draft != INVOICE
    found = sealed(draft)
    assert found is None or found == sealed_by_tree(draft)
    assert (found is not None) == (what in {"no number"}), "the signatory's number stands there all the same"


def test_another_scheme_in_the_announcement_is_left_to_the_tree() -> None:
    of_a_person = INVOICE.replace(b'<cbc:ID schemeID="VKN">4812530769', b'<cbc:ID schemeID="TCKN">10000000146')
    assert sealed(of_a_person) is None
    of_another = INVOICE.replace(b">4812530769<", b">7359021640<")
    assert sealed(of_another) == sealed_by_tree(of_another), "it comes to name who seals"


def test_a_certificate_that_may_not_seal_seals_nothing() -> None:
    cast = cast_of(INVOICE)
    like = known(cast)
    filled = like.filled(cast.texts, TAX_ID) if like else None
    assert filled is not None
    with pytest.raises(SealError, match=r"seal\.certificate-expired"):
        filled.prepared(KEY.certificate, at=KEY.certificate.not_after + timedelta(days=1))


LEAF = re.compile(rb"(?<=<cbc:Name>)[^<]*(?=</cbc:Name>)")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)


ODD_TEXTS = ("!?", 'it\'s "so"', " a", "a ", "\t", "a\x85", "]]", "/>", "\r\n", "t1", "{}", "\\")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(TEXT, st.sampled_from(["!?", 'it\'s "so"', " a", "a ", "\t", "a\x85", "]]", "/>"])), min_size=3)
)
def test_any_texts_are_sealed_as_from_the_tree(texts: list[str]) -> None:
    written = [
        re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for text in texts
    ]
    left = iter(written)
    draft = LEAF.sub(lambda _: next(left, "x").encode(), example("invoice/temelfatura-satis"))
    found = sealed(draft)
    assert found is None or found == sealed_by_tree(draft)
