"""A stranger's design is printed by a locked-down browser; whatever goes wrong, the document comes in Ulak's design."""

from __future__ import annotations

import base64
import io
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pypdf
import pytest

from render_documents import example
from ulak.render import Design
from ulak.render.pdf import find_browser, printed
from ulak.render.pdf.browser import print_page

needs_browser = pytest.mark.skipif(find_browser() is None, reason="there is no Chromium on this machine")
STYLESHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><xsl:template match="/">
<html><head><title>x</title></head><body><h1>Gönderenin tasarımı</h1><xsl:value-of select="*/cbc:ID"/></body></html>
</xsl:template></xsl:stylesheet>"""


def dressed(stylesheet: str) -> bytes:
    content = base64.b64encode(stylesheet.encode()).decode()
    reference = (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject characterSetCode="UTF-8" encodingCode="Base64" filename="a.xslt"'
        f' mimeCode="application/xml">{content}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>'
        "</cac:AdditionalDocumentReference><cac:Signature>"
    )
    return example("invoice").replace(b"<cac:Signature>", reference.encode(), 1)


@needs_browser
def test_a_strangers_design_comes_as_its_sender_made_it_with_the_xml_inside() -> None:
    document = dressed(STYLESHEET)
    made = printed(document, engine="browser")
    assert (made.is_own, made.notes) == (False, ())
    assert "Gönderenin tasarımı" in pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        [spec] = pdf.attachments.values()
        assert spec.get_file().read_bytes() == document


def test_without_a_browser_the_document_comes_in_our_design_and_says_so() -> None:
    made = printed(dressed(STYLESHEET), engine="browser", browser=Path("/nowhere/chromium"))
    assert made.is_own
    assert "kendi tasarımıyla" in " ".join(note.tr for note in made.notes)


@pytest.mark.parametrize("script", ["exit 0", "exit 7", "kill -9 $$"], ids=["silent", "failing", "killed"])
def test_a_browser_that_fails_is_no_error(script: str, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    made = printed(dressed(STYLESHEET), engine="browser", browser=program)
    assert made.is_own
    assert made.pdf.startswith(b"%PDF")
    assert made.notes


def test_our_own_design_needs_no_browser() -> None:
    made = printed(example("invoice"), engine="browser", design=Design(), browser=Path("/nowhere/chromium"))
    assert (made.is_own, made.notes) == (True, ())


class Listener(BaseHTTPRequestHandler):
    asked: list[str]  # set on the subclass of each test

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(204)
        self.end_headers()


@needs_browser
def test_the_browser_asks_nobody_and_runs_nothing() -> None:
    """Pictures, frames, styles and scripts of a page that got past every other wall."""
    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Own", (Listener,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    page = (
        f'<html><head><link rel=stylesheet href="{there}/css"></head><body><p id=p>önce</p><img src="{there}/img">'
        f'<iframe src="{there}/frame"></iframe><iframe src="file:///etc/passwd"></iframe>'
        f'<script>document.getElementById("p").textContent="sonra";new Image().src="{there}/js"</script></body></html>'
    )
    try:
        made = print_page(page.encode(), "default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    finally:
        server.shutdown()
    said = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert ("önce" in said, "sonra" in said, "root:" in said, asked) == (True, False, False, [])
