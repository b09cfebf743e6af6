"""The words of ``--help`` of ``ulak render``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["RENDER_HELP", "RENDER_METAVARS"]

RENDER_METAVARS: Final = {
    "OUT": Text("ÇIKTI", "OUT"),
    "DESIGN.json": Text("TASARIM.json", "DESIGN.json"),
}
RENDER_HELP: Final = Help(
    Text("Bir belgeyi kişilerin gördüğü biçime çevirir.", "Turn a document into what a person sees."),
    {
        "file": Text("Belgenin XML dosyası; - standart girdi.", "The document's XML file; - is standard input."),
        "to": Text(
            "html: tarayıcı için; pdf: içinde XML'i olan PDF/A-3b; png: ilk sayfanın resmi. Yazılmazsa -o'daki "
            "uzantıdan anlaşılır, o da yoksa html.",
            "html: for a browser; pdf: PDF/A-3b with the XML in it; png: a picture of the first page. If left out the "
            "name given by -o tells, else html.",
        ),
        "output": Text("Yazılacak dosya; yazılmazsa standart çıktı.", "File to write; standard output if left out."),
        "design": Text(
            "Tasarım dosyası (docs/rendering.md): renkler, logo, sütunlar, notlar.",
            "A design (docs/rendering.md): colours, logo, columns, notes.",
        ),
        "own": Text(
            "Belgenin içindeki tasarım yerine Ulak'ın tasarımı.", "Ulak's design in place of the one in the document."
        ),
        "labels": Text("Ulak'ın tasarımında etiketlerin dili.", "Language of the labels in Ulak's design."),
    },
    (
        Text(
            "HTML'de belge, gönderenin içine koyduğu tasarımla (XSLT) gösterilir; yabancı tasarım yalıtılmış bir "
            "süreçte, süre ve bellek sınırıyla çalışır. Gösterilemezse nedeni söylenir, Ulak'ın tasarımı kullanılır.",
            "HTML shows a document in the stylesheet (XSLT) that its sender put in; a stranger's runs in an isolated "
            "process within limits of time and memory. If it cannot be shown, why is said and Ulak's design is used.",
        ),
        Text("PDF ve PNG her zaman Ulak'ın tasarımıyladır.", "PDF and PNG are always in Ulak's design."),
    ),
    (
        ("ulak render fatura.xml -o fatura.pdf", Text("PDF, içinde XML'i ile.", "A PDF with the XML in it.")),
        (
            "ulak render fatura.xml --own --labels both -o fatura.html",
            Text("İki dilli sayfa.", "A page in both languages."),
        ),
        (
            "ulak render fatura.xml --design tasarim.json -o fatura.png",
            Text("Kendi renkleri ve logosuyla resim.", "A picture in colours and logo of one's own."),
        ),
    ),
)
