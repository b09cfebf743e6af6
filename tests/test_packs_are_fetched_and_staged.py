"""`ulak packs fetch`: GİB's newest is downloaded, compared and put aside; it judges only when a person says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tiny_packs import tiny, zipped
from ulak.rules.fetch import Fetch, Policy, PublishedPackage, fetch, published_packages
from ulak.rules.pack import PackError
from ulak.rules.store import BUILT_IN, PackStore

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class Publisher:
    """A web server on this machine: path → (status, headers, body), and the requests that it saw."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)
    trickle: float = 0.0

    def publish(self, data: bytes, path: str = "/paket.zip", **headers: str) -> PublishedPackage:
        self.pages[path] = (200, {name.replace("_", "-"): value for name, value in headers.items()}, data)
        return PublishedPackage("e-Fatura Paketi", self.address + path)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    state = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.requests.append(dict(self.headers))
            status, headers, body = state.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._send(body)

        def _send(self, body: bytes) -> None:
            try:
                if not state.trickle:
                    self.wfile.write(body)
                for byte in body if state.trickle else b"":
                    self.wfile.write(bytes([byte]))
                    time.sleep(state.trickle)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


def one(store: PackStore, package: PublishedPackage, policy: Policy | None = None) -> Fetch:
    (result,) = fetch(store, [package], now=lambda: NOW, policy=policy)
    return result


def failure(store: PackStore, package: PublishedPackage, policy: Policy | None = None) -> str:
    result = one(store, package, policy)
    assert result.error is not None
    assert result.error.text.tr
    assert [pack.name for pack in store.packs()] == [BUILT_IN]
    return result.error.code


def test_a_new_package_is_staged_with_its_hash_date_and_differences(store: PackStore, publisher: Publisher) -> None:
    package = publisher.publish(zipped(tiny()), ETag='"1"', Last_Modified="Mon, 24 Aug 2026 10:00:00 GMT")
    result = one(store, package)
    assert result.pack is not None
    assert (result.pack.state, result.pack.since) == ("staged", date(2026, 4, 2))
    manifest = store.manifest(result.pack.name)
    assert manifest is not None
    assert manifest.fetched is not None
    assert (manifest.fetched.etag, manifest.fetched.at) == ('"1"', NOW)
    assert len(manifest.fetched.sha256) == 64
    assert (manifest.title, manifest.address) == package
    assert result.changes is not None
    assert (result.changes.before, bool(result.changes)) == (BUILT_IN, True)


def test_nothing_judges_before_a_person_activates_it(store: PackStore, publisher: Publisher) -> None:
    pack = one(store, publisher.publish(zipped(tiny(history="20260901\n")))).pack
    assert pack is not None
    assert store.choose("ubl-tr", date(2026, 10, 1)).pack.name == BUILT_IN
    store.activate(pack.name, date(2026, 9, 15))
    assert store.choose("ubl-tr", date(2026, 10, 1)).pack.name == pack.name


def test_what_is_at_hand_is_not_staged_again(store: PackStore, publisher: Publisher) -> None:
    package = publisher.publish(zipped(tiny()))
    assert one(store, package).pack
    assert one(store, package).unchanged
    assert len(store.packs()) == 2


def test_the_server_is_asked_only_for_what_is_newer(store: PackStore, publisher: Publisher) -> None:
    package = publisher.publish(zipped(tiny()), ETag='"7"', Last_Modified="Mon, 24 Aug 2026 10:00:00 GMT")
    one(store, package)
    assert one(store, package).unchanged
    assert publisher.requests[1]["If-None-Match"] == '"7"'
    assert publisher.requests[1]["If-Modified-Since"] == "Mon, 24 Aug 2026 10:00:00 GMT"


def test_one_failure_does_not_keep_the_others_away(store: PackStore, publisher: Publisher) -> None:
    good = publisher.publish(zipped(tiny()))
    results = list(fetch(store, [PublishedPackage("gone", publisher.address + "/gone.zip"), good]))
    assert [result.error.code if result.error else None for result in results] == ["pack.fetch.status", None]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html>Bakim</html>", "pack.not-zip"),
        (b"", "pack.not-zip"),
        (zipped({"a.txt": b""}), "pack.unknown-kind"),
        (zipped(tiny())[:-100], "pack.zip.broken"),
    ],
)
def test_what_is_no_package_is_said(store: PackStore, publisher: Publisher, body: bytes, code: str) -> None:
    assert failure(store, publisher.publish(body)) == code


def test_a_download_that_breaks_off_is_said(store: PackStore, publisher: Publisher) -> None:
    data = zipped(tiny())
    package = publisher.publish(data, Content_Length=str(len(data) + 10))
    assert failure(store, package, Policy(seconds=2, silence=1)) in ("pack.fetch.failed", "pack.fetch.too-slow")


def test_a_download_that_is_too_large_is_cut_off(store: PackStore, publisher: Publisher) -> None:
    package = publisher.publish(b"0" * 200_000)
    assert failure(store, package, Policy(max_bytes=100_000)) == "pack.fetch.too-large"


def test_a_server_that_trickles_does_not_outlive_the_deadline(store: PackStore, publisher: Publisher) -> None:
    publisher.trickle = 0.05
    started = time.monotonic()
    assert failure(store, publisher.publish(b"0" * 1000), Policy(seconds=0.5, silence=5)) == "pack.fetch.too-slow"
    assert time.monotonic() - started < 30, "the whole of it takes fifty"


def test_a_server_that_is_not_there_may_be_asked_again(store: PackStore, publisher: Publisher) -> None:
    result = one(store, PublishedPackage("x", "http://127.0.0.1:1/x.zip"))
    assert result.error is not None
    assert (result.error.code, result.error.permanent) == ("pack.fetch.failed", False)


@pytest.mark.parametrize("target", ["http://example.com/p.zip", "file:///etc/passwd", "ftp://127.0.0.1/p.zip", "//"])
def test_a_redirect_to_an_unsafe_address_is_not_followed(store: PackStore, publisher: Publisher, target: str) -> None:
    publisher.pages["/moved.zip"] = (302, {"Location": target}, b"")
    code = failure(store, PublishedPackage("x", publisher.address + "/moved.zip"))
    assert code in ("pack.fetch.address", "pack.fetch.status")


def test_a_redirect_to_a_safe_address_is_followed(store: PackStore, publisher: Publisher) -> None:
    package = publisher.publish(zipped(tiny()))
    publisher.pages["/moved.zip"] = (302, {"Location": package.address}, b"")
    assert one(store, PublishedPackage("x", publisher.address + "/moved.zip")).pack


@pytest.mark.parametrize(
    "address",
    ["http://ebelge.gib.gov.tr/p.zip", "file:///tmp/p.zip", "ftp://x/p.zip", "p.zip", "", "https://", "http://[::1"],
)
def test_only_https_is_asked(store: PackStore, address: str) -> None:
    assert failure(store, PublishedPackage("x", address)) == "pack.fetch.address"


def test_rules_that_the_engine_cannot_take_are_not_staged(store: PackStore, publisher: Publisher) -> None:
    broken = tiny(asserts=(("count(inv:Colour", "Ayraç kapanmıyor."),))
    (result,) = fetch(store, [publisher.publish(zipped(broken))])
    assert result.error is not None
    assert result.error.code == "pack.schematron.uncompilable"
    assert [pack.name for pack in store.packs()] == [BUILT_IN]


def test_gibs_own_addresses_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ULAK_PACK_SOURCES", raising=False)
    packages = published_packages()
    assert all(package.address.startswith("https://") for package in packages)
    assert any(package.address.endswith("/e-FaturaPaketi.zip") for package in packages)


def test_a_file_of_addresses_takes_their_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[[source]]\ntitle = "Bizim"\naddress = "https://example.com/p.zip"\n', "utf-8")
    monkeypatch.setenv("ULAK_PACK_SOURCES", str(path))
    assert published_packages() == (PublishedPackage("Bizim", "https://example.com/p.zip"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[source]",
        '[[source]]\ntitle = "x"\n',
        "source = 1",
        'source = ["a"]',
        '[[source]]\ntitle="a"\naddress="http://x/"',
    ],
)
def test_a_wrong_file_of_addresses_is_an_error_with_a_repair(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError, match=r"pack\.fetch\.(sources|address)") as caught:
        published_packages(path)
    assert "ULAK_PACK_SOURCES" in caught.value.repair.en
