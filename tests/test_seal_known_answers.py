"""For a fixed key and clock every kind of document is sealed to the same bytes, for ever.

The files stand in ``tests/known_seals``. After a change that is meant, renew them with
``python tests/test_seal_known_answers.py`` and read the difference before committing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from seal_documents import KINDS, document
from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, NOW
from soap_messages import AT, ATTACHMENT, E_ARCHIVE, E_DEFTER, MTOM
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal
from ulak.seal.wssecurity import seal_message

FOLDER: Final = Path(__file__).parent / "known_seals"


def answers() -> Iterator[tuple[str, bytes]]:
    """Each file's name and what it must hold."""
    for kind in KINDS:
        yield kind, seal(document(kind), KNOWN_KEY, at=NOW)
    yield "Invoice-ec", seal(document("Invoice"), KNOWN_EC_KEY, at=NOW)
    once = seal(document("ProcessUserAccount"), KNOWN_KEY, at=NOW)
    yield "ProcessUserAccount-countersigned", counter_seal(once, KNOWN_EC_KEY, at=NOW)
    yield "soap-e-arsiv", seal_message(E_ARCHIVE, KNOWN_KEY, at=AT)
    yield "soap-e-arsiv-mtom", seal_message(MTOM, KNOWN_KEY, at=AT, attachments={"1+zip@ulak": ATTACHMENT})
    yield "soap-e-defter", seal_message(E_DEFTER, KNOWN_KEY, at=AT, token="PKIPath")


ANSWERS: Final = dict(answers())


@pytest.mark.parametrize("name", ANSWERS)
def test_the_bytes_are_the_known_ones(name: str) -> None:
    assert ANSWERS[name] == (FOLDER / f"{name}.xml").read_bytes()


def test_no_known_answer_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.xml")} == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_known_answer_reads_as_utf8_without_surprises(name: str) -> None:
    data = (FOLDER / f"{name}.xml").read_bytes()
    assert etree.fromstring(data) is not None
    assert not re.search(rb"&#(?!x[0-9A-F]+;)", data), "canonical XML writes characters by their hexadecimal number"


def main() -> None:
    """Write the files anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.xml"):
        old.unlink()
    for name, data in ANSWERS.items():
        (FOLDER / f"{name}.xml").write_bytes(data)


if __name__ == "__main__":
    main()
