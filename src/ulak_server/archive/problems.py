"""What can be wrong with kept bodies and their keys: codes ``archive.*``."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "ArchiveError", "archive_error"]


class ArchiveError(UlakError):
    """A body cannot be kept or read."""


_RESTORE: Final = Text(
    "Veritabanını yedekten geri yükleyin; “ulak archive check” hangi belgelerin etkilendiğini söyler.",
    "Restore the database from its backup; “ulak archive check” says which documents are concerned.",
)
_KEK: Final = Text(
    "ULAK_KEK'in gösterdiği anahtarı ilk kurulumdaki gibi yerine koyun.",
    "Put the key that ULAK_KEK names back as it was when the installation was made.",
)

PROBLEMS: Final[dict[str, Problem]] = {
    "archive.damaged": Problem(
        Text(
            "Saklanan gövde bozulmuş ya da değiştirilmiş: {owner} numaralı kayıt, {part}. parça.",
            "The kept body was damaged or changed: record {owner}, part {part}.",
        ),
        _RESTORE,
    ),
    "archive.not-found": Problem(
        Text("Bu belgenin saklanan bir gövdesi yok: {what}.", "There is no kept body of this document: {what}."),
        Text(
            "ETTN'yi ve mükellefi denetleyin; belge bir taslaksa gövdesi silinmiş olabilir.",
            "Check the ETTN and the taxpayer; the body of a draft may have been deleted.",
        ),
    ),
    "archive.several": Problem(
        Text("Bu ETTN birden çok mükellefte var: {what}.", "Several taxpayers have this ETTN: {what}."),
        Text("--taxpayer ile hangisininki olduğunu söyleyin.", "Say whose with --taxpayer."),
    ),
    "archive.key-missing": Problem(
        Text("{id} numaralı veri anahtarı veritabanında yok.", "Data key {id} is not in the database."), _RESTORE
    ),
    "archive.dictionary-missing": Problem(
        Text("{id} numaralı sözlük veritabanında yok.", "Dictionary {id} is not in the database."), _RESTORE
    ),
    "archive.encoder": Problem(
        Text(
            "Karekod resimlerini yapan kodlayıcı eskisi gibi çalışmıyor; saklanan belgeler onunla geri gelir.",
            "The encoder of karekod pictures does not work as it always has; kept documents come back by it.",
        ),
        Text(
            "Ulak'ı değiştirilmemiş bir sürümden yeniden kurun; sorun sürerse makineyi (bellek, işlemci) denetleyin.",
            "Install Ulak again from an unchanged release; if it persists, check the machine (memory, processor).",
        ),
    ),
    "archive.kek-missing": Problem(
        Text(
            "Veri anahtarlarını saran anahtar bulunamadı: {address}.",
            "The key that wraps the data keys was not found: {address}.",
        ),
        _KEK,
    ),
    "archive.kek-length": Problem(
        Text(
            "{address} 32 baytlık bir anahtar değil ({length} bayt).",
            "{address} is no key of 32 bytes ({length} bytes).",
        ),
        _KEK,
    ),
    "archive.kek-other": Problem(
        Text(
            "{id} numaralı veri anahtarı başka bir anahtarla sarılmış ({kek}); ULAK_KEK'inki: {given}.",
            "Data key {id} is wrapped by another key ({kek}) than that of ULAK_KEK ({given}).",
        ),
        _KEK,
    ),
    "archive.kek-token": Problem(
        Text("Donanımdaki anahtar işini yapamadı: {detail}.", "The key in the token could not do its work: {detail}."),
        Text(
            "Aygıtı, PIN'i ve anahtarın AES-256 olup şifreleyebildiğini denetleyin; sonra yeniden deneyin.",
            "Check the device, the PIN, and that the key is AES-256 and may encrypt; then try again.",
        ),
        permanent=False,
    ),
}


def archive_error(code: str, /, **facts: Any) -> ArchiveError:
    """The error of a code, its facts filled in."""
    return error_of(ArchiveError, PROBLEMS, code, **facts)
