"""The published JSON Schemas of the friendly documents, made from the classes themselves."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

import msgspec

from ulak.ubl.forms.registry import KINDS

__all__ = ["DIALECT", "schema_of", "schema_text"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_of(document: str) -> dict[str, Any]:
    """The JSON Schema of one kind of document, named as in its member ``document``.

    Numbers may be JSON numbers or text that holds a number; a document may leave out ``document``.
    """
    schema = msgspec.json.schema(KINDS[document].form, schema_hook=None)
    definitions: dict[str, Any] = schema["$defs"]
    for definition in definitions.values():
        required = [name for name in definition.get("required", ()) if name != "document"]
        if "required" in definition:
            definition["required"] = required
    return {"$schema": DIALECT, "$id": f"urn:ulak:schema:{document}:1", **_numbers(schema)}


def _numbers(value: Any) -> Any:
    """msgspec knows decimals as text alone; JSON numbers are taken too."""
    if isinstance(value, list | tuple):
        return [_numbers(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("format") == "decimal":
        return {**value, "type": ["number", "string"]}
    return {name: _numbers(item) for name, item in value.items()}


def schema_text(document: str) -> bytes:
    """The published file of one kind of document."""
    return files("ulak.ubl.forms").joinpath("schemas", f"{document}.schema.json").read_bytes()
