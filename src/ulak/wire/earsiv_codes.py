"""The result codes of the e-Arşiv service (e-Arşiv Kılavuzu V1.18, 11; those that are not in it are marked)."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.wire.results import Outcome, Result, Results

__all__ = ["SEND", "STATUS", "USERS"]

_AGAIN: Final = Text("Bir süre sonra yeniden deneyin.", "Try again after a while.")
_NEW: Final = Text(
    "Raporu düzeltin; yeni raporNo ile oluşturup imzalayın ve yeniden gönderin.",
    "Correct the report, build and seal it with a new raporNo, and send it again.",
)
_SAME: Final = Text(
    "Hata GİB'dedir: aynı içeriği yeni raporNo ile oluşturup imzalayın ve yeniden gönderin.",
    "The fault is GİB's: build and seal the same content with a new raporNo, and send it again.",
)
_REQUEST: Final = Text(
    "İsteği e-Arşiv Kılavuzu 5'e göre düzeltin.", "Correct the request by the e-Arşiv guide, section 5."
)
_RIGHTS: Final = Text(
    "SOAP imzasını ve GİB'deki e-Arşiv yetkisini denetleyin.", "Check the SOAP signature and the e-Arşiv rights at GİB."
)
_WAIT: Final = Text("Bekleyin, sonra yeniden sorgulayın.", "Wait, then ask again.")
_DONE: Final = Text("Yapılacak bir şey yok.", "Nothing is to be done.")


def _send(number: int, label: str, english: str, repair: Text, *, permanent: bool = True) -> Result:
    return _row("send", number, label, english, repair, permanent=permanent)


def _row(
    kind: str,
    number: int,
    label: str,
    english: str,
    repair: Text,
    outcome: Outcome = Outcome.ERROR,
    *,
    permanent: bool = True,
    in_guide: bool = True,
) -> Result:
    shown = number if kind == "status" else f"{number:03}"
    text = Text(label if label.endswith(".") else label + ".", english)
    return Result(f"wire.earsiv.{kind}.{shown}", number, label, text, repair, outcome, permanent, in_guide)


SEND: Final = Results(
    (
        _row("send", 0, "Dosya Kaydedildi", "The file was stored.", _DONE, Outcome.OK),
        _send(1, "Gönderici imza yetkisi yok", "The sender has no right to sign.", _RIGHTS),
        _send(2, "Attachment null olamaz", "The Attachment is missing.", _REQUEST),
        _send(3, "Paket ID boş olamaz", "The package has no name.", _REQUEST),
        _send(
            4,
            "Paket daha önceden gönderilmiş",
            "The package was sent before.",
            Text(
                "Yeniden göndermeyin; paketin durumunu sorgulayın.", "Do not send again; ask for the package's state."
            ),
        ),
        _send(5, "Paket dosyası boş olamaz", "The package is empty.", _REQUEST),
        _send(6, "Dosya bulunamadı", "The file was not found.", _AGAIN, permanent=False),
        _send(7, "IO Hatası", "Reading or writing failed at GİB.", _AGAIN, permanent=False),
        _send(8, "Hata", "GİB's service failed.", _AGAIN, permanent=False),
        _send(
            9, "Dosya ismi 36 + .zip 40 karakter olmalıdır", "The file's name must be 36 characters and .zip.", _REQUEST
        ),
        _send(10, "Dosya ismi zip uzantılı olmalıdır", "The file's name must end in .zip.", _REQUEST),
    )
)
"""``sendDocumentFile``."""

USERS: Final = Results(
    (
        _row("users", 1, "Gönderici yetkisi yok", "The sender has no right to the list.", _RIGHTS),
        _row(
            "users",
            2,
            "Hatalı User List Parametresi. Beklenen: XML ya da CSV",
            "The list was asked for in a wrong form; XML or CSV is expected.",
            Text("type alanına XML ya da CSV yazın.", "Put XML or CSV into the field type."),
        ),
        _row("users", 6, "Dosya bulunamadı.", "The list was not found.", _AGAIN, permanent=False),
    )
)
"""``getUserList``."""


def _wrong(number: int, label: str, english: str, repair: Text = _NEW) -> Result:
    return _row("status", number, label, english, repair)


def _broke(number: int, label: str, english: str) -> Result:
    return _row("status", number, label, english, _SAME, permanent=False)


def _seen(number: int, label: str, english: str, repair: Text = _NEW) -> Result:
    return _row("status", number, label, english, repair, in_guide=False)


STATUS: Final = Results(
    (
        _seen(1, "Sorgulama yetkisi yok", "The asker has no right to this package's state.", _RIGHTS),
        _seen(
            2,
            "Paket bulunamadı",
            "There is no such package.",
            Text("Paket gönderilmişse aynı paketi yeniden gönderin.", "If it was sent, send the same package again."),
        ),
        _row("status", 10, "Dosya kuyrukta", "The file is in the queue.", _WAIT, Outcome.WAITING),
        _row("status", 15, "Paket işlenmeye başlandı", "The package is being processed.", _WAIT, Outcome.WAITING),
        _row("status", 30, "Paket başarıyla işlendi", "The package was processed successfully.", _DONE, Outcome.OK),
        _wrong(
            150,
            "Aynı Paket ID",
            "There is a package of the same id.",
            Text(
                "Yeniden göndermeyin; önceki paketin sonucuna bakın.",
                "Do not send again; see how the earlier one ended.",
            ),
        ),
        _wrong(151, "Dosya okunamadı", "The file could not be read."),
        _wrong(152, "Zip dosyası açılamadı", "The zip file could not be opened."),
        _wrong(153, "Pakette birden fazla dosya var", "The package holds more than one file."),
        _wrong(154, "İmza doğrulanamadı", "The signature could not be verified."),
        _wrong(
            155, "Başlık XML validasyon hatası açıklaması", "The header's XML is not valid; the description says why."
        ),
        _wrong(156, "Uyumsuz doküman versiyon tipi", "The document's version does not fit."),
        _wrong(157, "XML validasyon hatası açıklaması", "The XML is not valid; the description says why."),
        _wrong(158, "Başlık paket ID ile paket adlandırılması uyumsuz", "The header's id is not the package's name."),
        _wrong(159, "İmza bulunamadı", "No signature was found."),
        _broke(160, "XML veritabanı yazım hatası", "GİB's XML database could not be written."),
        _broke(161, "Okuma hatası", "Reading failed at GİB."),
        _broke(162, "Veri tabanı hatası", "GİB's database failed."),
        _broke(163, "Sistem hatası", "GİB's system failed."),
        _wrong(164, "Pakette dosya yok", "The package holds no file."),
        _wrong(
            165,
            "Max dosya boyutu hatası",
            "The file is larger than allowed (100 MB unpacked).",
            Text("Raporu bölün.", "Split the report."),
        ),
        _wrong(
            166,
            "İstek imzası ve paket imzası uyuşmuyor",
            "The signatures of the request and of the package do not agree.",
        ),
        _wrong(
            167,
            "İmza sahibi ile hazırlayan VKN/TCKN uyuşmuyor",
            "The signer is not the VKN/TCKN that the report says prepared it (hazirlayan).",
        ),
        _seen(168, "Mükellef yetkisi yok", "The taxpayer has no right to this.", _RIGHTS),
        _seen(169, "mRapor eski/yeni ÖKC uyumsuz", "The mRapor does not fit the kind of cash register (old or new)."),
    )
)
"""``getBatchStatus``, as ``durumKodu``."""
