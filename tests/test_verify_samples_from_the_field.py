"""Every signed sample of GİB's packages and of the field gets the verdict that it deserves, and the reason is said.

The certificates in the samples were issued by KamuSM's test authorities, whose roots are not at hand: each sample is
judged with its own certificate as the trust anchor, at a moment inside that certificate's validity.
"""

from __future__ import annotations

import base64
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from lxml import etree

from support import REFERENCE, needs_reference
from ulak.errors import UlakError
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.names import DS, XADES, ds
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import SealReport, verify, verify_all

pytestmark = needs_reference
PACKAGE: Final = "packages/efatura-20260312/xml/"
UBL: Final = "packages/ubl-tr-1.2.1/xml/"
EDITED: Final = "the content was edited after signing"
WHOLE: Final = "signature value and all digests hold; signer and issuer are the same"
OTHER: Final = "signature value and all digests hold, but the numbers of signer and issuer are invented and differ"


class Expected(NamedTuple):
    """What must come of a sample.

    Attributes:
        crypto: whether digests and signature value hold; None if there is no seal to check.
    """

    why: str
    verdict: str
    codes: tuple[str, ...]
    crypto: bool | None


def passed(why: str, *deviations: str) -> Expected:
    return Expected(why, "TOTAL-PASSED", deviations, True)


def unsure(why: str, *codes: str) -> Expected:
    return Expected(why, "INDETERMINATE", codes, True)


def failed(why: str, *codes: str, crypto: bool | None = False) -> Expected:
    return Expected(why, "TOTAL-FAILED", codes, crypto)


CHANGED: Final = failed(EDITED, "seal.content-changed")
NOT_SEALED: Final = failed("an example without a seal", "seal.missing", crypto=None)
NO_SEAL_NEEDED: Final = Expected("may come unsealed", "INDETERMINATE", ("seal.not-required",), None)
ACCOUNT: Final = passed(WHOLE + "; so does the counter-signature", "seal.issuer-name-form")
BOTH: Final = failed(EDITED + ", the signed properties too", "seal.properties-changed", "seal.signature-value")
SAMPLES: Final = {
    "samples/signed/FYS2025000000008.xml": unsure(OTHER, "seal.another-taxpayer", "seal.signatory"),
    "samples/signed/CNK2025000000026-Iade.xml": unsure(OTHER, "seal.another-taxpayer", "seal.signatory"),
    "samples/edefter/yevmiye_berat.xml": unsure(OTHER, "seal.another-taxpayer"),
    "samples/edefter/kebir_berat.xml": unsure(OTHER, "seal.another-taxpayer"),
    "samples/edefter/yevmiye_signed.xml": CHANGED,
    "samples/edefter/kebir_unsigned.xml": NOT_SEALED,
    "samples/edefter/positiveData.xml": NOT_SEALED,
    "samples/edefter/negativeData.xml": NOT_SEALED,
    "samples/edefter/testError.xml": NOT_SEALED,
    "samples/earsiv/mersel_earsiv-raporu.xml": NOT_SEALED,
    "samples/esmm/GIBFramework/SerbestMeslekMakbuzu.xml": NO_SEAL_NEEDED,
    "samples/irsaliye/mersel-dss/eirsaliye.xml": NOT_SEALED,
    "samples/emm/mersel-dss/emustahsil.xml": NOT_SEALED,
    PACKAGE + "1_TEMEL_FATURA.xml": CHANGED,
    PACKAGE + "2_TICARI_FATURA.xml": CHANGED,
    PACKAGE + "3_TICARI_FATURA.xml": CHANGED,
    PACKAGE + "6_TEMEL_FATURA_KDV_SIFIR.xml": CHANGED,
    PACKAGE + "7_TEMEL_FATURA_IADE.xml": CHANGED,
    PACKAGE + "7_TICARI_FATURA.xml": CHANGED,
    PACKAGE + "2_UYGULAMA_YANITI_KABUL.xml": BOTH,
    PACKAGE + "3_UYGULAMA_YANITI_RED.xml": CHANGED,
    PACKAGE + "4_KULLANICI_ACMA.xml": ACCOUNT,
    PACKAGE + "5_KULLANICI_SILME.xml": ACCOUNT,
    PACKAGE + "8_FATURA_SAKLAMA_KULLANICI_ACMA.xml": ACCOUNT,
    PACKAGE + "9_FATURA_SAKLAMA_KULLANICI_SILME.xml": ACCOUNT,
    PACKAGE + "1_SISTEM_YANITI_GTB_POSTA_KUTUSU.xml": NO_SEAL_NEEDED,
    PACKAGE + "TEKNOLOJI_DESTEK.xml": failed("the Ids were edited apart", "seal.reference-elsewhere"),
    UBL + "IHRACAT.xml": Expected("an empty skeleton of a signature", "INDETERMINATE", ("seal.no-certificate",), False),
    UBL + "IHRACAT_GTB_UygulamaYaniti_KABUL.xml": NO_SEAL_NEEDED,
    UBL + "TemelFaturaOrnegi.xml": NOT_SEALED,
    UBL + "KabulUygulamaYanitiOrnegi.xml": NOT_SEALED,
    UBL + "IrsaliyeYaniti-Ornek1.xml": NOT_SEALED,
}
UNREADABLE: Final = {PACKAGE + "7_UYGULAMA_YANITI_IADE.xml": "xml.malformed"}
SEALED: Final = sorted(name for name, expected in SAMPLES.items() if expected.crypto is not None)
ENVELOPES: Final = {
    "1_TEMEL_FATURA": CHANGED,
    "2_TICARI_FATURA": CHANGED,
    "2_UYGULAMA_YANITI_KABUL": BOTH,
    "3_TICARI_FATURA": CHANGED,
    "3_UYGULAMA_YANITI_RED": CHANGED,
    "4_KULLANICI_ACMA": ACCOUNT,
    "5_KULLANICI_SILME": ACCOUNT,
    "6_TEMEL_FATURA_KDV_SIFIR": CHANGED,
    "7_TEMEL_FATURA_IADE": CHANGED,
    "7_TICARI_FATURA": CHANGED,
    "8_FATURA_SAKLAMA_KULLANICI_ACMA": ACCOUNT,
    "9_FATURA_SAKLAMA_KULLANICI_SILME": ACCOUNT,
}


@cache
def pinned(name: str) -> tuple[Certificate, ...]:
    """The certificates in a sample."""
    root = etree.parse(REFERENCE / name).getroot()
    found = root.iter(ds("X509Certificate"))
    return tuple(dict.fromkeys(certificate_of(base64.b64decode(each.text or "")) for each in found if each.text))


def moment(certificates: tuple[Certificate, ...]) -> datetime:
    """Shortly before the end of the certificate, which is after the signing time of every sample."""
    return certificates[0].not_after if certificates else datetime(2026, 11, 22, tzinfo=UTC)


def judged(name: str) -> SealReport:
    certificates = pinned(name)
    trust = Trust(TrustStore(roots=certificates))
    return verify((REFERENCE / name).read_bytes(), trust=trust, at=moment(certificates))


@pytest.mark.parametrize(("name", "expected"), SAMPLES.items(), ids=list(SAMPLES))
def test_the_sample_gets_its_verdict(name: str, expected: Expected) -> None:
    report = judged(name)
    assert report.indication == expected.verdict, report.reasons
    codes = [reason.code for reason in (report.deviations if report.passed else report.reasons)]
    assert codes == list(expected.codes)
    assert bool(report.content) is (expected.crypto is True)


@pytest.mark.parametrize(("name", "code"), UNREADABLE.items())
def test_a_sample_that_is_no_xml_is_refused(name: str, code: str) -> None:
    with pytest.raises(UlakError) as caught:
        verify((REFERENCE / name).read_bytes(), trust=Trust(TrustStore()), at=datetime(2026, 11, 22, tzinfo=UTC))
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "expected"), ENVELOPES.items(), ids=list(ENVELOPES))
def test_the_document_in_the_envelope_gets_the_same_verdict(name: str, expected: Expected) -> None:
    certificates = pinned(f"{PACKAGE}{name}_ZARF.xml")
    data = (REFERENCE / f"{PACKAGE}{name}_ZARF.xml").read_bytes()
    (report,) = verify_all(data, trust=Trust(TrustStore(roots=certificates)), at=moment(certificates))
    assert report.indication == expected.verdict
    assert data.count(report.data) == 1


def test_no_signed_sample_is_left_out() -> None:
    signed = {
        path.relative_to(REFERENCE).as_posix()
        for folder in ("samples", "packages")
        for path in (REFERENCE / folder).rglob("*.xml")
        if b"<ds:SignatureValue" in (data := path.read_bytes()) and b"StandardBusinessDocument" not in data[:400]
    }
    assert signed <= {*SAMPLES, *UNREADABLE}
    envelopes = {path.name.removesuffix("_ZARF.xml") for path in (REFERENCE / PACKAGE).glob("*_ZARF.xml")}
    assert envelopes - {"7_UYGULAMA_YANITI_IADE"} == set(ENVELOPES)


@pytest.mark.parametrize("name", SEALED)
def test_xmlsec1_finds_the_same_cryptography(name: str, tmp_path: Path) -> None:
    command = ["xmlsec1", "--verify", "--insecure", "--enabled-key-data", "x509,key-value,rsa"]
    command += ["--id-attr:Id", f"{XADES}:SignedProperties", "--id-attr:Id", f"{DS}:SignatureValue"]
    ended = subprocess.run([*command, REFERENCE / name], capture_output=True, check=False, timeout=60)
    assert (ended.returncode == 0) is SAMPLES[name].crypto


def test_a_certificate_of_its_time_does_not_vouch_for_today() -> None:
    name = PACKAGE + "4_KULLANICI_ACMA.xml"
    trust = Trust(TrustStore(roots=pinned(name)))
    report = verify((REFERENCE / name).read_bytes(), trust=trust, at=datetime(2026, 11, 22, tzinfo=UTC))
    assert report.indication == "INDETERMINATE"
    assert report.sub == "OUT_OF_BOUNDS_NO_POE"


def test_the_counter_signatures_of_the_samples_are_told() -> None:
    report = judged(PACKAGE + "4_KULLANICI_ACMA.xml")
    (counter,) = report.counter_seals
    assert counter.passed
    assert counter.owner == report.owner == "9999999999"
    assert counter.content.startswith(b"<ds:SignatureValue ")
    assert (report.signing_time, counter.signing_time) == (
        datetime.fromisoformat("2013-06-19T11:03:48.830+03:00"),
        datetime.fromisoformat("2013-06-19T11:03:48.942+03:00"),
    )
