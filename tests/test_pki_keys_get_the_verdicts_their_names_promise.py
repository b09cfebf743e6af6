"""Every certificate of the test PKI is judged as the name of its file says: by the folder, by OCSP, and by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest

from seal_pki import NOW, TestKey, key, serving, trust_folder
from ulak.seal.pki import cast
from ulak.seal.trust import Policy, Revocation, Trust, TrustStore
from ulak.seal.verdicts import Indication, SubIndication, Trusted

DAY = timedelta(days=1)
GOOD = [plan.short for plan in cast.GOOD]
WRONG = {
    "expired": (SubIndication.OUT_OF_BOUNDS_NO_POE, "trust.expired"),
    "not-yet-valid": (SubIndication.NOT_YET_VALID, "trust.not-yet-valid"),
    "revoked": (SubIndication.REVOKED_NO_POE, "trust.revoked"),
    "suspended": (SubIndication.TRY_LATER, "trust.suspended"),
    "tls-server": (SubIndication.CHAIN_CONSTRAINTS_FAILURE, "trust.wrong-usage"),
    "encryption-only": (SubIndication.CHAIN_CONSTRAINTS_FAILURE, "trust.wrong-usage"),
    "weak-rsa1024": (SubIndication.CRYPTO_CONSTRAINTS_FAILURE, "trust.weak-key"),
    "expired-issuer": (SubIndication.OUT_OF_BOUNDS_NO_POE, "trust.issuer-out-of-validity"),
    "revoked-issuer": (SubIndication.REVOKED_CA_NO_POE, "trust.issuer-revoked"),
    "issued-by-a-firm": (SubIndication.CHAIN_CONSTRAINTS_FAILURE, "trust.not-an-authority"),
    "pretender": (SubIndication.NO_CERTIFICATE_CHAIN_FOUND, "trust.pretender"),
}


class Judge(NamedTuple):
    trust: Trust
    key: Callable[[str], TestKey]

    def of(self, short: str, days: int = 0) -> Trusted:
        """What is said of a key, days after the test PKI was made."""
        found = self.key(short)
        return self.trust.judge(found.certificate, at=NOW + days * DAY, known=found.chain)


@pytest.fixture(scope="module", params=["lists", "OCSP", "both"])
def judge(request: pytest.FixtureRequest) -> Iterator[Judge]:
    if request.param == "lists":
        yield Judge(Trust(TrustStore.read(trust_folder()), clock=lambda: NOW), key)
        return
    with serving() as served:
        for path in served.folder.glob("*.crl"):
            path.unlink()
        how = Revocation.OCSP_FIRST if request.param == "OCSP" else Revocation.BOTH
        trust = Trust(TrustStore.read(served.folder), Policy(online=True, revocation=how), clock=lambda: NOW)
        yield Judge(trust, served.key)
        asked = {line.split()[1].rpartition(".")[2] for line in served.requests}
        assert asked == ({"/ocsp"} if request.param == "OCSP" else {"/ocsp", "crl"})


@pytest.mark.parametrize("short", [*GOOD, "no-tax-id"])
def test_the_good_ones_pass(short: str, judge: Judge) -> None:
    found = judge.of(short)
    assert (found.indication, found.reasons) == (Indication.PASSED, ())
    assert found.chain[-1] == judge.key(short).root


@pytest.mark.parametrize("short", WRONG)
def test_the_wrong_ones_do_not(short: str, judge: Judge) -> None:
    found = judge.of(short)
    assert found.indication is (Indication.FAILED if short == "not-yet-valid" else Indication.INDETERMINATE)
    assert (found.sub, found.reasons[0].code) == WRONG[short]


@pytest.mark.parametrize(
    ("short", "days"), [("expired", -60), ("revoked", -11), ("suspended", -6), ("revoked-issuer", -11)]
)
def test_what_went_wrong_later_was_good_before(short: str, days: int, judge: Judge) -> None:
    found = judge.of(short, days)
    assert (found.indication, found.reasons) == (Indication.PASSED, ())


def test_an_issuer_that_has_expired_can_only_be_judged_by_its_list() -> None:
    """Its OCSP responder's certificate has ended with it."""
    found = Judge(Trust(TrustStore.read(trust_folder()), clock=lambda: NOW), key).of("expired-issuer", -11)
    assert (found.indication, found.reasons) == (Indication.PASSED, ())


def test_every_wrong_one_is_judged_here() -> None:
    assert {*WRONG, "no-tax-id"} == {plan.short for plan in (*cast.WRONG, cast.PRETENDER)}
