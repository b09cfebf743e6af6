"""The published JSON Schemas are those of the classes, and the examples keep them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ulak.ubl.forms.registry import KINDS
from ulak.ubl.forms.schema import DIALECT, schema_of, schema_text

_EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("document", KINDS)
def test_the_published_file_is_up_to_date(document: str) -> None:
    """Renew it with tools/update_json_schemas.py."""
    assert json.loads(schema_text(document)) == schema_of(document)


@pytest.mark.parametrize("document", KINDS)
def test_every_field_says_what_it_is_in_both_languages(document: str) -> None:
    schema = schema_of(document)
    assert schema["$schema"] == DIALECT
    for definition in schema["$defs"].values():
        assert definition["description"]
        for name, field in definition["properties"].items():
            if name not in ("document", "ubl") and not _refers(field):
                assert field["description"]
                assert field["x-description-tr"]


def _refers(field: dict[str, Any]) -> bool:
    return any("$ref" in choice for choice in field.get("anyOf", [field]))


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*/*.json")), ids=lambda path: path.stem)
def test_an_example_has_no_member_that_the_schema_does_not_know(path: Path) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    schema = schema_of(value.get("document", "invoice"))
    _hold(value, schema, schema["$defs"])


def _hold(value: Any, schema: dict[str, Any], definitions: dict[str, Any]) -> None:
    """As much of JSON Schema as the published ones use for structure."""
    choices = [_resolved(choice, definitions) for choice in schema.get("anyOf", [schema])]
    kinds: dict[str, Any] = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
    fitting = [choice for choice in choices if isinstance(value, kinds.get(_kind(choice), (int, float, str)))]
    assert fitting, value
    chosen = fitting[0]
    if isinstance(value, dict) and "properties" in chosen:
        assert set(value) <= set(chosen["properties"])
        assert set(chosen.get("required", ())) <= set(value)
        for name, member in value.items():
            _hold(member, chosen["properties"][name], definitions)
    elif isinstance(value, list) and isinstance(chosen.get("items"), dict):
        for item in value:
            _hold(item, chosen["items"], definitions)


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _kind(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "string" if "enum" in schema else "")
    return kind if isinstance(kind, str) else ""
