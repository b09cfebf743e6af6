"""What can be wrong with a key that seals, each with its stable code."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, Table, error_of
from ulak.seal.keys.problems_of_hosts import HOSTS
from ulak.seal.keys.problems_of_tokens import TOKENS

__all__ = ["PROBLEMS", "KeyFailure", "failure"]


class KeyFailure(SealError):
    """A key could not be opened or used; ``permanent`` is False where the same call may succeed later."""


_ADDRESSES: Final[Table] = {
    "key.address": Problem(
        Text("“{address}” bir anahtar adresi değil.", "“{address}” is no address of a key."),
        Text(
            "pkcs12:DOSYA, pkcs11:… (RFC 7512) ya da https://sunucu#anahtar yazın.",
            "Write pkcs12:FILE, pkcs11:… (RFC 7512) or https://host#credential.",
        ),
    ),
    "key.address-part": Problem(
        Text(
            "Anahtar adresinin “{part}” parçası yanlış: {detail}",
            "The part “{part}” of the key's address is wrong: {detail}",
        ),
        Text("Adresi docs/keys.md'deki biçimde yazın.", "Write the address as docs/keys.md shows."),
    ),
    "key.secret-in-address": Problem(
        Text(
            "Anahtar adresinde parola, PIN ya da kullanıcı adı olamaz ({part}); süreç listesinde herkes görür.",
            "The address of a key must not hold a password, PIN or user name ({part}): anybody sees the process list.",
        ),
        Text(
            "Ortam değişkeni, dosya ya da terminal kullanın; pkcs11: için pin-source=file:YOL ya da env:AD.",
            "Use an environment variable, a file or the terminal; for pkcs11: pin-source=file:PATH or env:NAME.",
        ),
    ),
}

_FILES: Final[Table] = {
    "key.file-missing": Problem(
        Text("Anahtar dosyası yok: {path}", "There is no key file {path}."),
        Text("Dosyanın yolunu denetleyin.", "Check the file's path."),
    ),
    "key.file-unreadable": Problem(
        Text("Anahtar dosyası okunamıyor: {path} ({detail})", "The key file {path} cannot be read ({detail})."),
        Text("Dosyanın izinlerini ve türünü denetleyin.", "Check the file's permissions and kind."),
    ),
    "key.file-too-large": Problem(
        Text(
            "{path} {limit} bayttan büyük; bir anahtar dosyası değil.",
            "{path} is larger than {limit} bytes; it is no key file.",
        ),
        Text("Dosyanın yolunu denetleyin.", "Check the file's path."),
    ),
    "key.file-broken": Problem(
        Text("{path} PKCS#12 dosyası olarak okunamıyor.", "{path} cannot be read as a PKCS#12 file."),
        Text("Dosyayı .p12 ya da .pfx olarak yeniden dışa aktarın.", "Export the file again as .p12 or .pfx."),
    ),
    "key.password-missing": Problem(
        Text("{path} parola istiyor; parola verilmedi.", "{path} needs a password, and none was given."),
        Text(
            "Parolayı ULAK_PIN_FILE dosyasına ya da ULAK_PIN değişkenine koyun ya da komutu terminalde çalıştırın.",
            "Put the password into the file ULAK_PIN_FILE or the variable ULAK_PIN, or run the command in a terminal.",
        ),
    ),
    "key.password-wrong": Problem(
        Text(
            "{path} için verilen parola yanlış ya da dosya bozuk.",
            "The password given for {path} is wrong, or the file is damaged.",
        ),
        Text("Parolayı denetleyin.", "Check the password."),
    ),
    "key.no-key": Problem(
        Text("{place} içinde mühürleyecek bir özel anahtar yok.", "There is no private key to seal with in {place}."),
        Text(
            "Anahtarı ve sertifikasını birlikte taşıyan dosyayı ya da kartı kullanın.",
            "Use the file or token that holds the key together with its certificate.",
        ),
    ),
    "key.several-keys": Problem(
        Text("{place} içinde birden çok özel anahtar var.", "There are several private keys in {place}."),
        Text("Her anahtarı kendi dosyasına aktarın.", "Export each key to a file of its own."),
    ),
    "key.certificate-missing": Problem(
        Text("{place} içinde bu anahtarın sertifikası yok.", "There is no certificate of this key in {place}."),
        Text(
            "Sertifikayı anahtarın yanına koyun ya da bir dosyada verin (--certificate).",
            "Put the certificate beside the key, or give it in a file (--certificate).",
        ),
    ),
    "key.mismatch": Problem(
        Text(
            "Anahtar ile sertifika birbirine ait değil: {subject}, {place}",
            "The key and the certificate do not belong together: {subject}, {place}",
        ),
        Text("Bu anahtar için verilmiş sertifikayı kullanın.", "Use the certificate that was issued for this key."),
    ),
}

_SECRETS: Final[Table] = {
    "key.secret-missing": Problem(
        Text("{place} bulunamadı ya da boş.", "{place} does not exist or is empty."),
        Text("Değişkeni ya da dosyayı doldurun.", "Fill the variable or the file."),
    ),
    "key.secret-exposed": Problem(
        Text(
            "Parola dosyasını başkaları da okuyabiliyor: {path} (izinler {mode}).",
            "Others can read the file with the secret: {path} (mode {mode}).",
        ),
        Text("chmod 600 {path}", "chmod 600 {path}"),
    ),
    "key.secret-unreadable": Problem(
        Text(
            "Parola dosyası okunamıyor: {path} ({detail})", "The file with the secret cannot be read: {path} ({detail})"
        ),
        Text(
            "Dosyada yalnızca parola ya da PIN bulunmalı, tek satır, UTF-8.",
            "The file must hold the password or PIN alone, in one line, as UTF-8.",
        ),
    ),
}

_USE: Final[Table] = {
    "key.digest-length": Problem(
        Text(
            "Özet {given} bayt; bu anahtarın {algorithm} özeti {expected} bayttır.",
            "The digest has {given} bytes; a {algorithm} digest for this key has {expected}.",
        ),
        Text("Özeti anahtarın algoritmasıyla alın.", "Make the digest with the key's own algorithm."),
    ),
    "key.wrong-signature": Problem(
        Text(
            "{name} yanlış bir imza verdi; imza sertifikanın açık anahtarıyla doğrulanmıyor ve kullanılmadı.",
            "{name} gave a wrong signature: the certificate's public key does not verify it, and it was not used.",
        ),
        Text(
            "Sertifikanın bu anahtara ait olduğunu ve aygıtın arızasız olduğunu denetleyin.",
            "Check that the certificate belongs to this key, and that the device is sound.",
        ),
    ),
    "key.closed": Problem(
        Text("{name} kapatılmış.", "{name} was closed."),
        Text("Anahtarı yeniden açın.", "Open the key again."),
    ),
}

PROBLEMS: Final[Table] = {**_ADDRESSES, **_FILES, **_SECRETS, **TOKENS, **HOSTS, **_USE}


def failure(code: str, /, **facts: Any) -> KeyFailure:
    """The failure of a code, its facts filled in."""
    return error_of(KeyFailure, PROBLEMS, code, **facts)
