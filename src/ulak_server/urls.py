"""Every address of the platform, by room."""

from __future__ import annotations

from django.urls import include, path, re_path

from ulak_server.portal.rooms.front import nowhere

urlpatterns = [
    path("api/v1/", include("ulak_server.api.urls")),
    path("gib/", include("ulak_server.exchange.urls")),
    path("", include("ulak_server.operations.urls")),
    path("", include("ulak_server.portal.urls")),
    path("", include("ulak_server.console.urls")),
    re_path("", nowhere, name="nowhere"),
]

handler400 = "ulak_server.pages.answering.unreadable"
