"""What is said to documents that came in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Taken

__all__ = ["AnswerGiven", "AnswerWanted", "DraftMade", "ReturnWanted", "TakenOver", "TakingOver"]


class AnswerWanted(Taken):
    """An answer to an invoice of the profile TICARIFATURA."""

    answer: Annotated[Literal["KABUL", "RED", "IADE"], doc("KABUL, RED ya da IADE.", "KABUL, RED or IADE.")]
    reason: Annotated[
        Annotated[str, Meta(max_length=2000)],
        doc("Satıcının okuyacağı neden; RED ve IADE'de gerekir.", "What the seller reads; needed for RED and IADE."),
    ] = ""


class AnswerGiven(Given):
    """An answer that is on its way."""

    document: Annotated[int, doc("Yanıtı taşıyan belge.", "The document that carries it.")]


class ReturnWanted(Taken):
    """An invoice that returns an incoming one."""

    lines: Annotated[
        tuple[dict[str, Any], ...] | UnsetType,
        doc(
            "Hangi satırdan ne kadar: [{“line”: “2”, “quantity”: 3}]; yazılmazsa hepsi.",
            "How much of which line: [{“line”: “2”, “quantity”: 3}]; left out: everything.",
        ),
    ] = UNSET
    reason: Annotated[Annotated[str, Meta(max_length=2000)], doc("Not olarak yazılır.", "Becomes a note.")] = ""


class DraftMade(Given):
    """A draft that was made; a person looks at it and sends it."""

    document: Annotated[int, doc("Taslak.", "The draft.")]


class TakingOver(Taken):
    """Incoming documents that the ERP has taken over."""

    documents: Annotated[
        Annotated[tuple[Annotated[int, Meta(ge=1, le=2**63 - 1)], ...], Meta(max_length=1000)],
        doc("Belgelerin numaraları.", "Ids of the documents."),
    ]


class TakenOver(Given):
    """Those that were not marked before."""

    documents: Annotated[tuple[int, ...], doc("Belgelerin numaraları.", "Ids of the documents.")]
