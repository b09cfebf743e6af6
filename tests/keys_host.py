"""A signing host for tests: `running` puts keys behind HTTPS on a free port."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ulak.seal.keys.host import Signed, SigningHost
from ulak.seal.keys.listening import Bounds, Listener, server_tls
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Secret, Wanted

TOKEN = "correct horse battery staple"


@dataclass
class Running:
    """A host that listens.

    Attributes:
        roots: what the client checks its TLS by.
        signed: every request to sign.
    """

    port: int
    roots: Path
    signed: list[Signed] = field(default_factory=list)

    def address(self, credential: str) -> str:
        return f"https://127.0.0.1:{self.port}#{credential}"


def token(wanted: Wanted) -> Secret:
    return Secret(TOKEN)


@cache
def _tls() -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    certificate = builder.add_extension(names, critical=False).sign(key, SHA256())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM), pem


def tls_files(folder: Path) -> tuple[Path, Path]:
    """Certificate and key of a host on this machine."""
    certificate, key = folder / "tls.pem", folder / "tls.key"
    certificate.write_bytes(_tls()[0])
    key.write_bytes(_tls()[1])
    return certificate, key


@contextmanager
def running(keys: Mapping[str, SealingKey], folder: Path, bounds: Bounds = Bounds()) -> Iterator[Running]:  # noqa: B008
    """Put keys behind HTTPS."""
    certificate, private = tls_files(folder)
    made = Running(0, certificate)
    service = SigningHost(keys, Secret(TOKEN), made.signed.append)
    ready, loop, stopped = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with Listener(service, server_tls(certificate, private), "127.0.0.1", 0, bounds) as listener:
            made.port = listener.port
            ready.set()
            await stopped.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()
