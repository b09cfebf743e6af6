"""Whatever strangers hand in is read or refused with a code, in both languages; nothing else ever happens."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any, Final, cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_archive import FORMS, archived
from platform_intake import encoded, friendly
from ulak.errors import UlakError
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak_server.documents.intake import Options, check_options
from ulak_server.documents.items import packed, unpacked
from ulak_server.documents.kinds import EARCHIVE, EINVOICE
from ulak_server.documents.reading import Reading, format_of, numbered, read
from ulak_server.documents.readings import turned
from ulak_server.documents.sketches import sketch
from ulak_server.documents.splitting import pieces_of

CORPUS: Final = Path(__file__).parent / "corpus_intake"
CASES: Final = msgspec.json.decode((CORPUS / "reasons.json").read_bytes())
NO_OPTIONS: Final = Options()
NUMBERED: Final = {"number": "ARD2026000000000", "uuid": "0f8fad5b-d9cb-469f-a165-70867728950e", "date": "2026-11-02"}
UBL: Final = write_document(cast(Document, from_json(friendly(**NUMBERED))))
ARCHIVED: Final = [archived(kind, **NUMBERED) for kind in FORMS]
SEEDS: Final = [UBL, *(write_document(cast(Document, from_json(data))) for data in ARCHIVED)]


def opened(data: bytes) -> Reading:
    item = unpacked(data, NO_OPTIONS)
    check_options(item.options)
    return read(item.data, item.format)


def tried(data: bytes) -> str:
    """The code of the refusal; empty if it was read."""
    error: UlakError | None = None
    try:
        opened(data)
    except UlakError as refused:
        error = refused
    assert error is None or (error.text.tr and error.text.en)
    return error.code if error else ""


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_each_bad_file_has_its_code(case: dict[str, str]) -> None:
    assert tried((CORPUS / case["file"]).read_bytes()) == case["code"], case["why"]


def test_every_file_of_the_corpus_has_its_reason() -> None:
    files = {path.name for path in CORPUS.iterdir()} - {"reasons.json"}
    assert files == {case["file"] for case in CASES}
    assert all(case["why"] for case in CASES)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    tried(data)


_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
_OTHERS: Final = (
    "document", "number", "uuid", "date", "time", "currency", "ubl", "xml", "erp_key", "notes", "type", "sending",
    "internet_sale", "register_slips", "confirmation", "provider",
)  # fmt: skip
_SOME: Final = st.sampled_from([*friendly(), *_OTHERS])


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([friendly(), *map(msgspec.json.decode, ARCHIVED)]), st.dictionaries(_SOME, _JSON, max_size=4))
def test_any_member_may_hold_anything(seed: dict[str, Any], changed: dict[str, Any]) -> None:
    data = msgspec.json.encode({**seed, **changed})
    tried(data)
    try:
        draft = sketch(1, unpacked(data, NO_OPTIONS))
    except UlakError:
        return
    again = unpacked(draft.body, NO_OPTIONS)
    assert again.data == unpacked(data, NO_OPTIONS).data
    assert "\0" not in draft.party_title + draft.partner + draft.profile + draft.currency


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SEEDS), st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12))
def test_ubl_with_damage_anywhere_has_an_answer(seed: bytes, where: float, length: int, new: bytes) -> None:
    at = int(where * (len(seed) - 1))
    tried(seed[:at] + new + seed[at + length :])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["TEMELFATURA", "TICARIFATURA", "EARSIVFATURA"]), st.booleans(), st.text(max_size=30))
def test_an_invoice_is_turned_by_its_profile_alone(profile: str, is_archived: bool, note: str) -> None:
    text = "".join(one for one in note if one.isprintable())
    reading = read(
        encoded(friendly(**NUMBERED, profile=profile, notes=[f"<cbc:ProfileID>{profile}</cbc:ProfileID>{text}"]))
    )
    now = turned(reading, EARCHIVE if is_archived else EINVOICE)
    wanted = "EARSIVFATURA" if is_archived else "TEMELFATURA" if profile == "EARSIVFATURA" else profile
    again = read(now.body)
    assert (again.kind, again.profile) == (now.kind, now.profile) == (now.kind, wanted)
    assert numbered(now, "XYZ2026000000001").replace(b">XYZ2026000000001<", b">ARD2026000000000<", 1) == now.body
    undone = now.body.replace(f"<cbc:ProfileID>{wanted}<".encode(), f"<cbc:ProfileID>{profile}<".encode(), 1)
    assert undone == reading.body


@settings(max_examples=200, deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=3), st.integers(1, 999_999_999))
def test_a_number_is_put_where_the_number_stands_and_nowhere_else(prefix: str, sequence: int) -> None:
    number = f"{prefix}2026{sequence:09d}"
    reading = read(UBL)
    assert reading.prefix == "ARD"
    assert numbered(reading, number) == UBL.replace(b"<cbc:ID>ARD2026000000000<", f"<cbc:ID>{number}<".encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["ndjson", "json", "zip"]))
def test_any_bytes_are_a_batch_or_none(data: bytes, form: Any) -> None:
    code = ""
    try:
        list(pieces_of(io.BytesIO(data), form))
    except UlakError as error:
        code = error.code
    assert code in ("", "batch.empty", "batch.not-json", "batch.not-zip")


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>" * 30)
        archive.writestr("b.json", b"{}")
    return out.getvalue()


ZIP: Final = _zip()


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(ZIP) - 1), st.binary(min_size=1, max_size=4))
def test_a_zip_with_damage_anywhere_has_an_answer(at: int, new: bytes) -> None:
    parts = []
    code = ""
    try:
        for piece in pieces_of(io.BytesIO(ZIP[:at] + new + ZIP[at + len(new) :]), "zip"):
            parts += piece
    except UlakError as error:
        code = error.code
    assert code in ("", "batch.empty", "batch.not-zip", "batch.unpacked-too-large", "batch.too-many")
    assert all(part.name.isprintable() for part in parts)


@given(st.text(max_size=120), st.text(max_size=300))
def test_options_are_kept_with_a_draft_as_they_were(erp_key: str, series: str) -> None:
    options = Options(erp_key=erp_key, series=series, priority=True)
    try:
        check_options(options)
    except UlakError as error:
        refused = error.code
    else:
        refused = ""
        again = unpacked(packed(unpacked(encoded(friendly()), options)), NO_OPTIONS)
        assert (again.options.erp_key, again.options.series, again.options.priority) == (erp_key, series, True)
    assert refused in ("", "intake.erp-key", "intake.option")


def test_the_first_byte_tells_json_from_xml() -> None:
    assert format_of(b"\xef\xbb\xbf\n {}") == "json"
    assert format_of(b"\xef\xbb\xbf<?xml") == "ubl"
    assert format_of(b"") == "ubl"
