"""The documents of an envelope looked at one after the other, each parsed once and let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import Document, ElementType, EnvelopeError, EnvelopeType, Header
from ulak.errors import Text
from ulak.rules import Checker, Pack
from ulak_center.judging.doubts import is_doubtful
from ulak_center.judging.filing import Noted, noted
from ulak_center.judging.parties import party_faults
from ulak_center.judging.problems import Refused
from ulak_center.judging.reaching import is_read
from ulak_center.judging.reading import Reading, label, may_share_ids, root_of, shape_of, thorough_fault
from ulak_center.judging.rules import Inside, judged_alone, worse
from ulak_center.judging.signers import Signers, signers_of

__all__ = ["Looked", "Shapes", "elements_of", "look"]

_MOST_SHAPES: Final = 1_000
_LONGEST_SHAPE: Final = 4_096


class Looked(NamedTuple):
    """What is known of one document.

    Attributes:
        signers: who sealed it, or why that cannot be told.
    """

    document: Document
    noted: Noted
    label: Text
    signers: Signers | Refused


class _Look:
    """One pass over the documents of an envelope, and the worst that the rules say of them."""

    def __init__(self, checker: Checker, header: Header, today: date) -> None:
        self._checker = checker
        self._header = header
        self._today = today
        self.fault: Refused | None = None

    def at(self, document: Document) -> Looked:
        """Look at one document.

        Raises:
            EnvelopeError: it is no XML.
        """
        root = root_of(document)
        element = document.type
        assert element is not None
        one = noted(element, root, document.data)
        where = label(document, one.filed)
        self._judge(root, document, one, where)
        return Looked(document, one, where, _signers(root, one, where))

    def _judge(self, root: etree._Element, document: Document, one: Noted, where: Text) -> None:
        self.fault = worse(self.fault, judged_alone(self._checker, root, document, one.filed, self._today))
        for fault in party_faults(one.filed, self._header, where):
            self.fault = worse(self.fault, fault)


class Shapes:
    """Shapes of envelopes in which no fault was found, by the rules that looked for one. Threads may share it."""

    def __init__(self) -> None:
        self._fine: set[tuple[str, bytes]] = set()

    def is_fine(self, pack: Pack, shape: bytes) -> bool:
        return (pack.sha256, shape) in self._fine

    def note(self, pack: Pack, shape: bytes) -> None:
        if shape and len(shape) <= _LONGEST_SHAPE:
            if len(self._fine) >= _MOST_SHAPES:
                self._fine.clear()
            self._fine.add((pack.sha256, shape))


def look(
    reading: Reading, name: str, data: bytes, checker: Checker, today: date, shapes: Shapes | None = None
) -> list[Looked]:
    """Everything known of the documents, once the rules have nothing against them.

    Args:
        shapes: those known to be fine, to which more may be added.

    Raises:
        EnvelopeError: what only parsed documents show (1140, 1160).
        Refused: ``judge.schema``, ``judge.schematron``, ``judge.unjudged`` and what `party_faults` gives.
    """
    header = reading.header
    assert header is not None
    looking = _Look(checker, header, today)
    try:
        looked = [looking.at(document) for document in reading.documents]
    except EnvelopeError as fault:
        # Further on there may be a fault that comes earlier.
        raise thorough_fault(name, data) or fault from None
    if header.type is EnvelopeType.SENDER and may_share_ids(reading.documents):
        clash = thorough_fault(name, data)
        if clash is not None:
            raise clash
    inside = Inside(checker, today, header, data, reading.documents, [one.label for one in looked])
    worst = worse(looking.fault, _inside(inside, looked, looking.fault, shapes or Shapes()))
    if worst is not None:
        raise worst
    return looked


def _inside(inside: Inside, looked: Sequence[Looked], fault: Refused | None, shapes: Shapes) -> Refused | None:
    """What the rules say of documents where they stand, if that can differ from what was said already."""
    if fault is not None and fault.code == "judge.schema":
        return None
    if not is_read(inside.checker.pack) or is_doubtful([one.noted for one in looked], inside.header):
        return inside.whole()
    shape = shape_of(inside.data, inside.documents)
    if shape and shapes.is_fine(inside.checker.pack, shape):
        return None
    around = inside.shell()
    if around is None and fault is None:
        shapes.note(inside.checker.pack, shape)
    return around


def _signers(root: etree._Element, one: Noted, where: Text) -> Signers | Refused:
    try:
        return signers_of(root, one.filed.sender, where)
    except Refused as fault:
        return fault


def elements_of(documents: Sequence[Document]) -> frozenset[ElementType]:
    """The types of lists that the documents come from."""
    return frozenset(document.type for document in documents if document.type is not None)
