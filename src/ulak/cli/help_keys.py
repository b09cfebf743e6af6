"""The words of ``--help`` of ``ulak keys``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["KEYS_HELP", "KEYS_METAVARS"]

KEYS_METAVARS: Final = {
    "KEY…": Text("ANAHTAR…", "KEY…"),
    "[NAME=]KEY": Text("[AD=]ANAHTAR", "[NAME=]KEY"),
    "MODULE.so": Text("MODÜL.so", "MODULE.so"),
    "COUNT": Text("SAYI", "COUNT"),
}
_FORMAT: Final = Text("Çıktının biçimi.", "Form of the output.")
_ADDRESSES: Final = Text(
    "Anahtarların adresleri: pkcs12:DOSYA, pkcs11:… ya da https://sunucu#anahtar.",
    "Addresses of keys: pkcs12:FILE, pkcs11:… or https://host#credential.",
)
_SECRETS: Final = Text(
    "Parola ve PIN ULAK_PIN_FILE dosyasından, ULAK_PIN değişkeninden ya da terminalden alınır; https adresleri için "
    "ULAK_TOKEN_FILE ya da ULAK_TOKEN. Adreste ve komut satırında parola olamaz.",
    "Passwords and PINs come from the file ULAK_PIN_FILE, the variable ULAK_PIN or the terminal; for https addresses "
    "ULAK_TOKEN_FILE or ULAK_TOKEN. Neither address nor command line may hold one.",
)
_LIST: Final = Help(
    Text(
        "Dosyalardaki, kartlardaki ve sunuculardaki anahtarları gösterir.", "List the keys of files, tokens and hosts."
    ),
    {
        "addresses": Text(
            "Dosya, kart ya da sunucular; pkcs11: adresinin her parçası eksik olabilir. Yazılmazsa --module.",
            "Files, tokens or hosts; any part of a pkcs11: address may be missing. If left out --module.",
        ),
        "module": Text(
            "PKCS#11 modülü; yazılmazsa ULAK_PKCS11_MODULE.", "The PKCS#11 module; ULAK_PKCS11_MODULE if left out."
        ),
        "format": _FORMAT,
    },
    (
        Text(
            "Her anahtarın yanında onu açan adres yazar. PIN yalnızca tek bir kart uyarsa istenir; PIN olmadan kartın "
            "sertifikaları gösterilir.",
            "Beside each key stands the address that opens it. A PIN is asked for only if a single token fits; without "
            "one the token's certificates are shown.",
        ),
        _SECRETS,
    ),
    (
        ("ulak keys list --module /usr/lib/softhsm/libsofthsm2.so", Text("Bütün kartlar.", "All tokens.")),
        ("ulak keys list pkcs12:muhur.p12", Text("Bir dosya.", "A file.")),
    ),
)
_TEST: Final = Help(
    Text("Anahtarlarla gerçekten imza atıp doğrular.", "Really sign with keys, and verify it."),
    {
        "addresses": _ADDRESSES,
        "times": Text("Anahtar başına imza sayısı (1-1000).", "Signatures per key (1-1000)."),
        "certificate": Text(
            "Anahtarın sertifikası (PEM ya da DER), kartta yoksa.",
            "The key's certificate (PEM or DER), where the token has none.",
        ),
        "format": _FORMAT,
    },
    (
        Text(
            "İmzalanan, hiçbir belgeye ait olmayan rastgele bir özettir. Çıkış kodu yalnızca hepsi imza attıysa 0.",
            "What is signed is a random digest that belongs to no document. The exit code is 0 only if all signed.",
        ),
        _SECRETS,
    ),
    (
        (
            "ulak keys test 'pkcs11:token=HSM1;object=muhur?module-path=/usr/lib/softhsm/libsofthsm2.so'",
            Text("Bir kart.", "A token."),
        ),
    ),
)
_FORECAST: Final = Help(
    Text("Anahtarların ne zaman biteceğini gösterir.", "Show when keys end."),
    {
        "addresses": _ADDRESSES,
        "soon": Text("Kaç günden az kalınca “yakında” densin.", "Below how many days it is “soon”."),
        "urgent": Text("Kaç günden az kalınca “acil” densin.", "Below how many days it is “urgent”."),
        "format": _FORMAT,
    },
    (
        Text(
            "Anahtarın kendi sertifikasına ve onu verenlere bakar; en kötüsü söylenir. Kartlara PIN girilmez. Acil, "
            "süresi dolmuş ya da henüz başlamamış biri varsa çıkış kodu 1.",
            "Looks at the key's own certificate and its issuers, and says the worst. Tokens are given no PIN. The exit "
            "code is 1 if one is urgent, expired or not yet valid.",
        ),
    ),
    (("ulak keys forecast pkcs12:muhur.p12 --soon 90", Text("Üç ay önceden.", "Three months ahead.")),),
)
_SERVE: Final = Help(
    Text("Anahtarları HTTPS'ten imzaya açar (CSC API v2).", "Let keys be signed with over HTTPS (CSC API v2)."),
    {
        "key": Text(
            "Anahtarın adresi, önünde istenirse adı; birden çok kez yazılabilir.",
            "Address of a key, behind a name for it if wished; may be given several times.",
        ),
        "certificate": Text(
            "Sunucunun TLS sertifikası, onu verenlerle (PEM).", "The host's TLS certificate with its issuers (PEM)."
        ),
        "tls_key": Text(
            "TLS sertifikasının şifresiz anahtarı (PEM).", "Key of the TLS certificate (PEM, not encrypted)."
        ),
        "listen": Text(
            "Dinlenecek adres; kapı 0 boş bir kapıdır.", "The address to listen at; port 0 is any free one."
        ),
    },
    (
        Text(
            "Sunucuya yalnızca özetler gelir; belge ve anahtar makinesinden çıkmaz. İsteyen, ULAK_TOKEN_FILE ya da "
            "ULAK_TOKEN içindeki erişim anahtarını (en az 24 karakter) sunar. Her imza standart hataya yazılır.",
            "Only digests reach the host; documents and keys stay where they are. Who asks has to bring the access "
            "token of ULAK_TOKEN_FILE or ULAK_TOKEN (24 characters or more). Each signature is told on standard error.",
        ),
        _SECRETS,
    ),
    (
        (
            "ulak keys serve --key muhur=pkcs12:muhur.p12 --certificate tls.pem --tls-key tls.key",
            Text("Öbür uçta: --key https://makine:8771#muhur", "At the other end: --key https://machine:8771#muhur"),
        ),
    ),
)
KEYS_HELP: Final = {
    "ulak keys": Help(
        Text("Mühür anahtarlarını gösterir, sınar ve sunar.", "List, test and serve the keys that seal."),
    ),
    "ulak keys list": _LIST,
    "ulak keys test": _TEST,
    "ulak keys forecast": _FORECAST,
    "ulak keys serve": _SERVE,
}
