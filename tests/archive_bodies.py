"""Bodies to be kept: sealed invoices, karekods, and whatever looks like what recipes leave out."""

from __future__ import annotations

import base64
import json
import random
import re
import uuid
from datetime import date
from functools import cache
from typing import Any, cast

from platform_world import ARDIC, MELTEM
from seal_pki import KNOWN_KEY, NOW
from ulak.render import qr_png
from ulak.render.embedding import qr_reference
from ulak.render.qr_picture import LONGEST
from ulak.seal.keys.opening import open_key
from ulak.seal.sealing import seal
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json

MONTH = date(2026, 11, 1)
GOODS = ("Çelik raf", "Pamuk ipliği", "Zeytinyağı 5 L", "Kitap", "Paletli taşıma", "Kuru fasulye")


@cache
def invoice(seed: int, lines: int = 2) -> bytes:
    chance = random.Random(seed)
    party = {"tax_id": ARDIC[0], "name": ARDIC[1], "tax_office": "Çankaya", "address": {"town": "A", "city": "Ankara"}}
    form: dict[str, Any] = {
        "profile": "TICARIFATURA",
        "number": f"ARD2026{seed:09}",
        "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "date": "2026-11-20",
        "time": "09:30:00",
        "supplier": party,
        "customer": {**party, "tax_id": MELTEM[0], "name": MELTEM[1]},
        "lines": [
            {
                "name": chance.choice(GOODS),
                "quantity": chance.randint(1, 60),
                "price": f"{chance.uniform(1, 999):.2f}",
                "vat": 20,
            }
            for _ in range(lines)
        ],
    }
    return write_document(cast(Document, from_json(form)))


@cache
def sealed(seed: int) -> bytes:
    return seal(invoice(seed), open_key(f"pkcs12:{KNOWN_KEY.p12}"), at=NOW)


def pictured(text: str, *more: bytes) -> bytes:
    """A sealed document with a karekod that says this, and whatever else."""
    reference = qr_reference(qr_png(text), day="2026-11-20")
    return sealed(1).replace(b"<cac:Signature>", reference + b"".join(more) + b"<cac:Signature>", 1)


PAYLOAD = json.dumps({"vkntckn": ARDIC[0], "no": "ARD2026000000001", "odenecek": "1234.56"}, separators=(",", ":"))
AHEAD = b'filename="karekod.png" mimeCode="image/png">'
VALUE = base64.b64encode(bytes(256))
DIGEST = base64.b64encode(bytes(32))
ETTN = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PIECES = [
    b"<EmbeddedDocumentBinaryObject>" + b"x" * 8_200,
    AHEAD,
    base64.b64encode(qr_png("k")),
    b"<",
    b">",
    DIGEST,
    VALUE,
    b"<ds:DigestValue>",
    b"<ds:SignatureValue Id='x'>",
    b"</ds:SignatureValue>",
    b"<cbc:UUID>",
    b"</cbc:UUID>",
    str(uuid.UUID(int=7)).encode(),
    str(uuid.UUID(int=0xABC)).encode(),
    str(uuid.UUID(int=0xABC)).upper().encode(),
    b"ab",
]
"""What recipes look for."""
ODD = {
    "another's picture": sealed(1).replace(b"<cac:Signature>", AHEAD + b"iVBORw0KGgo=<" + b"<cac:Signature>", 1),
    "no base64": sealed(1) + AHEAD + b"!!!!<",
    "no end": sealed(1) + AHEAD + base64.b64encode(qr_png("k")),
    "an endless picture": sealed(1) + AHEAD + b"A" * 2_000_000 + b"<",
    "an empty picture": sealed(1) + AHEAD + b"<",
    "wrapped base64": sealed(1) + AHEAD + base64.encodebytes(qr_png(PAYLOAD)) + b"<",
    "bits behind the padding": sealed(1) + AHEAD + base64.b64encode(qr_png("k" * 20))[:-2] + b"B=<",
    "a long attachment and a mark of one": sealed(1) + b"\6<EmbeddedDocumentBinaryObject>" + b"x" * 9_000 + b"\6<",
    "the mark alone": sealed(1) + AHEAD,
    "a mark ahead of the picture": sealed(1) + AHEAD + b"<x/>" + pictured(PAYLOAD),
    "the text of a picture with a mark": pictured("a\0b"),
    "the text of a picture with another mark": pictured("a\4b\1"),
    "a mark in the body": b"a\0b" + pictured(PAYLOAD) + b"\0c",
    "every mark in the body": sealed(1) + bytes(range(32)),
    "a digest with bits behind its end": b"<ds:DigestValue>" + DIGEST[:-2] + b"B=</ds:DigestValue></ds:SignatureValue>",
    "a value alone": b"<ds:SignatureValue>" + VALUE + b"</ds:SignatureValue>",
    "a value with its last bits": b"<ds:SignatureValue>" + VALUE[:-3] + b"B==</ds:SignatureValue>",
    "a short value": b"<ds:SignatureValue>" + DIGEST + b"</ds:SignatureValue>",
    "hundreds of digests": b"<ds:DigestValue>%b</ds:DigestValue>" % DIGEST * 200
    + b"<ds:SignatureValue></ds:SignatureValue>",
    "a seal far behind": b" " * 20_000 + sealed(1),
    "no ETTN": sealed(1).replace(b"cbc:UUID", b"cbc:UUIT"),
    "an ETTN in capitals": ETTN.sub(lambda found: found[0].upper(), sealed(1)),
    "an ETTN of both": sealed(1).replace(ETTN.search(sealed(1))[0], b"0000000a-000B-0000-0000-000000000000"),  # type: ignore[index]
    "two ETTNs": sealed(1) + b"<cbc:UUID>00000000-0000-0000-0000-000000000000</cbc:UUID>",
    "an ETTN everywhere": b"<cbc:UUID>%b</cbc:UUID>" % str(uuid.UUID(int=7)).encode() * 500,
    "nothing but an ETTN": b"<cbc:UUID>00000000-0000-0000-0000-000000000000</cbc:UUID>SignatureValue",
}
"""Bodies in which something looks like what is left out: they come back as they were, however they are kept."""
CUT = {
    "an ETTN in capitals": ETTN.sub(lambda found: found[0].upper(), pictured(PAYLOAD)),
    "ours": pictured(PAYLOAD),
    "twice": pictured(PAYLOAD, qr_reference(qr_png(PAYLOAD), day="2026-11-20")),
    "two": pictured(PAYLOAD, qr_reference(qr_png("another"), day="2026-11-20")),
    "a text with the place of pictures": pictured(AHEAD.decode() + "x<"),
    "the longest text": pictured("ğ" * (LONGEST // 2)),
}
