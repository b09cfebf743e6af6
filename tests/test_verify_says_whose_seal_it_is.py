"""Who issued, who sealed, whether they may, when and in whose trust: the facts of a seal that holds."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from seal_documents import KINDS, account, document
from seal_forge import ARDIC, Forge, tiny
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW, key, trust_folder
from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.counter import counter_seal
from ulak.seal.errors import SealError
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Evidence, Indication, Reason, SubIndication, Trusted
from ulak.seal.verify import LevelCheck, Levels, Policy, SealReport, Signed, verify
from ulak.xml import XmlError

TRUST = Trust(TrustStore.read(trust_folder()))
STORE = TRUST.store
ISSUERS = {
    "Invoice": "ardic",
    "CreditNote": "ardic",
    "DespatchAdvice": "ardic",
    "ReceiptAdvice": "meltem",
    "ApplicationResponse": "meltem",
    "ProcessUserAccount": "integrator",
    "CancelUserAccount": "integrator",
    "eArsivRaporu": "ardic",
    "defter": "ardic",
    "berat": "ardic",
    "defterraporu": "ardic",
}


def sealed_by(kind: str, who: str) -> bytes:
    return seal(document(kind), key(who), at=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_the_issuers_own_seal_passes(kind: str) -> None:
    report = verify(sealed_by(kind, ISSUERS[kind]), trust=TRUST, at=NOW)
    assert report.indication is Indication.PASSED, report.reasons
    assert (report.document, report.level, report.deviations) == (kind, "BES", ())
    assert report.owner == key(ISSUERS[kind]).certificate.tax_id
    assert report.signer == key(ISSUERS[kind]).certificate
    assert report.signing_time == NOW
    assert report.existed_at == NOW
    assert report.trusted is not None
    assert report.trusted.chain[0] == report.signer


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "UserAccount" not in kind])
def test_the_integrators_seal_passes_and_is_told(kind: str) -> None:
    report = verify(sealed_by(kind, "integrator"), trust=TRUST, at=NOW)
    assert report.indication is Indication.PASSED
    assert [note.code for note in report.deviations] == ["seal.by-integrator"]
    refused = verify(
        sealed_by(kind, "integrator"), trust=TRUST, at=NOW, policy=Policy(frozenset({"seal.by-integrator"}))
    )
    assert refused.sub is SubIndication.SIG_CONSTRAINTS_FAILURE


@pytest.mark.parametrize("kind", KINDS)
def test_a_strangers_seal_does_not_pass(kind: str) -> None:
    stranger = "ardic" if ISSUERS[kind] != "ardic" else "meltem"
    report = verify(sealed_by(kind, stranger), trust=TRUST, at=NOW)
    assert report.indication is Indication.INDETERMINATE
    assert report.sub is SubIndication.SIG_CONSTRAINTS_FAILURE
    assert [reason.code for reason in report.reasons] == ["seal.another-taxpayer"]


def test_an_integrator_of_nobody_is_a_stranger() -> None:
    alone = Trust(TrustStore(STORE.roots, STORE.intermediates, STORE.crls))
    report = verify(sealed_by("Invoice", "integrator"), trust=alone, at=NOW)
    assert [reason.code for reason in report.reasons] == ["seal.another-taxpayer"]


@pytest.mark.parametrize("root", ["ProcessUserAccount", "CancelUserAccount"])
def test_the_customer_counter_signs_the_integrators_message(root: str) -> None:
    data = counter_seal(sealed_by(root, "integrator"), key("ardic"), at=NOW)
    report = verify(data, trust=TRUST, at=NOW)
    assert report.indication is Indication.PASSED, report.reasons
    (counter,) = report.counter_seals
    assert (counter.owner, counter.signer) == (ARDIC, key("ardic").certificate)
    stranger = verify(counter_seal(sealed_by(root, "integrator"), key("meltem"), at=NOW), trust=TRUST, at=NOW)
    assert stranger.indication is Indication.INDETERMINATE
    assert [reason.code for reason in stranger.reasons] == ["seal.another-taxpayer"]


def test_a_counter_signature_on_an_invoice_is_judged_too() -> None:
    data = counter_seal(sealed_by("Invoice", "ardic"), key("meltem"), at=NOW)
    report = verify(data, trust=TRUST, at=NOW)
    assert len(report.counter_seals) == 1
    assert report.counter_seals[0].signer == key("meltem").certificate
    assert report.indication is Indication.INDETERMINATE


def test_a_broken_counter_signature_breaks_the_whole() -> None:
    data = counter_seal(sealed_by("ProcessUserAccount", "integrator"), key("ardic"), at=NOW)
    at = data.rindex(b"</ds:SignatureValue>") - 60
    broken = data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]
    report = verify(broken, trust=TRUST, at=NOW)
    assert report.indication is Indication.FAILED
    assert report.content == b""


@pytest.mark.parametrize(
    "who",
    [
        "expired",
        "revoked",
        "suspended",
        "not-yet-valid",
        "tls-server",
        "encryption-only",
        "expired-issuer",
        "revoked-issuer",
        "issued-by-a-firm",
        "pretender",
    ],
)
def test_what_trust_says_of_the_certificate_is_the_verdict(who: str) -> None:
    owner = key(who).certificate
    forge = Forge(tiny(supplier=owner.tax_id or "", signatory=owner.tax_id or ""))
    forge.key = key(who)
    data = resealed(forge, owner)
    report = verify(data, trust=TRUST, at=NOW)
    expected = TRUST.judge(owner, at=NOW)
    assert report.indication is expected.indication is not Indication.PASSED
    assert report.sub == expected.sub
    assert {reason.code for reason in expected.reasons} <= {reason.code for reason in report.reasons}


@pytest.mark.parametrize(
    ("days", "indication", "sub"),
    [
        (-30, Indication.INDETERMINATE, SubIndication.REVOKED_NO_POE),
        (0, Indication.FAILED, SubIndication.REVOKED),
    ],
)
def test_who_says_that_they_sealed_after_their_revocation_is_taken_at_their_word(
    days: int, indication: Indication, sub: SubIndication
) -> None:
    owner = key("revoked").certificate
    forge = Forge(tiny(supplier=owner.tax_id or "", signatory=owner.tax_id or ""))
    forge.key = key("revoked")
    resealed(forge, owner)
    data = forge.set("//xades:SigningTime", (NOW + timedelta(days=days)).isoformat()).sign().data()
    report = verify(data, trust=TRUST, at=NOW)
    assert (report.indication, report.sub) == (indication, sub)


def resealed(forge: Forge, certificate: Certificate) -> bytes:
    """The seal made over by the forge's key."""
    forge.remove("//ds:KeyValue").remove("//ds:X509SubjectName").set("//ds:X509Certificate", certificate.base64)
    forge.set("//xades:CertDigest/ds:DigestValue", b64encode(sha256(certificate.der).digest()).decode())
    forge.set("//ds:X509IssuerName", certificate.issuer).set("//ds:X509SerialNumber", str(certificate.serial))
    moment = certificate.not_before + timedelta(hours=1)
    forge.set("//xades:SigningTime", moment.isoformat())
    for id_ in forge.root.iterfind(".//{*}SignatoryParty//{*}ID"):
        id_.text = certificate.tax_id
    return forge.set("/*/cac:Signature/cbc:ID", certificate.tax_id).sign().data()


def test_a_seal_needs_a_moment_with_a_zone() -> None:
    with pytest.raises(SealError) as caught:
        verify(sealed_by("Invoice", "ardic"), trust=TRUST, at=datetime(2026, 11, 22))
    assert caught.value.code == "seal.naive-time"


def test_a_clock_may_be_ahead_by_as_much_as_the_policy_says() -> None:
    data = sealed_by("Invoice", "ardic")
    early = NOW - timedelta(minutes=3)
    assert verify(data, trust=TRUST, at=early).passed
    exact = verify(data, trust=TRUST, at=early, policy=Policy(skew=timedelta(minutes=1)))
    assert [reason.code for reason in exact.reasons] == ["seal.time-in-future"]


def test_a_document_larger_than_the_policy_allows_is_not_read() -> None:
    with pytest.raises(XmlError) as caught:
        verify(sealed_by("Invoice", "ardic"), trust=TRUST, at=NOW, policy=Policy(max_bytes=1000))
    assert caught.value.code == "xml.too-large"


def test_an_unknown_document_is_refused() -> None:
    with pytest.raises(SealError) as caught:
        verify(b"<Order/>", trust=TRUST, at=NOW)
    assert caught.value.code == "seal.unknown-document"


class Told:
    """Trust that tells what it was asked, and answers as it was told to."""

    def __init__(self, answer: Trusted) -> None:
        self.asked: list[tuple[Certificate, datetime, tuple[Certificate, ...], Evidence]] = []
        self.store = STORE
        self._answer = answer

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
        since: datetime | None = None,
    ) -> Trusted:
        self.asked.append((certificate, at, tuple(known), evidence))
        return self._answer


GOOD = Trusted(Indication.PASSED)


def stamped() -> bytes:
    """A seal with something in the place of a time stamp."""
    stamp = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties>"
        "<xades:SignatureTimeStamp><xades:EncapsulatedTimeStamp>AA==</xades:EncapsulatedTimeStamp>"
        "</xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
    )
    return Forge().insert("//xades:QualifyingProperties", stamp).data()


def with_levels(levels: LevelCheck | None, trust: Told) -> SealReport:
    return verify(stamped(), trust=trust, at=NOW, levels=levels)


def test_time_stamps_that_nobody_looks_at_do_not_count() -> None:
    trust = Told(GOOD)
    report = with_levels(None, trust)
    assert report.passed
    assert report.level == "T"
    assert [note.code for note in report.deviations] == ["seal.stamps-unused"]
    assert trust.asked == [(KNOWN_KEY.certificate, NOW, (), Evidence())]


def test_a_time_stamp_moves_the_moment_of_judgement_back() -> None:
    earlier, held = NOW - timedelta(days=30), Evidence((b"crl",))
    seen: list[Signed] = []

    def check(signed: Signed, *, at: datetime) -> Levels:
        seen.append(signed)
        assert at == NOW
        assert signed.signature.getroottree().getroot().tag.endswith("Invoice")
        return Levels("T", earlier, known=(KNOWN_KEY.root,), evidence=held)

    trust = Told(GOOD)
    report = with_levels(check, trust)
    assert (report.level, report.existed_at) == ("T", earlier)
    assert trust.asked == [(KNOWN_KEY.certificate, earlier, (KNOWN_KEY.root,), held)]
    assert seen[0].certificate == KNOWN_KEY.certificate


def test_a_time_stamp_cannot_move_the_moment_forward() -> None:
    trust = Told(GOOD)
    report = with_levels(lambda signed, *, at: Levels("T", at + timedelta(days=1)), trust)
    assert report.existed_at == NOW


def test_what_is_wrong_with_time_stamps_is_part_of_the_verdict() -> None:
    reason = Reason("timestamp.changed", Text("a", "a"))
    broken = Levels("T", sub=SubIndication.HASH_FAILURE, reasons=(reason,))
    report = with_levels(lambda signed, *, at: broken, Told(GOOD))
    assert (report.indication, report.sub) == (Indication.FAILED, SubIndication.HASH_FAILURE)
    assert report.reasons == (reason,)


def test_trust_is_asked_with_the_certificates_of_the_seal() -> None:
    forge = Forge()
    for issuer in KNOWN_KEY.chain:
        forge.insert("//ds:X509Data", f"<ds:X509Certificate>{issuer.base64}</ds:X509Certificate>")
    trust = Told(GOOD)
    verify(forge.data(), trust=trust, at=NOW)
    assert trust.asked[0][2] == KNOWN_KEY.chain


def test_nobody_is_asked_about_a_forged_seal() -> None:
    trust = Told(GOOD)
    report = verify(Forge().set("//cbc:PayableAmount", "9.00").data(), trust=trust, at=NOW)
    assert report.indication is Indication.FAILED
    assert trust.asked == []


def test_reasons_come_worst_first() -> None:
    bad = Trusted(Indication.FAILED, SubIndication.REVOKED, (Reason("trust.revoked", Text("a", "a")),))
    forge = Forge(tiny(supplier="7359021640")).set("//xades:SigningTime", "2026-11-22T12:00:00").sign()
    report = verify(forge.data(), trust=Told(bad), at=NOW)
    assert [reason.code for reason in report.reasons] == ["trust.revoked", "seal.time-form", "seal.another-taxpayer"]
    assert (report.indication, report.sub) == (Indication.FAILED, SubIndication.REVOKED)


def test_the_moment_may_be_long_after_while_the_certificate_lasts() -> None:
    trust = Trust(TrustStore.read(KNOWN_TRUST))
    assert verify(Forge().data(), trust=trust, at=datetime(2044, 1, 1, tzinfo=UTC)).passed
    assert not verify(Forge().data(), trust=trust, at=datetime(2046, 1, 1, tzinfo=UTC)).passed


def test_the_least_account_message_names_its_sender() -> None:
    data = seal(account("ProcessUserAccount"), key("integrator"), at=NOW)
    assert verify(data, trust=TRUST, at=NOW).owner == key("integrator").certificate.tax_id


def test_gib_approves_berats_and_nothing_else() -> None:
    def approved(kind: str, by: str) -> SealReport:
        return verify(counter_seal(sealed_by(kind, "ardic"), key(by), at=NOW), trust=TRUST, at=NOW)

    report = approved("berat", "gib")
    assert report.indication is Indication.PASSED, report.reasons
    assert [counter.owner for counter in report.counter_seals] == ["3900383669"]
    others = [approved("defter", "gib"), approved("berat", "meltem")]
    assert [other.reasons[0].code for other in others] == ["seal.another-taxpayer"] * 2
