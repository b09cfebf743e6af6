"""A good signature is not enough: the message must be fresh, new, for us, and its signer trusted."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, NOW, key, trust_folder
from soap_messages import AT, E_ARCHIVE, E_DEFTER, Pinned
from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication, Reason, SubIndication, Trusted
from ulak.seal.wssecurity import Policy, ReplayMemory, seal_message, verify_message
from ulak.seal.wssecurity.names import SOAP11, SOAP12
from ulak.seal.wssecurity.problems import SoapError
from ulak.seal.wssecurity.tokens import TokenKind

SEALED = seal_message(E_DEFTER, KNOWN_KEY, at=AT)
MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)


def said(message: bytes = SEALED, *, at: datetime = AT, policy: Policy = Policy()) -> str:  # noqa: B008
    report = verify_message(message, trust=Pinned(), at=at, policy=policy)
    assert report.sealed is not None
    return report.reasons[0].code if report.reasons else str(report.indication)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (AT - MINUTE - TICK, "soap.future"),
        (AT - MINUTE, "TOTAL-PASSED"),
        (AT, "TOTAL-PASSED"),
        (AT + 6 * MINUTE - TICK, "TOTAL-PASSED"),
        (AT + 6 * MINUTE, "soap.expired"),
    ],
)
def test_a_message_is_taken_from_created_to_expires_and_a_minute_around(at: datetime, expected: str) -> None:
    assert said(at=at) == expected


def test_the_minute_around_is_policy() -> None:
    assert said(at=AT - TICK, policy=Policy(skew=timedelta(0))) == "soap.future"
    assert said(at=AT + 5 * MINUTE, policy=Policy(skew=timedelta(0))) == "soap.expired"


def test_a_message_may_not_live_for_days() -> None:
    long = seal_message(E_DEFTER, KNOWN_KEY, at=AT, lifetime=timedelta(days=3))
    assert said(long) == "soap.window"
    assert said(long, policy=Policy(longest=timedelta(days=3))) == "TOTAL-PASSED"


def test_a_message_out_of_time_is_not_certain_to_be_bad() -> None:
    report = verify_message(SEALED, trust=Pinned(), at=AT + timedelta(days=1))
    assert (report.indication, report.sub) == (Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE)
    assert report.tax_id is None


def test_the_moment_of_judging_needs_a_zone() -> None:
    with pytest.raises(SoapError, match=r"soap\.time-without-zone"):
        verify_message(SEALED, trust=None, at=AT.replace(tzinfo=None))


def test_without_roots_nobody_is_trusted() -> None:
    report = verify_message(SEALED, trust=None, at=AT)
    assert (report.indication, report.sub) == (Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND)
    assert [reason.code for reason in report.reasons] == ["soap.no-trust"]
    assert report.trusted is None


def test_a_signer_who_is_not_trusted_does_not_pass() -> None:
    report = verify_message(SEALED, trust=Pinned(KNOWN_EC_KEY.certificate), at=AT)
    assert report.indication is Indication.INDETERMINATE
    assert report.tax_id is None


def test_the_words_of_trust_are_the_words_of_the_report() -> None:
    why = Reason("trust.revoked", Text("İptal edilmiş.", "Revoked."))

    class Revoked:
        asked: tuple[Certificate, datetime, tuple[Certificate, ...]]

        def judge(self, certificate: Certificate, *, at: datetime, known: tuple[Certificate, ...] = ()) -> Trusted:
            self.asked = certificate, at, known
            return Trusted(Indication.FAILED, SubIndication.REVOKED, (why,))

    trust = Revoked()
    path = seal_message(E_DEFTER, KNOWN_KEY, at=AT, token="PKIPath")
    report = verify_message(path, trust=trust, at=AT + MINUTE)
    assert (report.indication, report.sub, report.reasons) == (Indication.FAILED, SubIndication.REVOKED, (why,))
    assert trust.asked == (KNOWN_KEY.certificate, AT + MINUTE, KNOWN_KEY.chain)


@pytest.mark.parametrize("token", ["X509v3", "PKIPath"])
@pytest.mark.parametrize(
    ("signer", "sub"),
    [
        ("ardic", None),
        ("ardic-ec", None),
        ("elif-kara", None),
        ("revoked", SubIndication.REVOKED_NO_POE),
        ("pretender", SubIndication.NO_CERTIFICATE_CHAIN_FOUND),
        ("tls-server", SubIndication.CHAIN_CONSTRAINTS_FAILURE),
    ],
)
def test_the_test_pkis_signers_get_the_verdict_that_their_names_say(
    signer: str, sub: SubIndication | None, token: TokenKind
) -> None:
    trust = Trust(TrustStore.read(trust_folder()), clock=lambda: NOW)
    report = verify_message(seal_message(E_DEFTER, key(signer), at=NOW, token=token), trust=trust, at=NOW)
    assert (report.has_passed, report.sub) == (sub is None, sub), report.reasons
    assert report.tax_id == (key(signer).certificate.tax_id if sub is None else None)


def test_the_signed_body_is_handed_back_as_it_was_signed() -> None:
    report = verify_message(seal_message(E_ARCHIVE, KNOWN_KEY, at=AT), trust=Pinned(), at=AT)
    assert report.sealed is not None
    assert report.sealed.body.startswith(f'<S:Body xmlns:S="{SOAP11}"'.encode())
    assert "Ardıç &amp; Ortakları İ.zip".encode() in report.sealed.body
    assert report.sealed.window == (AT, AT + 5 * MINUTE)


@pytest.mark.parametrize(
    ("envelope", "attribute", "role", "passes"),
    [
        (E_DEFTER, "soap:role", f"{SOAP12}/role/ultimateReceiver", True),
        (E_DEFTER, "soap:role", f"{SOAP12}/role/next", True),
        (E_DEFTER, "soap:role", "urn:ulak", True),
        (E_DEFTER, "soap:role", f"{SOAP12}/role/none", False),
        (E_ARCHIVE, "soap:actor", "http://schemas.xmlsoap.org/soap/actor/next", True),
        (E_ARCHIVE, "soap:actor", "urn:else", False),
    ],
)
def test_a_header_counts_if_it_is_for_us(envelope: bytes, attribute: str, role: str, passes: bool) -> None:
    sealed = seal_message(envelope, KNOWN_KEY, at=AT)
    given = sealed.replace(b" soap:mustUnderstand", f' {attribute}="{role}" soap:mustUnderstand'.encode(), 1)
    assert verify_message(given, trust=Pinned(), at=AT, policy=Policy(role="urn:ulak")).has_passed is passes


def test_a_message_is_taken_once() -> None:
    guard = ReplayMemory()
    assert verify_message(SEALED, trust=Pinned(), at=AT, guard=guard).has_passed
    again = verify_message(SEALED, trust=Pinned(), at=AT + MINUTE, guard=guard)
    assert [reason.code for reason in again.reasons] == ["soap.replayed"]
    assert again.indication is Indication.INDETERMINATE


def test_a_message_written_otherwise_is_still_the_same_message() -> None:
    guard = ReplayMemory()
    rewritten = SEALED.replace(b"</ds:SignedInfo>", b"</ds:SignedInfo >").replace(b"<soap:Header>", b"<soap:Header> ")
    assert verify_message(SEALED, trust=Pinned(), at=AT, guard=guard).has_passed
    assert not verify_message(rewritten, trust=Pinned(), at=AT, guard=guard).has_passed


def test_a_second_signature_value_of_an_elliptic_curve_makes_no_second_message() -> None:
    """Whoever knows (r, s) knows (r, n - s), which is a good signature too."""
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
    sealed = seal_message(E_DEFTER, KNOWN_EC_KEY, at=AT)
    old = sealed[sealed.index(b"<ds:SignatureValue>") + 19 : sealed.index(b"</ds:SignatureValue>")]
    value = b64decode(old)
    other = value[:48] + (order - int.from_bytes(value[48:])).to_bytes(48)
    twin, guard = sealed.replace(old, b64encode(other)), ReplayMemory()
    trust = Pinned(KNOWN_EC_KEY.certificate)
    assert verify_message(twin, trust=trust, at=AT).has_passed
    assert verify_message(sealed, trust=trust, at=AT, guard=guard).has_passed
    assert not verify_message(twin, trust=trust, at=AT, guard=guard).has_passed


def test_a_message_that_does_not_pass_is_not_remembered() -> None:
    guard = ReplayMemory()
    verify_message(SEALED, trust=None, at=AT, guard=guard)
    verify_message(SEALED, trust=Pinned(), at=AT - timedelta(hours=1), guard=guard)
    assert len(guard) == 0
    assert verify_message(SEALED, trust=Pinned(), at=AT, guard=guard).has_passed


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60), st.integers(0, 60))).map(
        lambda calls: sorted(calls, key=lambda call: call[1])
    )
)
def test_the_memory_knows_what_may_come_again_and_forgets_the_rest(calls: list[tuple[int, int, int]]) -> None:
    start, guard, alive = datetime(2026, 1, 1, tzinfo=UTC), ReplayMemory(), dict[int, int]()
    for name, at, lasts in calls:
        alive = {one: until for one, until in alive.items() if until >= at}
        now, until = start + timedelta(seconds=at), start + timedelta(seconds=at + lasts)
        assert guard.is_new(bytes([name]), at=now, until=until) is (name not in alive)
        alive.setdefault(name, at + lasts)
        assert len(guard) == len(alive)
