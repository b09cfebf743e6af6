"""The sentences of this room's errors."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["PROBLEMS"]

_LIST: Final = Text("Mükellefin listesine bakın.", "See the taxpayer's list.")

PROBLEMS: Final[Table] = {
    "taxpayer.unknown": Problem(
        Text("Böyle bir mükellef yok ya da sizin değil.", "There is no such taxpayer, or it is not yours."),
        Text("Numarayı denetleyin.", "Check the number."),
    ),
    "taxpayer.number": Problem(
        Text("“{number}” geçerli bir VKN ya da TCKN değil.", "“{number}” is neither a valid VKN nor a valid TCKN."),
        Text("10 haneli VKN'yi ya da 11 haneli TCKN'yi denetleyin.", "Check the VKN (10 digits) or TCKN (11 digits)."),
    ),
    "taxpayer.known": Problem(
        Text("{number} numaralı mükellef zaten kayıtlı.", "The taxpayer {number} is registered already."),
        Text("Kayıtlı olanı değiştirin.", "Change the one that is there."),
    ),
    "taxpayer.name": Problem(
        Text(
            "Firmanın unvanı, kişinin adı ve soyadı gerekir.",
            "A firm needs its title, a person the first and the family name.",
        ),
        Text("Eksik olanı verin.", "Give what is missing."),
    ),
    "taxpayer.details": Problem(
        Text("Mükellefin bilgileri okunamadı: {detail}", "The taxpayer's details cannot be read: {detail}"),
        Text(
            "Belge JSON'undaki taraf alanlarını kullanın: tax_office, address …",
            "Use the fields of a party in the document's JSON: tax_office, address …",
        ),
    ),
    "taxpayer.details-fixed": Problem(
        Text("“{name}” burada değil, mükellefin kendisinde durur.", "“{name}” stands with the taxpayer, not here."),
        Text("Bu alanı bilgilerden çıkarın.", "Take this field out of the details."),
    ),
    "taxpayer.contract-days": Problem(
        Text("Sözleşme başlamadan bitemez.", "A contract cannot end before it begins."),
        Text("Bitiş gününü denetleyin.", "Check the day of its end."),
    ),
    "taxpayer.no-contract": Problem(
        Text("{day} günü için mükellefle sözleşme yok.", "There is no contract with the taxpayer on {day}."),
        Text("Sözleşmeyi yenileyin.", "Renew the contract."),
    ),
    "taxpayer.service": Problem(
        Text("“{service}” diye bir hizmet yok.", "There is no service “{service}”."),
        Text("Hizmetler: {services}.", "The services are: {services}."),
    ),
    "taxpayer.alias-none": Problem(
        Text(
            "“{service}” hizmetinin etiketi olmaz: belgeleri alıcıya GİB üzerinden gitmez.",
            "The service “{service}” has no aliases: its documents do not travel through GİB.",
        ),
        Text("Etiket eklemeden hesabı açtırın.", "Have the account opened without aliases."),
    ),
    "taxpayer.alias-role": Problem(
        Text("“{role}” bir etiket rolü değil.", "“{role}” is no role of an alias."),
        Text("GB (gönderici birim) ya da PK (posta kutusu) verin.", "Give GB (sender's unit) or PK (mailbox)."),
    ),
    "taxpayer.alias-form": Problem(
        Text("“{name}” etiket olamaz: {detail}", "“{name}” cannot be an alias: {detail}"),
        Text("urn:mail:ad@alan biçiminde bir etiket verin.", "Give one of the form urn:mail:name@domain."),
    ),
    "taxpayer.alias-known": Problem(
        Text("“{name}” etiketi bu hizmette zaten var.", "The alias “{name}” is there for this service."), _LIST
    ),
    "taxpayer.alias-unknown": Problem(
        Text("Mükellefin böyle bir açık etiketi yok: {name}", "The taxpayer has no such open alias: {name}"), _LIST
    ),
    "taxpayer.alias-several": Problem(
        Text(
            "Birden çok {role} etiketi var, hiçbiri varsayılan değil.",
            "There are several {role} aliases and none is the default.",
        ),
        Text("Etiketi belirtin ya da birini varsayılan yapın.", "Name the alias, or make one the default."),
    ),
    "taxpayer.alias-fixed": Problem(
        Text(
            "Hesap GİB'de açıkken etiketler yalnız GİB'e bildirilerek değişir.",
            "While the account is open at GİB aliases change only by telling GİB.",
        ),
        Text(
            "Etiketi hesaba ekletin: ulak taxpayer add-alias, POST /api/v1/accounts/{service}/aliases.",
            "Have it added to the account: ulak taxpayer add-alias, POST /api/v1/accounts/{service}/aliases.",
        ),
    ),
    "taxpayer.series-prefix": Problem(
        Text(
            "“{prefix}” seri ön eki olamaz: üç büyük harf ya da rakam (A–Z, 0–9).",
            "“{prefix}” cannot be a prefix: three capitals or digits (A–Z, 0–9).",
        ),
        Text("Örneğin ABC, AB1.", "For example ABC, AB1."),
    ),
    "taxpayer.series-reserved": Problem(
        Text(
            "“{prefix}” ön ekini yalnız GİB portalında düzenlenen belgeler taşır.",
            "The prefix “{prefix}” is kept for documents made at GİB's portal.",
        ),
        Text("Başka bir ön ek seçin.", "Choose another prefix."),
    ),
    "taxpayer.series-known": Problem(
        Text("“{prefix}” ön ekli bir seri zaten var.", "There is a series with the prefix “{prefix}”."),
        Text("Başka bir ön ek seçin.", "Choose another prefix."),
    ),
    "taxpayer.series-kind": Problem(
        Text("“{kind}” türündeki belgeler seriyle numaralanmaz.", "Documents of the kind “{kind}” have no series."),
        Text("Türler: {kinds}.", "The kinds are: {kinds}."),
    ),
    "taxpayer.series-purpose": Problem(
        Text(
            "“{purpose}” amacıyla ayrı seri yalnız internet satışlarının e-Arşiv faturalarına açılır (internet).",
            "A series of its own is for e-Arşiv invoices of sales on the internet (internet), not for “{purpose}”.",
        ),
        Text(
            "Amacı boş bırakın ya da e-Arşiv fatura için internet yazın.",
            "Leave the purpose empty, or write internet for e-Arşiv invoices.",
        ),
    ),
    "taxpayer.series-start": Problem(
        Text("Son numara 0 ile 999 999 998 arasında olur.", "The last number is between 0 and 999 999 998."),
        Text("Başka yerde verilen son sıra numarasını verin.", "Give the last number that was given elsewhere."),
    ),
    "taxpayer.series-none": Problem(
        Text(
            "Bu belge için açık bir seri yok ({kind}, şube “{branch}”).",
            "There is no open series for this document ({kind}, branch “{branch}”).",
        ),
        Text("Seri açın ya da belgeye kendi numaranızı verin.", "Open a series, or number the document yourself."),
    ),
    "taxpayer.series-several": Problem(
        Text(
            "Birden çok seri uyuyor ({prefixes}), hiçbiri varsayılan değil.",
            "Several series fit ({prefixes}) and none is the default.",
        ),
        Text("Seriyi belirtin ya da birini varsayılan yapın.", "Name the series, or make one the default."),
    ),
    "taxpayer.series-unknown": Problem(
        Text("“{prefix}” ön ekli açık bir {kind} serisi yok.", "There is no open series “{prefix}” for {kind}."), _LIST
    ),
    "taxpayer.key-address": Problem(
        Text("Anahtarın adresi kullanılamaz: {detail}", "The key's address cannot be used: {detail}"),
        Text("Adres belgelerine bakın: docs/keys.md.", "See docs/keys.md."),
    ),
    "taxpayer.key-foreign": Problem(
        Text(
            "Bu tür adresi yalnız işletmeci verebilir; siz https adresi verebilirsiniz.",
            "Only the operator may give such an address; you may give one that begins with https.",
        ),
        Text(
            "Mührünüzü imza sunucusuyla sunun: ulak keys serve.", "Offer your seal by a signing host: ulak keys serve."
        ),
    ),
}
