"""Preparation: documents made, sealed and enveloped, before anything is sent.

Source: e-Fatura Test Planı V1.3, 3 (a to l).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ulak.errors import Text
from ulak_center.plan.candidate import Packet, Sample
from ulak_center.plan.scenarios.parts import fail, message, refuse_failed, text, xml
from ulak_center.plan.scenarios.sections import PREPARATION
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Step

__all__ = ["STEPS"]

_VALID: Final = Text("şema (XSD) ve şematron denetiminden geçer", "it passes schema (XSD) and Schematron")
_SEALED: Final = Text("mühür geçerlilik denetiminden geçer", "the seal passes the validity check")
_SHOWN: Final = Text("doğrulanır ve görüntülenir", "it is verified and displayed")
_PASSED: Final = Text("geçti", "passed")
_INVOICE: Final = Text("fatura", "invoice")
_ANSWER: Final = Text("uygulama yanıtı", "application response")
_RESPONSE: Final = Text("sistem yanıtı", "system response")
_WORDS: Final = {Sample.BASIC: _INVOICE, Sample.ANSWER: _ANSWER, Sample.SYSTEM_RESPONSE: _RESPONSE}

Run = Callable[[Scene], Found]


def _make(what: Sample) -> Run:
    def run(scene: Scene) -> Found:
        document = scene.candidate.sample(what)
        scene.notes[f"made {what}"] = document
        refuse_failed(_WORDS[what], scene.viewer.checks.rules(document))
        return Found(_PASSED, evidence=(xml(f"P-{what.value}", document, "Örnek belge", "The sample"),))

    return run


def _seal(what: Sample) -> Run:
    def run(scene: Scene) -> Found:
        sealed = scene.candidate.seal(scene.notes[f"made {what}"])
        scene.notes[f"sealed {what}"] = sealed
        refuse_failed(_WORDS[what], scene.viewer.checks.rules(sealed))
        refuse_failed(_WORDS[what], scene.viewer.checks.seal(sealed))
        return Found(_PASSED, evidence=(xml(f"P-{what.value}-sealed", sealed, "Mühürlü belge", "The sealed document"),))

    return run


def _look(what: Sample) -> Run:
    def run(scene: Scene) -> Found:
        refuse_failed(_WORDS[what], scene.viewer.look(scene.notes[f"sealed {what}"]))
        return Found(text("doğrulandı ({by})", "verified ({by})", by=scene.viewer.judges))

    return run


def _envelope(what: Sample, note: str) -> Run:
    def run(scene: Scene) -> Found:
        packet = scene.candidate.envelope([scene.notes[f"{note} {what}"]])
        scene.notes[f"packed {what}"] = packet
        refuse_failed(Text("zarf", "envelope"), scene.viewer.checks.envelope(packet.data, f"{packet.id}.zip"))
        return Found(_PASSED, (packet.id,), evidence=(message(packet.id, packet.data, "Zarf", "The envelope"),))

    return run


def _take_out(what: Sample) -> Run:
    def run(scene: Scene) -> Found:
        packet: Packet = scene.notes[f"packed {what}"]
        taken = list(scene.candidate.take_out(packet.data))
        if len(taken) != 1 or taken[0] not in scene.notes[f"sealed {what}"]:
            raise fail(
                "zarftan çıkan belge konulanla bayt bayt aynı değil",
                "what was taken out is not byte by byte what was put in",
            )
        refuse_failed(_WORDS[what], scene.viewer.look(taken[0]))
        return Found(
            text("bayt bayt aynı, doğrulandı ({by})", "the same byte by byte, verified ({by})", by=scene.viewer.judges)
        )

    return run


def _step(letter: str, tr: str, en: str, expected: Text, run: Run, *needs: str) -> Step:
    return Step(f"P-{letter}", PREPARATION, Text(tr, en), expected, run, tuple(f"P-{need}" for need in needs))


STEPS: Final = (
    _step("a", "Örnek e-fatura oluşturulur", "A sample invoice is made", _VALID, _make(Sample.BASIC)),
    _step("b", "Sistem yanıtı oluşturulur", "A system response is made", _VALID, _make(Sample.SYSTEM_RESPONSE)),
    _step("c", "Uygulama yanıtı oluşturulur", "An application response is made", _VALID, _make(Sample.ANSWER)),
    _step("d", "Fatura mühürlenir", "The invoice is sealed", _SEALED, _seal(Sample.BASIC), "a"),
    _step("e", "Uygulama yanıtı mühürlenir", "The application response is sealed", _SEALED, _seal(Sample.ANSWER), "c"),
    _step("f", "Fatura görüntüleyicide açılır", "The invoice is opened in a viewer", _SHOWN, _look(Sample.BASIC), "d"),
    _step("g", "Yanıt görüntüleyicide açılır", "The response is opened in a viewer", _SHOWN, _look(Sample.ANSWER), "e"),
    _step(
        "h", "Fatura zarfa konur", "The invoice is put into an envelope", _VALID, _envelope(Sample.BASIC, "sealed"), "d"
    ),
    _step(
        "i",
        "Fatura zarftan çıkarılıp görüntüleyicide açılır",
        "The invoice is taken out and opened in a viewer",
        _SHOWN,
        _take_out(Sample.BASIC),
        "h",
    ),
    _step(
        "j",
        "Uygulama yanıtı zarfa konur",
        "The application response is put into an envelope",
        _VALID,
        _envelope(Sample.ANSWER, "sealed"),
        "e",
    ),
    _step(
        "k",
        "Uygulama yanıtı zarftan çıkarılıp görüntüleyicide açılır",
        "The application response is taken out and opened in a viewer",
        _SHOWN,
        _take_out(Sample.ANSWER),
        "j",
    ),
    _step(
        "l",
        "Sistem yanıtı zarfa konur",
        "The system response is put into an envelope",
        _VALID,
        _envelope(Sample.SYSTEM_RESPONSE, "made"),
        "b",
    ),
)
