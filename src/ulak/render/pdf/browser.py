"""A sender's own design on paper: its page, made inert, printed by a browser that may do nothing else.

The page's policy allows no script and no address (headless Chromium cannot print with scripts switched off altogether);
there is no network, an empty profile that is thrown away, and limits on time, memory and output.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from ulak.cores import on_any_core
from ulak.errors import error_of
from ulak.render.pdf.problems import PROBLEMS
from ulak.render.problems import RenderError

__all__ = ["find_browser", "print_page"]

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_SECONDS: Final = 20
_MEMORY: Final = 2 * 1024**3
_LARGEST: Final = 64 * 1024**2
_FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    # Every name is unknown, and what needs no name goes to a proxy that is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
)


def find_browser() -> Path | None:
    """A Chromium of this machine, if there is one."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


def print_page(html: bytes, policy: str, browser: Path | None = None) -> bytes:
    """The page as PDF; it is not PDF/A.

    Args:
        html: a page with nothing active in it, as `ulak.render.to_html` gives a stranger's.
        policy: the Content-Security-Policy that goes with it.
        browser: which Chromium; one of the machine if None.

    Raises:
        RenderError: ``render.browser-missing``, ``render.browser-failed``.
    """
    program = browser or find_browser()
    if program is None or not os.access(program, os.X_OK):
        raise error_of(RenderError, PROBLEMS, "render.browser-missing")
    with tempfile.TemporaryDirectory(prefix="ulak-print-") as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(_with_policy(html, policy))
        _run([str(program), *_flags(folder), f"--print-to-pdf={made}", page.as_uri()], folder)
        return _read(made)


def _flags(folder: str) -> tuple[str, ...]:
    # Chromium's own sandbox does not start for root, e.g. in a container that is one already.
    bare = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return (*_FLAGS, *bare, f"--user-data-dir={folder}/profile")


def _with_policy(html: bytes, policy: str) -> bytes:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'.encode()
    before, head, after = html.partition(b"<head>")
    return before + head + meta + after if head else meta + html


def _run(command: list[str], folder: str) -> None:
    environment = {"HOME": folder, "TMPDIR": folder, "PATH": os.environ.get("PATH", "")}
    # The arguments are ours; the stranger's bytes are in a file. A group of its own, so that all its children end too.
    with on_any_core():
        process = subprocess.Popen(  # noqa: S603
            command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=_limited,
        )  # fmt: skip
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise _failed(f"{_SECONDS} s") from None
    finally:
        _end(process)
    if process.returncode:
        raise _failed(f"exit {process.returncode}")


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _read(made: Path) -> bytes:
    data = made.read_bytes() if made.exists() else b""
    if not data.startswith(b"%PDF-"):
        raise _failed("no PDF")
    return data


def _failed(why: str) -> RenderError:
    return error_of(RenderError, PROBLEMS, "render.browser-failed", why=why)
