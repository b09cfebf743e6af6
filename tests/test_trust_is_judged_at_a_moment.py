"""Each key of the test PKI gets the verdict that its name promises, at the moment that is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from seal_pki import NOW, authority, fresh_authority, key, trust_folder
from trust_cases import DAY, HOUR, codes, crl, entry, new_ca
from ulak.seal.pki import cast
from ulak.seal.trust import Policy, Trust, TrustFailure, TrustStore
from ulak.seal.verdicts import Evidence, Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

STORE = TrustStore.read(trust_folder())
PASSED, INDETERMINATE, FAILED = Indication.PASSED, Indication.INDETERMINATE, Indication.FAILED

VERDICTS = {
    "expired": (INDETERMINATE, Sub.OUT_OF_BOUNDS_NO_POE, "trust.expired"),
    "not-yet-valid": (FAILED, Sub.NOT_YET_VALID, "trust.not-yet-valid"),
    "revoked": (INDETERMINATE, Sub.REVOKED_NO_POE, "trust.revoked"),
    "suspended": (INDETERMINATE, Sub.TRY_LATER, "trust.suspended"),
    "tls-server": (INDETERMINATE, Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.wrong-usage"),
    "encryption-only": (INDETERMINATE, Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.wrong-usage"),
    "weak-rsa1024": (INDETERMINATE, Sub.CRYPTO_CONSTRAINTS_FAILURE, "trust.weak-key"),
    "expired-issuer": (INDETERMINATE, Sub.OUT_OF_BOUNDS_NO_POE, "trust.issuer-out-of-validity"),
    "revoked-issuer": (INDETERMINATE, Sub.REVOKED_CA_NO_POE, "trust.issuer-revoked"),
    "issued-by-a-firm": (INDETERMINATE, Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.not-an-authority"),
    "pretender": (INDETERMINATE, Sub.NO_CERTIFICATE_CHAIN_FOUND, "trust.pretender"),
}
GOOD = [plan.short for plan in cast.GOOD] + ["no-tax-id"]


def asked(short: str, at: datetime = NOW, since: datetime | None = None) -> Trusted:
    held = key(short)
    return Trust(STORE, clock=lambda: NOW).judge(held.certificate, at=at, known=held.chain, since=since)


@pytest.mark.parametrize("short", GOOD)
def test_a_good_key_is_trusted_up_to_its_root(short: str) -> None:
    found = asked(short)
    assert (found.indication, found.sub, found.reasons) == (PASSED, None, ())
    assert found.chain == (key(short).certificate, *key(short).chain, key(short).root)
    assert found.good_until == min(authority().lasts_until, *(one.not_after for one in found.chain))


@pytest.mark.parametrize("short", VERDICTS)
def test_a_bad_key_is_not_and_the_first_reason_says_why(short: str) -> None:
    found = asked(short)
    assert (found.indication, found.sub, codes(found)[0]) == VERDICTS[short]
    assert found.good_until is None


def test_every_key_of_the_pki_has_a_verdict_here() -> None:
    assert set(authority().keys) == {*GOOD, *VERDICTS}


class TestWhatIsProvenAboutTheTimeDecides:
    def test_a_seal_made_after_the_end_of_its_certificate_has_failed(self) -> None:
        found = asked("expired", since=NOW - DAY)
        assert (found.indication, found.sub) == (FAILED, Sub.EXPIRED)
        assert asked("expired", since=NOW - 40 * DAY).sub is Sub.OUT_OF_BOUNDS_NO_POE

    def test_a_seal_proven_older_than_the_end_holds(self) -> None:
        # Its certificate ended 30 days before; the test PKI's lists say that they keep such.
        assert asked("expired", at=NOW - 40 * DAY).indication is PASSED
        assert asked("expired", at=NOW - 30 * DAY).indication is PASSED
        assert asked("expired", at=NOW - 29 * DAY).sub is Sub.OUT_OF_BOUNDS_NO_POE

    def test_a_seal_made_after_the_revocation_has_failed(self) -> None:
        found = asked("revoked", since=NOW - DAY)
        assert (found.indication, found.sub, found.revoked_at) == (FAILED, Sub.REVOKED, NOW - 10 * DAY)
        assert asked("revoked", since=NOW - 10 * DAY).sub is Sub.REVOKED
        assert asked("revoked", since=NOW - 11 * DAY).sub is Sub.REVOKED_NO_POE

    def test_a_seal_proven_older_than_the_revocation_holds(self) -> None:
        found = asked("revoked", at=NOW - 11 * DAY)
        assert (found.indication, found.revoked_at) == (PASSED, NOW - 10 * DAY)
        assert asked("revoked", at=NOW - 10 * DAY).indication is INDETERMINATE

    def test_a_seal_proven_older_than_the_suspension_holds(self) -> None:
        assert asked("suspended", at=NOW - 6 * DAY).indication is PASSED

    def test_a_seal_proven_older_than_its_issuers_revocation_holds(self) -> None:
        assert asked("revoked-issuer", at=NOW - 12 * DAY).indication is PASSED

    def test_a_certificate_is_not_good_before_it_begins(self) -> None:
        begin = key("ardic").certificate.not_before
        assert asked("ardic", at=begin).indication is PASSED
        before = asked("ardic", at=begin - timedelta(seconds=1))
        assert (before.indication, before.sub) == (FAILED, Sub.NOT_YET_VALID)

    def test_a_certificate_is_good_to_its_last_second_as_far_as_the_lists_reach(self) -> None:
        end = key("ardic").certificate.not_after
        assert asked("ardic", at=min(end, authority().lasts_until)).indication is PASSED
        assert asked("ardic", at=end + timedelta(seconds=1)).sub is Sub.OUT_OF_BOUNDS_NO_POE


class TestWhatWasCollectedProvesItToOthers:
    def test_without_lists_and_intermediates_of_their_own(self) -> None:
        held = key("ardic")
        found = Trust(STORE, clock=lambda: NOW).collect(held.certificate, at=NOW)
        bare = Trust(TrustStore(STORE.roots), clock=lambda: NOW)
        later = bare.judge(held.certificate, at=NOW, known=found.chain, evidence=found.evidence)
        assert (later.indication, later.evidence) == (PASSED, found.evidence)
        assert len(found.evidence.crls) == len(found.chain) - 1

    def test_and_nothing_is_collected_of_what_is_not_trusted(self) -> None:
        held = key("revoked")
        with pytest.raises(TrustFailure) as caught:
            Trust(STORE, clock=lambda: NOW).collect(held.certificate, at=NOW)
        assert (caught.value.code, caught.value.permanent) == ("trust.not-trusted", False)
        assert "iptal" in caught.value.text.tr


class TestTheAnswerIsRemembered:
    def test_while_it_holds_and_for_every_moment_in_between(self) -> None:
        trust = Trust(STORE, clock=lambda: NOW)
        held = key("ardic")
        first = trust.judge(held.certificate, at=NOW)
        assert trust.judge(held.certificate, at=NOW - DAY) is first
        assert trust.judge(held.certificate, at=NOW + DAY) is first

    def test_not_beyond_its_limits(self) -> None:
        trust = Trust(STORE, clock=lambda: NOW)
        certificate = key("ardic").certificate
        first = trust.judge(certificate, at=NOW)
        assert first.good_until is not None
        assert trust.judge(certificate, at=first.good_until) is first
        beyond = trust.judge(certificate, at=first.good_until + timedelta(seconds=1))
        assert beyond.indication is not PASSED
        assert trust.judge(certificate, at=certificate.not_before - timedelta(seconds=1)).sub is Sub.NOT_YET_VALID

    def test_not_for_another_purpose_or_other_evidence(self) -> None:
        trust = Trust(STORE, clock=lambda: NOW)
        held = key("ardic")
        trust.judge(held.certificate, at=NOW)
        revoking = _list_that_revokes("ardic")
        found = trust.judge(held.certificate, at=NOW, evidence=Evidence((revoking,)))
        assert found.sub is Sub.REVOKED_NO_POE

    def test_not_beyond_the_revocation_of_an_issuer(self) -> None:
        root = new_ca()
        issuer = root.issue_ca()
        leaf = issuer.issue()
        lists = (crl(root, entry(issuer, NOW - HOUR)), crl(issuer))
        trust = Trust(TrustStore((root.certificate,), (issuer.certificate,), lists), clock=lambda: NOW)
        before = trust.judge(leaf.certificate, at=NOW - 2 * HOUR)
        assert before.indication is PASSED
        assert trust.judge(leaf.certificate, at=NOW - HOUR - timedelta(seconds=1)) is before
        assert trust.judge(leaf.certificate, at=NOW - HOUR).sub is Sub.REVOKED_CA_NO_POE
        assert trust.judge(leaf.certificate, at=NOW).sub is Sub.REVOKED_CA_NO_POE

    def test_not_for_long_since_something_new_may_be_known(self) -> None:
        clock = [NOW]
        trust = Trust(STORE, Policy(keep=timedelta(hours=2)), clock=lambda: clock[0])
        certificate = key("ardic").certificate
        first = trust.judge(certificate, at=NOW)
        clock[0] = NOW + timedelta(hours=1)
        assert trust.judge(certificate, at=NOW) is first
        clock[0] = NOW + timedelta(hours=2)
        assert trust.judge(certificate, at=NOW) is not first

    def test_not_if_it_was_bad(self) -> None:
        trust = Trust(STORE, clock=lambda: NOW)
        certificate = key("suspended").certificate
        assert trust.judge(certificate, at=NOW) is not trust.judge(certificate, at=NOW)

    def test_for_thousands_of_certificates_without_end(self) -> None:
        trust = Trust(STORE, clock=lambda: NOW)
        certificate = key("ardic").certificate
        for index in range(5000):
            trust.judge(certificate, at=NOW, evidence=Evidence((str(index).encode(),)))
        assert len(trust._remembered) < 5000


def _list_that_revokes(short: str) -> bytes:
    made = fresh_authority()
    made.revoke(made.keys[short].certificate, NOW - DAY)
    return made.crl("mali-muhur-s2", NOW)


def test_the_moment_needs_a_zone_and_any_zone_will_do() -> None:
    assert asked("ardic", at=NOW.astimezone(UTC)).indication is PASSED
    with pytest.raises(TypeError):
        asked("ardic", at=NOW.replace(tzinfo=None))
