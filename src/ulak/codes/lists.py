"""GİB's code lists with one API: every list is a file of `data/`, read when it is first asked for.

>>> code_list("units").get("C62").label.tr
'Adet'
>>> [code.code for code in code_list("payment_means").search("banka hesabı")]
['42']
>>> code_list("plate_schemes").get("DORSE") is None
True
>>> code_list("plate_schemes").get("DORSE", date(2026, 1, 1)).label.en
'Trailer plate'
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from ulak.codes.law import Source, in_force
from ulak.errors import Text, UlakError

__all__ = ["Code", "CodeList", "UnknownCodeError", "UnknownListError", "all_lists", "code_list", "fold", "list_names"]

_DATA: Final = os.path.join(os.path.dirname(__file__), "data")
_COMMON: Final = ("code", "tr", "en", "since", "until", "note_tr", "note_en")
_FOLD: Final = str.maketrans("İIıŞşĞğÜüÖöÇçÂâÎîÛû", "iiissgguuooccaaiiuu")


class UnknownListError(UlakError):
    """There is no code list of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "codes.unknown-list",
            Text(f"“{name}” adlı bir kod listesi yok.", f"There is no code list named “{name}”."),
            Text(f"Listeler: {', '.join(list_names())}", f"The lists: {', '.join(list_names())}"),
        )


class UnknownCodeError(UlakError):
    """A list has no such code, or not on the day that was asked for."""

    def __init__(self, name: str, code: str, as_of: date | None = None) -> None:
        day = f" ({as_of.isoformat()})" if as_of else ""
        super().__init__(
            "codes.unknown-code",
            Text(f"“{code}” {name} listesinde yok{day}.", f"“{code}” is not in the list {name}{day}."),
            Text(f"Geçerli kodlar: ulak codes {name}", f"The valid codes: ulak codes {name}"),
        )


class Code(NamedTuple):
    """One code of a list, over one stretch of time.

    Attributes:
        code: as it is written in the document.
        label: its name; the code itself where no source names it.
        since, until: first and last day on which it may be used; None where no source gives the day.
        note: what a person should know before using it; may be empty.
        extra: further columns of the list as text, e.g. ``percent``.
    """

    code: str
    label: Text
    since: date | None = None
    until: date | None = None
    note: Text = Text("", "")
    extra: Mapping[str, str] = {}


class CodeList:
    """A list of codes: iterates over the codes of the newest state, in the order of its source.

    Attributes:
        name: stable name, as `code_list` takes it.
        title: what it is a list of.
        source: where it was read.
        rows: every row, those that have ended included.
    """

    __slots__ = ("_index", "name", "rows", "source", "title")

    def __init__(self, name: str, title: Text, source: Source, rows: tuple[Code, ...]) -> None:
        self.name, self.title, self.source, self.rows = name, title, source, rows
        self._index: dict[str, list[Code]] = {}
        for row in rows:
            self._index.setdefault(row.code, []).append(row)

    def __repr__(self) -> str:
        return f"<CodeList {self.name}: {len(self._index)} codes>"

    def __iter__(self) -> Iterator[Code]:
        return iter(self.in_force())

    def __len__(self) -> int:
        return len(self.in_force())

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self.get(code) is not None

    def in_force(self, as_of: date | None = None) -> tuple[Code, ...]:
        """The codes that may be used on `as_of` (None: the newest state)."""
        return tuple(row for row in self.rows if in_force(row.since, row.until, as_of))

    def history(self, code: str) -> tuple[Code, ...]:
        """Every row of a code, oldest first; empty if the list never had it."""
        return tuple(self._index.get(code, ()))

    def get(self, code: str, as_of: date | None = None) -> Code | None:
        """The code as it holds on `as_of` (None: the newest state), or None."""
        for row in self._index.get(code, ()):
            if in_force(row.since, row.until, as_of):
                return row
        return None

    def require(self, code: str, as_of: date | None = None) -> Code:
        """Like `get`, for callers that cannot go on without it.

        Raises:
            UnknownCodeError: the list has no such code on that day.
        """
        found = self.get(code, as_of)
        if found is None:
            raise UnknownCodeError(self.name, code, as_of)
        return found

    def search(self, text: str, as_of: date | None = None) -> list[Code]:
        """The codes whose code, labels, GİB's own label or note hold every word of `text`, best first.

        Turkish letters fold to Latin.
        """
        words = fold(text).split()
        ranked = [(*_rank(row, words), place, row) for place, row in enumerate(self.in_force(as_of))]
        return [row for rank, _, _, row in sorted(ranked) if rank < _NO_MATCH]


_NO_MATCH: Final = 9


def _rank(row: Code, words: list[str]) -> tuple[int, int]:
    """How well a code answers, best first; of labels that begin alike the shorter is the likelier one."""
    code, labels = fold(row.code), [fold(label) for label in row.label]
    everything = " ".join((code, *labels, *(fold(note) for note in row.note), fold(row.extra.get("official", ""))))
    if not all(word in everything for word in words):
        return _NO_MATCH, 0
    wanted = " ".join(words)
    if code == wanted or wanted in labels:
        return 0, 0
    if begins := [len(label) for label in (code, *labels) if label.startswith(wanted)]:
        return 1, min(begins)
    return (2 if any(wanted in label for label in labels) else 3), 0


def fold(text: str) -> str:
    """`text` as people type it in search boxes: small letters without Turkish marks.

    >>> fold("İŞLENMİŞ Iğdır")
    'islenmis igdir'
    """
    return text.translate(_FOLD).lower()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text and text != "-" else None


def _source(line: str) -> Source:
    document, section, published, read = line.removeprefix("# ").split("\t")
    return Source(document, section, _day(published), date.fromisoformat(read))


def _row(columns: list[str], line: str) -> Code:
    cells = line.split("\t")
    row = dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
    code = row["code"]
    extra = {name: value for name, value in row.items() if name not in _COMMON}
    label = Text(row.get("tr") or row.get("en") or code, row.get("en") or row.get("tr") or code)
    note = Text(row.get("note_tr", ""), row.get("note_en", ""))
    return Code(code, label, _day(row.get("since", "")), _day(row.get("until", "")), note, extra)


@cache
def list_names() -> tuple[str, ...]:
    """The names of all code lists, sorted."""
    return tuple(sorted(name.removesuffix(".tsv") for name in os.listdir(_DATA) if name.endswith(".tsv")))


@cache
def code_list(name: str) -> CodeList:
    """The code list of that name.

    Raises:
        UnknownListError: there is none; its repair names those there are.
    """
    if name not in list_names():
        raise UnknownListError(name)
    with open(os.path.join(_DATA, f"{name}.tsv"), encoding="utf-8") as file:
        source, title, header, *lines = file.read().splitlines()
    columns = header.split("\t")
    tr, en = title.removeprefix("# ").split("\t")
    return CodeList(name, Text(tr, en), _source(source), tuple(_row(columns, line) for line in lines))


def all_lists() -> dict[str, CodeList]:
    """Every code list by name; loads them all."""
    return {name: code_list(name) for name in list_names()}
