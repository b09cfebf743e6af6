"""What is wrong with a text that is no JSON: where, and what its author probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.ubl.forms.errors import JsonError

__all__ = ["syntax_error"]

_BYTE: Final = re.compile(r"\(byte (\d+)\)")
_BEFORE, _AFTER = 24, 16


class _Spot(NamedTuple):
    """Where the parser stopped.

    Attributes:
        before, after: the bytes on both sides.
        said: the parser's own words.
    """

    before: bytes
    after: bytes
    said: str


def _next(*starts: bytes) -> Callable[[_Spot], bool]:
    return lambda spot: spot.after.startswith(starts)


def _said(words: str) -> Callable[[_Spot], bool]:
    return lambda spot: words in spot.said


_WHOLE: Final = Text(
    "Metnin tamamını gönderdiğinizden ve bütün ayraçların, tırnakların kapandığından emin olun.",
    "Make sure that the whole text was sent, and that all brackets and quotes are closed.",
)
_ADVICE: Final[tuple[tuple[Callable[[_Spot], bool], Text], ...]] = (
    (_said("truncated"), _WHOLE),
    (
        lambda spot: not spot.before.strip() and spot.after[:1] in (b"<", b"\xff", b"\xfe"),
        Text(
            "Bu JSON değil: XML ise Content-Type olarak application/xml verin; UTF-16 ise UTF-8 olarak kaydedin.",
            "This is not JSON: state the Content-Type application/xml if it is XML, save it as UTF-8 if it is UTF-16.",
        ),
    ),
    (
        _said("trailing comma"),
        Text("Son öğeden sonraki virgülü silin.", "Delete the comma behind the last item."),
    ),
    (
        lambda spot: bool(re.search(rb"\d,$", spot.before) and re.match(rb"\d", spot.after)),
        Text(
            "Sayılarda virgül değil nokta kullanın: 12.50; binlik ayracı koymayın.",
            "Write numbers with a point, not a comma: 12.50; and without separators of thousands.",
        ),
    ),
    (
        _next(b"'", "“".encode(), "”".encode(), "‘".encode(), "’".encode(), "«".encode()),
        Text('Adları ve metinleri düz çift tırnak (") içine alın.', 'Put names and texts into straight quotes (").'),
    ),
    (
        _next(b"//", b"/*", b"#"),
        Text("JSON'da açıklama satırı olmaz; silin.", "JSON has no comments; delete it."),
    ),
    (
        _next(b"NaN", b"None", b"True", b"False", b"undefined", b"Infinity"),
        Text("null, true, false ya da bir sayı yazın.", "Write null, true, false or a number."),
    ),
    (
        _said("object keys"),
        Text('Alan adını çift tırnak (") içine alın.', 'Put the name of the field into double quotes (").'),
    ),
    (
        lambda spot: "invalid character" in spot.said and spot.after[:1] < b" ",
        Text(
            "Metnin içinde satır sonu ya da başka bir denetim karakteri var; \\n biçiminde yazın.",
            "There is a line break or another control character in a text; write it as \\n.",
        ),
    ),
    (
        _said("escape"),
        Text(
            'Ters bölüyü çift yazın (\\\\) ya da geçerli bir kaçış kullanın: \\n, \\", \\u0131.',
            'Write a backslash twice (\\\\), or a valid escape: \\n, \\", \\u0131.',
        ),
    ),
    (
        lambda spot: "invalid number" in spot.said or bool(re.match(rb"[+.]", spot.after)),
        Text(
            "Sayıyı 0.5, 12 ya da -3.20 biçiminde yazın: başında + ve fazladan sıfır, sonunda nokta olmaz.",
            "Write numbers like 0.5, 12 or -3.20: no plus sign or zeros before them, no point at their end.",
        ),
    ),
    (
        _said("expected ':'"),
        Text("Alan adından sonra iki nokta (:) koyun.", "Put a colon (:) behind the name of the field."),
    ),
    (
        _said("expected ','"),
        Text(
            "Buraya virgül ya da kapanış ayracı gelmeli; metinleri ve birimleri tırnak içine alın.",
            "A comma or a closing bracket belongs here; put texts and units into quotes.",
        ),
    ),
    (
        _said("trailing characters"),
        Text(
            "JSON bitti, arkasında başka şey var; birden çok belgeyi NDJSON olarak toplu teslim edin.",
            "The JSON has ended and something follows it; hand several documents in as a batch of NDJSON.",
        ),
    ),
)
_OTHERWISE: Final = Text(
    "Bu yeri düzeltin; JSON'u elle yazmak yerine programınızın JSON yazıcısını kullanın.",
    "Correct this place; let your program's JSON writer write the JSON instead of putting it together by hand.",
)
_PLACE: Final = Text(
    "Bu, geçerli bir JSON değil: {line}. satır, {column}. karakter, “{seen}” yakınında.",
    "This is not valid JSON: line {line}, character {column}, near “{seen}”.",
)
_ENDS: Final = Text(
    "Bu, geçerli bir JSON değil: metin {line}. satırda, {column}. karakterde yarım kalıyor.",
    "This is not valid JSON: the text ends too early, in line {line} at character {column}.",
)


def syntax_error(data: bytes, said: str) -> JsonError:
    """The error of a text that the parser could not read.

    Args:
        said: the parser's message, with the byte it stopped at.

    >>> error = syntax_error(b'{"price": 12,50}', "JSON is malformed: object keys must be strings (byte 13)")
    >>> error.text.en
    'This is not valid JSON: line 1, character 14, near “{"price": 12,50}”.'
    >>> error.repair.en
    'Write numbers with a point, not a comma: 12.50; and without separators of thousands.'
    """
    found = _BYTE.search(said)
    at = min(int(found[1]), len(data)) if found else len(data)
    start = data.rfind(b"\n", 0, at) + 1
    line, column = data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8", "replace")) + 1
    spot = _Spot(data[max(0, at - _BEFORE) : at], data[at : at + _AFTER], said)
    repair = next((advice for fits, advice in _ADVICE if fits(spot)), _OTHERWISE)
    text = (_PLACE if found else _ENDS).format(line=line, column=column, seen=_seen(spot))
    return JsonError("json.syntax", text, repair, line=line)


def _seen(spot: _Spot) -> str:
    """What stands around the place, on its own line, as it can be shown."""
    around = spot.before.rpartition(b"\n")[2] + spot.after.partition(b"\n")[0]
    return "".join(letter if letter.isprintable() else "·" for letter in around.decode("utf-8", "ignore")).strip()
