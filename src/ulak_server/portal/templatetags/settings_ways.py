"""The pages of settings beside each of them: ``{% load settings_ways %}{% settings_ways as beside %}``."""

from __future__ import annotations

from django.template import Context, Library

from ulak.errors import Text
from ulak_server.portal.rooms.settings_room import ways_of

register = Library()


@register.simple_tag(takes_context=True)
def settings_ways(context: Context) -> list[tuple[str, Text, str]]:
    """What `ways_of` says for the page that is shown."""
    return ways_of(context["visit"], context["request"].path)
