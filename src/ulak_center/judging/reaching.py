"""Which rules of a pack look beyond one document, so that a document by itself does not tell what they say.

The fast way of judging leaves them out and looks itself at what they would say (`ulak_center.judging.doubts`). It is
taken for packs whose rules of this sort are those that were read for it, and no others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ulak.rules import Pack
from ulak.rules.schematron import Assertion, Rule, Schema

__all__ = ["READ", "digest_of_reaching", "is_read"]

READ: Final = frozenset(
    {
        "7ad973a042ad2cc6ba1618fc50fbba1cc963939dfa051d1211945bd9725ee99c",  # 20260312
        "e4802631e64854516bba13cb1707738c80a9a8a3f0b5a564cded3d3cd05100ec",  # 20260701, 20260727
    }
)
"""SHA-256 over the rules that reach beyond a document, of each Schematron for which they were read."""
_OUTSIDE: Final = ("sh:", "ef:")
_INSIDE_WHOLE: Final = ("apr:", "hr:")
"""Answers and user accounts are always judged inside their envelope."""
_REACHING: Final = re.compile(r"//|ancestor|following|preceding|(?<![\w\])*.@])/\w")


@lru_cache(maxsize=32)
def is_read(pack: Pack) -> bool:
    """Whether the pack's rules that reach beyond a document are known."""
    return digest_of_reaching(pack.schematron()) in READ


def digest_of_reaching(schema: Schema) -> str:
    """A hash over all rules that may look beyond a document, whatever their order."""
    parts = sorted(" ".join(part.split()) for part in _reaching(schema))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _reaching(schema: Schema) -> Iterator[str]:
    outer = {let.name for let in schema.lets if _REACHING.search(let.value)}
    for let in schema.lets:
        if let.name in outer:
            yield f"{let.name} = {let.value}"
    for pattern in schema.patterns:
        local = {let.name for let in pattern.lets if _REACHING.search(let.value)}
        for rule in pattern.rules:
            for assertion in rule.assertions:
                if _reaches(rule, assertion, outer | local):
                    yield f"{rule.context} | {assertion.test}"


def _reaches(rule: Rule, assertion: Assertion, names: set[str]) -> bool:
    context = rule.context.strip().lstrip("/")
    if context.startswith(_INSIDE_WHOLE):
        return False
    texts = [assertion.test, *(let.value for let in rule.lets)]
    used = {name for text in texts for name in re.findall(r"\$([\w-]+)", text)}
    return context.startswith(_OUTSIDE) or bool(used & names) or any(_REACHING.search(text) for text in texts)
