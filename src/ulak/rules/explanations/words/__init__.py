"""The vocabulary of derived sentences, read once from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ulak.errors import Text

__all__ = ["element", "elements", "pattern", "table", "term"]


@cache
def table(name: str) -> Mapping[str, Any]:
    """The contents of ``<name>.toml``."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def elements() -> Mapping[tuple[str, ...], Text]:
    """Names of elements by the end of their path."""
    groups = table("elements").values()
    return {tuple(path.split("/")): Text(*names) for group in groups for path, names in group.items()}


def element(path: tuple[str, ...]) -> Text | None:
    """What the element or attribute at ``path`` is called: the longest known end of the path decides.

    >>> element(("Invoice", "cac", "InvoiceTypeCode"))
    Text(tr='fatura tipi', en='invoice type')
    """
    known = elements()
    return next((known[path[start:]] for start in range(len(path)) if path[start:] in known), None)


def term(kind: str, name: str) -> Text | None:
    """The name of a variable (``variables``) or code list (``lists``) of the rules."""
    found = table("terms")[kind].get(name)
    return Text(*found) if found else None


def pattern(regex: str) -> Text | None:
    """What a regular expression of the rules asks for."""
    return term("patterns", regex)
