"""The other end of `ulak.seal.keys.remote`: any keys behind the signing calls of CSC API v2.

`SigningHost` answers questions; `ulak.seal.keys.listening` brings them in over HTTPS.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from ulak.seal.errors import SealError
from ulak.seal.keys.csc import BASE, DIGEST_OIDS, INFO, LIST, PLAIN_RSA, SERVICE, SIGN_HASH, SIGNATURE_OIDS
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Secret
from ulak.seal.values import der_of_plain

__all__ = ["MOST_HASHES", "Answer", "Signed", "SigningHost", "credential_of"]

MOST_HASHES: Final = 32
"""Digests that one request may bring."""
_VERSION: Final = "2.0.0.2"

_Json = Mapping[str, Any]


class Answer(NamedTuple):
    """What goes back: an HTTP status and a JSON object."""

    status: int
    body: _Json


class Signed(NamedTuple):
    """One request to sign, for the record.

    Attributes:
        digests: as they came, in base64.
        fault: code of the error; empty if all were signed.
    """

    credential: str
    digests: tuple[str, ...]
    fault: str = ""


class _Refused(Exception):
    """The request cannot be answered; says why in the words of OAuth 2.0 and CSC API, 10.1."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.answer = Answer(status, {"error": error, "error_description": description})


class SigningHost:
    """Keys, and who may use them. Questions are to be put one after the other: a key serves one at a time.

    Args:
        keys: by credentialID.
        token: what a client has to bring as ``Authorization: Bearer …``.
        record: is told of every request to sign.
    """

    def __init__(
        self, keys: Mapping[str, SealingKey], token: Secret, record: Callable[[Signed], None] = lambda signed: None
    ) -> None:
        self._keys, self._token, self._record = dict(keys), token, record
        self._methods: dict[str, Callable[[_Json], _Json]] = {
            BASE + SERVICE: self._service,
            BASE + LIST: self._list,
            BASE + INFO: self._info,
            BASE + SIGN_HASH: self._sign,
        }

    def answer(self, verb: str, path: str, authorization: str, body: bytes) -> Answer:
        """Answer one request; never raises for what a client sent.

        Args:
            authorization: the header of that name; empty if there was none.
        """
        try:
            self._refuse_stranger(authorization)
            method = self._methods.get(path)
            if method is None:
                raise _Refused(404, "invalid_request", "There is no such method")
            if verb != "POST":
                raise _Refused(405, "invalid_request", "Methods are called by POST")
            return Answer(200, method(_object(body)))
        except _Refused as refused:
            return refused.answer

    def _refuse_stranger(self, authorization: str) -> None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or Secret(token.strip()) != self._token:
            raise _Refused(401, "invalid_token", "The access token is missing or wrong")

    def _service(self, question: _Json) -> _Json:
        methods = [path.removeprefix(f"{BASE}/") for path in self._methods]
        oids = sorted({oid for key in self._keys.values() for oid in _oids(key)})
        return {
            "specs": _VERSION,
            "name": "Ulak",
            "region": "TR",
            "lang": "tr",
            "authType": ["external"],
            "methods": methods,
            "signAlgorithms": {"algos": oids},
        }

    def _list(self, question: _Json) -> _Json:
        return {"credentialIDs": list(self._keys)}

    def _info(self, question: _Json) -> _Json:
        _, key = self._key(question)
        wanted, certificate = question.get("certificates", "single"), key.certificate
        shown = {"none": (), "single": (certificate,), "chain": (certificate, *key.chain)}
        if not isinstance(wanted, str) or wanted not in shown:
            raise _Refused(400, "invalid_request", "Parameter certificates must be none, single or chain")
        details = {
            "issuerDN": certificate.issuer,
            "subjectDN": certificate.subject,
            "serialNumber": f"{certificate.serial:X}",
            "validFrom": f"{certificate.not_before:%Y%m%d%H%M%SZ}",
            "validTo": f"{certificate.not_after:%Y%m%d%H%M%SZ}",
        }
        return {
            "key": {"status": "enabled", "algo": _oids(key), "len": certificate.public_key.key_size},
            "cert": {"certificates": [one.base64 for one in shown[wanted]]}
            | (details if question.get("certInfo") else {}),
            "auth": {"mode": "implicit"},
            "SCAL": "1",
            "multisign": MOST_HASHES,
        }

    def _sign(self, question: _Json) -> _Json:
        name, key = self._key(question)
        _refuse_other_algorithm(question, key)
        digests = _digests(question, key)
        fault = ""
        try:
            signatures = [_x509_form(key, key.sign(digest)) for digest in digests]
        except SealError as error:
            fault = error.code
            raise _Refused(500 if error.permanent else 503, "server_error", error.code) from None
        finally:
            self._record(Signed(name, tuple(question["hashes"]), fault))
        return {"signatures": signatures}

    def _key(self, question: _Json) -> tuple[str, SealingKey]:
        name = question.get("credentialID")
        if not isinstance(name, str) or name not in self._keys:
            raise _Refused(400, "invalid_request", "Invalid parameter credentialID")
        return name, self._keys[name]


def credential_of(key: SealingKey) -> str:
    """The credentialID of a key that was given no name: the beginning of its certificate's fingerprint."""
    return key.certificate.fingerprint[:16]


def _object(body: bytes) -> _Json:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise _Refused(400, "invalid_request", "The body must be a JSON object")
    return read


def _oids(key: SealingKey) -> list[str]:
    return [SIGNATURE_OIDS[key.algorithm], *([PLAIN_RSA] if key.algorithm.family == "RSA" else [])]


def _refuse_other_algorithm(question: _Json, key: SealingKey) -> None:
    algorithm, digest = question.get("signAlgo"), question.get("hashAlgorithmOID")
    if algorithm not in _oids(key):
        raise _Refused(400, "invalid_request", "Invalid parameter signAlgo")
    expected = DIGEST_OIDS[key.algorithm.digest]
    if digest != expected and (digest is not None or algorithm == PLAIN_RSA):
        raise _Refused(400, "invalid_request", "Invalid parameter hashAlgorithmOID")
    if question.get("operationMode", "S") != "S":
        raise _Refused(400, "invalid_request", "Invalid parameter operationMode")


def _digests(question: _Json, key: SealingKey) -> list[bytes]:
    hashes = question.get("hashes")
    if not isinstance(hashes, list) or not 0 < len(hashes) <= MOST_HASHES:
        raise _Refused(400, "invalid_request", f"Parameter hashes must be an array of 1 to {MOST_HASHES}")
    try:
        digests = [b64decode(one, validate=True) for one in hashes]
    except (binascii.Error, TypeError, ValueError):
        raise _Refused(400, "invalid_request", "Invalid Base64 hashes string parameter") from None
    if any(len(digest) != key.algorithm.digest.size for digest in digests):
        raise _Refused(400, "invalid_request", "Invalid digest value length")
    return digests


def _x509_form(key: SealingKey, signature: bytes) -> str:
    public = key.certificate.public_key
    if isinstance(public, ec.EllipticCurvePublicKey):
        signature = der_of_plain(signature, public.curve)
    return b64encode(signature).decode()
