"""What templates say: both languages in place, money, days, moments, icons, addresses."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel.dates import format_timedelta
from django.contrib.staticfiles import finders
from django.template import Context, Library
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ulak.errors import Language, Text
from ulak_server import clock, formats
from ulak_server.pages.icons import ICONS
from ulak_server.pages.showing import at as address_of

register = Library()
_NONE: Final = "–"


def _language(context: Context) -> Language:
    return "en" if context.get("language") == "en" else "tr"


@register.simple_tag(takes_context=True)
def t(context: Context, tr: str, en: str, **facts: Any) -> SafeString:
    """A sentence of the template: Turkish, then English; facts are escaped.

    ``{% t "{n} belge" "{n} documents" n=count %}``
    """
    sentence = en if _language(context) == "en" else tr
    return format_html(mark_safe(sentence), **facts) if facts else mark_safe(sentence)  # noqa: S308


@register.simple_tag(takes_context=True)
def say(context: Context, text: Text | str | None) -> str:
    """A `Text` in the page's language; a word is said as it is."""
    said = text.say(_language(context)) if isinstance(text, Text) else str(text or "")
    return conditional_escape(said)


@register.simple_tag(takes_context=True)
def money(context: Context, amount: Decimal | None, currency: str = "TRY") -> str:
    """An amount with its currency: 1.234,56 ₺."""
    return _NONE if amount is None else formats.money(amount, currency, _language(context))


@register.simple_tag(takes_context=True)
def number(context: Context, value: Decimal | int | None, places: int | None = None) -> str:
    """A number as people write it: 1.234,5."""
    return _NONE if value is None else formats.number(value, places, _language(context))


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime | None) -> str:
    """A day: 22.11.2026; of a moment, its day in Istanbul."""
    return _NONE if value is None else formats.day(value, _language(context))


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None) -> str:
    """A moment in Istanbul: 22.11.2026 14.32."""
    return _NONE if value is None else formats.moment(value, _language(context))


@register.simple_tag(takes_context=True)
def ago(context: Context, value: datetime | None) -> str:
    """How long ago, or how long until: 3 dakika önce."""
    if value is None:
        return _NONE
    return format_timedelta(value - clock.now(), add_direction=True, locale=formats.LOCALES[_language(context)])


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the page itself; with a label it is read out, else hidden from those who listen."""
    drawn = mark_safe(ICONS[name])  # noqa: S308
    told = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>', told, drawn)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a file that pages load; it changes with the file, so that browsers may keep it for ever."""
    return f"/static/{path}?v={_mark(path)}"


@lru_cache(maxsize=256)
def _mark(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise LookupError(path)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]


@register.simple_tag(takes_context=True)
def at(context: Context, name: str, **words: Any) -> str:
    """The address of a page by its name: ``{% at "documents.one" id=row.id %}``."""
    return address_of(context["visit"], name, **words)


@register.simple_tag(takes_context=True)
def may(context: Context, action: str) -> bool:
    """Whether an action is open to the visitor: ``{% may "documents.send" as can_send %}``."""
    return bool(context["visit"].may(action))


@register.simple_tag(takes_context=True)
def asked(context: Context, **changes: Any) -> str:
    """The page's own query with changes: ``?{% asked page=2 text=None %}``; None and empty leave a name out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return str(query.urlencode())
