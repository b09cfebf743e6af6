"""Keys that were made elsewhere, in ways that KamuSM's are not: they seal as any other, or it is said why not."""

from __future__ import annotations

import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cli_support import called
from keys_softhsm import PIN, make_softhsm, needs_softhsm
from seal_documents import document
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW, key
from ulak.seal.errors import SealError
from ulak.seal.keys.inventory import stores_at
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.secrets import Secret
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import verify

ORDER = "4812530769"
LETTERS = st.text(st.sampled_from(' \\,+"<>;=#aİ'), min_size=1, max_size=6)


def self_signed(folder: Path, subject: str, issuer: str) -> Path:
    """A key file whose certificate has these common names."""
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (issuer, subject)]
    owner = x509.Name([*names[1], x509.NameAttribute(NameOID.SERIAL_NUMBER, ORDER)])
    private = KNOWN_KEY.private_key
    made = (
        x509.CertificateBuilder(names[0], owner, KNOWN_KEY.certificate.x509.public_key(), 7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    path = folder / "own.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"own", private, made, None, NoEncryption()))
    return path


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=LETTERS, issuer=LETTERS)
@example(subject=" Ardıç ", issuer="Kök ")
@example(subject="\\ ", issuer=" \\")
@example(subject=" ", issuer=" ")
def test_any_name_is_written_so_that_the_seal_holds(tmp_path: Path, subject: str, issuer: str) -> None:
    with closing(open_key(f"pkcs12:{self_signed(tmp_path, subject, issuer)}")) as own:
        sealed = seal(document("Invoice"), own, at=NOW)
    report = verify(sealed, trust=Trust(TrustStore.read(KNOWN_TRUST)), at=NOW)
    assert [reason.code for reason in report.reasons if reason.code.startswith("seal.")] == []
    assert [note.code for note in report.deviations] == []


def test_a_key_that_is_bound_to_pss_does_not_seal(tmp_path: Path) -> None:
    made = tmp_path / "pss"
    new = ["req", "-x509", "-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048", "-nodes", "-days", "9"]
    new += ["-subj", f"/CN=PSS/serialNumber={ORDER}", "-keyout", f"{made}.key", "-out", f"{made}.pem"]
    pack = ["pkcs12", "-export", "-inkey", f"{made}.key", "-in", f"{made}.pem", "-passout", "pass:"]
    for arguments in (new, [*pack, "-out", f"{made}.p12"]):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)
    with pytest.raises(SealError) as caught:
        open_key(f"pkcs12:{made}.p12")
    assert caught.value.code == "key.unsupported"
    assert "RSASSA-PSS" in caught.value.text.en


@needs_softhsm
def test_a_certificate_may_have_another_label_than_its_key(tmp_path: Path) -> None:
    hsm = make_softhsm(tmp_path / "hsm")
    hsm.make_token("odd")
    hsm.add_key("odd", key("ardic").private_key, label="key", id_="0A")
    hsm.add_certificates("odd", key("ardic").certificate.x509, label="certificate", id_="0A")
    with hsm.in_this_process():
        for address in ("odd", "odd;object=key", "odd;object=key;id=%0A", "odd;object=certificate"):
            (store,) = stores_at(hsm.uri(address))
            assert not store.is_open
            (held,) = store.keys
            assert held.certificate == key("ardic").certificate
            open_key(held.address, secret=lambda wanted: Secret(PIN)).close()
        for address in ("odd;object=none", "odd;object=key;id=%0B"):
            (store,) = stores_at(hsm.uri(address))
            assert store.keys == ()


def test_a_key_of_which_no_end_is_known_is_not_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = tmp_path / "bare.p12"
    bare.write_bytes(pkcs12.serialize_key_and_certificates(b"x", KNOWN_KEY.private_key, None, None, NoEncryption()))
    ran = called(capsys, "--lang", "en", "keys", "forecast", f"pkcs12:{bare}", f"pkcs12:{KNOWN_KEY.p12}")
    assert ran.code == 2
    assert "[key.certificate-missing]" in ran.err
    assert "until" in ran.out
