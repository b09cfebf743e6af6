"""Articles: written in Markdown, one file for each language, found by any words in them.

A search takes no notice of Turkish casing and diacritics: *ihracat*, *İHRACAT* and *IHRACAT* are one word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from markdown_it import MarkdownIt

from ulak.errors import LANGUAGES, Language, Text
from ulak_server.folding import fold, words

__all__ = ["GROUPS", "Article", "Hit", "article", "articles", "search"]

GROUPS: Final[Mapping[str, tuple[Text, tuple[str, ...]]]] = MappingProxyType(
    {
        "begin": (Text("Başlarken", "Getting started"), ("first-steps", "sending", "states", "errors")),
        "documents": (
            Text("Belgeler", "Documents"),
            (
                *("earchive", "receipts", "cancelling", "answering", "withholding", "returns"),
                *("despatches", "importing", "sharing"),
            ),
        ),
        "office": (Text("Muhasebe", "Bookkeeping"), ("reports", "ledgers", "accountants", "month-close", "credits")),
        "setup": (Text("Kurulum ve güvenlik", "Set-up and security"), ("seals", "api", "security", "sandbox")),
    }
)
"""The order in which articles stand."""
_SLUGS: Final = tuple(slug for _, slugs in GROUPS.values() for slug in slugs)
_AROUND: Final = 90
_MOST: Final = 20
_TITLE, _SUMMARY, _TEXT = 8, 4, 1
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKS: Final = re.compile(r"[*`#|]|\[([^\]]*)\]\([^)]*\)")


class Article(NamedTuple):
    """One article in one language.

    Attributes:
        summary: its first paragraph, as plain text.
        text: all of it, as plain text.
        html: all of it behind the title; made from the package's own files.
    """

    slug: str
    title: str
    summary: str
    text: str
    html: str


class Hit(NamedTuple):
    """Something that was found.

    Attributes:
        before, found, after: where the first word stands, with what is around it.
    """

    article: Article
    before: str
    found: str
    after: str


def article(slug: str, language: Language) -> Article | None:
    """An article by its name; None if there is none."""
    return _all()[language].get(slug)


def articles(language: Language) -> Sequence[Article]:
    """All articles, in their order."""
    return list(_all()[language].values())


def search(text: str, language: Language) -> list[Hit]:
    """Articles that hold all of these words, the best first."""
    wanted = [word for word in words(text) if len(word) > 1][:8]
    if not wanted:
        return []
    scored = [(score, one) for one in articles(language) if (score := _score(one, wanted))]
    best = sorted(scored, key=lambda row: (-row[0], _SLUGS.index(row[1].slug)))
    return [_hit(one, wanted) for _, one in best[:_MOST]]


def _score(one: Article, wanted: Sequence[str]) -> int:
    title, summary, text = (fold(part) for part in (one.title, one.summary, one.text))
    if not all(_holds(text, word) or _holds(title, word) for word in wanted):
        return 0
    points = [
        _TITLE * _holds(title, word) + _SUMMARY * _holds(summary, word) + _TEXT * min(text.count(word), 5)
        for word in wanted
    ]
    return sum(points)


def _holds(folded: str, word: str) -> bool:
    """Whether a word begins so; Turkish grows at the end of words, so their beginnings are looked for."""
    return folded.startswith(word) or f" {word}" in folded


def _hit(one: Article, wanted: Sequence[str]) -> Hit:
    """The place of the first word that is found, in the text as it was written."""
    for found in re.finditer(r"\w+", one.text):
        if any(fold(found[0]).startswith(word) for word in wanted):
            start = max(0, found.start() - _AROUND)
            before = one.text[start : found.start()].partition(" ")[2] if start else one.text[: found.start()]
            after = one.text[found.end() : found.end() + _AROUND].rpartition(" ")[0]
            return Hit(one, ("… " if start else "") + before, found[0], f"{after} …")
    return Hit(one, one.summary, "", "")


@cache
def _all() -> Mapping[Language, Mapping[str, Article]]:
    return {language: {slug: _read(slug, language) for slug in _SLUGS} for language in LANGUAGES}


def _read(slug: str, language: Language) -> Article:
    source = (files(__package__) / language / f"{slug}.md").read_text("utf-8")
    heading, _, body = source.partition("\n")
    plain = " ".join(_MARKS.sub(lambda found: found[1] or "", body).split())
    first = next(part for part in body.strip().split("\n\n") if part)
    summary = " ".join(_MARKS.sub(lambda found: found[1] or "", first).split())
    return Article(slug, heading.removeprefix("# ").strip(), summary, plain, str(_MARKDOWN.render(body)))
