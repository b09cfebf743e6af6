"""`ulak packs`: list, show, compare, add, fetch, activate, stage and remove."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cli_support import called, put
from tiny_packs import ASSERTS, tiny, zipped
from ulak.rules.store import BUILT_IN

OLD, NEW = "ubl-tr-2026-04-02", "ubl-tr-2026-04-02-2"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ULAK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path / "home"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return put(tmp_path, "old.zip", zipped(tiny()))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    asserts = (*ASSERTS, ("inv:Colour != 'GREY'", "Gri olamaz."))
    return put(tmp_path, "new.zip", zipped(tiny(asserts=asserts, codes="RED,GREEN,BLUE")))


def test_the_pack_that_comes_with_ulak_is_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    listed = called(capsys, "packs", "list")
    assert listed.code == 0
    assert BUILT_IN in listed.out
    assert "etkin" in listed.out
    assert "active" in called(capsys, "packs", "list", "--lang", "en").out
    shown = called(capsys, "packs", "show", BUILT_IN)
    for words in (BUILT_IN, "2026-07-01", "SHA-256", "UnitCodeList", "main:"):
        assert words in shown.out


def test_a_package_is_added_and_judges_from_its_day_on(capsys: pytest.CaptureFixture[str], package: Path) -> None:
    added = called(capsys, "packs", "add", package)
    assert (added.code, added.err) == (0, "")
    assert f"{OLD} eklendi; 2026-04-02" in added.out
    assert OLD in called(capsys, "packs", "list").out


def test_name_day_and_state_can_be_given(capsys: pytest.CaptureFixture[str], package: Path) -> None:
    line = ["packs", "add", str(package), "--name", "mine", "--since", "2025-05-05", "--staged", "--lang", "en"]
    assert "mine is staged" in called(capsys, *line).out
    listed = called(capsys, "packs", "list", "--lang", "en").out
    (row,) = [row.split() for row in listed.splitlines() if row.startswith("mine")]
    assert row[:4] == ["mine", "ubl-tr", "2025-05-05", "staged"]


def test_packs_are_activated_staged_and_removed(capsys: pytest.CaptureFixture[str], package: Path) -> None:
    called(capsys, "packs", "add", package, "--staged")
    assert "2026-05-06" in called(capsys, "packs", "activate", OLD, "--since", "2026-05-06").out
    assert "--pack" in called(capsys, "packs", "stage", OLD, "--lang", "en").out
    assert called(capsys, "packs", "remove", OLD).code == 0
    assert OLD not in called(capsys, "packs", "list").out


def test_the_difference_of_two_packs_is_said_in_words(
    capsys: pytest.CaptureFixture[str], package: Path, newer: Path
) -> None:
    called(capsys, "packs", "add", package)
    called(capsys, "packs", "add", newer)
    ran = called(capsys, "packs", "diff", OLD, NEW, "--lang", "en")
    assert ran.code == 0
    assert f"{OLD} → {NEW}: 2 changes" in ran.out
    assert "• New code BLUE in ColourList" in ran.out
    assert "ColourList listesinde yeni kod: BLUE" in called(capsys, "packs", "diff", OLD, NEW).out
    assert "There is no difference" in called(capsys, "packs", "diff", OLD, OLD, "--lang", "en").out


def test_the_lists_of_a_pack_can_be_read(capsys: pytest.CaptureFixture[str], package: Path) -> None:
    called(capsys, "packs", "add", package)
    assert "ColourList" in called(capsys, "codes", "--pack", OLD).out
    assert "RED GREEN" in called(capsys, "codes", "colourlist", "--pack", OLD).out


def test_a_rule_is_explained_by_every_pack_that_has_it(capsys: pytest.CaptureFixture[str], package: Path) -> None:
    called(capsys, "packs", "add", package)
    said = called(capsys, "explain", "TinyCheck-1").out
    for words in ("Renk zorunludur.", "inv:Colour", "inv:Invoice", OLD):
        assert words in said


def test_the_built_in_pack_cannot_be_changed(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("activate", "stage", "remove"):
        ran = called(capsys, "packs", verb, BUILT_IN)
        assert ran.code == 2
        assert "[pack.built-in]" in ran.err


def test_a_damaged_pack_is_told_of_and_the_others_are_listed(
    capsys: pytest.CaptureFixture[str], package: Path, home: Path
) -> None:
    called(capsys, "packs", "add", package)
    next((home / "packs" / OLD).rglob("*.xsd")).write_bytes(b"<other/>")
    (home / "packs").touch()
    ran = called(capsys, "packs", "list")
    assert (ran.code, BUILT_IN in ran.out) == (2, True)
    assert "[pack.damaged]" in ran.err


def test_what_is_no_package_is_refused_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = called(capsys, "packs", "add", put(tmp_path, "a.zip", b"nothing"))
    assert ran.code == 2
    assert "[pack.not-zip]" in ran.err


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that a web server on this machine publishes as GİB's package."""
    folder = tmp_path / "published"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/paket.zip"
    sources = put(tmp_path, "sources.toml", f'[[source]]\ntitle = "Paket"\naddress = "{address}"\n'.encode())
    monkeypatch.setenv("ULAK_PACK_SOURCES", str(sources))
    yield folder
    server.shutdown()
    server.server_close()


def test_what_is_new_is_fetched_and_staged_and_nothing_activates(
    capsys: pytest.CaptureFixture[str], publisher: Path, newer: Path
) -> None:
    (publisher / "paket.zip").write_bytes(newer.read_bytes())
    first = called(capsys, "packs", "fetch", "--lang", "en")
    assert (first.code, first.err) == (0, "")
    assert f"{OLD} is staged" in first.out
    assert f"{BUILT_IN} → {OLD}" in first.out
    assert "unchanged" in called(capsys, "packs", "fetch", "--lang", "en").out
    assert "staged" in called(capsys, "packs", "list", "--lang", "en").out


def test_an_address_that_fails_is_2_with_its_reason(capsys: pytest.CaptureFixture[str], publisher: Path) -> None:
    ran = called(capsys, "packs", "fetch")
    assert ran.code == 2
    assert "[pack.fetch.status]" in ran.err
