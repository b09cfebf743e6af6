"""Several packs are held at once; the day of a document decides which of them judges it."""

from __future__ import annotations

import gc
import json
import multiprocessing
import time
import weakref
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tiny_packs import put, tiny, zipped
from ulak.rules.check import _COMPILED, _REST, checker_for
from ulak.rules.importer import add
from ulak.rules.pack import Pack, PackError, State
from ulak.rules.store import BUILT_IN, PackStore, built_in_pack, default_home

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


def add_on(
    store: PackStore, tmp_path: Path, day: date, state: State = "active", codes: str = "RED", name: str | None = None
) -> Pack:
    path = put(tmp_path, "p.zip", zipped(tiny(codes=codes)))
    return add(path, store, since=day, state=state, name=name, now=NOW)


def test_the_pack_that_comes_with_ulak_needs_no_folder(store: PackStore) -> None:
    choice = store.choose("ubl-tr", date(2026, 8, 1))
    assert choice.pack.name == BUILT_IN
    assert not choice.too_new
    assert not store.home.exists()
    assert choice.pack.source.title.startswith("efatura-kontrol ")
    assert len(list(choice.pack.schematron().assertions())) == 499


@pytest.mark.parametrize(
    ("day", "expected", "too_new"),
    [
        (date(2026, 1, 1), "old", True),
        (date(2026, 3, 1), "old", False),
        (date(2026, 6, 30), "old", False),
        (date(2026, 7, 1), BUILT_IN, False),
        (date(2026, 8, 31), BUILT_IN, False),
        (date(2026, 9, 1), "new", False),
        (date(2030, 1, 1), "new", False),
    ],
)
def test_the_newest_that_is_not_newer_than_the_day_judges(
    store: PackStore, tmp_path: Path, day: date, expected: str, too_new: bool
) -> None:
    add_on(store, tmp_path, date(2026, 9, 1), name="new")
    add_on(store, tmp_path, date(2026, 3, 1), codes="GREEN", name="old")
    choice = store.choose("ubl-tr", day)
    assert (choice.pack.name, choice.too_new) == (expected, too_new)


def test_a_staged_pack_judges_only_by_name_until_it_is_activated(store: PackStore, tmp_path: Path) -> None:
    name = add_on(store, tmp_path, date(2026, 9, 1), "staged").name
    day = date(2026, 10, 1)
    assert store.choose("ubl-tr", day).pack.name == BUILT_IN
    assert store.choose("ubl-tr", day, name).pack.name == name
    assert store.activate(name, date(2026, 9, 15)).since == date(2026, 9, 15)
    assert store.choose("ubl-tr", day).pack.name == name
    assert store.choose("ubl-tr", date(2026, 9, 14)).pack.name == BUILT_IN
    store.stage(name)
    assert store.choose("ubl-tr", day).pack.name == BUILT_IN


def test_another_reader_sees_a_change_at_once(store: PackStore, tmp_path: Path) -> None:
    reader = PackStore(store.home)
    assert len(reader.packs()) == 1
    name = add_on(store, tmp_path, date(2026, 9, 1), "staged").name
    assert reader.get(name).state == "staged"
    store.activate(name)
    assert reader.get(name).state == "active"
    store.remove(name)
    assert len(reader.packs()) == 1


def test_unknown_names_and_kinds_are_said(store: PackStore) -> None:
    with pytest.raises(PackError, match=r"pack\.unknown.*" + BUILT_IN):
        store.choose("ubl-tr", date(2026, 8, 1), "none")
    with pytest.raises(PackError, match=r"pack\.none"):
        store.choose("earsiv", date(2026, 8, 1))


@pytest.mark.parametrize("change", ["activate", "stage", "remove"])
def test_the_pack_that_comes_with_ulak_stays_as_it_is(store: PackStore, change: str) -> None:
    with pytest.raises(PackError, match=r"pack\.built-in"):
        getattr(store, change)(BUILT_IN)


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "ç", ".hidden", "a" * 200])
def test_a_name_that_would_leave_the_folder_is_refused(store: PackStore, tmp_path: Path, name: str) -> None:
    if name:
        with pytest.raises(PackError, match=r"pack\.name"):
            add_on(store, tmp_path, date(2026, 9, 1), name=name)
    with pytest.raises(PackError, match=r"pack\.unknown"):
        store.remove(name or "..")


def test_a_name_in_use_is_refused(store: PackStore, tmp_path: Path) -> None:
    add_on(store, tmp_path, date(2026, 9, 1), name="mine")
    with pytest.raises(PackError, match=r"pack\.exists"):
        add_on(store, tmp_path, date(2026, 9, 1), codes="GREEN", name="mine")
    with pytest.raises(PackError, match=r"pack\.exists"):
        add_on(store, tmp_path, date(2026, 9, 1), codes="GREEN", name=BUILT_IN)


@pytest.mark.parametrize("damage", ["gone", "changed", "not json", "other name", "outside", "empty folder", "state"])
def test_a_damaged_pack_is_reported_and_left_out(store: PackStore, tmp_path: Path, damage: str) -> None:
    root = add_on(store, tmp_path, date(2026, 9, 1), name="mine").root
    manifest = root / "pack.json"
    facts = json.loads(manifest.read_text("utf-8"))
    main = root / facts["schematrons"]["main"]
    match damage:
        case "gone":
            main.unlink()
        case "changed":
            main.write_bytes(main.read_bytes() + b" ")
        case "not json":
            manifest.write_bytes(b"{")
        case "other name":
            manifest.write_text(json.dumps(facts | {"name": "yours"}), "utf-8")
        case "outside":
            manifest.write_text(json.dumps(facts | {"files": {"../../x": "0"}}), "utf-8")
        case "state":
            manifest.write_text(json.dumps(facts | {"state": "unheard"}), "utf-8")
        case _:
            manifest.unlink()
    fresh = PackStore(store.home)
    assert [pack.name for pack in fresh.packs()] == [BUILT_IN]
    assert [error.code for error in fresh.problems] == ["pack.damaged"]
    fresh.remove("mine")
    assert fresh.problems == ()


def test_a_file_changed_after_it_was_seen_is_noticed_when_it_is_read(store: PackStore, tmp_path: Path) -> None:
    pack = add_on(store, tmp_path, date(2026, 9, 1))
    path = pack.root / pack.schematrons["main"]
    path.write_bytes(b"<a/>")
    with pytest.raises(PackError, match=r"pack\.damaged"):
        pack.schematron()


def test_what_others_leave_in_the_folder_does_no_harm(store: PackStore) -> None:
    (store.home / "packs").mkdir(parents=True)
    (store.home / "packs" / "file").write_text("x")
    (store.home / "packs" / ".new-left-by-a-crash").mkdir()
    assert store.problems == ()


def test_the_hash_of_a_pack_is_that_of_its_files(store: PackStore, tmp_path: Path) -> None:
    one = add_on(store, tmp_path, date(2026, 9, 1), name="one")
    two = add_on(store, tmp_path, date(2026, 9, 2), name="two")
    three = add_on(store, tmp_path, date(2026, 9, 2), codes="GREEN", name="three")
    assert one.sha256 == two.sha256 != three.sha256
    assert built_in_pack().sha256 == built_in_pack().sha256


def test_the_home_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ULAK_HOME", str(tmp_path / "there"))
    assert default_home() == tmp_path / "there"
    monkeypatch.delenv("ULAK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_home() == tmp_path / "ulak"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_home() == tmp_path / ".local" / "share" / "ulak"


def _add_in_a_process(home: Path, archive: Path, number: int) -> None:
    add(archive, PackStore(home), since=date(2026, 9, number), name=f"p{number}" if number > 2 else "same", now=NOW)


def test_several_may_add_packs_at_the_same_time(tmp_path: Path) -> None:
    home = tmp_path / "home"
    workers = []
    for number in range(1, 6):
        extra = (("inv:Colour", "Renk zorunludur."), (f"count(inv:Colour) &lt; {number + 10}", f"En çok {number}."))
        files = tiny(asserts=extra) if number > 2 else tiny()
        archive = put(tmp_path, f"{number}.zip", zipped(files))
        workers.append(
            multiprocessing.get_context("spawn").Process(target=_add_in_a_process, args=(home, archive, number))
        )
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    store = PackStore(home)
    assert [worker.exitcode for worker in workers] == [0] * 5
    assert {pack.name for pack in store.packs()} == {BUILT_IN, "same", "p3", "p4", "p5"}
    ids = [set(store.ids(store.get(name)).values()) for name in ("p3", "p4", "p5")]
    assert len(set.union(*ids)) <= 1 + 3 + 1
    assert store.problems == ()


def test_the_rules_of_a_superseded_pack_go_once_nothing_is_judged_by_them(
    store: PackStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = add_on(store, tmp_path, date(2026, 3, 1), name="old")
    new = add_on(store, tmp_path, date(2026, 9, 1), codes="GREEN", name="new")
    now = [time.monotonic()]
    monkeypatch.setattr(_COMPILED, "_clock", lambda: now[0])
    before, after = (weakref.ref(checker_for(one, store)) for one in (store.get(old.name), store.get(new.name)))
    for _ in range(2):
        now[0] += _REST / 2
        assert checker_for(store.get(new.name), store) is after()
        assert before() is not None, "somebody may still judge by it"
    now[0] += 1
    checker_for(store.get(new.name), store)
    gc.collect()
    assert (before(), after() is None) == (None, False)
