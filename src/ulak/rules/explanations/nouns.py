"""What an expression talks about, as a noun: an element, a variable of the rules, a count, a sum.

A noun carries the technical name after its label between two control characters, so that the finished sentence can give
it at the first mention and leave it out afterwards (`finished`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.rules.explanations.expression import (
    Call,
    Cast,
    Expression,
    Join,
    Literal,
    Operation,
    Path,
    Step,
    UnreadableError,
    Variable,
    read,
)
from ulak.rules.explanations.words import element, term

__all__ = ["Place", "bare", "finished", "noun", "place_of", "subject"]

Describe = Callable[[Expression, "Place"], Text]
"""Puts a filter into words: "whose scheme is …"."""

_TWICE_DATED: Final = re.compile(r"tarihi( \([^)]*\))? tarihinden")
_MENTION: Final = re.compile("\x03([^\x01]*)\x01([^\x02]*)\x02")
_LABEL: Final = re.compile("(?<=\x03)([^\x01]*?)(?= of | in the | that |\x01)")
_UNCOUNTED: Final = ("information", "data", "details", "s")
_ITS_VALUE: Final = Text("değeri", "its value")
_UNSEEN: Final = frozenset({"string", "normalize-space", "number", "xs:date", "xs:decimal", "xs:time", "boolean"})
_SHOWN_STEPS: Final = 4
_NEXT: Final = {
    "following": "next",
    "following-sibling": "next",
    "preceding": "previous",
    "preceding-sibling": "previous",
}
_NEXT_WORDS: Final = {"next": Text("sonraki ", "next "), "previous": Text("önceki ", "previous ")}
_CALCULATIONS: Final = {
    "+": Text("{0} artı {1}", "{0} plus {1}"),
    "-": Text("{0} eksi {1}", "{0} minus {1}"),
    "*": Text("{0} çarpı {1}", "{0} times {1}"),
    "div": Text("{0} bölü {1}", "{0} divided by {1}"),
}
_FUNCTIONS: Final = {
    "sum": Text("{0} toplamı", "the sum of {0}"),
    "max": Text("en büyük {0}", "the greatest {0}"),
    "distinct-values": Text("birbirinden farklı {0}", "different {0}"),
    "string-length": Text("{0} uzunluğu", "the length of {0}"),
    "current-date": Text("bugünün", "today"),
    "name": Text("öğenin adı", "the name of the element"),
    "substring": Text("{0} {1}. karakterden itibaren", "the part of {0} from character {1} on"),
}


class Place(NamedTuple):
    """Where an expression is read: the names from the document down to the node at hand.

    ``filtered`` is set inside a filter, where the node at hand is the very thing that is being described.
    """

    names: tuple[str, ...] = ()
    filtered: bool = False

    @property
    def label(self) -> Text:
        name = self.names[-1] if self.names else ""
        if name == "*" or not name:
            return element(self.names) or Text("öğe", "element")
        return element(self.names) or Text(f"“{name.lstrip('@')}”", f"“{name.lstrip('@')}”")


def place_of(context: str) -> Place:
    """The place that a rule's context names; the first branch of a union decides.

    >>> place_of("inv:Invoice/cbc:UUID").names
    ('Invoice', 'UUID')
    """
    try:
        expression = read(context.partition("|")[0])
    except UnreadableError:
        return Place()
    if not isinstance(expression, Path):
        return Place()
    return _walk(Place(), expression)[-1][1] if expression.steps else Place()


def bare(expression: Expression) -> Expression:
    """The expression without functions that only convert its value."""
    if isinstance(expression, Call) and expression.name in _UNSEEN:
        return bare(expression.arguments[0]) if expression.arguments else Path(())
    if isinstance(expression, Path) and expression.steps and (call := expression.steps[-1].call):
        inner = bare(call.arguments[0]) if call.arguments else Path(())
        if call.name in _UNSEEN and isinstance(inner, Path):
            return replace(expression, steps=(*expression.steps[:-1], *inner.steps))
    return expression


def subject(expression: Expression, place: Place, describe: Describe) -> Text:
    """The noun as the subject of a sentence, in English with its article."""
    text = noun(expression, place, describe)
    named = isinstance(bare(expression), Literal) or text.en.startswith(("the ", "its ", "“", "today"))
    article = "" if named else "the "
    return Text(text.tr, article + text.en)


def noun(expression: Expression, place: Place, describe: Describe) -> Text:
    """The noun for an expression.

    Raises:
        UnreadableError: nobody would understand a name for it.
    """
    match bare(expression):
        case Literal(value, number):
            return Text(value, value) if number else Text(f"“{value}”", f"“{value}”")
        case Variable(name):
            return term("variables", name) or Text(f"“{name}”", f"“{name}”")
        case Path() as path:
            return _path_noun(path, place, describe)
        case Operation(operator, left, right) if operator in _CALCULATIONS:
            parts = [subject(side, place, describe) for side in (left, right)]
            return _filled(_CALCULATIONS[operator], parts)
        case Call("count", arguments):
            counted = noun(arguments[0], place, describe)
            return Text(f"{counted.tr} sayısı", f"the number of {_LABEL.sub(_plural, counted.en, count=1)}")
        case Call("substring", (text, Literal(start), Literal(length))):
            part = noun(text, place, describe)
            return Text(
                f"{part.tr} {start}. karakterden itibaren {length} karakter boyunca",
                f"the {length} characters of {part.en} from character {start} on",
            )
        case Call("concat", arguments):
            parts = [noun(argument, place, describe) for argument in arguments]
            return Text(" + ".join(part.tr for part in parts), " + ".join(part.en for part in parts))
        case Call(name, arguments) if name in _FUNCTIONS:
            parts = [noun(argument, place, describe) for argument in arguments]
            return _filled(_FUNCTIONS[name], parts)
        case Call() | Cast() | Join() | Operation():
            raise UnreadableError(str(expression))


def _filled(shape: Text, parts: list[Text]) -> Text:
    return Text(shape.tr.format(*(part.tr for part in parts)), shape.en.format(*(part.en for part in parts)))


def _plural(label: re.Match[str]) -> str:
    word = label[0]
    if word.endswith(_UNCOUNTED) or word.startswith("“"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _path_noun(path: Path, place: Place, describe: Describe) -> Text:
    if not path.steps and place.filtered:
        return _ITS_VALUE
    walked = _walk(place, path)
    end = walked[-1][1] if walked else place
    label = end.label
    if walked and (word := _NEXT_WORDS.get(next((_NEXT.get(s.axis, "") for s, _ in walked if s.axis in _NEXT), ""))):
        label = Text(word.tr + label.tr, word.en + label.en)
    technical = _technical(path, end)
    text = Text(f"\x03{label.tr}\x01{technical}\x02", f"\x03{label.en}\x01{technical}\x02")
    for step, here in walked:
        for condition in step.filters:
            text = _restricted(text, condition, here, describe)
    return text


def _restricted(text: Text, condition: Expression, here: Place, describe: Describe) -> Text:
    if condition == Literal("1", number=True):
        return Text(f"ilk {text.tr}", f"first {text.en}")
    description = describe(condition, here._replace(filtered=True))
    return Text(f"{description.tr} {text.tr}", f"{text.en} where {description.en}")


def _walk(place: Place, path: Path) -> list[tuple[Step, Place]]:
    """Each step with the place it leads to."""
    names: tuple[str, ...] = () if path.absolute else place.names
    walked = []
    for step in path.steps:
        names = _stepped(names, step)
        walked.append((step, Place(names)))
    return walked


def _stepped(names: tuple[str, ...], step: Step) -> tuple[str, ...]:
    if step.call is not None:
        raise UnreadableError(step.call.name)
    if step.axis == "parent":
        return names[:-1]
    if step.axis == "self" or (step.axis in _NEXT and step.name == "*"):
        return names
    if step.axis in _NEXT:
        return (*names[:-1], step.name)
    return (*names, f"@{step.name}" if step.axis == "attribute" else step.name)


def _technical(path: Path, end: Place) -> str:
    shown = [
        f"@{step.name}" if step.axis == "attribute" else step.name
        for step in path.steps
        if step.axis not in {"parent", "self"} and step.name != "*"
    ]
    if not shown:
        shown = list(end.names[-1:])
    if len(shown) > _SHOWN_STEPS:
        shown = ["…", *shown[1 - _SHOWN_STEPS :]]
    return "/".join(shown)


def finished(text: Text) -> Text:
    """Give each technical name once, begin with a capital letter and end with a full stop."""
    return Text(_sentence(text.tr, {"i": "İ", "ı": "I"}), _sentence(text.en, {}))


def _sentence(text: str, capitals: Mapping[str, str]) -> str:
    seen: set[str] = set()

    def mention(found: re.Match[str]) -> str:
        label, technical = found.groups()
        if technical in seen or not technical or f"“{technical}”" == label:
            return label
        seen.add(technical)
        return f"{label} ({technical})"

    plain = _TWICE_DATED.sub(r"tarihinden\1", "".join(_characters(_MENTION.sub(mention, text))))
    plain = capitals.get(plain[:1], plain[:1].upper()) + plain[1:]
    return plain if plain.endswith((".", "!")) or not plain else f"{plain}."


def _characters(text: str) -> Iterator[str]:
    return (character for character in text if character >= " ")
