"""What is trusted to begin with: roots, and what helps to reach them.

Production and test roots of KamuSM are configuration: a store holds one folder, and never another unless it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ulak.seal.certificates import Certificate, certificate_of, certificates_in_pem
from ulak.seal.errors import SealError
from ulak.seal.trust.crl import Crl, crl_of
from ulak.seal.trust.naming import name_of
from ulak.seal.trust.problems import failure

__all__ = ["TrustStore"]

_CERTIFICATES: Final = (".pem", ".crt", ".cer")
_MAX_BYTES: Final = 64 * 1024 * 1024
_VKN: Final = re.compile(r"\d{10}")
_INTEGRATORS: Final = "integrators.txt"


@dataclass(frozen=True)
class TrustStore:
    """Roots, and certificates and lists that help to judge; nothing but the roots is trusted.

    Attributes:
        roots: trust anchors. A certificate that is an anchor itself is trusted without a chain and without asking
            whether it was revoked (EN 319 102-1 does not check anchors), but only in its validity and purpose.
        intermediates: certificates of issuers that need not be in a document.
        crls: revocation lists, DER.
        integrators: VKN of the integrators whose seal is accepted on documents of others.
    """

    roots: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    integrators: frozenset[str] = frozenset()
    _anchors: frozenset[Certificate] = field(init=False, repr=False, compare=False)
    _by_subject: dict[object, tuple[Certificate, ...]] = field(init=False, repr=False, compare=False)
    _lists: dict[object, tuple[Crl, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_subject: dict[object, tuple[Certificate, ...]] = {}
        for certificate in dict.fromkeys((*self.roots, *self.intermediates)):
            name = name_of(certificate.x509.subject.public_bytes())
            by_subject[name] = (*by_subject.get(name, ()), certificate)
        lists: dict[object, tuple[Crl, ...]] = {}
        for read in map(crl_of, self.crls):
            name = name_of(read.issuer)
            lists[name] = (*lists.get(name, ()), read)
        object.__setattr__(self, "_anchors", frozenset(self.roots))
        object.__setattr__(self, "_by_subject", by_subject)
        object.__setattr__(self, "_lists", lists)

    @classmethod
    def read(cls, folder: Path | str) -> TrustStore:
        """Read a folder, not its subfolders.

        Of files named ``*.pem``, ``*.crt``, ``*.cer`` (PEM or DER): those with ``root`` in the name hold roots (what is
        not self-issued in them helps to reach one), those with ``pinned`` hold certificates trusted as they are, all
        others help. ``*.crl`` (DER or PEM) are revocation lists; ``integrators.txt`` has a VKN a line, remarks after #.

        Raises:
            TrustFailure: ``trust.folder-*``, ``trust.file-*``, ``trust.integrator-broken``.
        """
        place = Path(folder)
        roots: list[Certificate] = []
        others: list[Certificate] = []
        crls: list[bytes] = []
        for file in _files(place):
            if file.suffix.lower() in _CERTIFICATES:
                for certificate in _certificates(file):
                    (roots if _is_root(file, certificate) else others).append(certificate)
            elif file.suffix.lower() == ".crl":
                crls.append(_crl(file))
        if not roots:
            raise failure("trust.folder-without-root", folder=place)
        return cls(tuple(roots), tuple(others), tuple(crls), _integrators(place / _INTEGRATORS))

    def is_anchor(self, certificate: Certificate) -> bool:
        return certificate in self._anchors

    def named(self, name: object) -> tuple[Certificate, ...]:
        """Roots and intermediates with this subject (`name_of`), roots first."""
        return self._by_subject.get(name, ())

    def crls_of(self, issuer: Certificate) -> tuple[Crl, ...]:
        """Lists that name this issuer."""
        return self._lists.get(name_of(issuer.x509.subject.public_bytes()), ())


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise failure("trust.folder-missing", folder=folder)
    try:
        return sorted(file for file in folder.iterdir() if file.is_file())
    except OSError as error:
        raise failure("trust.folder-unreadable", detail=error) from error


def _read(file: Path) -> bytes:
    try:
        if (size := file.stat().st_size) > _MAX_BYTES:
            raise failure("trust.file-too-large", file=file, size=size, limit=_MAX_BYTES)
        return file.read_bytes()
    except OSError as error:
        raise failure("trust.folder-unreadable", detail=error) from error


def _is_root(file: Path, certificate: Certificate) -> bool:
    name = file.stem.lower()
    return "pinned" in name or ("root" in name and certificate.is_self_issued)


def _certificates(file: Path) -> tuple[Certificate, ...]:
    data = _read(file)
    try:
        return certificates_in_pem(data) if b"-----BEGIN" in data else (certificate_of(data),)
    except SealError as error:
        raise failure("trust.file-broken", file=file, detail=error.text) from error


def _crl(file: Path) -> bytes:
    data = _read(file)
    try:
        return crl_of(data).der
    except ValueError as error:
        raise failure("trust.file-broken", file=file, detail=error) from error


def _integrators(file: Path) -> frozenset[str]:
    if not file.exists():
        return frozenset()
    try:
        return frozenset(_numbers(_read(file).decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise failure("trust.file-broken", file=file, detail=error) from error


def _numbers(lines: Iterable[str]) -> Iterator[str]:
    for count, line in enumerate(lines, 1):
        value = line.split("#", 1)[0].strip()
        if value and not _VKN.fullmatch(value):
            raise failure("trust.integrator-broken", number=count, value=value)
        if value:
            yield value
