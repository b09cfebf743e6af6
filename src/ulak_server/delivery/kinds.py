"""The kinds of happenings that people and programs may be told of, and the entries of the audit log they come from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak_server.delivery.models import MailBy

__all__ = ["KINDS", "SOURCES", "Kind", "Source", "for_webhooks", "hook_kinds"]


class Kind(NamedTuple):
    """One kind of happening.

    Attributes:
        name: for people who choose.
        one, many: what is said of one document, and of several (``{n}``).
        shown, mail: how somebody is told who has said nothing.
        tone: ``ok``, ``bad``, ``wait`` or ``info``, for its icon.
        for_hooks: whether webhooks may have it.
    """

    name: Text
    one: Text
    many: Text
    shown: bool = True
    mail: MailBy = MailBy.NEVER
    tone: str = "info"
    for_hooks: bool = True


class Source(NamedTuple):
    """An entry of the audit log: its word and, where that says too little, its code.

    Attributes:
        is_business: whether entries of documents that only carry answers are left out.
    """

    kind: str
    codes: frozenset[str] = frozenset()
    is_business: bool = False


_NEVER, _ONCE, _DAILY = MailBy.NEVER, MailBy.ONCE, MailBy.DAILY
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "document.received": Kind(
            Text("Belge geldi", "A document came in"),
            Text("Yeni bir belge geldi: {document}.", "A new document came in: {document}."),
            Text("{n} yeni belge geldi.", "{n} new documents came in."),
            mail=_DAILY,
        ),
        "document.delivered": Kind(
            Text("Belge alıcıya ulaştı", "A document was delivered"),
            Text("Belge alıcıya ulaştı: {document}.", "The document has reached its receiver: {document}."),
            Text("{n} belge alıcısına ulaştı.", "{n} documents have reached their receivers."),
            shown=False,
            tone="ok",
        ),
        "document.returned": Kind(
            Text("Belge geri döndü", "A document came back"),
            Text("Belge geri döndü: {document}.", "The document came back: {document}."),
            Text("{n} belge geri döndü.", "{n} documents came back."),
            mail=_ONCE,
            tone="bad",
        ),
        "document.faulty": Kind(
            Text("Belgede hata bulundu", "A fault was found in a document"),
            Text("Belgede düzeltilecek bir hata var: {document}.", "A document has a fault to correct: {document}."),
            Text("{n} belgede düzeltilecek hata var.", "{n} documents have faults to correct."),
            mail=_ONCE,
            tone="bad",
        ),
        "document.expired": Kind(
            Text("Belge süresinde gönderilemedi", "A document was not sent in time"),
            Text("Belge süresi içinde gönderilemedi: {document}.", "The document was not sent in time: {document}."),
            Text("{n} belge süresi içinde gönderilemedi.", "{n} documents were not sent in time."),
            mail=_ONCE,
            tone="bad",
        ),
        "document.issued": Kind(
            Text("Belge düzenlendi", "A document was issued"),
            Text("Belge düzenlendi: {document}.", "The document was issued: {document}."),
            Text("{n} belge düzenlendi.", "{n} documents were issued."),
            shown=False,
            tone="ok",
        ),
        "document.voided": Kind(
            Text("Belge iptal edildi", "A document was cancelled"),
            Text("Belge iptal edildi: {document}.", "The document was cancelled: {document}."),
            Text("{n} belge iptal edildi.", "{n} documents were cancelled."),
            shown=False,
        ),
        "document.not-reported": Kind(
            Text("Belge rapora konamadı", "A document could not be reported"),
            Text(
                "Belge GİB raporuna konamadı: {document}. Nedeni sayfasında; her gün yeniden denenir.",
                "The document could not be put into the report to GİB: {document}. Its page says why; it is tried "
                "again every day.",
            ),
            Text("{n} belge GİB raporuna konamadı.", "{n} documents could not be put into the report to GİB."),
            mail=_ONCE,
            tone="bad",
        ),
        "report.refused": Kind(
            Text("GİB bir raporu almadı", "GİB did not take a report"),
            Text(
                "e-Arşiv raporunuz GİB'e verilemedi; ekibimiz ilgileniyor.",
                "Your e-Arşiv report could not be handed in at GİB; our people are at work on it.",
            ),
            Text("{n} e-Arşiv raporunuz GİB'e verilemedi.", "{n} e-Arşiv reports could not be handed in at GİB."),
            mail=_ONCE,
            tone="bad",
        ),
        "report.late": Kind(
            Text("Raporun süresi doldu", "A report is late"),
            Text(
                "Bir e-Arşiv raporunuz süresi içinde GİB'e verilemedi; gönderilmesi sürüyor. "
                "Mali müşavirinize haber verin.",
                "An e-Arşiv report of yours did not reach GİB in time; it is still being sent. Tell your accountant.",
            ),
            Text("{n} e-Arşiv raporunuz gecikti.", "{n} e-Arşiv reports of yours are late."),
            mail=_ONCE,
            tone="bad",
        ),
        "report.accepted": Kind(
            Text("GİB bir raporu kabul etti", "GİB accepted a report"),
            Text("GİB e-Arşiv raporunuzu kabul etti.", "GİB has accepted your e-Arşiv report."),
            Text("GİB {n} e-Arşiv raporunuzu kabul etti.", "GİB has accepted {n} e-Arşiv reports of yours."),
            shown=False,
            tone="ok",
        ),
        "ledger.due": Kind(
            Text("e-Defter süresi yaklaşıyor", "Books are due soon"),
            Text("{month} defterlerinin son günü {day}.", "The books of {month} are due on {day}."),
            Text("{n} defter ayının süresi yaklaşıyor.", "The books of {n} months are due soon."),
            mail=_ONCE,
            tone="wait",
        ),
        "ledger.late": Kind(
            Text("e-Defter süresi doldu", "Books are late"),
            Text(
                "{month} defterlerinin süresi {day} günü doldu; GİB hepsini onaylamadı. Hemen gönderin.",
                "The books of {month} were due on {day}, and GİB has not approved all of them. Send them now.",
            ),
            Text("{n} kez uyarıldı: defterlerin süresi doldu.", "Books are late: told {n} times."),
            mail=_ONCE,
            tone="bad",
        ),
        "ledger.away": Kind(
            Text("GİB'in e-Defter servisi son gün yanıt vermiyor", "GİB's e-Defter service is away on the last day"),
            Text(
                "GİB'in e-Defter servisi yanıt vermiyor: {name}. Zaman damgalı mühürleyin; servis dönünce hemen gider.",
                "GİB's e-Defter service does not answer: {name}. Seal with a time stamp; it goes once GİB is back.",
            ),
            Text(
                "GİB'in e-Defter servisi yanıt vermiyor; {n} paket bekliyor.",
                "GİB's e-Defter service does not answer; {n} packages wait.",
            ),
            mail=_ONCE,
            tone="bad",
        ),
        "ledger.refused": Kind(
            Text("GİB bir defter paketini almadı", "GİB did not take a package of books"),
            Text(
                "GİB bir defter paketinizi almadı. Nedeni ayın sayfasında.",
                "GİB did not take a package of your books. The month's page says why.",
            ),
            Text("GİB {n} defter paketinizi almadı.", "GİB did not take {n} packages of your books."),
            mail=_ONCE,
            tone="bad",
        ),
        "ledger.closed": Kind(
            Text("Bir ayın defterleri onaylandı", "The books of a month were approved"),
            Text(
                "GİB {month} defterlerini onayladı; onaylı beratlar saklandı.",
                "GİB approved the books of {month}; the approved berats are kept.",
            ),
            Text("{n} ayın defterleri onaylandı.", "The books of {n} months were approved."),
            tone="ok",
        ),
        "answer.accepted": Kind(
            Text("Fatura kabul edildi", "An invoice was accepted"),
            Text("Alıcı kabul etti: {document}.", "The receiver has accepted it: {document}."),
            Text("{n} belge kabul edildi.", "{n} documents were accepted."),
            tone="ok",
        ),
        "answer.rejected": Kind(
            Text("Fatura reddedildi", "An invoice was rejected"),
            Text("Alıcı reddetti: {document}.", "The receiver has rejected it: {document}."),
            Text("{n} belge reddedildi.", "{n} documents were rejected."),
            mail=_ONCE,
            tone="bad",
        ),
        "answer.received": Kind(
            Text("Belgeye yanıt geldi", "A document was answered"),
            Text("Alıcı yanıt verdi: {document}.", "The receiver has answered: {document}."),
            Text("{n} belgeye yanıt geldi.", "{n} documents were answered."),
            mail=_DAILY,
        ),
        "answer.delivered": Kind(
            Text("Yanıtınız ulaştı", "Your answer arrived"),
            Text("Yanıtınız ulaştı: {document}.", "Your answer has arrived: {document}."),
            Text("{n} belgeye verdiğiniz yanıt ulaştı.", "Your answers to {n} documents have arrived."),
            shown=False,
            tone="ok",
        ),
        "answer.deadline": Kind(
            Text("Yanıt süresi doluyor", "The time for an answer is ending"),
            Text("Yanıt için süre azaldı: {document}.", "There is little time left to answer: {document}."),
            Text("{n} belgenin yanıt süresi azaldı.", "There is little time left to answer {n} documents."),
            mail=_ONCE,
            tone="wait",
        ),
        "answer.lapsed": Kind(
            Text("Yanıt süresi doldu", "The time for an answer ended"),
            Text("Yanıt süresi yanıtsız doldu: {document}.", "The time ended without an answer: {document}."),
            Text("{n} belgenin yanıt süresi yanıtsız doldu.", "The time ended without an answer for {n} documents."),
            tone="wait",
        ),
        "account.opened": Kind(
            Text("GİB hesabı açıldı", "An account was opened at GİB"),
            Text("GİB'deki hesabınız açıldı; belge gönderip alabilirsiniz.", "Your account at GİB is open."),
            Text("GİB'de {n} hesabınız açıldı.", "{n} accounts of yours are open at GİB."),
            mail=_ONCE,
            tone="ok",
        ),
        "account.refused": Kind(
            Text("GİB hesap isteğini geri çevirdi", "GİB refused a request for an account"),
            Text("GİB, hesap isteğinizi geri çevirdi.", "GİB has refused your request for an account."),
            Text("GİB {n} hesap isteğinizi geri çevirdi.", "GİB has refused {n} requests for accounts."),
            mail=_ONCE,
            tone="bad",
        ),
        "account.closed": Kind(
            Text("GİB hesabı kapandı", "An account was closed at GİB"),
            Text("GİB'deki hesabınız kapandı.", "Your account at GİB was closed."),
            Text("GİB'deki {n} hesabınız kapandı.", "{n} accounts of yours were closed at GİB."),
            mail=_ONCE,
            tone="bad",
        ),
        "credits.low": Kind(
            Text("Kontör azaldı", "Kontör are running low"),
            Text(
                "Kontör azaldı: {balance} kaldı. Bitmeden yenisini yükletin.",
                "Kontör are running low: {balance} are left. Have more loaded before they are used up.",
            ),
            Text("Kontör azaldı.", "Kontör are running low."),
            mail=_ONCE,
            tone="wait",
        ),
        "credits.exhausted": Kind(
            Text("Kontör bitti", "Kontör are used up"),
            Text(
                "Kontör yetmiyor: {balance} kaldı. Yeni kontör yükletin; bekleyen belgeler kendiliğinden gider.",
                "There are not enough kontör: {balance} are left. Have more loaded; documents that wait then go by"
                " themselves.",
            ),
            Text(
                "Kontör yetmiyor. Yeni kontör yükletin; bekleyen belgeler ardından kendiliğinden gider.",
                "There are not enough kontör. Have more loaded; documents that wait then go by themselves.",
            ),
            mail=_ONCE,
            tone="bad",
        ),
        "credits.expiring": Kind(
            Text("Kontör paketinin süresi doluyor", "A package of kontör is about to expire"),
            Text(
                "{amount} kontörün son günü {day}; kalan o gün silinir.",
                "{amount} kontör expire on {day}; what is left then is removed.",
            ),
            Text("{n} kontör paketinin süresi doluyor.", "{n} packages of kontör are about to expire."),
            mail=_ONCE,
            tone="wait",
        ),
        "credits.loaded": Kind(
            Text("Kontör yüklendi", "Kontör were loaded"),
            Text("{amount} kontör yüklendi; bakiye {balance}.", "{amount} kontör were loaded; {balance} are there."),
            Text("{n} kez kontör yüklendi.", "Kontör were loaded {n} times."),
            tone="ok",
        ),
        "batch.done": Kind(
            Text("Toplu yükleme bitti", "A batch was read"),
            Text(
                "Toplu yükleme bitti: {accepted} belge alındı, {refused} belge alınmadı.",
                "The batch was read: {accepted} documents were taken, {refused} were not.",
            ),
            Text("{n} toplu yükleme bitti.", "{n} batches were read."),
        ),
        "key.expiring": Kind(
            Text("API anahtarının süresi doluyor", "An API key is about to end"),
            Text("“{name}” API anahtarı {day} günü sona eriyor.", "The API key “{name}” ends on {day}."),
            Text("{n} API anahtarının süresi doluyor.", "{n} API keys are about to end."),
            mail=_ONCE,
            tone="wait",
        ),
        "mail.bounced": Kind(
            Text("E-posta ulaşmadı", "An e-mail did not arrive"),
            Text("Gönderdiğiniz e-posta ulaşmadı: {document}.", "An e-mail that you sent did not arrive: {document}."),
            Text("Gönderdiğiniz {n} e-posta ulaşmadı.", "{n} e-mails that you sent did not arrive."),
            mail=_DAILY,
            tone="bad",
        ),
        "webhook.off": Kind(
            Text("Web kancası kapatıldı", "A webhook was switched off"),
            Text(
                "“{label}” web kancası uzun süre yanıt vermediği için kapatıldı.",
                "The webhook “{label}” did not answer for long and was switched off.",
            ),
            Text("{n} web kancası kapatıldı.", "{n} webhooks were switched off."),
            mail=_ONCE,
            tone="bad",
            for_hooks=False,
        ),
    }
)
"""Every kind by its stable name, in the order in which people see them."""

SOURCES: Final[Mapping[str, tuple[Source, ...]]] = MappingProxyType(
    {
        "document.received": (Source("document.received", is_business=True),),
        "document.delivered": (Source("document.delivered", is_business=True),),
        "document.returned": (Source("document.returned", is_business=True),),
        "document.to-correct": (Source("document.returned", is_business=True),),
        "document.faulty": (Source("document.faulty", is_business=True),),
        "document.expired": (Source("document.expired", is_business=True),),
        "document.issued": (Source("document.issued"),),
        "document.voided": (Source("document.voided"),),
        "document.not-reported": (Source("document.not-reported"),),
        "report.refused": (Source("report.refused"),),
        "alarm": (
            Source("report.late", frozenset({"lifecycle.report-late"})),
            Source(
                "ledger.due",
                frozenset(
                    {
                        "lifecycle.ledger-month-open",
                        "lifecycle.ledger-month-soon",
                        "lifecycle.ledger-month-last-day",
                    }
                ),
            ),
            Source("ledger.late", frozenset({"lifecycle.ledger-month-late"})),
            Source("ledger.away", frozenset({"ledger-exchange.away-on-last-day"})),
        ),
        "ledger.refused": (Source("ledger.refused"),),
        "ledger.month-closed": (Source("ledger.closed"),),
        "report.accepted": (Source("report.accepted"),),
        "answer.received": (
            Source("answer.accepted", frozenset({"KABUL"})),
            Source("answer.rejected", frozenset({"RED"})),
            Source("answer.received"),
        ),
        "answer.answered": (Source("answer.delivered"),),
        "answer.reminder": (Source("answer.deadline"),),
        "answer.lapsed": (Source("answer.lapsed"),),
        "account.active": (Source("account.opened"),),
        "account.not-opened": (Source("account.refused"),),
        "account.not-closed": (Source("account.refused"),),
        "account.closed": (Source("account.closed"),),
        "account.closed-by-gib": (Source("account.closed"),),
        "account.winding-up": (Source("account.closed"),),
        "credits.low": (Source("credits.low"),),
        "credits.exhausted": (Source("credits.exhausted"),),
        "credits.expiring": (Source("credits.expiring"),),
        "credits.loaded": (Source("credits.loaded"),),
        "batch.done": (Source("batch.done"),),
    }
)
"""Which entries of the audit log are of which kind; the first source that fits."""


def for_webhooks() -> tuple[str, ...]:
    """The kinds that webhooks may have."""
    return tuple(name for name, kind in KINDS.items() if kind.for_hooks)


def hook_kinds() -> list[tuple[str, Text]]:
    """The kinds that webhooks may have, with their names for people."""
    return [(name, KINDS[name].name) for name in for_webhooks()]
