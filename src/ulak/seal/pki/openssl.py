"""Time stamps made by the ``openssl`` command with the test PKI's key: a foreign authority for our client."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding

from ulak.seal.certificates import Certificate
from ulak.seal.errors import error_of
from ulak.seal.pki.issuer import Signer
from ulak.seal.pki.keymaking import pem_of
from ulak.seal.pki.problems import PROBLEMS, PkiError
from ulak.seal.pki.profiles import TSA_POLICY
from ulak.seal.pki.stamping import refusal

__all__ = ["OpensslStamper", "openssl_stamper"]

_SECONDS: Final = 20
_CONFIGURATION: Final = f"""
[tsa]
serial = serial
crypto_device = builtin
signer_cert = {{home}}/tsa.pem
certs = {{home}}/chain.pem
signer_key = {{home}}/tsa.key.pem
signer_digest = sha256
default_policy = {TSA_POLICY}
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class OpensslStamper:
    """Answers time stamp requests by ``openssl ts -reply``, at the time of the machine's clock.

    Args:
        home: a private folder with ``tsa.pem``, ``chain.pem``, ``tsa.key.pem`` and ``tsa.cnf``.
        command: the path of openssl.
    """

    def __init__(self, home: Path, command: str) -> None:
        self._home = home
        self._command = command

    def __call__(self, request: bytes) -> bytes:
        """The response (DER) to a request (DER); what is no request is refused (``bad_data_format``).

        Raises:
            PkiError: ``pki.openssl-failed``.
        """
        with tempfile.TemporaryDirectory(dir=self._home) as name:
            here = Path(name)
            (here / "serial").write_text(f"{secrets.randbits(63) | 1 << 63:X}\n")
            (here / "request.tsq").write_bytes(request)
            if self._run(here, "-query", "-in", "request.tsq", "-text").returncode:
                return refusal("bad_data_format")
            made = self._run(here, "-reply", "-queryfile", "request.tsq", "-out", "response.tsr", *self._options)
            response = here / "response.tsr"
            if made.returncode or not response.exists():
                detail = made.stderr.decode(errors="replace").strip()[-300:]
                raise error_of(PkiError, PROBLEMS, "pki.openssl-failed", detail=detail)
            return response.read_bytes()

    @property
    def _options(self) -> tuple[str, ...]:
        return "-config", str(self._home / "tsa.cnf"), "-section", "tsa"

    def _run(self, here: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [self._command, "ts", *arguments]
        try:
            return subprocess.run(command, cwd=here, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise error_of(PkiError, PROBLEMS, "pki.openssl-failed", detail=error) from None


@contextmanager
def openssl_stamper(
    by: Signer, chain: tuple[Certificate, ...], environment: Mapping[str, str]
) -> Iterator[OpensslStamper]:
    """A stamper that lives as long as its temporary folder.

    Raises:
        PkiError: ``pki.openssl-missing`` if the ``PATH`` of the environment has no openssl.
    """
    command = shutil.which("openssl", path=environment.get("PATH", ""))
    if command is None:
        raise error_of(PkiError, PROBLEMS, "pki.openssl-missing")
    with tempfile.TemporaryDirectory(prefix="ulak-tsa-") as name:
        home = Path(name)
        (home / "tsa.pem").write_bytes(by.certificate.x509.public_bytes(Encoding.PEM))
        (home / "chain.pem").write_bytes(b"".join(each.x509.public_bytes(Encoding.PEM) for each in chain))
        (home / "tsa.key.pem").write_bytes(pem_of(by.key))
        (home / "tsa.cnf").write_text(_CONFIGURATION.format(home=home))
        yield OpensslStamper(home, command)
