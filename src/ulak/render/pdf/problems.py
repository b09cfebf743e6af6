"""What can go wrong on the way to paper."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["PROBLEMS"]

_OWN_DESIGN: Final = Text(
    "Belge Ulak'ın kendi tasarımıyla PDF yapıldı.", "The PDF was made in Ulak's own design instead."
)

PROBLEMS: Final[Table] = {
    "render.typesetting": Problem(
        Text("PDF dizilemedi: {why}", "The PDF could not be set: {why}"),
        Text(
            "Belgeyi HTML olarak açın ve bu kodu işletmeciye bildirin.",
            "Open the document as HTML and report this code to the operator.",
        ),
    ),
    "render.width": Problem(
        Text(
            "Görselin genişliği {width}; {least} ile {most} piksel arasında olmalı.",
            "The picture's width is {width}; it must be {least} to {most} pixels.",
        ),
        Text("Genişliği bu aralıkta verin.", "Give a width in this range."),
    ),
    "render.page": Problem(
        Text("Sayfa {page} yok; belge {pages} sayfa.", "There is no page {page}; the document has {pages}."),
        Text("Var olan bir sayfanın numarasını verin.", "Give the number of a page that exists."),
    ),
    "render.browser-missing": Problem(
        Text("Tarayıcı (Chromium) bulunamadı.", "No browser (Chromium) was found."),
        _OWN_DESIGN,
    ),
    "render.browser-failed": Problem(
        Text(
            "Tarayıcı gönderenin tasarımını PDF yapamadı: {why}",
            "The browser could not print the sender's design: {why}",
        ),
        _OWN_DESIGN,
        permanent=False,
    ),
}
