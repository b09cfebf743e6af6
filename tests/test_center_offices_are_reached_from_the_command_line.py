"""A newcomer sends an e-Arşiv report and an e-Defter package by commands alone, as docs/center-offices.md shows."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from center_offices import ARDIC, INTEGRATOR, RAPOR, berat_of, book, report, zipped
from cli_support import called
from seal_pki import serving
from test_center_commands_run_watch_and_break_it import running
from ulak.seal.keys.opening import open_key
from ulak.seal.wssecurity import seal_message
from ulak.userlist import read_archive_list
from ulak.wire import earsiv, edefter
from ulak.wire.client import Client
from ulak.wire.service import Service

ARCHIVE: Final = "/earsiv/services/EArsivWsPort"
LEDGER: Final = "/edefter/services/EDefterWsPort"
YB: Final = f"{ARDIC}-202610-YB-000000"
Y: Final = f"{ARDIC}-202610-Y-000000"


class Newcomer:
    """Somebody with a folder, a test PKI and a center, who types commands."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path, pki: Path, tsa: str, url: str) -> None:
        self._capsys, self.folder, self._pki, self._tsa, self.url = capsys, folder, pki, tsa, url

    def key(self, name: str) -> str:
        return f"pkcs12:{self._pki / name}.p12"

    def types(self, *line: str | Path) -> str:
        ran = called(self._capsys, *line)
        assert ran.code == 0, ran.err
        return ran.out

    def seals(self, name: str, data: bytes, to: str, key: str, *more: str | Path) -> bytes:
        (self.folder / name).write_bytes(data)
        self.types("seal", self.folder / name, "--key", self.key(key), "-o", self.folder / to, *more)
        return (self.folder / to).read_bytes()

    def archives(self, name: str, data: bytes, to: str, key: str) -> bytes:
        return self.seals(name, data, to, key, "--level", "a", "--tsa", self._tsa, "--trust", self._pki)

    def opens_an_account(self) -> None:
        account = ("--action", "open", "--integrator", INTEGRATOR, "--customer", ARDIC, "--title", "Ardıç Ticaret A.Ş.")
        self.types("envelope", "account", *account, "--service", "earchive", "-o", self.folder / "hesap.xml")
        data = (self.folder / "hesap.xml").read_bytes()
        once = self.seals("hesap.xml", data, "hesap-1.xml", f"integrator-{INTEGRATOR}")
        self.seals("hesap-1.xml", once, "hesap-2.xml", f"ardic-{ARDIC}", "--counter")
        sides = ("--from", f"earchive:{INTEGRATOR}", "--to", "GIB:3900383669")
        self.types("envelope", "pack", self.folder / "hesap-2.xml", *sides, "-o", self.folder / "zarf")
        (packed,) = (self.folder / "zarf").iterdir()
        self.types("wire", "send", packed, "--to", f"{self.url}/EFaturaMerkez/services/EFatura")
        self.lets_time_pass()

    def sends(self, service: str, path: str, id: str, files: Mapping[str, bytes], key: str) -> int:
        (self.folder / f"{id}.zip").write_bytes(zipped(files))
        common = ("--service", service, "--to", self.url + path, "--key", self.key(key))
        self.types("wire", "send", self.folder / f"{id}.zip", *common)
        self.lets_time_pass()
        return int(json.loads(self.types("wire", "status", id, *common, "--format", "json"))[0]["status"])

    def fetches(self, service: Service[Any, Any], path: str, key: str, request: Any) -> bytes:
        opened = open_key(self.key(key))

        def seal(xml: bytes, files: Mapping[str, bytes]) -> bytes:
            return seal_message(xml, opened, at=datetime.now(UTC), attachments=files)

        with Client[Any, Any](service, self.url + path, allow_http=True, seal=seal) as client:
            return bytes(client.call(request).attachment.data)

    def lets_time_pass(self) -> None:
        httpx.post(f"{self.url}/control/clock", json={"advance": 5}).raise_for_status()


def test_reports_and_books_are_sent_with_nothing_but_commands(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with (
        serving(stamps="openssl", at=datetime.now(UTC)) as pki,
        running(tmp_path / "merkez", "--pki", str(pki.folder), "--speed", "0") as (_, url, _said),
    ):
        endpoints = {"endpoint_gb": "http://127.0.0.1:9/", "endpoint_pk": "http://127.0.0.1:9/"}
        integrator = {"number": INTEGRATOR, "title": "Deneme Özel Entegratör A.Ş.", **endpoints}
        httpx.post(f"{url}/control/integrators", json=integrator).raise_for_status()
        newcomer = Newcomer(capsys, tmp_path, pki.folder, pki.tsa, url)
        newcomer.opens_an_account()

        sealed = newcomer.archives("rapor.xml", report(), f"{RAPOR}.xml", f"integrator-{INTEGRATOR}")
        status = newcomer.sends("earsiv", ARCHIVE, RAPOR, {f"{RAPOR}.xml": sealed}, f"integrator-{INTEGRATOR}")
        assert status == 30

        of = newcomer.seals("defter.xml", book(YB, short=""), f"{Y}.xml", f"ardic-{ARDIC}")
        berat = newcomer.seals("berat.xml", berat_of(YB, of, short=""), f"{YB}.xml", f"ardic-{ARDIC}")
        status = newcomer.sends("edefter", LEDGER, YB, {f"{Y}.xml": of, f"{YB}.xml": berat}, f"ardic-{ARDIC}")
        assert status == 30

        kept = json.loads(newcomer.types("center", "ledgers", "--center", url, "--format", "json"))["ledgers"]
        assert [(one["id"], one["kind"], one["entries"], one["is_approved"]) for one in kept] == [(YB, "YB", 1, True)]
        table = newcomer.types("center", "ledgers", "--center", url, "--month", "202610", "--lang", "en")
        assert YB in table
        assert "berat approved" in table
        assert YB not in newcomer.types("center", "ledgers", "--center", url, "--month", "202609", "--lang", "en")

        list_ = newcomer.fetches(earsiv.SERVICE, ARCHIVE, f"integrator-{INTEGRATOR}", earsiv.GetUserList("XML"))
        (tmp_path / "liste.zip").write_bytes(list_)
        assert any(read_archive_list(tmp_path / "liste.zip"))
        approved = newcomer.fetches(edefter.SERVICE, LEDGER, f"ardic-{ARDIC}", edefter.ReceiveDocumentFile(YB))
        with zipfile.ZipFile(BytesIO(approved)) as opened:
            (tmp_path / "onayli.xml").write_bytes(opened.read(f"GIB-{YB}.xml"))
        newcomer.types("verify", tmp_path / "onayli.xml", "--trust", pki.folder)
