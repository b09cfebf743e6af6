"""The words of ``--help`` of ``ulak pki``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["PKI_HELP", "PKI_METAVARS"]

PKI_METAVARS: Final = {
    "DIR": Text("KLASÖR", "DIR"),
    "FILE|SERIAL": Text("DOSYA|SERİ-NO", "FILE|SERIAL"),
    "NUMBER[:NAME]": Text("NUMARA[:AD]", "NUMBER[:NAME]"),
    "DAYS": Text("GÜN-SAYISI", "DAYS"),
    "URL": Text("ADRES", "URL"),
    "HOST:PORT": Text("MAKİNE:KAPI", "HOST:PORT"),
    "REASON": Text("NEDEN", "REASON"),
    "TIME": Text("ZAMAN", "TIME"),
}
_FOLDER: Final = Text("“ulak pki new” ile yapılmış klasör.", "Folder made by “ulak pki new”.")
_NEW: Final = Help(
    Text("KamuSM'yi taklit eden bir deneme PKI'si yapar.", "Make a test PKI that imitates KamuSM."),
    {
        "folder": Text(
            "Yeni ya da boş klasör; var olanların üzerine yazılmaz.", "A new or empty folder; nothing is overwritten."
        ),
        "url": Text(
            "Sertifikaların CRL ve OCSP için göstereceği adres (ulak pki serve).",
            "The address that certificates name for CRLs and OCSP (ulak pki serve).",
        ),
        "vkn": Text(
            "Bir mali mühür daha; birden çok kez yazılabilir.", "One more mali mühür; may be given several times."
        ),
        "tckn": Text(
            "Bir kişisel e-imza daha; birden çok kez yazılabilir.",
            "One more personal e-imza; may be given several times.",
        ),
        "days": Text(
            "Anahtarlar bugünden başlayarak kaç gün geçerli olsun (1-3650); yazılmazsa üç yıldan bir ay az.",
            "How many days from now keys are good (1-3650); three years less a month if left out.",
        ),
    },
    (
        Text(
            "Kökler, ara sertifikalar, iptal listeleri; firmaların, kişilerin ve entegratörün parolasız *.p12 "
            "anahtarları; süresi dolmuş, iptal edilmiş, askıda, yanlış kullanımlı ve sahte olanlar. README.txt hepsini "
            "sayar. Klasör ulak verify --trust ile kullanılır. Hiçbirinin hukuki değeri yoktur.",
            "Roots, intermediates, revocation lists; keys of firms, persons and the integrator as *.p12 without a "
            "password; and expired, revoked, suspended, misused and pretended ones. README.txt lists them all. The "
            "folder is what ulak verify --trust takes. None of it has any legal value.",
        ),
    ),
    (
        ("ulak pki new deneme-pki", Text("Olağan firmalarla.", "With the usual firms.")),
        (
            "ulak pki new deneme-pki --vkn 1234567801:Firmam --days 30",
            Text("Bir firma daha, bir aylık anahtarlarla.", "One firm more, with keys for a month."),
        ),
    ),
)
_REVOKE: Final = Help(
    Text("Bir sertifikayı iptal eder ve iptal listesini yeniler.", "Revoke a certificate and renew the list."),
    {
        "folder": _FOLDER,
        "certificate": Text(
            "Klasördeki bir dosya (*.p12, *.pem) ya da sertifikanın seri numarası.",
            "A file in the folder (*.p12, *.pem) or the certificate's serial number.",
        ),
        "reason": Text(
            "keyCompromise, superseded, cessationOfOperation …; certificateHold askıya alır, removeFromCRL askıyı "
            "kaldırır.",
            "keyCompromise, superseded, cessationOfOperation …; certificateHold suspends, removeFromCRL ends that.",
        ),
        "at": Text(
            "İptalin geçerli olduğu an; yazılmazsa şimdi. Dilim yazılmazsa İstanbul saatidir.",
            "When the revocation takes effect; now if left out. Without a zone it is Istanbul's time.",
        ),
    },
    examples=(
        ("ulak pki revoke deneme-pki meltem-7359021640.p12", Text("Şimdi iptal eder.", "Revoke now.")),
        (
            "ulak pki revoke deneme-pki sgk-7750409379.p12 --reason certificateHold",
            Text("Askıya alır.", "Suspend."),
        ),
    ),
)
_SERVE: Final = Help(
    Text(
        "Deneme PKI'sini HTTP'den sunar: CRL, OCSP, zaman damgası.",
        "Serve the test PKI over HTTP: CRLs, OCSP, time stamps.",
    ),
    {
        "folder": _FOLDER,
        "listen": Text(
            "Dinlenecek adres; yazılmazsa sertifikaların gösterdiği. Kapı 0 boş bir kapıdır.",
            "The address to listen at; that of the certificates if left out. Port 0 is any free one.",
        ),
    },
    (
        Text(
            "/AD.crl ve /AD.crt, /ocsp (POST ve GET, RFC 6960), /tsa (RFC 3161; openssl komutu gerekir). Ctrl-C ile "
            "durur. İptaller sunucu çalışırken de görülür.",
            "/NAME.crl and /NAME.crt, /ocsp (POST and GET, RFC 6960), /tsa (RFC 3161; needs the command openssl). "
            "Ctrl-C stops it. Revocations show while it runs.",
        ),
    ),
)
PKI_HELP: Final = {
    "ulak pki": Help(
        Text("KamuSM'yi taklit eden deneme PKI'sini yönetir.", "Manage a test PKI that imitates KamuSM."),
    ),
    "ulak pki new": _NEW,
    "ulak pki revoke": _REVOKE,
    "ulak pki serve": _SERVE,
}
