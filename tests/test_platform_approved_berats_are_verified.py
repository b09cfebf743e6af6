"""What comes as GİB's approval is kept only if it is our berat, unchanged, and GİB sealed it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from center_offices import ARDIC, NOW, TOMORROW, berat_of, book, zipped
from levels_support import trust_of
from seal_pki import key
from ulak.rules import PackStore
from ulak.seal.counter import counter_seal
from ulak.zips import BROKEN
from ulak_server.exchange.ledgers.problems import LedgerExchangeError
from ulak_server.exchange.ledgers.verifying import approved, berat_in, check_rules, unpacked

NAME: Final = f"{ARDIC}-202610-YB-000000"
OURS: Final = berat_of(NAME, book(NAME), number=1)
GIBS: Final = counter_seal(OURS, key("gib"), at=NOW)


def code_of(xml: bytes, signer: str = ARDIC, ours: bytes = OURS) -> str:
    with pytest.raises(LedgerExchangeError) as found:
        approved(xml, ours, signer=signer, trust=trust_of(clock=TOMORROW), at=TOMORROW)
    return found.value.code.removeprefix("ledger-exchange.")


def test_our_berat_under_gibs_seal_holds() -> None:
    found = approved(GIBS, OURS, signer=ARDIC, trust=trust_of(clock=TOMORROW), at=TOMORROW)
    assert found.xml == GIBS
    assert found.at == NOW


def test_what_gib_did_not_seal_is_not_approved() -> None:
    assert code_of(OURS) == "berat-unapproved"
    assert code_of(counter_seal(OURS, key("ardic"), at=NOW)) == "berat-not-gib"
    values = list(re.finditer(rb"<ds:SignatureValue[^>]*>([^<]{40})", GIBS))
    at = values[-1].start(1) + 10
    broken = GIBS[:at] + (b"B" if GIBS[at : at + 1] != b"B" else b"C") + GIBS[at + 1 :]
    assert code_of(broken) == "berat-gib-seal"


def test_a_berat_that_says_something_else_is_not_ours() -> None:
    assert code_of(GIBS.replace("Ardıç Ticaret".encode(), b"Ardic Ticaret")) == "berat-seal"
    other = counter_seal(berat_of(NAME, book(NAME), number=2), key("gib"), at=NOW)
    assert code_of(other) == "berat-differs"
    by_other = counter_seal(berat_of(NAME, book(NAME), "integrator", number=1), key("gib"), at=NOW)
    assert code_of(by_other) == "berat-signer"
    assert code_of(b"<berat") == "berat-unreadable"
    assert code_of(b"<a/>") == "berat-seal"


def test_the_integrators_seal_counts_where_it_sealed() -> None:
    ours = berat_of(NAME, book(NAME), "integrator", number=1)
    signer = key("integrator").certificate.tax_id or ""
    theirs = counter_seal(ours, key("gib"), at=NOW)
    assert approved(theirs, ours, signer=signer, trust=trust_of(clock=TOMORROW), at=TOMORROW).at == NOW


def test_without_roots_nothing_is_judged_and_nothing_is_lost() -> None:
    with pytest.raises(LedgerExchangeError) as found:
        approved(GIBS, OURS, signer=ARDIC, trust=None, at=TOMORROW)
    assert found.value.code == "ledger-exchange.berat-unjudged"
    assert not found.value.permanent


def test_without_rules_at_hand_nothing_is_said(tmp_path: Path) -> None:
    """What the rules say of it is told by test_api_keeps_ledgers.py."""
    check_rules(OURS, "1-202610-YB-000000", NOW.date(), PackStore(tmp_path))


HOSTILE: Final = {
    "nothing at all": (b"", "berat-empty"),
    "not a ZIP": (b"<html>502</html>", "berat-unreadable"),
    "cut off": (zipped({f"GIB-{NAME}.xml": GIBS})[:-40], "berat-unreadable"),
    "an empty file": (zipped({f"GIB-{NAME}.xml": b" \n"}), "berat-empty"),
    "no file": (zipped({}), "berat-unreadable"),
    "two files, of which either could be meant": (zipped({f"GIB-{NAME}.xml": GIBS, "x.xml": GIBS}), "berat-unreadable"),
    "another package's": (zipped({f"GIB-{ARDIC}-202609-YB-000000.xml": GIBS}), "berat-of-other"),
    "a path": (zipped({f"../GIB-{NAME}.xml": GIBS}), "berat-of-other"),
    "a bomb": (zipped({f"GIB-{NAME}.xml": b"\0" * (9 * 1024 * 1024)}), "berat-unreadable"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_answer_is_told_apart(case: str) -> None:
    data, code = HOSTILE[case]
    with pytest.raises(LedgerExchangeError) as found:
        unpacked(data, NAME)
    assert found.value.code == f"ledger-exchange.{code}"


def test_the_file_is_found_by_either_name() -> None:
    for name in (f"GIB-{NAME}.xml", f"{NAME}.xml"):
        assert unpacked(zipped({name: GIBS}), NAME) == GIBS
    assert berat_in(zipped({f"{NAME}.xml": OURS}), NAME) == OURS
    with pytest.raises(LedgerExchangeError, match="package-files"):
        berat_in(zipped({"x": OURS}), NAME)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_read_or_refused(junk: bytes, at: int) -> None:
    whole = zipped({f"GIB-{NAME}.xml": b"<berat/>"})
    for data in (junk, whole[:at] + junk + whole[at:]):
        assert read(data) in {zipped_content(data), "refused"}


def read(data: bytes) -> bytes | str:
    try:
        return unpacked(data, NAME)
    except LedgerExchangeError as error:
        return "refused" if error.code.startswith("ledger-exchange.berat-") else error.code


def zipped_content(data: bytes) -> bytes | None:
    """What any reader of ZIPs finds in it."""
    try:
        return zipfile.ZipFile(io.BytesIO(data)).read(f"GIB-{NAME}.xml")
    except (*BROKEN, KeyError):
        return None
