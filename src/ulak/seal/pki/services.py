"""What the test PKI answers over HTTP: lists, certificates, OCSP, time stamps. Knows no sockets."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from urllib.parse import unquote

from ulak.seal.pki import ocsp
from ulak.seal.pki.authority import Authority
from ulak.seal.pki.issuer import Issuer
from ulak.seal.pki.problems import PkiError

__all__ = ["Reply", "Services", "respond"]

_PLAIN: Final = "text/plain; charset=utf-8"


class Reply(NamedTuple):
    status: int
    kind: str
    body: bytes


@dataclass(frozen=True)
class Services:
    """Where the answers come from.

    Attributes:
        authority: the PKI as it is now.
        crl: the revocation list of an authority (DER).
        stamp: a time stamp request's response (both DER); may raise PkiError.
        clock: what time it is.
        about: what the PKI says about itself (its README.txt, UTF-8).
    """

    authority: Callable[[], Authority]
    crl: Callable[[Issuer], bytes]
    stamp: Callable[[bytes], bytes]
    clock: Callable[[], datetime]
    about: Callable[[], bytes]


def respond(services: Services, method: str, path: str, body: bytes) -> Reply:
    """Answer one request: ``/NAME.crl``, ``/NAME.crt``, ``/ocsp`` (POST, or GET with base64 behind it), ``/tsa``.

    What fails on this side is answered 503 with the problem in both languages.
    """
    try:
        return _respond(services, method, path.partition("?")[0], body)
    except PkiError as error:
        said = f"{error.code}: {error.text.tr} {error.repair.tr}\n{error.text.en} {error.repair.en}\n"
        return Reply(503, _PLAIN, said.encode())


def _respond(services: Services, method: str, path: str, body: bytes) -> Reply:
    if path in ("/tsa", "/ocsp"):
        if method != "POST":
            return Reply(405, _PLAIN, b"POST\n")
        if path == "/tsa":
            return Reply(200, "application/timestamp-reply", services.stamp(body))
        return _ocsp(services, body)
    if method != "GET":
        return Reply(405, _PLAIN, b"GET\n")
    if path.startswith("/ocsp/"):
        return _ocsp(services, _decoded(path.removeprefix("/ocsp/")))
    return _published(services, path.removeprefix("/"))


def _published(services: Services, name: str) -> Reply:
    if name in ("", "ilke"):
        return Reply(200, _PLAIN, services.about())
    stem, _, ending = name.rpartition(".")
    issuer = services.authority().issuers.get(stem)
    if issuer and ending == "crl":
        return Reply(200, "application/pkix-crl", services.crl(issuer))
    if issuer and ending == "crt":
        return Reply(200, "application/pkix-cert", issuer.certificate.der)
    return Reply(404, _PLAIN, b"404\n")


def _ocsp(services: Services, request: bytes) -> Reply:
    answered = ocsp.answer(services.authority().issuers.values(), request, services.clock())
    return Reply(200, "application/ocsp-response", answered)


def _decoded(text: str) -> bytes:
    try:
        return b64decode(unquote(text), validate=True)
    except (binascii.Error, ValueError):
        return b""
