"""What ``ulak wire send`` and ``ulak wire status`` share: which service is called, where, and how."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from ipaddress import ip_address
from typing import Any, Final, NamedTuple

import httpx

from ulak.cli.errors import one_of, usage
from ulak.cli.keys import FORMATS
from ulak.cli.secrets import key_at
from ulak.cli.session import Session
from ulak.errors import Text, UlakError
from ulak.seal.keys.port import SealingKey
from ulak.seal.wssecurity import seal_message
from ulak.seal.wssecurity.names import wsse
from ulak.seal.xades import ISTANBUL
from ulak.wire import Service, ServiceFault, earsiv, edefter, efatura
from ulak.wire.client import Client, Times, tls_context

__all__ = ["CallWish", "call_wish", "client_for", "command_line", "error_json", "number_of", "said_by"]

SERVICES: Final[Mapping[str, Service[Any, Any]]] = {
    service.name: service for service in (efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE)
}
_LONGEST: Final = 3600
_NO_HTTP: Final = Text(
    "--to: {url}: http:// yalnız bu makinede kullanılır (localhost, 127.0.0.1, ::1).",
    "--to: {url}: http:// is for this machine alone (localhost, 127.0.0.1, ::1).",
)
_HTTPS: Final = Text("https:// ile başlayan adresi verin.", "Give the address that begins with https://.")
_NEEDS_KEY: Final = Text("--service {service} için --key gerekir.", "--service {service} needs --key.")
_KEY_ADDRESS: Final = Text(
    "Bu servisin istekleri WS-Security ile mühürlenir; anahtarın adresini verin.",
    "Requests to this service are sealed with WS-Security; give the key's address.",
)
_NO_KEY: Final = Text("--key e-Fatura servisinde kullanılmaz.", "--key has no use with the e-Fatura service.")
_LEAVE_OUT: Final = Text(
    "--key seçeneğini yazmayın; zarfın içindekiler mühürlüdür.", "Leave it out; what is in the envelope is sealed."
)
_NO_NUMBER: Final = Text("{option}: “{text}” bir sayı değil.", "{option}: “{text}” is no number.")
_RANGE: Final = Text("{least} ile {most} arasında bir sayı yazın.", "Write a number from {least} to {most}.")
_SAID: Final = Text("Karşı tarafın sözü: {number} {words}", "The other side's words: {number} {words}")


class CallWish(NamedTuple):
    """What the options ask for.

    Attributes:
        service: one of ``efatura``, ``earsiv``, ``edefter``.
        seconds: for a whole call.
        roots: file of the certificates that TLS trusts instead of the system's.
        inline: whether binary data stands in the envelope.
        key: address of the key that seals requests.
    """

    service: str
    url: str
    seconds: float
    roots: str | None
    inline: bool
    key: str | None
    certificate: str | None
    format: str


def call_wish(
    service: str,
    url: str,
    *,
    timeout: str,
    roots: str | None,
    inline: bool,
    key: str | None,
    certificate: str | None,
    format: str,
    unsealed: bool = False,
) -> CallWish:
    """What the options ask for.

    Args:
        unsealed: whether a service that wants sealed requests may be called without a key.

    Raises:
        UlakError: ``cli.usage``.
    """
    one_of(service, tuple(SERVICES), "--service")
    one_of(format, FORMATS, "--format")
    seconds = number_of(timeout, "--timeout", least=1, most=_LONGEST)
    if url.lower().startswith("http:") and not _is_here(url):
        raise usage(_NO_HTTP.format(url=url[:200]), _HTTPS)
    if service == efatura.SERVICE.name and key is not None:
        raise usage(_NO_KEY, _LEAVE_OUT)
    if service != efatura.SERVICE.name and key is None and not unsealed:
        raise usage(_NEEDS_KEY.format(service=service), _KEY_ADDRESS)
    return CallWish(service, url, seconds, roots, inline, key, certificate, format)


@contextmanager
def client_for(session: Session, wish: CallWish) -> Iterator[Client[Any, Any]]:
    """A client of the service, its key open as long as the block.

    Raises:
        UlakError: ``wire.address``, ``wire.roots``, ``key.*``, ``certificate.*``.
    """
    if wish.key is None:
        with _client(wish, None) as client:
            yield client
        return
    with closing(key_at(session, wish.key, wish.certificate)) as key, _client(wish, key) as client:
        yield client


def _client(wish: CallWish, key: SealingKey | None) -> Client[Any, Any]:
    times = Times(min(Times().connect, wish.seconds), min(Times().silence, wish.seconds), wish.seconds)
    return Client(
        SERVICES[wish.service],
        wish.url,
        tls=tls_context(wish.roots) if wish.roots else None,
        seal=partial(_sealed, key) if key else None,
        mtom=not wish.inline,
        understood=(wsse("Security"),),
        times=times,
        allow_http=_is_here(wish.url),
    )


def _sealed(key: SealingKey, xml: bytes, attachments: Mapping[str, bytes]) -> bytes:
    return seal_message(xml, key, at=datetime.now(ISTANBUL), attachments=attachments)


def _is_here(url: str) -> bool:
    """Whether a request to the address stays on this machine."""
    try:
        host = httpx.URL(url).host
        return host == "localhost" or ip_address(host).is_loopback
    except (httpx.InvalidURL, ValueError):
        return False


def number_of(text: str, option: str, *, least: int, most: int) -> int:
    """The whole number that an option names.

    Raises:
        UlakError: ``cli.usage``.

    >>> number_of("30", "--timeout", least=1, most=60)
    30
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise usage(_NO_NUMBER.format(option=option, text=text), _RANGE.format(least=least, most=most))
    return int(text)


def command_line(wish: CallWish, id: str) -> str:
    """The command that asks for something that was sent."""
    more = ["--service", wish.service, "--key", wish.key or "KEY"] if wish.service != efatura.SERVICE.name else []
    return shlex.join(["ulak", "wire", "status", id, "--to", wish.url, *more])


def said_by(error: UlakError) -> Text | None:
    """What the service itself said, number and words; None if it was not the service."""
    if not isinstance(error, ServiceFault) or not error.message:
        return None
    number = "" if error.number is None else str(error.number)
    # e-Defter's faults bear their number in the words.
    words = error.message.removeprefix(number).lstrip(" -:.")
    return _SAID.format(number=number, words=words)


def error_json(session: Session, error: UlakError | None) -> dict[str, object] | None:
    """An error in JSON; a service's fault has its ``number`` and ``words`` too."""
    if error is None:
        return None
    number, words = (error.number, error.message) if isinstance(error, ServiceFault) else (None, "")
    said = {"code": error.code, "message": session.say(error.text), "repair": session.say(error.repair)}
    return {**said, "permanent": error.permanent, "number": number, "words": words}
