"""Property tests look for the same examples in every run, so that what passed once passes again.

``HYPOTHESIS_PROFILE=explore`` looks for new ones. Whoever starts the tests stops PostgreSQL when they have ended.
"""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=75)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_IS_STARTER = "ULAK_TEST_DATA" not in os.environ
_DATA = os.environ.setdefault("ULAK_TEST_DATA", tempfile.mkdtemp(prefix="ulak-tests-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
os.environ["ULAK_DATA"] = _DATA
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from platform_database import platform_database, stop_server  # noqa: E402, F401
from platform_people import watch  # noqa: E402, F401


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop PostgreSQL and remove its files, in the process that started the tests."""
    if _IS_STARTER and not hasattr(session.config, "workerinput"):
        stop_server()
        shutil.rmtree(_DATA, ignore_errors=True)
