"""Stylesheets of strangers: shown as they are, isolated; those that mean harm are told, and our own design steps in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from render_dressed import BY_KIND, carrying, example, text_of, with_stylesheet
from render_hostile import HOSTILE, SCRIPTS, Hostile, sheet
from support import REFERENCE, needs_reference
from ulak.render import Design, RenderError, embedded_in, stylesheet, to_html
from ulak.render.foreign import Limits, Sandbox
from ulak.render.foreign.cleaning import clean
from ulak.ubl.documents import read_document, write_document

QUICK = Limits(seconds=0.6, megabytes=64, output=200_000)
INVOICE = example("invoice/temelfatura-satis")
XSS = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{}]]>&lt;b&gt;"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(size=2) as made:
        yield made


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=lambda attack: attack.why)
def test_an_attack_is_told_by_its_code(attack: Hostile, sandbox: Sandbox) -> None:
    with pytest.raises(RenderError) as refused:
        sandbox.run(INVOICE, attack.xslt, QUICK)
    assert refused.value.code in attack.codes
    assert not Path("/tmp/ulak-was-here").exists()


def test_after_every_attack_the_next_reader_is_served(sandbox: Sandbox) -> None:
    assert b"hello" in sandbox.run(INVOICE, sheet("<p>hello</p>"), QUICK).static


def test_an_endless_stylesheet_keeps_nobody_else_waiting(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(2) as threads:
        endless = threads.submit(sandbox.run, INVOICE, HOSTILE["exponential"].xslt, QUICK)
        assert b"hello" in threads.submit(sandbox.run, INVOICE, sheet("<p>hello</p>"), QUICK).result().static
        with pytest.raises(RenderError):
            endless.result()


def test_a_killed_process_is_replaced(sandbox: Sandbox) -> None:
    sandbox.run(INVOICE, sheet("<p>x</p>"), QUICK)
    for process in [process for process in sandbox._idle.queue if process]:
        os.kill(process._child.pid, 9)
        process._child.wait()
    assert b"hello" in sandbox.run(INVOICE, sheet("<p>hello</p>"), QUICK).static


def test_what_is_too_large_is_not_even_tried(sandbox: Sandbox) -> None:
    with pytest.raises(RenderError) as refused:
        sandbox.run(INVOICE, sheet("x" * 500), Limits(stylesheet=400))
    assert refused.value.code == "render.stylesheet-huge"


def test_an_output_beyond_its_limit_is_not_shown(sandbox: Sandbox) -> None:
    with pytest.raises(RenderError) as refused:
        sandbox.run(INVOICE, sheet("x" * 5000), Limits(output=4000))
    assert refused.value.code == "render.output-huge"


def test_an_empty_page_is_not_shown(sandbox: Sandbox) -> None:
    nothing = (
        b'<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/>'
        b'<xsl:template match="/"><script>document.write(1)</script></xsl:template></xsl:stylesheet>'
    )
    with pytest.raises(RenderError) as refused:
        sandbox.run(INVOICE, nothing, QUICK)
    assert refused.value.code == "render.output-empty"


def test_the_isolated_process_sees_no_secrets_and_opens_no_files(sandbox: Sandbox) -> None:
    sandbox.run(INVOICE, sheet("<p>x</p>"), QUICK)
    process = next(process for process in sandbox._idle.queue if process and process.is_alive)
    seen = Path(f"/proc/{process._child.pid}/environ").read_bytes().split(b"\0")
    assert {entry.split(b"=")[0] for entry in seen if entry} <= {b"PATH", b"PYTHONPATH", b"LANG"}


@pytest.mark.parametrize("trick", SCRIPTS, ids=range(len(SCRIPTS)))
def test_nothing_active_is_left_on_a_page(trick: str, sandbox: Sandbox) -> None:
    page = sandbox.run(INVOICE, sheet(f"<p>hello</p>{trick}"), QUICK).static
    assert b"hello" in page
    assert_inactive(page)


def assert_inactive(page: bytes) -> None:
    root: Any = etree.HTML(page.decode())
    banned = "script iframe object embed form input button link base svg math video audio template details a[@href]"
    for name in banned.split():
        assert root.xpath(f"//{name}") == []
    assert root.xpath("//meta[@http-equiv='refresh']") == []
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("href", "action", "formaction", "srcdoc", "background", "data")
            assert name != "src" or re.match(r"data:image/(png|jpe?g|gif|bmp|webp);base64,", value)
    css = " ".join([*root.xpath("//style/text()"), *root.xpath("//@style")]).lower()
    assert not re.search(r"url\s*\(|@import|expression\s*\(|image-set\s*\(|\\", css)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*SCRIPTS, "<p>", "</p>", "<table><tr><td>", "<!--", "-->", "</style>", "<", '"', "\0"]))
)
def test_cleaning_leaves_nothing_active_whatever_it_is_given(pieces: list[str]) -> None:
    assert_inactive(f"<html><body>{clean(''.join(pieces))}</body></html>".encode())


def test_scripts_stay_in_the_form_for_a_sandboxed_frame(sandbox: Sandbox) -> None:
    shown = sandbox.run(INVOICE, sheet("<p>x</p><script>draw()</script>"), QUICK)
    assert b"draw()" in shown.scripted
    assert b"draw()" not in shown.static
    assert sandbox.run(INVOICE, sheet("<p>x</p>"), QUICK).scripted == b""


def test_a_page_says_which_policy_belongs_to_it() -> None:
    page = to_html(with_stylesheet(INVOICE, sheet("<p>x</p>")))
    assert not page.is_own
    assert "script-src" not in page.policy
    assert "sandbox allow-scripts" in page.scripted_policy
    for policy in (page.policy, page.scripted_policy):
        assert policy.startswith("default-src 'none'")
        assert "allow-same-origin" not in policy


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (INVOICE, "render.no-stylesheet"),
        (with_stylesheet(INVOICE, HOSTILE["document-file"].xslt), "render.stylesheet-refused"),
        (with_stylesheet(INVOICE, b"<broken"), "render.stylesheet-broken"),
        (with_stylesheet(INVOICE, sheet("x")).replace(b"</cbc:EmbeddedDocument", b"!</cbc:EmbeddedDocument"), ""),
    ],
    ids=["none", "hostile", "broken", "base64"],
)
def test_our_own_design_steps_in_and_a_note_says_why(document: bytes, code: str, sandbox: Sandbox) -> None:
    page = to_html(document, sandbox=sandbox)
    assert page.is_own
    assert "8.331,00 TL" in text_of(page.html)
    (note,) = page.notes
    assert note.tr
    assert note.en
    assert code or "base64" in note.en


def test_a_stylesheet_that_only_claims_to_be_ours_runs_isolated(sandbox: Sandbox) -> None:
    forged = stylesheet("invoice") + b"<!-- -->"
    page = to_html(with_stylesheet(INVOICE, forged), sandbox=sandbox)
    assert not page.is_own


def test_stylesheets_that_the_caller_knows_run_in_process(sandbox: Sandbox) -> None:
    mine = stylesheet("invoice", Design(accent="#123456"))
    document = with_stylesheet(INVOICE, mine)
    known = embedded_in(document).digest
    assert to_html(document, is_own={known}.__contains__, sandbox=sandbox).is_own


@pytest.mark.parametrize("kind", BY_KIND)
def test_no_field_of_a_document_becomes_markup(kind: str) -> None:
    """The hostile text stands in every text of the document; the page holds it as text alone."""
    root: Any = etree.fromstring(example(BY_KIND[kind]))  # type: ignore[index]
    for element in root.iter(etree.Element):
        if element.text and element.text.strip() and len(element) == 0:
            if not re.fullmatch(r"[\d.:-]+", element.text) and not element.tag.endswith("Code"):
                element.text = XSS
            for name in element.attrib:
                element.set(name, XSS)
    page = to_html(root, design=Design())
    shown: Any = etree.HTML(page.html.decode())
    assert shown.xpath("//script") == []
    assert shown.xpath("//*[@onerror]") == []
    assert all(source.startswith("data:image/png;base64,") for source in shown.xpath("//@src"))
    assert shown.xpath("//@href") == []


def test_a_forged_qr_picture_stays_a_picture() -> None:
    evil = b"</cbc:EmbeddedDocumentBinaryObject>"
    fragment = (
        b"<cac:AdditionalDocumentReference><cbc:ID>x</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>"
        b"<cbc:DocumentType>KAREKOD</cbc:DocumentType><cac:Attachment><cbc:EmbeddedDocumentBinaryObject "
        b'mimeCode="image/png">x" onerror="alert(1)</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>'
        b"</cac:AdditionalDocumentReference>"
    )
    assert evil in fragment
    shown: Any = etree.HTML(to_html(carrying(INVOICE, fragment), design=Design()).html.decode())
    (source,) = shown.xpath("//img[@class='q']/@src")
    assert source == 'data:image/png;base64,x"%20onerror="alert(1)'
    assert shown.xpath("//*[@onerror]") == []


@needs_reference
def test_gibs_own_stylesheets_are_shown_as_they_are(sandbox: Sandbox) -> None:
    folder = REFERENCE / "packages" / "ubl-tr-1.2.1" / "xml"
    for name, stylesheet_name in (
        ("TemelFaturaOrnegi.xml", "general.xslt"),
        ("Irsaliye-Ornek1.xml", "irsaliye.xslt"),
        ("IrsaliyeYaniti-Ornek1.xml", "irsaliyeyaniti.xslt"),
        ("KabulUygulamaYanitiOrnegi.xml", "appResponse.xslt"),
    ):
        document = (folder / name).read_bytes()
        shown = sandbox.run(document, (folder / stylesheet_name).read_bytes())
        written: Any = read_document(document)
        assert str(written.uuid).lower() in text_of(shown.static).lower()
        assert write_document(written)


@needs_reference
@pytest.mark.parametrize("name", ["FYS2025000000008.xml", "CNK2025000000026-Iade.xml"])
def test_real_invoices_are_shown_in_their_own_design(name: str, sandbox: Sandbox) -> None:
    document = (REFERENCE / "samples" / "signed" / name).read_bytes()
    page = to_html(document, sandbox=sandbox)
    assert (page.is_own, page.notes) == (False, ())
    assert name[:16] in text_of(page.html)
    assert_inactive(page.html)
