"""What can be wrong with a visit to a page."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "PageError", "problem"]


class PageError(UlakError):
    """A page cannot be shown, or an action on it not be carried out."""


PROBLEMS: Final[Table] = {
    "pages.not-found": Problem(
        Text("Bu adreste bir sayfa yok.", "There is no page at this address."),
        Text("Adresi denetleyin ya da ana sayfaya dönün.", "Check the address, or go back to the first page."),
    ),
    "pages.method": Problem(
        Text("Bu adres böyle çağrılmaz.", "This address is not asked in this way."),
        Text("Sayfayı yeniden açıp düğmeyle ilerleyin.", "Open the page again and go on by its buttons."),
    ),
    "pages.read-only": Problem(
        Text("Burada yalnız okuyorsunuz; hiçbir şey değişmedi.", "You only read here; nothing was changed."),
        Text("Değişikliği mükellefin kendi kullanıcıları yapar.", "The taxpayer's own people make changes."),
    ),
    "pages.csrf": Problem(
        Text(
            "Güvenlik işareti eksik ya da eski; istek başka bir sayfadan gelmiş olabilir.",
            "The security token is missing or old; the request may have come from another site.",
        ),
        Text(
            "Sayfayı yenileyip yeniden deneyin; tarayıcıda çerezlere izin verin.",
            "Reload the page and try again; let the browser keep cookies.",
        ),
    ),
    "pages.too-large": Problem(
        Text("Gönderilen çok büyük: en çok {limit} MB.", "What was sent is too large: {limit} MB at most."),
        Text("Dosyayı bölün ya da sıkıştırılmış gönderin.", "Split the file, or send it compressed."),
    ),
    "pages.unreadable": Problem(
        Text("Gönderilen okunamadı.", "What was sent cannot be read."),
        Text(
            "Sayfayı yeniden açıp formu oradan gönderin.",
            "Open the page again, and send the form from there.",
        ),
    ),
    "pages.failed": Problem(
        Text("Beklenmeyen bir hata oldu; kaydedildi.", "Something unexpected went wrong; it has been recorded."),
        Text(
            "Birazdan yeniden deneyin. Sürerse bu sayfadaki istek numarasıyla bize yazın.",
            "Try again in a moment. If it goes on, write to us with the number of the request on this page.",
        ),
        permanent=False,
    ),
    "pages.unavailable": Problem(
        Text("Veritabanına şu anda ulaşılamıyor.", "The database cannot be reached at the moment."),
        Text(
            "Gönderdiğiniz kaydedilmedi; birazdan yeniden deneyin.",
            "What you sent was not kept; try again in a moment.",
        ),
        permanent=False,
    ),
    "pages.too-often": Problem(
        Text("Bu adresten çok sık istek geldi.", "Too many requests came from this address."),
        Text("{seconds} saniye bekleyin.", "Wait for {seconds} seconds."),
        permanent=False,
    ),
}


def problem(code: str, *, where: str = "", **facts: object) -> PageError:
    """The error of a code."""
    return error_of(PageError, PROBLEMS, code, where=where, line=None, **facts)
