"""What can be wrong with documents that are handed in together: codes ``batch.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "BatchError", "batch_problem"]


class BatchError(UlakError):
    """A batch, or an item of it, is not taken."""


def _row(tr: str, en: str, repair_tr: str, repair_en: str) -> Problem:
    return Problem(Text(tr, en), Text(repair_tr, repair_en))


_PACK_AGAIN: Final = ("Arşivi yeniden oluşturun.", "Make the archive anew.")
PROBLEMS: Final[dict[str, Problem]] = {
    "batch.empty": _row(
        "Gönderilende hiç belge yok.",
        "There is no document in what was handed in.",
        "En az bir belge gönderin.",
        "Hand in one document at least.",
    ),
    "batch.too-large": _row(
        "Gönderilen {limit} bayttan büyük.",
        "What was handed in is larger than {limit} bytes.",
        "Daha küçük parçalar hâlinde gönderin.",
        "Hand it in in smaller parts.",
    ),
    "batch.too-many": _row(
        "Gönderilende {limit} belgeden çok var.",
        "There are more than {limit} documents in what was handed in.",
        "Birden çok parça hâlinde gönderin.",
        "Hand them in in several parts.",
    ),
    "batch.form": _row(
        "Toplu gönderim biçimi tanınmıyor: {form}.",
        "This form of a batch is not known: {form}.",
        "ndjson, json (liste) ya da zip gönderin.",
        "Hand in ndjson, json (an array) or zip.",
    ),
    "batch.not-json": _row(
        "Bu bir JSON listesi değil: {detail}",
        "This is not a JSON array: {detail}",
        "Belgeleri [ … ] içinde ya da her satırda bir belge (NDJSON) olarak gönderin.",
        "Put the documents into [ … ], or hand in one a line (NDJSON).",
    ),
    "batch.not-zip": _row("ZIP arşivi okunamıyor: {detail}", "The ZIP archive cannot be read: {detail}", *_PACK_AGAIN),
    "batch.unpacked-too-large": _row(
        "Arşivin içindekiler {limit} bayttan büyük.",
        "What is in the archive is larger than {limit} bytes.",
        "Belgeleri birden çok arşive bölün.",
        "Spread the documents over several archives.",
    ),
    "batch.item-too-large": _row(
        "Bu kayıt {limit} bayttan büyük.",
        "This item is larger than {limit} bytes.",
        "Ekleri küçültün ya da satırları birden çok belgeye bölün.",
        "Shrink the attachments, or spread the lines over several documents.",
    ),
    "batch.item-too-dense": _row(
        "Bu dosya, sıkıştırılmış hâlinin {limit} katından büyük.",
        "This file is more than {limit} times as large as what it is packed in.",
        "Dosyanın bir belge olduğunu denetleyin.",
        "Make sure that the file is a document.",
    ),
    "batch.item-encrypted": _row(
        "Bu dosya parolalı.",
        "This file is encrypted.",
        "Arşivi parolasız oluşturun.",
        "Make the archive without a password.",
    ),
    "batch.item-damaged": _row(
        "Bu dosya arşivden çıkarılamıyor: {detail}", "This file cannot be unpacked: {detail}", *_PACK_AGAIN
    ),
    "batch.item-failed": _row(
        "Bu kayıt beklenmeyen bir hatayla alınamadı.",
        "This item could not be taken because of an unexpected error.",
        "Belgeyi tek başına gönderip yanıtına bakın; sürerse işletmenize bildirin.",
        "Hand the document in alone and see the answer; if it stays so, tell your operator.",
    ),
    "batch.unknown": _row(
        "Böyle bir toplu gönderim yok.", "There is no such batch.", "Kimliğini denetleyin.", "Check its id."
    ),
}
"""Every ``batch.*`` code with its sentence and its repair; they stand in docs/intake.md."""


def batch_problem(code: str, **facts: str | int) -> BatchError:
    """The error of a code of `PROBLEMS`."""
    return error_of(BatchError, PROBLEMS, code, where="", line=None, **facts)
