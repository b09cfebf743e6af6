"""Makes the committed keys of the tests anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from ulak.seal.pki.issuer import Issuer, Signer, Validity, certify
from ulak.seal.pki.keymaking import KeyKind, generate, pem_of
from ulak.seal.pki.profiles import AUTHORITY, MALI_MUHUR, ROOT, authority_name, extensions, holder_name

HERE: Final = Path(__file__).parent
POOL: Final = {KeyKind.RSA_2048: 48, KeyKind.EC_P384: 12, KeyKind.RSA_1024: 2}
LONG: Final = Validity(datetime(2025, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
LONGER: Final = Validity(datetime(2024, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC))
URL: Final = "http://pki.invalid"


def make_pool() -> None:
    for kind, count in POOL.items():
        (HERE / f"pool-{kind.value}.pem").write_bytes(b"".join(pem_of(generate(kind)) for _ in range(count)))


def make_known() -> None:
    for name, kind, serial in (("known", KeyKind.RSA_2048, 100), ("known-ec", KeyKind.EC_P384, 200)):
        issuer = _issuer(name, kind, serial)
        key = generate(kind)
        subject = holder_name("Ardıç Ticaret A.Ş.", "4812530769")
        made = issuer.issue(subject, key, MALI_MUHUR, LONG, serial=serial + 2, url=URL)
        (HERE / f"{name}.key.pem").write_bytes(pem_of(key))
        (HERE / f"{name}.pem").write_bytes(b"".join(c.x509.public_bytes(Encoding.PEM) for c in (made, *issuer.chain)))
        p12 = serialize_key_and_certificates(name.encode(), key, made.x509, [issuer.certificate.x509], NoEncryption())
        (HERE / f"{name}.p12").write_bytes(p12)


def _issuer(name: str, kind: KeyKind, serial: int) -> Issuer:
    root_key, key = generate(kind), generate(kind)
    said = [*extensions(ROOT, None)]
    certificate = certify(authority_name(f"Kök - {name}"), root_key, None, said, LONGER, serial)
    root = Issuer(f"{name}-root", Signer(certificate, root_key))
    title = authority_name(f"Mali Mühür - {name}")
    made = root.issue(title, key, AUTHORITY, LONGER, serial=serial + 1, url=URL)
    issuer = Issuer(f"{name}-issuer", Signer(made, key), root)
    for each in (root, issuer):
        folder = HERE / "known"
        folder.mkdir(exist_ok=True)
        (folder / f"{each.name}.pem").write_bytes(each.certificate.x509.public_bytes(Encoding.PEM))
        (folder / f"{each.name}.crl").write_bytes(each.crl(LONG.begin, LONG.end))
    return issuer


if __name__ == "__main__":
    make_pool()
    make_known()
