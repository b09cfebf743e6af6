"""Our own stylesheets: small, steady, within GİB's rules, understood by every processor, everything on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kept_stores import forget_all
from render_dressed import BY_KIND, DAY, EXAMPLES, carrying, dressed, example, text_of
from support import REFERENCE, needs_reference
from ulak.render import (
    KINDS,
    Asset,
    BankLine,
    Design,
    attachments,
    embedded_in,
    karekod,
    kind_of,
    qr_png,
    stylesheet,
    to_html,
)
from ulak.render.design import COLUMNS
from ulak.render.kinds import Kind
from ulak.render.labels import LABELS
from ulak.render.stylesheets import LARGEST
from ulak.rules import Verdict, check
from ulak.rules.importer import add
from ulak.rules.store import PackStore
from ulak.ubl.names import NAMESPACES

PIXEL = Asset(qr_png("x"), "image/png")
FULL = Design(
    accent="#7a1f2b",
    logo=PIXEL,
    signature=PIXEL,
    emblem=PIXEL,
    language="both",
    columns=COLUMNS,
    note_tr="Teşekkürler <b>& iyi günler</b> «ink»",
    note_en="Thank you",
    bank=(BankLine("Ziraat & Oğulları", "TR330006100519786457841326"),),
    density="airy",
    platform="belge.ornek.com.tr",
)
ALL = sorted(f"{path.parent.name}/{path.stem}" for path in EXAMPLES.glob("*/*.json") if path.parent.name != "erp")
SHOWN = [name for name in ALL if not name.startswith("system_response/")]


@pytest.mark.parametrize("kind", KINDS)
def test_stylesheets_are_small_and_the_same_each_time(kind: Kind) -> None:
    made = stylesheet(kind, FULL)
    forget_all()
    assert stylesheet(kind, replace(FULL)) == made
    assert len(made) <= LARGEST
    assert len(stylesheet(kind)) <= 22 * 1024
    assert b"<script" not in made
    assert b"document(" not in made
    assert b"disable-output-escaping" not in made
    assert not re.search("[«»]", made.decode().replace("«ink»", ""))


@pytest.mark.parametrize("kind", ["invoice", "despatch", "receipt", "producer"])
def test_a_dressed_document_is_still_valid(kind: Kind) -> None:
    document = dressed(example(BY_KIND[kind]), FULL)
    report = check(document, as_of=date(2026, 11, 22), advice=False)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())
    carried = embedded_in(document)
    assert carried.stylesheet == stylesheet(kind, FULL)
    assert carried.qr == qr_png(karekod(document))


@needs_reference
@pytest.mark.parametrize("kind", ["invoice", "despatch", "receipt"])
def test_a_dressed_document_is_valid_by_gibs_corrected_rules_too(kind: Kind, tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    pack = add(REFERENCE / "packages" / "efatura-schematron-20260727", store)
    report = check(dressed(example(BY_KIND[kind])), as_of=date(2026, 11, 22), pack=pack.name, store=store, advice=False)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_attachments_are_canonical() -> None:
    fragment = attachments(stylesheet("invoice"), qr_png("x"), day=DAY)
    names = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("cac", "cbc"))
    wrapped = f"<a{names}>".encode() + fragment + b"</a>"
    assert etree.tostring(etree.fromstring(wrapped), method="c14n") == wrapped


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a day"):
        attachments(b"<x/>", b"", day='2026-11-02"/>')


@pytest.mark.parametrize("name", SHOWN)
def test_every_example_shows_its_texts_and_amounts(name: str) -> None:
    """Each name, number, note, description and amount of the document stands on the page."""
    document = example(name)
    shown = text_of(to_html(document, design=Design()).html)
    root: Any = etree.fromstring(document)
    wanted = root.xpath(
        "/*/*[local-name()='ID' or local-name()='UUID' or local-name()='Note' or local-name()='ProfileID']"
        "|//*[local-name()='Item']/*[local-name()='Name' or local-name()='Description']"
        "|/*/*[not(local-name()='Signature')]//*[local-name()='PartyName']/*"
        "|//*[local-name()='LicensePlateID' or local-name()='TaxExemptionReason' or local-name()='RejectReason']"
    )
    missing = [element.text for element in wanted if " ".join((element.text or "").split()) not in shown]
    assert missing == []
    for amount in root.xpath("/*/*[local-name()='LegalMonetaryTotal']/*[local-name()='PayableAmount']"):
        assert turkish(amount.text) in shown


def turkish(amount: str) -> str:
    return f"{float(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def test_titles_say_what_the_document_is() -> None:
    for name, title in (
        ("invoice/temelfatura-satis", "e-Fatura"),
        ("invoice/earsivfatura-satis", "e-Arşiv Fatura"),
        (BY_KIND["despatch"], "e-İrsaliye"),
        (BY_KIND["freelance"], "e-Serbest Meslek Makbuzu"),
        (BY_KIND["producer"], "e-Müstahsil Makbuzu"),
        ("expense_note/giderpusulasi-satis", "e-Gider Pusulası"),
        ("passenger_cancellation/yolcuberaberfatura-satisiptaliade", "Satış İptal / İade Bildirimi"),
    ):
        page = etree.HTML(to_html(example(name), design=Design()).html.decode())
        assert [heading.text for heading in page.iter("h1")] == [title]
        assert "Gelir İdaresi Başkanlığı" in "".join(map(str, page.itertext()))


def test_a_design_shows_what_was_chosen() -> None:
    page = to_html(dressed(example("invoice/earsivfatura-satis"), FULL), design=FULL)
    shown = text_of(page.html)
    for said in ("Teşekkürler <b>& iyi günler</b> «ink»", "Thank you", "Ziraat & Oğulları", "TR33 0006 1005"):
        assert said in shown
    assert "belge.ornek.com.tr" in shown
    assert "Ödenecek tutar / Amount payable" in shown
    assert page.html.count(b"data:image/png;base64,") == 4
    assert b"#7a1f2b" in page.html


def test_columns_that_are_off_lose_no_content() -> None:
    document = example("more/document-discount-and-rounding")
    bare = Design(columns=("quantity", "unit_price", "amount"))
    shown = text_of(to_html(document, design=bare).html)
    assert LABELS["vat_rate"].tr not in shown
    assert "153,99" in shown


@pytest.mark.parametrize("language", ["tr", "en", "both"])
@pytest.mark.parametrize("kind", KINDS)
def test_another_processor_makes_the_same_page(kind: Kind, language: Any) -> None:
    saxonche = pytest.importorskip("saxonche")
    document = example(BY_KIND[kind]) if kind == "answer" else dressed(example(BY_KIND[kind]))
    made = stylesheet(kind, Design(language=language))
    with saxonche.PySaxonProcessor(license=False) as processor:
        compiler = processor.new_xslt30_processor()
        executable = compiler.compile_stylesheet(stylesheet_text=made.decode())
        other = executable.transform_to_string(xdm_node=processor.parse_xml(xml_text=document.decode()))
    ours = etree.XSLT(etree.fromstring(made))(etree.fromstring(document))
    assert text_of(other.encode()) == text_of(bytes(ours))


def test_five_thousand_lines_are_all_there() -> None:
    document = example("invoice/temelfatura-satis")
    start = document.index(b"<cac:InvoiceLine>")
    end = document.index(b"</cac:InvoiceLine>") + len(b"</cac:InvoiceLine>")
    line = document[start:end]
    long = document[:start] + line * 5000 + document[end:]
    page = to_html(long, design=Design())
    assert page.html.count(b"<tr>") > 5000


def test_a_document_that_carries_its_design_is_shown_in_process() -> None:
    page = to_html(dressed(example("invoice/temelfatura-satis")))
    assert (page.is_own, page.notes) == (True, ())
    assert b'class="q"' in page.html


def test_a_draft_gets_its_qr_code_and_stays_as_it_is() -> None:
    root = etree.fromstring(example("invoice/temelfatura-satis"))
    before = etree.tostring(root)
    assert b'class="q"' in to_html(root, design=Design()).html
    assert etree.tostring(root) == before


def test_answers_carry_their_stylesheet_where_gibs_samples_do() -> None:
    document = example(BY_KIND["answer"])
    fragment = attachments(stylesheet("answer"), b"", day=DAY)
    attachment = fragment[fragment.index(b"<cac:Attachment>") : fragment.index(b"</cac:AdditionalDocumentReference>")]
    placed = document.replace(b"</cac:DocumentReference>", attachment + b"</cac:DocumentReference>", 1)
    assert embedded_in(placed).stylesheet == stylesheet("answer")
    assert to_html(placed).notes == ()


def test_kinds_are_known_by_root_and_type() -> None:
    assert {kind_of(example(name)) for name in BY_KIND.values()} == set(KINDS)
    assert carrying(example(BY_KIND["invoice"]), b"") == example(BY_KIND["invoice"])
