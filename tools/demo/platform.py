"""The platform as its users see it: started like a new user would, spoken to by its API, counted in its database."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import httpx
import psycopg
from tools.demo.world import must_be_free

from ulak_server.database.address import EMBEDDED, embedded_folder

__all__ = ["Desk", "Platform"]

_ULAK: Final = str(Path(sys.executable).with_name("ulak"))
_PATIENCE: Final = 120.0


class Platform:
    """``ulak serve`` in a process group of its own.

    Args:
        environment: what it is told; everything it keeps lies in ``folder``.
        log: its words.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], log: Path) -> None:
        self.folder, self.url, self._environment, self._log = folder, environment["ULAK_PUBLIC_URL"], environment, log
        must_be_free(self.url, "or choose another DEMO_PORT.")
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [_ULAK, "serve"], env=dict(environment), stdout=file, stderr=subprocess.STDOUT
            )
        self._wait()

    def close(self) -> None:
        """Stop it, after what is under way."""
        self.process.terminate()
        self.process.wait(_PATIENCE)

    def operator(self, *arguments: str) -> Any:
        """Do what an operator does (`tools.demo.setting_up`); what it prints, read as JSON."""
        command = [sys.executable, "-m", "tools.demo.setting_up", *arguments]
        done = subprocess.run(
            command, env=dict(self._environment), capture_output=True, text=True, cwd=Path(__file__).parents[2]
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
        return json.loads(done.stdout or "null")

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Read from the database, as the operator: states and times, no contents."""
        address = f"postgresql://postgres@/{EMBEDDED}?host={embedded_folder(self.folder)}"
        with psycopg.connect(address) as connection:
            connection.execute("SET ROLE ulak_operator")
            return connection.execute(statement.encode(), parameters).fetchall()

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/ready", timeout=5, trust_env=False).status_code < 500:
                    return
            except httpx.HTTPError:
                if self.process.poll() is not None:
                    break
            time.sleep(0.2)
        raise SystemExit(f"The platform did not start:\n{self._log.read_text()[-3000:]}")


class Desk:
    """A taxpayer's ERP at the platform's API."""

    def __init__(self, url: str, key: str) -> None:
        headers = {"Authorization": f"Bearer {key}", "Accept-Language": "tr"}
        self._http = httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=120, trust_env=False)

    def post(self, path: str, content: bytes | str, media_type: str = "application/json", **parameters: Any) -> Any:
        """Hand something in."""
        headers = {"Content-Type": media_type}
        return _said(self._http.post(path, content=content, headers=headers, params=parameters))

    def put(self, path: str, content: bytes, media_type: str, **parameters: Any) -> Any:
        """Put something in its place."""
        return _said(self._http.put(path, content=content, headers={"Content-Type": media_type}, params=parameters))

    def get(self, path: str, **parameters: Any) -> Any:
        """Ask for something."""
        return _said(self._http.get(path, params=parameters))

    def every(self, path: str, **parameters: Any) -> list[Any]:
        """All items of a list, page by page."""
        items, cursor = [], ""
        while True:
            page = self.get(path, **parameters, **({"cursor": cursor} if cursor else {}), limit=200)
            items += page["items"]
            cursor = page["next"]
            if not cursor:
                return items


def _said(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise SystemExit(f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:1500]}")
    return answer.json() if answer.content else None
