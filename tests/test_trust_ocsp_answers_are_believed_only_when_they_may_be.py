"""An OCSP answer proves something only if it is about the certificate and by someone its issuer entitled (RFC 6960)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID
from cryptography.x509.oid import ExtendedKeyUsageOID as Use
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import NOW
from trust_cases import DAY, HOUR, Ca, Known, answer, codes, crl, entry, judged, new_ca, new_key, other_key
from ulak.seal.pki.keymaking import KeyKind
from ulak.seal.pki.ocsp import refusal
from ulak.seal.trust import Policy, Revocation, Trust, TrustStore
from ulak.seal.verdicts import Evidence, Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

ROOT = new_ca()
LEAF = ROOT.issue()
FOR_OCSP = (x509.ExtendedKeyUsage([Use.OCSP_SIGNING]), False)
UNCHECKED = (x509.OCSPNoCheck(), False)
RESPONDER = ROOT.issue("responder", more=[FOR_OCSP, UNCHECKED])


def asked(*answers: bytes, at: datetime = NOW, crls: tuple[bytes, ...] = (), **policy: Any) -> Trusted:
    trust = Trust(TrustStore((ROOT.certificate,)), Policy(**policy), clock=lambda: NOW)
    return judged(LEAF, [ROOT], answers=answers, crls=crls, at=at, trust=trust)


def by_responder(of: Known = LEAF, **said: Any) -> bytes:
    return answer(of, RESPONDER, ROOT, carried=[RESPONDER.certificate], **said)


def unknown(found: Trusted) -> str:
    """Why OCSP told nothing."""
    assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.TRY_LATER)
    assert codes(found)[0] == "trust.revocation-unknown"
    return next(code for code in codes(found) if "ocsp" in code)


class TestAnAnswerSays:
    @pytest.mark.parametrize("named", ["sha1", "sha256"])
    def test_that_a_certificate_is_good_when_the_issuer_itself_answers(self, named: str) -> None:
        found = asked(answer(LEAF, ROOT, ROOT, named=named))
        assert (found.indication, found.good_until) == (Indication.PASSED, NOW - HOUR + DAY)
        assert len(found.evidence.ocsp_responses) == 1

    def test_the_same_by_a_responder_whom_the_issuer_entitled(self) -> None:
        assert asked(by_responder()).indication is Indication.PASSED

    def test_the_same_on_an_elliptic_curve(self) -> None:
        responder = ROOT.issue("responder", key=new_key(KeyKind.EC_P384), more=[FOR_OCSP, UNCHECKED])
        made = answer(LEAF, responder, ROOT, carried=[responder.certificate])
        assert asked(made).indication is Indication.PASSED

    @pytest.mark.parametrize("why", [None, "key_compromise"])
    def test_that_it_is_revoked(self, why: str | None) -> None:
        found = asked(by_responder(revoked=NOW - DAY, why=why))
        assert (found.sub, codes(found), found.revoked_at) == (Sub.REVOKED_NO_POE, ["trust.revoked"], NOW - DAY)

    def test_that_it_is_suspended(self) -> None:
        found = asked(by_responder(revoked=NOW - DAY, why="certificate_hold"))
        assert (found.sub, codes(found)) == (Sub.TRY_LATER, ["trust.suspended"])

    def test_that_it_was_revoked_only_after_the_moment(self) -> None:
        made = by_responder(revoked=NOW - DAY)
        assert asked(made, at=NOW - 2 * DAY).indication is Indication.PASSED
        assert asked(made, at=NOW - DAY).sub is Sub.REVOKED_NO_POE

    def test_that_it_was_good_long_ago_if_the_responder_remembers(self) -> None:
        leaf = ROOT.issue(end=NOW - 10 * DAY)
        trust = Trust(TrustStore((ROOT.certificate,)), clock=lambda: NOW)
        moment = NOW - 20 * DAY
        forgetful, remembering = by_responder(leaf), by_responder(leaf, cutoff=NOW - 100 * DAY)
        assert unknown(judged(leaf, [ROOT], answers=[forgetful], at=moment, trust=trust)) == "trust.ocsp-after-expiry"
        assert judged(leaf, [ROOT], answers=[remembering], at=moment, trust=trust).indication is Indication.PASSED


class TestAnAnswerSaysNothing:
    def test_when_there_is_none(self) -> None:
        assert unknown(asked()) == "trust.no-ocsp"

    def test_about_another_certificate(self) -> None:
        other = ROOT.issue()
        found = asked(by_responder(other))
        assert (found.sub, unknown(found)) == (Sub.TRY_LATER, "trust.no-ocsp")

    def test_about_a_certificate_of_the_same_number_of_another_issuer(self) -> None:
        other = new_ca("other", key=other_key(ROOT.key))
        assert unknown(asked(answer(LEAF, ROOT, other))) == "trust.no-ocsp"

    def test_when_the_certificate_is_not_known_there(self) -> None:
        assert unknown(asked(by_responder(unknown=True))) == "trust.ocsp-unknown"

    @pytest.mark.parametrize("status", ["try_later", "unauthorized", "internal_error", "malformed_request"])
    def test_when_the_responder_refuses(self, status: str) -> None:
        found = asked(refusal(status))
        assert unknown(found) == "trust.ocsp-refused"
        assert status in " ".join(why.text.en for why in found.reasons)

    @pytest.mark.parametrize("data", [b"", b"\x30\x00", b"<html>404</html>", bytes(300)])
    def test_when_it_is_none(self, data: bytes) -> None:
        assert unknown(asked(data)) == "trust.ocsp-broken"

    def test_after_its_end(self) -> None:
        assert unknown(asked(by_responder(made=NOW - 3 * DAY, lasts=DAY))) == "trust.ocsp-stale"

    def test_without_an_end_for_longer_than_the_policy_allows(self) -> None:
        assert asked(by_responder(made=NOW - timedelta(minutes=50), lasts=None)).indication is Indication.PASSED
        assert unknown(asked(by_responder(made=NOW - 2 * HOUR, lasts=None))) == "trust.ocsp-stale"
        longer = asked(by_responder(made=NOW - 2 * HOUR, lasts=None), undated_life=3 * HOUR)
        assert longer.indication is Indication.PASSED

    def test_from_the_future(self) -> None:
        assert unknown(asked(by_responder(made=NOW + HOUR))) == "trust.ocsp-from-future"
        assert unknown(asked(by_responder(produced=NOW + HOUR))) == "trust.ocsp-from-future"

    def test_with_a_critical_extension_that_is_not_understood(self) -> None:
        assert unknown(asked(by_responder(critical="1.2.3.4"))) == "trust.ocsp-unsupported"

    def test_about_several_certificates_at_once(self) -> None:
        assert unknown(asked(by_responder(copies=2))) == "trust.ocsp-unsupported"


class TestAResponderMustBe:
    def told(self, responder: Known, issuer: Ca = ROOT, **said: Any) -> str:
        return unknown(asked(answer(LEAF, responder, issuer, carried=[responder.certificate], **said)))

    def test_issued_by_the_certificates_issuer_itself(self) -> None:
        other = new_ca("root", key=other_key(ROOT.key))
        assert self.told(other.issue("responder", more=[FOR_OCSP, UNCHECKED])) == "trust.ocsp-signer"
        below = ROOT.issue_ca("issuer")
        assert self.told(below.issue("responder", more=[FOR_OCSP, UNCHECKED])) == "trust.ocsp-signer"

    def test_made_for_answering(self) -> None:
        assert self.told(ROOT.issue("responder")) == "trust.ocsp-signer"
        mail = (x509.ExtendedKeyUsage([Use.EMAIL_PROTECTION]), False)
        assert self.told(ROOT.issue("responder", more=[mail])) == "trust.ocsp-signer"

    def test_valid_when_it_answered(self) -> None:
        gone = ROOT.issue("responder", more=[FOR_OCSP, UNCHECKED], end=NOW - DAY)
        assert self.told(gone) == "trust.ocsp-signer"
        then = answer(LEAF, gone, ROOT, carried=[gone.certificate], made=NOW - 2 * DAY, lasts=4 * DAY)
        assert asked(then).indication is Indication.PASSED

    def test_there(self) -> None:
        assert unknown(asked(answer(LEAF, RESPONDER, ROOT))) == "trust.ocsp-signature"

    def test_the_one_who_signed(self) -> None:
        assert unknown(
            asked(
                answer(
                    LEAF, Known(RESPONDER.certificate, other_key(RESPONDER.key)), ROOT, carried=[RESPONDER.certificate]
                )
            )
        )
        forged = answer(LEAF, Known(ROOT.certificate, other_key(ROOT.key)), ROOT)
        assert unknown(asked(forged)) == "trust.ocsp-signature"

    def test_of_a_strong_key(self) -> None:
        weak = ROOT.issue("responder", key=new_key(KeyKind.RSA_1024), more=[FOR_OCSP, UNCHECKED])
        assert self.told(weak) == "trust.ocsp-signer"

    def test_proven_not_revoked_unless_its_issuer_says_that_nobody_need_ask(self) -> None:
        checked = ROOT.issue("responder", more=[FOR_OCSP])
        made = answer(LEAF, checked, ROOT, carried=[checked.certificate])
        assert unknown(asked(made)) == "trust.ocsp-signer-unproven"
        proven = asked(made, crls=(crl(ROOT),))
        assert (proven.indication, len(proven.evidence.crls)) == (Indication.PASSED, 1)
        revoked = asked(made, crls=(crl(ROOT, entry(checked, NOW - 2 * DAY)),))
        assert revoked.evidence.ocsp_responses == ()


class TestThePolicyChooses:
    GOOD, BAD = by_responder(), by_responder(revoked=NOW - DAY)
    LIST, WORSE = crl(ROOT), crl(ROOT, entry(LEAF, NOW - DAY))

    def test_ocsp_first(self) -> None:
        assert asked(self.GOOD, crls=(self.LIST,)).evidence.crls == ()
        assert asked(self.BAD, crls=(self.LIST,)).sub is Sub.REVOKED_NO_POE
        assert asked(by_responder(unknown=True), crls=(self.LIST,)).indication is Indication.PASSED

    def test_lists_first(self) -> None:
        rule = Revocation.CRL_FIRST
        assert asked(self.GOOD, crls=(self.WORSE,), revocation=rule).sub is Sub.REVOKED_NO_POE
        assert asked(self.GOOD, crls=(self.LIST,), revocation=rule).evidence.ocsp_responses == ()
        assert asked(self.GOOD, revocation=rule).indication is Indication.PASSED

    @pytest.mark.parametrize("rule", [Revocation.OCSP_FIRST, Revocation.CRL_FIRST])
    def test_but_a_revocation_that_is_at_hand_is_never_passed_over(self, rule: Revocation) -> None:
        """Who was revoked sends along an answer from before; the list in the trust folder knows better."""
        assert asked(self.GOOD, crls=(self.WORSE,), revocation=rule).sub is Sub.REVOKED_NO_POE
        assert asked(self.BAD, crls=(self.LIST,), revocation=rule).sub is Sub.REVOKED_NO_POE
        before = by_responder(made=NOW - 2 * HOUR)
        store = TrustStore((ROOT.certificate,), crls=(crl(ROOT, entry(LEAF, NOW - HOUR)),))
        trust = Trust(store, Policy(revocation=rule), clock=lambda: NOW)
        found = trust.judge(LEAF.certificate, at=NOW, evidence=Evidence((), (before,)))
        assert found.sub is Sub.REVOKED_NO_POE

    def test_but_a_suspension_counts_only_until_something_newer_says_otherwise(self) -> None:
        held = entry(LEAF, NOW - 2 * HOUR, (x509.CRLReason(x509.ReasonFlags.certificate_hold), False))
        before, after = crl(ROOT, held, made=NOW - 2 * HOUR), crl(ROOT, held, made=NOW - HOUR / 2)
        assert asked(self.GOOD, crls=(before,)).indication is Indication.PASSED
        assert asked(self.GOOD, crls=(after,)).sub is Sub.TRY_LATER

    def test_both_where_the_certificate_names_both(self) -> None:
        leaf = ROOT.issue(more=_addresses())
        good, bad = by_responder(leaf), by_responder(leaf, revoked=NOW - DAY)
        trust = Trust(TrustStore((ROOT.certificate,)), Policy(revocation=Revocation.BOTH), clock=lambda: NOW)

        def both(made: bytes, lists: tuple[bytes, ...]) -> Trusted:
            return judged(leaf, [ROOT], answers=[made], crls=lists, trust=trust)

        passed = both(good, (self.LIST,))
        assert (passed.indication, len(passed.evidence.crls), len(passed.evidence.ocsp_responses)) == (
            Indication.PASSED,
            1,
            1,
        )
        assert both(bad, (self.LIST,)).sub is Sub.REVOKED_NO_POE
        assert both(good, (crl(ROOT, entry(leaf, NOW - DAY)),)).sub is Sub.REVOKED_NO_POE
        held = (x509.CRLReason(x509.ReasonFlags.certificate_hold), False)
        assert both(bad, (crl(ROOT, entry(leaf, NOW - DAY, held)),)).sub is Sub.REVOKED_NO_POE
        assert (both(good, ()).sub, codes(both(good, ()))[1]) == (Sub.TRY_LATER, "trust.no-crl")
        assert both(b"", (self.LIST,)).sub is Sub.TRY_LATER

    def test_both_is_content_with_the_one_kind_that_a_certificate_names(self) -> None:
        assert asked(crls=(self.LIST,), revocation=Revocation.BOTH).indication is Indication.PASSED


def _addresses() -> list[tuple[x509.ExtensionType, bool]]:
    here = x509.UniformResourceIdentifier("http://127.0.0.1:1/")
    return [
        (x509.CRLDistributionPoints([x509.DistributionPoint([here], None, None, None)]), False),
        (
            x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, here)]),
            False,
        ),
    ]


_GOOD = by_responder()
_BAD = by_responder(revoked=NOW - DAY)


@settings(max_examples=1500, deadline=None)
@given(place=st.integers(0, len(_GOOD) * 8 - 1))
def test_no_flipped_bit_passes_unless_it_is_outside_of_what_is_signed(place: int) -> None:
    changed = bytearray(_GOOD)
    changed[place // 8] ^= 1 << place % 8
    found = asked(bytes(changed))
    signed = x509.ocsp.load_der_ocsp_response(_GOOD).tbs_response_bytes
    assert found.indication is not Indication.PASSED or signed in bytes(changed)


@settings(max_examples=1500, deadline=None)
@given(place=st.integers(0, len(_BAD) * 8 - 1))
def test_no_flipped_bit_makes_a_revoked_certificate_good(place: int) -> None:
    changed = bytearray(_BAD)
    changed[place // 8] ^= 1 << place % 8
    assert asked(bytes(changed)).indication is not Indication.PASSED
