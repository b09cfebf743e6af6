"""What keys of all stores have in common: a name, and certificates that say whose they are."""

from __future__ import annotations

from typing import Final

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate

__all__ = ["CertifiedKey"]


class CertifiedKey:
    """The half of a `ulak.seal.keys.port.SealingKey` that is the same wherever the key lives.

    Attributes:
        certificate: of the one who seals.
        chain: certificates of the issuers, nearest first.
    """

    def __init__(self, name: str, certificates: tuple[Certificate, ...]) -> None:
        """The key's own certificate comes first, then its issuers'."""
        self.name: Final = name
        self.certificate: Final = certificates[0]
        self.chain: Final = certificates[1:]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    @property
    def algorithm(self) -> Algorithm:
        return self.certificate.algorithm
