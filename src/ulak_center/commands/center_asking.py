"""The control API of a running center, called from the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

import httpx

from ulak.cli.errors import usage
from ulak.cli.session import Session
from ulak.errors import Text, UlakError
from ulak_center.commands.center_wishes import token_of

__all__ = ["ADDRESS", "Control"]

ADDRESS: Final = "ULAK_CENTER"
_USUAL: Final = "http://127.0.0.1:8090"
_TIMES: Final = httpx.Timeout(600.0, connect=5.0)
_NO_ADDRESS: Final = Text("--center: “{url}” bir adres değil.", "--center: “{url}” is no address.")
_NO_ADDRESS_DO: Final = Text("http://127.0.0.1:8090 gibi yazın.", "Write it like http://127.0.0.1:8090.")
_UNREACHABLE: Final = Text("{url} adresindeki merkeze ulaşılamadı: {detail}", "No center at {url}: {detail}")
_UNREACHABLE_DO: Final = Text(
    "`ulak center run` ile başlatın ya da --center ile adresini verin.",
    "Start it with `ulak center run`, or give its address with --center.",
)
_STRANGE: Final = Text(
    "{url} bir Ulak merkezi gibi yanıtlamadı (HTTP {status}).", "{url} did not answer like a center (HTTP {status})."
)


class Control:
    """A center's control API. Errors are in the language of the session."""

    def __init__(self, url: str, token: str, language: str) -> None:
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL:
            parsed = httpx.URL("")
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise usage(_NO_ADDRESS.format(url=url), _NO_ADDRESS_DO)
        headers = {"Accept-Language": language, **({"Authorization": f"Bearer {token}"} if token else {})}
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=self.url, headers=headers, timeout=_TIMES, trust_env=False)

    @classmethod
    def of(cls, session: Session, url: str | None, token: str | None) -> Control:
        """The center that the options, the environment, or nothing but the usual port name.

        Raises:
            UlakError: ``cli.usage``.
        """
        return cls(url or os.environ.get(ADDRESS) or _USUAL, token_of(token), session.language)

    def get(self, path: str) -> Any:
        """What is at a path below ``/control``.

        Raises:
            UlakError: the center's own code, ``center.unreachable`` or ``center.strange``.
        """
        return self._told("GET", path)

    def post(self, path: str, asked: Mapping[str, object]) -> Any:
        """What comes of telling the center something; see `get`."""
        return self._told("POST", path, asked)

    def delete(self, path: str) -> Any:
        """What comes of removing something; see `get`."""
        return self._told("DELETE", path)

    def _told(self, method: str, path: str, asked: Mapping[str, object] | None = None) -> Any:
        try:
            answer = self._http.request(method, f"/control{path}", json=asked)
        except httpx.HTTPError as error:
            said = _UNREACHABLE.format(url=self.url, detail=str(error) or type(error).__name__)
            raise UlakError("center.unreachable", said, _UNREACHABLE_DO, permanent=False) from None
        try:
            told = answer.json()
        except ValueError:
            told = None
        if not isinstance(told, dict) or not (answer.is_success or "code" in told):
            said = _STRANGE.format(url=self.url, status=answer.status_code)
            raise UlakError("center.strange", said, _UNREACHABLE_DO)
        if answer.is_success:
            return told
        title, detail = (str(told.get(name) or "") for name in ("title", "detail"))
        raise UlakError(str(told["code"]), Text(title, title), Text(detail, detail), where=str(told.get("pointer", "")))
