"""What the steps of several sections have in common: sentences put together, and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ulak.errors import Text
from ulak_center.plan.candidate import Packet, Shown
from ulak_center.plan.checks import Found as Judged
from ulak_center.plan.values import Evidence, Failed, Found

__all__ = ["fail", "message", "refuse_failed", "shown_text", "text", "xml"]

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
