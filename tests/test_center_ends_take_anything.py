"""Whatever is delivered to GİB's own ends, they answer it and stay as they are."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from center_ends import end_laboratory, seals
from center_support import Laboratory, sealed, sender_envelope
from envelope_cases import CASES, Case
from seal_pki import NOW
from ulak.envelope import ElementType, Party
from ulak.errors import UlakError
from ulak_center.ends.answering import Answer
from ulak_center.ends.customs import EXPORT, Decision
from ulak_center.ends.reading import came
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.values import CUSTOMS

PORTAL: dict[str, Any] = {
    "tax_id": "5610247301",
    "name": "Portal A.Ş.",
    "address": {"town": "Çankaya", "city": "Ankara"},
}
ROUNDS = 80
_ELEMENT = re.compile(
    rb"<(cbc:\w+)[^<>]*>[^<>]*</\1>|<(cac:Party|cac:PartyIdentification|cac:Item)>.*?</\2>", re.DOTALL
)
_TEXT = re.compile(rb">[^<>]*<")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_every_bad_envelope_is_refused_and_none_raises(case: Case) -> None:
    found = came(case.data, seals().trust, NOW)
    assert found.status != 1200 or case.status in ("1142", "1150", "1160")


@pytest.fixture(scope="module")
def lab() -> Laboratory:
    """A center that does not look into documents, so that anything comes through."""
    return end_laboratory(judge=Judge(Packs().checker_of, documents=False))


@pytest.mark.parametrize("seed", range(4))
def test_damaged_documents_stop_nobody(lab: Laboratory, seed: int) -> None:
    chance = random.Random(seed)
    names = {
        "invoice/ticarifatura-satis": (lab.center.portal.mailbox, ElementType.INVOICE),
        "despatch_advice/temelirsaliye-sevk": (lab.center.portal.mailbox, ElementType.DESPATCH_ADVICE),
        "invoice/ihracat-istisna": (Party(EXPORT, CUSTOMS), ElementType.INVOICE),
    }
    delivered = 0
    for turn in range(ROUNDS // 4):
        name = list(names)[turn % len(names)]
        receiver, element = names[name]
        changes: dict[str, Any] = {} if "ihracat" in name else {"customer": PORTAL}
        document = damaged(sealed(name, **changes), chance)
        try:
            packed = sender_envelope(document, receiver=receiver, element=element)
        except UlakError:
            continue
        id = lab.send(packed)
        lab.pass_time(minutes=1)
        assert lab.status(id) in (1230, 1300) or lab.status(id) < 1200
        answer_all(lab)
        delivered += lab.status(id) >= 1230
    assert delivered > ROUNDS // 8


def damaged(document: bytes, chance: random.Random) -> bytes:
    """A document of which some elements are missing, doubled, or say something else."""
    for _ in range(chance.randint(1, 6)):
        element = chance.choice(list(_ELEMENT.finditer(document)))
        begin, end = element.span()
        whole = element.group()
        said = _TEXT.sub(b">" + chance.choice((b"", b"x", b"-1", b"9" * 40, b"2026-13-45", b"NaN")) + b"<", whole, 1)
        document = document[:begin] + chance.choice((b"", whole * 2, said)) + document[end:]
    return document


def answer_all(lab: Laboratory) -> None:
    """Try to answer the newest documents; only errors that are explained may come."""
    portal, customs = lab.center.portal, lab.center.customs
    for document in [one for envelope in portal.incoming(limit=1) for one in envelope.documents]:
        try_to(partial(portal.answer, document.ettn, Answer.ACCEPT))
    for document in [one for envelope in customs.incoming(limit=1) for one in envelope.documents]:
        try_to(partial(customs.decide, document.ettn, Decision(Answer.ACCEPT)))


def try_to(answer: Callable[[], object]) -> None:
    try:
        answer()
    except UlakError as error:
        assert error.code.startswith(("center.", "json.", "seal.", "totals."))  # noqa: PT017
