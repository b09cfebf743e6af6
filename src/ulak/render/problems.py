"""What can go wrong when a document is shown: every ``render.*`` code of this room, with its sentence and repair."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "RenderError", "problem"]

_OWN_INSTEAD: Final = Text(
    "Belge Ulak'ın kendi tasarımıyla gösterilir; gönderene tasarımını düzelttirin.",
    "The document is shown in Ulak's own design; let the sender correct theirs.",
)

PROBLEMS: Final[Table] = {
    "render.kind": Problem(
        Text("“{root}” gösterilebilen bir belge türü değil.", "A “{root}” is no kind of document that can be shown."),
        Text(
            "Fatura, irsaliye, irsaliye yanıtı, uygulama yanıtı, müstahsil ya da serbest meslek makbuzu verin; "
            "zarfı önce `ulak envelope open` ile açın.",
            "Give an invoice, despatch advice, receipt advice, application response, producer or freelance receipt; "
            "open an envelope with `ulak envelope open` first.",
        ),
    ),
    "render.design": Problem(
        Text("Tasarımın “{field}” alanı geçersiz: {why}", "The field “{field}” of the design is wrong: {why}"),
        Text("Alanı düzeltip yeniden deneyin.", "Correct the field and try again."),
    ),
    "render.asset": Problem(
        Text("“{field}” görseli kullanılamaz: {why}", "The picture “{field}” cannot be used: {why}"),
        Text("PNG, JPEG ya da WebP bir görsel seçin.", "Choose a picture in PNG, JPEG or WebP."),
    ),
    "render.stylesheet-too-large": Problem(
        Text(
            "Tasarım {size} bayt oldu; gömülü tasarım en çok {limit} bayt olabilir.",
            "The design came to {size} bytes; an embedded one has at most {limit}.",
        ),
        Text("Logoyu, imzayı ya da notları küçültün.", "Make the logo, the signature or the notes smaller."),
    ),
    "render.qr-too-long": Problem(
        Text(
            "Karekoda {size} bayt sığmaz; en çok {limit} bayt olabilir.",
            "{size} bytes do not fit a QR code, which holds at most {limit}.",
        ),
        Text(
            "Belgede birbirinden farklı çok sayıda KDV oranı var; belgeyi bölün.",
            "The document has very many different VAT rates; split it.",
        ),
    ),
    "render.no-stylesheet": Problem(
        Text("Belgenin içinde tasarım (XSLT) yok.", "The document carries no stylesheet (XSLT)."),
        _OWN_INSTEAD,
    ),
    "render.broken-base64": Problem(
        Text("Belgeye gömülü tasarım base64 olarak çözülemiyor.", "The embedded stylesheet is not valid base64."),
        _OWN_INSTEAD,
    ),
    "render.stylesheet-broken": Problem(
        Text("Belgeye gömülü tasarım çalıştırılamıyor: {why}", "The embedded stylesheet cannot be run: {why}"),
        _OWN_INSTEAD,
    ),
    "render.stylesheet-refused": Problem(
        Text(
            "Belgeye gömülü tasarım izin verilmeyen bir şey istiyor: {why}",
            "The embedded stylesheet asks for something that is not allowed: {why}",
        ),
        _OWN_INSTEAD,
    ),
    "render.stylesheet-huge": Problem(
        Text(
            "Belgeye gömülü tasarım {size} bayt; en çok {limit} bayt çalıştırılır.",
            "The embedded stylesheet has {size} bytes; at most {limit} are run.",
        ),
        _OWN_INSTEAD,
    ),
    "render.time": Problem(
        Text(
            "Belgeye gömülü tasarım {seconds} saniyede bitmedi ve durduruldu.",
            "The embedded stylesheet did not end within {seconds} seconds and was stopped.",
        ),
        _OWN_INSTEAD,
    ),
    "render.memory": Problem(
        Text(
            "Belgeye gömülü tasarım {limit} MB bellekle yetinmedi ve durduruldu.",
            "The embedded stylesheet wanted more than {limit} MB of memory and was stopped.",
        ),
        _OWN_INSTEAD,
    ),
    "render.output-huge": Problem(
        Text(
            "Belgeye gömülü tasarımın çıktısı {limit} baytı aşıyor.",
            "The output of the embedded stylesheet exceeds {limit} bytes.",
        ),
        _OWN_INSTEAD,
    ),
    "render.output-empty": Problem(
        Text("Belgeye gömülü tasarım boş bir sayfa üretti.", "The embedded stylesheet produced an empty page."),
        _OWN_INSTEAD,
    ),
    "render.sandbox": Problem(
        Text("Tasarımların çalıştığı yalıtılmış süreç açılamadı.", "The isolated process for designs did not start."),
        Text("Yeniden deneyin; sürerse işletmeciye bildirin.", "Try again; tell the operator if it stays so."),
        permanent=False,
    ),
}


class RenderError(UlakError):
    """A document, design or stylesheet cannot be shown as it is; ``code`` is one of `PROBLEMS`."""


def problem(code: str, **facts: Any) -> RenderError:
    """The error of one of this room's codes."""
    return error_of(RenderError, PROBLEMS, code, **facts)
