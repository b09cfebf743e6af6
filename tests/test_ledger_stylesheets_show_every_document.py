"""The stylesheets that lie beside the books show what stands in them, alone and without any network."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Final

import pytest
from lxml import etree

import ledger_books as world
from ledger_books import COMPANY, MONTH, Side, books, sealed
from test_ledger_berats_fit_their_books import BRANCH, UNIQUE, month, purchase, sale
from ulak.ledger.berats import berat
from ulak.ledger.inventory import write_inventory
from ulak.ledger.inventory_input import InventoryFile, template
from ulak.ledger.names import Kind
from ulak.ledger.planning import plan
from ulak.ledger.report import balances_of, report
from ulak.ledger.stylesheets import NAMES, page, style_of, stylesheet
from ulak.xml import parse

KINDS: Final[tuple[Kind, ...]] = ("Y", "K", "E", "YB", "KB", "EB", "DR")
SAID: Final = {
    # What a page of each kind says: its title, and values as people in Türkiye write them.
    "Y": ("Yevmiye Defteri", "1.200,00", "250,10", "02.01.2026", "120.01", "Toplam · 2 madde, 6 satır"),
    "K": ("Büyük Defter", "1.200,00", "391.20", "Bakiye", "6 satır"),
    "E": ("Envanter Defteri", "1.000.000,00", "TEL-7 Telefon", "Ulus Şubesi (0001)", "1.140.850,00"),
    "YB": ("Yevmiye Defteri Beratı", UNIQUE, "200,00", "0.02 MB", "Hesaplanan KDV"),
    "KB": ("Büyük Defter Beratı", UNIQUE, "50,02", "İndirilecek KDV"),
    "EB": ("Envanter Defteri Beratı", UNIQUE),
    "DR": ("Defter Raporu", UNIQUE, "1.500,12", "Toplam · 6 hesap"),
}


@pytest.fixture(scope="module")
def documents() -> dict[Kind, bytes]:
    with month((2, sale("1000.00")), (3, purchase("250.10"))) as store:
        (part,) = plan(store, MONTH, company=COMPANY)
        journal, ledger = map(sealed, books(store, part))
        balances = balances_of(store, MONTH.first, MONTH.last)
    files: dict[int, BytesIO] = {}
    write_inventory(
        InventoryFile(BytesIO(template())),
        BRANCH,
        date(2026, 1, 31),
        lambda number: files.setdefault(number, BytesIO()),
        at=world.MADE,
        unique=lambda number: f"ENV202601{number:06}",
    )
    inventory = sealed(files[1].getvalue())
    berats = {
        f"{kind}B": berat(BytesIO(book), UNIQUE) for kind, book in zip("YKE", (journal, ledger, inventory), strict=True)
    }
    told = report(COMPANY, MONTH, balances, UNIQUE, label="KEB202601000001", created=world.MADE)
    return {"Y": journal, "K": ledger, "E": inventory, "DR": told, **berats}  # type: ignore[dict-item]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_what_the_document_says(kind: Kind, documents: dict[Kind, bytes]) -> None:
    data = documents[kind]
    assert f'href="{style_of(kind)}"'.encode() in data
    shown = "".join(map(str, etree.HTML(page(parse(data), kind)).itertext()))
    for words in (*SAID[kind], COMPANY.title, COMPANY.tax_id, "SMMM Ali Can"):
        assert words in " ".join(shown.split())
    assert ("henüz mühürlenmemiştir" in shown) is (kind in ("YB", "KB", "EB", "DR"))
    assert "NaN" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_stylesheet_is_one_file_that_loads_nothing(name: str) -> None:
    given = stylesheet(name)
    assert etree.fromstring(given).get("version") == "1.0"
    assert not re.search(rb"xsl:(?:include|import)|document\(|<script|url\(|src=", given)
    assert set(re.findall(rb'="(https?://[^"]*)"', given)) <= {
        value.encode() for value in etree.fromstring(given).nsmap.values()
    }


def test_what_a_document_says_is_never_markup(documents: dict[Kind, bytes]) -> None:
    hostile = [(2, (Side("100", 5, "D", {"comment": "<script>x</script>"}), Side("120", 5, "C")))]  # type: ignore[arg-type]
    with month(*hostile) as store:
        (part,) = plan(store, MONTH, company=COMPANY)
        journal, _ = books(store, part)
    made = page(parse(journal), "Y")
    assert b"<script>" not in made
    assert b"&lt;script&gt;x&lt;/script&gt;" in made


def test_others_names_are_refused() -> None:
    with pytest.raises(KeyError):
        stylesheet("../../secret.xslt")
