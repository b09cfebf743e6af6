"""What the platform knows of envelopes, in the words of the plan."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from PIL import Image as Picture

from ulak.codes import statuses
from ulak.codes.statuses import Speaker
from ulak.envelope import GIB, EnvelopeType, Party, SystemResponse, opening, read_response
from ulak.errors import UlakError
from ulak.lifecycle.envelopes import Stage
from ulak.render import to_png
from ulak_center.plan.candidate import Image, Incoming, Received, Reply, Shown, Standing
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.papers import look_for
from ulak_server.documents.kinds import KINDS
from ulak_server.documents.models import Answer, Direction, Document
from ulak_server.exchange.law import happening
from ulak_server.exchange.models import Envelope, Inbound
from ulak_server.exchange.rooms import ENVELOPES, Row

__all__ = ["came", "image", "incoming", "settled", "shown", "standing"]

_PATIENCE: Final = 60.0
_LOOK: Final = 0.05
_FINE: Final = "1200"
_MODEL_2: Final = frozenset(f"]Q{digit}" for digit in "123456")
"""What scanners call a QR Code of the second model (ISO/IEC 15424; the first is ``]Q0``)."""
_WIDE: Final = 1600
_UNDER_WAY: Final = frozenset({Stage.PACKED, Stage.SENDING, Stage.RESTING, Stage.UNKNOWN})
_PROCESSED: Final = frozenset({"owed", "responding", "settled", "filed", "untold"})
_READ: Final[dict[str, SystemResponse | None]] = {}
"""System responses that came in, by the envelopes that brought them; what came once stays as it is."""


def settled(id: UUID) -> Row:
    """An envelope once it is known whether Merkez has it, or as it stands after a minute."""
    until = time.monotonic() + _PATIENCE
    while True:
        with happening(actor="trial") as shell:
            row = shell.get(ENVELOPES, id)
        if row is None:
            raise LookupError(id)
        if row.record.stage not in _UNDER_WAY or time.monotonic() > until:
            return row
        time.sleep(_LOOK)


def shown(code: str) -> Shown:
    """A code with its words, as an operator reads them."""
    known = statuses.get(code)
    return Shown(int(code) if code.isdecimal() else None, known.label.tr if known else code)


def standing(id: UUID) -> Standing:
    """How an envelope that was sent stands, and who said so."""
    with scoped(Role.PIPELINE):
        found = Envelope.objects.only("said", "receiver_alias", "receiver_number").get(id=id)
        brought = [(carrier, one) for carrier, one in _responses() if one.about.lower() == str(id)]
    receiver = Party(found.receiver_alias, found.receiver_number)
    replies = []
    for at, by, code, text in found.said:
        sender = GIB if by == Speaker.MERKEZ else receiver
        ids = [carrier for carrier, one in brought if (one.sender.number, one.status) == (sender.number, code)]
        if ids:
            replies.append(Reply(ids[0], sender, int(code), text, datetime.fromisoformat(at)))
    last = next((code for _, _, code, _ in reversed(found.said) if code.isdecimal()), "")
    return Standing(int(last) if last else None, shown(last).text if last else "", tuple(replies))


def incoming() -> Sequence[Incoming]:
    """The envelopes that came in, oldest first."""
    with scoped(Role.PIPELINE):
        rows = list(Inbound.objects.defer("data").order_by("received_at"))
        answers = {one.id: one for one in Envelope.objects.filter(about__isnull=False).only("id", "stage", "said")}
        kept = Document.objects.filter(envelope__in=[row.id for row in rows], direction=Direction.IN)
        filed: dict[str, list[Document]] = {}
        for one in kept.only("ettn", "number", "kind", "profile", "envelope", "about_id").order_by("id"):
            filed.setdefault(str(one.envelope), []).append(one)
        return [_incoming(row, filed.get(row.id, []), answers) for row in rows]


def came(id: str) -> bytes:
    """The ZIP of an envelope that came in; empty if there is none of that id."""
    with scoped(Role.PIPELINE):
        row = Inbound.objects.filter(id=id.lower()).only("data").first()
        return archive.open_loose(bytes(row.data)) if row else b""


def image(ettn: str) -> Image | None:
    """The first page of a document that was issued, and what a scanner reads on it; None where there is no scanner
    (the package ``zxing-cpp``)."""
    try:
        import zxingcpp
    except ImportError:
        return None
    with scoped(Role.PIPELINE):
        id, month, owner = Document.objects.values_list("id", "month", "taxpayer_id").get(
            ettn=ettn, direction=Direction.OUT
        )
    with scoped(Role.WEB, [owner]):
        ref = archive.Ref(owner, month, id)
        body, look = archive.read([ref])[ref], look_for(Document.objects.get(id=id))
    drawn = to_png(body, design=look, width=_WIDE)
    codes = zxingcpp.read_barcodes(Picture.open(io.BytesIO(drawn)))
    is_second = any(code.symbology_identifier in _MODEL_2 for code in codes)
    symbol = "QR Code Model 2" if is_second else ", ".join(str(code.format) for code in codes)
    return Image("image/png", drawn, tuple(code.text for code in codes), symbol)


def _incoming(row: Inbound, documents: Sequence[Document], answers: dict[UUID, Envelope]) -> Incoming:
    is_known = row.type in set(EnvelopeType)
    answer = answers.get(row.response) if row.response else None
    is_processed = row.stage in _PROCESSED
    about = _response(row.id) if row.type == EnvelopeType.SYSTEM else None
    return Incoming(
        row.id,
        EnvelopeType(row.type) if is_known else None,
        Party(row.sender_alias, row.sender_number),
        Party(row.receiver_alias, row.receiver_number),
        row.received_at,
        tuple(_received(one) for one in documents),
        about.about if about else "",
        is_processed and not row.reason if is_processed else None,
        int(row.code or _FINE) if is_processed else None,
        (row.reason or {}).get("tr", ""),
        str(row.response or ""),
        bool(answer and answer.said),
    )


def _received(document: Document) -> Received:
    kind = KINDS.get(document.kind)
    return Received(
        str(document.ettn),
        document.number or "",
        kind.root if kind else document.kind,
        document.profile,
        _ettn_of(document.about_id),
        _answer_of(document.id),
        by_rules=True,
        by_seal=True,
    )


def _ettn_of(id: int | None) -> str:
    found = Document.objects.filter(id=id).values_list("ettn", flat=True).first() if id else None
    return str(found or "")


def _answer_of(carrier: int) -> str:
    """KABUL or RED, as it was filed with the invoice that a document answers; empty for what answers nothing."""
    return Answer.objects.filter(carrier_id=carrier).values_list("code", flat=True).first() or ""


def _responses() -> Sequence[tuple[str, SystemResponse]]:
    ids = Inbound.objects.filter(type=EnvelopeType.SYSTEM).order_by("received_at").values_list("id", flat=True)
    found = [(id, _response(id)) for id in ids]
    return [(id, one) for id, one in found if one is not None]


def _response(id: str) -> SystemResponse | None:
    if id not in _READ:
        row = Inbound.objects.only("data").get(id=id)
        _READ[id] = _read(archive.open_loose(bytes(row.data)))
    return _READ[id]


def _read(data: bytes) -> SystemResponse | None:
    try:
        return next(read_response(document.data) for document in opening(data))
    except (UlakError, StopIteration):
        return None
