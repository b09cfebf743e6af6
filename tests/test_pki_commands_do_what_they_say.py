"""``ulak pki`` makes, changes and serves a test PKI, and says what is wrong where it cannot."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from cli_support import ULAK, called, environment, ulak
from seal_pki import NOW, authority, pooled_keys
from ulak.seal.certificates import Certificate, certificates_in_pem
from ulak.seal.pki import cast, folder
from ulak.seal.pki.authority import Authority, new_authority
from ulak.seal.pki.problems import PROBLEMS, PkiError

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKI as the command makes it; nobody may change it."""
    place = tmp_path_factory.mktemp("pki") / "deneme-pki"
    more = ("--vkn", "1234567801:Çiğdem Ilıcalı A.Ş.", "--vkn", "9999999999", "--tckn", "12345678950")
    ran = ulak("pki", "new", place, *more, "--days", "90")
    assert (ran.code, ran.err) == (0, "")
    return place


@pytest.fixture
def pki(made: Path, tmp_path: Path) -> Path:
    """A copy that the test may change."""
    return Path(shutil.copytree(made, tmp_path / "pki"))


def certificate(place: Path, name: str) -> x509.Certificate:
    inside = load_pkcs12((place / name).read_bytes(), None).cert
    assert inside
    return inside.certificate


def revoked(place: Path, issuer: str = "mali-muhur-s2") -> dict[int, x509.RevokedCertificate]:
    crl = x509.load_der_x509_crl((place / f"{issuer}.crl").read_bytes())
    return {entry.serial_number: entry for entry in crl}


def quickly_made(at: datetime, url: str, **more: Any) -> Authority:
    """`new_authority`, but with committed keys."""
    return new_authority(at, url, make_key=pooled_keys(), **more)


def openssl(*arguments: str | Path) -> str:
    """What openssl says on standard output."""
    run = ["openssl", *map(str, arguments)]
    return subprocess.run(run, capture_output=True, timeout=60, check=False).stdout.decode()


class TestNew:
    def test_every_file_is_explained_in_both_languages(self, made: Path) -> None:
        turkish, english = (made / "README.txt").read_text("utf-8").split("TEST PKI - imitates")
        for path in made.iterdir():
            if path.name not in ("README.txt", "authority"):
                assert path.name in turkish
                assert path.name in english

    def test_keys_are_named_after_their_owners(self, made: Path) -> None:
        for plan in (*cast.GOOD, *cast.WRONG, cast.PRETENDER):
            number = f"-{plan.owner.tax_id}" if plan.owner.tax_id else ""
            assert (made / f"{plan.short}{number}.p12").exists()

    def test_more_owners_are_made_to_order(self, made: Path) -> None:
        named = certificate(made, "cigdem-ilicali-a-s-1234567801.p12")
        assert named.subject.rfc4514_string() == "CN=Çiğdem Ilıcalı A.Ş.,2.5.4.5=1234567801"
        assert (made / "deneme-firma-9999999999.p12").exists()
        assert (made / "deneme-kisi-12345678950.p12").exists()

    def test_days_are_those_asked_for(self, made: Path) -> None:
        found = certificate(made, "ardic-4812530769.p12")
        assert found.not_valid_after_utc - found.not_valid_before_utc == timedelta(days=90)

    def test_roots_are_told_by_their_name(self, made: Path) -> None:
        for path in made.glob("*.pem"):
            (found,) = certificates_in_pem(path.read_bytes())
            assert found.is_self_issued is ("root" in path.name)

    def test_lists_are_good_as_long_as_any_key_lives(self, made: Path) -> None:
        last = max(certificate(made, path.name).not_valid_after_utc for path in made.glob("*.p12"))
        lists = [x509.load_der_x509_crl(path.read_bytes()) for path in made.glob("*.crl")]
        assert len(lists) == len(list(made.glob("*.pem")))
        assert {each.next_update_utc for each in lists} == {last}

    def test_the_integrators_seal_is_listed(self, made: Path) -> None:
        rows = (made / "integrators.txt").read_text("utf-8").splitlines()
        numbers = [row for row in rows if row and not row.startswith("#")]
        assert numbers == ["8642031054"]
        assert (made / f"integrator-{numbers[0]}.p12").exists()

    def test_private_keys_are_for_their_owner_alone(self, made: Path) -> None:
        assert stat.S_IMODE((made / "authority").stat().st_mode) == 0o700
        for path in (*made.glob("*.p12"), *made.glob("authority/*.key.pem"), made / folder.STATE):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_nothing_half_written_stays(self, made: Path) -> None:
        assert list(made.rglob(".*")) == []

    def test_it_says_what_next(self, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
        place = tmp_path / ("long-" * 30)
        for language, words in (("tr", "kabul edilmemesi gereken"), ("en", "must not be accepted")):
            shutil.rmtree(place, ignore_errors=True)
            ran = called(capsys, "--lang", language, "pki", "new", place)
            assert words in ran.out
            assert f"\n  ulak verify imzali.xml --trust {place}\n" in ran.out

    @pytest.mark.parametrize("url", ["http://pki.example", "https://pki.example:8443/test/", "http://10.0.0.1:80"])
    def test_certificates_name_the_address(
        self, url: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
        assert called(capsys, "pki", "new", tmp_path / "p", "--url", url).code == 0
        issued = Certificate(b"", certificate(tmp_path / "p", "ardic-4812530769.p12"))
        assert issued.ocsp_urls == (f"{url.rstrip('/')}/ocsp",)

    def test_an_empty_folder_will_do(self, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
        assert called(capsys, "pki", "new", tmp_path).code == 0

    def test_a_folder_with_anything_in_it_is_left_alone(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "mine").write_text("precious")
        ran = called(capsys, "pki", "new", tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "pki.folder-not-empty" in ran.err
        assert [path.name for path in tmp_path.iterdir()] == ["mine"]

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["--vkn", "123"], "pki.bad-number"),
            (["--vkn", "12345678901"], "pki.bad-number"),
            (["--vkn", "١٢٣٤٥٦٧٨٩٠"], "pki.bad-number"),
            (["--vkn", ""], "pki.bad-number"),
            (["--tckn", "1234567890:Ali"], "pki.bad-number"),
            (["--tckn", "12345678950:" + "a" * 65], "pki.bad-name"),
            (["--vkn", "1234567801:a\nb"], "pki.bad-name"),
            (["--vkn", "4812530769:Ardıç"], "pki.twice"),
            (["--vkn", "1234567801", "--vkn", "1234567801"], "pki.twice"),
            (["--days", "0"], "pki.bad-days"),
            (["--days", "-5"], "pki.bad-days"),
            (["--days", "3651"], "pki.bad-days"),
            (["--days", "many"], "pki.bad-days"),
            (["--url", "ftp://x"], "pki.bad-address"),
            (["--url", "127.0.0.1:8770"], "pki.bad-address"),
            (["--url", "http://"], "pki.bad-address"),
            (["--url", "http://x:99999"], "pki.bad-address"),
            (["--url", "http://x/?q"], "pki.bad-address"),
            (["--url", "http://x y"], "pki.bad-address"),
            (["--url", "http://[::1"], "pki.bad-address"),
        ],
        ids=lambda value: value if isinstance(value, str) else " ".join(value)[:40],
    )
    def test_wishes_that_mean_nothing_leave_no_folder(
        self, arguments: list[str], code: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
        ran = called(capsys, "pki", "new", tmp_path / "p", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert f"[{code}]" in " ".join(ran.err.split())
        assert not (tmp_path / "p").exists()

    def test_a_file_is_no_folder(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "file").touch()
        assert "pki.not-a-folder" in called(capsys, "pki", "new", tmp_path / "file").err

    def test_a_place_that_cannot_be_written_is_named(
        self, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
        ran = called(capsys, "pki", "new", tmp_path / "missing" / "p")
        assert ran.code == 2
        assert "pki.not-writable" in ran.err

    def test_a_full_disk_is_an_error_of_its_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(PkiError) as raised:
            folder.write(authority(), tmp_path / "p", NOW)
        assert raised.value.code == "pki.not-writable"
        assert not raised.value.permanent
        assert list((tmp_path / "p").glob(".*")) == []


class TestRevoke:
    @pytest.mark.parametrize("how", ["name", "path", "pem", "der", "decimal", "hex", "colons", "0x"])
    def test_a_certificate_is_named_in_any_usual_way(
        self, how: str, pki: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        name = "ardic-4812530769.p12"
        found = certificate(pki, name)
        number = f"{found.serial_number:x}"
        (tmp_path / "a.pem").write_bytes(found.public_bytes(Encoding.PEM))
        (tmp_path / "a.crt").write_bytes(found.public_bytes(Encoding.DER))
        given = {
            "name": name,
            "path": str(pki / name),
            "pem": str(tmp_path / "a.pem"),
            "der": str(tmp_path / "a.crt"),
            "decimal": str(found.serial_number),
            "hex": number.upper(),
            "colons": ":".join(re.findall("..", number)),
            "0x": f"0x{number}",
        }[how]
        assert called(capsys, "pki", "revoke", pki, given).code == 0
        assert found.serial_number in revoked(pki)

    def test_reason_and_moment_are_written_down(self, pki: Path, capsys: Capture) -> None:
        at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
        arguments = ("--reason", "keyCompromise", "--at", at.isoformat())
        assert called(capsys, "pki", "revoke", pki, "meltem-rsa-7359021640.p12", *arguments).code == 0
        serial = certificate(pki, "meltem-rsa-7359021640.p12").serial_number
        entry = revoked(pki, "mali-muhur-s3")[serial]
        assert entry.revocation_date_utc == at
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
        assert reason is x509.ReasonFlags.key_compromise

    def test_a_moment_without_a_zone_is_istanbuls(self, pki: Path, capsys: Capture) -> None:
        day = (datetime.now(UTC) - timedelta(days=2)).date()
        assert called(capsys, "pki", "revoke", pki, "sgk-7750409379.p12", "--at", f"{day}T01:00").code == 0
        entry = revoked(pki)[certificate(pki, "sgk-7750409379.p12").serial_number]
        assert entry.revocation_date_utc.isoformat() == f"{day - timedelta(days=1)}T22:00:00+00:00"

    def test_an_authority_can_be_revoked(self, pki: Path, capsys: Capture) -> None:
        assert called(capsys, "pki", "revoke", pki, "mali-muhur-s3.pem", "--reason", "cACompromise").code == 0
        (issuer,) = certificates_in_pem((pki / "mali-muhur-s3.pem").read_bytes())
        assert issuer.serial in revoked(pki, "test-root-ec")

    def test_the_new_list_is_as_good_as_the_old(self, pki: Path, capsys: Capture) -> None:
        before = x509.load_der_x509_crl((pki / "mali-muhur-s2.crl").read_bytes())
        called(capsys, "pki", "revoke", pki, "ardic-4812530769.p12")
        after = x509.load_der_x509_crl((pki / "mali-muhur-s2.crl").read_bytes())
        assert after.next_update_utc == before.next_update_utc
        assert after.last_update_utc >= before.last_update_utc
        (issuer,) = certificates_in_pem((pki / "mali-muhur-s2.pem").read_bytes())
        assert after.is_signature_valid(issuer.x509.public_key())  # type: ignore[arg-type]
        numbers = [each.extensions.get_extension_for_class(x509.CRLNumber).value for each in (before, after)]
        assert numbers[1].crl_number == numbers[0].crl_number + 1

    def test_a_suspension_can_be_made_final_or_lifted(self, pki: Path, capsys: Capture) -> None:
        for name, reason, listed in (
            ("kargo-9183746505.p12", "removeFromCRL", False),
            ("sgk-7750409379.p12", "superseded", True),
        ):
            assert called(capsys, "pki", "revoke", pki, name, "--reason", "certificateHold").code == 0
            assert certificate(pki, name).serial_number in revoked(pki)
            assert called(capsys, "pki", "revoke", pki, name, "--reason", reason).code == 0
            assert (certificate(pki, name).serial_number in revoked(pki)) is listed

    @pytest.mark.parametrize(
        ("given", "arguments", "code"),
        [
            ("nothing.p12", [], "pki.unknown-certificate"),
            ("12345", [], "pki.unknown-certificate"),
            ("", [], "pki.unknown-certificate"),
            ("README.txt", [], "pki.unknown-certificate"),
            ("mali-muhur-s2.crl", [], "pki.unknown-certificate"),
            ("authority/mali-muhur-s2.key.pem", [], "pki.unknown-certificate"),
            ("pretender-4812530769.p12", [], "pki.unknown-certificate"),
            ("test-root-rsa.pem", [], "pki.unknown-certificate"),
            ("revoked-4812530769.p12", [], "pki.already-revoked"),
            ("ardic-4812530769.p12", ["--reason", "removeFromCRL"], "pki.not-suspended"),
            ("ardic-4812530769.p12", ["--reason", "because"], "pki.bad-reason"),
            ("ardic-4812530769.p12", ["--at", "yesterday"], "pki.bad-time"),
            ("ardic-4812530769.p12", ["--at", "2999-01-01"], "pki.impossible-time"),
            ("ardic-4812530769.p12", ["--at", "2000-01-01"], "pki.impossible-time"),
            ("not-yet-valid-4812530769.p12", [], "pki.impossible-time"),
        ],
    )
    def test_what_cannot_be_revoked_changes_nothing(
        self, given: str, arguments: list[str], code: str, made: Path, capsys: Capture
    ) -> None:
        before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
        for language in ("tr", "en"):
            ran = called(capsys, "--lang", language, "pki", "revoke", made, given, *arguments)
            assert (ran.code, ran.out) == (2, "")
            assert f"[{code}]" in " ".join(ran.err.split())
        assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before

    def test_many_at_once_are_all_kept(self, pki: Path) -> None:
        names = [f"{plan.short}-{plan.owner.tax_id}.p12" for plan in cast.GOOD[:4]]
        running = [subprocess.Popen([ULAK, "pki", "revoke", pki, name], env=environment()) for name in names]
        assert [process.wait(60) for process in running] == [0] * len(names)
        listed = revoked(pki) | revoked(pki, "mali-muhur-s3")
        assert {certificate(pki, name).serial_number for name in names} <= set(listed)


class TestAFolderThatIsNoPki:
    @pytest.mark.parametrize("command", ["revoke", "serve"])
    @pytest.mark.parametrize("damage", ["missing", "empty", "no state", "no json", "other format", "no key", "bad key"])
    def test_is_named_with_what_is_wrong(self, command: str, damage: str, pki: Path, capsys: Capture) -> None:
        state = pki / folder.STATE
        if damage == "missing":
            shutil.rmtree(pki)
        elif damage == "empty":
            shutil.rmtree(pki)
            pki.mkdir()
        elif damage == "no state":
            state.unlink()
        elif damage == "no json":
            state.write_text("{")
        elif damage == "other format":
            state.write_text(json.dumps({"format": 99}))
        elif damage == "no key":
            (pki / "authority/tsa.key.pem").unlink()
        else:
            (pki / "authority/tsa.key.pem").write_text("x")
        arguments = ("ardic-4812530769.p12",) if command == "revoke" else ()
        ran = called(capsys, "pki", command, pki, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "pki.not-a-pki" in ran.err

    def test_what_is_read_is_what_was_written(self, tmp_path: Path) -> None:
        made = authority()
        folder.write(made, tmp_path / "p", NOW)
        read = folder.read(tmp_path / "p")
        assert (read.url, read.made_at, read.lasts_until) == (made.url, made.made_at, made.lasts_until)
        for name, issuer in made.issuers.items():
            again = read.issuers[name]
            assert (again.certificate, again.issued, again.revoked) == (
                issuer.certificate,
                issuer.issued,
                issuer.revoked,
            )
        assert read.stamper.certificate == made.stamper.certificate


@contextmanager
def served(place: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Iterator[tuple[str, Path]]:
    """``ulak pki serve`` in a process of its own: its address, and the file of its standard error."""
    told = place.parent / "told"
    with told.open("wb") as errors:
        command = [str(ULAK), "--lang", "en", "pki", "serve", str(place), "--listen", "127.0.0.1:0", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment(env))
    assert process.stdout
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline().decode())
        assert found, told.read_text()
        yield found[0], told
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 130
        process.stdout.close()


class TestServe:
    def test_it_serves_lists_as_they_change(self, pki: Path, capsys: Capture) -> None:
        with served(pki) as (url, told):
            before = httpx.get(f"{url}/mali-muhur-s2.crl").content
            assert called(capsys, "pki", "revoke", pki, "ardic-4812530769.p12").code == 0
            after = httpx.get(f"{url}/mali-muhur-s2.crl").content
            assert after == (pki / "mali-muhur-s2.crl").read_bytes() != before
            serial = str(certificate(pki, "ardic-4812530769.p12").serial_number)
            asked = ("-issuer", pki / "mali-muhur-s2.pem", "-url", f"{url}/ocsp", "-noverify", "-serial", serial)
            assert ": revoked" in openssl("ocsp", *asked)
            assert httpx.get(f"{url}/").text == (pki / "README.txt").read_text("utf-8")
            said = told.read_text()
        assert "GET /mali-muhur-s2.crl 200" in said
        assert "The certificates name http://127.0.0.1:8770" in said

    def test_it_stamps_through_openssl(self, pki: Path, tmp_path: Path) -> None:
        query, response = tmp_path / "q", tmp_path / "r"
        (tmp_path / "data").write_bytes(b"data")
        openssl("ts", "-query", "-data", tmp_path / "data", "-sha256", "-cert", "-out", query)
        with served(pki) as (url, _):
            response.write_bytes(httpx.post(f"{url}/tsa", content=query.read_bytes()).content)
        checked = ("-CAfile", pki / "test-root-rsa.pem", "-untrusted", pki / "zaman-damgasi-s1.pem")
        assert "Verification: OK" in openssl("ts", "-verify", "-queryfile", query, "-in", response, *checked)

    def test_without_openssl_the_rest_is_served(self, pki: Path, tmp_path: Path) -> None:
        with served(pki, env={"PATH": str(tmp_path)}) as (url, told):
            assert "pki.openssl-missing" in told.read_text()
            answer = httpx.post(f"{url}/tsa", content=b"x")
            assert answer.status_code == 503
            assert "apt-get install openssl" in answer.text
            assert httpx.get(f"{url}/mali-muhur-s2.crl").status_code == 200

    def test_a_broken_openssl_is_told_to_whoever_asks(self, pki: Path, tmp_path: Path) -> None:
        fake = tmp_path / "openssl"
        fake.write_text("#!/bin/sh\n[ $2 = -query ] && exit 0\necho it broke >&2; exit 1\n")
        fake.chmod(0o755)
        with served(pki, env={"PATH": f"{tmp_path}:/bin"}) as (url, _):
            answer = httpx.post(f"{url}/tsa", content=b"x")
        assert answer.status_code == 503
        assert "it broke" in answer.text

    def test_a_folder_that_goes_away_is_told_too(self, pki: Path) -> None:
        with served(pki) as (url, told):
            shutil.rmtree(pki)
            answer = httpx.get(f"{url}/mali-muhur-s2.crl")
            assert answer.status_code == 503
            assert "pki.not-a-pki" in answer.text
            assert "Traceback" not in told.read_text()

    def test_an_address_in_use_is_named(self, made: Path, capsys: Capture) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            ran = called(capsys, "pki", "serve", made, "--listen", address)
        assert (ran.code, ran.out) == (2, "")
        assert "pki.address-in-use" in ran.err
        assert address in ran.err

    @pytest.mark.parametrize("address", ["", "127.0.0.1", ":80", "127.0.0.1:x", "127.0.0.1:99999", "a b:80"])
    def test_an_address_that_is_none_is_named(self, address: str, made: Path, capsys: Capture) -> None:
        ran = called(capsys, "pki", "serve", made, "--listen", address)
        assert ran.code == 2
        assert "pki.bad-address" in ran.err

    def test_no_key_of_the_time_stamp_authority_is_left_behind(self, pki: Path, tmp_path: Path) -> None:
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        with served(pki, env={"TMPDIR": str(scratch)}):
            assert [stat.S_IMODE(path.stat().st_mode) for path in scratch.iterdir()] == [0o700]
        assert list(scratch.iterdir()) == []


def test_every_problem_is_said_in_both_languages() -> None:
    for code, problem in PROBLEMS.items():
        assert code.startswith("pki.")
        for text in (problem.text, problem.repair):
            assert text.tr
            assert text.en
            assert text.tr != text.en
            assert set(re.findall(r"{\w+}", text.tr)) == set(re.findall(r"{\w+}", text.en))
