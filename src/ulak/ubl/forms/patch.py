"""Differences between two components as JSON, and their application: what makes UBL → JSON → UBL lossless.

A patch is a JSON merge patch (RFC 7396) over the component as msgspec encodes it: members are named like the XML
elements (``cbc:Note``, ``cac:Delivery``), a member that is ``null`` is removed, objects are merged, arrays replaced.
One thing is added to the RFC: an object over an array changes single elements; its members are positions from 0.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from ulak.ubl.learned import learn

__all__ = ["apply_patch", "difference", "merged"]

_C = TypeVar("_C", bound=msgspec.Struct)


def difference(old: msgspec.Struct, new: msgspec.Struct, *, exact: bool, skip: frozenset[str] = frozenset()) -> Any:
    """The patch that turns ``old`` into ``new``, two components of one class; empty if they are equal.

    Unless ``exact``, numbers that differ in trailing zeros alone are equal. Fields in ``skip`` are passed over.
    """
    patch: dict[str, Any] = {}
    for field, name in zip(new.__struct_fields__, new.__struct_encode_fields__, strict=True):
        if field in skip:
            continue
        before, after = getattr(old, field), getattr(new, field)
        if not _same(before, after, exact):
            patch[name] = _change(before, after, exact)
    return patch


def _same(before: object, after: object, exact: bool) -> bool:
    if before != after:
        return False
    return not exact or before is after or msgspec.json.encode(before) == msgspec.json.encode(after)


def _change(before: object, after: object, exact: bool) -> Any:
    if after is None or after == ():
        return None
    if isinstance(after, msgspec.Struct) and type(before) is type(after):
        return difference(before, after, exact=exact)
    if isinstance(after, tuple) and isinstance(before, tuple) and len(before) == len(after):
        return {
            str(at): _change(old, new, exact)
            for at, (old, new) in enumerate(zip(before, after, strict=True))
            if not _same(old, new, exact)
        }
    value = msgspec.to_builtins(after)
    if isinstance(value, dict) and isinstance(before, msgspec.Struct):
        # Merged over an object of another class, so that class's members have to go.
        return {name: None for name in msgspec.to_builtins(before) if name not in value} | value
    return value


def apply_patch(component: _C, patch: dict[str, Any]) -> _C:
    """The component with the patch merged over it.

    Raises:
        msgspec.ValidationError: the patch names what the component does not have, or gives it a wrong type.
    """
    if not patch:
        return component
    names = dict(zip(component.__struct_encode_fields__, component.__struct_fields__, strict=True))
    unknown = [name for name in patch if name not in names]
    if unknown:
        raise msgspec.ValidationError(f"Object contains unknown field `{unknown[0]}`")
    touched = {name: msgspec.to_builtins(getattr(component, names[name])) for name in patch}
    learn(type(component))
    changed = msgspec.convert(merged(_known(touched), patch), type(component))
    _refuse_unknown(patch, msgspec.to_builtins(changed), "$")
    return msgspec.structs.replace(component, **{names[name]: getattr(changed, names[name]) for name in patch})


def _refuse_unknown(patch: Any, result: Any, path: str) -> None:
    """Conversion passes over members that a component does not have; a person has mistyped them."""
    if isinstance(patch, dict) and isinstance(result, list | tuple):
        for name, value in patch.items():
            if not name.isdecimal() or int(name) >= len(result):
                raise msgspec.ValidationError(f"The array has no element `{name}` - at `{path}`")
            _refuse_unknown(value, result[int(name)], f"{path}[{name}]")
    elif isinstance(patch, dict):
        for name, value in patch.items():
            if value is not None and (not isinstance(result, dict) or name not in result):
                raise msgspec.ValidationError(f"Object contains unknown field `{name}` - at `{path}`")
            _refuse_unknown(value, result.get(name) if isinstance(result, dict) else None, f"{path}.{name}")
    elif isinstance(patch, list | tuple) and isinstance(result, list | tuple):
        for index, (value, there) in enumerate(zip(patch, result, strict=False)):
            _refuse_unknown(value, there, f"{path}[{index}]")


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def merged(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, and positions in arrays.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"b": None, "d": 3}})
    {'a': {'c': 2, 'd': 3}}
    >>> merged(["x", {"b": 1}], {"1": {"b": 2}})
    ['x', {'b': 2}]
    """
    if not isinstance(patch, dict):
        return patch
    if isinstance(target, list | tuple):
        return [merged(item, patch[str(at)]) if str(at) in patch else item for at, item in enumerate(target)]
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
