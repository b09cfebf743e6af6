"""The words of ``--help`` of ``ulak taxpayer``, ``ulak user`` and ``ulak api-key``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["HELP", "METAVARS"]

METAVARS: Final = {
    "NUMBER": Text("NUMARA", "NUMBER"),
    "EMAIL": Text("E-POSTA", "EMAIL"),
    "TEXT": Text("METİN", "TEXT"),
    "DATE": Text("GÜN", "DATE"),
    "ALIAS": Text("ETİKET", "ALIAS"),
    "KIND": Text("TÜR", "KIND"),
    "PREFIX": Text("ÖNEK", "PREFIX"),
    "SCOPE": Text("KAPSAM", "SCOPE"),
    "ADDRESS": Text("ADRES", "ADDRESS"),
    "COUNT": Text("SAYI", "COUNT"),
    "FILE": Text("DOSYA", "FILE"),
    "FILE.json": Text("DOSYA.json", "FILE.json"),
    "FILE.xml": Text("DOSYA.xml", "FILE.xml"),
    "GB|PK": Text("GB|PK", "GB|PK"),
}
_NUMBER: Final = Text("Mükellefin VKN ya da TCKN'si.", "VKN or TCKN of the taxpayer.")
_SERVICE: Final = Text(
    "Hizmet: einvoice, edespatch, earchive, esevoucher (e-SMM), epreceipt (e-MM), erreceipt (e-Gider Pusulası).",
    "The service: einvoice, edespatch, earchive, esevoucher (e-SMM), epreceipt (e-MM), erreceipt (e-Gider Pusulası).",
)
_EMAIL: Final = Text("Kişinin e-posta adresi.", "The person's e-mail address.")
_DEFAULT: Final = Text("Belirtilmediğinde bu kullanılsın.", "Take this one where none is named.")
_UNTIL: Final = Text("Son gün, yıl-ay-gün.", "The last day, year-month-day.")
_ONE: Final = {"number": _NUMBER, "service": _SERVICE}

HELP: Final = {
    "ulak taxpayer": Help(Text("Mükellefler ve GİB'deki hesapları.", "Taxpayers and their accounts at GİB.")),
    "ulak taxpayer add": Help(
        Text("Mükellef ekler.", "Take a taxpayer on."),
        {
            "number": _NUMBER,
            "title": Text("Firmanın unvanı.", "Title of a firm."),
            "first_name": Text("Kişinin adı.", "First name of a person."),
            "family_name": Text("Kişinin soyadı.", "Family name of a person."),
            "details": Text(
                "Vergi dairesi, adres …: taraf alanları, JSON.", "Tax office, address …: fields of a party, JSON."
            ),
            "since": Text("Sözleşmenin ilk günü; yazılmazsa bugün.", "First day of the contract; today if left out."),
            "until": _UNTIL,
        },
        examples=(('ulak taxpayer add 4812530769 --title "Ardıç Ticaret A.Ş."', Text("Bir firma.", "A firm.")),),
    ),
    "ulak taxpayer list": Help(Text("Mükellefleri ve hesaplarını gösterir.", "Show taxpayers and their accounts.")),
    "ulak taxpayer alias": Help(
        Text("Mükellefe etiket ekler.", "Give a taxpayer an alias."),
        {
            **_ONE,
            "role": Text("GB (gönderici birim) ya da PK (posta kutusu).", "GB (sender's unit) or PK (mailbox)."),
            "name": Text("Etiket: urn:mail:ad@alan.", "The alias: urn:mail:name@domain."),
            "default": _DEFAULT,
        },
    ),
    "ulak taxpayer series": Help(
        Text("Mükellefe numara serisi ekler.", "Give a taxpayer a series of numbers."),
        {
            "number": _NUMBER,
            "kind": Text(
                "Belge türü: invoice, despatch_advice, receipt_advice, earchive_invoice, freelance_receipt, "
                "producer_receipt, expense_note.",
                "Kind of documents: invoice, despatch_advice, receipt_advice, earchive_invoice, freelance_receipt, "
                "producer_receipt, expense_note.",
            ),
            "prefix": Text("Üç büyük harf ya da rakam.", "Three capitals or digits."),
            "purpose": Text(
                "internet: internet satışlarının e-Arşiv faturaları için.", "internet: for e-Arşiv of sales there."
            ),
            "branch": Text("Yalnız bu şube için.", "For this branch alone."),
            "last": Text("Bu yıl başka yerde verilen son sıra.", "The last number given elsewhere this year."),
            "default": _DEFAULT,
        },
    ),
    "ulak taxpayer open": Help(
        Text("GİB'de hesap açtırır.", "Have GİB open an account."),
        {**_ONE, "kind": Text("private, public, vuk507_private, vuk507_public.", "private, public, vuk507_private …")},
    ),
    "ulak taxpayer add-alias": Help(
        Text("Açık hesaba GİB'de etiket ekletir.", "Have GİB add an alias to an open account."),
        {
            **_ONE,
            "role": Text("GB (gönderici birim) ya da PK (posta kutusu).", "GB (sender's unit) or PK (mailbox)."),
            "name": Text("urn:mail:… biçiminde.", "Of the form urn:mail:…"),
        },
    ),
    "ulak taxpayer close": Help(Text("GİB'de hesap kapattırır.", "Have GİB close an account."), dict(_ONE)),
    "ulak taxpayer request": Help(
        Text("Mükellefin mührünü bekleyen isteği verir ya da alır.", "Give or take a request that waits for a seal."),
        {
            **_ONE,
            "output": Text("İsteğin yazılacağı dosya.", "Where to write the request."),
            "sealed": Text("Mükellefin mühürlediği istek.", "The request with the taxpayer's seal."),
        },
    ),
    "ulak taxpayer seal": Help(
        Text("Belgelerin kimin mührüyle mühürleneceğini seçer.", "Choose whose seal documents get."),
        {
            "number": _NUMBER,
            "key": Text("Mükellefin anahtarı; yoksa entegratörün mührü.", "The taxpayer's key; else the integrator's."),
            "secret_file": Text("PIN ya da parola dosyası.", "File with the PIN or password."),
        },
    ),
    "ulak user": Help(Text("Oturum açan kişiler.", "People who sign in.")),
    "ulak user add": Help(
        Text("Kişi davet eder ya da işletmeci ekler.", "Invite somebody, or add an operator."),
        {
            "email": _EMAIL,
            "whose": _NUMBER,
            "role": Text("Mükellefteki rolü.", "Their role for the taxpayer."),
            "operator": Text("Entegratörün kendi çalışanı.", "One of the integrator's own people."),
            "name": Text("İşletmecinin adı.", "The operator's name."),
            "password_file": Text(
                "İşletmecinin parolası; yazılmazsa sorulur.", "The operator's password; asked for if left out."
            ),
        },
    ),
    "ulak user list": Help(Text("Mükellefin kullanıcıları.", "Who works for a taxpayer."), {"whose": _NUMBER}),
    "ulak user shut-out": Help(Text("Kişinin girişini kapatır.", "Let somebody in no more."), {"email": _EMAIL}),
    "ulak api-key": Help(Text("Programların API anahtarları.", "API keys of programs.")),
    "ulak api-key new": Help(
        Text("API anahtarı üretir.", "Make an API key."),
        {
            "whose": _NUMBER,
            "name": Text("Kullanan program.", "The program that uses it."),
            "scopes": Text(
                "Yapabilecekleri; yazılmazsa hepsi. Yinelenebilir.", "What it may do; all if left out. Repeatable."
            ),
            "until": _UNTIL,
        },
    ),
    "ulak api-key list": Help(Text("Mükellefin anahtarları.", "A taxpayer's keys."), {"whose": _NUMBER}),
    "ulak api-key revoke": Help(
        Text("API anahtarını iptal eder.", "Revoke an API key."),
        {"whose": _NUMBER, "id": Text("Anahtarın numarası.", "The key's number.")},
    ),
}
