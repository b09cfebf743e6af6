"""The sentences of this room's errors; they stand in docs/books.md."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["PROBLEMS"]

_GONE: Final = Text("Listeye dönüp yeniden seçin.", "Go back to the list and choose again.")
_ANOTHER_NAME: Final = Text("Başka bir ad verin ya da olanı değiştirin.", "Give another name, or change the one there.")

PROBLEMS: Final[Table] = {
    "books.invalid": Problem(
        Text("Kaydedilmedi: {count} alan düzeltilmeli.", "Not saved: {count} fields have to be corrected."),
        Text("İşaretli alanlara bakın.", "See the fields that are marked."),
    ),
    "books.missing": Problem(
        Text("{field} gerekli.", "{field} is needed."), Text("Bu alanı doldurun.", "Fill this field in.")
    ),
    "books.too-long": Problem(
        Text("{field} en çok {limit} karakter olabilir.", "{field} may have {limit} characters at most."),
        Text("Kısaltın.", "Make it shorter."),
    ),
    "books.number": Problem(
        Text("“{number}” geçerli bir VKN ya da TCKN değil.", "“{number}” is neither a valid VKN nor a valid TCKN."),
        Text(
            "VKN 10, TCKN 11 hanelidir; son haneleri denetim hanesidir. Rakamları karşılaştırın.",
            "A VKN has 10 digits, a TCKN 11; the last ones are check digits. Compare the digits.",
        ),
    ),
    "books.number-missing": Problem(
        Text("Türkiye'deki bir kişinin VKN'si ya da TCKN'si gerekir.", "Somebody in Türkiye needs a VKN or TCKN."),
        Text(
            "Numarayı yazın; kişi yurt dışındaysa ülkeyi değiştirin.",
            "Write the number; if they are abroad, change the country.",
        ),
    ),
    "books.iban": Problem(
        Text("“{iban}” geçerli bir IBAN değil.", "“{iban}” is not a valid IBAN."),
        Text("Bankadan gelen IBAN'ı olduğu gibi yapıştırın.", "Paste the IBAN as it came from the bank."),
    ),
    "books.email": Problem(
        Text("“{email}” bir e-posta adresi değil.", "“{email}” is no e-mail address."),
        Text(
            "ad@alan.com biçiminde yazın; birden çoksa noktalı virgülle ayırın.",
            "Write name@domain.com; separate several by semicolons.",
        ),
    ),
    "books.alias": Problem(
        Text("“{alias}” bir etiket değil.", "“{alias}” is no alias."),
        Text("urn:mail:ad@alan biçiminde yazın ya da boş bırakın.", "Write urn:mail:name@domain, or leave it empty."),
    ),
    "books.number-of-days": Problem(
        Text("“{value}” bir gün sayısı değil.", "“{value}” is no number of days."),
        Text("0 ile 999 arasında bir tam sayı yazın.", "Write a whole number from 0 to 999."),
    ),
    "books.amount": Problem(
        Text("“{value}” bir tutar değil.", "“{value}” is no amount."),
        Text("1.234,56 gibi yazın.", "Write it like 1,234.56."),
    ),
    "books.doubtful": Problem(
        Text("“{value}” iki türlü okunabilir.", "“{value}” can be read in two ways."),
        Text("{thousand} ya da {fraction} yazın.", "Write {thousand} or {fraction}."),
    ),
    "books.percent": Problem(
        Text("“{value}” bir yüzde değil.", "“{value}” is no percentage."),
        Text("0 ile 100 arasında bir sayı yazın.", "Write a number from 0 to 100."),
    ),
    "books.code": Problem(
        Text("“{code}” {list} listesinde yok.", "“{code}” is not in the list of {list}."),
        Text("Listeden seçin{nearest}.", "Choose from the list{nearest}."),
    ),
    "books.gtip": Problem(
        Text("“{code}” bir GTİP değil.", "“{code}” is no GTİP."),
        Text("12 rakam yazın; noktalar olabilir.", "Write 12 digits; points are allowed."),
    ),
    "books.kind": Problem(
        Text("“{kind}” bir kişi türü değil.", "“{kind}” is no kind of contact."),
        Text("Müşteri, satıcı ya da ikisi birden seçin.", "Choose customer, supplier or both."),
    ),
    "books.contact-known": Problem(
        Text("{number} numaralı kişi zaten kayıtlı: {title}.", "A contact with {number} is there already: {title}."),
        Text(
            "Kayıtlı olanı değiştirin ya da buna bir şube adı verin.",
            "Change the one that is there, or give this one the name of a branch.",
        ),
    ),
    "books.item-known": Problem(
        Text("“{code}” kodlu ürün zaten kayıtlı: {name}.", "An item with the code “{code}” is there already: {name}."),
        Text(
            "Kayıtlı olanı değiştirin ya da başka bir kod verin.", "Change the one that is there, or give another code."
        ),
    ),
    "books.contact-unknown": Problem(Text("Böyle bir kişi yok.", "There is no such contact."), _GONE),
    "books.item-unknown": Problem(Text("Böyle bir ürün yok.", "There is no such item."), _GONE),
    "books.branch-unknown": Problem(Text("Böyle bir şube yok.", "There is no such branch."), _GONE),
    "books.label-unknown": Problem(Text("Böyle bir etiket yok.", "There is no such label."), _GONE),
    "books.view-unknown": Problem(Text("Böyle bir görünüm yok.", "There is no such view."), _GONE),
    "books.plan-unknown": Problem(Text("Böyle bir yineleme yok.", "There is no such recurring document."), _GONE),
    "books.branch-known": Problem(
        Text("“{name}” adlı bir şube zaten var.", "There is a branch “{name}” already."), _ANOTHER_NAME
    ),
    "books.label-known": Problem(
        Text("“{name}” adlı bir etiket zaten var.", "There is a label “{name}” already."), _ANOTHER_NAME
    ),
    "books.colour": Problem(
        Text("“{colour}” etiket rengi değil.", "“{colour}” is no colour of labels."),
        Text("Renklerden birini seçin.", "Choose one of the colours."),
    ),
    "books.too-many": Problem(
        Text("En çok {limit} tane olabilir.", "There may be {limit} at most."),
        Text("Kullanmadıklarınızı silin.", "Remove those that you do not use."),
    ),
    "books.view-not-yours": Problem(
        Text("Bu görünümü başkası kaydetmiş.", "This view was saved by somebody else."),
        Text("Kendi adınızla kaydedin.", "Save it as one of your own."),
    ),
    "books.rhythm": Problem(
        Text("Bu aralıkla yineleme kurulamaz.", "Nothing can be repeated at these intervals."),
        Text(
            "Her kaç günde, haftada, ayda ya da yılda bir ve hangi gün olduğunu seçin.",
            "Choose every how many days, weeks, months or years, and on which day.",
        ),
    ),
    "books.plan-days": Problem(
        Text("Son gün, ilk günden önce olamaz.", "The last day cannot be before the first."),
        Text("Günleri denetleyin.", "Check the days."),
    ),
    "books.plan-past": Problem(
        Text("İlk gün geçmişte olamaz.", "The first day cannot be in the past."),
        Text("Bugünü ya da sonraki bir günü seçin.", "Choose today or a later day."),
    ),
    "books.plan-document": Problem(
        Text("Bu belge yinelenemez: {detail}", "This document cannot be repeated: {detail}"),
        Text("Taslağı düzeltip yeniden deneyin.", "Correct the draft and try again."),
    ),
    "books.date": Problem(
        Text("“{value}” bir tarih değil.", "“{value}” is no date."),
        Text("22.11.2026 gibi yazın.", "Write it like 22.11.2026."),
    ),
}
