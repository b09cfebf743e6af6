"""Zero KDV, and the probes that GİB sends now and then.

Source: e-Fatura Test Planı V1.3, 7.
"""

from __future__ import annotations

from typing import Final

from ulak.codes import statuses
from ulak.envelope import GIB, read_response
from ulak.errors import Text
from ulak_center.plan.candidate import Incoming, Order, Sample
from ulak_center.plan.scenarios import outbound
from ulak_center.plan.scenarios.parts import fail, message, received_message, said_about, text
from ulak_center.plan.scenarios.sections import OTHER
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Step

__all__ = ["EXEMPT", "STEPS"]

EXEMPT: Final = "7-a"
"""The step whose envelope's number GİB wants to be told."""


def _exempt(scene: Scene) -> Found:
    run, found = outbound.whole(scene, Order(Sample.EXEMPT, scene.portal.mailbox))
    document = scene.candidate.take_out(run.packets[0].data)[0]
    if b"TaxExemptionReason" not in document:
        raise fail("faturada muafiyet sebebi yok", "the invoice states no reason for the exemption")
    return found


def _stray_response(scene: Scene) -> Found:
    id = scene.gib.probe("stray-response", scene.sender)
    came = scene.until(Text("yoklama", "the probe"), lambda: _processed(scene, id))
    if came.response:
        raise fail(
            "sistem yanıtına sistem yanıtı verildi: {id}", "it answered a system response: {id}", id=came.response
        )
    said = text("{id} alındı, işlem yapılmadı", "{id} was taken, nothing was done", id=id)
    return Found(said, (id,), evidence=(received_message(scene, id, "GİB'in yoklaması", "GİB's probe"),))


def _bad_invoice(scene: Scene) -> Found:
    id = scene.gib.probe("bad-invoice", scene.mailbox)
    what = Text("geçersiz faturanın sistem yanıtı", "the system response to the invalid invoice")
    came = scene.until(what, lambda: _answered(scene, id))
    data = scene.gib.message(came.response)
    status = said_about(id, data)
    known = statuses.get(str(status))
    if known is None or known.outcome is not statuses.Outcome.ERROR:
        raise fail(
            "yanıt {status}; geçersiz olduğunu belirten bir kod beklendi",
            "the response is {status}; a code that says it is invalid was expected",
            status=status,
        )
    if read_response(data).receiver.number != GIB.number:
        raise fail("yanıt GİB'e gitmedi", "the response did not go to GİB")
    evidence = (
        received_message(scene, id, "GİB'in yoklaması", "GİB's probe"),
        message(came.response, data, "Kurumun sistem yanıtı", "The candidate's system response"),
    )
    found = text("{status} {words}", "{status} {words}", status=status, words=known.label)
    return Found(found, (id, came.response), evidence=evidence)


def _processed(scene: Scene, id: str) -> Incoming | None:
    found = next((one for one in scene.candidate.incoming() if one.id.lower() == id.lower()), None)
    return found if found is not None and found.code is not None else None


def _answered(scene: Scene, id: str) -> Incoming | None:
    found = _processed(scene, id)
    return found if found is not None and found.responded else None


STEPS: Final = (
    Step(
        EXEMPT,
        OTHER,
        Text(
            "KDV'si sıfır, muafiyet sebebi yazılı bir temel fatura gönderilir", "A basic invoice with 0 % KDV is sent"
        ),
        Text("5.1.1'in bütün adımları", "all steps of 5.1.1"),
        _exempt,
        ("5.1.1-g",),
    ),
    Step(
        "7-b",
        OTHER,
        Text("GİB, hiçbir zarfa ait olmayan bir sistem yanıtı yollar", "GİB sends a response about no envelope"),
        Text("kurum alır; işlem gerekmez", "the candidate takes it; nothing need be done"),
        _stray_response,
        ("4-b",),
    ),
    Step(
        "7-c",
        OTHER,
        Text("GİB, şeması geçersiz bir fatura yollar", "GİB sends an invoice that breaks the schema"),
        Text(
            "kurum zarfı alır, geçersiz olduğunu sistem yanıtıyla bildirir",
            "the candidate takes the envelope, and says by a system response that it is invalid",
        ),
        _bad_invoice,
        ("4-b",),
    ),
)
