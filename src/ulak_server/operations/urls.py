"""What monitoring asks for."""

from __future__ import annotations

from django.urls import URLPattern, path

from ulak_server.operations.views import health, metrics, ready

urlpatterns: list[URLPattern] = [
    path("health", health, name="health"),
    path("ready", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
]
