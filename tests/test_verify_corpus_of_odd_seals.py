"""Every odd seal of the corpus gets the verdict and the code that its manifest promises, and other readers agree."""

from __future__ import annotations

import re
import subprocess
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from seal_attacks import CASES, CORPUS, Case, manifest
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import DEVIATIONS, Policy, SealReport, verify

TRUST = Trust(TrustStore.read(KNOWN_TRUST))
FAILING = [name for name, case in CASES.items() if case.verdict != "TOTAL-PASSED"]
TOLERATED = [name for name, case in CASES.items() if case.verdict == "TOTAL-PASSED" and case.code]
JUDGED_BY_XMLSEC = [name for name, case in CASES.items() if case.crypto is not None]


def judged(name: str, policy: Policy | None = None) -> SealReport:
    return verify((CORPUS / f"{name}.xml").read_bytes(), trust=TRUST, at=NOW, policy=policy or Policy())


def test_the_corpus_is_what_its_script_makes() -> None:
    assert {path.stem: path.read_bytes() for path in CORPUS.glob("*.xml")} == {
        name: case.make() for name, case in CASES.items()
    }
    assert (CORPUS / "manifest.toml").read_text(encoding="utf-8") == manifest()
    assert len(tomllib.loads(manifest())["file"]) == len(CASES)


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=list(CASES))
def test_the_verdict_is_the_one_that_is_promised(name: str, case: Case) -> None:
    report = judged(name)
    assert report.indication == case.verdict
    passed = report.indication is Indication.PASSED
    codes = [reason.code for reason in (report.deviations if passed else report.reasons)]
    assert case.code in codes if case.code else not codes
    assert (report.sub is None) is passed
    assert passed is not bool(report.reasons)


@pytest.mark.parametrize("name", FAILING)
def test_every_reason_says_what_is_wrong_and_what_to_do_in_both_languages(name: str) -> None:
    for reason in judged(name).reasons:
        assert reason.text.tr
        assert reason.text.en
        assert reason.repair.tr
        assert reason.repair.en
        assert not re.search(r"\{\w*\}", "".join((*reason.text, *reason.repair)))


@pytest.mark.parametrize("name", list(CASES))
def test_content_is_given_only_if_it_was_signed(name: str) -> None:
    report = judged(name)
    if report.content:
        assert CASES[name].crypto is not False
    if report.indication is Indication.FAILED:
        assert report.content == b""


@pytest.mark.parametrize("name", FAILING)
def test_trust_is_not_asked_for_what_fails_before(name: str) -> None:
    report = judged(name)
    if report.indication is Indication.FAILED and not report.counter_seals:
        assert report.trusted is None


@pytest.mark.parametrize("name", TOLERATED)
def test_a_strict_policy_refuses_what_is_otherwise_tolerated(name: str) -> None:
    report = judged(name, Policy.strict())
    assert report.indication is Indication.INDETERMINATE
    assert CASES[name].code in [reason.code for reason in report.reasons]
    only = judged(name, Policy(refused=frozenset({CASES[name].code})))
    assert [reason.code for reason in only.reasons] == [CASES[name].code]


def test_every_tolerated_deviation_is_in_the_corpus_or_tested_elsewhere() -> None:
    elsewhere = {"seal.by-integrator", "seal.stamps-unused"}
    tolerated = {code for code, deviation in DEVIATIONS.items() if deviation.tolerated}
    assert tolerated - {CASES[name].code for name in TOLERATED} == elsewhere


def test_every_refusal_is_in_the_corpus_or_tested_elsewhere() -> None:
    elsewhere = {"seal.not-self-contained", "seal.unknown-kind"}
    refused = {code for code, deviation in DEVIATIONS.items() if not deviation.tolerated}
    assert refused - {case.code for case in CASES.values()} == elsewhere


@pytest.mark.parametrize("name", JUDGED_BY_XMLSEC)
def test_xmlsec1_finds_the_same_cryptography(name: str, tmp_path: Path) -> None:
    signer = judged(name).signer or KNOWN_KEY.certificate
    pem = tmp_path / "signer.pem"
    pem.write_bytes(signer.x509.public_bytes(Encoding.PEM))
    command = ["xmlsec1", "--verify", "--pubkey-cert-pem", str(pem), "--enabled-key-data", "key-name"]
    for element in (
        "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
        "http://www.w3.org/2000/09/xmldsig#:SignatureValue",
    ):
        command += ["--id-attr:Id", element]
    ended = subprocess.run([*command, CORPUS / f"{name}.xml"], capture_output=True, check=False, timeout=60)
    assert (ended.returncode == 0) is CASES[name].crypto


def test_the_corpus_is_judged_alike_later_while_the_certificate_lasts() -> None:
    for name in ("flawless", "counter-seal"):
        data = (CORPUS / f"{name}.xml").read_bytes()
        assert verify(data, trust=TRUST, at=NOW + timedelta(days=300)).indication is Indication.PASSED
