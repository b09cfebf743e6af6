"""A sheet says what its document says: parties, facts, lines, taxes, sums – in words of one language."""

from __future__ import annotations

import pytest

from render_documents import KIND_EXAMPLES, example, friendly, ordinary, written
from ulak.errors import Language
from ulak.render import Design, to_html, to_pdf
from ulak.render.labels import LabelLanguage
from ulak.render.sheets import Sheet, sheet_of

TITLES = {
    "invoice": "e-Fatura",
    "archive": "e-Arşiv Fatura",
    "despatch": "e-İrsaliye",
    "receipt": "e-İrsaliye Yanıtı",
    "answer": "Uygulama Yanıtı",
    "freelance": "e-Serbest Meslek Makbuzu",
    "producer": "e-Müstahsil Makbuzu",
    "expense": "e-Gider Pusulası",
    "native": "e-Serbest Meslek Makbuzu",
}


@pytest.mark.parametrize(("kind", "title"), TITLES.items())
def test_a_sheet_is_called_what_it_is(kind: str, title: str) -> None:
    assert sheet_of(example(kind)).title == title


@pytest.mark.parametrize("kind", [*KIND_EXAMPLES, "native"])
@pytest.mark.parametrize("language", ["tr", "en", "both"])
def test_every_row_has_a_text_for_every_column(kind: str, language: LabelLanguage) -> None:
    sheet = sheet_of(example(kind), language)
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert all(any(row[at] for row in sheet.rows) for at in range(len(sheet.columns)))


def test_an_invoice_says_its_lines_taxes_and_sums() -> None:
    sheet = sheet_of(example("invoice"))
    assert [side.name for side in sheet.sides] == ["Ardıç Ticaret A.Ş.", "Meltem Gıda Ltd. Şti."]
    assert sheet.rows[0] == ("1", "Ofis koltuğu", "4 Adet", "2.899,90", "%20", "2.319,92", "11.599,60")
    assert [total.value for total in sheet.totals] == [
        "12.034,60 ₺", "2.319,92 ₺", "43,50 ₺", "14.398,02 ₺", "14.398,02 ₺",
    ]  # fmt: skip
    assert sheet.totals[-1].is_main
    assert sheet.words == "Yalnız on dört bin üç yüz doksan sekiz lira iki kuruş"


def test_english_says_the_labels_codes_and_numbers_in_english() -> None:
    sheet = sheet_of(example("invoice"), "en")
    assert sheet.title == "e-Invoice"
    assert ("Type", "Sale") in sheet.facts
    assert sheet.rows[0][-1] == "11,599.60"
    assert sheet.words.startswith("Only fourteen thousand")


def test_what_is_withheld_stands_in_the_line_and_below() -> None:
    sheet = sheet_of(example("withheld"))
    assert "withheld" in [column.name for column in sheet.columns]
    assert any("612 – Temizlik hizmeti" in total.label and total.value == "3.321,14 ₺" for total in sheet.totals)
    assert [side.role for side in sheet.sides] == ["Satıcı", "Alıcı", "Asıl alıcı"]


def test_an_export_says_what_customs_want_and_why_no_tax_is_charged() -> None:
    sheet = sheet_of(example("export"))
    assert {"gtip", "package"} <= {column.name for column in sheet.columns}
    assert any(note.startswith("Vergi istisna muafiyet sebebi: 301") for note in sheet.notes)
    assert not any("PARTYTYPE" in line for side in sheet.sides for line in side.lines)


def test_foreign_money_says_its_rate_and_worth_in_lira() -> None:
    sheet = sheet_of(example("foreign"))
    assert ("Döviz kuru", "41,2236 · 30.10.2026") in sheet.facts
    assert sheet.totals[-2].value == "1.799,99 USD"
    assert sheet.totals[-1] == ("TL karşılığı", "74.202,07 ₺", False)


SALE = {
    "site": "www.magaza.example",
    "payment": "ODEMEARACISI",
    "agent": "Örnek Ödeme A.Ş.",
    "paid_on": "2026-11-01",
    "shipped_on": "2026-11-02",
    "carrier": {"tax_id": "9183746505", "name": "Örnek Kargo A.Ş."},
}


def test_an_internet_sale_says_what_the_law_wants_on_the_page_and_in_the_pdf() -> None:
    document = written(friendly("archive") | {"internet_sale": SALE, "sending": "ELEKTRONIK"})
    sheet = sheet_of(document)
    said = {line for block in sheet.blocks for line in block.lines}
    told = {
        "Web: www.magaza.example",
        "Ödeme şekli: Ödeme aracısı",
        "Ödeme aracısı: Örnek Ödeme A.Ş.",
        "Ödeme tarihi: 01.11.2026",
        "Gönderim / ifa tarihi: 02.11.2026",
    }
    assert told <= said
    assert ("Gönderim şekli", "Elektronik") in sheet.facts
    assert not any(label == "Son ödeme tarihi" for label, _ in sheet.facts)
    assert sheet.sides[-1].name == "Örnek Kargo A.Ş."
    page = to_html(document, design=Design(platform="belge.example")).html.decode()
    words = ["Bu satış internet üzerinden", *(line.rpartition(": ")[2] for line in told), "Örnek Kargo", "İade bölümü"]
    assert [word for word in [*words, "belge.example", "izleyen günün sonundan itibaren"] if word not in page] == []
    assert "SendingType" not in page


def test_a_code_stands_for_the_signature_or_there_is_room_for_it() -> None:
    assert ("Doğrulama kodu", "482913") in sheet_of(example("producer")).facts
    assert sheet_of(example("producer")).blocks == ()
    unsigned = written({name: value for name, value in friendly("producer").items() if name != "confirmation"})
    assert [block.label for block in sheet_of(unsigned).blocks] == ["Müstahsilin imzası"]
    page = to_html(unsigned, design=Design()).html.decode()
    assert "Müstahsilin imzası" in page
    assert "Müstahsilin imzası" not in to_html(example("producer"), design=Design()).html.decode()
    assert ("İade edilen satış", "e-Arşiv fatura · ARD2026000000150 · 20.10.2026") in sheet_of(example("expense")).facts


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_cancelled_document_says_so_in_every_design_and_its_xml_does_not(language: Language) -> None:
    word = {"tr": "İPTAL", "en": "CANCELLED"}[language]
    document = example("archive")
    for page in (
        to_html(document, design=Design(language=language), language=language, voided=True),
        to_html(document, stylesheet=FOREIGN, language=language, voided=True, is_own=lambda digest: True),
        to_html(document, language=language, voided=True),
    ):
        assert word in page.html.decode()
    assert word not in to_html(document, language=language).html.decode()
    made = to_pdf(document, language=language, voided=True)
    assert made != to_pdf(document, language=language)


FOREIGN = (
    b'<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:output method="html"/>'
    b'<x:template match="/"><html><body><p>Ours</p></body></html></x:template></x:stylesheet>'
)


def test_an_answer_says_to_what_and_why() -> None:
    sheet = sheet_of(example("answer"))
    assert ("Yanıt", "Fatura reddedildi.") in sheet.facts
    assert sheet.notes == ("Gerekçe: Fiyat anlaşmaya uygun değil.",)
    assert sheet.karekod == ""


def test_a_receipt_says_what_was_wrong() -> None:
    sheet = sheet_of(example("receipt"))
    assert sheet.rows[0] == ("1", "Çelik raf", "11 Adet", "1 Adet", "Boyası çizik")
    assert sheet.sides[0].name == "Meltem Gıda Ltd. Şti."


def test_a_despatch_says_how_the_goods_travel() -> None:
    facts = dict(sheet_of(example("despatch")).facts)
    assert facts["Araç plakası"] == "06ARD406"
    assert facts["Fiilî sevk"] == "02.11.2026 10:15"


def test_columns_of_a_design_are_left_out_and_needed_ones_stay() -> None:
    names = columns_of(sheet_of(example("export"), "tr", ("quantity", "amount")))
    assert names == ["line", "item", "quantity", "gtip", "package", "amount"]


def columns_of(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


def test_a_description_has_its_column_only_if_the_design_has_one() -> None:
    document = friendly("invoice")
    document["lines"][0]["description"] = "Bel destekli"
    without, with_it = sheet_of(written(document)), sheet_of(written(document), "tr", ("description",))
    assert without.rows[0][1] == "Ofis koltuğu\nBel destekli"
    assert with_it.rows[0][1:3] == ("Ofis koltuğu", "Bel destekli")


def test_notes_stand_in_their_order() -> None:
    assert sheet_of(ordinary(notes=["Bir", "İki"])).notes == ("Bir", "İki")
