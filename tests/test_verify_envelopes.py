"""Each document of an envelope is cut out byte by byte and judged as if it had come alone."""

from __future__ import annotations

import pytest
from lxml import etree

from seal_documents import document
from seal_envelopes import alone, envelope
from seal_pki import NOW, key, trust_folder
from ulak.errors import UlakError
from ulak.seal.canonical import canonical_element
from ulak.seal.names import C14N
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify, verify_all

TRUST = Trust(TrustStore.read(trust_folder()))


def sealed(kind: str = "Invoice", who: str = "ardic") -> bytes:
    return seal(document(kind), key(who), at=NOW)


def judged(data: bytes) -> list[tuple[str, str]]:
    reports = verify_all(data, trust=TRUST, at=NOW)
    return [(report.document, report.indication.value) for report in reports]


def test_a_document_alone_is_a_list_of_one() -> None:
    (report,) = verify_all(sealed(), trust=TRUST, at=NOW)
    assert report == verify(sealed(), trust=TRUST, at=NOW)


def test_every_document_of_an_envelope_is_judged_in_order() -> None:
    tampered = alone(sealed()).replace(b"ARD2026", b"ARX2026")
    data = envelope(alone(sealed()), tampered, alone(sealed("CreditNote")))
    assert judged(data) == [("Invoice", "TOTAL-PASSED"), ("Invoice", "TOTAL-FAILED"), ("CreditNote", "TOTAL-PASSED")]


def test_a_document_is_cut_out_byte_by_byte() -> None:
    odd = alone(sealed()).replace(b"</Invoice>", "<!-- ş &amp; -->\t</Invoice >".encode())
    (report,) = verify_all(envelope(odd), trust=TRUST, at=NOW)
    assert report.data == odd
    (good,) = verify_all(envelope(alone(sealed())), trust=TRUST, at=NOW)
    assert good.data == alone(sealed())
    assert good.content == verify(sealed(), trust=TRUST, at=NOW).content


def test_verified_in_place_the_same_seal_would_not_hold() -> None:
    """Why documents are cut out: the envelope's namespaces would be part of their canonical form."""
    inner = next(etree.fromstring(envelope(alone(sealed()))).iter("{*}Invoice"))
    signature = next(inner.iter("{*}Signature"))
    holder = signature.getparent()
    assert holder is not None
    holder.remove(signature)
    assert canonical_element(inner, C14N) != verify(sealed(), trust=TRUST, at=NOW).content


def test_several_element_groups_are_all_read() -> None:
    one, other = alone(sealed()), alone(sealed("CreditNote"))
    group = b"<Elements><ElementType>CREDITNOTE</ElementType><ElementCount>1</ElementCount><ElementList>"
    data = envelope(one).replace(b"</ef:Package>", group + other + b"</ElementList></Elements></ef:Package>")
    assert judged(data) == [("Invoice", "TOTAL-PASSED"), ("CreditNote", "TOTAL-PASSED")]


def test_a_document_that_leans_on_the_envelopes_namespaces_is_refused() -> None:
    (report,) = verify_all(envelope(b'<sh:Invoice xmlns="urn:x"/>'), trust=TRUST, at=NOW)
    assert report.indication is Indication.FAILED
    assert [reason.code for reason in report.reasons] == ["seal.not-self-contained"]


def test_a_document_of_unknown_kind_is_told_and_the_others_judged() -> None:
    reports = verify_all(envelope(b"<Order/>", alone(sealed())), trust=TRUST, at=NOW)
    assert [[reason.code for reason in report.reasons] for report in reports] == [["seal.unknown-kind"], []]
    assert reports[0].indication is Indication.INDETERMINATE


def test_a_system_response_in_an_envelope_needs_no_seal() -> None:
    answer = (
        b'<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"'
        b' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
        b' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cac:DocumentResponse>'
        b"<cac:Response><cbc:ResponseCode>S_APR</cbc:ResponseCode></cac:Response></cac:DocumentResponse>"
        b"</ApplicationResponse>"
    )
    (report,) = verify_all(envelope(answer), trust=TRUST, at=NOW)
    assert [reason.code for reason in report.reasons] == ["seal.not-required"]
    assert not report.is_sealed


def _with_another(before: bytes, around: bytes) -> bytes:
    """An envelope with a further document where no judge looks for one, but a search by name would find it first."""
    return envelope(alone(sealed())).replace(before, around % alone(document("Invoice")) + before)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (envelope(), "seal.empty-envelope"),
        (envelope(b"x", elements="Other"), "seal.empty-envelope"),
        (_with_another(b"</Elements>", b"<More>%b</More>"), "seal.document-elsewhere"),
        (_with_another(b"</ef:Package>", b"%b"), "seal.document-elsewhere"),
        (
            _with_another(b"</sh:StandardBusinessDocument>", b"<Package><Elements>%b</Elements></Package>"),
            "seal.document-elsewhere",
        ),
        (envelope(alone(sealed())).replace(b"UTF-8", b"ISO-8859-9", 1), "xml.encoding"),
        (envelope(alone(sealed()))[:-20], "xml.truncated"),
    ],
    ids=["empty", "no-list", "beside-the-list", "beside-the-elements", "beside-the-package", "not-utf-8", "truncated"],
)
def test_an_envelope_that_cannot_be_opened_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UlakError) as caught:
        verify_all(data, trust=TRUST, at=NOW)
    assert caught.value.code == code
