"""The OpenAPI 3.1 description, in either language: django-ninja's skeleton with the schemas of the structures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from ulak.errors import Language
from ulak_server.api.contract import Way
from ulak_server.api.door import COOKIE
from ulak_server.api.faults import Problem

__all__ = ["SECURITY", "components", "spoken"]

SECURITY: Final = {
    "key": {"type": "http", "scheme": "bearer", "bearerFormat": "ulak_…"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}
_DECIMAL: Final = r"^-?[0-9]+(\.[0-9]+)?$"


def components(ways: Iterable[Way]) -> dict[str, Any]:
    """The schemas of all structures that ways take and give, by name."""
    types = {one for way in ways for one in way.types} | {Problem}
    ordered = sorted(types, key=lambda one: one.__name__)
    _, found = msgspec.json.schema_components(ordered, ref_template="#/components/schemas/{name}")
    return {name: _tidied(schema) for name, schema in sorted(found.items())}


def _tidied(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_tidied(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("format") == "decimal":
        return {**value, "type": "string", "pattern": _DECIMAL}
    return {name: _tidied(one) for name, one in value.items()}


def spoken(value: Any, language: Language) -> Any:
    """A description with its sentences in one language: ``x-…`` members that hold both give way to one."""
    if isinstance(value, list | tuple):
        return [spoken(one, language) for one in value]
    if not isinstance(value, dict):
        return value
    said = {name: spoken(one, language) for name, one in value.items()}
    for name in ("summary", "description"):
        if isinstance(both := said.pop(f"x-{name}", None), dict):
            said[name] = both[language]
    turkish = said.pop("x-description-tr", None)
    if turkish is not None and language == "tr":
        said["description"] = turkish
    return said
