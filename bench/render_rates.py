"""Measures what `bench/render` prints."""

from __future__ import annotations

import argparse
import json

from lxml import etree

from bench.invoices import NOW, invoice_json
from bench.measuring import ratios, show, signer
from bench.render_pdf import print_rates
from ulak.process import keep_freed_memory
from ulak.render import attachments, karekod, qr_png, stylesheet, stylesheet_reference, to_html
from ulak.ubl import invoice

RSA = "the RSA-2048 rate"
DAY = "2026-11-20"
FOREIGN = (
    b'<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/>'
    b'<xsl:template match="/"><html><body><xsl:for-each select="//*[not(*)]"><p><xsl:value-of select="."/></p>'
    b"</xsl:for-each></body></html></xsl:template></xsl:stylesheet>"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    keep_freed_memory()
    sign = signer()
    bare = lines(10)
    root, xslt = etree.fromstring(bare), stylesheet("invoice")
    qr = qr_png(karekod(root))
    own = carrying(bare, attachments(xslt, qr, day=DAY))
    page = to_html(own)
    print(f"10-line invoice: {len(bare)} bytes, dressed {len(own)}, page {len(page.html)}")
    print(f"stylesheet {len(xslt)} bytes, QR picture {len(qr)}")

    show("own HTML", ratios(lambda: to_html(own), sign, rounds), RSA, 0.27)
    long = carrying(lines(1000), attachments(xslt, qr, day=DAY))
    per_line = ratios(lambda: to_html(long), sign, max(3, rounds // 4), 5)
    show("own HTML, 1 000 lines, a line", [1000 * ratio for ratio in per_line], RSA, None)
    show("payload and QR picture", ratios(lambda: qr_png(karekod(root)), sign, rounds), RSA, None)
    foreign = carrying(bare, stylesheet_reference(FOREIGN, day=DAY))
    show("a stranger's, isolated", ratios(lambda: to_html(foreign), sign, max(3, rounds // 4), 50), RSA, None)
    print_rates(rounds)


def lines(count: int) -> bytes:
    return invoice.write(invoice.from_json(json.dumps(invoice_json(count)).encode(), now=NOW))


def carrying(document: bytes, fragment: bytes) -> bytes:
    return document.replace(b"<cac:Signature>", fragment + b"<cac:Signature>", 1)


if __name__ == "__main__":
    main()
