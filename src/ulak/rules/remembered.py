"""What is worth keeping between documents: verdicts on values that come again and again, and things costly to make."""

from __future__ import annotations

import re
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from lxml import etree

from ulak.kept import tell_of
from ulak.rules.functions import take_trouble

__all__ = ["Recent", "Remembered"]

_LONGEST: Final = 200
"""Letters of a value up to which its verdict is worth remembering; a code is short."""
_MOST: Final = 60_000
"""Verdicts of all rules together: unique amounts and numbers of large documents fill them."""
_VERDICT: Final = 260
"""About the bytes of one."""
_T = TypeVar("_T")


class Recent(OrderedDict[object, _T]):
    """The values used last, at most ``size`` of them, made when first asked for; safe between threads."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._lock = threading.Lock()

    def obtain(self, key: object, make: Callable[[], _T]) -> _T:
        with self._lock:
            if key in self:
                self.move_to_end(key)
                return self[key]
        value = make()
        with self._lock:
            self[key] = value
            while len(self) > self._size:
                self.popitem(last=False)
        return value


class _Verdicts:
    """Counts the verdicts of all rules of the process, and forgets all of them when they are too many."""

    name = "rules.verdicts"
    room = _MOST * _VERDICT

    def __init__(self) -> None:
        self.entries = 0
        self._of: weakref.WeakSet[Remembered] = weakref.WeakSet()
        self._lock = threading.Lock()
        tell_of(self)

    @property
    def bytes(self) -> int:
        return self.entries * _VERDICT

    def enter(self, one: Remembered) -> None:
        with self._lock:
            self._of.add(one)

    def count(self) -> None:
        """One more is to be kept."""
        if self.entries >= _MOST:
            self.clear()
        self.entries += 1

    def clear(self) -> None:
        with self._lock:
            for one in self._of:
                one.fine.clear()
            self.entries = 0


@dataclass(eq=False)
class Remembered:
    """Verdicts on single values of one element or attribute, kept because the same few values come again and again."""

    test: etree.XPath
    name: str
    fine: dict[tuple[str, int], bool] = field(default_factory=dict)
    _pattern: re.Pattern[bytes] | None = None
    _usual: bytes = b""

    def __post_init__(self) -> None:
        _VERDICTS.enter(self)

    def clears(self, elements: Sequence[etree._Element], today: int) -> bool:
        return all(self.clears_one(element, today) for element in elements)

    def clears_one(self, element: etree._Element, today: int) -> bool:
        return self._is_fine(element.text or "", today) and not len(element)

    def clears_bytes(self, data: bytes, today: int) -> bool:
        """Whether every occurrence of the attribute in ``data`` has a plain value that is fine."""
        name = self.name[1:].encode()
        occurrences = data.count(name)
        # Most documents say the same in all places, as with one currency, and mostly what the one before them said.
        if not occurrences or (self._usual and data.count(self._usual) == occurrences):
            return True
        if self._pattern is None:
            # An occurrence with any other value matches with an empty one, which is never fine.
            self._pattern = re.compile(name + rb'(?:="([A-Za-z0-9._/+-]+)")?')
        values = set(self._pattern.findall(data))
        fine = all(value and self._is_fine(value.decode("ascii"), today) for value in values)
        self._usual = b'%s="%s"' % (name, values.pop()) if fine and len(values) == 1 else b""
        return fine

    def _is_fine(self, text: str, today: int) -> bool:
        known = self.fine.get((text, today))
        if known is None:
            known = self._evaluate(text, today)
            if len(text) <= _LONGEST:
                _VERDICTS.count()
                self.fine[text, today] = known
        return known

    def _evaluate(self, text: str, today: int) -> bool:
        if self.name.startswith("@"):
            sample = etree.Element("sample", {self.name[1:]: text})
        else:
            sample = etree.Element(self.name)
            sample.text = text
        return bool(self.test(sample, ulak_today=today, ulak_file="")) and not take_trouble()


_VERDICTS: Final = _Verdicts()
