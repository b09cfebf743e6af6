"""What every error and every sentence for a person has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeVar

__all__ = ["LANGUAGES", "Language", "Problem", "Table", "Text", "UlakError", "error_of"]

Language = Literal["tr", "en"]
LANGUAGES: tuple[Language, ...] = ("tr", "en")


class Text(NamedTuple):
    """A sentence for a person, in Turkish (the default) and English.

    >>> Text("Dosya boş.", "The file is empty.").say("en")
    'The file is empty.'
    >>> Text("{n} satır", "{n} lines").format(n=3)
    Text(tr='3 satır', en='3 lines')
    """

    tr: str
    en: str

    def say(self, language: Language = "tr") -> str:
        return self.en if language == "en" else self.tr

    def format(self, **facts: object) -> Text:
        """The sentence with its facts; one that is a `Text` itself is said in the language of the sentence."""
        tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
        en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(self.tr.format_map(tr), self.en.format_map(en))


class UlakError(Exception):
    """The root of all errors that Ulak raises on purpose.

    Attributes:
        code: stable identifier, e.g. ``xml.dtd``; published, never reused for another meaning.
        text: what is wrong, in both languages.
        repair: what to do about it, in both languages.
        where: JSON pointer, XPath or file position of the fault; empty if it is the whole input.
        line: line in the input, counted from 1, if known.
        permanent: False if the same call may succeed later.
    """

    def __init__(
        self,
        code: str,
        text: Text,
        repair: Text = Text("", ""),  # noqa: B008
        *,
        where: str = "",
        line: int | None = None,
        permanent: bool = True,
    ) -> None:
        super().__init__(f"{code}: {text.en}")
        self.code = code
        self.text = text
        self.repair = repair
        self.where = where
        self.line = line
        self.permanent = permanent


E = TypeVar("E", bound=UlakError)


class Problem(NamedTuple):
    """What can be wrong: the sentence, with places for facts, and what to do about it."""

    text: Text
    repair: Text
    permanent: bool = True


Table = Mapping[str, Problem]


def error_of(
    kind: type[E], table: Table, code: str, /, *, where: str = "", line: int | None = None, **facts: object
) -> E:
    """The error of a code, its facts filled in; a fact that is a `Text` is said in the language of the sentence.

    >>> table = {"disk.full": Problem(Text("{n} bayt eksik.", "{n} bytes are missing."), Text("Yer aç.", "Make room."))}
    >>> error_of(UlakError, table, "disk.full", n=3).text.en
    '3 bytes are missing.'
    """
    text, repair, permanent = table[code]
    said, advised = text.format(**facts), repair.format(**facts)
    return kind(code, said, advised, where=where, line=line, permanent=permanent)
