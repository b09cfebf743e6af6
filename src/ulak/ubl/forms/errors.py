"""What can be wrong with a document in JSON: a stable code, the caller's own field, both languages, a repair."""

from __future__ import annotations

from ulak.errors import Text, UlakError

__all__ = ["JsonError", "missing", "mixed", "wrong_value"]


class JsonError(UlakError):
    """A document in JSON that cannot be read. ``where`` is the JSON pointer (RFC 6901) of the field."""


def missing(pointer: str, why: Text = Text("", "")) -> JsonError:  # noqa: B008
    """A field without which the document cannot be built."""
    name = pointer.rpartition("/")[2]
    return JsonError(
        "json.missing-field",
        Text(f"“{name}” alanı eksik. {why.tr}".rstrip(), f"The field “{name}” is missing. {why.en}".rstrip()),
        Text(f"“{pointer}” alanını ekleyin.", f"Add the field “{pointer}”."),
        where=pointer,
    )


def wrong_value(pointer: str, problem: Text, repair: Text) -> JsonError:
    """A field of the right type whose value means nothing."""
    return JsonError("json.value", problem, repair, where=pointer)


def mixed(pointer: str, problem: Text, repair: Text) -> JsonError:
    """Lines that the law does not let stand in one invoice."""
    return JsonError("json.mixed", problem, repair, where=pointer)
