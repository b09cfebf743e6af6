"""The words of ``--help`` of ``ulak wire``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["WIRE_HELP", "WIRE_METAVARS"]

WIRE_METAVARS: Final = {
    "SECONDS": Text("SANİYE", "SECONDS"),
    "FILE.pem": Text("DOSYA.pem", "FILE.pem"),
    "ID…": Text("KİMLİK…", "ID…"),
}
_CALLING: Final = {
    "to": Text(
        "Servisin adresi, https:// ile; http:// yalnız bu makine için (localhost, 127.0.0.1, ::1).",
        "Address of the service, with https://; http:// for this machine alone (localhost, 127.0.0.1, ::1).",
    ),
    "service": Text("Hangi servis; e-İrsaliye de efatura.", "Which service; e-İrsaliye is efatura too."),
    "key": Text(
        "İsteği mühürleyen anahtarın adresi (ulak seal gibi); e-Arşiv ve e-Defter ister.",
        "Address of the key that seals the request (as in ulak seal); wanted by e-Arşiv and e-Defter.",
    ),
    "certificate": Text(
        "Anahtarın sertifikası, anahtarın yanında durmuyorsa.",
        "The key's certificate, where it is not kept with the key.",
    ),
    "timeout": Text("Bir çağrı en çok kaç saniye sürer.", "Seconds that a call takes at most."),
    "roots": Text(
        "Sunucunun sertifikası sistemin kökleri yerine bunlarla denetlenir (PEM).",
        "Check the server's certificate by these roots (PEM) instead of the system's.",
    ),
    "format": Text("Çıktının biçimi.", "Form of the output."),
}
_SEND: Final = Help(
    Text("Zarf ya da paket gönderir.", "Send envelopes or packages."),
    {
        "files": Text(
            "Adı kimliği olan zip dosyaları: <UUID>.zip; - standart girdiden bir zarf.",
            "Zip files named by their id: <UUID>.zip; - is an envelope from standard input.",
        ),
        **_CALLING,
        "retry": Text(
            "Sonuç belli olmazsa en çok kaç adım daha: önce sorar, ancak karşıda yoksa yeniden gönderir.",
            "Further steps at most while the outcome is open: it asks, and sends again only what is not there.",
        ),
        "pause": Text(
            "İlk bekleme; her adımda iki katına çıkar, en çok 300 saniye.",
            "The first pause; each next one is twice as long, 300 seconds at most.",
        ),
        "inline": Text(
            "Dosya SOAP zarfının içinde gider (base64), MTOM olmadan.",
            "Send the file in the SOAP envelope (base64), without MTOM.",
        ),
        "as_is": Text(
            "Adı, içeriği ve anahtarı denetlemeden gönderir: karşı tarafı sınamak için.",
            "Send without a look at name, content and key: to try the other side.",
        ),
    },
    (
        Text(
            "Alındı, karşı tarafın kuyruğa koyduğudur; işlendiği anlamına gelmez. Kendiliğinden hiçbir şey yeniden "
            "gönderilmez. Çıkış kodu: alındıysa 0, reddedildiyse 1, gönderilmediyse ya da ulaştığı bilinmiyorsa 2.",
            "Taken means that the other side has queued it, not that it was processed. Nothing is sent again by "
            "itself. Exit code: 0 if taken, 1 if refused, 2 if not sent or if nobody knows.",
        ),
    ),
    (
        (
            "ulak wire send bd0a35bd-2578-4eaa-9f94-e7906e196771.zip --to "
            "https://merkeztest.efatura.gov.tr/EFaturaMerkez/services/EFatura",
            Text("GİB'in test ortamına.", "To GİB's test environment."),
        ),
        (
            "ulak wire send zarflar/*.zip --to http://127.0.0.1:8090/EFaturaMerkez/services/EFatura --retry 5",
            Text("Bu makinedeki merkeze; gerekirse sorup yeniden.", "To a center on this machine; again if need be."),
        ),
    ),
)
_STATUS: Final = Help(
    Text("Gönderilmiş bir zarfın ya da paketin durumunu sorar.", "Ask how an envelope or package stands."),
    {
        "ids": Text(
            "Zarf kimlikleri (InstanceIdentifier), e-Arşiv'de raporNo, e-Defter'de paket adı; .zip de yazılabilir.",
            "Ids of envelopes (InstanceIdentifier), for e-Arşiv raporNo, for e-Defter names of packages; with or "
            "without .zip.",
        ),
        **_CALLING,
    },
    (
        Text(
            "Durum numarasını, GİB'in sözünü, anlamını ve yapılacak işi yazar. Merkez sık sorulmaz: gönderimden 24 "
            "saat sonra, en az 5 saat arayla. Çıkış kodu: hata durumunda ya da kimlik bilinmiyorsa 1, sorulamadıysa 2.",
            "Prints the number of the status, GİB's words, what they mean and what to do. The Merkez is not asked "
            "often: 24 hours after sending, five hours apart. Exit code: 1 if the status is a failure or the id is "
            "unknown, 2 if it could not be asked.",
        ),
    ),
    (
        (
            "ulak wire status bd0a35bd-2578-4eaa-9f94-e7906e196771 --to "
            "https://merkeztest.efatura.gov.tr/EFaturaMerkez/services/EFatura",
            Text("Bir zarfın durumu.", "How an envelope stands."),
        ),
    ),
)
WIRE_HELP: Final = {
    "ulak wire": Help(Text("Zarf gönderir, durumlarını sorar.", "Send envelopes, ask how they stand.")),
    "ulak wire send": _SEND,
    "ulak wire status": _STATUS,
}
