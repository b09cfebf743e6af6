"""The folder of a test PKI: what ``--trust`` reads in plain sight, the authorities' own keys in ``authority/``."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from ulak.errors import Text
from ulak.seal.certificates import Certificate, certificates_in_pem
from ulak.seal.errors import SealError, error_of
from ulak.seal.pki.authority import Authority, Held
from ulak.seal.pki.issuer import Issuer, Revocation, Signer, Validity
from ulak.seal.pki.keymaking import key_from_pem, pem_of
from ulak.seal.pki.problems import PROBLEMS, PkiError
from ulak.seal.pki.readme import integrators_file, readme

__all__ = ["STATE", "changing", "p12_of", "pem_certificate", "read", "refuse_taken", "write", "write_crl"]

STATE: Final = "authority/pki.json"
_FORMAT: Final = 1
_DAMAGED: Final = Text(
    f"{STATE} ya da {Path(STATE).parent} klasöründeki bir anahtar bozuk",
    f"{STATE} or a key in the folder {Path(STATE).parent} is damaged",
)
_PRIVATE: Final = 0o600
_PUBLIC: Final = 0o644


def refuse_taken(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        PkiError: ``pki.not-a-folder``, ``pki.folder-not-empty`` or ``pki.not-writable``.
    """
    try:
        taken = any(folder.iterdir())
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise error_of(PkiError, PROBLEMS, "pki.not-a-folder", folder=folder) from None
    except OSError as error:
        raise _not_writable(folder, error) from None
    if taken:
        raise error_of(PkiError, PROBLEMS, "pki.folder-not-empty", folder=folder)


def write(made: Authority, folder: Path, at: datetime) -> None:
    """Write all of a new PKI into a new or empty folder, its lists as of ``at``.

    Raises:
        PkiError: ``pki.not-writable``, or as `refuse_taken` does.
    """
    refuse_taken(folder)
    try:
        folder.mkdir(exist_ok=True)
        (folder / "authority").mkdir(mode=0o700)
    except OSError as error:
        raise _not_writable(folder / "authority", error) from None
    for held in made.keys.values():
        _put(folder / f"{held.name}.p12", p12_of(held), _PRIVATE)
    for issuer in made.issuers.values():
        _write_issuer(issuer, folder)
        write_crl(made, issuer, folder, at)
    _write_signer(made.stamper, folder / "authority", "tsa")
    _put(folder / "authority/pretender.pem", b"".join(map(pem_certificate, made.pretender)))
    _put(folder / "integrators.txt", integrators_file(made).encode())
    _put(folder / "README.txt", readme(made).encode())
    _write_state(made, folder)


def p12_of(held: Held) -> bytes:
    """The key with its certificate and those of its issuers, without the root, as PKCS#12 without a password."""
    chain = [certificate.x509 for certificate in held.chain if not certificate.is_self_issued]
    return serialize_key_and_certificates(held.name.encode(), held.key, held.certificate.x509, chain, NoEncryption())


def pem_certificate(certificate: Certificate) -> bytes:
    return certificate.x509.public_bytes(Encoding.PEM)


def write_crl(made: Authority, issuer: Issuer, folder: Path, at: datetime) -> None:
    """Renew the revocation list of one authority."""
    _put(folder / f"{issuer.name}.crl", made.crl(issuer.name, at))


@contextmanager
def changing(folder: Path) -> Iterator[Authority]:
    """Read a PKI to change it; what changed is written at the end. Others that would change it wait so long.

    Raises:
        PkiError: ``pki.not-a-pki`` or ``pki.not-writable``.
    """
    state = folder / STATE
    try:
        lock = os.open(state.parent, os.O_RDONLY)
    except OSError as error:
        raise _no_pki(folder, error.strerror) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = read(folder)
        yield made
        _write_state(made, folder)
    finally:
        os.close(lock)


def read(folder: Path) -> Authority:
    """A PKI as it was last written, without the keys of firms and persons.

    Raises:
        PkiError: ``pki.not-a-pki``.
    """
    try:
        return _authority(folder, json.loads((folder / STATE).read_bytes()))
    except OSError as error:
        raise _no_pki(folder, f"{error.filename}: {error.strerror}") from None
    except SealError as error:
        raise _no_pki(folder, error.text) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _no_pki(folder, _DAMAGED) from None


def _authority(folder: Path, state: dict[str, Any]) -> Authority:
    if state["format"] != _FORMAT:
        raise ValueError(state["format"])
    private = folder / "authority"
    issuers: dict[str, Issuer] = {}
    for row in state["issuers"]:
        issuers[row["name"]] = _issuer(folder, row, issuers)
    return Authority(
        url=state["url"],
        made_at=datetime.fromisoformat(state["made_at"]),
        stamper=_signer(private / "tsa.pem", private / "tsa.key.pem"),
        integrator=state["integrator"],
        lasts_until=datetime.fromisoformat(state["lasts_until"]),
        issuers=issuers,
    )


def _issuer(folder: Path, row: dict[str, Any], above: dict[str, Issuer]) -> Issuer:
    name, private = row["name"], folder / "authority"
    answering = private / f"{name}.ocsp.pem"
    return Issuer(
        name,
        _signer(folder / f"{name}.pem", private / f"{name}.key.pem"),
        above[row["parent"]] if row["parent"] else None,
        _signer(answering, private / f"{name}.ocsp.key.pem") if row["parent"] else None,
        {int(serial, 16): Validity(*map(datetime.fromisoformat, span)) for serial, span in row["issued"].items()},
        {int(serial, 16): Revocation(datetime.fromisoformat(at), why) for serial, (at, why) in row["revoked"].items()},
        row["crl_number"],
    )


def _signer(certificate: Path, key: Path) -> Signer:
    return Signer(certificates_in_pem(certificate.read_bytes())[0], key_from_pem(key.read_bytes()))


def _write_issuer(issuer: Issuer, folder: Path) -> None:
    private = folder / "authority"
    _put(folder / f"{issuer.name}.pem", pem_certificate(issuer.certificate))
    _put(private / f"{issuer.name}.key.pem", pem_of(issuer.signer.key), _PRIVATE)
    if issuer.responder:
        _write_signer(issuer.responder, private, f"{issuer.name}.ocsp")


def _write_signer(signer: Signer, folder: Path, name: str) -> None:
    _put(folder / f"{name}.pem", pem_certificate(signer.certificate))
    _put(folder / f"{name}.key.pem", pem_of(signer.key), _PRIVATE)


def _write_state(made: Authority, folder: Path) -> None:
    state = {
        "format": _FORMAT,
        "url": made.url,
        "made_at": made.made_at.isoformat(),
        "lasts_until": made.lasts_until.isoformat(),
        "integrator": made.integrator,
        "issuers": [_row(issuer) for issuer in made.issuers.values()],
    }
    _put(folder / STATE, json.dumps(state, indent=1).encode() + b"\n", _PRIVATE)


def _row(issuer: Issuer) -> dict[str, Any]:
    return {
        "name": issuer.name,
        "parent": issuer.parent.name if issuer.parent else "",
        "crl_number": issuer.crl_number,
        "issued": {format(n, "x"): [span.begin.isoformat(), span.end.isoformat()] for n, span in issuer.issued.items()},
        "revoked": {format(n, "x"): [gone.at.isoformat(), gone.reason] for n, gone in issuer.revoked.items()},
    }


def _put(path: Path, data: bytes, mode: int = _PUBLIC) -> None:
    """Write a file so that a reader sees the old or the new one, never half of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(data)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise _not_writable(path, error) from None


def _not_writable(path: Path, error: OSError) -> PkiError:
    return error_of(PkiError, PROBLEMS, "pki.not-writable", file=path, detail=error.strerror)


def _no_pki(folder: Path, detail: Text | str | None) -> PkiError:
    return error_of(PkiError, PROBLEMS, "pki.not-a-pki", folder=folder, detail=detail)
