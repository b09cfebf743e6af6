"""What can be wrong with a test PKI, its folder and its services."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError

__all__ = ["PROBLEMS", "PkiError"]


class PkiError(SealError):
    """The test PKI could not be made, read, changed or served; ``code`` is one of ``pki.*``."""


_NEW: Final = Text("Yeni bir klasör adı verin.", "Name a new folder.")
PROBLEMS: Final = {
    "pki.folder-not-empty": Problem(
        Text("{folder} klasörü boş değil.", "The folder {folder} is not empty."),
        Text(
            "Yeni ya da boş bir klasör verin; var olan dosyaların üzerine yazılmaz.",
            "Name a new or empty folder; existing files are never overwritten.",
        ),
    ),
    "pki.not-a-folder": Problem(
        Text("{folder} bir klasör değil.", "{folder} is not a folder."),
        _NEW,
    ),
    "pki.not-writable": Problem(
        Text("{file} yazılamıyor: {detail}", "{file} cannot be written: {detail}"),
        Text("Yazma izni ve boş yeri olan bir klasör verin.", "Name a folder with write permission and free space."),
        permanent=False,
    ),
    "pki.not-a-pki": Problem(
        Text("{folder} bir deneme PKI klasörü değil: {detail}", "{folder} is no folder of a test PKI: {detail}"),
        Text("“ulak pki new KLASÖR” ile yapılmış bir klasör verin.", "Name a folder made by “ulak pki new DIR”."),
    ),
    "pki.bad-number": Problem(
        Text(
            "{option} için “{given}” olmaz: {digits} rakam gerekir.",
            "“{given}” will not do for {option}: it takes {digits} digits.",
        ),
        Text("NUMARA ya da NUMARA:AD yazın, ör. {example}.", "Write NUMBER or NUMBER:NAME, e.g. {example}."),
    ),
    "pki.bad-name": Problem(
        Text(
            "“{given}” bir sertifika sahibinin adı olamaz: 1-64 yazılabilir karakter gerekir.",
            "“{given}” cannot be the name of a certificate's owner: it takes 1 to 64 printable characters.",
        ),
        Text("Adı kısaltın.", "Shorten the name."),
    ),
    "pki.twice": Problem(
        Text("{name} adlı anahtar zaten var.", "There is a key named {name} already."),
        Text("Aynı numarayı başka bir adla verin: NUMARA:AD.", "Give the same number with another name: NUMBER:NAME."),
    ),
    "pki.bad-days": Problem(
        Text("“{given}” gün olmaz.", "“{given}” days will not do."),
        Text("1 ile 3650 arasında bir sayı yazın.", "Write a number from 1 to 3650."),
    ),
    "pki.bad-address": Problem(
        Text("“{given}” bir adres değil.", "“{given}” is no address."),
        Text("{example} gibi yazın.", "Write it like {example}."),
    ),
    "pki.unknown-certificate": Problem(
        Text("“{given}” bu PKI'nin verdiği bir sertifika değil.", "“{given}” is no certificate that this PKI issued."),
        Text(
            "Klasördeki bir dosyanın adını ya da sertifikanın seri numarasını verin (README.txt dosyaları sayar).",
            "Give the name of a file in the folder or the certificate's serial number (README.txt lists the files).",
        ),
    ),
    "pki.bad-reason": Problem(
        Text("“{given}” bir iptal nedeni değil.", "“{given}” is no reason for a revocation."),
        Text("Olabilecekler: {choices}.", "It can be: {choices}."),
    ),
    "pki.bad-time": Problem(
        Text("“{given}” bir zaman değil.", "“{given}” is no time."),
        Text(
            "2026-11-22T14:30:00+03:00 gibi yazın; dilim yazılmazsa İstanbul saatidir.",
            "Write it like 2026-11-22T14:30:00+03:00; without a zone it is Istanbul's.",
        ),
    ),
    "pki.impossible-time": Problem(
        Text(
            "İptal zamanı {given} olamaz: {begin} ile şimdi arasında olmalı.",
            "The revocation cannot be of {given}: it must lie between {begin} and now.",
        ),
        Text("Geçmişteki bir zaman verin.", "Give a time in the past."),
    ),
    "pki.already-revoked": Problem(
        Text(
            "Sertifika {at} zamanında zaten iptal edilmiş; iptal geri alınamaz.",
            "The certificate was revoked at {at} already; a revocation is final.",
        ),
        Text(
            "Yalnız askıya alma (certificateHold) değiştirilebilir ya da kaldırılabilir.",
            "Only a suspension (certificateHold) can be changed or lifted.",
        ),
    ),
    "pki.not-suspended": Problem(
        Text(
            "Sertifika askıda değil; kaldırılacak bir şey yok.",
            "The certificate is not suspended; there is nothing to lift.",
        ),
        Text("removeFromCRL yalnız askıdaki sertifika içindir.", "removeFromCRL is for suspended certificates alone."),
    ),
    "pki.address-in-use": Problem(
        Text("{address} adresi kullanılamıyor: {detail}", "The address {address} cannot be used: {detail}"),
        Text(
            "Öbür programı kapatın ya da --listen ile başka bir adres verin.",
            "Stop the other program or name another address with --listen.",
        ),
        permanent=False,
    ),
    "pki.openssl-missing": Problem(
        Text(
            "Zaman damgası için gereken openssl komutu bulunamadı.",
            "The command openssl, needed for time stamps, was not found.",
        ),
        Text(
            "openssl paketini kurun (Debian: apt-get install openssl).",
            "Install the package openssl (Debian: apt-get install openssl).",
        ),
    ),
    "pki.openssl-failed": Problem(
        Text("openssl zaman damgası veremedi: {detail}", "openssl could not make a time stamp: {detail}"),
        Text(
            "İsteğin bir RFC 3161 isteği olduğunu ve PKI klasörünün bozulmadığını denetleyin.",
            "Check that the request is one of RFC 3161 and that the PKI's folder is intact.",
        ),
        permanent=False,
    ),
}
