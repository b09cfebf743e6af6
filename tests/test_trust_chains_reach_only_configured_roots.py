"""A certificate is trusted only where every step up to a configured root holds (RFC 5280, 6)."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Use
from cryptography.x509.oid import NameOID, ObjectIdentifier
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import NOW
from trust_cases import DAY, Ca, Extension, Known, codes, crl, entry, judged, new_ca, new_key, signed_with_sha1
from ulak.seal.certificates import certificate_of
from ulak.seal.errors import SealError
from ulak.seal.pki.keymaking import KeyKind
from ulak.seal.trust import Purpose, Trust, TrustStore
from ulak.seal.verdicts import Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

MALI_MUHUR = ObjectIdentifier("2.16.792.1.2.1.1.5.7.50.1")


def purposes(*uses: ObjectIdentifier, critical: bool = False) -> Extension:
    return x509.ExtendedKeyUsage(uses), critical


def chained(leaf: Known, *above: Ca) -> Trusted:
    """Judged with the last one as root and a list of every issuer."""
    return judged(leaf, above[-1:], known=above[:-1], crls=[crl(issuer) for issuer in above])


class TestAChainIsFound:
    def test_straight_to_the_root(self) -> None:
        root = new_ca()
        leaf = root.issue()
        found = chained(leaf, root)
        assert found.indication is Indication.PASSED
        assert found.chain == (leaf.certificate, root.certificate)

    def test_over_issuers_that_came_with_the_document(self) -> None:
        root = new_ca()
        upper = root.issue_ca("upper")
        lower = upper.issue_ca("lower")
        leaf = lower.issue()
        found = chained(leaf, lower, upper, root)
        assert found.indication is Indication.PASSED
        assert [one.common_name for one in found.chain] == ["leaf", "lower", "upper", "root"]

    def test_of_elliptic_curves_under_rsa_and_the_other_way_round(self) -> None:
        root = new_ca(key=new_key(KeyKind.EC_P384))
        issuer = root.issue_ca(key=new_key(KeyKind.RSA_2048))
        assert chained(issuer.issue(key=new_key(KeyKind.EC_P384)), issuer, root).indication is Indication.PASSED

    def test_over_a_cross_certificate_when_only_the_other_root_is_trusted(self) -> None:
        old, new = new_ca("old root"), new_ca("new root")
        crossed = Ca(old.issue_ca("new root", key=new.key).certificate, new.key)
        leaf = new.issue()
        found = judged(leaf, [old], known=[new, crossed], crls=[crl(old), crl(new)])
        assert found.indication is Indication.PASSED
        assert found.chain[-1] == old.certificate

    def test_past_an_older_certificate_of_the_issuer_with_another_key(self) -> None:
        root = new_ca()
        old, issuer = root.issue_ca("issuer", key=new_key()), root.issue_ca("issuer", key=new_key())
        leaf = issuer.issue()
        found = judged(leaf, [root], known=[old, issuer], crls=[crl(root), crl(issuer)])
        assert found.indication is Indication.PASSED
        assert found.chain[1] == issuer.certificate

    def test_past_an_expired_certificate_of_the_same_issuer_and_key(self) -> None:
        root, key = new_ca(), new_key()
        expired = root.issue_ca("issuer", key=key, end=NOW - DAY)
        issuer = root.issue_ca("issuer", key=key)
        leaf = issuer.issue()
        for known in ([expired, issuer], [issuer, expired]):
            found = judged(leaf, [root], known=known, crls=[crl(root), crl(issuer)])
            assert found.indication is Indication.PASSED
            assert found.chain[1] == issuer.certificate

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_and_of_several_that_fail_the_one_counts_that_says_most(self, order: tuple[int, int]) -> None:
        root, key = new_ca(), new_key()
        both = [root.issue_ca("issuer", key=key, end=NOW - DAY), root.issue_ca("issuer", key=key)]
        leaf = both[1].issue()
        lists = [crl(root), crl(both[1], entry(leaf, NOW - DAY))]
        found = judged(leaf, [root], known=[both[place] for place in order], crls=lists)
        assert (found.sub, codes(found)) == (Sub.REVOKED_NO_POE, ["trust.revoked"])

    def test_when_the_issuers_name_is_written_with_another_string_type(self) -> None:
        root = new_ca("Mali Muhur")
        other = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mali Muhur", x509.name._ASN1Type.PrintableString)])
        assert other.public_bytes() != root.certificate.x509.subject.public_bytes()
        leaf = root.issue(issuer=other)
        assert leaf.certificate.x509.issuer.public_bytes() == other.public_bytes()
        found = judged(leaf, [root], crls=[crl(root)])
        assert found.indication is Indication.PASSED


class TestNoChainIsFound:
    def test_to_a_root_that_is_not_configured(self) -> None:
        root, other = new_ca("root"), new_ca("other")
        found = judged(root.issue(), [other], known=[root])
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.NO_CERTIFICATE_CHAIN_FOUND)
        assert codes(found) == ["trust.self-issued"]

    def test_without_the_certificate_between(self) -> None:
        root = new_ca()
        found = judged(root.issue_ca().issue(), [root])
        assert (found.sub, codes(found)) == (Sub.NO_CERTIFICATE_CHAIN_FOUND, ["trust.no-root"])
        assert "issuer" in found.reasons[0].text.en

    def test_under_a_pretender_with_the_roots_name(self) -> None:
        root, pretender = new_ca("root", key=new_key()), new_ca("root", key=new_key())
        found = judged(pretender.issue(), [root], known=[pretender])
        assert found.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND
        assert "trust.pretender" in codes(found) or "trust.self-issued" in codes(found)

    def test_for_a_certificate_that_vouches_for_itself(self) -> None:
        found = judged(new_ca("self"), [new_ca("root")])
        assert (found.sub, codes(found)) == (Sub.NO_CERTIFICATE_CHAIN_FOUND, ["trust.self-issued"])

    def test_in_a_ring_of_issuers(self) -> None:
        one, two = new_ca("one", key=new_key()), new_ca("two", key=new_key())
        ring = [Ca(one.issue_ca("two", key=two.key).certificate, two.key)]
        ring.append(Ca(two.issue_ca("one", key=one.key).certificate, one.key))
        found = judged(one.issue(), [new_ca("root")], known=ring)
        assert found.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND

    def test_beyond_the_longest_chain_that_is_followed(self) -> None:
        root = last = new_ca()
        between = []
        for depth in range(8):
            last = last.issue_ca(f"issuer {depth}")
            between.append(last)
        found = judged(last.issue(), [root], known=between)
        assert codes(found) == ["trust.too-many-issuers"]

    def test_among_hundreds_of_issuers_of_the_same_name_without_trying_all(self) -> None:
        root, key = new_ca(), new_key()
        many = [Ca(new_ca("issuer", key=key, more=[_number(index)]).certificate, key) for index in range(300)]
        found = judged(many[0].issue(), [root], known=many)
        assert (found.sub, codes(found)) == (Sub.NO_CERTIFICATE_CHAIN_FOUND, ["trust.too-many-issuers"])


def _number(index: int) -> Extension:
    return x509.CRLNumber(index), False


class TestAnIssuerMust:
    def test_be_an_authority(self) -> None:
        root = new_ca()
        firm = root.issue("firm", bits=("key_cert_sign", "digital_signature"))
        leaf = Ca(firm.certificate, firm.key).issue()
        found = judged(leaf, [root], known=[firm], crls=[crl(root)])
        assert (found.sub, codes(found)) == (Sub.CHAIN_CONSTRAINTS_FAILURE, ["trust.not-an-authority"])

    def test_be_allowed_to_sign_certificates(self) -> None:
        root = new_ca()
        issuer = root.issue_ca(bits=("crl_sign",))
        assert codes(chained(issuer.issue(), issuer, root)) == ["trust.not-an-authority"]

    def test_be_an_authority_even_as_a_root(self) -> None:
        pinned = new_ca().issue("firm", bits=("key_cert_sign", "digital_signature"))
        leaf = Ca(pinned.certificate, pinned.key).issue()
        assert codes(judged(leaf, [pinned])) == ["trust.not-an-authority"]

    def test_have_no_more_issuers_below_than_it_allows(self) -> None:
        root = new_ca()
        upper = root.issue_ca("upper", length=0)
        lower = upper.issue_ca("lower")
        found = chained(lower.issue(), lower, upper, root)
        assert (found.sub, codes(found)) == (Sub.CHAIN_CONSTRAINTS_FAILURE, ["trust.path-too-long"])
        assert chained(upper.issue(), upper, root).indication is Indication.PASSED

    def test_be_valid_at_the_moment(self) -> None:
        root = new_ca()
        gone = root.issue_ca("gone", end=NOW - DAY)
        found = chained(gone.issue(), gone, root)
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.OUT_OF_BOUNDS_NO_POE)
        coming = root.issue_ca("coming", begin=NOW + DAY)
        assert chained(coming.issue(), coming, root).sub is Sub.CERTIFICATE_CHAIN_GENERAL_FAILURE

    def test_be_valid_at_the_moment_even_as_a_root(self) -> None:
        root = new_ca(end=NOW - DAY)
        found = chained(root.issue(), root)
        assert (found.sub, codes(found)) == (Sub.OUT_OF_BOUNDS_NO_POE, ["trust.issuer-out-of-validity"])

    def test_not_limit_names(self) -> None:
        root = new_ca()
        limits = x509.NameConstraints([x509.DNSName("example.com")], None)
        for critical in (True, False):
            issuer = root.issue_ca(more=[(limits, critical)])
            found = chained(issuer.issue(), issuer, root)
            assert (found.sub, codes(found)) == (Sub.CERTIFICATE_CHAIN_GENERAL_FAILURE, ["trust.unknown-extension"])


class TestACertificateMust:
    def test_have_no_critical_extension_that_is_not_understood(self) -> None:
        root = new_ca()
        strange = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00")
        assert chained(root.issue(more=[(strange, False)]), root).indication is Indication.PASSED
        found = chained(root.issue(more=[(strange, True)]), root)
        assert (found.sub, codes(found)) == (Sub.CERTIFICATE_CHAIN_GENERAL_FAILURE, ["trust.unknown-extension"])
        assert "1.2.3.4" in found.reasons[0].text.tr

    def test_have_a_strong_key(self) -> None:
        root = new_ca()
        found = chained(root.issue(key=new_key(KeyKind.RSA_1024)), root)
        assert (found.sub, codes(found)) == (Sub.CRYPTO_CONSTRAINTS_FAILURE, ["trust.weak-key"])

    def test_stand_under_strong_keys(self) -> None:
        root = new_ca()
        issuer = root.issue_ca(key=new_key(KeyKind.RSA_1024))
        assert codes(chained(issuer.issue(), issuer, root)) == ["trust.weak-key"]

    def test_not_be_signed_with_sha1_nor_stand_under_one_that_is(self) -> None:
        root = new_ca()
        issuer = root.issue_ca()
        old = Ca(signed_with_sha1(issuer, root), issuer.key)
        found = chained(old.issue(), old, root)
        assert (found.sub, codes(found)) == (Sub.CRYPTO_CONSTRAINTS_FAILURE, ["trust.weak-signature"])

    def test_but_a_roots_own_signature_means_nothing(self) -> None:
        root = new_ca()
        root = Ca(signed_with_sha1(root, root), root.key)
        assert chained(root.issue(), root).indication is Indication.PASSED


class TestACertificateIsForSealing:
    @pytest.mark.parametrize("bits", [("digital_signature",), ("content_commitment",)])
    def test_by_its_key_usage(self, bits: tuple[str, ...]) -> None:
        root = new_ca()
        assert chained(root.issue(bits=bits), root).indication is Indication.PASSED

    @pytest.mark.parametrize("bits", [("key_encipherment",), ("key_agreement", "data_encipherment"), None])
    def test_and_not_without_it(self, bits: tuple[str, ...] | None) -> None:
        root = new_ca()
        found = chained(root.issue(bits=bits), root)
        assert (found.sub, codes(found)) == (Sub.CHAIN_CONSTRAINTS_FAILURE, ["trust.wrong-usage"])

    @pytest.mark.parametrize(
        "uses",
        [
            (MALI_MUHUR,),
            (Use.EMAIL_PROTECTION,),
            (Use.CLIENT_AUTH, Use.EMAIL_PROTECTION),
            (MALI_MUHUR, Use.CLIENT_AUTH),
        ],
    )
    def test_by_its_purposes(self, uses: tuple[ObjectIdentifier, ...]) -> None:
        root = new_ca()
        assert chained(root.issue(more=[purposes(*uses)]), root).indication is Indication.PASSED

    @pytest.mark.parametrize(
        "uses",
        [
            (Use.SERVER_AUTH,),
            (Use.SERVER_AUTH, Use.CLIENT_AUTH),
            (Use.CODE_SIGNING,),
            (Use.TIME_STAMPING,),
            (Use.OCSP_SIGNING,),
        ],
    )
    def test_and_not_when_made_for_something_else(self, uses: tuple[ObjectIdentifier, ...]) -> None:
        root = new_ca()
        found = chained(root.issue(more=[purposes(*uses)]), root)
        assert (found.sub, codes(found)) == (Sub.CHAIN_CONSTRAINTS_FAILURE, ["trust.wrong-usage"])


class TestACertificateIsForTimeStamps:
    def stamped(self, *more: Extension) -> Trusted:
        root = new_ca()
        return judged(root.issue(more=more), [root], crls=[crl(root)], purpose=Purpose.TIME_STAMPING)

    def test_when_that_is_its_only_purpose_and_critical(self) -> None:
        assert self.stamped(purposes(Use.TIME_STAMPING, critical=True)).indication is Indication.PASSED

    def test_and_not_otherwise(self) -> None:
        for more in (
            [],
            [purposes(Use.TIME_STAMPING)],
            [purposes(Use.TIME_STAMPING, Use.CODE_SIGNING, critical=True)],
            [purposes(MALI_MUHUR, critical=True)],
        ):
            assert codes(self.stamped(*more)) == ["trust.wrong-usage"]


class TestAPinnedCertificate:
    def test_is_trusted_without_a_chain_and_without_revocation(self) -> None:
        leaf = new_ca("unknown").issue()
        found = judged(leaf, [leaf])
        assert (found.indication, found.chain) == (Indication.PASSED, (leaf.certificate,))
        assert found.good_until == leaf.certificate.not_after

    def test_but_only_in_its_validity_and_for_its_purpose(self) -> None:
        leaf, server = new_ca().issue(end=NOW - DAY), new_ca().issue(more=[purposes(Use.SERVER_AUTH)])
        assert judged(leaf, [leaf]).sub is Sub.OUT_OF_BOUNDS_NO_POE
        assert judged(leaf, [leaf], at=NOW - 2 * DAY).indication is Indication.PASSED
        assert judged(server, [server]).sub is Sub.CHAIN_CONSTRAINTS_FAILURE


class TestBrokenKeys:
    def test_a_certificate_with_a_key_that_cannot_be_read_is_refused_and_breaks_nothing(self) -> None:
        root = new_ca()
        leaf = root.issue()
        oid = bytes.fromhex("06092a864886f70d010101")
        place = leaf.certificate.der.index(oid)
        strange = certificate_of(
            leaf.certificate.der[:place]
            + bytes.fromhex("06092a864886f70d010163")
            + leaf.certificate.der[place + len(oid) :]
        )
        trust = Trust(TrustStore((root.certificate,)), clock=lambda: NOW)
        found = trust.judge(strange, at=NOW, known=[strange])
        assert found.indication is not Indication.PASSED


FIXED = new_ca("fixed")
FIXED_LEAF = FIXED.issue()
FIXED_LIST = crl(FIXED)


@settings(max_examples=1500, deadline=None)
@given(place=st.integers(0, len(FIXED_LEAF.certificate.der) * 8 - 1))
def test_no_flipped_bit_of_a_certificate_passes_and_none_breaks_anything(place: int) -> None:
    changed = bytearray(FIXED_LEAF.certificate.der)
    changed[place // 8] ^= 1 << place % 8
    try:
        certificate = certificate_of(bytes(changed))
    except SealError:
        return
    assert judged(certificate, [FIXED], crls=[FIXED_LIST]).indication is not Indication.PASSED


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(FIXED.certificate.der) * 8 - 1))
def test_no_flipped_bit_of_an_issuers_certificate_helps_a_leaf_to_a_root(place: int) -> None:
    changed = bytearray(FIXED.certificate.der)
    changed[place // 8] ^= 1 << place % 8
    try:
        issuer = Ca(certificate_of(bytes(changed)), FIXED.key)
    except SealError:
        return
    found = judged(FIXED_LEAF, [new_ca("other")], known=[issuer], crls=[FIXED_LIST])
    assert found.indication is not Indication.PASSED


@settings(max_examples=200, deadline=None)
@given(lists=st.lists(st.binary(max_size=200), max_size=3), answers=st.lists(st.binary(max_size=200), max_size=3))
def test_noise_for_evidence_proves_nothing_and_breaks_nothing(lists: list[bytes], answers: list[bytes]) -> None:
    found = judged(FIXED_LEAF, [FIXED], crls=lists, answers=answers)
    assert found.sub is Sub.TRY_LATER


NODES = range(5)
AUTHORITIES = [new_ca(f"node {node}") for node in NODES]
NODE_LISTS = [crl(authority) for authority in AUTHORITIES]
CROSSED = {
    (above, below): Ca(AUTHORITIES[above].issue_ca(f"node {below}", key=AUTHORITIES[below].key).certificate, new_key())
    for above in NODES
    for below in NODES
    if above != below
}
NODE_LEAF = AUTHORITIES[0].issue()
EDGES = st.sets(st.sampled_from(sorted(CROSSED)), max_size=12)


def reaches(edges: set[tuple[int, int]], roots: set[int]) -> bool:
    """Whether a way leads from the first node up to a root, found in the simplest possible way."""
    seen, last = {0}, set[int]()
    while seen != last:
        last = seen
        seen = seen | {above for above, below in edges if below in seen}
    return bool(seen & roots)


@settings(max_examples=300, deadline=None)
@given(edges=EDGES, roots=st.sets(st.sampled_from(NODES), min_size=1, max_size=3), data=st.data())
def test_a_chain_is_found_exactly_where_one_is(
    edges: set[tuple[int, int]], roots: set[int], data: st.DataObject
) -> None:
    known = data.draw(st.permutations([CROSSED[edge] for edge in sorted(edges)]))
    found = judged(NODE_LEAF, [AUTHORITIES[root] for root in sorted(roots)], known=known, crls=NODE_LISTS)
    assert (found.indication is Indication.PASSED) == reaches(edges, roots)
