"""What GİB calls."""

from __future__ import annotations

from django.urls import URLPattern, path

from ulak_server.exchange.inbound.views import efatura

urlpatterns: list[URLPattern] = [path("efatura", efatura, name="efatura")]
