"""Which column is which field: by the headings of the shipped mappings, else by those that people and programs use."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from ulak.errors import Text
from ulak.ledger.intake.fields import BY_NAME, FIELDS, folded_heading
from ulak.ledger.intake.mapping import MAPPINGS, Content, FileForm, Mapping, shipped
from ulak.ledger.intake.problems import problem

__all__ = ["Guess", "guess", "guess_header", "missing", "places_of"]

_LEAST: Final = {"entries": 3, "accounts": 2}
_AMOUNTS: Final = Text("Borç ve Alacak (ya da Tutar)", "Debit and credit (or an amount)")
_VOUCHER: Final = Text("Fiş numarası (ya da yevmiye no)", "Voucher number (or journal entry number)")


class Guess(NamedTuple):
    """How headings may be matched.

    Attributes:
        places: column of each field, counted from 1.
        sureness: from 0 to 1.
    """

    mapping: Mapping
    places: Dict[str, int]
    sureness: float


def places_of(mapping: Mapping, headings: Sequence[str], *, strict: bool = True) -> dict[str, int]:
    """The column of each field of a mapping, counted from 1; fields whose headings the file lacks are left out.

    Raises:
        InputError: ``ledger.input.heading-twice``, ``ledger.input.column-twice``, if ``strict``.
    """
    folded = [folded_heading(one) for one in headings]
    found: dict[str, int] = {}
    for field, wanted in mapping.columns.items():
        place = next((at for one in wanted if (at := _place(one, folded, strict))), 0)
        if place:
            found[field] = place
    if strict:
        _refuse_shared(found, headings)
    return found


def _place(wanted: str, folded: Sequence[str], strict: bool) -> int:
    if wanted.startswith("#") and wanted[1:].isascii() and wanted[1:].isdigit():
        return int(wanted[1:]) if 1 <= int(wanted[1:]) <= len(folded) else 0
    said = folded_heading(wanted)
    places = [at for at, one in enumerate(folded, 1) if one and one == said]
    if len(places) > 1 and strict:
        raise problem("ledger.input.heading-twice", heading=wanted, places=", ".join(map(str, places)))
    return places[0] if places else 0


def _refuse_shared(found: Dict[str, int], headings: Sequence[str]) -> None:
    seen: dict[int, str] = {}
    for field, place in found.items():
        if place in seen:
            said = headings[place - 1] or f"#{place}"
            raise problem("ledger.input.column-twice", heading=said, first=seen[place], second=field)
        seen[place] = field


def missing(content: Content, known: set[str]) -> list[Text]:
    """What a file needs and nothing gives."""
    fields = BY_NAME[content]
    if content == "accounts":
        return [fields[name].label for name in ("code", "name") if name not in known]
    lacking = [] if known & {"voucher", "entry"} else [_VOUCHER]
    lacking += [] if "date" in known else [fields["date"].label]
    lacking += [] if known & {"account", "main"} else [fields["account"].label]
    return lacking + ([] if {"debit", "credit"} <= known or "amount" in known else [_AMOUNTS])


def guess(headings: Sequence[str], form: FileForm = FileForm()) -> Guess:  # noqa: B008
    """The best way to match headings: a shipped mapping if one knows as many of them as any, else common usage."""
    candidates = [_shipped(name, headings) for name in MAPPINGS]
    candidates += [_common(content, headings) for content in ("entries", "accounts")]
    named = sum(1 for one in headings if one.strip())
    candidates = [one for one in candidates if one.mapping.content == "entries" or _is_chart(one, headings, named)]
    best = max(candidates, key=lambda one: (not _lacks(one), one.mapping.content == "entries", len(one.places)))
    sureness = len(best.places) / max(named, 1) * (0.5 if _lacks(best) else 1.0)
    return Guess(msgspec.structs.replace(best.mapping, file=form), best.places, min(sureness, 1.0))


def _is_chart(found: Guess, headings: Sequence[str], named: int) -> bool:
    """Whether a table is about accounts alone: a code and a name are in every list of vouchers, too."""
    code = headings[found.places["code"] - 1] if "code" in found.places else ""
    return "_" in code or len(found.places) * 2 >= named


def _lacks(found: Guess) -> bool:
    return bool(missing(found.mapping.content, set(found.places) | set(found.mapping.fixed)))


def _shipped(name: str, headings: Sequence[str]) -> Guess:
    mapping = shipped(name)
    return Guess(mapping, _unshared(places_of(mapping, headings, strict=False)), 1.0)


def _unshared(places: Dict[str, int]) -> dict[str, int]:
    """Each column once, for the field that is named first."""
    found: dict[int, str] = {}
    for field, place in places.items():
        found.setdefault(place, field)
    return {field: place for place, field in found.items()}


def _common(content: Content, headings: Sequence[str]) -> Guess:
    """By all the headings that are known of each field; of several columns the one with the commonest heading."""
    folded = [folded_heading(one) for one in headings]
    ranked = sorted(
        (field.written.index(heading), order, at, field.name)
        for order, field in enumerate(FIELDS[content])
        for at, heading in enumerate(folded, 1)
        if heading and heading in field.written
    )
    places: dict[str, int] = {}
    for _, _, at, name in ranked:
        if name not in places and at not in places.values():
            places[name] = at
    columns = {name: [_told(headings, at)] for name, at in places.items()}
    return Guess(Mapping(name="guessed", columns=columns, content=content), places, 1.0)


def _told(headings: Sequence[str], place: int) -> str:
    heading = headings[place - 1]
    return heading if sum(1 for one in headings if folded_heading(one) == folded_heading(heading)) == 1 else f"#{place}"


def guess_header(rows: Sequence[tuple[int, list[str]]]) -> int:
    """The row in which headings stand, judged by how many of them are known; -1: none."""
    best, most = -1, 0
    for number, cells in rows:
        found = guess(cells)
        known = len(found.places)
        if known > most and known >= _LEAST[found.mapping.content]:
            best, most = number, known
    return best
