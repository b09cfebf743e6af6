"""Fetch GİB's newest packages from GİB's own addresses and put them aside; none judges before a person says so."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPException, HTTPResponse
from importlib.resources import files
from pathlib import Path
from typing import IO, Final, NamedTuple, cast
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from ulak.errors import UlakError
from ulak.rules.diff import PackDiff, diff
from ulak.rules.importer import add
from ulak.rules.pack import Pack
from ulak.rules.problems import problem
from ulak.rules.store import Fetched, PackStore

__all__ = ["Fetch", "Policy", "PublishedPackage", "fetch", "published_packages"]

_CHUNK: Final = 1 << 16
_AGENT: Final = "ulak (rule pack fetch)"


class PublishedPackage(NamedTuple):
    """A package that GİB publishes, and its address."""

    title: str
    address: str


@dataclass(frozen=True)
class Policy:
    """How long a download may take in seconds, in all and without a sign of life, and how many bytes it may have."""

    seconds: float = 300
    silence: float = 30
    max_bytes: int = 128 * 1024 * 1024


@dataclass(frozen=True)
class Fetch:
    """What became of one address.

    Attributes:
        package: what was asked for.
        pack: the pack that now waits for activation; None if nothing is new or something failed.
        changes: its differences from the newest pack of its kind that was at hand; None if there was none.
        error: why it failed.
    """

    package: PublishedPackage
    pack: Pack | None = None
    changes: PackDiff | None = None
    error: UlakError | None = None

    @property
    def unchanged(self) -> bool:
        """Whether exactly this is at hand already."""
        return self.pack is None and self.error is None


class _Download(NamedTuple):
    data: bytes
    fetched: Fetched


def published_packages(path: Path | None = None) -> tuple[PublishedPackage, ...]:
    """The addresses to ask: of the TOML file ``path``, else of ``ULAK_PACK_SOURCES``, else GİB's as Ulak knows them.

    Raises:
        PackError: ``pack.fetch.sources`` or ``pack.fetch.address``.
    """
    named = path or (Path(given) if (given := os.environ.get("ULAK_PACK_SOURCES")) else None)
    try:
        raw = named.read_bytes() if named else files("ulak.rules").joinpath("data", "sources.toml").read_bytes()
        rows = tomllib.loads(raw.decode("utf-8"))["source"]
        packages = tuple(PublishedPackage(str(row["title"]), str(row["address"])) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise problem("pack.fetch.sources", detail=f"{type(error).__name__}: {error}") from error
    for package in packages:
        _check_address(package.address)
    return packages


def fetch(
    store: PackStore,
    packages: Sequence[PublishedPackage] | None = None,
    *,
    policy: Policy | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Fetch]:
    """Ask each address in turn and stage what is new; a failure of one does not keep the others from being asked.

    Raises:
        PackError: the list of addresses cannot be read.
    """
    for package in published_packages() if packages is None else packages:
        try:
            yield _fetch(store, package, policy or Policy(), now)
        except UlakError as error:
            yield Fetch(package, error=error)


def _fetch(
    store: PackStore,
    package: PublishedPackage,
    policy: Policy,
    now: Callable[[], datetime],
) -> Fetch:
    earlier = _earlier(store)
    latest = earlier.get(package.address)
    download = _download(package.address, latest, policy, now)
    if download is None or download.fetched.sha256 in {fetched.sha256 for fetched in earlier.values()}:
        return Fetch(package)
    known = {pack.sha256 for pack in store.packs()}
    newest = {pack.kind: pack for pack in store.packs()}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "package.zip"
        archive.write_bytes(download.data)
        pack = add(
            archive,
            store,
            state="staged",
            now=download.fetched.at,
            title=package.title,
            fetched=download.fetched,
        )
    if pack.sha256 in known:
        return Fetch(package)
    before = newest.get(pack.kind)
    return Fetch(package, pack, diff(before, pack, store.ledger()) if before else None)


def _earlier(store: PackStore) -> dict[str, Fetched]:
    """The latest download kept from each address."""
    manifests = [manifest for pack in store.packs() if (manifest := store.manifest(pack.name))]
    fetched = sorted((m.fetched for m in manifests if m.fetched), key=lambda f: f.at)
    return {download.address: download for download in fetched}


def _download(address: str, latest: Fetched | None, policy: Policy, now: Callable[[], datetime]) -> _Download | None:
    """The package at ``address``; None if the server says that it is still the one of ``latest``."""
    _check_address(address)
    deadline = time.monotonic() + policy.seconds
    request = Request(address, headers=_headers(latest))  # noqa: S310 -- the scheme is checked above
    try:
        with cast(HTTPResponse, _opener().open(request, timeout=min(policy.silence, policy.seconds))) as response:
            data = _read(response, address, deadline, policy)
            headers = response.headers
    except HTTPError as error:
        error.close()
        if error.code == 304:
            return None
        raise problem("pack.fetch.status", address=address, status=error.code) from error
    except TimeoutError as error:
        raise problem("pack.fetch.too-slow", address=address, limit=policy.silence) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise problem("pack.fetch.failed", address=address, detail=str(error) or type(error).__name__) from error
    return _Download(data, _fetched(address, data, headers, now()))


def _headers(latest: Fetched | None) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if latest and latest.etag:
        headers["If-None-Match"] = latest.etag
    if latest and latest.last_modified:
        headers["If-Modified-Since"] = latest.last_modified
    return headers


def _fetched(address: str, data: bytes, headers: Message, moment: datetime) -> Fetched:
    return Fetched(
        address=address,
        sha256=hashlib.sha256(data).hexdigest(),
        at=moment,
        etag=headers.get("ETag", ""),
        last_modified=headers.get("Last-Modified", ""),
    )


def _read(response: HTTPResponse, address: str, deadline: float, policy: Policy) -> bytes:
    parts: list[bytes] = []
    size = 0
    # read1, since read would wait for a full chunk and let a trickling server outlive the deadline.
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > policy.max_bytes:
            raise problem("pack.fetch.too-large", address=address, limit=policy.max_bytes)
        if time.monotonic() > deadline:
            raise problem("pack.fetch.too-slow", address=address, limit=policy.seconds)
        parts.append(chunk)
    promised = response.headers.get("Content-Length")
    if promised is not None and promised.isdecimal() and int(promised) != size:
        raise problem("pack.fetch.failed", address=address, detail=f"{size} / {promised}")
    return b"".join(parts)


class _SafeRedirects(HTTPRedirectHandler):
    """Follows only to where a download may start; from the network never back to this machine."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        _check_address(newurl)
        if _is_loopback(newurl) and not _is_loopback(req.full_url):
            raise problem("pack.fetch.address", address=newurl)
        return super().redirect_request(req, fp, code, msg, cast("object", headers), newurl)  # type: ignore[arg-type]


def _opener() -> OpenerDirector:
    return build_opener(_SafeRedirects())


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError as error:
        raise problem("pack.fetch.address", address=address) from error
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(address))):
        raise problem("pack.fetch.address", address=unquote(address))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(urlsplit(address).hostname or "").is_loopback
    except ValueError:
        return False
