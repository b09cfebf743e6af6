"""Documents, outgoing and incoming, as the API shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ulak.ubl.forms.base import doc
from ulak_server.api.faults import Fault
from ulak_server.api.views.common import Given, Moment
from ulak_server.documents.routing import Way, Why

__all__ = [
    "Accepted",
    "AnswerView",
    "DocumentFinding",
    "DocumentPage",
    "DocumentView",
    "DriverView",
    "Judgement",
    "PartnerView",
    "RouteView",
    "TransportView",
]

Direction = Literal["out", "in"]


class PartnerView(Given):
    """The other party."""

    number: Annotated[str, doc("VKN ya da TCKN.", "VKN or TCKN.")]
    title: Annotated[str, doc("Unvan ya da ad soyad.", "Title or name.")]
    alias: Annotated[str, doc("Etiketi.", "Their alias.")]


class AnswerView(Given):
    """The answer to a document: KABUL or RED of an invoice, receipt advice of a despatch advice."""

    stage: Annotated[str, doc("Yanıtın aşaması.", "Stage of the answer.")]
    sentence: Annotated[str, doc("Aşamanın anlamı.", "What the stage means.")]
    code: Annotated[str, doc("KABUL, RED, IADE …", "KABUL, RED, IADE …")]
    until: Annotated[Moment | None, doc("Yanıt verilebilecek son an.", "Until when it may be answered.")]
    document: Annotated[int | None, doc("Yanıtı taşıyan belge.", "The document that carries it.")]


class DocumentFinding(Given):
    """Something that a document was found to have."""

    code: Annotated[str, doc("Kuralın ya da hatanın kodu.", "Code of the rule or the error.")]
    detail: Annotated[str, doc("Neyin yanlış olduğu.", "What is wrong.")]
    repair: Annotated[str, doc("Ne yapılacağı.", "What to do about it.")]
    level: Annotated[str, doc("error, warning ya da info.", "error, warning or info.")]
    pointer: Annotated[str, doc("Gövdedeki alanın JSON göstergesi.", "JSON pointer of the field.")]
    xpath: Annotated[str, doc("UBL'deki yer.", "Place in the UBL.")]


class DocumentView(Given):
    """A document: who, what, and how it stands."""

    id: Annotated[int, doc("Ulak'taki numarası.", "Its id in Ulak.")]
    direction: Annotated[Direction, doc("Giden (out) ya da gelen (in).", "Outgoing or incoming.")]
    kind: Annotated[str, doc("Belgenin türü.", "Kind of document: invoice, despatch_advice …")]
    ettn: Annotated[UUID, doc("ETTN.", "ETTN.")]
    number: Annotated[str | None, doc("Belge no; numaralanana kadar null.", "Number; null until it is numbered.")]
    profile: Annotated[str, doc("Senaryo (ProfileID).", "Profile (ProfileID).")]
    type: Annotated[str, doc("Belge tipi.", "Type code.")]
    issue_date: Annotated[date | None, doc("Düzenleme tarihi.", "Date of issue.")]
    partner: Annotated[PartnerView, doc("Karşı taraf.", "The other party.")]
    own_alias: Annotated[str, doc("Mükellefin kullanılan etiketi.", "The taxpayer's own alias in use.")]
    currency: Annotated[str, doc("Para birimi.", "Currency.")]
    payable: Annotated[Decimal | None, doc("Ödenecek tutar.", "Payable amount, in that currency.")]
    erp_key: Annotated[str | None, doc("ERP'nin anahtarı.", "The ERP's own key.")]
    stage: Annotated[str, doc("Aşama (docs/lifecycle.md).", "Stage (docs/lifecycle.md).")]
    sentence: Annotated[str, doc("Belgenin durumu, tek cümleyle.", "How it stands, in one sentence.")]
    advice: Annotated[str, doc("Ne yapılacağı; boş: bir şey gerekmez.", "What to do; empty: nothing.")]
    may_leave: Annotated[
        bool | None,
        doc(
            "Sevk irsaliyesinde: GİB aldı mı, araç yola çıkabilir mi.",
            "Of a despatch advice: whether GİB has taken it, so that the lorry may leave.",
        ),
    ]
    accepted_at: Annotated[Moment, doc("Ulak'a geldiği an.", "When Ulak took it in.")]
    sealed_at: Annotated[Moment | None, doc("Mühürlendiği an.", "When it was sealed.")]
    left_at: Annotated[Moment | None, doc("GİB'in aldığı an.", "When GİB took it.")]
    delivered_at: Annotated[Moment | None, doc("Alıcıya ulaştığı an.", "When it reached its receiver.")]
    is_taken: Annotated[bool, doc("Geleni ERP teslim aldı mı.", "Whether the ERP took over what came in.")]
    envelope: Annotated[UUID | None, doc("Son zarf.", "The last envelope it travelled in.")]
    envelope_stage: Annotated[str, doc("Yoldaki zarfın aşaması.", "Stage of the envelope while on its way.")]
    about: Annotated[int | None, doc("Yanıtlanan ya da iade edilen belge.", "The document it answers or returns.")]
    batch: Annotated[int | None, doc("Toplu teslim.", "The batch it came with.")]
    answer: Annotated[AnswerView | None, doc("Yanıtı.", "The answer to it.")]
    report: Annotated[
        Literal["due", "reporting", "accepted", "trouble"] | None,
        doc(
            "e-Arşiv ailesinde GİB'e bildirim: due: raporu bekliyor; reporting: raporda; accepted: GİB aldı;"
            " trouble: gecikti ya da bir kişiyi bekliyor (/filings).",
            "Of the e-Arşiv family, how GİB is told: due: awaits its report; reporting: in a report; accepted: GİB has"
            " it; trouble: late, or a person is needed (/filings).",
        ),
    ]
    findings: Annotated[tuple[DocumentFinding, ...], doc("Neden bir kişiyi beklediği.", "Why it waits for a person.")]


class DocumentPage(Given):
    """A page of documents, the newest first."""

    items: Annotated[tuple[DocumentView, ...], doc("Belgeler.", "The documents.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]


class RouteView(Given):
    """Where a document would go."""

    way: Annotated[
        Way,
        doc(
            "einvoice, edespatch: GİB üzerinden; earchive: e-Fatura kullanıcısı değil; esevoucher, epreceipt,"
            " erreceipt: düzenlenir ve raporlanır; unreachable: yol yok.",
            "einvoice, edespatch: through GİB; earchive: no e-Fatura user; esevoucher, epreceipt, erreceipt: issued"
            " and reported; unreachable: there is no way.",
        ),
    ]
    partner: Annotated[str, doc("Alıcının VKN ya da TCKN'si.", "The receiver's VKN or TCKN.")]
    title: Annotated[str, doc("Alıcının listedeki unvanı.", "The receiver's title in the list.")]
    alias: Annotated[str, doc("Seçilen etiket.", "The alias that is chosen.")]
    why: Annotated[
        Why,
        doc(
            "Etiketin hangi kurala göre seçildiği ya da neden etiket olmadığı.",
            "The rule by which the alias is chosen, or why there is none.",
        ),
    ]
    reason: Annotated[str, doc("Neden bu yol, bir cümleyle.", "Why it goes this way, in a sentence.")]
    is_automatic: Annotated[
        bool,
        doc(
            "e-Fatura ile e-Arşiv arasında GİB'in listesi mi karar verdi.",
            "Whether GİB's list decided between e-Fatura and e-Arşiv, and not the author.",
        ),
    ]
    aliases: Annotated[tuple[str, ...], doc("Alıcının açık etiketleri.", "All open aliases of the receiver.")]
    list_of: Annotated[Moment | None, doc("Listenin okunduğu an.", "When the list was read.")]


class DriverView(Given):
    """Who drives."""

    name: Annotated[str, doc("Ad soyad.", "Name.")]
    number: Annotated[str, doc("TCKN.", "TCKN.")]


class TransportView(Given):
    """What a despatch advice says of the lorry: for whoever prints it or stops it."""

    may_leave: Annotated[bool, doc("GİB aldı mı, araç yola çıkabilir mi.", "Whether GİB has it: the lorry may leave.")]
    left_at: Annotated[Moment | None, doc("GİB'in aldığı an.", "When GİB took it.")]
    number: Annotated[str | None, doc("İrsaliye no.", "Number of the despatch advice.")]
    plates: Annotated[tuple[str, ...], doc("Plakalar.", "Plates.")]
    trailers: Annotated[tuple[str, ...], doc("Dorse plakaları.", "Plates of trailers.")]
    drivers: Annotated[tuple[DriverView, ...], doc("Sürücüler.", "Drivers.")]
    carrier: Annotated[
        dict[str, Any] | None,
        doc("Taşıyıcı firma (docs/json.md).", "The firm that drives (docs/json.md); null: the sender."),
    ]
    despatch_date: Annotated[str, doc("Fiilî sevk tarihi.", "Date of the despatch.")]
    despatch_time: Annotated[str, doc("Fiilî sevk saati.", "Time of the despatch.")]
    address: Annotated[dict[str, Any] | None, doc("Teslim adresi.", "Where to.")]


class Accepted(Given):
    """A document that is stored, durably."""

    id: Annotated[int, doc("Ulak'taki numarası.", "Its id in Ulak.")]
    ettn: Annotated[UUID, doc("ETTN.", "ETTN.")]
    number: Annotated[str | None, doc("Belge no; numaralanana kadar null.", "Number; null until it is numbered.")]
    stage: Annotated[str, doc("Aşama.", "Stage.")]
    sentence: Annotated[str, doc("Aşamanın anlamı.", "What the stage means.")]
    route: Annotated[RouteView | None, doc("Gideceği yer.", "Where it goes; null for drafts and repeated calls.")]
    is_repeated: Annotated[
        bool,
        doc(
            "Aynı Idempotency-Key ile daha önce alınmış mıydı.",
            "Whether the same Idempotency-Key had brought it before.",
        ),
    ]


class Judgement(Given):
    """What a document was found to be, without storing it."""

    is_valid: Annotated[bool, doc("Gönderilebilir mi.", "Whether it would be taken in and sent.")]
    kind: Annotated[str, doc("Belgenin türü.", "Kind of document.")]
    ettn: Annotated[UUID, doc("ETTN.", "ETTN.")]
    number: Annotated[str | None, doc("Kendi numarası.", "Its own number, if it has one.")]
    currency: Annotated[str, doc("Para birimi.", "Currency.")]
    payable: Annotated[Decimal | None, doc("Ödenecek tutar.", "Payable amount, in that currency.")]
    route: Annotated[RouteView | None, doc("Gideceği yer.", "Where it would go.")]
    errors: Annotated[tuple[Fault, ...], doc("Yanlışlar.", "What is wrong.")]
    warnings: Annotated[tuple[Fault, ...], doc("Uyarılar.", "Warnings.")]
