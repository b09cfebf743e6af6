"""What the QR code of a draft says, from its texts alone, where a draft of the same markup was read before.

Which texts a karekod holds, and in which order, is fixed by the markup and by a few texts: scenario, type, and codes
and rates of the taxes. `ulak.render.qr_drafts` is asked once for each of their combinations, with marks for all others.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from ulak.render.qr_drafts import Said, said_by_draft

__all__ = ["said_by_texts"]

_DECIDING: Final = re.compile(
    rb"<cbc:(?:ProfileID|InvoiceTypeCode|DespatchAdviceTypeCode|TaxTypeCode|Percent|CalculationSequenceNumeric)>\Z"
)
_LINES: Final = re.compile(rb"<cac:(?:Invoice|Despatch)Line>")
_MARKUPS: Final = 128
_COMBINATIONS: Final = 16
"""That are remembered of one markup."""
# No document can spell it, to have a text taken for another.
_MARK: Final = f"t{secrets.token_hex(8)}-"
_MARKED: Final = re.compile(_MARK + r"(\d+)-")
_SUMMED: Final = '"0.00"'
"""The sum of several marks, which are no numbers."""


def said_by_texts(markup: bytes, texts: Sequence[bytes]) -> Said | None:
    """Do what `said_by_draft` does; None if it has to be asked.

    Args:
        markup: of a draft as `said_by_draft` reads it; all but the texts of its leaves, a NUL in the place of each.
        texts: hold neither ``<``, ``>`` and ``&`` nor control characters, and begin with no blank.
    """
    return _telling(markup).said(texts)


class _Plan(NamedTuple):
    """Which texts stand where in a karekod.

    Attributes:
        form: the karekod with a ``%b`` in the place of each.
        picked: those texts, in order.
        quotes: the quotation marks of the form.
        day: the place of the text that is the date.
    """

    form: bytes
    picked: Callable[[Sequence[bytes]], tuple[bytes, ...]]
    quotes: int
    day: int

    def said(self, texts: Sequence[bytes]) -> Said | None:
        """None where a text does not stand in JSON as it is, or ends with a blank."""
        karekod = (self.form % self.picked(texts)).decode()
        plain = karekod.isascii() and karekod.isprintable() and karekod.count('"') == self.quotes
        return (
            Said(texts[self.day].decode(), karekod) if plain and "\\" not in karekod and ' "' not in karekod else None
        )


class _Telling:
    """The plans of drafts of one markup, by the texts that decide."""

    def __init__(self, markup: bytes) -> None:
        self._markup = markup
        lines = _LINES.search(markup)
        pieces = markup[: lines.start() if lines else None].split(b"\0")[:-1]
        deciding = [at for at, piece in enumerate(pieces) if _DECIDING.search(piece)]
        self._deciding = itemgetter(*deciding) if deciding else None
        self._marked = [None if at in deciding else f"{_MARK}{at}-".encode() for at in range(markup.count(b"\0"))]
        self._plans: dict[object, _Plan | None] = {}

    def said(self, texts: Sequence[bytes]) -> Said | None:
        if self._deciding is None or len(texts) != len(self._marked):
            return None
        decided = self._deciding(texts)
        if decided not in self._plans:
            if len(self._plans) >= _COMBINATIONS:
                self._plans.clear()
            self._plans[decided] = self._plan(texts)
        plan = self._plans.get(decided)
        return plan.said(texts) if plan else None

    def _plan(self, texts: Sequence[bytes]) -> _Plan | None:
        known = [text if mark is None else mark for text, mark in zip(texts, self._marked, strict=True)]
        pieces = self._markup.split(b"\0")
        said = said_by_draft(b"".join(one for pair in zip(pieces, [*known, b""], strict=True) for one in pair))
        day = _MARKED.fullmatch(said.day) if said else None
        if said is None or day is None:
            return None
        parts = _MARKED.split(said.karekod)
        form, places = "%b".join(part.replace("%", "%%") for part in parts[::2]), [int(place) for place in parts[1::2]]
        if len(places) <= 1 or _SUMMED in form or "\\" in form or ' "' in form:
            return None
        return _Plan(form.encode(), itemgetter(*places), form.count('"'), int(day[1]))


_telling: Final = lru_cache(maxsize=_MARKUPS)(_Telling)
