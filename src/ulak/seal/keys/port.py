"""What every key that seals can do, wherever it lives."""

from __future__ import annotations

from typing import Protocol

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate

__all__ = ["SealingKey"]


class SealingKey(Protocol):
    """A private key and its certificate. One object is used by one thread at a time.

    Every failure is a `ulak.seal.keys.problems.KeyFailure` with a stable ``key.*`` code; ``permanent`` is False where
    the same call may succeed later (token away, host unreachable).
    """

    @property
    def name(self) -> str:
        """How a person tells the key from others; never holds a secret."""
        ...

    @property
    def certificate(self) -> Certificate:
        """Of the one who seals."""
        ...

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """Certificates of the issuers, nearest first, as far as the key's store holds them."""
        ...

    @property
    def algorithm(self) -> Algorithm: ...

    def sign(self, digest: bytes) -> bytes:
        """Sign a digest made with ``algorithm.digest``.

        Returns:
            the signature as XML Signature writes it: PKCS#1 v1.5 for RSA; r and s, each as long as the curve's order,
            for EC (RFC 4050).
        """
        ...

    def close(self) -> None:
        """Give back sessions and connections; the key may not be used afterwards. Closing twice is allowed."""
        ...
