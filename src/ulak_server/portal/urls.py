"""The addresses of the portal."""

from __future__ import annotations

from django.urls import URLPattern

from ulak_server.pages.urls import urls_of
from ulak_server.portal.rooms import ROOMS

urlpatterns: list[URLPattern] = urls_of(ROOMS)
