"""What there is to say of a design before it is used, and whether documents may go out with it."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.errors import Problem, Text

__all__ = ["FINDINGS", "Finding", "finding"]


class Finding(NamedTuple):
    """One thing found. An error keeps a design from being used; anything else is advice."""

    code: str
    text: Text
    repair: Text
    is_error: bool


class _Row(NamedTuple):
    said: Problem
    is_error: bool


_EMBEDDED: Final = Text(
    "Görselleri tasarımın içine (data: ile) koyun, dış adresleri kaldırın.",
    "Put pictures into the stylesheet (as data:) and remove outside addresses.",
)
_GUIDE: Final = Text("Eksik bilgiyi tasarıma ekleyin.", "Add what is missing to the design.")

FINDINGS: Final[dict[str, _Row]] = {
    "design.columns": _Row(
        Problem(
            Text("Satırlarda zorunlu sütun eksik: {columns}.", "A column that the law wants is missing: {columns}."),
            Text("Miktar, birim fiyat ve tutar sütunlarını açın (VUK 230).", "Switch the columns on (VUK 230)."),
        ),
        True,
    ),
    "design.size": _Row(
        Problem(
            Text("Tasarım {size} bayt; en çok {limit} bayt olabilir.", "The design has {size} bytes; {limit} at most."),
            Text("Logoyu ya da imzayı küçültün.", "Make the logo or the signature smaller."),
        ),
        True,
    ),
    "design.weight": _Row(
        Problem(
            Text(
                "Görseller {size} bayt tutuyor; her belgeyle birlikte gider.",
                "The pictures take {size} bytes, which travel with every document.",
            ),
            Text("8 KB'tan küçük görseller yeğleyin.", "Prefer pictures below 8 KB."),
        ),
        False,
    ),
    "design.contrast": _Row(
        Problem(
            Text(
                "“{colour}” beyaz kâğıtta okunmaz (karşıtlık {ratio}).", "“{colour}” cannot be read on white ({ratio})."
            ),
            Text("Karşıtlığı en az 4,5 olan koyu bir renk seçin.", "Choose a darker colour with a contrast of 4.5."),
        ),
        True,
    ),
    "design.emblem": _Row(
        Problem(
            Text(
                "GİB logosu yüklenmemiş; yerine yazıyla “Gelir İdaresi Başkanlığı” basılır.",
                "The Revenue Administration's logo is not loaded; its name is printed in words instead.",
            ),
            Text(
                "e-Fatura kılavuzu üst ortada GİB logosu ister: GİB'in verdiği logoyu tasarıma yükleyin.",
                "The e-Fatura guide wants the logo at the top centre: load the one that GİB gives out.",
            ),
        ),
        False,
    ),
    "design.platform": _Row(
        Problem(
            Text(
                "e-Arşiv çıktılarında belgenin aslının nereden indirileceği yazmıyor.",
                "Paper copies of e-Arşiv documents do not say where the original can be downloaded.",
            ),
            Text("Belgenin indirildiği adresi yazın (e-Arşiv Kılavuzu 6).", "Fill in the address (e-Arşiv guide, 6)."),
        ),
        False,
    ),
    "design.note-language": _Row(
        Problem(
            Text("Notun İngilizcesi boş; Türkçesi basılır.", "The note has no English; the Turkish one is printed."),
            Text("İngilizce notu yazın.", "Write the note in English."),
        ),
        False,
    ),
    "stylesheet.broken": _Row(
        Problem(
            Text("Bu, çalışan bir XSLT 1.0 tasarımı değil: {why}", "This is no working XSLT 1.0 stylesheet: {why}"),
            Text("Tasarımı üreten programda düzeltin.", "Correct it in the program that made it."),
        ),
        True,
    ),
    "stylesheet.size": _Row(
        Problem(
            Text(
                "Tasarım {size} bayt; her belgeyle birlikte gider.",
                "The stylesheet has {size} bytes, in every document.",
            ),
            Text("30 KB'tan küçük bir tasarım kullanın.", "Use a stylesheet below 30 KB."),
        ),
        False,
    ),
    "stylesheet.version": _Row(
        Problem(
            Text(
                "Tasarım XSLT {version} istiyor; alıcılar 1.0 çalıştırır.",
                "It wants XSLT {version}; receivers run 1.0.",
            ),
            Text("Tasarımı XSLT 1.0 ile yazın.", "Write it in XSLT 1.0."),
        ),
        False,
    ),
    "stylesheet.outside": _Row(
        Problem(
            Text("Tasarım dışarıdan bir şey istiyor: {what}", "The stylesheet asks for something outside: {what}"),
            _EMBEDDED,
        ),
        True,
    ),
    "stylesheet.unescaped": _Row(
        Problem(
            Text(
                "Tasarım belgedeki metni olduğu gibi HTML'e basıyor (disable-output-escaping).",
                "The stylesheet prints texts of the document as HTML (disable-output-escaping).",
            ),
            Text("Bu özniteliği kaldırın.", "Remove the attribute."),
        ),
        True,
    ),
    "stylesheet.script": _Row(
        Problem(
            Text(
                "Tasarımda betik (script) var; çıktılarda ve çoğu görüntüleyicide çalışmaz.",
                "The stylesheet has scripts, which run neither in prints nor in most viewers.",
            ),
            Text("Karekodu belgedeki resimden gösterin.", "Show the QR code from the picture in the document."),
        ),
        False,
    ),
    "stylesheet.title": _Row(
        Problem(
            Text(
                "Belgenin adı (ör. “e-Fatura”) görünmüyor.", "The name of the document (e.g. “e-Fatura”) is not shown."
            ),
            Text("Üst ortaya belgenin adını yazın.", "Write the name of the document at the top centre."),
        ),
        True,
    ),
    "stylesheet.emblem": _Row(
        Problem(
            Text("Gelir İdaresi Başkanlığı işareti bulunamadı.", "The Revenue Administration's mark was not found."),
            Text("Üst ortaya GİB logosunu koyun.", "Put the logo of GİB at the top centre."),
        ),
        False,
    ),
    "stylesheet.qr": _Row(
        Problem(
            Text("Karekod gösterilmiyor.", "The QR code is not shown."),
            Text("Karekodu sağ üst köşeye koyun (Karekod Kılavuzu 3).", "Put it at the top right (QR code guide, 3)."),
        ),
        True,
    ),
    "stylesheet.field": _Row(
        Problem(Text("Belgenin şu bilgisi gösterilmiyor: {field}", "The document's {field} is not shown."), _GUIDE),
        True,
    ),
}


def finding(code: str, **facts: object) -> Finding:
    """The finding of a code, its facts filled in; a fact that is a `Text` is said in the language of the sentence."""
    (text, repair, _), is_error = FINDINGS[code]
    tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return Finding(code, Text(text.tr.format_map(tr), text.en.format_map(en)), repair, is_error)
