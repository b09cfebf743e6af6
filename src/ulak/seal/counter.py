"""A second seal over the first: the customer's on a user-account message that the integrator has sealed.

The counter-signature covers the first seal's ``ds:SignatureValue`` and stands in its unsigned properties, so the
integrator seals first (Özel Entegrasyon Kılavuzu V1.13, 5.2; GİB's samples 4, 5, 8 and 9).
"""

from __future__ import annotations

from datetime import datetime

from ulak.seal.canonical import canonical_element
from ulak.seal.certificates import Certificate
from ulak.seal.keys.port import SealingKey
from ulak.seal.levels.draft import PREFIXES_WRITTEN, Draft
from ulak.seal.levels.parts import only_seal
from ulak.seal.names import C14N_COMMENTS, xades
from ulak.seal.problems import problem
from ulak.seal.sealing import ROLE, Prepared, refuse_unfit
from ulak.seal.verdicts import Trusted
from ulak.seal.xades import Scope, Unsigned, reference_to_value
from ulak.xml import MAX_BYTES, parse

__all__ = ["counter_seal", "prepare_counter_seal"]


def counter_seal(
    document: bytes,
    key: SealingKey,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    role: str = ROLE,
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """Seal the seal of a document.

    Args:
        document: sealed once (`ulak.seal.sealing.seal`); whether that seal can be trusted is the caller's to know.
        key: of the second signatory.
        at: the signing time, with zone.
        trusted: what is known of the key's certificate at that time.
        role: the claimed role.
        max_bytes: the largest document that is read.

    Raises:
        LevelFailure: ``level.*`` if the document carries no seal or several, or one that is not XAdES or does not fit.
        SealingError: ``seal.nothing-to-countersign``, ``seal.already-countersigned`` and those of an unfit key.
        SealError: ``key.*``, from the key.
    """
    prepared = prepare_counter_seal(document, key.certificate, at=at, trusted=trusted, role=role, max_bytes=max_bytes)
    return prepared.with_value(key.sign(prepared.digest))


def prepare_counter_seal(
    document: bytes,
    certificate: Certificate,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    role: str = ROLE,
    max_bytes: int = MAX_BYTES,
) -> Prepared:
    """Do all of `counter_seal` but sign; takes and raises the same."""
    refuse_unfit(certificate, at, trusted)
    draft = Draft(document, only_seal(parse(document, max_bytes=max_bytes)))
    value_id = draft.parts.value.get("Id")
    if not value_id:
        raise problem("seal.nothing-to-countersign")
    if any(found.tag == xades("CounterSignature") for found in draft.parts.properties):
        raise problem("seal.already-countersigned")
    unsigned = Unsigned.build(
        reference_to_value(
            value_id, certificate.algorithm.digest.of(canonical_element(draft.parts.value, C14N_COMMENTS))
        ),
        certificate,
        scope=Scope.below(draft.place, PREFIXES_WRITTEN),
        at=at,
        id=f"Counter_{draft.parts.id.removeprefix('Signature_')}",
        role=role,
    )
    empty = unsigned.with_value(b"").decode()
    draft.add(f"<xades:CounterSignature{draft.declared}>{empty}</xades:CounterSignature>")
    before, _, after = draft.finish().partition(empty.encode())
    return Prepared(unsigned, before, (after,))
