"""Every code that claims to be GİB's stands in GİB's guide with the same words, and the guide has no others."""

from __future__ import annotations

import re
from functools import cache

import pytest

from support import REFERENCE, needs_reference
from ulak.wire import Results, earsiv, edefter, efatura

pytestmark = needs_reference

EK3 = "Ek-3e-FaturaUygulamasiYazilimStandartlariVeNesneYapisi-v1.4.txt"
EARSIV = "e-Arsiv_Teknik_Kilavuzu_V.1.18.txt"
EDEFTER = "e-Defter_Uygulamasi_Web_Servis_Kilavuzu_V.1.7.txt"
TABLES = {
    "EFatura": (efatura.FAULTS, EK3, "Hata Kodu Hata Açıklaması", "Örnek:", "{:04}"),
    "e-Arşiv status": (earsiv.STATUS, EARSIV, "KOD AÇIKLAMA getBatchStatus", "sendDocument", "{}"),
    "e-Arşiv send": (earsiv.SEND, EARSIV, "uyuşmuyor sendDocument", "getUserList", "{:03}"),
    "e-Arşiv users": (earsiv.USERS, EARSIV, "olmalıdır getUserList", "12 Test ve Onay", "{:03}"),
    "e-Defter send": (edefter.SEND, EDEFTER, "KOD AÇIKLAMA sendDocumentFile", "receiveDocumentFile", "{}"),
    "e-Defter receive": (edefter.RECEIVE, EDEFTER, "paket yükleyemez. receiveDocumentFile", "getBatchStatus", "{}"),
    "e-Defter status": (edefter.STATUS, EDEFTER, "Disk hatası. getBatchStatus", "5. SOAP MESAJI", "{}"),
}


@cache
def guide(name: str) -> str:
    """A guide in one line, without the headings and feet of its pages."""
    text = (REFERENCE / "guides" / name).read_text("utf-8")
    text = re.sub(r"(?m)^(e-Arşiv Kılavuzu|e-Defter Uygulaması Web|E-Fatura Uygulaması|Versiyon :).*$", "", text)
    return " ".join(text.replace("\f", " ").split())


def section(results: Results, name: str, start: str, end: str) -> str:
    text = guide(name)
    begin = text.index(start) + len(start)
    return text[begin : text.index(end, begin)]


@pytest.mark.parametrize("table", TABLES)
def test_the_words_are_the_guides(table: str) -> None:
    results, name, start, end, shape = TABLES[table]
    # In Ek-3 the number 2007 is centred beside its two lines.
    text = section(results, name, start, end).replace("2007 ", "", 1).replace("PAKET G", "2007 PAKET G")
    for row in results.rows:
        if row.in_guide:
            assert f"{shape.format(row.number)} {row.label}" in text, row.code


@pytest.mark.parametrize("table", TABLES)
def test_the_guide_has_no_other_codes(table: str) -> None:
    results, name, start, end, shape = TABLES[table]
    shown = {shape.format(row.number) for row in results.rows if row.in_guide}
    width = max(map(len, shown))
    found = {word for word in section(results, name, start, end).split() if re.fullmatch(rf"\d{{2,{width}}}", word)}
    assert found - shown <= {"36", "40"}
    assert shown <= found
