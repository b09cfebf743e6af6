"""A revocation list proves something only if its issuer signed it and it covers certificate and day (RFC 5280, 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ReasonFlags
from cryptography.x509.oid import ObjectIdentifier
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import NOW
from trust_cases import DAY, HOUR, Extension, Known, codes, crl, entry, judged, new_ca, new_key, other_key
from ulak.seal.pki.keymaking import KeyKind
from ulak.seal.trust import Policy, Trust, TrustStore
from ulak.seal.verdicts import Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

ROOT = new_ca()
LEAF = ROOT.issue()


def point(**said: Any) -> Extension:
    base: dict[str, Any] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**(base | said)), True


def by_list(*lists: bytes, leaf: Known = LEAF, at: datetime = NOW, policy: Policy | None = None) -> Trusted:
    trust = Trust(TrustStore((ROOT.certificate,)), policy, clock=lambda: NOW)
    return judged(leaf, [ROOT], crls=lists, at=at, trust=trust)


def unknown(found: Trusted) -> str:
    """The one reason why nothing was learned."""
    assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.TRY_LATER)
    assert codes(found)[0] == "trust.revocation-unknown"
    return next(code for code in codes(found) if "crl" in code)


class TestAListSays:
    def test_that_a_certificate_is_good_and_until_when(self) -> None:
        found = by_list(crl(ROOT, until=NOW + 3 * DAY))
        assert (found.indication, found.good_until) == (Indication.PASSED, NOW + 3 * DAY)
        assert len(found.evidence.crls) == 1

    @pytest.mark.parametrize("why", [None, ReasonFlags.key_compromise, ReasonFlags.superseded])
    def test_that_it_is_revoked(self, why: ReasonFlags | None) -> None:
        more = [(x509.CRLReason(why), False)] if why else []
        found = by_list(crl(ROOT, entry(LEAF, NOW - DAY, *more)))
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.REVOKED_NO_POE)
        assert (codes(found), found.revoked_at) == (["trust.revoked"], NOW - DAY)
        assert (why.value if why else "unspecified") in found.reasons[0].text.en

    def test_that_it_is_suspended(self) -> None:
        found = by_list(crl(ROOT, entry(LEAF, NOW - DAY, (x509.CRLReason(ReasonFlags.certificate_hold), False))))
        assert (found.indication, found.sub, codes(found)) == (
            Indication.INDETERMINATE,
            Sub.TRY_LATER,
            ["trust.suspended"],
        )

    def test_that_it_was_revoked_only_after_the_moment(self) -> None:
        lists = crl(ROOT, entry(LEAF, NOW - DAY))
        before = by_list(lists, at=NOW - 2 * DAY)
        assert (before.indication, before.revoked_at) == (Indication.PASSED, NOW - DAY)
        assert by_list(lists, at=NOW - DAY).sub is Sub.REVOKED_NO_POE

    def test_that_it_was_invalid_before_it_was_revoked(self) -> None:
        invalid = (x509.InvalidityDate((NOW - 5 * DAY).replace(tzinfo=None)), False)
        found = by_list(crl(ROOT, entry(LEAF, NOW - DAY, invalid)), at=NOW - 3 * DAY)
        assert found.sub is Sub.REVOKED_NO_POE

    def test_nothing_of_other_certificates(self) -> None:
        assert by_list(crl(ROOT, entry(ROOT.issue(), NOW - DAY))).indication is Indication.PASSED

    def test_the_worse_where_two_disagree_and_the_newer_where_a_suspension_ended(self) -> None:
        good, revoked = crl(ROOT, made=NOW - HOUR), crl(ROOT, entry(LEAF, NOW - 2 * DAY), made=NOW - DAY)
        assert by_list(good, revoked).sub is Sub.REVOKED_NO_POE
        held = crl(
            ROOT, entry(LEAF, NOW - 2 * DAY, (x509.CRLReason(ReasonFlags.certificate_hold), False)), made=NOW - DAY
        )
        assert by_list(held, good).indication is Indication.PASSED
        assert codes(by_list(held)) == ["trust.suspended"]

    def test_something_of_every_issuer_on_the_way(self) -> None:
        issuer = ROOT.issue_ca("issuer")
        leaf = issuer.issue()
        lists = [crl(ROOT, entry(issuer, NOW - DAY)), crl(issuer)]
        found = judged(leaf, [ROOT], known=[issuer], crls=lists)
        assert (found.sub, codes(found)) == (Sub.REVOKED_CA_NO_POE, ["trust.issuer-revoked"])
        assert judged(leaf, [ROOT], known=[issuer], crls=lists, at=NOW - 2 * DAY).indication is Indication.PASSED
        missing = judged(leaf, [ROOT], known=[issuer], crls=lists[1:])
        assert (missing.sub, codes(missing)[0]) == (Sub.TRY_LATER, "trust.revocation-unknown")


class TestAListSaysNothing:
    def test_when_there_is_none(self) -> None:
        assert unknown(by_list()) == "trust.no-crl"

    def test_when_someone_else_signed_it(self) -> None:
        assert unknown(by_list(crl(ROOT, key=other_key(ROOT.key)))) == "trust.crl-signature"
        assert unknown(by_list(crl(new_ca("root", key=new_key(KeyKind.EC_P384))))) == "trust.crl-signature"

    def test_when_its_issuer_may_not_sign_lists(self) -> None:
        root = new_ca(bits=("key_cert_sign",))
        assert unknown(judged(root.issue(), [root], crls=[crl(root)])) == "trust.crl-signer"

    def test_after_its_end(self) -> None:
        old = crl(ROOT, made=NOW - 3 * DAY, until=NOW - DAY)
        assert unknown(by_list(old)) == "trust.crl-stale"
        assert by_list(old, at=NOW - 2 * DAY).indication is Indication.PASSED

    def test_when_older_than_the_policy_allows(self) -> None:
        policy = Policy(max_age=timedelta(hours=6))
        assert unknown(by_list(crl(ROOT, made=NOW - 7 * HOUR), policy=policy)) == "trust.crl-stale"
        fresh = by_list(crl(ROOT, made=NOW - 5 * HOUR), policy=policy)
        assert (fresh.indication, fresh.good_until) == (Indication.PASSED, NOW + HOUR)

    def test_from_the_future_beyond_the_skew_of_clocks(self) -> None:
        assert unknown(by_list(crl(ROOT, made=NOW + HOUR))) == "trust.crl-from-future"
        assert by_list(crl(ROOT, made=NOW + timedelta(minutes=4))).indication is Indication.PASSED

    def test_of_a_certificate_that_had_expired_before_it_was_made(self) -> None:
        leaf = ROOT.issue(end=NOW - 10 * DAY)
        moment = NOW - 20 * DAY
        assert unknown(by_list(crl(ROOT), leaf=leaf, at=moment)) == "trust.crl-after-expiry"
        keeps = x509.UnrecognizedExtension(ObjectIdentifier("2.5.29.60"), b"\x18\x0f20200101000000Z")
        assert by_list(crl(ROOT, more=[(keeps, False)]), leaf=leaf, at=moment).indication is Indication.PASSED
        later = x509.UnrecognizedExtension(ObjectIdentifier("2.5.29.60"), b"\x18\x0f20300101000000Z")
        assert unknown(by_list(crl(ROOT, more=[(later, False)]), leaf=leaf, at=moment)) == "trust.crl-after-expiry"

    @pytest.mark.parametrize(
        "extension",
        [
            (x509.DeltaCRLIndicator(1), True),
            point(indirect_crl=True),
            point(only_some_reasons=frozenset({ReasonFlags.key_compromise})),
            (x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True),
        ],
        ids=["delta", "indirect", "some reasons", "unknown"],
    )
    def test_with_extensions_that_are_not_supported(self, extension: Extension) -> None:
        assert unknown(by_list(crl(ROOT, more=[extension]))) == "trust.crl-unsupported"

    @pytest.mark.parametrize(
        "extension",
        [
            point(only_contains_ca_certs=True),
            point(only_contains_attribute_certs=True),
            point(full_name=[x509.UniformResourceIdentifier("http://other.invalid/a.crl")]),
            point(relative_name=x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a")])),
        ],
        ids=["issuers only", "attributes only", "another address", "a name within the issuer"],
    )
    def test_of_certificates_out_of_its_scope(self, extension: Extension) -> None:
        assert unknown(by_list(crl(ROOT, more=[extension]))) == "trust.crl-other-scope"

    def test_but_in_its_scope_it_does(self) -> None:
        assert by_list(crl(ROOT, more=[point(only_contains_user_certs=True)])).indication is Indication.PASSED
        here = x509.UniformResourceIdentifier("http://here.invalid/a.crl")
        leaf = ROOT.issue(
            more=[(x509.CRLDistributionPoints([x509.DistributionPoint([here], None, None, None)]), False)]
        )
        assert by_list(crl(ROOT, more=[point(full_name=[here])]), leaf=leaf).indication is Indication.PASSED

    def test_of_anyone_when_an_entry_has_a_critical_extension_that_is_not_understood(self) -> None:
        other = x509.CertificateIssuer([x509.DirectoryName(ROOT.certificate.x509.subject)])
        lists = crl(ROOT, entry(ROOT.issue(), NOW - DAY, (other, True)))
        assert unknown(by_list(lists)) == "trust.crl-unsupported"

    def test_when_it_takes_back_a_revocation_that_it_should_not_even_mention(self) -> None:
        gone = crl(ROOT, entry(LEAF, NOW - DAY, (x509.CRLReason(ReasonFlags.remove_from_crl), False)))
        assert unknown(by_list(gone)) == "trust.crl-unsupported"

    @pytest.mark.parametrize("data", [b"", b"\x30\x03\x02\x01\x00", b"<html>", b"-----BEGIN X509 CRL-----\nAA\n"])
    def test_when_it_is_none(self, data: bytes) -> None:
        assert unknown(by_list(data)) == "trust.crl-broken"


def test_a_list_in_pem_is_read_too() -> None:
    read = x509.load_der_x509_crl(crl(ROOT))
    assert by_list(read.public_bytes(Encoding.PEM)).indication is Indication.PASSED


_REVOKING = crl(ROOT, entry(LEAF, NOW - DAY), entry(ROOT.issue(), NOW - 2 * DAY))


@settings(max_examples=1500, deadline=None)
@given(place=st.integers(0, len(_REVOKING) * 8 - 1))
def test_no_flipped_bit_makes_a_revoked_certificate_good(place: int) -> None:
    changed = bytearray(_REVOKING)
    changed[place // 8] ^= 1 << place % 8
    found = by_list(bytes(changed))
    assert found.indication is not Indication.PASSED


@settings(max_examples=1500, deadline=None)
@given(place=st.integers(0, 10**6))
def test_no_flipped_bit_passes_unless_it_is_outside_of_what_is_signed(place: int) -> None:
    good = crl(ROOT)
    changed = bytearray(good)
    changed[place // 8 % len(good)] ^= 1 << place % 8
    signed = x509.load_der_x509_crl(good).tbs_certlist_bytes
    assert by_list(bytes(changed)).indication is not Indication.PASSED or signed in bytes(changed)
