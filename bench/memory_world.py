"""Hundreds of taxpayers with a design, a key and series of their own, and what they hand in."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa
from stdnum.tr import vkn
from tools.demo.gib import Gib
from tools.demo.world import INTEGRATOR

from bench.exchange_world import LINES, PORTAL
from bench.invoices import invoice_json
from ulak.seal.pki import folder as pki
from ulak.seal.pki import profiles
from ulak.seal.pki.authority import Held, random_serial
from ulak.seal.pki.issuer import Validity
from ulak_center.seals import PORTAL_PLAN

__all__ = ["KINDS", "Settled", "handed_in", "settle"]

KINDS: Final = ("invoice", "earchive_invoice", "despatch_advice")
_SERVICES: Final = ("einvoice", "earchive", "edespatch")
_LETTERS: Final = dict(zip(KINDS, "FAI", strict=True))
_PICTURE: Final = 7_000
"""Bytes of a taxpayer's logo: with it a stylesheet comes near to the 30 KB that it may have."""
_MONTH: Final = timedelta(days=30)


class Settled(NamedTuple):
    """A taxpayer of the installation."""

    id: int
    number: str
    title: str
    mailbox: str


def settle(gib: Gib, count: int, own_keys: int) -> list[Settled]:
    """Taxpayers, each with a design of its own; so many of them, the first ones, seal with keys of their own."""
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped

    keys = _keys(gib.pki, [_number(at) for at in range(own_keys)])
    with scoped(Role.PIPELINE):
        _portal()
    return [_settled(gib, at, keys[at] if at < own_keys else None) for at in range(count)]


def handed_in(firm: Settled, kind: str, count: int, key: str, lines: int = LINES) -> bytes:
    """So many documents of a kind as an ERP's NDJSON."""
    items = ({"erp_key": f"{key}-{at}", "document": _document(firm, kind, lines)} for at in range(count))
    return b"".join(msgspec.json.encode(item) + b"\n" for item in items)


def _document(firm: Settled, kind: str, lines: int) -> dict[str, Any]:
    supplier = {"tax_id": firm.number, "name": firm.title, "tax_office": "Çankaya", "address": _place("Çankaya")}
    number, title, _ = PORTAL
    customer = {"tax_id": number, "name": title, "tax_office": "Ulus", "address": _place("Altındağ")}
    if kind == "despatch_advice":
        return {
            "document": kind,
            "supplier": supplier,
            "customer": customer,
            "delivery_address": {"street": "Yosun Caddesi", "postal_code": "06420", **_place("Altındağ")},
            "plate": "06ARD406",
            "drivers": [{"first_name": "Veli", "family_name": "Demir", "tckn": "50721483392"}],
            "lines": [{"name": f"Çelik raf {at}", "quantity": 12} for at in range(lines)],
        }
    made = {name: value for name, value in invoice_json(lines).items() if name not in _GIVEN}
    if kind == "earchive_invoice":
        consumer = {"tax_id": "11111111111", "first_name": "Deniz", "family_name": "Yurt", "address": _place("Çankaya")}
        return {**made, "profile": "EARSIVFATURA", "supplier": supplier, "customer": consumer}
    return {**made, "supplier": supplier, "customer": customer}


_GIVEN: Final = frozenset({"number", "uuid", "date", "time"})


def _place(town: str) -> dict[str, str]:
    return {"town": town, "city": "Ankara"}


def _number(at: int) -> str:
    body = f"{481_000_000 + at}"
    return body + vkn.calc_check_digit(body)


def _keys(folder: Path, numbers: list[str]) -> list[Path]:
    """Keys of firms, issued by the test PKI. One secret serves all: to make hundreds takes longer than all the rest."""
    if not numbers:
        return []
    with pki.changing(folder) as made:
        issuer, url = made.issuers[PORTAL_PLAN.issuer], made.url
    secret = rsa.generate_private_key(65537, 2048)
    now = datetime.now(UTC)
    found = []
    for number in numbers:
        subject = profiles.holder_name(f"Firma {number}", number)
        validity = Validity(now - _MONTH, now + 12 * _MONTH)
        certificate = issuer.issue(subject, secret, PORTAL_PLAN.profile, validity, serial=random_serial(), url=url)
        held = Held("firm", f"firm-{number}", certificate, secret, issuer.chain, PORTAL_PLAN.meaning)
        found.append(folder / f"{held.name}.p12")
        found[-1].write_bytes(pki.p12_of(held))
    return found


def _settled(gib: Gib, at: int, key: Path | None) -> Settled:
    from ulak_server import clock
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped, widen
    from ulak_server.designs import services as designs
    from ulak_server.taxpayers import services as taxpayers

    number, title = _number(at), f"Firma {at} Sanayi ve Ticaret A.Ş."
    sender, mailbox = (f"urn:mail:default{role}@firm{at}.example" for role in ("gb", "pk"))
    units = [
        {"alias": alias, "role": role, "uses": ["Invoice", "DespatchAdvice"], "operator": INTEGRATOR[0]}
        for role, alias in (("GB", sender), ("PK", mailbox))
    ]
    gib.post("/control/accounts", {"number": number, "title": title, "kind": "OZEL", "units": units})
    details = {"tax_office": "Çankaya", "address": _place("Çankaya")}
    with scoped(Role.PIPELINE):
        wanted = taxpayers.NewTaxpayer(number, title, "", "", details)
        made = taxpayers.create(wanted, actor="bench")
        widen([made.id])
        for service in ("einvoice", "edespatch"):
            for role, alias in (("GB", sender), ("PK", mailbox)):
                taxpayers.add_alias(made.id, service, role, alias, actor="bench")
        for service in _SERVICES:
            _open(made.id, service, clock.now())
        for kind, letter in _LETTERS.items():
            taxpayers.add_series(made.id, kind, f"FR{letter}", actor="bench")
        if key is not None:
            taxpayers.seal_by_own_key(made.id, f"pkcs12:{key}", by_operator=True, actor="bench")
        look = {"accent": f"#{at % 96:02x}{at // 96:02x}60", "note_tr": f"{title} {number}"}
        designs.save(made.id, designs.Wanted("Kendi tasarımı", values=look, pictures={"logo": _picture(at)}))
    return Settled(made.id, number, title, mailbox)


def _open(taxpayer: int, service: str, now: datetime) -> None:
    from ulak.lifecycle import accounts
    from ulak_server.exchange import records
    from ulak_server.taxpayers.models import Account

    record = accounts.contracted(now, seed=1, remind_at=now)._replace(stage=accounts.Stage.ACTIVE, wake_at=None)
    road = records.write(record)
    Account(taxpayer_id=taxpayer, service=service, stage="active", road=road).save(force_insert=True)


def _portal() -> None:
    """Whoever gets all of it takes despatch advices, too."""
    from ulak_server import clock
    from ulak_server.userlist.models import RegisteredUser

    number, title, alias = PORTAL
    before = clock.now() - timedelta(days=100)
    RegisteredUser(
        number=number, service="edespatch", role="PK", alias=alias, title=title, type="Ozel", registered=before,
        created=before, since=before, first_seen=before,
    ).save(force_insert=True)  # fmt: skip


def _picture(at: int) -> bytes:
    """A picture that nobody else has: grey noise, which no compressor makes small."""
    side = int(_PICTURE**0.5)
    noise = random.Random(at)
    rows = b"".join(b"\0" + noise.randbytes(side) for _ in range(side))
    parts: Iterator[tuple[bytes, bytes]] = iter(
        (
            (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
