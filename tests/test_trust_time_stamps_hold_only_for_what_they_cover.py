"""A time stamp is taken only for what was asked, and trusted only as its authority's own (RFC 3161)."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rfc3161_client
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import NOW, Misbehaviour, Served, authority, misbehaving, serving, trust_folder
from trust_cases import DAY, Known, codes, crl, entry, new_ca, other_key
from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate
from ulak.seal.keys.secrets import Secret
from ulak.seal.pki.stamping import refusal
from ulak.seal.trust import Ask, FetchFailure, Trust, TrustStore
from ulak.seal.trust.stamp_problems import StampFailure
from ulak.seal.trust.stamping import Credentials, HttpTimeStamper
from ulak.seal.trust.timestamps import TimeStampToken, read_token
from ulak.seal.verdicts import Evidence, Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

DATA = b"what existed"
DIGEST = Digest.SHA256.of(DATA)
FOR_STAMPS = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
ROOT = new_ca()
TSA = ROOT.issue("tsa", more=[FOR_STAMPS])


def made(
    by: Known = TSA,
    *,
    at: datetime = NOW,
    digest: str = "sha256",
    imprint: bytes = DIGEST,
    hashed_with: str = "sha256",
    carried: tuple[Certificate, ...] | None = None,
    named: str = "v2",
    names: Known | None = None,
    attributes: Callable[[list[cms.CMSAttribute]], list[cms.CMSAttribute]] = lambda given: given,
    pss: bool = False,
    by_key: bool = False,
    **info: Any,
) -> bytes:
    """A time stamp as an authority could make it that does not do as it should."""
    said = {
        "version": "v1",
        "policy": "1.2.3.4",
        "message_imprint": {"hash_algorithm": {"algorithm": hashed_with}, "hashed_message": imprint},
        "serial_number": 7,
        "gen_time": at,
        **info,
    }
    content = tsp.TSTInfo(said).dump()
    given = attributes(_attributes(content, digest, named, (names or by).certificate))
    signed: dict[str, Any] = {
        "version": "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
        "signer_infos": [_signer_info(by, digest, given, pss, by_key)],
    }
    extra = (by.certificate,) if carried is None else carried
    if extra:
        signed["certificates"] = [asn1.Certificate.load(one.der) for one in extra]
    der: bytes = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump()
    return der


def _attributes(content: bytes, digest: str, named: str, signer: Certificate) -> list[cms.CMSAttribute]:
    certificate = asn1.Certificate.load(signer.der)
    found = [
        cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
        cms.CMSAttribute({"type": "message_digest", "values": [_hash(digest, content)]}),
    ]
    if named == "v1":
        value = tsp.SigningCertificate({"certs": [{"cert_hash": certificate.sha1}]})
        found.append(cms.CMSAttribute({"type": "signing_certificate", "values": [value]}))
    if named == "v2":
        value = tsp.SigningCertificateV2({"certs": [{"cert_hash": certificate.sha256}]})
        found.append(cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]}))
    return found


def _hash(name: str, data: bytes) -> bytes:
    digest = hashes.Hash(_HASHES[name])
    digest.update(data)
    return digest.finalize()


_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def _signer_info(by: Known, digest: str, attributes: list[cms.CMSAttribute], pss: bool, by_key: bool) -> cms.SignerInfo:
    assert isinstance(by.key, rsa.RSAPrivateKey)
    certificate = asn1.Certificate.load(by.certificate.der)
    named = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    sid = cms.SignerIdentifier("issuer_and_serial_number", named)
    if by_key:
        sid = cms.SignerIdentifier("subject_key_identifier", core.OctetString(certificate.public_key.sha1))
    data = cms.CMSAttributes(attributes).dump()
    algorithm: dict[str, Any] = {"algorithm": "rsassa_pkcs1v15"}
    how: padding.PKCS1v15 | padding.PSS = padding.PKCS1v15()
    if pss:
        mask = {"algorithm": "mgf1", "parameters": {"algorithm": digest}}
        parameters = {"hash_algorithm": {"algorithm": digest}, "mask_gen_algorithm": mask, "salt_length": 32}
        algorithm = {"algorithm": "rsassa_pss", "parameters": parameters}
        how = padding.PSS(padding.MGF1(_HASHES[digest]), 32)
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": sid,
            "digest_algorithm": {"algorithm": digest},
            "signed_attrs": attributes,
            "signature_algorithm": algorithm,
            "signature": by.key.sign(data, how, _HASHES[digest]),
        }
    )


def judge(der: bytes, at: datetime | None = None, lists: tuple[bytes, ...] | None = None, **asked: Any) -> Trusted:
    trust = Trust(TrustStore((ROOT.certificate,)), clock=lambda: NOW)
    evidence = Evidence(lists if lists is not None else (crl(ROOT, made=NOW + timedelta(seconds=1)),))
    return trust.judge_stamp(read_token(der), at=at, evidence=evidence, **asked)


def refused(der: bytes) -> tuple[Sub | None, str]:
    found = judge(der)
    assert found.indication is not Indication.PASSED
    assert len(found.reasons) == 1
    return found.sub, codes(found)[0]


class TestATimeStampHolds:
    def test_and_says_when_for_what_and_by_whom(self) -> None:
        der = made(accuracy={"seconds": 1, "millis": 500}, nonce=5)
        token = read_token(der)
        assert (token.time, token.accuracy, token.policy, token.serial) == (NOW, timedelta(seconds=1.5), "1.2.3.4", 7)
        assert (token.digest, token.imprint, token.nonce) == (Digest.SHA256, DIGEST, 5)
        assert token.certificates == (TSA.certificate,)
        assert token.time.tzinfo is UTC
        assert token.covers(DATA)
        assert not token.covers(DATA + b"!")
        assert judge(der).chain == (TSA.certificate, ROOT.certificate)

    @pytest.mark.parametrize("name", ["sha256", "sha384", "sha512"])
    def test_with_each_strong_digest(self, name: str) -> None:
        imprint = _hash(name, DATA)
        assert judge(made(digest=name, hashed_with=name, imprint=imprint)).indication is Indication.PASSED

    def test_signed_with_pss(self) -> None:
        assert judge(made(pss=True)).indication is Indication.PASSED

    def test_naming_its_certificate_by_key_and_in_the_old_way(self) -> None:
        assert judge(made(by_key=True)).indication is Indication.PASSED
        assert judge(made(named="v1")).indication is Indication.PASSED

    def test_without_its_certificate_inside_if_that_is_at_hand(self) -> None:
        bare = made(carried=())
        assert refused(bare) == (Sub.NO_SIGNING_CERTIFICATE_FOUND, "timestamp.no-certificate")
        assert judge(bare, known=(TSA.certificate,)).indication is Indication.PASSED
        store = TrustStore((ROOT.certificate,), (TSA.certificate,), (crl(ROOT),))
        assert Trust(store, clock=lambda: NOW).stamp_is_trusted(read_token(bare))

    def test_of_fractions_of_a_second(self) -> None:
        assert read_token(made(at=NOW.replace(microsecond=250_000))).time == NOW.replace(microsecond=250_000)


class TestATimeStampIsRefused:
    def test_when_its_content_was_changed(self) -> None:
        der = made()
        changed = der.replace(DIGEST, Digest.SHA256.of(b"something else"))
        assert refused(changed) == (Sub.HASH_FAILURE, "timestamp.content-changed")

    def test_when_its_signature_was_changed(self) -> None:
        token = made()
        assert refused(token[:-1] + bytes([token[-1] ^ 1])) == (Sub.SIG_CRYPTO_FAILURE, "timestamp.signature")

    def test_when_another_key_signed(self) -> None:
        forged = made(Known(TSA.certificate, other_key(TSA.key)))
        assert refused(forged) == (Sub.SIG_CRYPTO_FAILURE, "timestamp.signature")

    def test_when_it_names_another_certificate_of_the_same_key(self) -> None:
        twin = ROOT.issue("tsa", key=TSA.key, more=[FOR_STAMPS])
        assert refused(made(names=twin)) == (Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.another-signer")
        assert refused(made(names=twin, named="v1")) == (Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.another-signer")

    def test_when_it_names_none(self) -> None:
        assert refused(made(named="")) == (Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.attributes")

    @pytest.mark.parametrize("missing", [0, 1])
    def test_without_what_must_be_signed(self, missing: int) -> None:
        der = made(attributes=lambda given: [one for place, one in enumerate(given) if place != missing])
        assert refused(der) == (Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.attributes")

    def test_with_an_attribute_twice(self) -> None:
        assert refused(made(attributes=lambda given: [*given, given[1]])) == (
            Sub.SIG_CONSTRAINTS_FAILURE,
            "timestamp.attributes",
        )

    def test_with_weak_digests(self) -> None:
        weak = made(hashed_with="sha1", imprint=_hash("sha1", DATA))
        assert read_token(weak).digest is None
        assert refused(weak) == (Sub.CRYPTO_CONSTRAINTS_FAILURE, "timestamp.weak")

    def test_older_than_its_certificate(self) -> None:
        der = made(at=TSA.certificate.not_before - DAY)
        assert refused(der) == (Sub.NOT_YET_VALID, "timestamp.before-certificate")

    def test_younger_than_its_certificate(self) -> None:
        short = ROOT.issue("tsa", more=[FOR_STAMPS], end=NOW - DAY)
        assert refused(made(short)) == (Sub.EXPIRED, "trust.expired")

    def test_by_a_certificate_for_something_else(self) -> None:
        assert refused(made(ROOT.issue("firm"))) == (Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.wrong-usage")

    def test_by_an_authority_that_no_root_knows(self) -> None:
        other = new_ca("other")
        found = judge(made(other.issue("tsa", more=[FOR_STAMPS])))
        assert found.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND

    def test_while_its_revocation_cannot_be_learned(self) -> None:
        found = judge(made(), lists=())
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.TRY_LATER)


class TestTheRevocationOfItsAuthority:
    def lists(self, why: x509.ReasonFlags | None) -> tuple[bytes, ...]:
        more = [(x509.CRLReason(why), False)] if why else []
        return (crl(ROOT, entry(TSA, NOW - DAY, *more)),)

    @pytest.mark.parametrize("why", [x509.ReasonFlags.superseded, x509.ReasonFlags.cessation_of_operation])
    def test_because_it_stopped_leaves_older_stamps_good(self, why: x509.ReasonFlags) -> None:
        older, younger = made(at=NOW - 2 * DAY), made(at=NOW - DAY)
        assert judge(older, lists=self.lists(why)).indication is Indication.PASSED
        assert judge(older, NOW, lists=self.lists(why)).indication is Indication.PASSED
        assert judge(younger, lists=self.lists(why)).sub is Sub.REVOKED

    @pytest.mark.parametrize("why", [x509.ReasonFlags.key_compromise, None])
    def test_because_of_its_key_voids_older_stamps_too(self, why: x509.ReasonFlags | None) -> None:
        found = judge(made(at=NOW - 2 * DAY), lists=self.lists(why))
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.REVOKED_NO_POE)


class TestTheMomentAtWhichItIsKnownToExist:
    TSA = ROOT.issue("short tsa", more=[FOR_STAMPS], end=NOW - DAY)

    def test_may_not_be_after_its_certificate_ended(self) -> None:
        older = made(self.TSA, at=NOW - 2 * DAY)
        lists = (crl(ROOT, made=NOW - 3 * DAY, until=NOW + DAY),)
        assert judge(older, lists=lists).indication is Indication.PASSED
        assert judge(older, NOW - DAY, lists=lists).indication is Indication.PASSED
        assert judge(older, NOW, lists=lists).sub is Sub.OUT_OF_BOUNDS_NO_POE

    def test_is_never_before_the_stamps_own_time(self) -> None:
        assert judge(made(), NOW - 10 * DAY).indication is Indication.PASSED


class TestWhatIsNoTimeStamp:
    @pytest.mark.parametrize("data", [b"", b"\x30\x00", b"<html>", bytes(1000), b"\x30\x82\xff\xff" + bytes(50)])
    def test_is_refused_unread(self, data: bytes) -> None:
        with pytest.raises(StampFailure) as caught:
            read_token(data)
        assert caught.value.code == "timestamp.broken"

    def test_if_it_is_huge(self) -> None:
        with pytest.raises(StampFailure) as caught:
            read_token(bytes(300_000))
        assert caught.value.code == "timestamp.too-large"

    def test_if_something_follows(self) -> None:
        with pytest.raises(StampFailure):
            read_token(made() + b"\x00")

    def test_if_its_digest_has_the_wrong_length_or_an_extension_is_critical(self) -> None:
        with pytest.raises(StampFailure):
            read_token(made(imprint=DIGEST[:-1]))
        with pytest.raises(StampFailure):
            read_token(made(extensions=[{"extn_id": "1.2.3.4", "critical": True, "extn_value": b"\x05\x00"}]))

    def test_if_several_signed_it(self) -> None:
        wrapped = cms.ContentInfo.load(made())
        infos = wrapped["content"]["signer_infos"]
        infos.append(infos[0].copy())
        with pytest.raises(StampFailure):
            read_token(wrapped.dump(force=True))


@cache
def _good() -> bytes:
    return made(at=NOW - timedelta(hours=1))


@settings(max_examples=1500, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_flipped_bit_makes_it_attest_something_else(place: int, bit: int) -> None:
    good = read_token(_good())
    changed = bytearray(_good())
    changed[place % len(changed)] ^= 1 << bit
    try:
        token = read_token(bytes(changed))
    except StampFailure:
        return
    found = judge(bytes(changed), known=(TSA.certificate,))
    if found.indication is Indication.PASSED:
        assert _attested(token) == _attested(good)


def _attested(token: TimeStampToken) -> tuple[Any, ...]:
    return token.time, token.imprint, token.digest, token.policy, token.serial, token.nonce, token.info


@contextmanager
def stamper(pki: Served, **said: Any) -> Iterator[tuple[HttpTimeStamper, Trust]]:
    trust = Trust(TrustStore.read(pki.folder))
    yield HttpTimeStamper(pki.tsa, trust=trust, **said), trust


class TestGettingOne:
    @pytest.mark.parametrize("algorithm", list(Digest))
    def test_from_openssl_holds_in_openssls_eyes_too(self, algorithm: Digest, tmp_path: Path) -> None:
        digest = algorithm.of(DATA)
        with serving(stamps="openssl", at=datetime.now(UTC)) as pki, stamper(pki) as (asks, trust):
            token = asks.stamp(digest, algorithm)
            assert trust.judge_stamp(token).indication is Indication.PASSED
            assert (token.digest, token.imprint) == (algorithm, digest)
            _openssl_agrees(token, pki, algorithm, tmp_path)

    def test_from_python_at_any_moment(self) -> None:
        with serving() as pki, stamper(pki) as (asks, _):
            pki.at = NOW - 5 * DAY
            assert asks.stamp(DIGEST, Digest.SHA256).time == NOW - 5 * DAY

    def test_of_a_policy_that_the_authority_does_not_know_is_refused_for_good(self) -> None:
        with serving() as pki:
            error = fails(HttpTimeStamper(pki.tsa, policy="1.2.3.4.5"))
        assert (error.code, error.permanent) == ("timestamp.refused", True)
        assert "unaccepted_policy" in error.text.tr

    def test_from_one_whom_no_root_knows_is_refused(self) -> None:
        with serving() as pki:
            error = fails(HttpTimeStamper(pki.tsa, trust=Trust(TrustStore((ROOT.certificate,)))))
        assert error.code == "timestamp.untrusted"

    @pytest.mark.parametrize("how", ["hang", "slow", "500", "huge", "redirect", "truncated", "refused"])
    def test_from_a_server_that_misbehaves_is_an_error_that_may_pass(self, how: Misbehaviour) -> None:
        with misbehaving(how) as url:
            error = fails(HttpTimeStamper(url, seconds=0.25))
        assert (error.code, error.permanent) == ("timestamp.no-answer", False)
        assert url in error.text.tr

    def test_from_a_server_that_talks_nonsense_is_an_error(self) -> None:
        with misbehaving("garbage") as url:
            assert fails(HttpTimeStamper(url)).code == "timestamp.broken-answer"


def fails(asks: HttpTimeStamper) -> StampFailure:
    with pytest.raises(StampFailure) as caught:
        asks.stamp(DIGEST, Digest.SHA256)
    assert caught.value.repair.tr
    return caught.value


class Answering:
    """An authority that gives what the test wants."""

    def __init__(self, answer: Callable[[tsp.TimeStampReq], bytes]) -> None:
        self.answer = answer
        self.asks: list[Ask] = []

    def fetch(self, ask: Ask, *, seconds: float) -> bytes:
        self.asks.append(ask)
        return self.answer(tsp.TimeStampReq.load(ask.body))


def granted(der: bytes) -> bytes:
    token = cms.ContentInfo.load(der)
    answer: bytes = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
    return answer


class TestWhatWasNotAskedFor:
    @pytest.mark.parametrize(
        ("said", "what"),
        [
            ({"imprint": Digest.SHA256.of(b"other")}, "messageImprint"),
            ({"hashed_with": "sha384", "imprint": Digest.SHA384.of(DATA)}, "messageImprint"),
            ({"nonce": 1}, "nonce"),
            ({"policy": "1.2.3.5"}, "policy"),
            ({"carried": ()}, "certReq"),
            ({"named": ""}, "timestamp.attributes"),
        ],
    )
    def test_is_not_taken(self, said: dict[str, Any], what: str) -> None:
        source = Answering(lambda request: granted(made(**{"nonce": request["nonce"].native} | said)))
        error = fails(HttpTimeStamper("http://tsa.invalid/", policy="1.2.3.4", fetcher=source))
        assert (error.code, error.permanent) == ("timestamp.not-asked", False)
        assert what in error.text.en

    def test_not_even_without_a_nonce(self) -> None:
        source = Answering(lambda request: granted(made()))
        assert fails(HttpTimeStamper("http://tsa.invalid/", fetcher=source)).code == "timestamp.not-asked"


class TestARefusal:
    @pytest.mark.parametrize(
        ("failure", "code"),
        [
            ("bad_alg", "timestamp.refused"),
            ("bad_request", "timestamp.refused"),
            ("unaccepted_extensions", "timestamp.refused"),
            ("time_not_available", "timestamp.busy"),
            ("system_failure", "timestamp.busy"),
        ],
    )
    def test_says_the_authoritys_words_and_whether_to_try_again(self, failure: str, code: str) -> None:
        error = fails(HttpTimeStamper("http://tsa.invalid/", fetcher=Answering(lambda request: refusal(failure))))
        assert (error.code, error.permanent) == (code, code == "timestamp.refused")
        assert failure in error.text.en
        assert "TEST" in error.text.en


class TestAPassword:
    SECRET = Secret("pa:rola-çok-gizli")

    def test_is_sent_as_basic_authentication(self) -> None:
        source = Answering(lambda request: granted(made(nonce=request["nonce"].native)))
        asks = HttpTimeStamper("https://tsa.invalid/", credentials=Credentials("ben", self.SECRET), fetcher=source)
        asks.stamp(DIGEST, Digest.SHA256)
        sent = dict(source.asks[0].headers)["Authorization"]
        assert sent == f"Basic {b64encode('ben:pa:rola-çok-gizli'.encode()).decode()}"
        assert source.asks[0].kind == "application/timestamp-query"

    def test_is_not_sent_in_the_clear(self) -> None:
        with pytest.raises(StampFailure) as caught:
            HttpTimeStamper("http://tsa.example/", credentials=Credentials("ben", self.SECRET))
        assert caught.value.code == "timestamp.plain-password"
        with pytest.raises(StampFailure) as caught:
            HttpTimeStamper("http://ben:gizli@tsa.example/", credentials=Credentials("ben", self.SECRET))
        assert "gizli" not in repr((caught.value.text, caught.value.where))
        HttpTimeStamper("http://127.0.0.1:3000/", credentials=Credentials("ben", self.SECRET))

    def test_is_in_no_error(self) -> None:
        def away(request: tsp.TimeStampReq) -> bytes:
            raise FetchFailure("trust.fetch-status", trust_text, trust_text)

        trust_text = authority().keys["ardic"].meaning
        asks = HttpTimeStamper(
            "https://tsa.invalid/", credentials=Credentials("ben", self.SECRET), fetcher=Answering(away)
        )
        error = fails(asks)
        said = f"{error} {error.text} {error.repair} {asks!r} {Credentials('ben', self.SECRET)!r}"
        assert "gizli" not in said
        assert b64encode(b"ben:pa").decode()[:6] not in said


def _openssl_agrees(token: TimeStampToken, pki: Served, algorithm: Digest, place: Path) -> None:
    (place / "token.der").write_bytes(token.der)
    (place / "data").write_bytes(DATA)
    root = pki.authority.issuers["zaman-damgasi-s1"].chain[-1]
    (place / "root.pem").write_bytes(root.x509.public_bytes(Encoding.PEM))
    files = ["-in", "token.der", "-token_in", "-data", "data", "-CAfile", "root.pem"]
    done = subprocess.run(["openssl", "ts", "-verify", *files], cwd=place, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout, done.stderr


class TestAnotherReader:
    """`rfc3161-client` reads strict DER only and asks for no revocation; where it can judge, both agree."""

    VERIFIER = rfc3161_client.VerifierBuilder().add_root_certificate(ROOT.certificate.x509).build()

    def test_reads_the_same(self) -> None:
        token = read_token(made(nonce=5))
        info = rfc3161_client.decode_timestamp_response(granted(token.der)).tst_info
        assert (info.gen_time, info.serial_number, info.nonce) == (token.time, token.serial, token.nonce)
        assert (info.policy.dotted_string, info.message_imprint.message) == (token.policy, token.imprint)

    @pytest.mark.parametrize(
        "der",
        [
            made(),
            made(digest="sha384"),
            made(Known(TSA.certificate, other_key(TSA.key))),
            made().replace(DIGEST, Digest.SHA256.of(b"something else")),
            made(ROOT.issue("firm")),
            made(new_ca("other").issue("tsa", more=[FOR_STAMPS])),
        ],
        ids=["good", "good with SHA-384", "another key", "another content", "another use", "another root"],
    )
    def test_comes_to_the_same_verdict(self, der: bytes) -> None:
        answer = rfc3161_client.decode_timestamp_response(granted(der))
        try:
            theirs = self.VERIFIER.verify(answer, DIGEST)
        except rfc3161_client.VerificationError:
            theirs = False
        assert theirs == (judge(der).indication is Indication.PASSED and read_token(der).covers(DATA))


def test_the_test_pkis_own_stamps_pass_at_its_own_moment() -> None:
    trust = Trust(TrustStore.read(trust_folder()), clock=lambda: NOW)
    source = Answering(lambda request: authority().stamp(request.dump(), NOW))
    token = HttpTimeStamper("http://tsa.invalid/", fetcher=source, trust=trust).stamp(DIGEST, Digest.SHA256)
    assert token.time == NOW
