"""Random little documents, expressions and Schematrons, for properties that no pack at hand would show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

from ulak.rules.schematron import Assertion, Let, Pattern, Rule, Schema

__all__ = ["booleans", "documents", "schemas", "single_rule"]

TEXTS = ("", " ", "x", "y", "xy", " x ", "x,y", "1", "01", "1.0", "-2", "+1", "1e2", "1e", "INF", "z9", "Çay",
         "2026-01-15", "2026-06-15", "2026-02-30", "2005-01-01Z", "10:00:00", "24:00:00")  # fmt: skip
LITERALS = ("'x'", "'y'", "''", "'1'", "',x,y,'", "','", "'2026-01-15'", '"x"', '"it\'s"')
PATTERNS = ("'^[a-z]$'", "'^\\d+$'", "'x|y'", "'^(\\s)*?[0-9]+(\\s)*?$'", "'^20\\d{2}-\\d{2}-\\d{2}$'", "'[A-ZÇ]'")
NAMES = ("a", "b", "c")


# -- documents --------------------------------------------------------------------------------------------------------


def _attributes() -> st.SearchStrategy[str]:
    values = st.dictionaries(st.sampled_from(("x", "y")), st.sampled_from(TEXTS), max_size=2)
    return values.map(lambda given: "".join(f" {name}={quoteattr(value)}" for name, value in given.items()))


def _element(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda n, a, c: f"<{n}{a}>{c}</{n}>", st.sampled_from(NAMES), _attributes(), content)


_leaves = st.sampled_from(TEXTS).map(escape)
_split = st.tuples(_leaves, st.sampled_from(("<!-- k -->", "<?p i?>")), _leaves).map("".join)
_content = st.recursive(
    st.one_of(_leaves, _leaves, _split),
    lambda inner: st.lists(_element(inner), min_size=1, max_size=4).map("".join),
    max_leaves=14,
)


def documents() -> st.SearchStrategy[bytes]:
    """A document over the elements a, b, c and the attributes x, y, up to a dozen values."""
    return _element(_content).map(str.encode)


# -- expressions ------------------------------------------------------------------------------------------------------

STEPS = (*NAMES, *NAMES, "*", "@x", "@y", "a", ".", "text()", "self::b", "following-sibling::*", "..")
STARTS = ("", "", "", "../", "../", "../../", "../../../", "/", "//", "//b/", "/a/", "//a[1]/")
ORDERS = ("=", "!=", "<", "<=", ">", ">=")
STRINGS = (
    "string({p})", "normalize-space({p})", "normalize-space()", "name({p})", "concat(',', {p}, ',')",
    "substring({p}, 2)", "substring({p}, 1, 2)", "substring-before({p}, '-')", "substring-after({p}, ',')", "{p}",
    "{l}", "concat({l}, {p})",
    "translate({p}, '0123456789', '')", "string({l})",
)  # fmt: skip
NUMBERS = ("0", "1", "2", "1.0", "-2", "100", "count({p})", "string-length({s})", "number({s})", "count({p}) + 1")
ATOMS = (
    "{p}", "{p} {e} {l}", "{p} {e} {l}", "{p} {o} {p}", "{p} {o} {c}", "{n} {o} {n}", "{p} = ('x', 'y', ' x ')",
    "{s} eq {s}", "contains({s}, {s})", "starts-with({s}, {s})", "ends-with({s}, {s})", "matches({s}, {r})",
    "string(number({p})) {e} 'NaN'", "exists({p})", "empty({p})", "boolean({p})", "{p} castable as xs:date",
    "{p} castable as xs:time", "xs:date({p}) le xs:date(current-date())", "count({p} | {p}) = 2",
)  # fmt: skip


class _Speaker:
    """Fills the forms above, drawing each choice from hypothesis."""

    def __init__(self, draw: st.DrawFn, names: Sequence[str], *, of_document: bool = False) -> None:
        self._draw = draw
        self._of_document = of_document
        self._names = names

    def one(self, options: Sequence[str]) -> str:
        return self._draw(st.sampled_from(options))

    def chance(self, of: int) -> bool:
        return self._draw(st.integers(1, of)) == of

    def path(self, depth: int) -> str:
        if self._names and self.chance(5):
            return f"${self.one(self._names)}"
        if self.chance(8):
            return self.one(("..", "../..")) + "/*" if self._of_document or self.chance(2) else "."
        steps = [self._step(depth) for _ in range(self._draw(st.integers(1, 3)))]
        # Nothing stands below an attribute or a text.
        end = next((at for at, step in enumerate(steps) if step[0] == "@" or step == "text()"), len(steps))
        steps = steps[: end + 1]
        start = "//" if steps[0] == "self::b" else self.one(STARTS)
        # The document itself has no text that lxml could hand over; it is a value in no rule.
        return start + "/".join([*steps, "*"] if steps[-1] in (".", "..") else steps)

    def _step(self, depth: int) -> str:
        step = self.one(STEPS)
        if depth <= 0 or step not in (*NAMES, "*") or not self.chance(4):
            return step
        number = self.one(("1", "2", "last()", "position() = 1"))
        return f"{step}[{number if self.chance(3) else self.test(depth - 1)}]"

    def fill(self, form: str, depth: int) -> str:
        """``form`` with paths {p}, literals {l}, strings {s}, numbers {n} and {c}, operators {o} {e}, patterns {r}."""
        parts = re.split(r"\{(\w)\}", form)
        return "".join(part if at % 2 == 0 else self._part(part, depth) for at, part in enumerate(parts))

    def _part(self, kind: str, depth: int) -> str:
        plain = {"l": LITERALS, "o": ORDERS, "e": ("=", "!="), "r": PATTERNS, "c": ("0", "1", "1.0", "-2", "100")}
        if kind in plain:
            return self.one(plain[kind])
        return self.path(depth) if kind == "p" else self.fill(self.one(STRINGS if kind == "s" else NUMBERS), depth)

    def test(self, depth: int) -> str:
        """A boolean expression."""
        form = self.one(("atom", "atom", "atom", "or", "and", "not")) if depth > 0 else "atom"
        if form == "atom":
            return self.fill(self.one(ATOMS), depth)
        if form == "not":
            return f"not({self.test(depth - 1)})"
        return f"({self.test(depth - 1)} {form} {self.test(depth - 1)})"


@st.composite
def booleans(draw: st.DrawFn, names: Sequence[str] = ()) -> str:
    """Tests as a Schematron has them; ``names`` are variables that hold nodes."""
    return _Speaker(draw, names).test(3)


# -- Schematrons ------------------------------------------------------------------------------------------------------

CONTEXTS = (
    "a", "b", "c", "a/b", "b/a", "a/b/c", "/a", "/a/b", "//b", "*", "*/b", "a/*", "/", "a | c", "b/c | a", "b[@x]",
    "b[1]/c", "a//c", "//a/b[c]", "@x", "a/@x", "//@y", "@*", "/*",
)  # fmt: skip


def single_rule(context: str, test: str) -> Schema:
    return Schema({}, (), (Pattern("p", (Rule(context, (Assertion("r", test, ("no",)),)),)),))


def _let(draw: st.DrawFn, name: str, names: Sequence[str]) -> Let:
    speaker = _Speaker(draw, names, of_document=True)
    return Let(name, speaker.fill(speaker.one(("{p}", "{p}", "{s}", "{n}")), 1))


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Patterns whose rules' contexts overlap, with ``let``s at every level."""
    whole = (Let("whole", f"//{draw(st.sampled_from((*NAMES, '@x')))}"), _let(draw, "more", ("whole",)))
    patterns = []
    for number in range(draw(st.integers(1, 2))):
        shared = (_let(draw, "shared", ("whole",)),) if draw(st.booleans()) else ()
        names = ("whole", *(let.name for let in shared))
        patterns.append(Pattern(f"p{number}", _rules(draw, names), shared))
    return Schema({}, whole, tuple(patterns))


def _rules(draw: st.DrawFn, names: Sequence[str]) -> tuple[Rule, ...]:
    rules = []
    for _ in range(draw(st.integers(1, 3))):
        context = draw(st.sampled_from(CONTEXTS))
        whole = context == "/"
        lets = (Let("own", _Speaker(draw, names, of_document=whole).path(1)),) if draw(st.booleans()) else ()
        speaker = _Speaker(draw, (*names, *(let.name for let in lets)), of_document=whole)
        tests = [(speaker.test(2), draw(st.booleans())) for _ in range(draw(st.integers(1, 2)))]
        assertions = tuple(Assertion("r", test, ("no",), positive) for test, positive in tests)
        rules.append(Rule(context, assertions, lets))
    return tuple(rules)
