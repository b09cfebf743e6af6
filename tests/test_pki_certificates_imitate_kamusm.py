"""The test PKI's certificates say what KamuSM's say, in names that nobody takes for KamuSM's."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import timedelta

import pytest
from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, NOW, TestKey, authority, fresh_authority, key
from support import REFERENCE, needs_reference
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.pki import cast

SAMPLES = {
    "RSA under RSA, Sürüm 2": ("samples/signed/FYS2025000000008.xml", "ardic"),
    "RSA under P-384, Sürüm 3": ("samples/signed/CNK2025000000026-Iade.xml", "meltem-rsa"),
}
CERTIFICATE = re.compile(rb"<(?:\w+:)?X509Certificate>([^<]+)<")
GOOD = [plan.short for plan in cast.GOOD]


def sample(path: str) -> Certificate:
    found = CERTIFICATE.search((REFERENCE / path).read_bytes())
    assert found
    return certificate_of(b64decode(found[1].replace(b"&#13;", b"")))


def purposes(certificate: Certificate) -> list[str]:
    found = certificate.x509.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    return [purpose.dotted_string for purpose in found]


def policies(certificate: Certificate) -> list[str]:
    found = certificate.x509.extensions.get_extension_for_class(x509.CertificatePolicies).value
    return [policy.policy_identifier.dotted_string for policy in found]


def usage(certificate: Certificate) -> x509.KeyUsage:
    return certificate.x509.extensions.get_extension_for_class(x509.KeyUsage).value


@needs_reference
@pytest.mark.parametrize(("path", "short"), SAMPLES.values(), ids=list(SAMPLES))
class TestAMaliMuhurIsLikeAReal:
    def test_in_its_extensions_their_order_and_what_is_critical(self, path: str, short: str) -> None:
        real, ours = (
            [(extension.oid.dotted_string, extension.critical) for extension in certificate.x509.extensions]
            for certificate in (sample(path), key(short).certificate)
        )
        assert ours == real

    def test_in_usage_purposes_and_policy(self, path: str, short: str) -> None:
        real, ours = sample(path), key(short).certificate
        assert usage(ours) == usage(real)
        assert purposes(ours) == purposes(real)
        assert policies(ours) == policies(real)

    def test_in_the_form_of_its_owners_name(self, path: str, short: str) -> None:
        real, ours = sample(path).x509, key(short).certificate.x509
        assert [(part.oid, part._type) for part in ours.subject] == [(part.oid, part._type) for part in real.subject]
        assert [part.oid for part in ours.issuer] == [part.oid for part in real.issuer]

    def test_in_its_algorithms(self, path: str, short: str) -> None:
        real, ours = sample(path), key(short).certificate
        assert ours.x509.signature_algorithm_oid == real.x509.signature_algorithm_oid
        assert ours.algorithm == real.algorithm

    def test_in_the_number_of_its_addresses(self, path: str, short: str) -> None:
        real, ours = sample(path), key(short).certificate
        for addresses in ("crl_urls", "ocsp_urls", "issuer_urls"):
            assert len(getattr(ours, addresses)) == len(getattr(real, addresses)) == 1

    def test_in_how_long_it_lives(self, path: str, short: str) -> None:
        real, ours = sample(path), key(short).certificate
        assert abs((ours.not_after - ours.not_before) - (real.not_after - real.not_before)) < timedelta(days=3)

    def test_but_not_in_its_issuers_name(self, path: str, short: str) -> None:
        assert key(short).certificate.issuer != sample(path).issuer


def test_every_authority_is_called_a_test() -> None:
    made = authority()
    for certificate in (*made.roots, *made.intermediates, *made.pretender, made.stamper.certificate):
        assert certificate.common_name.startswith("TEST ")


@pytest.mark.parametrize("short", GOOD)
def test_every_certificate_says_that_it_has_no_legal_value(short: str) -> None:
    policy = key(short).certificate.x509.extensions.get_extension_for_class(x509.CertificatePolicies).value[0]
    notices = [said for said in policy.policy_qualifiers or () if isinstance(said, x509.UserNotice)]
    assert ["TEST" in (notice.explicit_text or "") for notice in notices] == [True]


@pytest.mark.parametrize("plan", cast.GOOD, ids=GOOD)
def test_every_good_key_names_its_owner_and_is_valid_now(plan: cast.Plan) -> None:
    found = key(plan.short).certificate
    assert found.tax_id == plan.owner.tax_id
    assert found.common_name == plan.owner.name
    assert found.is_valid_on(NOW)
    assert not found.is_authority


@pytest.mark.parametrize("owner", cast.PERSONS, ids=lambda owner: owner.short)
def test_a_personal_certificate_is_a_qualified_one(owner: cast.Owner) -> None:
    found = key(owner.short).certificate
    statements = found.x509.extensions.get_extension_for_oid(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")).value
    assert isinstance(statements, x509.UnrecognizedExtension)
    assert _identifiers(statements.value) == ["0.4.0.1862.1.1", "2.16.792.1.61.0.1.5070.1.1"]
    assert usage(found).content_commitment
    assert found.tax_id is not None
    assert len(found.tax_id) == 11


def _identifiers(der: bytes) -> list[str]:
    outer = core.SequenceOf.load(der, spec=core.Sequence)
    return [str(core.ObjectIdentifier.load(statement[0].dump()).native) for statement in outer]


def test_the_integrator_and_the_firms_of_the_examples_have_keys() -> None:
    numbers = {key(short).certificate.tax_id for short in GOOD}
    assert {"4812530769", "7359021640", "2601488399", "7750409379", "1460415308", "9183746505"} <= numbers
    assert {"41538629042", "50721483392", "29864107502", authority().integrator} <= numbers


class TestWhatMustNotBeAcceptedIsWrongInOneThing:
    @pytest.mark.parametrize("plan", [*cast.WRONG, cast.PRETENDER], ids=lambda plan: plan.short)
    def test_its_owner_is_ardic(self, plan: cast.Plan) -> None:
        assert key(plan.short).certificate.common_name == key("ardic").certificate.common_name

    def test_times(self) -> None:
        assert key("expired").certificate.not_after < NOW < key("not-yet-valid").certificate.not_before
        assert key("expired-issuer").chain[0].not_after < NOW < key("expired-issuer").certificate.not_after

    def test_revocations(self) -> None:
        made = authority()
        reasons = {
            short: made.issuer_of(key(short).certificate).revoked[key(short).certificate.serial].reason
            for short in ("revoked", "suspended")
        }
        assert reasons == {"revoked": "keyCompromise", "suspended": "certificateHold"}
        issuer = key("revoked-issuer").chain[0]
        assert issuer.serial in made.issuers["test-root-rsa"].revoked

    def test_purposes(self) -> None:
        assert purposes(key("tls-server").certificate) == [ExtendedKeyUsageOID.SERVER_AUTH.dotted_string]
        assert not usage(key("encryption-only").certificate).digital_signature

    def test_strength_and_identity(self) -> None:
        weak = key("weak-rsa1024").private_key
        assert isinstance(weak, rsa.RSAPrivateKey)
        assert weak.key_size == 1024
        assert key("no-tax-id").certificate.tax_id is None

    def test_the_pretender_has_the_names_and_identifiers_but_not_the_keys(self) -> None:
        true, false = key("ardic"), key("pretender")
        identifiers = [
            each.certificate.x509.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
            for each in (true, false)
        ]
        assert identifiers[0] == identifiers[1]
        assert (false.root.subject, false.chain[0].subject) == (true.root.subject, true.chain[0].subject)
        assert false.root.spki != true.root.spki
        assert false.chain[0].spki != true.chain[0].spki
        assert false.root not in authority().roots

    def test_the_issuer_that_is_none(self) -> None:
        assert not key("issued-by-a-firm").chain[0].is_authority


def test_the_services_have_the_certificates_their_standards_want() -> None:
    made = authority()
    stamping = made.stamper.certificate.x509.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert stamping.critical
    assert purposes(made.stamper.certificate) == [ExtendedKeyUsageOID.TIME_STAMPING.dotted_string]
    for issuer in made.issuers.values():
        if issuer.responder:
            answering = issuer.responder.certificate
            assert purposes(answering) == [ExtendedKeyUsageOID.OCSP_SIGNING.dotted_string]
            assert answering.x509.extensions.get_extension_for_oid(ExtensionOID.OCSP_NO_CHECK)
            answering.x509.verify_directly_issued_by(issuer.certificate.x509)


def test_the_same_keys_clock_and_numbers_make_the_same_certificates() -> None:
    first, second = authority(), fresh_authority(authority().url)
    assert [held.certificate for held in first.keys.values()] == [held.certificate for held in second.keys.values()]
    assert second.crl("mali-muhur-s3", NOW) == fresh_authority(authority().url).crl("mali-muhur-s3", NOW)


def test_serial_numbers_and_file_names_are_used_once() -> None:
    made = authority()
    certificates = [*made.roots, *made.intermediates, *(held.certificate for held in made.keys.values())]
    assert len({certificate.serial for certificate in certificates}) == len(certificates)
    assert len({held.name for held in made.keys.values()}) == len(made.keys)


@pytest.mark.parametrize("known", [KNOWN_KEY, KNOWN_EC_KEY], ids=["RSA", "EC"])
def test_the_known_keys_are_good_for_two_decades(known: TestKey) -> None:
    assert (known.certificate.not_before.year, known.certificate.not_after.year) == (2025, 2045)
    assert known.certificate.tax_id == "4812530769"
    assert known.private_key.public_key() == known.certificate.x509.public_key()
