"""`ulak packs add`: GİB's own packages, as zip or folder, become packs that judge."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from support import REFERENCE, needs_reference
from tiny_packs import ASSERTS, INVOICE, SCH, put, tiny, zip_folder, zipped
from ulak.errors import UlakError
from ulak.rules import Verdict, check
from ulak.rules.importer import add
from ulak.rules.pack import Pack, PackError
from ulak.rules.store import BUILT_IN, PackStore
from ulak.xml import parse

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PACKAGES = REFERENCE / "packages"


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


def add_tiny(store: PackStore, tmp_path: Path, **changes: object) -> Pack:
    return add(put(tmp_path, "e-FaturaPaketi.zip", zipped(tiny(**changes))), store, now=NOW)  # type: ignore[arg-type]


def test_a_zip_with_three_schematron_files_becomes_a_pack(store: PackStore, tmp_path: Path) -> None:
    pack = add_tiny(store, tmp_path)
    assert (pack.name, pack.kind, pack.state) == ("ubl-tr-2026-04-02", "ubl-tr", "active")
    assert pack.recorded_at == NOW
    assert len(list(pack.schematron().assertions())) == len(ASSERTS)
    assert pack.code_lists["ColourList"] == ("RED", "GREEN")


def test_the_newest_heading_of_the_turkish_notes_gives_its_day(store: PackStore, tmp_path: Path) -> None:
    pack = add_tiny(store, tmp_path, history="20260402\n---\n20260315\n---\n99999999\n1) Kural güncellendi ş")
    assert (pack.since, pack.version) == (date(2026, 4, 2), "20260402")


def test_without_notes_it_holds_from_the_day_it_is_added_and_says_so(store: PackStore, tmp_path: Path) -> None:
    pack = add_tiny(store, tmp_path, history="")
    assert pack.since == NOW.date()
    assert any("day on which it was added" in note.en for note in pack.notes)


def test_the_day_a_person_gives_wins(store: PackStore, tmp_path: Path) -> None:
    path = put(tmp_path, "p.zip", zipped(tiny()))
    assert add(path, store, since=date(2026, 5, 5), now=NOW).since == date(2026, 5, 5)


def test_schemas_that_are_lacking_are_taken_from_the_newest_pack_that_has_them(
    store: PackStore, tmp_path: Path
) -> None:
    pack = add_tiny(store, tmp_path, xsd=None)
    assert set(pack.taken_from.values()) == {BUILT_IN}
    assert pack.schema_for(parse(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'))
    assert any(BUILT_IN in note.en for note in pack.notes)


def test_a_package_of_schemas_alone_takes_the_rules_and_their_day(store: PackStore, tmp_path: Path) -> None:
    files = {path: data for path, data in tiny().items() if path.endswith(".xsd")}
    pack = add(put(tmp_path, "UBL-TR1.2.1_Paketi.zip", zipped(files)), store, now=NOW)
    assert (pack.since, pack.version) == (store.get(BUILT_IN).since, "1.2.1")
    assert pack.schematron().code_lists == store.get(BUILT_IN).schematron().code_lists


def test_the_same_package_added_twice_is_one_pack(store: PackStore, tmp_path: Path) -> None:
    assert add_tiny(store, tmp_path).name == add_tiny(store, tmp_path).name
    assert len(store.packs()) == 2


def test_a_correction_of_the_same_day_gets_a_name_of_its_own(store: PackStore, tmp_path: Path) -> None:
    names = [add_tiny(store, tmp_path, codes=codes).name for codes in ("RED,GREEN", "RED", "GREEN")]
    assert names == ["ubl-tr-2026-04-02", "ubl-tr-2026-04-02-2", "ubl-tr-2026-04-02-3"]


def test_a_zip_inside_the_zip_is_opened(store: PackStore, tmp_path: Path) -> None:
    outer = zipped({"e-FaturaPaketi/ic.zip": zipped(tiny())})
    assert add(put(tmp_path, "outer.zip", outer), store, now=NOW).since == date(2026, 4, 2)


def test_names_in_the_code_page_of_a_turkish_windows_are_read(store: PackStore, tmp_path: Path) -> None:
    files = {path.replace("e-FaturaPaketi", "ISLEM"): data for path, data in tiny().items()}
    data = zipped(files).replace(b"ISLEM", "İŞLEM".encode("cp857"))
    pack = add(put(tmp_path, "p.zip", data), store, now=NOW)
    assert pack.schematrons["main"].startswith("İŞLEM/")


@pytest.mark.parametrize("test", ["count(inv:Colour", "no:such(inv:Colour)", "for $x in"])
def test_rules_are_tried_before_the_pack_is_kept(store: PackStore, tmp_path: Path, test: str) -> None:
    broken = tiny(asserts=((test, "Anlaşılmıyor."),))
    with pytest.raises(UlakError, match=r"pack\.schematron\.uncompilable"):
        add(put(tmp_path, "p.zip", zipped(broken)), store)
    assert [pack.name for pack in store.packs()] == [BUILT_IN]


def test_rules_of_a_pack_can_read_no_file(store: PackStore, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("gizli")
    spying = tiny(asserts=((f"unparsed-text('{secret.as_uri()}') != 'gizli'", "Dosya okundu."),))
    pack = add(put(tmp_path, "p.zip", zipped(spying)), store)
    report = check(f'<Invoice xmlns="{INVOICE}"><Colour>RED</Colour></Invoice>'.encode(), pack=pack.name, store=store)
    assert report.verdict is Verdict.COULD_NOT_JUDGE
    assert "gizli" not in repr(report)


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("schematron/UBL-TR_Common_Schematron.xml", None, "pack.schematron.missing"),
        ("schematron/UBL-TR_Codelist.xml", f"<sch:schema xmlns:sch='{SCH}'><broken>", "pack.unusable"),
        ("schematron/UBL-TR_Common_Schematron.xml", f"<sch:schema xmlns:sch='{SCH}' id='abstracts'/>", "missing"),
        ("xsd/UBL-Invoice-2.1.xsd", "<xs:schema", "pack.unusable"),
        ("xsd/UBL-Invoice-2.1.xsd", "<a/>", "pack.unusable"),
    ],
)
def test_a_package_with_a_part_that_does_not_work_is_refused(
    store: PackStore, tmp_path: Path, path: str, content: str | None, code: str
) -> None:
    files = tiny()
    del files[f"e-FaturaPaketi/{path}"]
    if content is not None:
        files[f"e-FaturaPaketi/{path}"] = content.encode()
    with pytest.raises(UlakError, match=code) as caught:
        add(put(tmp_path, "p.zip", zipped(files)), store)
    assert caught.value.repair.tr
    assert [pack.name for pack in store.packs()] == [BUILT_IN]


def test_an_xsd_that_cannot_be_compiled_is_named(store: PackStore, tmp_path: Path) -> None:
    xsd = tiny()["e-FaturaPaketi/xsd/UBL-Invoice-2.1.xsd"].decode().replace("xs:string", "xs:nosuch")
    with pytest.raises(PackError, match=r"UBL-Invoice-2\.1\.xsd"):
        add_tiny(store, tmp_path, xsd=xsd)


def test_rules_without_a_single_assertion_are_refused(store: PackStore, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"pack\.no-rules"):
        add_tiny(store, tmp_path, asserts=())


def test_what_is_no_package_of_gibs_is_refused(store: PackStore, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"pack\.unknown-kind"):
        add(put(tmp_path, "p.zip", zipped({"a.txt": b"", "b.xml": b"<b/>"})), store)


@needs_reference
def test_the_official_package_of_march_2026_is_taken_as_zip_and_as_folder(store: PackStore, tmp_path: Path) -> None:
    folder = PACKAGES / "efatura-20260312"
    pack = add(folder, store, now=NOW)
    assert (pack.since, pack.version, len(pack.code_lists)) == (date(2026, 3, 12), "20260312", 39)
    zipped_pack = add(put(tmp_path, "e-FaturaPaketi.zip", zip_folder(folder)), store, now=NOW)
    assert zipped_pack.schematron() == pack.schematron()
    assert zipped_pack.schemas.problems == []


@needs_reference
def test_the_official_rules_of_july_2026_are_completed_with_schemas(store: PackStore) -> None:
    folder = PACKAGES / "efatura-schematron-20260727"
    pack = add(folder, store, since=date(2026, 7, 27), now=NOW)
    assert len(list(pack.schematron().assertions())) == 495
    assert store.choose("ubl-tr", date(2026, 8, 1)).pack.name == pack.name
    assert any("schematron-crlf" in note.en for note in pack.notes)


@needs_reference
def test_the_official_earchive_package_is_taken(store: PackStore, tmp_path: Path) -> None:
    data = zip_folder(PACKAGES / "earsiv-1.1_6")
    pack = add(put(tmp_path, "earsiv_paket_v1.1_8.zip", data), store, now=NOW)
    assert (pack.kind, pack.version) == ("earsiv", "1.1.8")
    assert len(list(pack.schematron().assertions())) == 3


@needs_reference
def test_the_expense_note_schema_is_completed_with_signature_schemas(store: PackStore) -> None:
    pack = add(PACKAGES / "egider-pusulasi-1.0", store, now=NOW)
    assert (pack.kind, pack.schematrons) == ("egider", {})
    report = parse((PACKAGES / "egider-pusulasi-1.0" / "ornek rapor.xml").read_bytes())
    found = pack.schema_for(report)
    assert found
    assert found[0] == "eArsiv.xsd"
    add(PACKAGES / "earsiv-1.1_6", store, now=NOW)
    again = add(PACKAGES / "egider-pusulasi-1.0", store, now=NOW, name="egider-again")
    assert set(again.taken_from.values()) == {"earsiv-2026-11-22"}, "UBL-TR's schemas know no time stamps of archives"


@needs_reference
def test_the_six_ledger_schematrons_are_six_roles(store: PackStore) -> None:
    pack = add(PACKAGES / "edefter", store, now=NOW)
    counts = {role: len(list(pack.schematron(role).assertions())) for role in pack.schematrons}
    assert counts == {
        "edefter_yevmiye": 131,
        "edefter_kebir": 123,
        "edefter_rapor": 94,
        "edefter_berat": 106,
        "envanter_berat": 77,
        "envanter_defter": 105,
    }


@needs_reference
def test_a_folder_with_packages_of_several_kinds_is_refused(store: PackStore) -> None:
    with pytest.raises(PackError, match=r"pack\.mixed|duplicate"):
        add(PACKAGES, store)
