"""A center in this process with a clock that stands still, and integrators that listen in this process too."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from center_registry import ARDIC_GB, ARDIC_PK, INTEGRATOR, MELTEM_GB, MELTEM_PK, OTHER
from seal_pki import NOW, key
from ulak.envelope import (
    ElementType,
    Envelope,
    EnvelopeType,
    Group,
    Header,
    Packed,
    Party,
    SystemResponse,
    pack,
    query_answer,
    read_response,
    respond,
)
from ulak.envelope.opening import opening
from ulak.seal.sealing import seal
from ulak.ubl.documents import Document as UblDocument
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json
from ulak.wire import ServiceFault, efatura
from ulak_center.center import Center, Setup
from ulak_center.clock import VirtualClock
from ulak_center.courier import InlineCourier, Request
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.registry import Integrator
from ulak_center.values import Role, Unit, Use

__all__ = [
    "ARDIC_GB",
    "ARDIC_PK",
    "INTEGRATOR",
    "MELTEM_GB",
    "MELTEM_PK",
    "OTHER",
    "Kurum",
    "Laboratory",
    "laboratory",
    "sealed",
    "sender_envelope",
]

START: Final = NOW
_EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_NUMBERS: Final = itertools.count(1)


@cache
def _judge() -> Judge:
    """A judge by the packs in force; shared, so that rules are compiled once."""
    return Judge(Packs().checker_of)


class Kurum:
    """An integrator's service, as the center calls it.

    Attributes:
        received: every envelope that came, by its id, in order.
        is_down: nobody answers.
        answers: the status that is answered to every envelope that wants one; empty for none.
    """

    def __init__(self, laboratory: Laboratory, answers: str = "1200") -> None:
        self._laboratory = laboratory
        self.received: dict[str, bytes] = {}
        self.calls: list[str] = []
        self.is_down = False
        self.answers = answers

    def __call__(self, request: Request) -> efatura.Receipt | efatura.SystemResponse:
        if self.is_down:
            raise ServiceFault.of("efatura", 2005, "SISTEM HATASI", None)
        if isinstance(request, efatura.Query):
            return self._told(request)
        id = request.file_name.removesuffix(".zip").lower()
        self.calls.append(id)
        efatura.check_document(request)
        if id in self.received:
            raise efatura.SERVICE.fault_of("sendDocument", 2001)
        self.received[id] = request.data
        if self.answers:
            self.answer(id, self.answers)
        return efatura.Receipt("ok", efatura.hash_of(request.data))

    def answer(self, id: str, status: str) -> None:
        """Send the system response to an envelope that came."""
        header = opening(self.received[id], parse=False).header
        if header.type is EnvelopeType.SYSTEM:
            return
        lab = self._laboratory
        packed = pack(respond(header, status, now=lab.center.clock.now(), new_id=new_id))
        lab.center.send_document(document_of(packed))

    def responses(self) -> list[SystemResponse]:
        """What the system responses that came say."""
        found = []
        for data in self.received.values():
            with suppress(Exception):
                found.append(read_response(data))
        return found

    def _told(self, request: efatura.Query) -> efatura.SystemResponse:
        data = self.received.get(request.envelope_id.lower())
        if data is None:
            raise efatura.SERVICE.fault_of("getApplicationResponse", 2004)
        header = opening(data, parse=False).header
        now = self._laboratory.center.clock.now()
        return efatura.SystemResponse(query_answer(header, self.answers or "1100", now=now, new_id=new_id))


class Laboratory:
    """A center, two integrators' services, and two taxpayers of the first.

    Attributes:
        kurum: the service of the integrator of Ardıç and Meltem.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        seed: int = 1,
        judge: Any = None,
        packs: Packs | None = None,
        at: datetime = START,
        **setup: Any,
    ) -> None:
        self.courier = InlineCourier()
        self.packs = packs or Packs()
        made = Setup(path, seed, VirtualClock(at), courier=self.courier, **setup)
        self.center = Center(made, judge or _judge(), self.packs)
        self.kurum = Kurum(self)
        self.courier.add("memory:kurum", self.kurum)
        self.center.register_integrator(Integrator(INTEGRATOR, "Deneme", "memory:kurum", "memory:kurum"))
        for gb, pk in ((ARDIC_GB, ARDIC_PK), (MELTEM_GB, MELTEM_PK)):
            self.open(gb, pk)

    def open(self, gb: Party, pk: Party, operator: str = INTEGRATOR, uses: Iterable[Use] = tuple(Use)) -> None:
        at = self.center.clock.now()
        units = [
            Unit(party.number, party.alias, role, use, operator, at)
            for party, role in ((gb, Role.GB), (pk, Role.PK))
            for use in uses
        ]
        self.center.open_account(gb.number, gb.title, "OZEL", units)

    def send(self, packed: Packed) -> str:
        """Send an envelope as an integrator would; its id."""
        self.center.send_document(document_of(packed))
        return packed.name.removesuffix(".zip").lower()

    def pass_time(self, **by: float) -> None:
        self.center.advance(timedelta(**by))

    def status(self, id: str) -> int:
        return self.center.dossier(id).envelope.status

    def stages(self, id: str) -> list[int]:
        """Every status that an envelope had, in order."""
        return [stage.status for stage in self.center.dossier(id).stages]

    def asked(self, id: str) -> SystemResponse:
        """What the center answers to whoever asks for an envelope."""
        return read_response(self.center.application_response(efatura.Query(id)).xml)


def laboratory(path: Path | None = None, **changes: Any) -> Laboratory:
    """A fresh one."""
    return Laboratory(path, **changes)


def new_id() -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"test:{next(_NUMBERS)}"))


def document_of(packed: Packed) -> efatura.Document:
    return efatura.Document(packed.name, packed.data, packed.md5)


def form(name: str, **changes: Any) -> dict[str, Any]:
    """An example's JSON with a number and an ETTN of its own."""
    given = json.loads((_EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    number = next(_NUMBERS)
    prefix = given["number"][:3] if "number" in given else "ARD"
    return {**given, "number": f"{prefix}2026{number:09}", "uuid": new_id(), **changes}


def sealed(name: str, by: str = "ardic", **changes: Any) -> bytes:
    """An example, with a number and an ETTN of its own, sealed by a key of the test PKI."""
    document = write_document(cast(UblDocument, from_json(form(name, **changes))))
    return seal(document, key(by), at=START)


def sender_envelope(
    *documents: bytes,
    sender: Party = ARDIC_GB,
    receiver: Party = MELTEM_PK,
    type: EnvelopeType = EnvelopeType.SENDER,
    element: ElementType = ElementType.INVOICE,
    id: str = "",
    at: datetime = START,
) -> Packed:
    """An envelope from Ardıç to Meltem with one list."""
    given = documents or (sealed("invoice/temelfatura-satis"),)
    return pack(Envelope(Header(type, id or new_id(), sender, receiver, at), (Group(element, given),)))
