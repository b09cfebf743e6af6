"""The result codes of the e-Defter service (Web Servis Kılavuzu V1.7, 4)."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.wire.results import Result, Results

__all__ = ["RECEIVE", "SEND", "STATUS"]

_AGAIN: Final = Text("Bir süre sonra yeniden deneyin.", "Try again after a while.")
_REQUEST: Final = Text(
    "İsteği Web Servis Kılavuzu 2'ye göre düzeltin.", "Correct the request by the web service guide, section 2."
)
_RIGHTS: Final = Text(
    "SOAP imzasını ve e-Defter uygulamasındaki rolleri denetleyin.",
    "Check the SOAP signature and the roles in the e-Defter application.",
)


def _row(number: int, label: str, english: str, repair: Text, *, permanent: bool = True) -> Result:
    return Result(f"wire.edefter.{number}", number, label, Text(label, english), repair, permanent=permanent)


def _passing(number: int, label: str, english: str, repair: Text = _AGAIN) -> Result:
    return _row(number, label, english, repair, permanent=False)


SEND: Final = Results(
    (
        _row(
            101,
            "Kullanıcının erişim yetkilendirme sistemindeki kullanıcı kodu bulunamadı.",
            "The user is not known to GİB's access system.",
            _RIGHTS,
        ),
        _row(102, "Kullanıcının ilgili rolü yok.", "The user lacks the role.", _RIGHTS),
        _row(103, "Attachment null.", "The Attachment is missing.", _REQUEST),
        _row(104, "Paket adı boş.", "The package has no name.", _REQUEST),
        _row(105, "Paket içeriği boş.", "The package is empty.", _REQUEST),
        _row(
            106,
            "Paket maksimum boyutu geçmiş.",
            "The package is larger than allowed.",
            Text("Defteri daha küçük parçalara bölün.", "Split the book into smaller parts."),
        ),
        _row(107, "Datahandler hatası.", "GİB could not take the data out of the message.", _REQUEST),
        _row(
            108,
            "Paket adı geçerli değil.",
            "The package's name is not valid.",
            Text(
                "Adı VKN/TCKN-YILAY-tür-parça[-şube].zip biçiminde verin.",
                "Name it VKN/TCKN-yearmonth-kind-part[-branch].zip.",
            ),
        ),
        _row(
            109,
            "SOAP mesajındaki imza sahibinin paketi yollama yetkisi yok.",
            "The signer of the SOAP message has no right to send this package.",
            _RIGHTS,
        ),
        _passing(110, "Veritabanı hatası.", "GİB's database failed."),
        _row(
            111,
            "Paket sisteme daha önce yüklenmiş.",
            "The package was uploaded before.",
            Text(
                "Yeniden göndermeyin; paketin durumunu sorgulayın.", "Do not send again; ask for the package's state."
            ),
        ),
        _passing(112, "Disk hatası.", "GİB's disk failed."),
        _passing(113, "İşlem kuyruğu hatası.", "GİB's queue failed."),
        _passing(114, "Bu mükellef şu anda paket yükleyemez.", "This taxpayer cannot upload packages at present."),
    )
)
"""``sendDocumentFile``."""

RECEIVE: Final = Results(
    (
        _passing(203, "Veritabanı hatası.", "GİB's database failed."),
        _passing(
            204,
            "Başarı ile işlenmiş bir paket bulunamadı.",
            "There is no package that was processed successfully.",
            Text(
                "Paketin durumunu sorgulayın; işlenince yeniden isteyin.",
                "Ask for the state; fetch once it is processed.",
            ),
        ),
        _row(
            205,
            "GIB Onaylı berat paketi bulunmuştur fakat SOAP mesajındaki imza sahibinin indirmeye yetkisi yoktur.",
            "There is an approved berat, but the signer of the SOAP message has no right to it.",
            _RIGHTS,
        ),
        _passing(206, "Disk hatası.", "GİB's disk failed."),
    )
)
"""``receiveDocumentFile``."""

STATUS: Final = Results(
    (
        _passing(303, "Veritabanı hatası.", "GİB's database failed."),
        _row(
            304,
            "Paket bulunamamıştır.",
            "There is no such package.",
            Text("Paket gönderilmişse aynı paketi yeniden gönderin.", "If it was sent, send the same package again."),
        ),
        _row(
            305,
            "Paket bulunmuştur fakat SOAP mesajındaki imza sahibinin paketin durumunu sorgulamaya yetkisi yoktur.",
            "There is such a package, but the signer of the SOAP message has no right to its state.",
            _RIGHTS,
        ),
    )
)
"""``getBatchStatus``."""
