"""The words of ``--help`` of ``ulak seal``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["SEALING_METAVARS", "SEAL_HELP"]

SEALING_METAVARS: Final = {
    "KEY": Text("ANAHTAR", "KEY"),
    "CERT": Text("SERTİFİKA", "CERT"),
}
SEAL_HELP: Final = Help(
    Text("Bir belgeyi mali mühür ya da e-imza ile mühürler.", "Seal a document with a mali mühür or e-imza."),
    {
        "file": Text(
            "Mühürsüz XML belgesi; - standart girdi.", "The XML document without a seal; - is standard input."
        ),
        "key": Text(
            "Anahtarın adresi: pkcs12:DOSYA, pkcs11:token=…;object=…, https://makine/yol#anahtar. Parola ve PIN burada "
            "yazılmaz: ULAK_PIN, ULAK_PIN_FILE ya da sorulunca.",
            "Address of the key: pkcs12:FILE, pkcs11:token=…;object=…, https://host/path#key. Passwords and PINs are "
            "not written here: ULAK_PIN, ULAK_PIN_FILE, or when asked.",
        ),
        "output": Text(
            "Mühürlü belgenin dosyası; yazılmazsa standart çıktı.",
            "File for the sealed document; else standard output.",
        ),
        "certificate": Text(
            "Anahtarın sertifikası (PEM ya da DER), anahtarın yanında durmuyorsa.",
            "The key's certificate (PEM or DER), where it is not kept with the key.",
        ),
        "trust": Text(
            "Kökler ve iptal listeleri: verilirse sertifika önce denetlenir, güvenilmezse mühürlenmez.",
            "Roots and revocation lists: if given, the certificate is judged first and does not seal unless trusted.",
        ),
        "online": Text(
            "İptal bilgisi sertifikadaki adreslerden sorulur (OCSP, CRL).",
            "Ask the addresses in certificates for revocation (OCSP, CRL).",
        ),
        "level": Text(
            "bes; t: zaman damgası; a: zaman damgası, sertifikalar ve iptal bilgisi (e-Arşiv raporu).",
            "bes; t: a time stamp; a: time stamps, certificates and revocation data (e-Arşiv reports).",
        ),
        "tsa": Text("Zaman damgası sunucusunun adresi (RFC 3161).", "Address of a time-stamp authority (RFC 3161)."),
        "counter": Text(
            "Var olan mührü mühürler: kullanıcı mesajında müşterinin karşı imzası.",
            "Seal the seal that is there: the customer's counter-signature on a user-account message.",
        ),
    },
    (
        Text(
            "Belgenin baytları olduğu gibi kalır; mühür GİB'in istediği yere konur, cac:Signature mühürleyeni ve mührü "
            "gösterecek biçimde yazılır. Bir hata olursa hiçbir şey yazılmaz.",
            "The bytes of the document stay as they are; the seal is put where GİB wants it, and cac:Signature is made "
            "to name the signatory and the seal. After an error nothing is written.",
        ),
    ),
    (
        (
            "ulak seal fatura.xml --key pkcs12:muhur.p12 -o muhurlu.xml",
            Text("Dosyadaki anahtarla.", "With a key in a file."),
        ),
        (
            "ulak seal fatura.xml --key 'pkcs11:token=muhur?module-path=/usr/lib/…/libsofthsm2.so' -o muhurlu.xml",
            Text("HSM'deki ya da karttaki anahtarla.", "With a key in an HSM or on a card."),
        ),
        (
            "ulak seal rapor.xml --key pkcs12:muhur.p12 --level a --trust kokler --tsa http://… -o muhurlu.xml",
            Text("e-Arşiv raporu, XAdES-A ile.", "An e-Arşiv report, as XAdES-A."),
        ),
    ),
)
