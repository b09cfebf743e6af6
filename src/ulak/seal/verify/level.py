"""Which level of XAdES a seal claims by what it contains, before anything of it was checked."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ulak.seal.names import xades, xades141

__all__ = ["has_stamps", "level_found"]

_LEVELS: Final = (
    ("A", (xades("ArchiveTimeStamp"), xades141("ArchiveTimeStamp"))),
    ("X-L", (xades("CertificateValues"), xades("RevocationValues"))),
    ("X", (xades("SigAndRefsTimeStamp"), xades("RefsOnlyTimeStamp"))),
    ("C", (xades("CompleteCertificateRefs"), xades("CompleteRevocationRefs"))),
    ("T", (xades("SignatureTimeStamp"),)),
)
_STAMPS: Final = tuple(name for level, names in _LEVELS if level in ("A", "X", "T") for name in names)


def level_found(unsigned: etree._Element | None) -> str:
    """``BES``, ``T``, ``C``, ``X``, ``X-L`` or ``A``: the highest whose elements are there (TS 101 903 V1.4.2, 4.4)."""
    if unsigned is None:
        return "BES"
    found = {element.tag for part in unsigned for element in part}
    return next((level for level, names in _LEVELS if found.intersection(names)), "BES")


def has_stamps(unsigned: etree._Element | None) -> bool:
    """Whether there are time stamps that could prove an earlier moment."""
    return unsigned is not None and any(element.tag in _STAMPS for part in unsigned for element in part)
