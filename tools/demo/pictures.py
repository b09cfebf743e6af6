"""Pictures of the running demo for the README: ``PICTURES=docs/pictures make demo ONCE=1``."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tools.demo.crew import PASSWORD
from tools.demo.ledger import month

from ulak_server.clock import today

__all__ = ["taken"]

_CHROMIUM: Final = shutil.which("chromium")
_LANGUAGES: Final = ("tr", "en")
_DESK: Final = (1280, 860)
_PHONE: Final = (390, 844)


class Picture(NamedTuple):
    """One picture.

    Attributes:
        who: the e-mail address of whom the page is shown to.
        path: of the page; ``{firm}`` is the first taxpayer, ``{first}`` the first document of its list there,
            ``{month}`` that of the books.
    """

    name: str
    who: str
    path: str
    size: tuple[int, int] = _DESK
    theme: str = "light"


_PICTURES: Final = (
    Picture("today", "ayse@ardic.example", "/t/{firm}/today"),
    Picture("outgoing", "ayse@ardic.example", "/t/{firm}/outgoing"),
    Picture("document", "ayse@ardic.example", "/t/{firm}/documents/{first}"),
    Picture("compose", "ayse@ardic.example", "/t/{firm}/compose/invoice"),
    Picture("dark", "ayse@ardic.example", "/t/{firm}/incoming", theme="dark"),
    Picture("reports", "mehmet@meltem.example", "/t/{firm}/reports"),
    Picture("shop", "mehmet@meltem.example", "/t/{firm}/outgoing?kind=earchive_invoice"),
    Picture("ledgers", "ayse@ardic.example", "/t/{firm}/ledgers"),
    Picture("ledger", "ayse@ardic.example", "/t/{firm}/ledgers/{month}"),
    Picture("phone", "ayse@ardic.example", "/t/{firm}/outgoing", _PHONE),
    Picture("desk", "defne@musavir.example", "/desk"),
    Picture("console", "onur@ulak.example", "/console"),
)


def taken(url: str, crew: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Take all pictures of a platform into a folder, one a language."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = {one["email"]: list(one["codes"]) for one in crew}
    with _browser() as browser:
        for language in _LANGUAGES:
            tokens = {who: _signed_in(browser, url, who, mine.pop()) for who, mine in codes.items()}
            for one in _PICTURES:
                _take(browser, url, one, language, tokens[one.who], folder / f"{one.name}.{language}.png")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        yield playwright.chromium.launch(executable_path=_CHROMIUM, args=flags)


def _signed_in(browser: Browser, url: str, email: str, code: str) -> list[Any]:
    """The cookies of somebody who has signed in."""
    context = browser.new_context(base_url=url, locale="tr-TR")
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.locator("#code").fill(code)
    page.locator("main button").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return list(context.cookies())


def _take(browser: Browser, url: str, one: Picture, language: str, cookies: list[Any], path: Path) -> None:
    context = browser.new_context(base_url=url, viewport={"width": one.size[0], "height": one.size[1]})
    chosen = {"ulak_language": language, "ulak_theme": one.theme}
    ours: list[Any] = [{"name": name, "value": value, "url": url} for name, value in chosen.items()]
    context.add_cookies(cookies + ours)
    page = context.new_page()
    page.goto(_filled(page, one.path))
    page.wait_for_load_state("networkidle")
    _keep(page.screenshot(), path)
    context.close()


def _filled(page: Page, path: str) -> str:
    if "{firm}" not in path:
        return path
    page.goto("/")
    firm = page.url.split("/t/")[1].split("/")[0]
    if "{first}" not in path:
        return path.format(firm=firm, month=f"{month(today()):%Y-%m}")
    page.goto(f"/t/{firm}/incoming")
    link = page.locator("table tbody a[href*='/documents/']").first.get_attribute("href") or ""
    return path.format(firm=firm, first=link.rstrip("/").split("/")[-1])


def _keep(picture: bytes, path: Path) -> None:
    """As few bytes as the eye allows: pages have few colours."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(192, dither=Image.Dither.NONE).save(path, optimize=True)
