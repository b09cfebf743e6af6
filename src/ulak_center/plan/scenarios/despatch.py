"""Despatch advices in both directions, and the code on their image.

Source: e-Fatura Test Planı V1.3, 8.
"""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_center.plan.candidate import Order, Sample
from ulak_center.plan.scenarios.inbound import Asked
from ulak_center.plan.scenarios.mailbox import delivery_steps
from ulak_center.plan.scenarios.parts import fail, text
from ulak_center.plan.scenarios.sections import DESPATCH
from ulak_center.plan.scenarios.sender import CHECKS, check_step, send_step
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Evidence, Found, NotJudged, Step

__all__ = ["STEPS"]

_NO_IMAGE: Final = Text("kurum belgenin görüntüsünü göstermiyor", "the candidate shows no image of the document")
_SYMBOL: Final = "QR Code Model 2"


def _order(scene: Scene) -> Order:
    return Order(Sample.DESPATCH, scene.portal.mailbox)


def _image(scene: Scene) -> Found:
    """The code may hold more than the ETTN (Karekod Standardı Kılavuzu V1.2, 2.3)."""
    (ettn,) = scene.notes["8.1"].documents
    image = scene.candidate.image(ettn)
    if image is None:
        raise NotJudged(_NO_IMAGE)
    if image.symbol != _SYMBOL or not any(ettn.lower() in code.lower() for code in image.codes):
        raise fail(
            "görüntüde ETTN'yi taşıyan {symbol} yok: {found}",
            "the image has no {symbol} with the ETTN: {found}",
            symbol=_SYMBOL,
            found=", ".join((image.symbol, *image.codes)),
        )
    evidence = Evidence(
        f"{ettn}.{image.media_type.rpartition('/')[2]}", Text("Belgenin görüntüsü", "The image"), image.data
    )
    return Found(text("{symbol}: {ettn}", "{symbol}: {ettn}", symbol=_SYMBOL, ettn=ettn), (), (ettn,), (evidence,))


STEPS: Final = (
    Step(
        "8.1-a",
        DESPATCH,
        Text("Mühürlü irsaliyelerin zarfı gönderilir", "An envelope of sealed despatch advices is sent"),
        Text("Merkez alır", "Merkez takes it"),
        send_step("8.1", _order),
        ("4-a", "4-b"),
    ),
    *(
        Step(
            f"8.1-{letter}",
            DESPATCH,
            title,
            expected,
            check_step("8.1", number),
            tuple(f"8.1-{need}" for need in needs.split()),
        )
        for number, (letter, title, expected, needs) in enumerate(CHECKS[:-1])
    ),
    *delivery_steps(
        DESPATCH,
        "8.2",
        lambda scene: Asked((scene.mailbox,), "TEMELIRSALIYE", "despatch"),
        Text("Portalda irsaliye oluşturulup kuruma gönderilir", "At the portal a despatch advice is made and sent"),
        "e",
    ),
    Step(
        "8.3",
        DESPATCH,
        Text("İrsaliyenin görüntüsüne bakılır", "The despatch advice's image is looked at"),
        Text("ETTN'yi taşıyan karekod (QR Code Model 2) görülür", "a QR code (Model 2) holds the ETTN"),
        _image,
        ("8.1-a",),
    ),
)
