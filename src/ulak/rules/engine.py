"""Runs a compiled Schematron over a document, doing no more than the document needs.

Three ways lead to the same answer, cheapest first: what a value says by itself is remembered (`_Remembered`); a small
document whose root is the outer element is screened by one XPath; what is not cleared so is judged by the stylesheet,
which names every failed assertion. Assertions that need XPath 2 go to Saxon.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from lxml import etree

from ulak.rules.compiler import Group, Program
from ulak.rules.functions import FUNCTIONS, NAMESPACE, take_trouble
from ulak.rules.saxon import run_saxon
from ulak.xml import parse

__all__ = ["Engine", "Failure", "Outcome"]

_SMALL: Final = 64
"""Children of the root up to which the screen, quadratic at worst, is the cheaper way."""
_BYTEWISE: Final = ("UTF-8", "ISO-8859", "WINDOWS-125", "US-ASCII", "ASCII")
_DENY: Final = etree.XSLTAccessControl(  # type: ignore[call-arg]
    read_file=False, write_file=False, create_dir=False, read_network=False, write_network=False
)
_T = TypeVar("_T")
_Known = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An assertion that does not hold.

    Attributes:
        number: the assertion's place in `Program.assertions`.
        node: the element at fault.
        attribute: name of the attribute at fault, or "".
        values: texts for the places in the message, in order.
    """

    number: int
    node: etree._Element
    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a Schematron says of a document; ``unjudged`` are the assertions that stopped with an error."""

    failures: tuple[Failure, ...] = ()
    unjudged: tuple[int, ...] = ()


CLEAR: Final = Outcome()


class _Recent(OrderedDict[object, _T]):
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


class Engine:
    """Judges documents by one `Program`. May be shared by threads.

    Args:
        program: the compiled Schematron.
        specialised: how many stylesheets and screens made for particular facts are kept.
    """

    def __init__(self, program: Program, *, specialised: int = 64) -> None:
        self.program = program
        self._namespaces = {**program.schema.namespaces, "u": NAMESPACE}
        self._named: dict[str, list[Group]] = {}
        for group in program.groups.values():
            if group.name and not group.name.startswith("@"):
                self._named.setdefault(group.name, []).append(group)
        self._anonymous = [group.start for group in program.groups.values() if not group.name]
        self._tags = sorted({name for name in (*self._named, *program.foreign_names) if name[:1] not in ("", "@")})
        self._attributes = [group for group in program.groups.values() if group.name.startswith("@")]
        self._remembered = {start: made for start in program.groups if (made := self._remember(start))}
        self._discriminators = {start: self._expanded(start) for start in program.groups}
        self._stylesheets: _Recent[etree.XSLT] = _Recent(specialised)
        self._screens: _Recent[etree.XPath | None] = _Recent(specialised)

    def run(self, root: etree._Element, data: bytes = b"", *, today: int, file: str = "") -> Outcome:
        """Judge the document of ``root``.

        Args:
            root: its root element.
            data: the bytes it was parsed from, where they are at hand; they make it faster.
            today: the business day, as `functions.today_minutes` gives it.
            file: name of the file, for rules that look at it.
        """
        take_trouble()
        found: dict[str, list[etree._Element]] = {}
        for element in root.iter(*self._tags):
            found.setdefault(str(element.tag), []).append(element)
        todo, known = self._unsettled(root, found, data, today, file)
        failures: list[Failure] = []
        if todo:
            failures.extend(self._judge(root, frozenset(todo), known, today, file))
        if self.program.foreign and not self.program.foreign_names.isdisjoint((*found, "")):
            failures.extend(self._foreign(root, file))
        unjudged = tuple(sorted(set(take_trouble())))
        return Outcome(tuple(failures), unjudged) if failures or unjudged else CLEAR

    # -- settling what can be settled cheaply -------------------------------------------------------------------------

    def _unsettled(
        self, root: etree._Element, found: Mapping[str, list[etree._Element]], data: bytes, today: int, file: str
    ) -> tuple[list[str], _Known]:
        """The groups that must be judged in full, and what is known of the document for each."""
        todo = list(self._anonymous)
        known: dict[str, Mapping[str, str]] = {}
        for name, elements in found.items():
            alone = len(elements) == 1 and elements[0] is root
            for group in self._named.get(name, ()):
                if group.start in self._remembered:
                    clear = self._remembered[group.start].clears(elements, today)
                elif alone and group.is_plain:
                    known[group.start] = self._values(root, group.start)
                    clear = self._screened(root, group.start, known[group.start], today, file)
                else:
                    clear = False
                if not clear:
                    todo.append(group.start)
        todo.extend(group.start for group in self._attributes if not self._attribute_clear(group, root, data, today))
        return todo, known

    def _values(self, root: etree._Element, start: str) -> dict[str, str]:
        """Text of those children of ``root`` that occur once and on whose text tests depend."""
        wanted = self._discriminators[start]
        if not wanted:
            return {}
        values: dict[str, str] = {}
        seen: set[str] = set()
        for child in root.iterchildren(*wanted):
            tag = str(child.tag)
            name, texts = wanted[tag]
            text = child.text or ""
            if tag not in seen and text in texts and not len(child):
                values[name] = text
            elif name in values:
                del values[name]
            seen.add(tag)
        return values

    def _screened(self, root: etree._Element, start: str, values: Mapping[str, str], today: int, file: str) -> bool:
        if len(root) > _SMALL:
            return False

        def make() -> etree.XPath | None:
            text = self.program.screen(start, values)
            return self._xpath(text) if text else None

        screen = self._screens.obtain((start, tuple(values.items())), make)
        if screen is None:
            return False
        clear = bool(screen(root, ulak_today=today, ulak_file=file))
        return clear and not take_trouble()

    def _attribute_clear(self, group: Group, root: etree._Element, data: bytes, today: int) -> bool:
        name = group.name[1:]
        encoding = (root.getroottree().docinfo.encoding or "UTF-8").upper()
        remembered = self._remembered.get(group.start)
        if not data or remembered is None or not encoding.startswith(_BYTEWISE):
            return False
        return remembered.clears_bytes(data, name, today)

    # -- judging in full ----------------------------------------------------------------------------------------------

    def _judge(
        self, root: etree._Element, starts: frozenset[str], known: _Known, today: int, file: str
    ) -> Iterator[Failure]:
        known = {start: values for start, values in known.items() if start in starts}
        key = (starts, tuple((start, tuple(values.items())) for start, values in known.items()))
        stylesheet = self._stylesheets.obtain(key, lambda: self._compile(self.program.stylesheet(starts, known)))
        take_trouble()
        result = stylesheet(root.getroottree(), ulak_today=str(today), ulak_file=etree.XSLT.strparam(file))
        return self._failures(result.getroot(), root)

    def _foreign(self, root: etree._Element, file: str) -> Iterator[Failure]:
        report = run_saxon(self.program.foreign_stylesheet, etree.tostring(root, encoding="UTF-8"), file)
        return self._failures(report, root)

    @staticmethod
    def _failures(report: etree._Element, root: etree._Element) -> Iterator[Failure]:
        for entry in report.iterchildren("f"):
            place, _, attribute = (entry.get("p") or "").partition("@")
            node = root
            for index in place.split("/")[2:]:
                node = node[int(index)]
            values = tuple("".join(map(str, value.itertext())) for value in entry.iterchildren("v"))
            yield Failure(int(entry.get("n") or 0), node, attribute, values)

    # -- preparing ----------------------------------------------------------------------------------------------------

    def _compile(self, text: str) -> etree.XSLT:
        return etree.XSLT(parse(text.encode()), extensions=FUNCTIONS, access_control=_DENY)

    def _xpath(self, text: str) -> etree.XPath:
        return etree.XPath(text, namespaces=self._namespaces, extensions=FUNCTIONS)

    def _remember(self, start: str) -> _Remembered | None:
        test = self.program.own_test(start)
        name = self.program.groups[start].name
        if test is None or not name:
            return None
        expression = f"boolean(@{name[1:]}[{test}])" if name.startswith("@") else f"boolean({test})"
        return _Remembered(self._xpath(expression), name)

    def _expanded(self, start: str) -> dict[str, tuple[str, frozenset[str]]]:
        expanded = {}
        for name, texts in self.program.discriminators(start).items():
            prefix, _, local = name.rpartition(":")
            uri = self.program.schema.namespaces.get(prefix, "")
            expanded[f"{{{uri}}}{local}" if uri else local] = (name, texts)
        return expanded


@dataclass
class _Remembered:
    """Verdicts on single values of one element or attribute, kept because the same few values come again and again."""

    test: etree.XPath
    name: str
    fine: dict[tuple[str, int], bool] = field(default_factory=dict)
    _pattern: re.Pattern[bytes] | None = None

    def clears(self, elements: Sequence[etree._Element], today: int) -> bool:
        for element in elements:
            text = element.text or ""
            if len(element) or not self._is_fine(text, today):
                return False
        return True

    def clears_bytes(self, data: bytes, name: str, today: int) -> bool:
        """Whether every occurrence of the attribute in ``data`` has a plain value that is fine."""
        occurrences = data.count(name.encode())
        if not occurrences:
            return True
        if self._pattern is None:
            self._pattern = re.compile(name.encode() + rb'="([A-Za-z0-9._/+-]*)"')
        values = self._pattern.findall(data)
        if len(values) != occurrences:
            return False
        return all(self._is_fine(value.decode("ascii"), today) for value in set(values))

    def _is_fine(self, text: str, today: int) -> bool:
        known = self.fine.get((text, today))
        if known is None:
            known = self._evaluate(text, today)
            if len(self.fine) > 10_000:
                self.fine.clear()
            self.fine[text, today] = known
        return known

    def _evaluate(self, text: str, today: int) -> bool:
        if self.name.startswith("@"):
            sample = etree.Element("sample", {self.name[1:]: text})
        else:
            sample = etree.Element(self.name)
            sample.text = text
        return bool(self.test(sample, ulak_today=today, ulak_file="")) and not take_trouble()
