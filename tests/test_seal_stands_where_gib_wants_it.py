"""A document is sealed at GİB's place, announced by cac:Signature, and otherwise left byte by byte as it was."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from seal_documents import KINDS, account, document, example
from seal_pki import KNOWN_KEY, NOW, TestKey, key
from ulak.errors import Text, UlakError
from ulak.seal.names import ds, xades
from ulak.seal.places import CAC, CBC, PLACES
from ulak.seal.sealing import prepare, seal
from ulak.seal.values import is_by
from ulak.seal.verdicts import Indication, Reason, SubIndication, Trusted

PLACEHOLDER = b'<unsigned xmlns="urn:ulak:draft"/>'
INVOICE = example("invoice/temelfatura-satis")
UUID = "09e46deb-8f00-52d3-bfff-06a8eef4d518"


def sealed(data: bytes, by: TestKey = KNOWN_KEY) -> tuple[bytes, etree._Element]:
    """The sealed document and its signature."""
    out = seal(data, by, at=NOW)
    (signature,) = etree.fromstring(out).iter(ds("Signature"))
    return out, signature


def ancestor(element: etree._Element, level: int) -> etree._Element:
    return list(element.iterancestors())[level - 1]


def name(element: etree._Element | None) -> str:
    return "" if element is None else etree.QName(element).localname


def text_of(element: etree._Element | None, tag: str) -> str:
    assert element is not None
    return "".join(map(str, next(element.iter(tag)).itertext()))


def without_signature(data: bytes) -> bytes:
    return re.sub(rb"<ds:Signature[ >].*</ds:Signature>", b"", data, flags=re.DOTALL)


@pytest.mark.parametrize("kind", KINDS)
def test_the_seal_is_at_its_place(kind: str) -> None:
    _, signature = sealed(document(kind))
    path = tuple(str(each.tag) for each in (*reversed(list(signature.iterancestors())), signature))
    assert path == (*PLACES[path[0]].holder, ds("Signature"))
    assert signature.getnext() is None, "it is the last of its parent's children, as the schemas want"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else_is_changed(kind: str) -> None:
    before = document(kind)
    by = key("meltem") if kind in ("ReceiptAdvice", "ApplicationResponse") else KNOWN_KEY
    rest = without_signature(seal(before, by, at=NOW))
    assert rest.replace(b"<oa:Signature></oa:Signature>", b"<oa:Signature/>") == before.replace(PLACEHOLDER, b"")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_key_and_clock_give_the_same_bytes(kind: str) -> None:
    assert seal(document(kind), KNOWN_KEY, at=NOW) == seal(document(kind), KNOWN_KEY, at=NOW)


def test_all_elements_of_gibs_skeleton_are_used() -> None:
    _, signature = sealed(INVOICE)
    names = {etree.QName(element).localname for element in signature.iter(etree.Element)}
    assert names >= {
        *("SignedInfo", "CanonicalizationMethod", "SignatureMethod", "Reference", "Transforms", "Transform"),
        *("DigestMethod", "DigestValue", "SignatureValue", "KeyInfo", "KeyValue", "RSAKeyValue", "X509Data"),
        *("X509SubjectName", "X509Certificate", "Object", "QualifyingProperties", "SignedProperties"),
        *("SignedSignatureProperties", "SigningTime", "SigningCertificate", "Cert", "CertDigest", "IssuerSerial"),
        *("X509IssuerName", "X509SerialNumber", "SignerRole", "ClaimedRoles", "ClaimedRole"),
    }


def test_the_signing_time_has_istanbuls_offset() -> None:
    utc = datetime(2026, 11, 22, 9, 0, 0, 250000, tzinfo=ZoneInfo("UTC"))
    root = etree.fromstring(seal(INVOICE, KNOWN_KEY, at=utc))
    assert [time.text for time in root.iter(xades("SigningTime"))] == ["2026-11-22T12:00:00.250+03:00"]


def test_ids_carry_the_ettn_and_occur_once() -> None:
    _, signature = sealed(INVOICE)
    ids = [found.get("Id") for found in signature.iter(etree.Element) if found.get("Id")]
    assert len(ids) == len(set(ids))
    assert all(str(found).endswith(UUID) for found in ids)


def test_the_digest_follows_the_key() -> None:
    _, signature = sealed(INVOICE, key("ardic-ec"))
    assert {found.get("Algorithm") for found in signature.iter(ds("DigestMethod"))} == {
        "http://www.w3.org/2001/04/xmldsig-more#sha384"
    }
    assert str(next(signature.iter(ds("SignatureMethod"))).get("Algorithm")).endswith("#ecdsa-sha384")


# Where the signature goes


def test_a_document_without_extensions_gets_them() -> None:
    bare = re.sub(rb"<ext:UBLExtensions>.*?</ext:UBLExtensions>", b"", INVOICE)
    _, signature = sealed(bare)
    assert ancestor(signature, 4)[0] is ancestor(signature, 3)


@pytest.mark.parametrize(
    "empty",
    [
        b"<ext:ExtensionContent/>",
        b"<ext:ExtensionContent ></ext:ExtensionContent>",
        b"<ext:ExtensionContent>\n\t</ext:ExtensionContent>",
        b'<ext:ExtensionContent>\n  <unsigned xmlns="urn:ulak:draft"/>\n</ext:ExtensionContent>',
        b"<ext:ExtensionContent><!-- seal --></ext:ExtensionContent>",
    ],
)
def test_an_empty_extension_takes_the_seal_however_it_is_written(empty: bytes) -> None:
    data = INVOICE.replace(b"<ext:ExtensionContent>" + PLACEHOLDER + b"</ext:ExtensionContent>", empty)
    out, signature = sealed(data)
    assert out.count(b"ExtensionContent") == 2
    assert name(ancestor(signature, 4)) == "Invoice"


def test_an_extension_that_holds_something_else_is_kept_and_another_one_added() -> None:
    other = b'<ext:ExtensionContent><x:mine xmlns:x="urn:x">1</x:mine></ext:ExtensionContent>'
    out, signature = sealed(
        INVOICE.replace(b"<ext:ExtensionContent>" + PLACEHOLDER + b"</ext:ExtensionContent>", other)
    )
    assert other in out
    assert list(ancestor(signature, 3))[1:] == [ancestor(signature, 2)]


def test_the_draft_placeholder_in_a_comment_deceives_nobody() -> None:
    data = INVOICE.replace(b"<ext:UBLExtensions>", b"<!--" + PLACEHOLDER + b"--><ext:UBLExtensions>")
    out, signature = sealed(data)
    assert b"<!--" + PLACEHOLDER + b"-->" in out
    assert name(signature.getparent()) == "ExtensionContent"


def test_prefixes_of_an_erp_are_left_alone() -> None:
    renamed = INVOICE
    for old, new in ((b"cac", b"n1"), (b"cbc", b"n2"), (b"ext", b"n3"), (b"xades", b"n4"), (b"ds", b"n5")):
        renamed = renamed.replace(b"xmlns:" + old + b"=", b"xmlns:" + new + b"=").replace(
            b"<" + old + b":", b"<" + new + b":"
        )
        renamed = renamed.replace(b"</" + old + b":", b"</" + new + b":")
    out, signature = sealed(renamed)
    assert signature.prefix == "ds"
    assert without_signature(out) == renamed.replace(PLACEHOLDER, b"")


def test_a_user_account_message_without_a_place_gets_one() -> None:
    _, signature = sealed(account("ProcessUserAccount").replace(b"<oa:Signature/>", b""))
    assert name(ancestor(signature, 1).getprevious()) == "CreationDateTime"


# cac:Signature


def announced(data: bytes) -> etree._Element:
    (found,) = etree.fromstring(data).iterchildren(CAC + "Signature")
    return found


def said(signature: etree._Element) -> tuple[str | None, list[str | None], str | None]:
    return (
        signature.findtext(CBC + "ID"),
        [number.text for number in signature.iter(CBC + "ID")][1:],
        signature.findtext(f".//{CBC}URI"),
    )


def test_the_announcement_names_signatory_and_signature() -> None:
    assert said(announced(seal(INVOICE, KNOWN_KEY, at=NOW))) == ("4812530769", ["4812530769"], f"#Signature_{UUID}")


@pytest.mark.parametrize("made", ["#Signature", "", "#other"])
def test_a_wrong_reference_is_set_right(made: str) -> None:
    data = INVOICE.replace(f"#Signature_{UUID}".encode(), made.encode())
    assert said(announced(seal(data, KNOWN_KEY, at=NOW)))[2] == f"#Signature_{UUID}"


def test_a_missing_announcement_is_written_before_the_issuer_with_its_address() -> None:
    data = re.sub(rb"<cac:Signature>.*?</cac:Signature>", b"", INVOICE)
    found = announced(seal(data, KNOWN_KEY, at=NOW))
    assert name(found.getnext()) == "AccountingSupplierParty"
    assert said(found)[0] == "4812530769"
    assert text_of(found, CAC + "PostalAddress") == text_of(found.getnext(), CAC + "PostalAddress")


def test_an_integrators_seal_names_the_integrator() -> None:
    by = key("integrator")
    number = by.certificate.tax_id
    assert number not in (None, "4812530769")
    assert said(announced(seal(INVOICE, by, at=NOW)))[:2] == (number, [number])


def test_a_persons_seal_is_announced_with_the_tckn() -> None:
    by = key("elif-kara")
    found = announced(seal(INVOICE, by, at=NOW))
    assert [(one.get("schemeID"), one.text) for one in found.iter(CBC + "ID")] == [
        ("VKN_TCKN", by.certificate.tax_id),
        ("TCKN", by.certificate.tax_id),
    ]


# Two steps


def test_a_key_elsewhere_signs_the_digest_and_gets_the_same_document() -> None:
    prepared = prepare(INVOICE, KNOWN_KEY.certificate, at=NOW)
    assert is_by(KNOWN_KEY.certificate, KNOWN_KEY.sign(prepared.digest), prepared.digest)
    assert prepared.finish(KNOWN_KEY.sign(prepared.digest)) == seal(INVOICE, KNOWN_KEY, at=NOW)


@pytest.mark.parametrize(
    "spoil", [lambda value: value[:-1] + bytes([value[-1] ^ 1]), lambda value: b"", lambda v: v * 2]
)
def test_a_signature_that_is_not_right_makes_no_document(spoil: object) -> None:
    prepared = prepare(INVOICE, KNOWN_KEY.certificate, at=NOW)
    assert callable(spoil)
    with pytest.raises(UlakError) as caught:
        prepared.finish(spoil(KNOWN_KEY.sign(prepared.digest)))
    assert caught.value.code == "seal.wrong-value"


def test_a_signature_by_another_key_makes_no_document() -> None:
    prepared = prepare(INVOICE, KNOWN_KEY.certificate, at=NOW)
    with pytest.raises(UlakError) as caught:
        prepared.finish(key("meltem-rsa").sign(prepared.digest))
    assert caught.value.code == "seal.wrong-value"


# Refusals

SEALED = seal(INVOICE, KNOWN_KEY, at=NOW)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SEALED, "seal.already-sealed"),
        (seal(document("berat"), KNOWN_KEY, at=NOW), "seal.already-sealed"),
        (b"<a/>", "seal.unknown-document"),
        (b'<Invoice xmlns="urn:other"/>', "seal.unknown-document"),
        (INVOICE.replace(f"<cbc:UUID>{UUID}</cbc:UUID>".encode(), b""), "seal.no-ettn"),
        (INVOICE.replace(f"<cbc:UUID>{UUID}<".encode(), b"<cbc:UUID>1 2<"), "seal.no-ettn"),
        (INVOICE.replace(b"</cac:Signature>", b"</cac:Signature><cac:Signature/>"), "seal.several-places"),
        (re.sub(rb"<cac:(Signature|AccountingSupplierParty)>.*?</cac:\1>", b"", INVOICE), "seal.no-issuer"),
        (
            re.sub(rb"<cac:Signature>.*?</cac:Signature>|<cac:PostalAddress>.*?</cac:PostalAddress>", b"", INVOICE),
            "seal.no-address",
        ),
        (document("eArsivRaporu").replace(b"earsiv:baslik>", b"earsiv:other>"), "seal.no-place"),
        (account("ProcessUserAccount").replace(b"<oa:Signature/>", b"<oa:Signature/>" * 2), "seal.several-places"),
        (
            re.sub(rb"<oa:CreationDateTime>.*<oa:Signature/>", b"", account("ProcessUserAccount")),
            "seal.no-place",
        ),
        (INVOICE.replace(b"<cbc:ID>", b"<cbc:ID>1<!-- -->", 1), "seal.split-value"),
        (document("berat").replace(b"</xbrli:instant>", b"<?a b?></xbrli:instant>"), "seal.split-value"),
        (b"", "xml.malformed"),
        (b"PK\x03\x04", "xml.malformed"),
        (INVOICE[:-30], "xml.truncated"),
        (INVOICE.replace(b"<Invoice ", b"<!DOCTYPE Invoice><Invoice "), "xml.dtd"),
        (INVOICE.replace(b'"UTF-8"', b'"ISO-8859-9"', 1), "xml.encoding"),
        (INVOICE.decode().encode("utf-16"), "xml.encoding"),
        (INVOICE.replace("Ardıç".encode(), b"Ard\xff"), "xml.encoding"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_cannot_be_sealed_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(UlakError) as caught:
        seal(data, KNOWN_KEY, at=NOW)
    assert caught.value.code == code
    assert caught.value.text.tr
    assert caught.value.repair.tr


@pytest.mark.parametrize(
    ("short", "code"),
    [
        ("expired", "seal.certificate-expired"),
        ("not-yet-valid", "seal.certificate-not-yet-valid"),
        ("no-tax-id", "seal.no-tax-id"),
        ("weak-rsa1024", "key.unsupported"),
    ],
)
def test_a_certificate_that_cannot_seal_is_refused_before_the_key_is_asked(short: str, code: str) -> None:
    with pytest.raises(UlakError) as caught:
        prepare(INVOICE, key(short).certificate, at=NOW)
    assert caught.value.code == code
    assert ("+03:00" in caught.value.text.tr) is ("valid" in code or "expired" in code)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(UlakError) as caught:
        seal(INVOICE, KNOWN_KEY, at=NOW.replace(tzinfo=None))
    assert caught.value.code == "seal.naive-time"


def test_a_key_that_is_not_trusted_does_not_seal() -> None:
    why = Reason("trust.revoked", Text("iptal", "revoked"))
    trusted = Trusted(Indication.FAILED, SubIndication.REVOKED, (why,))
    with pytest.raises(UlakError) as caught:
        seal(INVOICE, KNOWN_KEY, at=NOW, trusted=trusted)
    assert caught.value.code == "seal.key-not-trusted"
    assert "revoked" in caught.value.text.en
    assert seal(INVOICE, KNOWN_KEY, at=NOW, trusted=Trusted(Indication.PASSED)) == SEALED


def test_the_certificates_last_second_still_seals() -> None:
    until = KNOWN_KEY.certificate.not_after
    assert seal(INVOICE, KNOWN_KEY, at=until)
    with pytest.raises(UlakError):
        seal(INVOICE, KNOWN_KEY, at=until + timedelta(seconds=1))
