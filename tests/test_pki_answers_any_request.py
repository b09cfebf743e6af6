"""OCSP and time stamps of the test PKI: every kind of answer, at every moment, and no request that it cannot take."""

from __future__ import annotations

import hashlib
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from asn1crypto import core, tsp
from asn1crypto import ocsp as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given
from hypothesis import strategies as st

from seal_pki import NOW, TestKey, authority, fresh_authority, key, serving
from ulak.seal.pki.issuer import LIFT, REASONS
from ulak.seal.pki.ocsp import answer
from ulak.seal.pki.problems import PkiError

DAY = timedelta(days=1)
Capture = pytest.CaptureFixture[str]


def request_of(*keys: TestKey, digest: hashes.HashAlgorithm | None = None, nonce: bytes | None = None) -> bytes:
    builder = ocsp.OCSPRequestBuilder()
    for found in keys:
        issuer = (*found.chain, found.root)[0]
        builder = builder.add_certificate(found.certificate.x509, issuer.x509, digest or hashes.SHA1())
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)


def asked(found: TestKey, at: datetime = NOW, **how: Any) -> ocsp.OCSPResponse:
    return ocsp.load_der_ocsp_response(authority().ocsp(request_of(found, **how), at))


class TestOcsp:
    def test_a_good_certificate_is_good_for_a_day(self) -> None:
        response = asked(key("ardic"))
        assert response.certificate_status is ocsp.OCSPCertStatus.GOOD
        assert response.this_update_utc == response.produced_at_utc == NOW
        assert response.next_update_utc == NOW + DAY

    @pytest.mark.parametrize(
        ("short", "reason", "days"),
        [("revoked", x509.ReasonFlags.key_compromise, 10), ("suspended", x509.ReasonFlags.certificate_hold, 5)],
    )
    def test_a_revocation_has_its_time_and_reason(self, short: str, reason: x509.ReasonFlags, days: int) -> None:
        response = asked(key(short))
        assert response.certificate_status is ocsp.OCSPCertStatus.REVOKED
        assert response.revocation_reason is reason
        assert response.revocation_time_utc == NOW - days * DAY

    def test_before_its_revocation_a_certificate_was_good(self) -> None:
        response = asked(key("revoked"), NOW - 11 * DAY)
        assert response.certificate_status is ocsp.OCSPCertStatus.GOOD

    @pytest.mark.parametrize("digest", [hashes.SHA1(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512()])
    def test_any_digest_may_name_the_issuer(self, digest: hashes.HashAlgorithm) -> None:
        assert asked(key("meltem"), digest=digest).certificate_status is ocsp.OCSPCertStatus.GOOD

    def test_the_nonce_is_echoed_and_none_is_made_up(self) -> None:
        nonce = b"0123456789abcdef"
        echoed = asked(key("ardic"), nonce=nonce).extensions.get_extension_for_class(x509.OCSPNonce).value
        assert echoed.nonce == nonce
        assert len(asked(key("ardic")).extensions) == 0

    def test_the_responder_is_delegated_and_sends_its_certificate(self) -> None:
        response = asked(key("ardic"))
        (responder,) = response.certificates
        assert responder.issuer == key("ardic").certificate.x509.issuer
        response_signer = authority().issuers["mali-muhur-s2"].responder
        assert response_signer
        assert responder == response_signer.certificate.x509

    def test_a_root_answers_itself(self) -> None:
        made = authority()
        issuer, root = made.issuers["mali-muhur-s2"], made.issuers["test-root-rsa"]
        builder = ocsp.OCSPRequestBuilder()
        builder = builder.add_certificate(issuer.certificate.x509, root.certificate.x509, hashes.SHA1())
        response = ocsp.load_der_ocsp_response(made.ocsp(builder.build().public_bytes(Encoding.DER), NOW))
        assert response.certificate_status is ocsp.OCSPCertStatus.GOOD
        assert response.certificates == []

    def test_a_serial_number_never_given_out_is_unknown(self) -> None:
        issuer = key("ardic").chain[0]
        name = hashlib.sha1(issuer.x509.subject.public_bytes()).digest()
        identifier = issuer.x509.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(name, identifier, 12345, hashes.SHA1())
        response = authority().ocsp(builder.build().public_bytes(Encoding.DER), NOW)
        assert ocsp.load_der_ocsp_response(response).certificate_status is ocsp.OCSPCertStatus.UNKNOWN

    def test_an_unknown_issuer_is_refused(self) -> None:
        response = authority().ocsp(request_of(key("pretender")), NOW)
        assert ocsp.load_der_ocsp_response(response).response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED

    def test_several_certificates_of_one_issuer_are_answered_together(self) -> None:
        first, second = (asn1.OCSPRequest.load(request_of(key(short))) for short in ("ardic", "revoked"))
        rows = [each["tbs_request"]["request_list"][0] for each in (first, second)]
        request = asn1.OCSPRequest({"tbs_request": {"request_list": rows}}).dump()
        response = asn1.OCSPResponse.load(authority().ocsp(request, NOW)).response_data
        assert [each["cert_status"].name for each in response["responses"]] == ["good", "revoked"]

    def test_certificates_of_two_issuers_in_one_request_are_refused(self) -> None:
        first, second = (asn1.OCSPRequest.load(request_of(key(short))) for short in ("ardic", "meltem"))
        rows = [each["tbs_request"]["request_list"][0] for each in (first, second)]
        request = asn1.OCSPRequest({"tbs_request": {"request_list": rows}}).dump()
        assert asn1.OCSPResponse.load(authority().ocsp(request, NOW))["response_status"].native == "unauthorized"

    def test_a_request_for_nothing_is_malformed(self) -> None:
        request = asn1.OCSPRequest({"tbs_request": {"request_list": []}}).dump()
        assert asn1.OCSPResponse.load(authority().ocsp(request, NOW))["response_status"].native == "malformed_request"

    @given(st.data())
    def test_no_request_is_too_broken_for_an_answer(self, data: st.DataObject) -> None:
        request = bytearray(request_of(key("ardic"), nonce=b"nonce"))
        for _ in range(data.draw(st.integers(1, 4))):
            request[data.draw(st.integers(0, len(request) - 1))] = data.draw(st.integers(0, 255))
        cut = bytes(request[: data.draw(st.integers(0, len(request)))])
        for broken in (bytes(request), cut):
            response = asn1.OCSPResponse.load(answer(authority().issuers.values(), broken, NOW))
            assert response["response_status"].native in ("successful", "malformed_request", "unauthorized")


def query_of(digest: str = "sha256", size: int = 32, **more: Any) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": digest}, "hashed_message": bytes(size)}
    der: bytes = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, **more}).dump()
    return der


def info_of(response: bytes) -> Any:
    token = tsp.TimeStampResp.load(response)["time_stamp_token"]["content"]
    return token["encap_content_info"]["content"].parsed


class TestTimeStamps:
    def test_they_are_of_any_moment_asked_for(self) -> None:
        for at in (NOW - 1000 * DAY, NOW, NOW + 1000 * DAY):
            assert info_of(authority().stamp(query_of(), at))["gen_time"].native == at

    def test_they_carry_the_nonce_and_the_imprint(self) -> None:
        info = info_of(authority().stamp(query_of("sha512", 64, nonce=42), NOW))
        assert info["nonce"].native == 42
        assert info["message_imprint"]["hashed_message"].native == bytes(64)

    @pytest.mark.parametrize("wanted", [True, False])
    def test_certificates_come_only_if_they_are_wanted(self, wanted: bool) -> None:
        response = tsp.TimeStampResp.load(authority().stamp(query_of(cert_req=wanted), NOW))
        carried = response["time_stamp_token"]["content"]["certificates"].native
        assert bool(carried) is wanted

    @pytest.mark.parametrize(
        ("query", "failure"),
        [
            (query_of("sha1", 20), "bad_alg"),
            (query_of("sha256", 20), "bad_alg"),
            (query_of(req_policy="1.2.3"), "unaccepted_policy"),
            (b"", "bad_data_format"),
            (b"garbage", "bad_data_format"),
        ],
        ids=["SHA-1", "short imprint", "other policy", "nothing", "garbage"],
    )
    def test_what_cannot_be_stamped_is_refused(self, query: bytes, failure: str) -> None:
        response = authority().stamp(query, NOW)
        status = core.Sequence.load(response)[0]
        assert tsp.PKIStatusInfo.load(status.dump())["fail_info"].native == {failure}

    @given(st.binary(max_size=60) | st.integers(0, 40).map(lambda cut: query_of(nonce=7)[:cut]))
    def test_no_query_is_too_broken_for_an_answer(self, query: bytes) -> None:
        assert authority().stamp(query, NOW)[:1] == b"\x30"


class TestOverHttp:
    def test_a_revocation_shows_in_the_next_answers(self) -> None:
        with serving() as served:
            found = served.key("ardic")
            response = httpx.post(f"{served.url}/ocsp", content=request_of(found))
            assert ocsp.load_der_ocsp_response(response.content).certificate_status is ocsp.OCSPCertStatus.GOOD
            served.authority.revoke(found.certificate, NOW, "superseded")
            response = httpx.post(f"{served.url}/ocsp", content=request_of(found))
            assert ocsp.load_der_ocsp_response(response.content).certificate_status is ocsp.OCSPCertStatus.REVOKED
            revoked = x509.load_der_x509_crl(httpx.get(found.certificate.crl_urls[0]).content)
            assert revoked.get_revoked_certificate_by_serial_number(found.certificate.serial)
            assert served.requests == ["POST /ocsp 200", "POST /ocsp 200", "GET /mali-muhur-s2.crl 200"]

    def test_certificates_name_addresses_that_answer(self) -> None:
        with serving() as served:
            for short in ("ardic", "meltem", "elif-kara", "expired-issuer", "revoked-issuer"):
                found = served.key(short)
                issuer = httpx.get(found.certificate.issuer_urls[0])
                assert issuer.content == found.chain[0].der
                assert issuer.headers["Content-Type"] == "application/pkix-cert"
                crl = x509.load_der_x509_crl(httpx.get(found.certificate.crl_urls[0]).content)
                assert crl.is_signature_valid(found.chain[0].x509.public_key())  # type: ignore[arg-type]
                assert found.certificate.ocsp_urls == (f"{served.url}/ocsp",)

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/", 200),
            ("GET", "/ilke", 200),
            ("GET", "/nothing.crl", 404),
            ("GET", "/../authority/pki.json", 404),
            ("GET", "/mali-muhur-s2.key", 404),
            ("GET", "/ocsp", 405),
            ("GET", "/tsa", 405),
            ("POST", "/mali-muhur-s2.crl", 405),
            ("GET", "/ocsp/no-base64!", 200),
            ("PUT", "/tsa", 501),
        ],
    )
    def test_other_requests_have_the_usual_answers(self, method: str, path: str, status: int) -> None:
        with serving() as served:
            assert httpx.request(method, served.url + path).status_code == status

    def test_a_request_that_is_too_large_is_not_read(self) -> None:
        with serving() as served:
            assert httpx.post(f"{served.url}/ocsp", content=bytes(65537)).status_code == 413
            chunked = httpx.post(f"{served.url}/ocsp", content=iter([b"x"]))
            assert chunked.status_code == 411

    @pytest.mark.parametrize(
        ("request_", "status"),
        [
            (b"POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: \xb2\r\n\r\n", b"411"),
            (b"POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"411"),
            (b"POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b"411"),
            (b"POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n", b"413"),
            (b"GET /x\x1b]0;title\x07 HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
            (b"GET /" + b"x" * 65532, b"414"),
            (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"400"),
        ],
        ids=["superscript", "negative", "endless", "large", "control characters", "long", "TLS"],
    )
    def test_odd_requests_have_answers_too(self, request_: bytes, status: bytes, capfd: Capture) -> None:
        with serving() as served, socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2]))) as line:
            line.sendall(request_)
            line.shutdown(socket.SHUT_WR)
            assert status in line.makefile("rb").read()
        assert capfd.readouterr() == ("", "")

    def test_many_ask_at_once(self) -> None:
        with serving() as served, ThreadPoolExecutor(8) as pool:
            keys = [served.key(short) for short in ("ardic", "meltem", "revoked", "elif-kara")] * 8
            answers = pool.map(lambda found: httpx.post(f"{served.url}/ocsp", content=request_of(found)), keys)
            states = [ocsp.load_der_ocsp_response(answer.content).certificate_status for answer in answers]
        good, gone = ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED
        assert states == [good, good, gone, good] * 8


def test_a_list_of_a_moment_holds_what_was_revoked_up_to_then() -> None:
    made = fresh_authority()
    serials = {short: key(short).certificate.serial for short in ("revoked", "suspended")}
    for days, expected in ((11, set()), (7, {"revoked"}), (0, {"revoked", "suspended"})):
        crl = x509.load_der_x509_crl(made.crl("mali-muhur-s2", NOW - days * DAY))
        assert {entry.serial_number for entry in crl} == {serials[short] for short in expected}


def test_each_list_has_a_higher_number() -> None:
    made = fresh_authority()
    lists = [x509.load_der_x509_crl(made.crl("e-imza-s4", NOW)) for _ in range(2)]
    numbers = [each.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for each in lists]
    assert numbers == [1, 2]


SHORTS = ("ardic", "sgk", "kargo")
OPERATIONS = st.tuples(
    st.sampled_from(["ardic", "sgk", "kargo"]), st.sampled_from([*REASONS, LIFT]), st.integers(0, 20)
)


@given(st.lists(OPERATIONS, max_size=8), st.integers(0, 20))
def test_lists_and_ocsp_always_tell_the_same(operations: list[tuple[str, str, int]], day: int) -> None:
    """Whatever was revoked, suspended and lifted, and whatever was refused meanwhile."""
    issuer = authority().issuers["mali-muhur-s2"]
    issuer = replace(issuer, revoked={})
    expected: dict[str, tuple[int, str]] = {}
    for short, reason, since in operations:
        state = expected.get(short)
        refusal = _refusal(state, reason)
        if refusal:
            with pytest.raises(PkiError, match=refusal):
                issuer.revoke(key(short).certificate.serial, NOW + since * DAY, reason)
            continue
        issuer.revoke(key(short).certificate.serial, NOW + since * DAY, reason)
        expected[short] = (since, reason)
        if reason == LIFT:
            del expected[short]
    at = NOW + day * DAY
    listed = x509.load_der_x509_crl(issuer.crl(at, at + DAY))
    for short in SHORTS:
        gone = short in expected and expected[short][0] <= day
        response = ocsp.load_der_ocsp_response(answer([issuer], request_of(key(short)), at))
        assert (response.certificate_status is ocsp.OCSPCertStatus.REVOKED) is gone
        entry = listed.get_revoked_certificate_by_serial_number(key(short).certificate.serial)
        assert (entry is not None) is gone
        if entry is not None:
            assert entry.revocation_date_utc == response.revocation_time_utc


def _refusal(state: tuple[int, str] | None, reason: str) -> str:
    """With which code a revocation is refused in this state; empty if it is not."""
    if state is not None and state[1] != "certificateHold":
        return "pki.already-revoked"
    return "pki.not-suspended" if reason == LIFT and state is None else ""
