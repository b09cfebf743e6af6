"""Whatever is thrown at Merkez, it answers with one of GİB's codes and never breaks; GİB's own samples too."""

from __future__ import annotations

import io
import random
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from center_cases import GOOD
from center_envelopes import ANSWER, SALE, Case, account, accounts, answers, invoices, sealed
from center_registry import Book, book
from envelopes import zip_of
from seal_pki import NOW
from support import REFERENCE, needs_reference
from ulak.codes.statuses import statuses
from ulak.envelope import Packed, Party, Role, open_envelope
from ulak.errors import Text
from ulak.rules import Checker, PackStore
from ulak_center.judging import Judge
from ulak_center.values import Judgement, Use

CODES = {int(status.code) for status in statuses()}
FEW = settings(max_examples=60, deadline=None)
SAMPLES = REFERENCE / "packages" / "efatura-20260312" / "xml"


@cache
def judge() -> Judge:
    store = PackStore()
    checker = Checker(store.choose("ubl-tr", NOW.date()).pack, store, advice=False)
    return Judge(lambda day: checker)


def answered(name: str, data: bytes, known: Book | None = None, now: datetime = NOW) -> Judgement:
    found = judge().judge(name, data, known or book(), now)
    assert found.status in CODES
    assert 1110 <= found.status <= 1200
    # That would be an error of the judge's own, caught.
    assert found.code != "judge.failed", found.reason
    assert (found.status == 1200) == (found.code == "") == (found.reason is None)
    if found.reason is not None:
        assert found.reason.tr
        assert found.reason.en
    return found


@FEW
@given(st.text(max_size=50), st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    assert answered(name, data).status < 1140


@FEW
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_zip_with_bytes_changed(place: int, change: bytes, cut: bool) -> None:
    made = invoices(sealed(SALE))
    at = place % len(made.data)
    answered(made.name, made.data[:at] + change + (b"" if cut else made.data[at + len(change) :]))


@cache
def _xml(made: Packed) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        (name,) = archive.namelist()
        return name, archive.read(name)


PIECES = (b"<", b">", b"&", b"\0", b"\xff", b"<!--", b"-->", b"]]>", b"<![CDATA[", b"<?x ?>", b"<a>", b"</a>", b"'")


@FEW
@given(st.randoms(use_true_random=False))
def test_xml_with_pieces_in_the_wrong_place(chance: random.Random) -> None:
    made = chance.choice((invoices(sealed(SALE)), answers(sealed(ANSWER, "meltem")), accounts(account())))
    name, xml = _xml(made)
    for _ in range(chance.randrange(1, 3)):
        at = chance.randrange(len(xml))
        xml = xml[:at] + chance.choice(PIECES) + xml[at + chance.choice((0, 0, 1, 50)) :]
    answered(made.name, zip_of((name, xml)))


@FEW
@given(st.randoms(use_true_random=False))
def test_xml_with_texts_changed(chance: random.Random) -> None:
    made = chance.choice(GOOD).packed
    name, xml = _xml(made)
    texts = [found.span(1) for found in re.finditer(rb">([^<>]{1,80})<", xml)]
    begin, end = chance.choice(texts)
    other = xml[slice(*chance.choice(texts))]
    answered(made.name, zip_of((name, xml[:begin] + chance.choice((b"", b"0", b"x" * 5000, other)) + xml[end:])))


def test_an_envelope_of_any_day() -> None:
    made = invoices(sealed(SALE))
    assert answered(made.name, made.data, now=NOW.replace(year=2006)).status == 1150
    assert answered(made.name, made.data, now=NOW.replace(year=2080)).status in (1200, 1171)


def test_the_same_judge_serves_many_threads() -> None:
    made = [case for case in GOOD for _ in range(3)]

    def one(case: Case) -> tuple[int, Text | None]:
        known = book()
        case.prepare(known)
        found = answered(case.packed.name, case.packed.data, known)
        return found.status, found.reason

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(one, made)) == {(1200, None)}


# -- GİB's samples ----------------------------------------------------------------------------------------------------


def _samples() -> list[Path]:
    found = sorted(SAMPLES.glob("*.xml")) if SAMPLES.exists() else []
    return [path for path in found if b"StandardBusinessDocument" in path.read_bytes()]


def _zipped(path: Path, *, version: bytes) -> tuple[str, bytes]:
    xml = path.read_bytes().replace(b"TypeVersion>1.0", b"TypeVersion>" + version)
    found = re.search(rb"InstanceIdentifier>\s*([^<\s]+)", xml)
    assert found is not None
    id = found[1].decode()
    return f"{id}.zip", zip_of((f"{id}.xml", xml))


@needs_reference
def test_every_sample_envelope_of_the_package_states_an_old_version() -> None:
    names = [path.name for path in _samples()]
    assert sum(name.endswith("_ZARF.xml") for name in names) == 13
    assert sum("SISTEM_YANITI" in name for name in names) == 2
    for path in _samples():
        assert answered(*_zipped(path, version=b"1.0")).code == "envelope.version", path.name


@needs_reference
@pytest.mark.parametrize("path", _samples(), ids=lambda path: path.stem)
def test_with_the_version_corrected_only_the_account_samples_pass_the_rules(path: Path) -> None:
    known = book()
    known.integrators.add("9999999999")
    found = answered(*_zipped(path, version=b"1.2"), known)
    if path.name[0] not in "4589":
        assert (found.status, found.code) == (1150, "judge.schematron")
        assert found.reason is not None
        assert "UBLVersionIDCheck" in found.reason.tr
    elif "ACMA" in path.name:
        assert found.status == 1200
    else:
        assert (found.status, found.code) == (1183, "judge.account-close")
        name, data = _zipped(path, version=b"1.2")
        _open_for_closing(known, data, name)
        assert answered(name, data, known).status == 1200


def _open_for_closing(known: Book, data: bytes, name: str) -> None:
    """Everything that the sample closes."""
    sent = open_envelope(data, name=name)
    for document in sent.groups[0].documents:
        pairs = re.findall(r"RoleCode>(\w+)<.*?WorkScopeCode>([^<]+)<", document.decode(), re.DOTALL)
        for role, alias in pairs:
            known.enter(Party(alias, "9999999999"), Role(role), Use.INVOICE, operator="9999999999")
    known.opened["9999999999"] = {sent.header.sender.alias: "9999999999"}
