"""What keeps a large document from being sealed or judged piece by piece: every ``large.*`` code."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, error_of

__all__ = ["PROBLEMS", "LargeError", "not_in_pieces", "problem"]

PROBLEMS: Final = {
    "large.not-in-pieces": Problem(
        Text("Belge parça parça okunamıyor: {detail}", "The document cannot be read piece by piece: {detail}"),
        Text(
            "Raporu açıklama, işlem komutu ve CDATA olmadan, UTF-8 olarak ve kökün altında küçük öğelerle yazın.",
            "Write the report in UTF-8, without comments, processing instructions and CDATA, as small elements below "
            "the root.",
        ),
    ),
    "large.too-large": Problem(
        Text("Belge {limit} bayttan büyük.", "The document is larger than {limit} bytes."),
        Text(
            "Raporu bölümlere ayırın; GİB bir raporun açılmış halini en çok 100 MB kabul eder.",
            "Split the report into sections; GİB takes at most 100 MB of one, unpacked.",
        ),
    ),
    "large.book-too-large": Problem(
        Text("Defter {limit} bayttan büyük.", "The book is larger than {limit} bytes."),
        Text(
            "Defteri parçalara bölün; mühürlü bir parça en çok 200 MB olabilir.",
            "Divide the book into parts; a sealed part may have at most 200 MB.",
        ),
    ),
}


class LargeError(SealError):
    """A large document cannot be read as a stream; nothing was made."""


def not_in_pieces(detail: Text) -> LargeError:
    """``large.not-in-pieces``, with what stands in the way."""
    return problem("large.not-in-pieces", detail=detail)


def problem(code: str, **facts: Text | int) -> LargeError:
    """The error of a code of this table."""
    return error_of(LargeError, PROBLEMS, code, where="", line=None, **facts)
