"""The addresses of the console."""

from __future__ import annotations

from django.urls import URLPattern

from ulak_server.console.rooms import ROOMS
from ulak_server.pages.urls import urls_of

urlpatterns: list[URLPattern] = urls_of(ROOMS)
