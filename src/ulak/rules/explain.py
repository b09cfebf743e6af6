"""Explanations of findings: curated texts by rule id, derived ones for every other rule, and schema errors.

Curated texts live in ``explanations/*.toml``. An entry is kept to the rule it was written for: it names the fingerprint
of the test it explains, and a rule of another wording gets a text derived from that wording instead, so that a new GİB
package can never be explained with yesterday's facts.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from ulak.errors import Text
from ulak.rules.explanations import schema_errors
from ulak.rules.explanations.expression import UnreadableError
from ulak.rules.explanations.nouns import place_of
from ulak.rules.explanations.schema_errors import PLACEHOLDERS, SchemaProblem
from ulak.rules.explanations.sentences import Lists, derive
from ulak.rules.explanations.suggestions import suggest

__all__ = [
    "Explanation",
    "SchemaProblem",
    "curated_ids",
    "curated_tests",
    "explain_schema_error",
    "explanation",
    "fingerprint",
    "likely_codes",
    "suggest",
]

_FOLDER: Final = "ulak.rules.explanations"
_VARIABLE: Final = re.compile(r"\$(\w+)")
_LOOKED_UP: Final = re.compile(r"contains\(\s*\$(\w+)")
_GENERAL: Final = Text(
    "Belgenin “{where}” bölümü {rule} kuralını sağlamıyor.",
    "The part “{where}” of the document does not satisfy the rule {rule}.",
)
_GENERAL_REPAIR: Final = Text(
    "GİB'in iletisindeki alanları UBL-TR kılavuzundaki tanımlarıyla karşılaştırıp düzeltin.",
    "Compare the fields named in GİB's message with their definitions in the UBL-TR guide and correct them.",
)
_READER: Final = Text(
    "Belge okunamadı; ayrıntı bulgunun kendi metnindedir.",
    "The document could not be read; the finding itself says why.",
)
_READER_REPAIR: Final = Text(
    "Bulgudaki satırı düzeltip belgeyi üreten programdan yeniden alın.",
    "Correct the line named in the finding and produce the document again.",
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule demands and how to meet it, for accountants and developers.

    Attributes:
        explanation: what the rule demands.
        repair: what to change.
        curated: True if a person wrote it, False if it was derived from the rule.
        source: where the facts come from (guide and section), if noted.
    """

    explanation: Text
    repair: Text
    curated: bool
    source: str = ""


def explanation(
    rule_id: str,
    *,
    test: str = "",
    context: str = "",
    message: str = "",
    lists: Lists | None = None,
    positive: bool = False,
) -> Explanation:
    """Explain a rule; never fails and never returns an empty text.

    Args:
        rule_id: rule name and ordinal, e.g. ``InvoiceIDCheck-1``, or ``xsd.*`` / ``xml.*``.
        test: the rule's XPath. Without it a curated text is taken as it is.
        context: the XPath of the nodes the rule looks at.
        message: GİB's message; names the rule where nothing else does.
        lists: the pack's code lists by name (codes, or GİB's spelling ``,A,B,``), to spell out short ones.
        positive: the rule is a ``report``, which complains when its test is true.

    >>> explanation("CopyIndicatorCheck-1").curated
    True
    >>> explanation("NewCheck-1", test="cac:Party", context="inv:Invoice").explanation.en
    'The party (Party) must be present.'
    """
    entry = _curated().get(rule_id)
    if entry is not None and (not test or not entry.judges or fingerprint(test) in entry.judges):
        return entry.text
    if rule_id.startswith("xml."):
        return Explanation(_READER, _READER_REPAIR, curated=False)
    return _derived(rule_id or message, test, context, _lists_of(test, lists or {}), positive)


def explain_schema_error(type_name: str, message: str) -> SchemaProblem:
    """Explain an XSD violation from libxml2's error type and message.

    Args:
        type_name: e.g. ``SCHEMAV_ELEMENT_CONTENT`` (lxml's ``entry.type_name``).
        message: libxml2's sentence.

    >>> said = "Element 'Amount': The attribute 'currencyID' is required but missing."
    >>> explain_schema_error("SCHEMAV_CVC_COMPLEX_TYPE_4", said).value
    'currencyID'
    """
    id_ = schema_errors.schema_id(type_name, message)
    facts = schema_errors.read_message(message)
    tr = {name: filling.tr for name, filling in facts.fillings.items()}
    en = {name: filling.en for name, filling in facts.fillings.items()}
    entry = _templates()[id_]
    said = Text(entry["explanation"]["tr"].format_map(tr), entry["explanation"]["en"].format_map(en))
    repair = Text(entry["repair"]["tr"].format_map(tr), entry["repair"]["en"].format_map(en))
    return SchemaProblem(id_, said, _with_hint(repair, facts.hint), facts.value)


def likely_codes(test: str, value: str, lists: Lists) -> list[str]:
    """Codes that ``value`` may be meant to be, from the code lists that a rule's test looks it up in.

    >>> likely_codes("contains($CurrencyCodeList, concat(',',.,','))", "TL", {"CurrencyCodeList": ",EUR,TRY,"})
    ['TRY']
    """
    found: list[str] = []
    for name in dict.fromkeys(_LOOKED_UP.findall(test)):
        codes = lists.get(name, ())
        known = tuple(codes.strip("',").split(",")) if isinstance(codes, str) else tuple(codes)
        found += suggest(name, value, known) if known and value not in known else []
    return list(dict.fromkeys(found))


def curated_ids() -> tuple[str, ...]:
    """Every rule id with a text written by a person."""
    return tuple(_curated())


def curated_tests() -> Mapping[str, tuple[str, ...]]:
    """The fingerprints of the tests that each curated entry explains."""
    return {rule_id: entry.judges for rule_id, entry in _curated().items()}


@lru_cache(maxsize=4096)
def fingerprint(test: str) -> str:
    """Eight hexadecimal digits that change when the wording of a test does (white space apart).

    >>> fingerprint("a = 1") == fingerprint("a=1")
    True
    """
    return hashlib.sha256("".join(test.split()).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class _Entry:
    text: Explanation
    judges: tuple[str, ...]


_Frozen = tuple[tuple[str, str | tuple[str, ...]], ...]
"""Code lists that can be a cache key."""


def _lists_of(test: str, lists: Lists) -> _Frozen:
    """The lists that a test speaks of."""
    found = ((name, lists[name]) for name in dict.fromkeys(_VARIABLE.findall(test)) if name in lists)
    return tuple((name, codes if isinstance(codes, str) else tuple(codes)) for name, codes in found)


def _with_hint(repair: Text, hint: Text) -> Text:
    return Text(f"{hint.tr} {repair.tr}", f"{hint.en} {repair.en}") if hint.tr else repair


@lru_cache(maxsize=4096)
def _derived(name: str, test: str, context: str, lists: _Frozen, positive: bool) -> Explanation:
    try:
        said, repair = derive(test, context, dict(lists), positive=positive)
    except UnreadableError:
        where = place_of(context).names[-1:] or ("XML",)
        said = _GENERAL.format(where=where[0], rule=name or "GİB")
        repair = _GENERAL_REPAIR
    return Explanation(said, repair, curated=False)


@cache
def _templates() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(_FOLDER).joinpath("schema.toml").read_text("utf-8"))


@cache
def _curated() -> Mapping[str, _Entry]:
    """All curated entries; those of ``schema.toml`` with general words in place of the braces."""
    entries: dict[str, _Entry] = {}
    for rule_id, raw in _raw_entries():
        if rule_id in entries:
            raise ValueError(f"{rule_id} is explained twice")
        text = Explanation(_text(raw["explanation"]), _text(raw["repair"]), curated=True, source=raw.get("source", ""))
        entries[rule_id] = _Entry(text, tuple(raw.get("judges", ())))
    return entries


def _raw_entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for file in sorted(files(_FOLDER).iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            yield from tomllib.loads(file.read_text("utf-8")).items()


def _text(raw: Mapping[str, str]) -> Text:
    """Both languages; braces are filled with general words."""
    tr = {name: filling.tr for name, filling in PLACEHOLDERS.items()}
    en = {name: filling.en for name, filling in PLACEHOLDERS.items()}
    return Text(raw["tr"].format_map(tr), raw["en"].format_map(en))
