"""What the steps of several sections have in common: sentences put together, and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ulak.envelope import read_response
from ulak.errors import Text, UlakError
from ulak_center.plan.candidate import Packet, Shown
from ulak_center.plan.checks import Found as Judged
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Evidence, Failed, Found

__all__ = [
    "answer_to_query",
    "fail",
    "joined",
    "message",
    "packets_as_evidence",
    "received_message",
    "refuse_failed",
    "said_about",
    "shown_text",
    "text",
    "xml",
]

_NOTHING = Text("kod ya da metin gösterilmedi", "neither code nor text was shown")
_SHOWN = Text("{code} {text}", "{code} {text}")


def text(tr: str, en: str, **facts: object) -> Text:
    """A sentence with its facts; a fact that is a `Text` is said in the sentence's language."""
    in_tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
    in_en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return Text(tr.format_map(in_tr), en.format_map(in_en))


def fail(tr: str, en: str, **facts: object) -> Failed:
    """To be raised: what was found instead."""
    return Failed(text(tr, en, **facts))


def refuse_failed(what: Text, judged: Judged) -> None:
    """Raises `Failed` unless a check passed."""
    if not judged.passed:
        raise fail(
            "{what}: {status}, {why}", "{what}: {status}, {why}", what=what, status=judged.status, why=judged.reason
        )


def message(id: str, data: bytes, tr: str, en: str) -> Evidence:
    """The ZIP of an envelope."""
    return Evidence(f"{id}.zip", Text(tr, en), data)


def xml(name: str, data: bytes, tr: str, en: str) -> Evidence:
    """A document, or the answer to a question."""
    return Evidence(f"{name}.xml", Text(tr, en), data)


def shown_text(shown: Shown) -> Text:
    """A code and a text as they were shown."""
    if shown.code is None and not shown.text:
        return _NOTHING
    return _SHOWN.format(code="" if shown.code is None else shown.code, text=shown.text)


def received_message(scene: Scene, id: str, tr: str, en: str) -> Evidence:
    """An envelope that the candidate received; raises `Failed` unless it is what Merkez sent, byte by byte."""
    data = scene.candidate.message(id)
    if not data or data != scene.gib.message(id):
        raise fail("{id}: baytları Merkezdekinden farklı", "{id}: its bytes differ from Merkez's", id=id)
    return message(id, data, tr, en)


def said_about(id: str, data: bytes) -> int:
    """The status that a system response gives an envelope; raises `Failed` if it is about another, or unreadable."""
    try:
        said = read_response(data)
    except UlakError as error:
        raise Failed(error.text) from None
    if not said.is_about(id):
        raise fail("yanıt {about} zarfı için", "the response is about the envelope {about}", about=said.about)
    return int(said.status)


def answer_to_query(id: str, shown: Shown) -> Evidence:
    """The answer of getApplicationResponse; raises `Failed` unless it says the code that is shown."""
    if shown.code is None or not shown.text or said_about(id, shown.message) != shown.code:
        raise fail("{id}: {shown}", "{id}: {shown}", id=id, shown=shown_text(shown))
    return xml(f"{id}-query", shown.message, "getApplicationResponse yanıtı", "The answer of getApplicationResponse")


def joined(parts: Iterable[Found], said: Text) -> Found:
    """Several findings as one, with a sentence of its own."""
    found: Sequence[Found] = list(parts)
    envelopes = tuple(dict.fromkeys(id for one in found for id in one.envelopes))
    documents = tuple(dict.fromkeys(id for one in found for id in one.documents))
    evidence = {one.name: one for each in found for one in each.evidence}
    return Found(said, envelopes, documents, tuple(evidence.values()))


def packets_as_evidence(packets: Iterable[Packet]) -> tuple[Evidence, ...]:
    """The envelopes that the candidate made."""
    return tuple(
        message(packet.id, packet.data, "Kurumun gönderdiği zarf", "The envelope that the candidate sent")
        for packet in packets
    )
