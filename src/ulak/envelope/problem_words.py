"""What can be wrong with system responses and user-account messages: the rows of `ulak.envelope.problems` for them.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5; Özel Entegrasyon Kılavuzu V1.13, 4 and 5; Schematron 20260701,
``UserAccountCheck``, ``AppResponseCodeCheck``, ``PostBoxResponseCodeCheck``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["ACCOUNTS", "RESPONSES", "Problem"]


class Problem(NamedTuple):
    """One row: the status, the sentence with places for facts, and what to do."""

    status: str
    text: Text
    repair: Text


_AS_THE_GUIDE: Final = Text(
    "Belgeyi Özel Entegrasyon Kılavuzu V1.13, 5.2'ye göre yeniden kurup mühürleyin.",
    "Build the document again as Özel Entegrasyon Kılavuzu V1.13, 5.2 says, and seal it.",
)
_ASK: Final = Text(
    "Zarfın durumunu Merkez'e sorun (getApplicationResponse).",
    "Ask Merkez how the envelope stands (getApplicationResponse).",
)

RESPONSES: Final[Mapping[str, Problem]] = {
    "envelope.unanswerable": Problem(
        "",
        Text("Bu zarfa yanıt yazılamıyor: {detail}", "No answer can be written to this envelope: {detail}"),
        Text(
            "Zarfı kimden aldığınızı biliyorsanız adresleri ve zarf kimliğini (ZIP'in adı) ayrıca verin.",
            "If you know who sent it, name the addresses and the envelope's id (the ZIP's name) yourself.",
        ),
    ),
    "envelope.no-answer-due": Problem(
        "",
        Text("Sistem yanıtına sistem yanıtı verilmez.", "A system response is not answered by another."),
        Text("Yanıtı saklayın; başka bir şey gerekmez.", "Keep it; nothing else is to be done."),
    ),
    "envelope.unknown-status": Problem(
        "",
        Text("“{status}” bir durum kodu değil.", "“{status}” is no status code."),
        Text("Kodlar: ulak codes status_codes", "The codes: ulak codes status_codes"),
    ),
    "envelope.status-not-sent": Problem(
        "",
        Text(
            "{status} bir sistem yanıtında gönderilmez; yalnız sorgunun yanıtında durur.",
            "{status} is not sent in a system response; it stands only in the answer to a query.",
        ),
        Text(
            "Sistem yanıtında durabilen bir kod seçin (ulak codes status_codes).",
            "Choose one of the codes that a system response may carry (ulak codes status_codes).",
        ),
    ),
    "envelope.gtb-refno": Problem(
        "",
        Text("GTB_REFNO 23 rakam olmalı: “{value}”", "A GTB_REFNO has 23 digits: “{value}”"),
        Text("Gümrüğün verdiği numarayı olduğu gibi yazın.", "Write the number as the customs gave it."),
    ),
    "envelope.not-system-response": Problem(
        "1150",
        Text("Bu bir sistem yanıtı değil: {detail}", "This is no system response: {detail}"),
        Text(
            "SYSTEMENVELOPE yalnız ResponseCode'u S_APR olan ApplicationResponse taşır; iş yanıtı POSTBOXENVELOPE ile "
            "gider.",
            "A SYSTEMENVELOPE carries only ApplicationResponses whose ResponseCode is S_APR; business answers go in a "
            "POSTBOXENVELOPE.",
        ),
    ),
    "envelope.system-response": Problem(
        "1150",
        Text("POSTBOXENVELOPE sistem yanıtı (S_APR) taşımaz.", "A POSTBOXENVELOPE carries no system response (S_APR)."),
        Text("Sistem yanıtını SYSTEMENVELOPE ile gönderin.", "Send the system response in a SYSTEMENVELOPE."),
    ),
    "envelope.response-unclear": Problem(
        "1150",
        Text("Sistem yanıtı anlaşılamıyor: {detail}", "The system response cannot be understood: {detail}"),
        _ASK,
    ),
}

ACCOUNTS: Final[Mapping[str, Problem]] = {
    "envelope.not-account": Problem(
        "1150",
        Text("Bu bir kullanıcı hesabı belgesi değil: {root}", "This is no user-account message: {root}"),
        Text("ProcessUserAccount ya da CancelUserAccount verin.", "Give a ProcessUserAccount or a CancelUserAccount."),
    ),
    "envelope.account-incomplete": Problem(
        "1150", Text("{name} yok ya da boş.", "{name} is missing or empty."), _AS_THE_GUIDE
    ),
    "envelope.account-repeated": Problem(
        "1150", Text("{name} birden çok.", "There is more than one {name}."), _AS_THE_GUIDE
    ),
    "envelope.account-mixed": Problem(
        "1150",
        Text("UserAccount'lar ayrı {name} söylüyor: {values}", "The UserAccounts say different {name}: {values}"),
        Text(
            "Bir belgede tek mükellefin tek hizmetini açıp kapatın; başkaları için ayrı belge kurun.",
            "Open or close one service of one taxpayer in a document; build others for the rest.",
        ),
    ),
    "envelope.account-number": Problem(
        "1150",
        Text("{name}: “{number}” VKN ya da TCKN değil.", "{name}: “{number}” is no VKN or TCKN."),
        Text("10 haneli VKN ya da 11 haneli TCKN yazın.", "Write a VKN of 10 digits or a TCKN of 11."),
    ),
    "envelope.account-name": Problem(
        "1150",
        Text("{number} için {name} boş.", "{name} is empty for {number}."),
        Text(
            "Tüzel kişinin unvanını (FormattedName), gerçek kişinin adını ve soyadını (GivenName, FamilyName) yazın.",
            "Write the title of a firm (FormattedName), the first and last name of a person (GivenName, FamilyName).",
        ),
    ),
    "envelope.account-time": Problem(
        "1150",
        Text("CreationDateTime “{value}” bir zaman değil.", "CreationDateTime “{value}” is no time."),
        _AS_THE_GUIDE,
    ),
    "envelope.account-option": Problem(
        "1150",
        Text("“{value}” {service} hizmetinin UserOptionCode'u değil.", "“{value}” is no UserOptionCode of {service}."),
        Text("Kodlar: ulak codes user_options", "The codes: ulak codes user_options"),
    ),
    "envelope.account-service": Problem(
        "1150",
        Text("“{value}” bir hizmet etiketi değil.", "“{value}” is no service alias."),
        Text("Etiketler: ulak codes service_aliases", "The aliases: ulak codes service_aliases"),
    ),
    "envelope.account-unit": Problem(
        "1150",
        Text("{service} hizmetinde her UserAccount {name} taşır.", "With {service} every UserAccount has a {name}."),
        Text("Her etiket için rolü (GB, PK) ve etiketi yazın.", "Write role (GB, PK) and alias of every unit."),
    ),
    "envelope.account-no-unit": Problem(
        "1150",
        Text("{service} hizmetinde {name} olmaz.", "With {service} there is no {name}."),
        Text("Rolü ve etiketi belgeden çıkarın.", "Leave role and alias out."),
    ),
    "envelope.account-role": Problem(
        "1150",
        Text("RoleCode “{value}”; GB ya da PK olmalı.", "RoleCode is “{value}”; it must be GB or PK."),
        Text("Gönderici birim için GB, posta kutusu için PK yazın.", "Write GB for a sender's unit, PK for a mailbox."),
    ),
    "envelope.account-alias": Problem(
        "1150",
        Text("Etiket olamaz: “{value}” ({detail})", "“{value}” cannot be an alias ({detail})"),
        Text(
            "urn:mail:defaultgb@firma.com.tr gibi, Türkçe harf ve boşluk olmadan, en çok 250 karakter yazın.",
            "Write it like urn:mail:defaultgb@firma.com.tr, no Turkish letters or spaces, 250 characters at most.",
        ),
    ),
    "envelope.account-count": Problem(
        "1150",
        Text(
            "{service} hizmetinde tek UserAccount olur, {count} tane var.",
            "{service} takes one UserAccount, not {count}.",
        ),
        Text("Tek UserAccount bırakın.", "Leave one UserAccount."),
    ),
    "envelope.account-twice": Problem(
        "1150",
        Text("Aynı rol ve etiket iki kez yazılmış: {value}", "The same role and alias stand there twice: {value}"),
        Text("Her birimi bir kez yazın.", "Write every unit once."),
    ),
}
