"""The sentences of what can be wrong with where a document goes, and of why it goes there."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text
from ulak_server.documents.problem_words import row

__all__ = ["REASONS", "ROUTES"]

ROUTES: Final[dict[str, Problem]] = {
    "intake.registered": row(
        "Alıcı {partner}, {day} tarihli GİB listesinde e-Fatura kullanıcısı; ona e-Arşiv fatura düzenlenemez.",
        "The receiver {partner} is an e-Fatura user in GİB's list of {day}; they cannot be given an e-Arşiv invoice.",
        "Senaryoyu boş bırakın (belge e-Fatura olur) ya da TEMELFATURA veya TICARIFATURA yazın.",
        "Leave the profile out (it becomes an e-Fatura), or write TEMELFATURA or TICARIFATURA.",
    ),
    "intake.unregistered": row(
        "Alıcı {partner} için e-Fatura düzenlenemez: {why}",
        "The receiver {partner} cannot be given an e-Fatura: {why}",
        "Alıcının numarasını denetleyin; doğruysa senaryoyu boş bırakın ya da EARSIVFATURA yazın: belge e-Arşiv olur.",
        "Check the receiver's number; if it is right leave the profile out, or write EARSIVFATURA for e-Arşiv.",
    ),
    "intake.no-earchive": row(
        "Belge e-Arşiv fatura olur, ama mükellefin açık bir e-Arşiv hesabı yok. {why}",
        "It becomes an e-Arşiv invoice, but the taxpayer has no open account for those. {why}",
        "e-Arşiv hesabını açtırın; alıcının e-Fatura kullanıcısı olduğunu biliyorsanız numarasını denetleyin.",
        "Have the account for e-Arşiv opened; if you know that the receiver uses e-Fatura, check the number.",
    ),
    "intake.no-einvoice": row(
        "Belge e-Fatura olur, ama mükellefin açık bir e-Fatura hesabı yok. {why}",
        "It becomes an e-Fatura, but the taxpayer has no open account for those. {why}",
        "e-Fatura hesabını açtırın; kayıtlı alıcıya e-Arşiv fatura düzenlenemez.",
        "Have the account for e-Fatura opened; registered receivers cannot be given e-Arşiv invoices.",
    ),
    "intake.route": row(
        "“{value}” bir yol seçimi değil.",
        "“{value}” is no choice of the way.",
        "auto yazın (e-Fatura mı e-Arşiv mi, GİB listesi belirler) ya da boş bırakın.",
        "Write auto (GİB's list decides between e-Fatura and e-Arşiv), or leave it out.",
    ),
    "intake.not-registered": row(
        "Alıcı {partner}, {day} tarihli GİB listesinde {service} kullanıcısı değil.",
        "The receiver {partner} is no user of {service} in GİB's list of {day}.",
        "Alıcının numarasını denetleyin; e-İrsaliye yalnız kayıtlı kullanıcılara gönderilir.",
        "Check the receiver's number; despatch advices go to registered users only.",
    ),
    "intake.no-list": row(
        "GİB'in kullanıcı listesi henüz okunmadı; alıcının etiketi bilinmiyor.",
        "GİB's list of users has not been read yet; the receiver's alias is not known.",
        "Biraz sonra yeniden gönderin; sürerse işletmeniz ULAK_USERLIST_URL ayarına baksın.",
        "Send it again in a while; if that does not help, ask your operator to look at ULAK_USERLIST_URL.",
        permanent=False,
    ),
    "intake.alias": row(
        "“{alias}”, {partner} alıcısının açık bir etiketi değil.",
        "“{alias}” is no open alias of the receiver {partner}.",
        "Alıcının etiketleri: {known}.",
        "The receiver's aliases: {known}.",
    ),
}

REASONS: Final = {
    "consumer": Text(
        "11111111111, nihai tüketici için kullanılan numaradır.", "11111111111 stands for a final consumer."
    ),
    "foreign": Text(
        "2222222222, yurt dışındaki alıcı için kullanılan numaradır.", "2222222222 stands for a buyer abroad."
    ),
    "unlisted": Text(
        "Alıcı {day} tarihli GİB listesinde e-Fatura kullanıcısı değil.",
        "The receiver is no e-Fatura user in GİB's list of {day}.",
    ),
    "no-mailbox": Text(
        "Alıcının {day} tarihli GİB listesinde açık bir e-Fatura posta kutusu (PK) yok.",
        "The receiver has no open e-Fatura mailbox (PK) in GİB's list of {day}.",
    ),
    "listed": Text("Alıcı {day} tarihli GİB listesinde kayıtlı.", "The receiver is registered in GİB's list of {day}."),
    "none": Text(
        "Alıcı {day} tarihli GİB listesinde e-İrsaliye kullanıcısı değil.",
        "The receiver is no e-İrsaliye user in GİB's list of {day}.",
    ),
    "type": Text(
        "Bu tip fatura yalnız e-Arşiv olarak düzenlenir.", "Invoices of this type are issued as e-Arşiv alone."
    ),
    "kind": Text(
        "Bu tür belge GİB üzerinden gitmez; raporla bildirilir.", "This kind does not travel; it is reported."
    ),
}
"""Why a document goes the way it goes."""
