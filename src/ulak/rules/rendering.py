"""Expression trees written as XPath 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ulak.rules.nodes import CONSTANT, Node, Step

__all__ = ["Namer", "render"]

Namer = Callable[[Node], str | None]
"""Gives the variable that holds a node's value already, or None."""


def render(node: Node, *, climb: int = 0, namer: Namer = lambda _: None) -> str:
    """XPath 1 text of ``node``, seen from ``climb`` steps above the context it was translated for."""
    name = namer(node)
    if name is not None:
        return f"${name}"
    return _RENDERERS[node.op](node, climb, namer)


def _render_path(node: Node, climb: int, namer: Namer) -> str:
    steps = node.steps if node.absolute else node.steps[climb:]
    text = "".join(_render_step(step, namer) for step in steps)
    if node.absolute:
        return text or "/"
    if text.startswith("//"):
        return f".{text}"
    return text.removeprefix("/") or "."


def _render_step(step: Step, namer: Namer) -> str:
    # Inside a predicate the context is another node, so only constants may be replaced by variables there.
    constants: Namer = lambda node: namer(node) if node.level == CONSTANT else None  # noqa: E731
    predicates = "".join(f"[{render(predicate, namer=constants)}]" for predicate in step.predicates)
    return f"{step.separator}{step.test}{predicates}"


def _render_filter(node: Node, climb: int, namer: Namer) -> str:
    text = f"({render(node.children[0], climb=climb, namer=namer)})"
    return text + "".join(_render_step(step, namer) for step in node.steps)


def _render_call(node: Node, climb: int, namer: Namer) -> str:
    return f"{node.text}({', '.join(render(child, climb=climb, namer=namer) or '.' for child in node.children)})"


def _render_infix(node: Node, climb: int, namer: Namer) -> str:
    parts = (render(child, climb=climb, namer=namer) for child in node.children)
    return f"({f' {node.text} '.join(parts)})"


def _render_literal(node: Node, climb: int, namer: Namer) -> str:
    if "'" not in node.text:
        return f"'{node.text}'"
    if '"' not in node.text:
        return f'"{node.text}"'
    pieces = ', "\'", '.join(f"'{piece}'" for piece in node.text.split("'"))
    return f"concat({pieces})"


def _render_numeric(node: Node, climb: int, namer: Namer) -> str:
    nodes, number, mark = (render(child, climb=climb, namer=namer) for child in node.children)
    # libxml2 takes "1e" for a number; without its e's, what has any goes the careful way.
    others = f"({nodes})[not(number(translate(., 'eE', 'xx')) = number(.))]"
    precise = f"boolean({others}) and u:number({mark}, {nodes}, '{node.text}', {number})"
    return f"((not({others}) and {nodes} {node.text} {number}) or ({precise}))"


def _render_first(node: Node, climb: int, namer: Namer) -> str:
    nodes, mark = (render(child, climb=climb, namer=namer) for child in node.children)
    return f"({nodes})[position() = 1 or u:many({mark})]"


def _render_ends(node: Node, climb: int, namer: Namer) -> str:
    text, end = (render(child, climb=climb, namer=namer) for child in node.children)
    return f"(substring({text}, string-length({text}) - string-length({end}) + 1) = string({end}))"


_RENDERERS: Final[dict[str, Callable[[Node, int, Namer], str]]] = {
    "path": _render_path,
    "filter": _render_filter,
    "call": _render_call,
    "or": _render_infix,
    "and": _render_infix,
    "binary": _render_infix,
    "literal": _render_literal,
    "number": lambda node, climb, namer: node.text,
    "negative": lambda node, climb, namer: f"-({render(node.children[0], climb=climb, namer=namer)})",
    "variable": lambda node, climb, namer: f"${node.text}",
    "numeric": _render_numeric,
    "first": _render_first,
    "ends": _render_ends,
}
