"""The application that a web server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
application = get_wsgi_application()
# All that answers is loaded before the first request, which would wait for it.
get_resolver().url_patterns  # noqa: B018
