"""``ulak pki revoke`` revokes, suspends and lifts, renews the list, and changes nothing where it cannot."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from cli_support import ULAK, called, environment
from pki_folders import Capture, certificate, make_quickly, revoked
from seal_pki import NOW, authority
from ulak.seal.certificates import certificates_in_pem
from ulak.seal.pki import cast, folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKI that nobody may change."""
    return make_quickly(tmp_path_factory.mktemp("pki") / "pki")


@pytest.fixture
def pki(tmp_path: Path) -> Path:
    """A PKI that the test may change."""
    return make_quickly(tmp_path / "pki")


@pytest.mark.parametrize("how", ["name", "path", "pem", "der", "decimal", "hex", "colons", "0x"])
def test_a_certificate_is_named_in_any_usual_way(how: str, pki: Path, tmp_path: Path, capsys: Capture) -> None:
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


def test_reason_and_moment_are_written_down(pki: Path, capsys: Capture) -> None:
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    arguments = ("--reason", "keyCompromise", "--at", at.isoformat())
    assert called(capsys, "pki", "revoke", pki, "meltem-rsa-7359021640.p12", *arguments).code == 0
    serial = certificate(pki, "meltem-rsa-7359021640.p12").serial_number
    entry = revoked(pki, "mali-muhur-s3")[serial]
    assert entry.revocation_date_utc == at
    reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    assert reason is x509.ReasonFlags.key_compromise


def test_a_moment_without_a_zone_is_istanbuls(pki: Path, capsys: Capture) -> None:
    day = (datetime.now(UTC) - timedelta(days=2)).date()
    assert called(capsys, "pki", "revoke", pki, "sgk-7750409379.p12", "--at", f"{day}T01:00").code == 0
    entry = revoked(pki)[certificate(pki, "sgk-7750409379.p12").serial_number]
    assert entry.revocation_date_utc.isoformat() == f"{day - timedelta(days=1)}T22:00:00+00:00"


def test_an_authority_can_be_revoked(pki: Path, capsys: Capture) -> None:
    assert called(capsys, "pki", "revoke", pki, "mali-muhur-s3.pem", "--reason", "cACompromise").code == 0
    (issuer,) = certificates_in_pem((pki / "mali-muhur-s3.pem").read_bytes())
    assert issuer.serial in revoked(pki, "test-root-ec")


def test_the_new_list_is_as_good_as_the_old(pki: Path, capsys: Capture) -> None:
    before = x509.load_der_x509_crl((pki / "mali-muhur-s2.crl").read_bytes())
    called(capsys, "pki", "revoke", pki, "ardic-4812530769.p12")
    after = x509.load_der_x509_crl((pki / "mali-muhur-s2.crl").read_bytes())
    assert after.next_update_utc == before.next_update_utc
    assert after.last_update_utc >= before.last_update_utc
    (issuer,) = certificates_in_pem((pki / "mali-muhur-s2.pem").read_bytes())
    assert after.is_signature_valid(issuer.x509.public_key())  # type: ignore[arg-type]
    numbers = [each.extensions.get_extension_for_class(x509.CRLNumber).value for each in (before, after)]
    assert numbers[1].crl_number == numbers[0].crl_number + 1


def test_a_suspension_can_be_made_final_or_lifted(pki: Path, capsys: Capture) -> None:
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
    given: str, arguments: list[str], code: str, made: Path, capsys: Capture
) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    for language in ("tr", "en"):
        ran = called(capsys, "--lang", language, "pki", "revoke", made, given, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert f"[{code}]" in " ".join(ran.err.split())
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_many_at_once_are_all_kept(pki: Path) -> None:
    names = [f"{plan.short}-{plan.owner.tax_id}.p12" for plan in cast.GOOD[:4]]
    running = [subprocess.Popen([ULAK, "pki", "revoke", pki, name], env=environment()) for name in names]
    assert [process.wait(60) for process in running] == [0] * len(names)
    listed = revoked(pki) | revoked(pki, "mali-muhur-s3")
    assert {certificate(pki, name).serial_number for name in names} <= set(listed)


@pytest.mark.parametrize("command", ["revoke", "serve"])
@pytest.mark.parametrize("damage", ["missing", "empty", "no state", "no json", "other format", "no key", "bad key"])
def test_a_folder_that_is_no_pki_is_named(command: str, damage: str, pki: Path, capsys: Capture) -> None:
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


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
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
