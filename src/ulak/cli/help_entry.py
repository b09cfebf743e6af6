"""The form of what ``--help`` says of one command."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ulak.errors import Text

__all__ = ["Help"]


class Help(NamedTuple):
    """What is said of one command."""

    summary: Text
    parameters: Mapping[str, Text] = MappingProxyType({})
    details: tuple[Text, ...] = ()
    examples: tuple[tuple[str, Text], ...] = ()
