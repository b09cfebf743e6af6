"""One condition of a rule – a comparison, a function, the presence of an element – as a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ulak.errors import Text
from ulak.rules.explanations.clauses import Clause, choices
from ulak.rules.explanations.expression import (
    Call,
    Cast,
    Expression,
    Literal,
    Operation,
    Path,
    UnreadableError,
    Variable,
)
from ulak.rules.explanations.nouns import Describe, Place, bare, subject
from ulak.rules.explanations.words import pattern, term

__all__ = ["Lists", "statement"]

Lists = Mapping[str, Sequence[str] | str]
"""Code lists by name: the codes, or GİB's spelling ``,A,B,``."""

_SPELLED_OUT: Final = 15
_MIRRORED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_AND: Final = Text("ve", "and")
_SAME: Final = Text("{v} ile aynı", "the same as {v}")
_LESS: Final = Text("{v} değerinden küçük", "less than {v}")
_GREATER: Final = Text("{v} değerinden büyük", "greater than {v}")
_EARLIER: Final = Text("{v} tarihinden önce", "earlier than {v}")
_LATER: Final = Text("{v} tarihinden sonra", "later than {v}")
_LISTED: Final = Text("“{v}” listesindeki kodlardan biri", "one of the codes in the list “{v}”")
_EXACT_LENGTH: Final = Text("{v} karakter uzunluğunda", "exactly {v} characters long")
_LIMITS: Final = {">=": Text("en az {v}", "at least {v}"), "<=": Text("en fazla {v}", "at most {v}")}
_LENGTHS: Final = {
    ">=": Text("en az {v} karakter uzunluğunda", "at least {v} characters long"),
    "<=": Text("en fazla {v} karakter uzunluğunda", "at most {v} characters long"),
}
_TESTS: Final = {
    "contains": Text("{v} içeren bir değer", "a value that contains {v}"),
    "starts-with": Text("{v} ile başlayan bir değer", "a value that starts with {v}"),
    "ends-with": Text("{v} ile biten bir değer", "a value that ends with {v}"),
}
_TYPES: Final = {
    "xs:date": Text("YYYY-AA-GG biçiminde geçerli bir tarih", "a valid date in the form YYYY-MM-DD"),
    "xs:time": Text("SS:DD:SS biçiminde geçerli bir saat", "a valid time in the form HH:MM:SS"),
}
_DIGITS: Final = Text("yalnızca rakam", "digits only")
_LETTERS: Final = Text("yalnızca harf", "letters only")
_NUMBER: Final = Text("bir sayı", "a number")
_SORTED: Final = Text("küçükten büyüğe", "ascending")


def statement(expression: Expression, place: Place, lists: Lists, describe: Describe) -> Clause:
    """Put a condition without ``and``, ``or`` and ``not`` into a clause.

    Raises:
        UnreadableError: there are no words for it.
    """
    return _Statement(place, lists, describe).of(expression)


def _quoted(value: str) -> Text:
    return Text(f"“{value}”", f"“{value}”")


class _Statement:
    def __init__(self, place: Place, lists: Lists, describe: Describe) -> None:
        self._place = place
        self._lists = lists
        self._describe = describe

    def of(self, expression: Expression) -> Clause:
        match expression:
            case Cast(operand, type_):
                return Clause("be", self._subject(operand), (_TYPES.get(type_) or _quoted(type_),))
            case Operation():
                return self._comparison(expression)
            case Call(name, arguments) if name in {"exists", "count", "boolean"}:
                return Clause("exist", self._subject(arguments[0]))
            case Call("contains", arguments):
                return self._contains(arguments[0], arguments[1])
            case Call("matches", arguments) if isinstance(arguments[1], Literal):
                return self._matches(arguments[0], arguments[1].value)
            case Call(name, arguments) if name in _TESTS:
                return Clause("be", self._subject(arguments[0]), (self._value(arguments[1]),), _TESTS[name])
            case Call(name, arguments) if name.endswith("isSorted"):
                return Clause("result", self._subject(arguments[0]), (_SORTED,))
            case Path() | Variable():
                return Clause("exist", self._subject(expression))
            case _:
                raise UnreadableError(str(expression))

    def _subject(self, expression: Expression) -> Text:
        return subject(expression, self._place, self._describe)

    _value = _subject

    def _matches(self, operand: Expression, regex: str) -> Clause:
        wanted = pattern(regex) or Text(
            f"şu düzenli ifadeye uyan bir değer: {regex}", f"a value that matches the regular expression {regex}"
        )
        return Clause("be", self._subject(operand), (wanted,))

    def _contains(self, where: Expression, what: Expression) -> Clause:
        codes = _list_name(where)
        if codes is None:
            return Clause("be", self._subject(where), (self._value(what),), _TESTS["contains"])
        parts = [part for part in _parts(what) if part != Literal(",")]
        names = choices(tuple(self._subject(part) for part in parts), _AND)
        if len(parts) > 1:
            names = Text(f"{names.tr} birlikte", f"{names.en} together")
        values = _codes(codes, self._lists)
        if 0 < len(values) <= _SPELLED_OUT:
            return Clause("equal", names, tuple(map(_quoted, values)))
        return Clause("be", names, (term("lists", codes) or Text(codes, codes),), _LISTED)

    def _comparison(self, operation: Operation) -> Clause:
        operator, left, right = operation.operator, operation.left, operation.right
        if isinstance(left, Literal) or (isinstance(bare(left), Literal) and not isinstance(bare(right), Literal)):
            operator, left, right = _MIRRORED.get(operator, operator), right, left
        if isinstance(left, Call):
            special = self._of_call(left, operator, right)
            if special is not None:
                return special
        right = bare(right)
        if isinstance(right, Literal) and not right.value and operator in {"=", "!="}:
            return Clause("filled", self._subject(left), negated=operator == "=")
        return self._plain(operator, left, right)

    def _of_call(self, call: Call, operator: str, right: Expression) -> Clause | None:
        if call.name == "string-length" and isinstance(right, Literal):
            return self._length(call.arguments[0] if call.arguments else Path(()), operator, int(right.value))
        if call.name == "count":
            return self._count(call, operator, right)
        if call.name == "translate" and right == Literal(""):
            only = _DIGITS if call.arguments[1] == Literal("0123456789") else _LETTERS
            return Clause("be", self._subject(call.arguments[0]), (only,), negated=operator == "!=")
        if _is_ending(call):
            ending = Clause("be", self._subject(call.arguments[0]), (self._value(right),), _TESTS["ends-with"])
            return replace(ending, negated=operator == "!=")
        if right == Literal("NaN"):
            return Clause("be", self._subject(call), (_NUMBER,), negated=operator == "=")
        return None

    def _length(self, operand: Expression, operator: str, length: int) -> Clause:
        name = self._subject(operand)
        if length == 0:
            return Clause("filled", name, negated=operator in {"=", "<="})
        if operator in {"=", "!="}:
            return Clause("be", name, (_plain_number(length),), _EXACT_LENGTH, negated=operator == "!=")
        operator, length = _inclusive(operator, length)
        return Clause("be", name, (_plain_number(length),), _LENGTHS[operator])

    def _count(self, call: Call, operator: str, right: Expression) -> Clause:
        right = bare(right)
        if not isinstance(right, Literal):
            return Clause("result", self._subject(call), (self._value(right),), _SAME, negated=operator == "!=")
        number = int(right.value)
        if number == 0 or (operator == ">=" and number == 1):
            return Clause("exist", self._subject(call.arguments[0]), negated=operator in {"=", "<="})
        if operator in {"=", "!="}:
            return Clause("result", self._subject(call), (_plain_number(number),), negated=operator == "!=")
        operator, number = _inclusive(operator, number)
        return Clause("result", self._subject(call), (_plain_number(number),), _LIMITS[operator])

    def _plain(self, operator: str, left: Expression, right: Expression) -> Clause:
        if _is_date(left) or _is_date(right):
            left, right = _without_zone(left), _without_zone(right)
        name, value = self._subject(left), self._value(right)
        if operator in {"=", "!="}:
            negated = operator == "!="
            if isinstance(right, Literal):
                known = term("checks", right.value) if left == Variable("type") else None
                return Clause("equal", name, (known or value,), negated=negated)
            return Clause("result" if _is_result(left) else "be", name, (value,), _SAME, negated=negated)
        less, greater = (_EARLIER, _LATER) if _is_date(left) or _is_date(right) else (_LESS, _GREATER)
        shape = greater if operator in {">", "<="} else less
        return Clause("be", name, (value,), shape, negated=operator in {">=", "<="})


def _plain_number(number: int) -> Text:
    return Text(str(number), str(number))


def _inclusive(operator: str, number: int) -> tuple[str, int]:
    if operator in {"<", ">"}:
        return f"{operator}=", number - 1 if operator == "<" else number + 1
    return operator, number


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.arguments if isinstance(expression, Call) and expression.name == "concat" else (expression,)


def _is_ending(call: Call) -> bool:
    """``substring(x, string-length(x) - n)``: the last characters of x."""
    if call.name != "substring" or not isinstance(start := call.arguments[1], Operation):
        return False
    return start.operator == "-" and start.left == Call("string-length", call.arguments[:1])


def _list_name(expression: Expression) -> str | None:
    """The name of the code list searched, or the list itself where it is written out; None if it is no list."""
    listed = next((part for part in _parts(expression) if part != Literal(",")), expression)
    if isinstance(listed, Variable) and term("lists", listed.name):
        return listed.name
    if isinstance(listed, Literal) and listed.value.startswith(","):
        return listed.value
    return None


def _codes(name: str, lists: Lists) -> tuple[str, ...]:
    codes = name if name.startswith(",") else lists.get(name, ())
    return tuple(code for code in (codes.strip("',").split(",") if isinstance(codes, str) else codes) if code)


def _is_result(expression: Expression) -> bool:
    inner = bare(expression)
    return not isinstance(inner, Path)


def _without_zone(expression: Expression) -> Expression:
    inner = bare(expression)
    return Literal(inner.value.partition("+")[0]) if isinstance(inner, Literal) else expression


def _is_date(expression: Expression) -> bool:
    if isinstance(expression, Call) and expression.name in {"xs:date", "current-date"}:
        return True
    inner = bare(expression)
    name = inner.name if isinstance(inner, Variable) else ""
    if isinstance(inner, Path) and inner.steps:
        name = inner.steps[-1].name
    return name.endswith(("Date", "CoveredStart", "CoveredEnd", "YearStart", "YearEnd"))
