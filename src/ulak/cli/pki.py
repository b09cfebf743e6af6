"""``ulak pki``: a test PKI that imitates KamuSM is made, changed and served."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ulak.cli.errors import Exit
from ulak.cli.page import Cell, clean
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.errors import error_of
from ulak.seal.pki import cast, folder, wishes
from ulak.seal.pki.authority import LIFE, Authority, new_authority
from ulak.seal.pki.issuer import LIFT
from ulak.seal.pki.openssl import openssl_stamper
from ulak.seal.pki.problems import PROBLEMS, PkiError
from ulak.seal.pki.revoking import revoke
from ulak.seal.pki.server import listening
from ulak.seal.pki.services import Services

__all__ = ["new_pki", "revoke_in_pki", "serve_pki"]

_ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_MADE: Final = Text("{folder}: TEST PKI hazır.", "{folder}: the TEST PKI is ready.")
_KEYS: Final = Text("{count} anahtar (*.p12, parolasız)", "{count} keys (*.p12, no password)")
_WRONG: Final = Text("{count} kabul edilmemesi gereken anahtar", "{count} keys that must not be accepted")
_README: Final = Text("Her dosyanın ne olduğu README.txt içinde yazar.", "README.txt says what each file is.")
_NEXT: Final = Text("Sırada ne var", "What next")
_REVOKED: Final = Text(
    "{serial} seri numaralı sertifika iptal edildi: {reason}, {at}.",
    "The certificate with serial number {serial} was revoked: {reason}, {at}.",
)
_LIFTED: Final = Text(
    "{serial} seri numaralı sertifikanın askısı kaldırıldı.",
    "The certificate with serial number {serial} is no longer suspended.",
)
_RENEWED: Final = Text("{name}.crl yenilendi.", "{name}.crl was renewed.")
_SERVING: Final = Text(
    "{folder} sunuluyor: {url} (CRL, OCSP /ocsp, zaman damgası /tsa). Ctrl-C ile durur.",
    "Serving {folder} at {url} (CRLs, OCSP /ocsp, time stamps /tsa). Ctrl-C stops it.",
)
_ELSEWHERE: Final = Text(
    "Sertifikalar {url} adresini gösteriyor; onları doğrulayanlar oraya sorar.",
    "The certificates name {url}; whoever judges them asks there.",
)


def new_pki(session: Session, name: str, url: str, vkns: Sequence[str], tckns: Sequence[str], days: str | None) -> Exit:
    """Make a test PKI in a new or empty folder; raises ``pki.*``."""
    more = [*map(wishes.firm, vkns), *map(wishes.person, tckns)]
    life = LIFE if days is None else wishes.life_of(days)
    address, place = wishes.url_of(url), Path(name)
    folder.refuse_taken(place)
    now = datetime.now(UTC)
    made = new_authority(now, address, life=life, more=more)
    folder.write(made, place, now)
    _tell_made(session, made, place)
    return Exit.OK


def _tell_made(session: Session, made: Authority, place: Path) -> None:
    wrong = len(cast.WRONG) + 1
    page = session.page()
    page.line(Cell(session.say(_MADE.format(folder=place)), "bold"))
    page.line(session.say(_KEYS.format(count=len(made.keys) - wrong)), indent=2)
    page.line(session.say(_WRONG.format(count=wrong)), indent=2)
    page.line(session.say(_README), indent=2)
    page.blank()
    page.line(f"{session.say(_NEXT)}:")
    ardic = place / f"{made.keys['ardic'].name}.p12"
    session.put(page)
    for command in (
        f"ulak seal fatura.xml --key pkcs12:{ardic} -o imzali.xml",
        f"ulak verify imzali.xml --trust {place}",
        f"ulak pki revoke {place} {ardic.name}",
        f"ulak pki serve {place}",
    ):
        # Not wrapped, so that it can be copied.
        session.put(f"  {clean(command)}\n")


def revoke_in_pki(session: Session, name: str, given: str, reason: str, at: str | None) -> Exit:
    """Revoke a certificate of a test PKI, suspend it or end its suspension; raises ``pki.*``."""
    now = datetime.now(UTC)
    moment = _moment(at) if at is not None else now
    revoked = revoke(Path(name), given, reason=reason, at=moment, now=now)
    shown = f"{moment.astimezone(_ISTANBUL):%Y-%m-%d %H:%M:%S}"
    page = session.page()
    said = _LIFTED if reason == LIFT else _REVOKED
    page.paragraph(session.say(said.format(serial=format(revoked.serial, "x"), reason=reason, at=shown)))
    page.paragraph(session.say(_RENEWED.format(name=revoked.issuer)))
    session.put(page)
    return Exit.OK


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise error_of(PkiError, PROBLEMS, "pki.bad-time", given=text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=_ISTANBUL)


def serve_pki(session: Session, name: str, listen: str | None) -> Exit:
    """Serve a test PKI until Ctrl-C; raises ``pki.*``."""
    place = Path(name)
    made = folder.read(place)
    host, port = wishes.address_of(listen if listen is not None else _own_address(made.url))

    def tell(method: str, path: str, status: int) -> None:
        session.tell(f"{datetime.now(_ISTANBUL):%H:%M:%S} {method} {clean(path[:120])} {status}\n")

    with _stamper(session, made) as stamp, _ending_on_terminate():
        services = Services(
            _kept_fresh(place),
            lambda issuer: _file(place, f"{issuer.name}.crl"),
            stamp,
            _now,
            lambda: _file(place, "README.txt"),
        )
        with listening(host, port, services, tell) as server:
            url = f"http://{host}:{server.server_address[1]}"
            session.put(session.say(_SERVING.format(folder=place, url=url)) + "\n")
            session.flush()
            if url != made.url:
                session.tell(session.say(_ELSEWHERE.format(url=made.url)) + "\n")
            server.serve_forever(poll_interval=0.1)
    return Exit.OK


def _own_address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 80}"


def _now() -> datetime:
    return datetime.now(UTC)


def _file(place: Path, name: str) -> bytes:
    try:
        return (place / name).read_bytes()
    except OSError as error:
        raise error_of(PkiError, PROBLEMS, "pki.not-a-pki", folder=place, detail=f"{name}: {error.strerror}") from None


def _kept_fresh(place: Path) -> Callable[[], Authority]:
    """The PKI as it is in the folder now: ``ulak pki revoke`` may change it while it is served."""
    last: tuple[int, Authority] | None = None

    def current() -> Authority:
        nonlocal last
        known = last
        try:
            version = (place / folder.STATE).stat().st_mtime_ns
        except OSError:
            version = 0
        if known is None or known[0] != version:
            last = known = (version, folder.read(place))
        return known[1]

    return current


@contextmanager
def _stamper(session: Session, made: Authority) -> Iterator[Callable[[bytes], bytes]]:
    """Openssl's stamps; where openssl is missing that is said at once, and again to whoever asks for a stamp."""
    with ExitStack() as stack:
        try:
            stamp: Callable[[bytes], bytes] = stack.enter_context(
                openssl_stamper(made.stamper, made.stamper_chain, os.environ)
            )
        except PkiError as error:
            session.complain(error)
            stamp = partial(_refuse, error)
        yield stamp


def _refuse(error: PkiError, _: bytes) -> bytes:
    raise error


@contextmanager
def _ending_on_terminate() -> Iterator[None]:
    """Let SIGTERM end the server as Ctrl-C does, so that its temporary folder goes, too."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
