"""The trust that commands judge certificates by: a folder of roots, and the network only if a person asks for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ulak.seal.trust import Policy, Revocation, Trust, TrustStore

__all__ = ["TRUST", "trust_of"]

TRUST: Final = "ULAK_TRUST"


def trust_of(
    folder: str | None,
    *,
    online: bool,
    revocation: Revocation = Revocation.OCSP_FIRST,
    environment: Mapping[str, str] = os.environ,
) -> Trust:
    """The trust of a folder, else of ``ULAK_TRUST``, else one that knows no root.

    Args:
        online: whether addresses in certificates may be asked; every run asks anew.
        revocation: which proofs of not being revoked are asked for.

    Raises:
        TrustFailure: the folder cannot be read, or a file in it.
    """
    named = folder or environment.get(TRUST)
    store = TrustStore.read(Path(named)) if named else TrustStore()
    return Trust(store, Policy(online=online, revocation=revocation))
