"""From the test of a rule to sentences: what it demands, and how to meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from ulak.errors import Text
from ulak.rules.explanations.clauses import Clause, choices, merged
from ulak.rules.explanations.expression import Call, Expression, Join, Literal, Operation, Path, Variable, read
from ulak.rules.explanations.nouns import Place, finished, place_of
from ulak.rules.explanations.statements import Lists, statement

__all__ = ["Lists", "derive"]


@dataclass(frozen=True, slots=True)
class _Group:
    """Clauses of which all (``every``) or at least one must hold."""

    every: bool
    parts: tuple[_Tree, ...]


_Tree = Clause | _Group
_AND = Text("ve", "and")
_OR = Text("ya da", "or")
_OPPOSITES = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def derive(test: str, context: str, lists: Lists, *, positive: bool = False) -> tuple[Text, Text]:
    """Explain a rule and its repair from its test.

    Args:
        test: the XPath that holds for a correct document; with ``positive`` (a ``report``) the one that must not hold.
        context: the rule's context, against which relative paths are named.
        lists: code lists by name, so that short ones can be spelled out.

    Raises:
        UnreadableError: the test uses what this module has no words for.

    >>> derive("not(cbc:ID/@schemeID='VKN') or string-length(cbc:ID)=10", "cac:PartyIdentification", {})[0].en
    'If the kind of number (ID/@schemeID) is “VKN”, the party number (ID) must be exactly 10 characters long.'
    """
    expression: Expression = read(test)
    if positive:
        expression = Call("not", (expression,))
    conditions, duties = _conditions_and_duties(expression)
    speaker = _Speaker(lists)
    place = place_of(context)
    given = [speaker.tree(part, place, negated=False) for part in conditions if not _is_constant(part)]
    wanted = _group(every=False, parts=[speaker.tree(part, place, negated=False) for part in duties])
    return finished(_explanation(given, wanted)), _repair(given, wanted)


def _conditions_and_duties(expression: Expression) -> tuple[list[Expression], list[Expression]]:
    """Split ``not(A) or not(B) or C`` into the conditions A and B and the duty C."""
    parts = _alternatives(expression)
    conditions = [part.arguments[0] for part in parts if _is_not(part) and isinstance(part, Call)]
    duties = [part for part in parts if not _is_not(part)]
    if not duties:
        *given, forbidden = _together(conditions.pop())
        conditions += given
        duties = [Call("not", (forbidden,))]
    return conditions, duties


def _together(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, Join) and expression.operator == "and" else (expression,)


def _alternatives(expression: Expression) -> list[Expression]:
    if isinstance(expression, Join) and expression.operator == "or":
        parts = [part for part in expression.parts if not _is_default_type(part)]
        return [inner for part in parts for inner in _alternatives(part)]
    return [expression]


def _is_not(expression: Expression) -> bool:
    return isinstance(expression, Call) and expression.name == "not"


def _is_default_type(expression: Expression) -> bool:
    """``$type = ''`` and ``not($type)``: the caller of the rules named no kind of check, which means e-Fatura."""
    kind = Variable("type")
    return expression in {Operation("=", kind, Literal("")), Call("not", (kind,))}


def _is_constant(expression: Expression) -> bool:
    """UBL 2.1 is the only version there is, so a condition on it says nothing."""
    return (
        isinstance(expression, Operation)
        and isinstance(expression.left, Path)
        and expression.left.steps[-1:] != ()
        and expression.left.steps[-1].name == "UBLVersionID"
    )


class _Speaker:
    """Turns expressions into trees of clauses, with negation moved down to the clauses."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def tree(self, expression: Expression, place: Place, *, negated: bool) -> _Tree:
        if isinstance(expression, Call) and expression.name == "not":
            return self.tree(expression.arguments[0], place, negated=not negated)
        if isinstance(expression, Join):
            parts = [part for part in expression.parts if not _is_default_type(part)]
            trees = [self.tree(part, place, negated=negated) for part in parts]
            return _group(every=(expression.operator == "and") is not negated, parts=trees)
        if negated and isinstance(expression, Operation) and expression.operator in _OPPOSITES:
            expression, negated = replace(expression, operator=_OPPOSITES[expression.operator]), False
        clause = statement(expression, place, self._lists, self.describe)
        return replace(clause, negated=not clause.negated) if negated else clause

    def describe(self, expression: Expression, place: Place) -> Text:
        return _joined(self.tree(expression, place, negated=False), "description")


def _group(*, every: bool, parts: Sequence[_Tree]) -> _Tree:
    flat: list[_Tree] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, _Group) and part.every is every else [part])
    clauses = [part for part in flat if isinstance(part, Clause)]
    groups = [part for part in flat if isinstance(part, _Group)]
    together: tuple[_Tree, ...] = (*merged(clauses, negated=every), *groups)
    return together[0] if len(together) == 1 else _Group(every, together)


def _joined(tree: _Tree, form: str, *, depth: int = 0) -> Text:
    """All clauses in one form; a group within a group is set apart by semicolons, a deeper one by brackets."""
    if isinstance(tree, Clause):
        said: Text = getattr(tree, form)
        return said
    parts = tuple(map(partial(_joined, form=form, depth=depth + 1), tree.parts))
    word = _AND if tree.every else _OR
    if depth == 0 and any(isinstance(part, _Group) for part in tree.parts):
        return Text(f"; {word.tr} ".join(part.tr for part in parts), f"; {word.en} ".join(part.en for part in parts))
    text = choices(parts, word)
    return Text(f"({text.tr})", f"({text.en})") if depth > 1 else text


def _explanation(given: list[_Tree], wanted: _Tree) -> Text:
    duty = _joined(wanted, "duty")
    if not given:
        return duty
    condition = _joined(_group(every=True, parts=_telling(given)), "condition")
    return Text(f"{condition.tr}, {duty.tr}", f"if {condition.en}, {duty.en}")


def _repair(given: list[_Tree], wanted: _Tree) -> Text:
    orders = finished(_joined(wanted, "order"))
    if not given:
        return orders
    corrected = {clause.subject for clause in _clauses(wanted)}
    subjects = dict.fromkeys(clause.subject for tree in given for clause in _clauses(tree))
    causes = tuple(cause for cause in subjects if cause not in corrected)
    if not causes:
        return orders
    named = choices(causes, _AND)
    review = finished(
        Text(
            f"kuralı gerektiren bilgi yanlışsa onu düzeltin: {named.tr}",
            f"if what brings the rule into play is wrong, correct that instead: {named.en}",
        )
    )
    return Text(f"{orders.tr} {review.tr}", f"{orders.en} {review.en}")


def _telling(given: list[_Tree]) -> list[_Tree]:
    """Leave out that something is there where another condition already says what it is."""
    said = {tree.subject for tree in given if isinstance(tree, Clause) and tree.kind != "exist"}
    return [tree for tree in given if not (isinstance(tree, Clause) and tree.kind == "exist" and tree.subject in said)]


def _clauses(tree: _Tree) -> list[Clause]:
    if isinstance(tree, Clause):
        return [tree]
    return [clause for part in tree.parts for clause in _clauses(part)]
