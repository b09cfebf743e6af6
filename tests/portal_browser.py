"""A real browser before the portal: Debian's Chromium, driven by Playwright.

Pictures that tests take are kept in ``build/screenshots``.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ulak_server.pages.door import COOKIE, LANGUAGE_COOKIE, THEME_COOKIE

__all__ = ["PHONE", "SCREEN", "WIDE", "Portal", "accessible", "portal", "shot"]

# Playwright keeps an event loop in the thread of the test, which Django would refuse to ask the database in.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
_PATIENCE: Final = 15_000
expect.set_options(timeout=_PATIENCE)
PHONE: Final = (390, 844)
SCREEN: Final = (1280, 900)
WIDE: Final = (1920, 1080)
_PICTURES: Final = Path(__file__).parents[1] / "build" / "screenshots"
_CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
_AXE: Final = Axe().axe_script
_JUDGED: Final = "rules => axe.run(rules).then(found => found.violations)"


class Portal:
    """The portal, served at an address, and a browser for those who visit it."""

    def __init__(self, url: str, browser: Browser) -> None:
        self.url, self._browser = url, browser
        self._contexts: list[BrowserContext] = []

    def page(
        self,
        token: str = "",
        *,
        size: tuple[int, int] = SCREEN,
        language: str = "tr",
        theme: str = "light",
    ) -> Page:
        """A tab of a browser of its own: of whoever has the session, in that language and those colours."""
        context = self._browser.new_context(
            base_url=self.url, viewport={"width": size[0], "height": size[1]}, locale=f"{language}-{language.upper()}"
        )
        kept = {LANGUAGE_COOKIE: language, THEME_COOKIE: theme} | ({COOKIE: token} if token else {})
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in kept.items()])
        context.set_default_timeout(_PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"a script of the page failed: {error}"))
        return page

    def close(self) -> None:
        for one in self._contexts:
            one.close()


def accessible(page: Page) -> None:
    """axe finds nothing to complain of on the page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: Any = page.evaluate(_JUDGED, _RULES)
    told = [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
    assert not told, f"{page.url}\n" + "\n".join(told)


def shot(page: Page, name: str, *, whole: bool = True) -> None:
    """A picture of the page, kept under that name."""
    page.screenshot(path=_PICTURES / f"{name}.png", full_page=whole)


@pytest.fixture(scope="module")
def portal(platform_database: str) -> Iterator[Portal]:
    """The portal on this file's database."""
    if _CHROMIUM is None:
        pytest.skip("no Chromium: install Debian's package chromium (make test does)")
    with _serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_FLAGS))
        opened = Portal(url, browser)
        yield opened
        opened.close()
        browser.close()
        # Connections opened while Playwright's loop runs are seen by it alone, by that of the next file too.
        connections.close_all()


@contextmanager
def _serving() -> Iterator[str]:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from ulak_server.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what matters is on the page."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, connections_override=None)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    connections.close_all()
