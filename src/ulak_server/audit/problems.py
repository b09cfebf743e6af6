"""What can be wrong with the audit log: codes ``audit.*``."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "AuditFault", "audit_fault"]


class AuditFault(UlakError):
    """The log is not as it was sealed.

    Attributes:
        block: in which block; 0 if none.
        entry: the first entry that is not as it was sealed; None if it is not known which.
    """

    block: int = 0
    entry: int | None = None


_LOOK: Final = Text(
    "Veritabanını yedekteki haliyle karşılaştırın ve kimin eriştiğini araştırın; “ulak audit verify --from {next}”"
    " zincirin devamını denetler.",
    "Compare the database with its backup and find out who had access; “ulak audit verify --from {next}” checks the"
    " rest of the chain.",
)

PROBLEMS: Final[dict[str, Problem]] = {
    "audit.entry-changed": Problem(
        Text(
            "{block}. bloktaki {entry} numaralı kayıt değiştirilmiş.",
            "Entry {entry} of block {block} was changed.",
        ),
        _LOOK,
    ),
    "audit.entry-missing": Problem(
        Text(
            "{block}. bloktan bir kayıt silinmiş; en yakınındaki kayıt: {entry}.",
            "An entry of block {block} was removed; the entry next to it: {entry}.",
        ),
        _LOOK,
    ),
    "audit.entry-added": Problem(
        Text(
            "{entry} numaralı kayıt, {block}. blok mühürlendikten sonra araya eklenmiş.",
            "Entry {entry} was added after block {block} had been sealed.",
        ),
        _LOOK,
    ),
    "audit.block-changed": Problem(
        Text("{block}. blok değiştirilmiş.", "Block {block} was changed."),
        _LOOK,
    ),
    "audit.block-missing": Problem(
        Text("{block}. blok yok.", "Block {block} is missing."),
        _LOOK,
    ),
    "audit.chain-broken": Problem(
        Text(
            "{block}. blok kendinden öncekine bağlı değil.",
            "Block {block} does not follow from the one before it.",
        ),
        _LOOK,
    ),
    "audit.head-other": Problem(
        Text(
            "{day} gününün mühürlü özeti {block}. blokla uyuşmuyor: zincir sonradan yeniden yazılmış.",
            "The sealed head of {day} says another digest for block {block}: the chain was written anew afterwards.",
        ),
        _LOOK,
    ),
    "audit.head-forged": Problem(
        Text(
            "{day} gününün mühürlü özeti geçerli değil: {detail}.",
            "The sealed head of {day} does not hold: {detail}.",
        ),
        _LOOK,
    ),
}


def audit_fault(code: str, block: int, entry: int | None = None, /, **facts: Any) -> AuditFault:
    """The fault of a code, its facts filled in."""
    known = {"block": block, "entry": "–" if entry is None else entry, "next": block + 1, **facts}
    fault = error_of(AuditFault, PROBLEMS, code, **known)
    fault.block, fault.entry = block, entry
    return fault
