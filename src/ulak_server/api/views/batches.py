"""Documents handed in together, as the API shows them."""

from __future__ import annotations

from typing import Annotated

from ulak.ubl.forms.base import doc
from ulak_server.api.faults import Fault
from ulak_server.api.views.common import Given, Moment

__all__ = ["BatchHandedIn", "BatchPage", "BatchView", "RefusalPage", "RefusalView"]


class BatchHandedIn(Given):
    """A batch that is stored, durably."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    total: Annotated[int, doc("Kaç belge.", "How many documents it has.")]
    is_repeated: Annotated[
        bool,
        doc(
            "Aynı Idempotency-Key ile daha önce alınmış mıydı.",
            "Whether the same Idempotency-Key had brought it before.",
        ),
    ]


class BatchView(Given):
    """How far a batch is."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    key: Annotated[str | None, doc("Idempotency-Key.", "Idempotency-Key.")]
    form: Annotated[str, doc("ndjson, json ya da zip.", "ndjson, json or zip.")]
    intent: Annotated[str, doc("send, draft ya da check.", "send, draft or check.")]
    stage: Annotated[str, doc("stored: okunuyor; done: bitti.", "stored: it is being read; done: it is through.")]
    total: Annotated[int, doc("Kaç belge.", "How many documents it has.")]
    read: Annotated[int, doc("Okunanlar.", "How many were read.")]
    accepted: Annotated[int, doc("Alınanlar.", "How many were taken in.")]
    refused: Annotated[int, doc("Alınmayanlar.", "How many were not.")]
    created_at: Annotated[Moment, doc("Geldiği an.", "When it was handed in.")]
    finished_at: Annotated[Moment | None, doc("Bittiği an.", "When it was through.")]


class BatchPage(Given):
    """A page of batches, the newest first."""

    items: Annotated[tuple[BatchView, ...], doc("Toplu teslimler.", "The batches.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]


class RefusalView(Given):
    """A document of a batch that was not taken, and why."""

    place: Annotated[int, doc("Sırası, 0'dan sayılır.", "Its place, counted from 0.")]
    name: Annotated[str, doc("Dosya adı ya da ERP anahtarı.", "File name or ERP key, if it had one.")]
    code: Annotated[str, doc("Değişmez hata kodu.", "Stable code of the error.")]
    detail: Annotated[str, doc("Neyin yanlış olduğu.", "What is wrong.")]
    repair: Annotated[str, doc("Ne yapılacağı.", "What to do about it.")]
    errors: Annotated[tuple[Fault, ...], doc("Yanlışların her biri.", "Each thing that is wrong.")]


class RefusalPage(Given):
    """A page of refusals, by place."""

    items: Annotated[tuple[RefusalView, ...], doc("Alınmayanlar.", "What was not taken.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]
