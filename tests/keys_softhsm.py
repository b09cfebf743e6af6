"""Tokens of SoftHSM2 for tests, each test with a folder of its own.

The module reads its configuration when a process first initialises it; what is to happen in a fresh process goes
through `run`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

SOURCES: Final = Path(__file__).parents[1] / "src"
_PLACES: Final = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
MODULE: Final = next((Path(place) for place in _PLACES if Path(place).exists()), Path(_PLACES[0]))
needs_softhsm = pytest.mark.skipif(
    not (MODULE.exists() and shutil.which("softhsm2-util")), reason="SoftHSM2 is not installed (make test installs it)"
)
PIN: Final = "271828"
SO_PIN: Final = "31415926"


class SoftHsm(NamedTuple):
    """A folder with tokens.

    Attributes:
        folder: holds ``tokens`` and the configuration.
    """

    folder: Path

    @property
    def tokens(self) -> Path:
        return self.folder / "tokens"

    @property
    def environment(self) -> dict[str, str]:
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    def util(self, *arguments: str) -> str:
        """Run softhsm2-util on these tokens."""
        ran = subprocess.run(
            ["softhsm2-util", *arguments], env={**os.environ, **self.environment}, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr or ran.stdout
        return ran.stdout

    def make_token(self, label: str, pin: str = PIN) -> str:
        """Make a token; returns its serial number."""
        self.util("--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", pin)
        shown = self.util("--show-slots")
        found = re.search(
            rf"Serial number:\s+(\w+)\s+Initialized:\s+yes\s+User PIN init.:\s+yes\s+Label:\s+{label}\s", shown
        )
        assert found, shown
        return found[1]

    def add_key(
        self,
        token: str,
        key: PrivateKeyTypes,
        label: str = "seal",
        id_: str = "A1",
        pin: str = PIN,
        public: bool = True,
    ) -> None:
        """Import a private key."""
        path = self.folder / f"{label}-{id_}.pem"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        more = [] if public else ["--no-public-key"]
        self.util("--import", str(path), "--token", token, "--label", label, "--id", id_, "--pin", pin, *more)
        path.unlink()

    def add_certificates(
        self, token: str, *certificates: x509.Certificate, label: str = "seal", id_: str = "A1", pin: str = PIN
    ) -> None:
        """Put certificates on a token: the first with the key's id, its issuers without."""
        paths = [self.folder / f"certificate-{at}.der" for at, _ in enumerate(certificates)]
        for path, certificate in zip(paths, certificates, strict=True):
            path.write_bytes(certificate.public_bytes(Encoding.DER))
        self.run(_PUT_CERTIFICATES, str(MODULE), token, pin, label, id_, *map(str, paths))

    def run(self, program: str, *arguments: str, env: Mapping[str, str] | None = None, code: int = 0) -> str:
        """Run a program in a fresh Python process that sees these tokens; returns what it printed."""
        ran = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env={**os.environ, "PYTHONPATH": str(SOURCES), **self.environment, **(env or {})},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout

    def uri(self, token: str, **more: str) -> str:
        """The address of a token's key."""
        parts = ";".join([f"token={token}", *(f"{name}={value}" for name, value in more.items())])
        return f"pkcs11:{parts}?module-path={MODULE}"

    @contextmanager
    def in_this_process(self) -> Iterator[None]:
        """Let this process see these tokens: the module is initialised anew here and behind."""
        from ulak.seal.keys.module import module_at

        before = os.environ.get("SOFTHSM2_CONF")
        os.environ.update(self.environment)
        try:
            with module_at(MODULE).lock:
                module_at(MODULE).renew()
            yield
        finally:
            if before is None:
                del os.environ["SOFTHSM2_CONF"]
            else:
                os.environ["SOFTHSM2_CONF"] = before

    def remove(self) -> None:
        """Pull out everything: the folder of the tokens goes away."""
        self.tokens.rename(self.folder / "removed")

    def restore(self) -> None:
        """Put the tokens back."""
        (self.folder / "removed").rename(self.tokens)


def make_softhsm(folder: Path) -> SoftHsm:
    """An empty folder for tokens."""
    made = SoftHsm(folder)
    made.tokens.mkdir(parents=True)
    lines = (f"directories.tokendir = {made.tokens}", "objectstore.backend = file", "log.level = ERROR")
    (folder / "softhsm2.conf").write_text("\n".join(lines) + "\n")
    return made


_PUT_CERTIFICATES: Final = """
import sys
import pkcs11
from pkcs11 import Attribute, CertificateType, ObjectClass
from asn1crypto import x509
module, label, pin, name, id_, *paths = sys.argv[1:]
token = next(t for t in pkcs11.lib(module).get_tokens() if t.label == label)
with token.open(rw=True, user_pin=pin) as session:
    for at, path in enumerate(paths):
        der = open(path, "rb").read()
        read = x509.Certificate.load(der)
        session.create_object({
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True,
            Attribute.LABEL: name if at == 0 else f"issuer {at}",
            Attribute.ID: bytes.fromhex(id_) if at == 0 else b"",
            Attribute.SUBJECT: read.subject.dump(),
            Attribute.ISSUER: read.issuer.dump(),
            Attribute.SERIAL_NUMBER: read["tbs_certificate"]["serial_number"].dump(),
            Attribute.VALUE: der,
        })
"""
