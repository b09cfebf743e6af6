"""Commercial invoices, accepted and rejected, in both directions. Returns (IADE) are not tested.

Source: e-Fatura Test Planı V1.3, 6.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ulak.envelope import GIB, EnvelopeType
from ulak.errors import Text
from ulak_center.plan.candidate import Answer, Incoming, Order, Packet, Sample
from ulak_center.plan.gib import PortalEnvelope
from ulak_center.plan.scenarios import inbound, outbound
from ulak_center.plan.scenarios.inbound import Asked
from ulak_center.plan.scenarios.parts import fail, joined, received_message, text
from ulak_center.plan.scenarios.sections import COMMERCIAL_RECEIVED, COMMERCIAL_SENT
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Step

__all__ = ["STEPS"]

_PROFILE: Final = "TICARIFATURA"
_REASON: Final = "Deneme: anlaşmaya uygun değil."
_WORDS: Final = {Answer.ACCEPT: Text("kabul", "accept"), Answer.REJECT: Text("ret", "reject")}


def _reason(answer: Answer) -> str:
    return _REASON if answer is Answer.REJECT else ""


# -- 6.1: the candidate sells ------------------------------------------------------------------------------------------


def _sell(key: str) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        order = Order(Sample.COMMERCIAL, scene.portal.mailbox)
        scene.notes[key], found = outbound.whole(scene, order)
        seen = outbound.at_portal(scene, scene.notes[key])
        return joined((found, seen), seen.text)

    return run


def _answer_at_portal(key: str, answer: Answer) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        (ettn,) = scene.notes[key].documents
        scene.gib.portal_answer(ettn, answer, _reason(answer))
        return Found(text("{ettn}: {answer}", "{ettn}: {answer}", ettn=ettn, answer=answer.value), documents=(ettn,))

    return run


def _answer_received(key: str, answer: Answer) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        (ettn,) = scene.notes[key].documents
        what = text("{answer} uygulama yanıtı", "the application response {answer}", answer=answer.value)
        came = scene.until(what, lambda: _answering(scene, ettn, answer))
        scene.notes[f"{key} answer"] = inbound.Delivery((PortalEnvelope(came.id.lower(), (_ettn_of(came, ettn),)),))
        about = ("Gelen uygulama yanıtının zarfı", "The application response's envelope")
        evidence = received_message(scene, came.id, *about)
        return Found(text("{id} geldi", "{id} came in", id=came.id), (came.id,), (ettn,), (evidence,))

    return run


def _answering(scene: Scene, ettn: str, answer: Answer) -> Incoming | None:
    for one in scene.candidate.incoming():
        for document in one.documents:
            is_about = document.about.lower() == ettn.lower() and document.answer == answer.value
            if one.type is EnvelopeType.POSTBOX and is_about:
                return one
    return None


def _ettn_of(came: Incoming, about: str) -> str:
    return next(one.ettn.lower() for one in came.documents if one.about.lower() == about.lower())


def _of_answer(key: str, check: Callable[[Scene, inbound.Delivery], Found]) -> Callable[[Scene], Found]:
    return lambda scene: check(scene, scene.notes[f"{key} answer"])


def _sold(number: int, answer: Answer) -> tuple[Step, ...]:
    key, word = f"6.1.{number}", _WORDS[answer]
    rows = (
        (
            "a",
            Text("Portalda ticari fatura görülür", "The commercial invoice is at the portal"),
            Text("5.1.1 geçer; zarf ve fatura görülür", "5.1.1 passes; envelope and invoice are there"),
            _sell(key),
        ),
        (
            "b",
            text("Fatura portalda yanıtlanır: {word}", "The invoice is answered at the portal: {word}", word=word),
            Text("yanıtlanır", "it is answered"),
            _answer_at_portal(key, answer),
        ),
        (
            "c",
            text(
                "Uygulama yanıtı alınır: {answer}", "The application response comes in: {answer}", answer=answer.value
            ),
            Text("alınır", "it comes in"),
            _answer_received(key, answer),
        ),
        (
            "d",
            Text("Zarf ve yanıt işlenir", "Envelope and response are processed"),
            Text("şema, şematron ve mühür denetiminden geçer", "they pass schema, Schematron and seal"),
            _of_answer(key, inbound.processed),
        ),
        (
            "e",
            Text("Sistem yanıtı Merkeze gönderilir", "A system response is sent to Merkez"),
            Text("Merkez alır", "Merkez takes it"),
            _of_answer(key, inbound.responded),
        ),
    )
    needs, steps = "5.1.1-g", []
    for letter, title, expected, run in rows:
        steps.append(Step(f"{key}-{letter}", COMMERCIAL_SENT, title, expected, run, (needs,)))
        needs = steps[-1].id
    return tuple(steps)


# -- 6.2: the candidate buys -------------------------------------------------------------------------------------------


def _buy(key: str) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        scene.notes[key], found = inbound.whole(scene, Asked((scene.mailbox,), _PROFILE))
        arrived = {one.id.lower(): one for one in scene.candidate.incoming()}
        profiles = {document.profile for id in scene.notes[key].ids for document in arrived[id].documents}
        if profiles != {_PROFILE}:
            raise fail("{found}, beklenen TICARIFATURA", "{found}, TICARIFATURA was expected", found=sorted(profiles))
        return found

    return run


def _answer_here(key: str, answer: Answer) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        (ettn,) = scene.notes[key].documents
        packet = scene.candidate.answer(ettn, answer, _reason(answer))
        scene.notes[f"{key} packet"] = packet
        said = text("{ettn}: {answer}", "{ettn}: {answer}", ettn=ettn, answer=answer.value)
        return Found(said, (packet.id,), (ettn,))

    return run


def _send_answer(key: str) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        packet: Packet = scene.notes[f"{key} packet"]
        scene.notes[f"{key} sent"], found = outbound.send_packets(scene, [packet])
        return found

    return run


def _of_sent(key: str, number: str, whose: Text) -> Callable[[Scene], Found]:
    """The system response of that sender came in, and says 1200."""

    def run(scene: Scene) -> Found:
        sender = number or scene.portal.sender.number
        sent: outbound.Run = scene.notes[f"{key} sent"]
        came = outbound.replied_by(sender, whose)(scene, sent)
        said = outbound.judged_by(sender, whose)(scene, sent)
        return joined((came, said), said.text)

    return run


def _bought(number: int, answer: Answer) -> tuple[Step, ...]:
    key, word = f"6.2.{number}", _WORDS[answer]
    processed = Text("alınır, 1200", "it comes in, 1200")
    rows = (
        (
            "a",
            Text("Entegrasyon kullanıcısında ticari fatura görülür", "The commercial invoice is at the candidate"),
            Text("5.2.1 geçer; zarf ve fatura görülür", "5.2.1 passes; envelope and invoice are there"),
            _buy(key),
        ),
        (
            "b",
            text("Fatura kurumda yanıtlanır: {word}", "The invoice is answered at the candidate: {word}", word=word),
            Text("yanıtlanır", "it is answered"),
            _answer_here(key, answer),
        ),
        (
            "c",
            text("{answer} uygulama yanıtı Merkeze gönderilir", "The response {answer} is sent", answer=answer.value),
            Text("Merkez alır", "Merkez takes it"),
            _send_answer(key),
        ),
        (
            "d",
            Text("Merkezin sistem yanıtı alınır", "Merkez's system response comes in"),
            processed,
            _of_sent(key, GIB.number, Text("Merkezin", "Merkez's")),
        ),
        (
            "e",
            Text("Karşı tarafın sistem yanıtı alınır", "The other party's system response comes in"),
            processed,
            _of_sent(key, "", Text("portalın", "the portal user's")),
        ),
    )
    needs, steps = "5.2.1-f", []
    for letter, title, expected, run in rows:
        steps.append(Step(f"{key}-{letter}", COMMERCIAL_RECEIVED, title, expected, run, (needs,)))
        needs = steps[-1].id
    return tuple(steps)


STEPS: Final = (
    *_sold(1, Answer.ACCEPT),
    *_sold(2, Answer.REJECT),
    *_bought(1, Answer.ACCEPT),
    *_bought(2, Answer.REJECT),
)
