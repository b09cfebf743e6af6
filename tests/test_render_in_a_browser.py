"""Our stylesheets in Chromium: it makes the same page of them, and prints long ones over pages with their headings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from lxml import etree
from playwright.sync_api import Browser, sync_playwright

from portal_browser import _CHROMIUM, _FLAGS, accessible
from render_dressed import BY_KIND, dressed, example, text_of
from ulak.render import KINDS, Design, stylesheet, to_html

RUN = """([xslt, document]) => {
  const parser = new DOMParser(), processor = new XSLTProcessor();
  processor.importStylesheet(parser.parseFromString(xslt, "text/xml"));
  const page = processor.transformToDocument(parser.parseFromString(document, "text/xml"));
  return new XMLSerializer().serializeToString(page);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if _CHROMIUM is None:
        pytest.skip("no Chromium: install Debian's package chromium (make test does)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_FLAGS))
        yield opened
        opened.close()


def test_the_browser_makes_the_same_page(browser: Browser) -> None:
    page = browser.new_page()
    for kind in KINDS:
        made = stylesheet(kind, Design(language="both"))
        document = example(BY_KIND[kind]) if kind == "answer" else dressed(example(BY_KIND[kind]))
        theirs = page.evaluate(RUN, [made.decode(), document.decode()])
        ours = etree.XSLT(etree.fromstring(made))(etree.fromstring(document))
        assert text_of(theirs.encode()) == text_of(bytes(ours))
    page.close()


def test_a_long_table_has_its_headings_on_every_page(browser: Browser) -> None:
    document = example("invoice/temelfatura-satis")
    start, stop = document.index(b"<cac:InvoiceLine>"), document.index(b"</cac:InvoiceLine>") + 18
    long = document[:start] + document[start:stop] * 120 + document[stop:]
    page = browser.new_page()
    page.set_content(to_html(long, design=Design()).html.decode())
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    said = [one.extract_text() for one in printed.pages]
    assert len(said) > 2
    assert all("Birim fiyat" in text for text in said[:-1])
    box: Any = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) in ((595, 842), (594, 841), (596, 842))


def test_pages_are_accessible(browser: Browser) -> None:
    page = browser.new_page()
    for kind in KINDS:
        page.set_content(to_html(dressed(example(BY_KIND[kind])), design=Design()).html.decode())
        accessible(page)
    page.close()


def test_no_page_of_ours_is_wider_than_a_phone(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for kind in KINDS:
        page.set_content(to_html(example(BY_KIND[kind]), design=Design(language="both")).html.decode())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
