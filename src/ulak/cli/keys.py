"""``ulak keys list``: what files, tokens and hosts hold."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from ulak.cli.errors import Exit, one_of
from ulak.cli.page import Cell, Page, clean
from ulak.cli.secrets import CA_FILE, MODULE, secret_source
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.errors import SealError
from ulak.seal.keys.inventory import Held, Store, stores_at
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import SecretSource

__all__ = ["FORMATS", "day", "error_in_json", "list_keys", "path_in", "print_json", "stores_of"]

FORMATS: Final = ("text", "json")
_ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_LABELS: Final = {
    "serial": Text("Seri no", "Serial"),
    "slot-id": Text("Yuva", "Slot"),
    "slot": Text("Okuyucu", "Reader"),
    "manufacturer": Text("Üretici", "Made by"),
    "model": Text("Model", "Model"),
    "states": Text("Durum", "State"),
}
_STATES: Final = {
    "pin-locked": Text("PIN kilitli", "PIN locked"),
    "pin-last-try": Text("tek PIN denemesi kaldı", "one try for the PIN left"),
    "pin-wrong-before": Text("yanlış PIN girilmiş", "wrong PINs were entered"),
    "pin-to-be-changed": Text("PIN değiştirilmeli", "PIN has to be changed"),
    "pin-pad": Text("PIN kendi tuşlarından girilir", "PIN is entered on its own pad"),
}
_KEY: Final = Text("Anahtar", "Key")
_OWNER: Final = Text("Sahibi", "Owner")
_ISSUER: Final = Text("Veren", "Issued by")
_VALID: Final = Text("Geçerli", "Valid")
_ADDRESS: Final = Text("Adres", "Address")
_NO_KEYS: Final = Text("Anahtar yok.", "No keys.")
_NO_CERTIFICATE: Final = Text("sertifikası yok", "no certificate")
_CLOSED: Final = Text(
    "PIN olmadan özel anahtarlar görülmez; sertifikalar gösteriliyor.",
    "Private keys cannot be seen without the PIN; these are the certificates.",
)


def list_keys(session: Session, addresses: Sequence[str], module: str | None, format: str) -> Exit:
    """Print what stores hold; 1 if there is no key, 2 if a store cannot be read.

    Raises:
        UlakError: ``cli.usage``, ``key.module-missing``.
    """
    one_of(format, FORMATS, "--format")
    if not addresses and not (module or os.environ.get(MODULE)):
        raise failure("key.module-missing")
    secret = secret_source(session)
    found: list[Store | SealError] = []
    for address in addresses or ["pkcs11:"]:
        try:
            found += stores_of(address, secret, module)
        except SealError as error:
            found.append(error)
    if format == "json":
        print_json(session, [_error_or_store(session, one) for one in found])
    else:
        _print(session, found)
    return _worst(found)


def stores_of(address: str, secret: SecretSource, module: str | None = None) -> tuple[Store, ...]:
    """What an address names, with what the environment says of modules and roots; raises SealError ``key.*``."""
    return stores_at(address, secret, Path(module) if module else path_in(MODULE), path_in(CA_FILE))


def path_in(name: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The path in a variable of the environment."""
    return Path(environment[name]) if environment.get(name) else None


def print_json(session: Session, objects: Sequence[object]) -> None:
    """Print one array, an object a line."""
    session.put_bytes("[\n{}\n]\n".format(",\n".join(json.dumps(one, ensure_ascii=False) for one in objects)).encode())


def error_in_json(session: Session, error: SealError) -> dict[str, Any]:
    """An error as the commands print it."""
    said = {"code": error.code, "message": session.say(error.text), "repair": session.say(error.repair)}
    return {**said, "permanent": error.permanent}


def day(moment: datetime) -> str:
    """A day as people of the business write it."""
    return moment.astimezone(_ISTANBUL).date().isoformat()


def _worst(found: Sequence[Store | SealError]) -> Exit:
    if any(isinstance(one, SealError) for one in found):
        return Exit.UNREADABLE
    return Exit.OK if any(isinstance(one, Store) and one.keys for one in found) else Exit.FINDINGS


def _print(session: Session, found: Sequence[Store | SealError]) -> None:
    for at, one in enumerate(found):
        if at:
            session.put("\n")
        if isinstance(one, SealError):
            session.flush()
            session.complain(one)
        else:
            _print_store(session, one)


def _print_store(session: Session, store: Store) -> None:
    page = session.page()
    page.line(Cell(store.name, "bold"))
    for name, value in store.facts.items():
        if value:
            shown = _states(session, value) if name == "states" else value
            page.labelled(session.say(_LABELS[name]), shown, indent=2, gap=12)
    if not store.is_open:
        page.paragraph(session.say(_CLOSED), indent=2, style="dim")
    if not store.keys:
        page.paragraph(session.say(_NO_KEYS), indent=2)
    session.put(page)
    for held in store.keys:
        _print_key(session, held)


def _print_key(session: Session, held: Held) -> None:
    page = session.page()
    page.blank()
    page.labelled(session.say(_KEY), "  ".join(filter(None, (held.label, held.kind))), indent=2, gap=12, style="bold")
    if held.certificate is None:
        page.labelled(session.say(_OWNER), session.say(_NO_CERTIFICATE), indent=2, gap=12, style="yellow")
    else:
        _print_certificate(session, page, held.certificate)
    session.put("\n" + str(page))
    # Not wrapped, so that it can be copied.
    session.put(f"  {session.say(_ADDRESS):<12}{clean(held.address)}\n")


def _print_certificate(session: Session, page: Page, certificate: Certificate) -> None:
    owner = "  ".join(filter(None, (certificate.common_name or certificate.subject, certificate.tax_id)))
    page.labelled(session.say(_OWNER), owner, indent=2, gap=12)
    page.labelled(session.say(_ISSUER), certificate.issuer, indent=2, gap=12)
    valid = f"{day(certificate.not_before)} – {day(certificate.not_after)}"
    page.labelled(session.say(_VALID), valid, indent=2, gap=12)


def _states(session: Session, names: str) -> str:
    return ", ".join(session.say(_STATES[name]) for name in names.split(", "))


def _error_or_store(session: Session, one: Store | SealError) -> dict[str, Any]:
    if isinstance(one, SealError):
        return {"store": None, "open": False, "facts": {}, "keys": [], "error": error_in_json(session, one)}
    keys = [_key_in_json(held) for held in one.keys]
    return {"store": one.name, "open": one.is_open, "facts": one.facts, "keys": keys, "error": None}


def _key_in_json(held: Held) -> dict[str, Any]:
    chain = [] if held.certificate is None else [held.certificate, *held.chain]
    certificates = [certificate_in_json(one) for one in chain]
    return {"address": held.address, "label": held.label, "kind": held.kind, "certificates": certificates}


def certificate_in_json(certificate: Certificate) -> dict[str, Any]:
    """A certificate as the commands print it."""
    return {
        "subject": certificate.subject,
        "tax_id": certificate.tax_id,
        "issuer": certificate.issuer,
        "serial": format(certificate.serial, "x"),
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "sha256": certificate.fingerprint,
    }
