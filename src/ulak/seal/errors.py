"""The root of the errors of this package, and how one is made from a table of problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from ulak.errors import Text, UlakError

__all__ = ["Problem", "SealError", "Table", "error_of"]


class SealError(UlakError):
    """A seal could not be made or judged, a key not be used; the code's first part names the room it comes from."""


E = TypeVar("E", bound=SealError)


class Problem(NamedTuple):
    """What can be wrong: the sentence, with places for facts, and what to do about it."""

    text: Text
    repair: Text
    permanent: bool = True


Table = Mapping[str, Problem]


def error_of(
    kind: type[E], table: Table, code: str, /, *, where: str = "", line: int | None = None, **facts: object
) -> E:
    """The error of a code, its facts filled in; a fact that is a `Text` is said in the language of the sentence."""
    text, repair, permanent = table[code]
    tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    said = Text(text.tr.format_map(tr), text.en.format_map(en))
    advised = Text(repair.tr.format_map(tr), repair.en.format_map(en))
    return kind(code, said, advised, where=where, line=line, permanent=permanent)
