"""What happened, as the API shows it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment

__all__ = ["DocumentStage", "EnvelopeSaid", "EnvelopeShown", "TimelineEntry", "TimelineView"]


class TimelineEntry(Given):
    """Something that happened."""

    at: Annotated[Moment, doc("Ne zaman.", "When.")]
    what: Annotated[str, doc("Ne oldu: değişmez sözcük.", "What happened: a stable word.")]
    stage: Annotated[str, doc("Varılan aşama.", "Stage that was reached.")]
    code: Annotated[str, doc("GİB'in ya da Ulak'ın kodu.", "Code of GİB's or of Ulak's.")]
    actor: Annotated[str, doc("Kim: user:7, key:12, worker:…, gib.", "Who: user:7, key:12, worker:…, gib.")]
    origin: Annotated[str, doc("Hangi adresten.", "From which address.")]
    envelope: Annotated[UUID | None, doc("Hangi zarfla.", "With which envelope.")]
    facts: Annotated[dict[str, Any], doc("Ayrıntılar.", "Particulars.")]


class TimelineView(Given):
    """All that happened to a document and its envelopes, the oldest first."""

    entries: Annotated[tuple[TimelineEntry, ...], doc("Olanlar.", "What happened.")]


class EnvelopeSaid(Given):
    """Something that was said of an envelope."""

    at: Annotated[Moment, doc("Ne zaman.", "When.")]
    by: Annotated[str, doc("merkez ya da target.", "merkez or target.")]
    code: Annotated[str, doc("Durum kodu ya da receipt.", "A status, or receipt.")]
    label: Annotated[str, doc("Kodun anlamı.", "What the code means.")]
    text: Annotated[str, doc("Söyleyenin kendi sözü.", "The speaker's own words.")]


class EnvelopeShown(Given):
    """An envelope that we sent."""

    id: Annotated[UUID, doc("InstanceIdentifier.", "InstanceIdentifier.")]
    type: Annotated[str, doc("SENDERENVELOPE …", "SENDERENVELOPE …")]
    element: Annotated[str, doc("INVOICE …", "INVOICE …")]
    sender: Annotated[str, doc("Gönderen etiket.", "Alias of the sender.")]
    receiver: Annotated[str, doc("Alıcı etiket.", "Alias of the receiver.")]
    documents: Annotated[tuple[int, ...], doc("İçindeki belgeler.", "Ids of the documents in it.")]
    stage: Annotated[str, doc("Aşama (docs/lifecycle.md).", "Stage (docs/lifecycle.md).")]
    sentence: Annotated[str, doc("Aşamanın anlamı.", "What the stage means.")]
    created_at: Annotated[Moment, doc("Yapıldığı an.", "When it was made.")]
    sent_at: Annotated[Moment | None, doc("Gönderildiği an.", "When it was sent.")]
    attempts: Annotated[int, doc("Kaç kez gönderildi.", "How often it was sent.")]
    questions: Annotated[int, doc("Kaç kez soruldu.", "How often it was asked for.")]
    said: Annotated[tuple[EnvelopeSaid, ...], doc("Söylenenler.", "What was said of it, the oldest first.")]


class DocumentStage(Given):
    """How a document stands now."""

    stage: Annotated[str, doc("Aşama.", "Stage.")]
    sentence: Annotated[str, doc("Aşamanın anlamı.", "What the stage means.")]
