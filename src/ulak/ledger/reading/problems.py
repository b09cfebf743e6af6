"""What can be wrong with a book that is read."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "BookError", "problem"]

PROBLEMS: Final[dict[str, Problem]] = {
    "book.root": Problem(
        Text(
            "Bu dosya bir e-Defter, berat ya da defter raporu değil: kök öğesi {name}.",
            "This file is no electronic book, berat or ledger report: its root element is {name}.",
        ),
        Text(
            "Kök öğesi edefter:defter, edefter:berat ya da edefter:defterraporu olan dosyayı verin.",
            "Give a file whose root element is edefter:defter, edefter:berat or edefter:defterraporu.",
        ),
    ),
    "book.too-large": Problem(
        Text("Dosya {limit} bayttan büyük.", "The file is larger than {limit} bytes."),
        Text(
            "GİB 200 MB'tan büyük defter almaz: dönemi parçalara bölerek yeniden oluşturun.",
            "GİB takes no book larger than 200 MB: divide the month into parts and make it again.",
        ),
    ),
    "book.deep": Problem(
        Text(
            "{place} içinde, bölünmeden okunamayacak kadar çok veri var.",
            "There is more inside {place} than can be read at once.",
        ),
        Text(
            "Dosyayı üreten programdan yeniden alın; başlık, mühür ya da tek bir satır bu kadar büyük olamaz.",
            "Take the file again from the program that made it; no head, seal or line of a book is that large.",
        ),
    ),
    "book.ids": Problem(
        Text(
            "Defterde {limit} adetten çok id niteliği var; birinin iki kez kullanılıp kullanılmadığı denetlenemez.",
            "The entries of the book have more than {limit} ids; whether one is used twice cannot be checked.",
        ),
        Text(
            "Defteri id nitelikleri olmadan oluşturun; GİB kılavuzları bunları istemez.",
            "Make the book without id attributes; GİB's guides ask for none.",
        ),
    ),
    "book.whole": Problem(
        Text(
            "{pack} paketinin {rule} kuralı bütün deftere bakar; {size} bayttan büyük dosyada denetlenemez: {words}",
            "Rule {rule} of {pack} looks at the whole book; it cannot be checked in files above {size} bytes: {words}",
        ),
        Text(
            "Ulak'ın bu GİB paketini tanıyan sürümüne geçin ya da dönemi daha küçük parçalara bölün.",
            "Use a version of Ulak that knows this package of GİB's, or divide the month into smaller parts.",
        ),
    ),
    "book.company": Problem(
        Text("Defterin başlığında şirket bilgisi eksik: {name}.", "The head of the book lacks {name}."),
        Text(
            "Bu bilgiyi firma bilgilerinden tamamlayıp defteri yeniden oluşturun.",
            "Complete it in the company's facts and make the book again.",
        ),
    ),
}


class BookError(UlakError):
    """A book cannot be read; ``code`` is one of ``book.*``."""


def problem(code: str, /, *, where: str = "", **facts: Text | str | int) -> BookError:
    """The error of a code."""
    return error_of(BookError, PROBLEMS, code, where=where, line=None, **facts)
