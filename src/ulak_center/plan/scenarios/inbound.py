"""Envelopes from the portal user to the candidate: what TP 5.2.1 looks at, for any number of them.

Sources: e-Fatura Test Planı V1.3, 5.2.1; 5.2.3, 6.2 and 8.2 repeat it; Özel Entegrasyon Kılavuzu V1.13, 6.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ulak.envelope import Party
from ulak.errors import Text
from ulak_center.plan.candidate import Incoming
from ulak_center.plan.gib import PortalEnvelope
from ulak_center.plan.scenarios.parts import (
    answer_to_query,
    fail,
    joined,
    message,
    received_message,
    said_about,
    shown_text,
    text,
)
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Evidence, Found, decimal

__all__ = ["Delivery", "asked", "at_sender", "deliver", "processed", "received", "responded", "whole"]

_OK: Final = 1200
_COMPLETED: Final = 1300


class Asked(NamedTuple):
    """What the portal user is to send.

    Attributes:
        kind: ``invoice`` or ``despatch``.
        receivers: to whom, in turn.
    """

    receivers: tuple[Party, ...]
    profile: str = "TEMELFATURA"
    kind: str = "invoice"
    envelopes: int = 1
    documents: int = 1


class Delivery(NamedTuple):
    """Envelopes that the portal user sent."""

    envelopes: tuple[PortalEnvelope, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.envelopes)

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(ettn for one in self.envelopes for ettn in one.documents)

    @property
    def is_bulk(self) -> bool:
        return len(self.documents) > 20


def deliver(scene: Scene, asked: Asked) -> tuple[Delivery, Found]:
    """Let the portal user make and send documents."""
    shares = _shares(asked.envelopes, len(asked.receivers))
    envelopes: list[PortalEnvelope] = []
    for receiver, share in zip(asked.receivers, shares, strict=True):
        if share:
            envelopes += scene.gib.portal_send(
                receiver, kind=asked.kind, profile=asked.profile, documents=asked.documents, envelopes=share
            )
    delivery = Delivery(tuple(envelopes))
    said = text(
        "portal {count} zarf, {documents} belge gönderdi",
        "the portal user sent {count} envelopes with {documents} documents",
        count=len(envelopes),
        documents=len(delivery.documents),
    )
    return delivery, Found(said, delivery.ids, delivery.documents)


def _shares(whole: int, parts: int) -> list[int]:
    """A number in as many parts as equal as can be.

    >>> _shares(10, 3)
    [4, 3, 3]
    """
    return [whole // parts + (part < whole % parts) for part in range(parts)]


def received(scene: Scene, delivery: Delivery) -> Found:
    """The candidate has every envelope, byte by byte as Merkez sent it."""
    what = Text("zarflar kurumda", "the envelopes at the candidate")
    scene.until(what, lambda: _there(scene, delivery), bulk=delivery.is_bulk)
    about = ("Kurumun aldığı zarf", "The envelope that the candidate received")
    evidence = [received_message(scene, id, *about) for id in delivery.ids]
    said = text("{count} zarf geldi", "{count} envelopes came in", count=len(delivery.ids))
    return Found(said, delivery.ids, delivery.documents, tuple(evidence))


def processed(scene: Scene, delivery: Delivery) -> Found:
    """Schema and Schematron of the envelopes, schema, Schematron and seal of the documents were found good."""
    what = Text("zarfların işlenmesi", "the envelopes to be processed")
    found = scene.until(what, lambda: _processed(scene, delivery), bulk=delivery.is_bulk)
    for one, sent in zip(found, delivery.envelopes, strict=True):
        _refuse_doubtful(one)
        if {document.ettn.lower() for document in one.documents} != set(sent.documents):
            raise fail("{id}: belgeleri eksik ya da farklı", "{id}: its documents are missing or others", id=one.id)
    said = text(
        "{count} zarf ve {documents} belge şema, şematron ve mühür denetiminden geçti",
        "{count} envelopes and {documents} documents passed schema, Schematron and seal",
        count=len(found),
        documents=len(delivery.documents),
    )
    return Found(said, delivery.ids, delivery.documents)


def _refuse_doubtful(one: Incoming) -> None:
    documents = all(document.by_rules and document.by_seal for document in one.documents)
    if one.code != _OK or not one.by_rules or not documents:
        raise fail(
            "{id}: {code} {reason}; zarf ve belgeler denetimden geçmedi ya da denetlenmedi",
            "{id}: {code} {reason}; envelope or documents did not pass, or were not looked at",
            id=one.id,
            code=one.code,
            reason=one.reason,
        )


def responded(scene: Scene, delivery: Delivery) -> Found:
    """Of every envelope a system response 1200 was sent, and Merkez has it."""
    what = Text("kurumun sistem yanıtı", "the candidate's system response")
    found = scene.until(what, lambda: _responded(scene, delivery), bulk=delivery.is_bulk)
    evidence = [_proven_response(scene, one, _OK) for one in found]
    ids = (*delivery.ids, *(one.response for one in found))
    said = text("{count} sistem yanıtı gönderildi", "{count} system responses were sent", count=len(found))
    return Found(said, ids, evidence=tuple(evidence))


def _proven_response(scene: Scene, one: Incoming, status: int) -> Evidence:
    """The response as Merkez has it; raises `Failed` if it says something else."""
    data = scene.gib.message(one.response)
    said = said_about(one.id, data)
    if said != status:
        raise fail("{id}: yanıt {said}", "{id}: the response is {said}", id=one.response, said=said)
    return message(one.response, data, "Kurumun sistem yanıtı", "The candidate's system response")


def at_sender(scene: Scene, delivery: Delivery) -> Found:
    """Merkez has settled every envelope: the mailbox's system response has come (1300)."""
    what = Text("'Posta Kutusundan Sistem Yanıtı' durumu", "the state that the mailbox's response has come")

    def settled() -> bool | None:
        states = [scene.gib.envelope(id) for id in delivery.ids]
        return True if all(one is not None and one.state == _COMPLETED for one in states) else None

    scene.until(what, settled, bulk=delivery.is_bulk)
    said = Text("Posta Kutusundan Sistem Yanıtı geldi (1300)", "The mailbox's system response has come (1300)")
    return Found(said, delivery.ids)


def asked(scene: Scene, delivery: Delivery) -> Found:
    """Of its own system response the candidate asks Merkez, and shows code and text."""
    arrived = {one.id.lower(): one for one in scene.candidate.incoming()}
    said = Text("", "")
    evidence = []
    responses = []
    for id in delivery.ids:
        response = arrived[id].response
        shown = scene.candidate.query(response)
        evidence.append(answer_to_query(response, shown))
        said = shown_text(shown)
        responses.append(response)
    return Found(said, tuple(responses), evidence=tuple(evidence))


CHECKS: Final = (received, processed, responded, at_sender, asked)


def whole(scene: Scene, order: Asked, limit: float | None = None) -> tuple[Delivery, Found]:
    """All of 5.2.1 in one step.

    Args:
        limit: real seconds from the order to the last reception.
    """
    began = scene.pulse()
    delivery, sent = deliver(scene, order)
    arrived = received(scene, delivery)
    seconds = scene.pulse() - began
    if limit is not None and seconds > limit:
        raise fail(
            "gönderim {seconds} saniye sürdü, sınır {limit:g}",
            "sending took {seconds} seconds, the limit is {limit:g}",
            seconds=decimal(seconds, 1),
            limit=limit,
        )
    found = [sent, arrived, *(check(scene, delivery) for check in CHECKS[1:])]
    said = text(
        "{sent}; son zarf {seconds} saniyede geldi, hepsi işlendi ve yanıtlandı, sorgu yanıt verdi",
        "{sent}; the last came within {seconds} seconds, all were processed and answered, the query was, too",
        sent=sent.text,
        seconds=decimal(seconds),
    )
    return delivery, joined(found, said)._replace(seconds=seconds)


def _there(scene: Scene, delivery: Delivery) -> Sequence[Incoming] | None:
    arrived = {one.id.lower(): one for one in scene.candidate.incoming()}
    found = [arrived[id] for id in delivery.ids if id in arrived]
    return found if len(found) == len(delivery.ids) else None


def _processed(scene: Scene, delivery: Delivery) -> Sequence[Incoming] | None:
    found = _there(scene, delivery)
    return found if found and all(one.code is not None for one in found) else None


def _responded(scene: Scene, delivery: Delivery) -> Sequence[Incoming] | None:
    found = _there(scene, delivery)
    return found if found and all(one.responded for one in found) else None
