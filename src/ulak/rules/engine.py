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
from functools import cached_property
from typing import Final, TypeVar

from lxml import etree

from ulak.rules.functions import FUNCTIONS, NAMESPACE, take_trouble
from ulak.rules.program import Group, Known, Program
from ulak.rules.saxon import run_saxon
from ulak.rules.screens import leaf_test, own_test, screen
from ulak.rules.stylesheets import foreign_stylesheet, stylesheet
from ulak.xml import parse

__all__ = ["Engine", "Failure", "Outcome"]

_SMALL: Final = 64
"""Elements up to which a screen that looks at all their siblings for each of them is the cheaper way."""
_BYTEWISE: Final = ("UTF-8", "ISO-8859", "WINDOWS-125", "US-ASCII", "ASCII")
_DENY: Final = etree.XSLTAccessControl(  # type: ignore[call-arg]
    read_file=False, write_file=False, create_dir=False, read_network=False, write_network=False
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Failure:
    """An assertion that does not hold.

    Attributes:
        number: the assertion's place in `Program.assertions`.
        node: the element at fault.
        attribute: name of the attribute at fault, or "".
        values: texts for the places in the message, in order.
        subject: the element and attribute whose value is wrong, where the rule looks at one below ``node``.
    """

    number: int
    node: etree._Element
    attribute: str
    values: tuple[str, ...]
    subject: tuple[etree._Element, str] | None = None


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

    def __init__(self, program: Program, *, specialised: int = 128) -> None:
        self.program = program
        self._namespaces = {**program.schema.namespaces, "u": NAMESPACE}
        self._by_name: dict[str, list[_Judged]] = {}
        self._always: list[str] = []
        self._attributes: list[tuple[str, _Remembered | None]] = []
        for group in program.groups.values():
            self._enter(group)
        leaves = {tag for judged in self._by_name.values() for one in judged for tag in one.leaves}
        self._tags = sorted(
            {name for name in (*self._by_name, *leaves, *program.foreign_names) if name[:1] not in ("", "@")}
        )
        self._stylesheets: _Recent[etree.XSLT] = _Recent(specialised)
        self._screens: _Recent[_Screen | None] = _Recent(specialised)

    def _enter(self, group: Group) -> None:
        if group.name.startswith("@"):
            self._attributes.append((group.start, self._remember(group)))
        elif group.name:
            self._by_name.setdefault(group.name, []).append(self._judged(group))
        else:
            self._always.append(group.start)

    def run(
        self,
        root: etree._Element,
        data: bytes = b"",
        *,
        today: int,
        file: str = "",
        without: frozenset[str] = frozenset(),
    ) -> Outcome:
        """Judge the document of ``root``.

        Args:
            root: its root element.
            data: the bytes it was parsed from, where they are at hand; they make it faster.
            today: the business day, as `functions.today_minutes` gives it.
            file: name of the file, for rules that look at it.
            without: groups (`Group.start`) that do not judge this document.
        """
        take_trouble()
        found: dict[str, list[etree._Element]] = {}
        for element in root.iter(*self._tags):
            found.setdefault(str(element.tag), []).append(element)
        todo = self._unsettled(root, found, data, today, file)
        failures: list[Failure] = []
        if wanted := {start: known for start, known in todo.items() if start not in without}:
            failures.extend(self._judge(root, wanted, today, file))
        if self.program.foreign and not self.program.foreign_names.isdisjoint((*found, "")):
            failures.extend(self._foreign(root, file))
        unjudged = tuple(sorted(set(take_trouble())))
        return Outcome(tuple(failures), unjudged) if failures or unjudged else CLEAR

    # -- settling what can be settled cheaply -------------------------------------------------------------------------

    def _unsettled(
        self, root: etree._Element, found: Mapping[str, list[etree._Element]], data: bytes, today: int, file: str
    ) -> dict[str, Known | None]:
        """The groups that must be judged in full, with what is known of the document for each."""
        todo: dict[str, Known | None] = dict.fromkeys(self._always)
        for name, elements in found.items():
            for judged in self._by_name.get(name, ()):
                known = None
                if judged.remembered is not None:
                    clear = judged.remembered.clears(elements, today)
                elif judged.group.is_plain and len(elements) == 1 and elements[0] is root:
                    known = judged.look_at(root, found, today)
                    clear = self._screened(root, judged, known, today, file)
                else:
                    clear = False
                if not clear:
                    todo[judged.group.start] = known
        bytewise = data and (root.getroottree().docinfo.encoding or "UTF-8").upper().startswith(_BYTEWISE)
        for start, remembered in self._attributes:
            if not bytewise or remembered is None or not remembered.clears_bytes(data, today):
                todo[start] = None
        return todo

    def _screened(self, root: etree._Element, judged: _Judged, known: Known, today: int, file: str) -> bool:
        screen = self._screens.obtain((judged.group.start, known), lambda: self._screen(judged.group, known))
        if screen is None or not screen.is_cheap_for(root):
            return False
        ahead = {name: test(root, ulak_today=today, ulak_file=file) for name, test in screen.ahead}
        clear = bool(screen.test(root, ulak_today=today, ulak_file=file, **ahead))
        return clear and not take_trouble()

    def _screen(self, group: Group, known: Known) -> _Screen | None:
        made = screen(self.program, group, known)
        if made is None:
            return None
        climbing = tuple(self._expanded(name) for name in made.climbing)
        ahead = tuple((name, self._xpath(text)) for name, text in made.ahead.items())
        return _Screen(self._xpath(made.test), ahead, climbing)

    # -- judging in full ----------------------------------------------------------------------------------------------

    def _judge(
        self, root: etree._Element, wanted: Mapping[str, Known | None], today: int, file: str
    ) -> Iterator[Failure]:
        key = tuple(sorted(wanted.items(), key=lambda item: item[0]))
        made = self._stylesheets.obtain(key, lambda: self._compile(stylesheet(self.program, wanted)))
        take_trouble()
        result = made(root.getroottree(), ulak_today=str(today), ulak_file=etree.XSLT.strparam(file))
        return self._failures(result.getroot(), root)

    def _foreign(self, root: etree._Element, file: str) -> Iterator[Failure]:
        report = run_saxon(self._foreign_stylesheet, etree.tostring(root, encoding="UTF-8"), file)
        return self._failures(report, root)

    @cached_property
    def _foreign_stylesheet(self) -> str:
        return foreign_stylesheet(self.program)

    @staticmethod
    def _failures(report: etree._Element, root: etree._Element) -> Iterator[Failure]:
        for entry in report.iterchildren("f"):
            node, attribute = _found(entry.get("p") or "", root)
            values = tuple("".join(map(str, value.itertext())) for value in entry.iterchildren("v"))
            subject = entry.findtext("s")
            pointed = _found(subject, root) if subject else None
            yield Failure(int(entry.get("n") or 0), node, attribute, values, pointed)

    # -- preparing ----------------------------------------------------------------------------------------------------

    def _compile(self, text: str) -> etree.XSLT:
        return etree.XSLT(parse(text.encode()), extensions=FUNCTIONS, access_control=_DENY)

    def _xpath(self, text: str) -> etree.XPath:
        return etree.XPath(text, namespaces=self._namespaces, extensions=FUNCTIONS)

    def _remember(self, group: Group) -> _Remembered | None:
        test = own_test(self.program, group)
        return self._remembered(test, group.name) if test is not None else None

    def _remembered(self, test: str, name: str) -> _Remembered:
        expression = f"boolean(@{name[1:]}[{test}])" if name.startswith("@") else f"boolean({test})"
        return _Remembered(self._xpath(expression), name)

    def _judged(self, group: Group) -> _Judged:
        leaves = {
            self._expanded(leaf): (leaf, self._remembered(leaf_test(self.program, sites), self._expanded(leaf)))
            for leaf, sites in group.leaves.items()
        }
        values = {self._expanded(name): texts for name, texts in self.program.discriminators(group).items()}
        names = {self._expanded(name): name for name in group.mentioned | set(group.discriminating)}
        return _Judged(group, self._remember(group), names, values, leaves)

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self.program.schema.namespaces.get(prefix, '')}}}{local}" if prefix else local


@dataclass(frozen=True)
class _Judged:
    """A group and what is looked at before it is judged.

    Attributes:
        remembered: verdicts on its outer element's own text, where that can settle the group.
        names: children of the outer element that matter, expanded name → name.
        values: those of them whose text matters, expanded name → texts.
        leaves: elements that a code list can settle, expanded name → name and verdicts.
    """

    group: Group
    remembered: _Remembered | None
    names: Mapping[str, str]
    values: Mapping[str, frozenset[str]]
    leaves: Mapping[str, tuple[str, _Remembered]]

    def look_at(self, root: etree._Element, found: Mapping[str, list[etree._Element]], today: int) -> Known:
        children: dict[str, list[etree._Element]] = {}
        names = self.names
        for child in root:
            tag = child.tag
            if tag in names:
                children.setdefault(str(tag), []).append(child)
        values = []
        for tag, texts in self.values.items():
            alone = children.get(tag, ())
            if len(alone) == 1 and (alone[0].text or "") in texts and not len(alone[0]):
                values.append((self.names[tag], alone[0].text or ""))
        settled = [leaf for tag, (leaf, fine) in self.leaves.items() if fine.clears(found.get(tag, ()), today)]
        return Known(tuple(values), frozenset(map(self.names.__getitem__, children)), frozenset(settled))


@dataclass(frozen=True)
class _Screen:
    """A `Screen` ready to run; ``climbing`` are the children whose number must be small for it to be cheap."""

    test: etree.XPath
    ahead: tuple[tuple[str, etree.XPath], ...]
    climbing: tuple[str, ...]

    def is_cheap_for(self, root: etree._Element) -> bool:
        if not self.climbing or len(root) <= _SMALL:
            return True
        return sum(1 for _ in root.iterchildren(*self.climbing)) <= _SMALL


def _found(place: str, root: etree._Element) -> tuple[etree._Element, str]:
    """The element and attribute at a place as the stylesheets write it: ``/0/3/1@schemeID``."""
    path, _, attribute = place.partition("@")
    node = root
    for index in path.split("/")[2:]:
        node = node[int(index)]
    return node, attribute


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

    def clears_bytes(self, data: bytes, today: int) -> bool:
        """Whether every occurrence of the attribute in ``data`` has a plain value that is fine."""
        if self._pattern is None:
            # An occurrence with any other value matches with an empty one, which is never fine.
            self._pattern = re.compile(self.name[1:].encode() + rb'(?:="([A-Za-z0-9._/+-]+)")?')
        return all(value and self._is_fine(value.decode("ascii"), today) for value in set(self._pattern.findall(data)))

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
