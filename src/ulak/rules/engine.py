"""Runs a compiled Schematron over a document, doing no more than the document needs.

Three ways lead to the same answer, cheapest first: what a value says by itself is remembered (`Remembered`); a small
document whose root is the outer element is screened by one XPath; what is not cleared so is judged by the stylesheet,
which names every failed assertion. Assertions that need XPath 2 go to Saxon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from lxml import etree

from ulak.rules.compiler import compile_schema
from ulak.rules.functions import FUNCTIONS, NAMESPACE, report_trouble, take_trouble
from ulak.rules.program import Group, Known, Program, Site
from ulak.rules.reads import Read, Reads, reads_of, words_of
from ulak.rules.remembered import Recent, Remembered
from ulak.rules.saxon import SaxonError, compile_saxon, run_saxon
from ulak.rules.schematron import Schema, unreadable_rules
from ulak.rules.screens import leaf_test, own_test, screen
from ulak.rules.stylesheets import foreign_stylesheet, stylesheet
from ulak.rules.xpath import Untranslatable
from ulak.xml import XmlError, parse

__all__ = ["Engine", "Failure", "Outcome", "rehearse"]

_SMALL: Final = 64
"""Elements up to which a screen that looks at all their siblings for each of them is the cheaper way."""
_BYTEWISE: Final = ("UTF-8", "ISO-8859", "WINDOWS-125", "US-ASCII", "ASCII")
_DENY: Final = etree.XSLTAccessControl(  # type: ignore[call-arg]
    read_file=False, write_file=False, create_dir=False, read_network=False, write_network=False
)


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
        self._attributes: list[tuple[str, Remembered | None]] = []
        for group in program.groups.values():
            self._enter(group)
        self._leaves = self._all_leaves()
        self._kept = {name for name in (*self._by_name, *program.foreign_names) if name[:1] not in ("", "@")}
        self._tags = sorted(self._kept | self._leaves.keys())
        self._stylesheets: Recent[etree.XSLT] = Recent(specialised)
        self._screens: Recent[_Screen | None] = Recent(specialised)
        self._reads: Recent[Reads] = Recent(specialised // 4)

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
        found, doubtful = self._find(root, today)
        todo = self._unsettled(root, found, doubtful, data, today, file)
        failures: list[Failure] = []
        if wanted := {start: known for start, known in todo.items() if start not in without}:
            failures.extend(self._judge(root, wanted, today, file))
        if self.program.foreign and not self.program.foreign_names.isdisjoint((*found, "")):
            failures.extend(self._foreign(root, file))
        unjudged = self.program.stopped(take_trouble())
        return Outcome(tuple(failures), unjudged) if failures or unjudged else CLEAR

    def reads(self, root: etree._Element, today: int) -> Reads:
        """How the rules for a document read its texts, if it has those texts again by which the rules were chosen."""
        found, doubtful = self._find(root, today)
        todo: dict[str, Known | None] = {}
        for name, elements in found.items():
            alone = len(elements) == 1 and elements[0] is root
            for judged in self._by_name.get(name, ()):
                todo[judged.group.start] = judged.known(root, doubtful) if alone else None
        foreign = not self.program.foreign_names.isdisjoint((*found, ""))
        key = (str(root.tag), foreign, tuple(sorted(todo.items(), key=lambda item: item[0])))
        return self._reads.obtain(key, lambda: self._reads_of(str(root.tag), todo, foreign))

    @cached_property
    def _words(self) -> frozenset[bytes]:
        return words_of(self.program)

    def _reads_of(self, root: str, todo: Mapping[str, Known | None], foreign: bool) -> Reads:
        sites: list[Site] = []
        for start in (*todo, *self._always, *(start for start, _ in self._attributes)):
            group, known = self.program.groups[start], todo.get(start)
            sites.extend((self.program.specialised(group, known) if known else group).sites)
        reads = reads_of(self.program, sites, self._words)
        chosen = [(root, tag) for one in self._by_name.get(root, ()) for tag in one.values]
        for place in (*chosen, *(("", tag) for tag in self._leaves)):
            reads.found.setdefault(place, set()).add(Read("other"))
        reads.is_clear = reads.is_clear and not foreign
        return reads

    # -- settling what can be settled cheaply -------------------------------------------------------------------------

    def _find(self, root: etree._Element, today: int) -> tuple[dict[str, list[etree._Element]], frozenset[str]]:
        """The elements that groups begin with, by name, and the names of leaves of which one may be wrong."""
        found: dict[str, list[etree._Element]] = {}
        doubtful: set[str] = set()
        leaves, kept = self._leaves, self._kept
        for element in root.iter(*self._tags):
            tag: Any = element.tag
            # Leaves are many: they are looked at in passing, since to hold on to them costs more than to judge them.
            if tag in leaves and tag not in doubtful and not leaves[tag].clears_one(element, today):
                doubtful.add(tag)
            if tag in kept:
                found.setdefault(tag, []).append(element)
        return found, frozenset(doubtful)

    def _unsettled(
        self,
        root: etree._Element,
        found: Mapping[str, list[etree._Element]],
        doubtful: frozenset[str],
        data: bytes,
        today: int,
        file: str,
    ) -> dict[str, Known | None]:
        """The groups that must be judged in full, with what is known of the document for each."""
        todo: dict[str, Known | None] = dict.fromkeys(self._always)
        for name, elements in found.items():
            alone = len(elements) == 1 and elements[0] is root
            for judged in self._by_name.get(name, ()):
                if judged.remembered is not None:
                    clear = judged.remembered.clears(elements, today)
                elif judged.group.is_plain and alone:
                    clear = self._screened(root, judged, doubtful, today, file)
                else:
                    clear = False
                if not clear:
                    # Another invoice inside this one, in an extension say, may differ in all that is known of the root.
                    todo[judged.group.start] = judged.known(root, doubtful) if alone else None
        bytewise = _is_bytewise(data, root.getroottree().docinfo.encoding or "UTF-8")
        for start, remembered in self._attributes:
            if not bytewise or remembered is None or not remembered.clears_bytes(data, today):
                todo[start] = None
        return todo

    def _screened(
        self,
        root: etree._Element,
        judged: _Judged,
        doubtful: frozenset[str],
        today: int,
        file: str,
    ) -> bool:
        known = judged.known(root, doubtful)
        screen = self._screens.obtain((judged.group.start, known), lambda: self._screen(judged.group, known))
        if screen is None or not screen.is_cheap_for(root):
            return False
        ahead = {name: test(root, ulak_today=today, ulak_file=file) for name, test in screen.ahead}
        clear = screen.test(root, ulak_today=today, ulak_file=file, **ahead)
        return bool(clear) and not take_trouble()

    def _screen(self, group: Group, known: Known | None) -> _Screen | None:
        made = screen(self.program, group, known) if known else None
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
        for entry in report.iterchildren("e"):
            report_trouble(int(entry.get("n") or 0))
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

    def _remember(self, group: Group) -> Remembered | None:
        test = own_test(self.program, group)
        return self._remembered(test, group.name) if test is not None else None

    def _remembered(self, test: str, name: str) -> Remembered:
        expression = f"boolean(@{name[1:]}[{test}])" if name.startswith("@") else f"boolean({test})"
        return Remembered(self._xpath(expression), name)

    def _all_leaves(self) -> dict[str, Remembered]:
        sites: dict[str, list[Site]] = {}
        for group in self.program.groups.values():
            for leaf, own in group.leaves.items():
                sites.setdefault(self._expanded(leaf), []).extend(own)
        return {tag: self._remembered(leaf_test(self.program, own), tag) for tag, own in sites.items()}

    def _judged(self, group: Group) -> _Judged:
        leaves = tuple((self._expanded(leaf), leaf) for leaf in group.leaves)
        values = {self._expanded(name): texts for name, texts in self.program.discriminators(group).items()}
        names = {self._expanded(name): name for name in sorted(group.mentioned | set(group.discriminating))}
        return _Judged(group, self._remember(group), names, values, leaves)

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self.program.schema.namespaces.get(prefix, '')}}}{local}" if prefix else local


def rehearse(schema: Schema) -> None:
    """Compile every rule of a Schematron in full, as a document that breaks them all would have it compiled.

    Raises:
        SchematronError: ``pack.schematron.uncompilable`` – a rule says what neither XPath 1 nor Saxon understands.
    """
    try:
        engine = Engine(compile_schema(schema, {}))
        engine._compile(stylesheet(engine.program, dict.fromkeys(engine.program.groups)))
        if engine.program.foreign:
            compile_saxon(engine._foreign_stylesheet)
    except (SaxonError, Untranslatable, XmlError, etree.LxmlError) as error:
        raise unreadable_rules(str(error)) from error


@dataclass(frozen=True)
class _Judged:
    """A group and what is looked at before it is judged.

    Attributes:
        remembered: verdicts on its outer element's own text, where that can settle the group.
        names: children of the outer element that matter, expanded name → name.
        values: those of them whose text matters, expanded name → texts.
        leaves: elements that a code list can settle: expanded name, name.
    """

    group: Group
    remembered: Remembered | None
    names: Mapping[str, str]
    values: Mapping[str, frozenset[str]]
    leaves: tuple[tuple[str, str], ...]

    def known(self, root: etree._Element, doubtful: frozenset[str]) -> Known | None:
        if not self.group.is_plain or root.tag != self.group.name:
            return None
        first: dict[str, etree._Element] = {}
        repeated: set[str] = set()
        names = self.names
        for child in root:
            tag: Any = child.tag
            if tag in first:
                repeated.add(tag)
            elif tag in names:
                first[tag] = child
        values = tuple(
            (self.names[tag], text)
            for tag, texts in self.values.items()
            if tag in first and tag not in repeated and (text := _plain_text(first[tag])) in texts
        )
        settled = frozenset([name for tag, name in self.leaves if tag not in doubtful])
        return Known(values, frozenset([self.names[tag] for tag in first]), settled)


def _plain_text(element: etree._Element) -> str | None:
    return None if len(element) else element.text or ""


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


def _is_bytewise(data: bytes, declared: str) -> bool:
    """Whether markup can be sought in ``data`` as ASCII; UTF-16 that is declared as something else can not."""
    return bool(data) and b"\0" not in data[:4] and declared.upper().startswith(_BYTEWISE)


def _found(place: str, root: etree._Element) -> tuple[etree._Element, str]:
    """The element and attribute at a place as the stylesheets write it: ``/0/3/1@schemeID``."""
    path, _, attribute = place.partition("@")
    node = root
    for index in path.split("/")[2:]:
        node = node[int(index)]
    return node, attribute
