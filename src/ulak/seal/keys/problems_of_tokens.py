"""What can be wrong with PKCS#11 modules, their tokens, PINs and objects, by stable code."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem, Table

__all__ = ["TOKENS"]

TOKENS: Final[Table] = {
    "key.module-missing": Problem(
        Text("Anahtar adresinde PKCS#11 modülü yazmıyor.", "The key's address names no PKCS#11 module."),
        Text(
            "Adrese ?module-path=/yol/modul.so ekleyin ya da ULAK_PKCS11_MODULE değişkenini verin.",
            "Add ?module-path=/path/module.so to the address, or set ULAK_PKCS11_MODULE.",
        ),
    ),
    "key.module-not-loadable": Problem(
        Text(
            "PKCS#11 modülü yüklenemiyor: {path} ({detail})", "The PKCS#11 module cannot be loaded: {path} ({detail})"
        ),
        Text(
            "Modülün yolunu ve bu makinenin mimarisi için olduğunu denetleyin.",
            "Check the module's path, and that it was made for this machine's architecture.",
        ),
    ),
    "key.module-failed": Problem(
        Text("PKCS#11 modülü çalışmıyor: {path} ({detail})", "The PKCS#11 module does not work: {path} ({detail})"),
        Text(
            "Modülün ayarlarını, aygıtın bağlantısını ve gücünü denetleyin.",
            "Check the module's configuration and the device's connection and power.",
        ),
        permanent=False,
    ),
    "key.token-not-found": Problem(
        Text(
            "Kart ya da HSM bölümü bulunamadı: {token}. Görülenler: {seen}",
            "The token {token} was not found. Seen: {seen}",
        ),
        Text(
            "Kartı takın; adresteki token, serial ve slot-id değerlerini “ulak keys list” ile karşılaştırın.",
            "Insert the token; compare token, serial and slot-id of the address with “ulak keys list”.",
        ),
        permanent=False,
    ),
    "key.token-ambiguous": Problem(
        Text("Adrese uyan birden çok kart var: {seen}", "Several tokens fit the address: {seen}"),
        Text("Adrese serial=… ekleyin.", "Add serial=… to the address."),
    ),
    "key.token-removed": Problem(
        Text(
            "Kart ya da HSM bölümü {token} artık yanıt vermiyor ({detail}).",
            "The token {token} no longer answers ({detail}).",
        ),
        Text(
            "Kartı yeniden takın ya da HSM bağlantısını onarın; sonraki imza kendiliğinden yeniden dener.",
            "Insert the token again or repair the connection to the HSM; the next signature tries again by itself.",
        ),
        permanent=False,
    ),
    "key.pin-missing": Problem(
        Text("{token} PIN istiyor; PIN verilmedi.", "The token {token} needs a PIN, and none was given."),
        Text(
            "PIN'i ULAK_PIN_FILE dosyasına ya da ULAK_PIN değişkenine koyun, adrese pin-source ekleyin ya da komutu "
            "terminalde çalıştırın.",
            "Put the PIN into the file ULAK_PIN_FILE or the variable ULAK_PIN, add pin-source to the address, or run "
            "the command in a terminal.",
        ),
    ),
    "key.pin-wrong": Problem(
        Text("{token} için verilen PIN yanlış.", "The PIN given for the token {token} is wrong."),
        Text(
            "PIN'i denetleyin. Bu süreç aynı PIN'i bir daha denemez: yanlış denemeler kartı kilitler.",
            "Check the PIN. This process does not try the same PIN again: wrong tries lock the token.",
        ),
    ),
    "key.pin-last-try": Problem(
        Text(
            "{token} için tek bir PIN denemesi kaldı; Ulak onu harcamaz.",
            "The token {token} has a single try for its PIN left, and Ulak does not spend it.",
        ),
        Text(
            "Doğru PIN ile kartın kendi programından bir kez giriş yapın; sayaç sıfırlanır.",
            "Log in once with the right PIN by the token's own program; that resets the counter.",
        ),
    ),
    "key.pin-locked": Problem(
        Text("{token} kilitli: çok fazla yanlış PIN girilmiş.", "The token {token} is locked: too many wrong PINs."),
        Text("PUK ile kilidini açtırın.", "Have it unlocked with its PUK."),
    ),
    "key.pin-expired": Problem(
        Text(
            "{token} için PIN değiştirilmeli ({detail}).", "The PIN of the token {token} has to be changed ({detail})."
        ),
        Text("PIN'i kartın kendi programından değiştirin.", "Change the PIN by the token's own program."),
    ),
    "key.object-not-found": Problem(
        Text(
            "{token} içinde adrese uyan özel anahtar yok: {object}. Görülenler: {seen}",
            "No private key of {token} fits {object}. Seen: {seen}",
        ),
        Text(
            "Adresteki object ve id değerlerini “ulak keys list” ile karşılaştırın.",
            "Compare object and id of the address with “ulak keys list”.",
        ),
    ),
    "key.object-ambiguous": Problem(
        Text(
            "{token} içinde adrese uyan birden çok özel anahtar var: {seen}",
            "Several private keys of {token} fit the address: {seen}",
        ),
        Text("Adrese id=… ekleyin.", "Add id=… to the address."),
    ),
    "key.mechanism": Problem(
        Text("{place} bu imzayı yapamıyor: {mechanism}", "{place} cannot make this signature: {mechanism}"),
        Text(
            "Özetin imzalanmasına (RSA PKCS#1 v1.5 ya da ECDSA) izin veren bir anahtar kullanın.",
            "Use a key that may sign a digest (RSA PKCS#1 v1.5 or ECDSA).",
        ),
    ),
}
