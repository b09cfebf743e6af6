"""``ulak center run``: the whole center on the network, until it is told to stop."""

from __future__ import annotations

import signal
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.page import Page
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.keys.listening import server_tls
from ulak_center.commands.center_opening import Opened, opened
from ulak_center.commands.center_wishes import Wish
from ulak_center.web.http import Address, serving
from ulak_center.web.site import ARCHIVE, EFATURA, LEDGER, Site

__all__ = ["run_center"]

_READY: Final = Text(
    "Merkez (GİB simülasyonu) çalışıyor; Ctrl-C ile durur.", "The center (GİB simulated) is running; Ctrl-C stops it."
)
_PAGE: Final = Text("Sayfa", "Page")
_INVOICES: Final = Text("e-Fatura, e-İrsaliye", "e-Fatura, e-İrsaliye")
_ARCHIVE: Final = Text("e-Arşiv", "e-Arşiv")
_LEDGER: Final = Text("e-Defter", "e-Defter")
_LISTS: Final = Text("Kullanıcı listeleri", "User lists")
_PORTAL: Final = Text("Portal kullanıcısı", "Portal user")
_SEALS: Final = Text("Mühürler ve kökler", "Seals and roots")
_DATA: Final = Text("Veriler", "Data")
_TRY: Final = Text("Denemek için:", "To try it:")
_TEMPORARY: Final = Text("geçici; --data ile kalıcı olur", "temporary; --data keeps it")
_REMOTE: Final = Text(
    "Denetim arayüzü yalnız bu makineden kullanılabilir; başka makineler için --control-token verin.",
    "The control API is for this machine only; give --control-token for other machines.",
)
_STOPPED: Final = Text("Merkez durdu.", "The center has stopped.")
_GAP: Final = 22


def run_center(session: Session, wish: Wish) -> Exit:
    """Run a center until SIGINT or SIGTERM.

    Raises:
        UlakError: ``center.*``, ``pki.*``, ``key.*``: it cannot be started so.
    """
    stop = threading.Event()
    tls = _tls(wish.tls)
    with _signals(stop), opened(wish) as center:
        site = Site(center.center, center.furnishing)
        with serving(site, wish.host, wish.port, tls=tls) as address:
            session.put(_greeting(session, wish, center, address))
            session.flush()
            stop.wait()
            center.center.end()
    session.tell(session.say(_STOPPED) + "\n")
    return Exit.OK


@contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tls(files: tuple[Path, Path] | None) -> ssl.SSLContext | None:
    return server_tls(*files) if files else None


def _greeting(session: Session, wish: Wish, opened: Opened, address: Address) -> Page:
    page, url, portal = session.page(), address.url, opened.center.portal.mailbox
    page.paragraph(session.say(_READY), style="bold")
    page.blank()
    rows = (
        (_PAGE, f"{url}/"),
        (_INVOICES, url + EFATURA),
        (_ARCHIVE, url + ARCHIVE),
        (_LEDGER, url + LEDGER),
        (_LISTS, f"{url}/EFaturaMerkez/userList.jsp"),
        (_PORTAL, f"{portal.number} {portal.alias}"),
        (_SEALS, str(opened.pki)),
        (_DATA, str(wish.data) if wish.data else session.say(_TEMPORARY)),
    )
    for label, text in rows:
        page.labelled(session.say(label), text, indent=2, gap=_GAP)
    page.blank()
    page.line(session.say(_TRY))
    page.line(f"ulak wire send ZARF.zip --to {url}{EFATURA}", indent=2)
    page.line(f"ulak center status --center {url}", indent=2)
    page.line(f"ulak gib-tests run --center {url} --pki {opened.pki}", indent=2)
    if wish.host not in ("127.0.0.1", "::1", "localhost") and not wish.token:
        page.blank()
        page.paragraph(session.say(_REMOTE), style="yellow")
    return page
