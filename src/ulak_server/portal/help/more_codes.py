"""Codes whose sentences are made where they arise, said in general: of documents in JSON, and of code lists."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["MORE"]

_FIELD: Final = Text(
    "Hatanın gösterdiği alana bakın; belge JSON'unun alanları belgelerde yazılıdır.",
    "Look at the field that the error names; the fields of a document in JSON stand in the documentation.",
)
_WRITER: Final = Text(
    "Bu JSON'u üreten programın geliştiricisine iletin.", "Hand it to whoever wrote the program that makes this JSON."
)

MORE: Final[Table] = {
    "json.encoding": Problem(Text("JSON, UTF-8 değil.", "The JSON is not UTF-8."), _WRITER),
    "json.syntax": Problem(Text("JSON'un yazımı bozuk.", "The JSON is not well-formed."), _WRITER),
    "json.too-deep": Problem(Text("JSON çok derin iç içe.", "The JSON is nested too deeply."), _WRITER),
    "json.type": Problem(Text("Alanın türü yanlış.", "The field is of the wrong type."), _FIELD),
    "json.value": Problem(Text("Alanın değeri anlamsız.", "The field's value makes no sense."), _FIELD),
    "json.missing-field": Problem(Text("Gerekli bir alan eksik.", "A field that is needed is missing."), _FIELD),
    "json.unknown-field": Problem(Text("Böyle bir alan yok.", "There is no such field."), _FIELD),
    "json.unknown-code": Problem(Text("Kod listede yok.", "The code is not on its list."), _FIELD),
    "json.unknown-document": Problem(Text("Belgenin türü bilinmiyor.", "The kind of document is not known."), _FIELD),
    "json.mixed": Problem(
        Text("Bu satırlar kanunen aynı faturada yer alamaz.", "The law does not let these lines stand in one invoice."),
        Text("Faturayı bölün.", "Split the invoice."),
    ),
    "json.no-form": Problem(
        Text("Bu belgenin sade biçimi yok.", "This document has no friendly form."),
        Text("UBL olarak gönderin.", "Send it as UBL."),
    ),
    "json.ubl": Problem(Text("UBL bölümü okunamadı.", "The part in UBL cannot be read."), _FIELD),
    "codes.unknown-code": Problem(Text("Kod listede yok.", "The code is not on its list."), _FIELD),
    "codes.unknown-list": Problem(Text("Böyle bir kod listesi yok.", "There is no such list of codes."), _FIELD),
}
