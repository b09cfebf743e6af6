"""The simulated GİB beside the platform: started, told who is who, and driven by its control API."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from tools.demo.world import TSA, must_be_free

__all__ = ["Gib"]

_ULAK: Final = str(Path(sys.executable).with_name("ulak"))
_PATIENCE: Final = 60.0


class Gib:
    """A center in a process of its own, and the authority of its certificates and time stamps in another.

    Args:
        folder: where it keeps everything; its keys lie in ``pki``.
        log: its words.
    """

    def __init__(self, folder: Path, port: int, log: Path) -> None:
        must_be_free(TSA, "it may be another demo. The certificates name this address.")
        self.url, self.pki = f"http://127.0.0.1:{port}", folder / "pki"
        must_be_free(self.url, "or choose another DEMO_CENTER_PORT.")
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [_ULAK, "center", "run", "--data", str(folder), "--port", str(port)], stdout=file, stderr=file
            )
        self._http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)
        self._wait()
        with log.with_suffix(".pki.log").open("wb") as file:
            serving = [_ULAK, "pki", "serve", str(self.pki), "--listen", urlsplit(TSA).netloc]
            self.authority = subprocess.Popen(serving, stdout=file, stderr=file)

    def register(self, number: str, title: str, endpoint: str, aliases: tuple[str, str]) -> None:
        """Tell GİB of the integrator: where it listens, and its own sender unit and mailbox."""
        who = {"number": number, "title": title}
        self.post("/control/integrators", who | {"endpoint_gb": endpoint, "endpoint_pk": endpoint})
        units = [
            {"alias": alias, "role": role, "uses": ["Invoice", "DespatchAdvice"], "operator": number}
            for role, alias in zip(("GB", "PK"), aliases, strict=True)
        ]
        self.post("/control/accounts", who | {"kind": "OZEL", "units": units})

    def post(self, path: str, body: object) -> Any:
        """Tell the center something."""
        answer = self._http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def get(self, path: str, **parameters: Any) -> Any:
        """Ask the center something."""
        answer = self._http.get(path, params=parameters)
        answer.raise_for_status()
        return answer.json()

    def reported(self) -> Iterator[Any]:
        """What accepted e-Arşiv reports say, document by document and cancellation by cancellation."""
        after = ""
        while after is not None:
            page = self.get("/control/archive/filings", **({"after": after} if after else {}))
            yield from page["filings"]
            after = page["next"]

    def close(self) -> None:
        """Stop it."""
        for process in (self.authority, self.process):
            process.terminate()
            process.wait(_PATIENCE)

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                self.get("/control/status")
            except httpx.HTTPError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
            else:
                return
        raise SystemExit("The simulated center did not start; its words are in the log beside its data.")
