"""Packages from strangers, unpacked in memory: within limits of size and number, and with names that stay inside."""

from __future__ import annotations

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path
from typing import IO, Final

from ulak.rules.problems import problem

__all__ = ["LIMITS", "Limits", "read_package"]

_OTHER_ARCHIVES: Final = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"%PDF": "PDF", b"BZh": "bzip2"}
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1 | 0x40
_LONGEST_NAME: Final = 240
_CHUNK: Final = 1 << 16


@dataclass(frozen=True)
class Limits:
    """What a package may weigh: number of entries, bytes of one file and of all files that are read."""

    files: int = 5_000
    file_bytes: int = 20 * 1024 * 1024
    total_bytes: int = 128 * 1024 * 1024


LIMITS: Final = Limits()


@dataclass
class _Budget:
    limits: Limits
    files: int = 0
    total: int = 0
    names: set[str] = field(default_factory=set)

    def count(self, name: str) -> None:
        self.files += 1
        if self.files > self.limits.files:
            raise problem("pack.too-many-files", limit=self.limits.files)
        # Two names that differ in case or in the way an accent is written are one file on many disks.
        alike = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if alike in self.names:
            raise problem("pack.zip.duplicate-name", name=name)
        self.names.add(alike)

    def spend(self, count: int) -> None:
        self.total += count
        if self.total > self.limits.total_bytes:
            raise problem("pack.too-large", limit=self.limits.total_bytes)


def read_package(path: Path, suffixes: tuple[str, ...], *, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Read the files of a zip archive or a folder whose names end in ``suffixes`` (small letters).

    An archive may hold archives, but those may not. Nothing is written to disk.

    Returns:
        path with forward slashes → content.

    Raises:
        PackError: ``pack.unreadable``, ``pack.not-zip``, ``pack.too-*`` or ``pack.zip.*``.
    """
    budget = _Budget(limits)
    try:
        if path.is_dir():
            found = dict(_read_folder(path, suffixes, budget))
        else:
            found = dict(_read_zip(_read_file(path, budget), suffixes, budget, "", nested=False))
    except OSError as error:
        raise problem("pack.unreadable", name=path.name, detail=error.strerror or str(error)) from error
    folders = {str(parent) for name in found for parent in Path(name).parents}
    for name in sorted(folders & set(found)):
        raise problem("pack.zip.duplicate-name", name=name)
    return found


def _read_file(path: Path, budget: _Budget) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(budget.limits.total_bytes + 1)
    if len(data) > budget.limits.total_bytes:
        raise problem("pack.too-large", limit=budget.limits.total_bytes)
    return data


def _read_folder(folder: Path, suffixes: tuple[str, ...], budget: _Budget) -> Iterator[tuple[str, bytes]]:
    for parent, folders, names in os.walk(folder):
        for name in sorted([*folders, *names]):
            path = Path(parent) / name
            relative = _safe(path.relative_to(folder).as_posix())
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise problem("pack.zip.link", name=relative)
            if stat.S_ISREG(mode):
                budget.count(relative)
                if relative.lower().endswith((*suffixes, ".zip")):
                    data = _bounded(path.open("rb"), relative, budget)
                    yield from _keep(relative, data, suffixes, budget, nested=False)
        folders.sort()


def _read_zip(
    data: bytes, suffixes: tuple[str, ...], budget: _Budget, prefix: str, *, nested: bool
) -> Iterator[tuple[str, bytes]]:
    for signature, kind in _OTHER_ARCHIVES.items():
        if data.startswith(signature):
            raise problem("pack.not-zip", kind=kind)
    if not data.startswith(b"PK"):
        raise problem("pack.not-zip", kind="?")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                name = prefix + _checked_name(info)
                if not info.is_dir():
                    budget.count(name)
                    if name.lower().endswith((*suffixes, ".zip")):
                        content = _bounded(archive.open(info), name, budget)
                        yield from _keep(name, content, suffixes, budget, nested=nested)
    except _BROKEN as error:
        raise problem("pack.zip.broken", detail=str(error) or type(error).__name__) from error


def _keep(
    name: str, data: bytes, suffixes: tuple[str, ...], budget: _Budget, *, nested: bool
) -> Iterator[tuple[str, bytes]]:
    if not name.lower().endswith(".zip"):
        yield name, data
    elif nested:
        raise problem("pack.zip.nested", name=name)
    else:
        yield from _read_zip(data, suffixes, budget, name[: -len(".zip")] + "/", nested=True)


def _checked_name(info: zipfile.ZipInfo) -> str:
    name = _safe(_decoded(info).rstrip("/") if info.is_dir() else _decoded(info))
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise problem("pack.zip.link", name=name)
    if info.flag_bits & _ENCRYPTED:
        raise problem("pack.zip.encrypted", name=name)
    return name


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: UTF-8, or the code page of a Turkish Windows where the archive does not say."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_NAME or name.isascii():
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp857", errors="replace")


def _safe(name: str) -> str:
    plain = name.replace("\\", "/")
    while plain.startswith("./"):
        plain = plain[2:]
    parts = plain.split("/")
    unsafe = (
        plain.startswith("/")
        or ":" in plain
        or len(plain) > _LONGEST_NAME
        or any(part in ("", ".", "..") or len(part.encode(errors="replace")) > _LONGEST_NAME for part in parts)
        or any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") for letter in plain)
    )
    if unsafe:
        raise problem("pack.zip.unsafe-name", name=ascii(name)[:100])
    return plain


def _bounded(stream: IO[bytes], name: str, budget: _Budget) -> bytes:
    """Read to the end, but never trust what the archive says of the size."""
    parts: list[bytes] = []
    size = 0
    with stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > budget.limits.file_bytes:
                raise problem("pack.file-too-large", name=name, limit=budget.limits.file_bytes)
            budget.spend(len(chunk))
            parts.append(chunk)
    return b"".join(parts)
