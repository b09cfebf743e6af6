"""What can be wrong with a user list: codes ``userlist.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "UserListError", "userlist_error"]


class UserListError(UlakError):
    """A user list, or one user in it, cannot be read or written.

    Attributes:
        ordinal: which user of the list, from 1; 0 if it is the whole file that is wrong.
        number: that user's VKN or TCKN, if it could be read.
    """

    ordinal: int = 0
    number: str = ""


_AGAIN: Final = Text("Listeyi yeniden indirin.", "Download the list again.")
_WHICH: Final = Text(
    "GİB'in yayımladığı ZIP'i ya da içindeki XML'i verin (newUserPkListxml.zip, newUserGbListxml.zip).",
    "Give the ZIP that GİB publishes, or the XML inside it (newUserPkListxml.zip, newUserGbListxml.zip).",
)
_ROW: Final = Text(
    "Bu kayda güvenmeyin; liste yeniden indirildiğinde de böyleyse GİB'e bildirin.",
    "Do not rely on this entry; if it is the same in a fresh download, tell GİB.",
)
_GIVE: Final = Text("Değeri düzeltip yeniden yazın.", "Correct the value and write again.")

PROBLEMS: Final[dict[str, Problem]] = {
    "userlist.empty": Problem(Text("Dosya boş.", "The file is empty."), _AGAIN),
    "userlist.not-a-list": Problem(Text("Bu ne ZIP ne de XML.", "This is neither a ZIP nor XML."), _WHICH),
    "userlist.zip-damaged": Problem(
        Text("ZIP açılamıyor: {detail}.", "The ZIP cannot be opened: {detail}."), _AGAIN, permanent=False
    ),
    "userlist.zip-encrypted": Problem(Text("ZIP şifreli.", "The ZIP is encrypted."), _WHICH),
    "userlist.zip-method": Problem(
        Text("ZIP bilinmeyen bir yöntemle ({method}) sıkıştırılmış.", "The ZIP uses the unusual method {method}."),
        _WHICH,
    ),
    "userlist.file-count": Problem(
        Text("ZIP'te bir dosya olmalı, {count} var.", "The ZIP must hold one file, it holds {count}."), _WHICH
    ),
    "userlist.zip-bomb": Problem(
        Text(
            "ZIP olağandışı sıkıştırılmış: içeriği kendisinin {limit} katından büyük.",
            "The ZIP is packed unusually: its content is more than {limit} times its size.",
        ),
        _WHICH,
    ),
    "userlist.too-large": Problem(
        Text("Liste {limit} bayttan büyük.", "The list is larger than {limit} bytes."),
        Text("Sınırı (Limits) yükseltin ya da dosyayı denetleyin.", "Raise the limit (Limits), or look at the file."),
    ),
    "userlist.dtd": Problem(
        Text("Listede DOCTYPE var; güvenlik için kabul edilmez.", "The list has a DOCTYPE, refused for safety."), _WHICH
    ),
    "userlist.encoding": Problem(
        Text("Listenin kodlaması UTF-8 değil: {name}.", "The list's encoding is not UTF-8: {name}."), _WHICH
    ),
    "userlist.malformed": Problem(
        Text("Listenin XML düzeni bozuk: {detail}.", "The list is not well-formed XML: {detail}."), _AGAIN
    ),
    "userlist.truncated": Problem(Text("Liste yarıda kesilmiş.", "The list ends too early."), _AGAIN, permanent=False),
    "userlist.too-deep": Problem(
        Text("Öğeler {limit} düzeyden derin iç içe geçmiş.", "Elements are nested deeper than {limit} levels."), _WHICH
    ),
    "userlist.root": Problem(
        Text("Kök öğe {name}; {wanted} olmalı.", "The root element is {name}; it must be {wanted}."), _WHICH
    ),
    "userlist.user-too-large": Problem(
        Text(
            "{ordinal}. kullanıcı {limit} bayttan uzun ya da bitmiyor.",
            "User {ordinal} is longer than {limit} bytes, or does not end.",
        ),
        _WHICH,
    ),
    "userlist.missing": Problem(
        Text("{ordinal}. kullanıcıda ({number}) {element} yok.", "User {ordinal} ({number}) has no {element}."), _ROW
    ),
    "userlist.repeated": Problem(
        Text(
            "{ordinal}. kullanıcıda ({number}) {element} birden çok.",
            "User {ordinal} ({number}) has more than one {element}.",
        ),
        _ROW,
    ),
    "userlist.number": Problem(
        Text(
            "{ordinal}. kullanıcının {element} değeri 10 haneli VKN ya da 11 haneli TCKN değil: “{value}”.",
            "User {ordinal} has a {element} that is no VKN of 10 digits or TCKN of 11: “{value}”.",
        ),
        _ROW,
    ),
    "userlist.value": Problem(
        Text(
            "{ordinal}. kullanıcıda ({number}) {element} “{value}”; olabilecekler: {allowed}.",
            "User {ordinal} ({number}) has {element} “{value}”; it can be {allowed}.",
        ),
        _ROW,
    ),
    "userlist.time": Problem(
        Text(
            "{ordinal}. kullanıcıda ({number}) {element} bir zaman değil: “{value}”; beklenen {form}.",
            "User {ordinal} ({number}) has a {element} that is no time: “{value}”; expected {form}.",
        ),
        _ROW,
    ),
    "userlist.columns": Problem(
        Text("CSV'nin ilk satırında {element} sütunu yok.", "The CSV's first line has no column {element}."),
        Text("GİB'in verdiği CSV'yi değiştirmeden verin.", "Give the CSV as GİB gave it."),
    ),
    "userlist.fields": Problem(
        Text(
            "{ordinal}. satırda {count} alan var, başlıkta {wanted}.",
            "Row {ordinal} has {count} fields, the head has {wanted}.",
        ),
        _ROW,
    ),
    "userlist.unwritable": Problem(
        Text(
            "{number}: {element} XML'de yazılamayan bir karakter taşıyor.",
            "{number}: {element} has a character that XML cannot hold.",
        ),
        _GIVE,
    ),
    "userlist.naive": Problem(
        Text("{number}: {element} bir saat dilimi bildirmiyor.", "{number}: {element} states no time zone."), _GIVE
    ),
}
"""Every code with its sentence and its repair."""


def userlist_error(
    code: str, *, ordinal: int = 0, number: str = "", line: int | None = None, **facts: object
) -> UserListError:
    """The error of a code of `PROBLEMS`; the user stands in `where` as ``User[12]``."""
    where = f"User[{ordinal}]" if ordinal else ""
    named = {"ordinal": ordinal, "number": number or "?", **facts}
    error = error_of(UserListError, PROBLEMS, code, where=where, line=line, **named)
    error.ordinal, error.number = ordinal, number
    return error
