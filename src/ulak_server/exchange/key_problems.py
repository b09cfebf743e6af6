"""What can be wrong with the choice of a key that seals; what is wrong with a key itself is `ulak.seal.keys`'s."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "SealingKeyError", "problem"]


class SealingKeyError(UlakError):
    """There is no key to seal with, or it is not the one who has to seal."""


PROBLEMS: Final[Table] = {
    "sealing-key.missing": Problem(
        Text("Mühürleyecek anahtarın adresi verilmemiş.", "No address of a key that seals was given."),
        Text(
            "Entegratör için ULAK_SEAL_KEY'i, kendi mührünü kullanan mükellef için anahtar adresini ayarlayın.",
            "Set ULAK_SEAL_KEY for the integrator, or the key's address of a taxpayer with a seal of their own.",
        ),
        permanent=False,
    ),
    "sealing-key.other-owner": Problem(
        Text(
            "Anahtarın sertifikası {found} numarasına ait; mührün {wanted} adına olması gerekir.",
            "The key's certificate belongs to {found}; the seal has to be {wanted}'s.",
        ),
        Text("Doğru anahtarın adresini verin.", "Give the address of the right key."),
        permanent=False,
    ),
    "sealing-key.changed": Problem(
        Text(
            "Mühürlenirken anahtarın yerine başka bir anahtar geldi.",
            "Another key took the place of the key while it was being used.",
        ),
        Text("Yeni anahtarla kendiliğinden yeniden denenir.", "It is tried again with the new key by itself."),
        permanent=False,
    ),
}


def problem(code: str, **facts: Any) -> SealingKeyError:
    """The error of a code."""
    return error_of(SealingKeyError, PROBLEMS, code, **facts)
