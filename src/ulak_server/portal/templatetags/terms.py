"""Words of the trade, and codes, that tell what they mean: ``{% load terms %}{% term "ettn" %}{% code "1163" %}``."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library
from django.utils.html import format_html

from ulak.errors import Text
from ulak_server.portal.help.codes import entry
from ulak_server.portal.help.terms import TERMS

register = Library()


@register.inclusion_tag("portal/help/_term.html", takes_context=True)
def term(context: Context, name: str, tr: str = "", en: str = "") -> dict[str, Any]:
    """A term that says what it means when it is asked.

    Args:
        name: of `TERMS`.
        tr, en: how the sentence writes it, if otherwise than the list of terms.
    """
    found, count = TERMS[name], (context.render_context.get("terms") or 0) + 1
    context.render_context["terms"] = count
    word = Text(tr, en or tr) if tr else found.name
    return {"term": found, "word": word, "id": f"term-{name}-{count}", "language": context.get("language", "tr")}


@register.simple_tag
def code(written: str) -> str:
    """A code as it was met, a link to its page where it has one."""
    page = entry(written)
    if page is None:
        return format_html('<span class="code">{}</span>', written)
    return format_html('<a class="code" href="/help/codes/{}">{}</a>', page.code, written)
