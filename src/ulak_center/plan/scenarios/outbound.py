"""Envelopes from the candidate to the portal user: what TP 5.1.1 looks at, for any number of them.

Sources: e-Fatura Test Planı V1.3, 5.1.1; 5.1.3, 6.1, 7-a and 8.1 repeat it; Özel Entegrasyon Kılavuzu V1.13, 6.3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from ulak.envelope import GIB
from ulak.errors import Text
from ulak_center.plan.candidate import Order, Packet, Reply, Sent
from ulak_center.plan.gib import PortalEnvelope
from ulak_center.plan.scenarios.parts import (
    answer_to_query,
    fail,
    joined,
    packets_as_evidence,
    received_message,
    said_about,
    shown_text,
    text,
)
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Evidence, Found, decimal

__all__ = [
    "Check",
    "Run",
    "all_checks",
    "at_portal",
    "completed",
    "judged_by",
    "replied_by",
    "send",
    "send_packets",
    "whole",
]

_OK: Final = 1200
_COMPLETED: Final = 1300
_MERKEZ: Final = Text("Merkezin", "Merkez's")
_PORTAL: Final = Text("portaldaki alıcının", "the portal user's")


class Run(NamedTuple):
    """Envelopes that were sent.

    Attributes:
        seconds: from the begin of the first sending to the end of the last.
    """

    packets: tuple[Packet, ...]
    sent: tuple[Sent, ...]
    seconds: float

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(packet.id for packet in self.packets)

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(document.ettn for packet in self.packets for document in packet.documents)

    @property
    def is_bulk(self) -> bool:
        return len(self.documents) > 20


Check = Callable[[Scene, Run], Found]


def send(scene: Scene, order: Order, limit: float | None = None) -> tuple[Run, Found]:
    """Have envelopes made, then sent one after the other.

    Args:
        limit: real seconds within which all must have been sent.
    """
    packets = tuple(scene.candidate.prepare(order))
    if len(packets) != order.envelopes or any(len(packet.documents) != order.documents for packet in packets):
        raise fail(
            "istenen {envelopes} × {documents} yerine {made} zarf hazırlandı",
            "instead of the {envelopes} × {documents} asked for, {made} envelopes were made",
            envelopes=order.envelopes,
            documents=order.documents,
            made=len(packets),
        )
    return send_packets(scene, packets, limit)


def send_packets(scene: Scene, packets: Sequence[Packet], limit: float | None = None) -> tuple[Run, Found]:
    """Send what was prepared; see `send`."""
    began = scene.pulse()
    sent = tuple(scene.candidate.send([packet.id for packet in packets]))
    run = Run(tuple(packets), sent, scene.pulse() - began)
    evidence = packets_as_evidence(packets)
    for one in sent:
        if one.fault is not None:
            raise fail(
                "{id} kabul edilmedi: {fault}", "{id} was not taken: {fault}", id=one.id, fault=shown_text(one.fault)
            )
    for packet in packets:
        if scene.gib.envelope(packet.id) is None:
            raise fail("{id} Merkezde yok", "Merkez does not have {id}", id=packet.id)
    if limit is not None and run.seconds > limit:
        raise fail(
            "gönderim {seconds} saniye sürdü, sınır {limit:g}",
            "sending took {seconds} seconds, the limit is {limit:g}",
            seconds=decimal(run.seconds, 1),
            limit=limit,
        )
    return run, Found(_sent(run), run.ids, run.documents, evidence, run.seconds)


def _sent(run: Run) -> Text:
    """What was sent; answers and account messages are no documents that a portal could show."""
    facts = {"count": len(run.packets), "documents": len(run.documents), "seconds": decimal(run.seconds)}
    if not run.documents:
        return text(
            "{count} zarf {seconds} saniyede gönderildi, Merkez hepsini aldı",
            "Envelopes sent: {count}, in {seconds} seconds; Merkez took all",
            **facts,
        )
    return text(
        "{count} zarf, {documents} belge {seconds} saniyede gönderildi, Merkez hepsini aldı",
        "Envelopes sent: {count}, with {documents} documents, in {seconds} seconds; Merkez took all",
        **facts,
    )


def replied_by(number: str, whose: Text) -> Check:
    """A check: of every envelope a system response of that sender came in."""

    def check(scene: Scene, run: Run) -> Found:
        what = text("{whose} sistem yanıtı", "{whose} system response", whose=whose)
        replies = [
            scene.until(what, lambda id=packet.id: _reply(scene, id, number), bulk=run.is_bulk)  # type: ignore[misc]
            for packet in run.packets
        ]
        said = text(
            "{whose} {count} sistem yanıtı geldi",
            "{whose} {count} system responses came",
            whose=whose,
            count=len(replies),
        )
        evidence = tuple(_proven(scene, id, reply) for id, reply in zip(run.ids, replies, strict=True))
        return Found(said, (*run.ids, *(reply.id for reply in replies)), evidence=evidence)

    return check


def judged_by(number: str, whose: Text) -> Check:
    """A check: that system response says 1200, and the candidate shows code and text."""

    def check(scene: Scene, run: Run) -> Found:
        for packet in run.packets:
            reply = _reply(scene, packet.id, number)
            if reply is None or reply.code != _OK or not reply.text:
                found = "-" if reply is None else f"{reply.code} {reply.text}"
                raise fail(
                    "{id}: {whose} yanıtı {found}, beklenen 1200",
                    "{id}: {whose} response is {found}, 1200 was expected",
                    id=packet.id,
                    whose=whose,
                    found=found,
                )
            standing = scene.candidate.standing(packet.id)
            if standing.code is None or not standing.text:
                raise fail("{id}: durumu gösterilmiyor", "{id}: its state is not shown", id=packet.id)
        shown = scene.candidate.standing(run.packets[0].id)
        return Found(text("{code} {text}", "{code} {text}", code=shown.code, text=shown.text), run.ids)

    return check


def at_portal(scene: Scene, run: Run) -> Found:
    """The portal user has every envelope and every document in it."""
    wanted = {packet.id.lower(): {document.ettn.lower() for document in packet.documents} for packet in run.packets}

    def arrived() -> dict[str, PortalEnvelope] | None:
        there = {one.id: one for one in scene.gib.portal_incoming() if one.id in wanted}
        return there if len(there) == len(wanted) else None

    there = scene.until(Text("zarflar portalda", "the envelopes at the portal"), arrived, bulk=run.is_bulk)
    for id, documents in wanted.items():
        if documents != set(there[id].documents):
            raise fail("{id}: belgeleri portalda farklı", "{id}: its documents differ at the portal", id=id)
    said = text(
        "portalda {count} zarf, {documents} belge görüldü",
        "{count} envelopes with {documents} documents are at the portal",
        count=len(wanted),
        documents=len(run.documents),
    )
    return Found(said, run.ids, run.documents)


def completed(scene: Scene, run: Run) -> Found:
    """Asked by getApplicationResponse, Merkez says 1300 of every envelope, and the candidate shows it."""
    evidence: list[Evidence] = []
    said = Text("", "")
    for packet in run.packets:
        shown = scene.candidate.query(packet.id)
        if shown.code != _COMPLETED or not shown.text:
            raise fail(
                "{id}: {found}, beklenen 1300",
                "{id}: {found}, 1300 was expected",
                id=packet.id,
                found=shown_text(shown),
            )
        said = shown_text(shown)
        evidence.append(answer_to_query(packet.id, shown))
    return Found(said, run.ids, evidence=tuple(evidence))


def all_checks(scene: Scene) -> tuple[Check, ...]:
    """What 5.1.1 b to g look at, in its order."""
    portal = scene.portal.mailbox.number
    return (
        replied_by(GIB.number, _MERKEZ),
        judged_by(GIB.number, _MERKEZ),
        at_portal,
        replied_by(portal, _PORTAL),
        judged_by(portal, _PORTAL),
        completed,
    )


def whole(scene: Scene, order: Order, limit: float | None = None) -> tuple[Run, Found]:
    """All of 5.1.1 in one step."""
    run, sent = send(scene, order, limit)
    found = [sent, *(check(scene, run) for check in all_checks(scene))]
    said = text(
        "{sent}; yanıtlar 1200, portalda görüldü, sorgu 1300",
        "{sent}; responses 1200, seen at the portal, query 1300",
        sent=sent.text,
    )
    return run, joined(found, said)._replace(seconds=run.seconds)


def _reply(scene: Scene, id: str, number: str) -> Reply | None:
    replies = scene.candidate.standing(id).replies
    return next((reply for reply in replies if reply.sender.number == number), None)


def _proven(scene: Scene, id: str, reply: Reply) -> Evidence:
    """The system response as it travelled; raises `Failed` unless it says of that envelope what the candidate shows."""
    evidence = received_message(scene, reply.id, "Gelen sistem yanıtı", "The system response that came")
    if said_about(id, evidence.data) != reply.code:
        raise fail("{id}: {code} gösterildi", "{id}: {code} was shown", id=reply.id, code=reply.code)
    return evidence
