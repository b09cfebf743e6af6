"""Ids of findings that stay the same from pack to pack.

``InvoiceIDCheck-1`` names what a rule demands, not where it stands. A ledger remembers, for every rule, which ordinal
each demand was given. A demand that is met again, word for word, has its id; one that was reworded keeps the id of the
demand it replaces; one that was never seen takes the next ordinal. An ordinal is never given to something else. Only
when two wordings that were taken for one stand side by side in a pack does the younger get an ordinal of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

from ulak.rules.schematron import Assertion, Schema

__all__ = ["Entry", "Ledger", "assign", "built_in_ledger", "dump", "extend", "load", "merge", "prefix_of"]

SKETCH: Final = 16
ALIKE: Final = 0.35
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_PRINTED: Final = re.compile(r"-(\d+)$")


class Entry(NamedTuple):
    """One wording of one demand.

    Attributes:
        ordinal: the number in the id.
        fingerprint: of the demand, ``Assertion.fingerprint``.
        sketch: the smallest hashes of its words, by which a changed wording is recognised.
    """

    ordinal: int
    fingerprint: str
    sketch: str


Ledger = Mapping[str, tuple[Entry, ...]]


def prefix_of(kind: str, role: str) -> str:
    """What comes before the rule's name in an id.

    e-Defter's six Schematrons name their patterns alike, so the role tells them apart.

    >>> prefix_of("edefter", "edefter_berat"), prefix_of("ubl-tr", "main")
    ('edefter_berat.', '')
    """
    return f"{role}." if kind == "edefter" else ""


def assign(schema: Schema, ledger: Ledger, *, prefix: str = "") -> tuple[dict[Assertion, str], dict[str, list[Entry]]]:
    """Give every assertion of ``schema`` its id.

    Returns:
        assertion → id, and the entries that the ledger lacks, by rule.
    """
    rules: dict[str, list[Assertion]] = {}
    for _, _, assertion in schema.assertions():
        rules.setdefault(prefix + assertion.rule, []).append(assertion)
    ids: dict[Assertion, str] = {}
    fresh: dict[str, list[Entry]] = {}
    for rule, assertions in rules.items():
        entries = ledger.get(rule, ())
        distinct = {assertion.fingerprint: assertion for assertion in assertions}
        known = {entry.fingerprint: entry.ordinal for entry in entries if entry.fingerprint in distinct}
        if added := list(_number(distinct, known, entries)):
            fresh[rule] = added
            known |= {entry.fingerprint: entry.ordinal for entry in added}
        ids |= {assertion: f"{rule}-{known[assertion.fingerprint]}" for assertion in assertions}
    return ids, fresh


def extend(ledger: Ledger, fresh: Mapping[str, Iterable[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """The ledger with what ``assign`` found it to lack."""
    return {**ledger, **{rule: (*ledger.get(rule, ()), *entries) for rule, entries in fresh.items()}}


def merge(first: Ledger, second: Mapping[str, Iterable[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Two ledgers that grew apart as one; where they disagree ``first`` is right and the other's ordinal moves on.

    >>> a, b = Entry(1, "a", ""), Entry(1, "b", "")
    >>> merge({"R": (a,)}, {"R": (a, b)})
    {'R': (Entry(ordinal=1, fingerprint='a', sketch=''), Entry(ordinal=1, fingerprint='b', sketch=''))}
    >>> merge({"R": (a,)}, {"R": (b,)})["R"][1].ordinal
    2
    """
    merged = dict(first)
    for rule, entries in second.items():
        merged[rule] = tuple(_merge_rule(merged.get(rule, ()), tuple(entries)))
    return merged


def load(text: str | bytes) -> dict[str, tuple[Entry, ...]]:
    """Read a ledger from JSON: rule → list of [ordinal, fingerprint, sketch].

    Raises:
        ValueError: it is no such JSON.
    """
    try:
        return {
            rule: tuple(Entry(int(n), str(f), str(s)) for n, f, s in rows) for rule, rows in json.loads(text).items()
        }
    except (AttributeError, TypeError) as error:
        raise ValueError(str(error)) from error


def dump(ledger: Mapping[str, Iterable[Entry]]) -> str:
    """Write a ledger as JSON, one line an entry, in stable order."""
    rules = (
        f"{json.dumps(rule, ensure_ascii=False)}: [\n"
        + ",\n".join(json.dumps(list(entry)) for entry in ledger[rule])
        + "\n]"
        for rule in sorted(ledger)
    )
    return "{\n" + ",\n".join(rules) + "\n}\n"


@cache
def built_in_ledger() -> Ledger:
    """The ids that Ulak was published with."""
    return load(files("ulak.rules").joinpath("data", "ids.json").read_bytes())


def _number(present: Mapping[str, Assertion], known: Mapping[str, int], entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Entries for those present that are not known, or that must part from one with the same ordinal."""
    holders = {ordinal: fingerprint for fingerprint, ordinal in reversed(list(known.items()))}
    parting = {fingerprint for fingerprint, ordinal in known.items() if holders[ordinal] != fingerprint}
    new = [assertion for fingerprint, assertion in present.items() if fingerprint not in known]
    sketches = {assertion.fingerprint: _sketch(assertion) for assertion in new}
    taken = _successors(sketches, entries, set(holders)) if entries else _printed(new)
    following = max([entry.ordinal for entry in entries] + list(taken.values()), default=0)
    for fingerprint, assertion in present.items():
        if fingerprint in sketches or fingerprint in parting:
            ordinal = taken.get(fingerprint)
            if ordinal is None:
                ordinal = following = following + 1
            yield Entry(ordinal, fingerprint, _sketch(assertion))


def _successors(sketches: Mapping[str, str], entries: tuple[Entry, ...], occupied: set[int]) -> dict[str, int]:
    """Which new demand replaces which that is gone: the most alike first."""
    pairs = sorted(
        (
            (-_likeness(sketch, entry.sketch), entry.ordinal, fingerprint)
            for fingerprint, sketch in sketches.items()
            for entry in entries
            if entry.ordinal not in occupied
        ),
    )
    chosen: dict[str, int] = {}
    for unlikeness, ordinal, fingerprint in pairs:
        if -unlikeness >= ALIKE and fingerprint not in chosen and ordinal not in chosen.values():
            chosen[fingerprint] = ordinal
    return chosen


def _printed(new: list[Assertion]) -> dict[str, int]:
    """The ordinals that the source itself prints, if each is printed once."""
    printed = {a.fingerprint: int(found[1]) for a in new if (found := _PRINTED.search(a.printed_id))}
    return printed if len(set(printed.values())) == len(printed) else {}


def _sketch(assertion: Assertion) -> str:
    words = [*_WORD.findall(assertion.test), "|", *_WORD.findall(assertion.words)]
    features = {*words, *(" ".join(pair) for pair in pairwise(words))}
    return "".join(sorted(hashlib.sha256(f.encode()).hexdigest()[:4] for f in features)[:SKETCH])


def _likeness(one: str, other: str) -> float:
    """Estimate of what two wordings share, from 0 to 1 (Jaccard index of their words and word pairs)."""
    a, b = ({text[i : i + 4] for i in range(0, len(text), 4)} for text in (one, other))
    smallest = set(sorted(a | b)[:SKETCH])
    return len(smallest & a & b) / len(smallest) if smallest else 0.0


def _merge_rule(mine: tuple[Entry, ...], theirs: tuple[Entry, ...]) -> Iterator[Entry]:
    yield from mine
    known = {entry.fingerprint: entry.ordinal for entry in mine}
    moved = {entry.ordinal: known[entry.fingerprint] for entry in theirs if entry.fingerprint in known}
    used = set(known.values())
    for entry in theirs:
        if entry.fingerprint not in known:
            if entry.ordinal not in moved:
                moved[entry.ordinal] = entry.ordinal if entry.ordinal not in used else max(used) + 1
            used.add(moved[entry.ordinal])
            yield entry._replace(ordinal=moved[entry.ordinal])
