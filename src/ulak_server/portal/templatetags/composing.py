"""The fields of the editors in templates: ``{% box form "/customer/name" %}``."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library

from ulak.errors import Language
from ulak_server.portal.rooms.compose_form import Form, id_of

register = Library()


@register.inclusion_tag("portal/compose/_box.html", takes_context=True)
def box(context: Context, form: Form, pointer: str, **words: Any) -> dict[str, Any]:
    """A field with its label, its value and room for what is wrong with it.

    Args:
        words: ``hint``, ``placeholder``, ``mode`` (inputmode), ``kind`` (``text``, ``area``, ``choice``, ``combo``),
            ``choices``, ``bare`` (the label is for those who listen), ``wide``.
    """
    language: Language = "en" if context.get("language") == "en" else "tr"
    field = form.field(pointer)
    return {
        "language": language,
        "pointer": pointer,
        "id": id_of(pointer),
        "label": words.pop("label", None) or field.label,
        "value": form.shown(pointer, language),
        "code": form.text(pointer),
        "most": field.most,
        "kind": words.pop("kind", "text"),
        **words,
    }


@register.simple_tag
def text(form: Form, pointer: str) -> str:
    """What a field holds."""
    return form.text(pointer)


@register.simple_tag
def row(pointer: str, at: int, name: str) -> str:
    """The pointer of a field of a row: ``{% row "lines" 3 "price" as pointer %}``."""
    return f"/{pointer}/{at}/{name}"
