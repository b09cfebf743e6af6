"""The words of ``--help`` of ``ulak center``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["CENTER_HELP", "CENTER_METAVARS"]

CENTER_METAVARS: Final = {
    "YYYYMM": Text("YYYYAA", "YYYYMM"),
    "PORT": Text("KAPI", "PORT"),
    "HOST": Text("ADRES", "HOST"),
    "FACTOR": Text("KAT", "FACTOR"),
    "TIME": Text("ZAMAN", "TIME"),
    "TIMESPAN": Text("SÜRE", "TIMESPAN"),
    "FILE.pem": Text("DOSYA.pem", "FILE.pem"),
    "ENVELOPE": Text("ZARF", "ENVELOPE"),
    "FAULT": Text("HATA", "FAULT"),
    "SECONDS": Text("SANİYE", "SECONDS"),
    "NUMBER|ALIAS": Text("NUMARA|ETİKET", "NUMBER|ALIAS"),
    "0–1": Text("0–1", "0–1"),
    "TOKEN": Text("ANAHTAR", "TOKEN"),
    "PACK": Text("PAKET", "PACK"),
    "DATE": Text("TARİH", "DATE"),
    "COUNT": Text("SAYI", "COUNT"),
    "URL": Text("ADRES", "URL"),
    "DIR": Text("KLASÖR", "DIR"),
}
_URL: Final = Text(
    "Çalışan merkezin adresi; yazılmazsa ULAK_CENTER, o da yoksa http://127.0.0.1:8090.",
    "Address of the running center; if left out ULAK_CENTER, else http://127.0.0.1:8090.",
)
_TOKEN: Final = Text(
    "Denetim arayüzünün anahtarı; yazılmazsa ULAK_CENTER_TOKEN.",
    "Token of the control API; ULAK_CENTER_TOKEN if left out.",
)
_FORMAT: Final = Text("Çıktının biçimi.", "Form of the output.")
_ASKING: Final = {"url": _URL, "token": _TOKEN}
_GROUP: Final = Help(
    Text(
        "GİB'in simülasyonu: çalıştırır, izler, istenen hatayı kurar.",
        "GİB simulated: run it, watch it, script its faults.",
    ),
    details=(
        Text(
            "Merkez, portal, gümrük, e-Arşiv ve e-Defter; GİB'in yollarında, GİB'in kodlarıyla. Yalnız deneme içindir.",
            "Merkez, portal, customs, e-Arşiv and e-Defter, at GİB's own paths, with GİB's codes. For trying only.",
        ),
    ),
)
_RUN: Final = Help(
    Text("Merkezi çalıştırır; Ctrl-C ile durur.", "Run the center; Ctrl-C stops it."),
    {
        "port": Text("Dinlenecek kapı; 0 boş olanı alır.", "Port to listen at; 0 takes a free one."),
        "host": Text(
            "Dinlenecek adres. Başka makinelere açılırsa denetim arayüzü --control-token ister.",
            "Address to listen at. If other machines reach it, the control API wants --control-token.",
        ),
        "data": Text(
            "Her şeyin tutulacağı klasör; aynı klasörle kaldığı yerden sürer. Yazılmazsa geçicidir.",
            "Folder in which everything is kept; the same folder goes on where it ended. Temporary if left out.",
        ),
        "pki": Text(
            "Mühürlerin ve güvenilen köklerin klasörü (ulak pki new); yoksa yapılır. Yazılmazsa --data içinde pki.",
            "Folder of the seals and of trusted roots (ulak pki new); made if missing. If left out, pki in --data.",
        ),
        "seed": Text("Uydurulan her şeyin tohumu: aynı tohum, aynı merkez.", "Seed of all that is made up."),
        "speed": Text(
            "Saatin hızı: bir gerçek saniyede geçen saniye; 0 ise saat yalnız ilerletilince yürür.",
            "Speed of the clock: its seconds in a real one; with 0 it only moves when it is moved.",
        ),
        "at": Text(
            "Saatin başlayacağı an, 2026-11-22T09:00+03:00; yazılmazsa şimdi.",
            "Time at which the clock begins, 2026-11-22T09:00+03:00; now if left out.",
        ),
        "taxpayers": Text(
            "Kullanıcı listelerindeki uydurma mükellef sayısı.", "How many synthetic taxpayers the user lists have."
        ),
        "judging": Text(
            "Zarflardaki belgeler denetlensin ya da denetlenmesin.", "Judge the documents in envelopes, or do not."
        ),
        "verify_seals": Text(
            "Mühürleri de doğrula (1177); GİB'in Merkezi doğrulamaz.",
            "Verify seals too (1177); GİB's Merkez does not.",
        ),
        "token": Text(
            "Denetim arayüzü için istenecek anahtar; yazılmazsa ULAK_CENTER_TOKEN, o da yoksa yalnız bu makine.",
            "Token that the control API asks for; if left out ULAK_CENTER_TOKEN, else this machine only.",
        ),
        "certificate": Text("HTTPS sertifikası (zinciriyle).", "Certificate for HTTPS, with its chain."),
        "tls_key": Text("HTTPS sertifikasının anahtarı.", "Key of the certificate for HTTPS."),
    },
    examples=(
        ("ulak center run --data merkez", Text("Kalıcı bir merkez.", "A center that lasts.")),
        (
            "ulak center run --speed 0 --seed 7",
            Text("Hep aynı davranan, saati elle yürüyen bir merkez.", "One that repeats, its clock moved by hand."),
        ),
    ),
)
_STATUS: Final = Help(
    Text("Merkezin ya da bir zarfın durumunu gösterir.", "Show how the center, or an envelope, stands."),
    {
        "id": Text("Zarfın numarası; yazılmazsa bütün merkez.", "Id of the envelope; the whole center if left out."),
        **_ASKING,
        "format": _FORMAT,
    },
    examples=(
        ("ulak center status", Text("Sayılar ve son zarflar.", "The counts and the latest envelopes.")),
        (
            "ulak center status 6f9619ff-8b86-4011-b42d-00c04fc964ff",
            Text("Bir zarfın bütün durumları.", "Every state of an envelope."),
        ),
    ),
)
_FAULT: Final = Help(
    Text("Merkezde hata kurar, gösterir, kaldırır.", "Script faults of the center, list and remove them."),
    {
        "action": Text(
            "Kurulacak hata; yazılmazsa kurulu olanlar gösterilir.", "The fault to script; if left out, list them."
        ),
        "place": Text("Nerede; yazılmazsa hatanın olağan yeri.", "Where; the fault's usual place if left out."),
        "number": Text("fault ve status için: hata ya da durum kodu.", "For fault and status: the number."),
        "http_status": Text("error için: HTTP durumu (503).", "For error: the HTTP status (503)."),
        "seconds": Text("slow ve out-of-order için: saniye.", "For slow and out-of-order: seconds."),
        "overtakers": Text("out-of-order için: kaç zarf öne geçsin.", "For out-of-order: how many shall overtake."),
        "operation": Text(
            "Yalnız bu işlemde: sendDocument, getApplicationResponse, sendDocumentFile, userList …",
            "Only in this operation: sendDocument, getApplicationResponse, sendDocumentFile, userList …",
        ),
        "envelope_type": Text("Yalnız bu tür zarfta.", "Only for this type of envelope."),
        "party": Text("Yalnız bu VKN, TCKN ya da etiket için.", "Only for this VKN, TCKN or alias."),
        "after": Text("Önce bu kadarı zarar görmesin.", "Let so many pass first."),
        "times": Text(
            "Kaç kez; 0 ise kaldırılana kadar. Yazılmazsa 1.", "How often; 0 is until removed. Once if left out."
        ),
        "share": Text("Kaçta kaçında (0–1).", "In what share of its chances (0–1)."),
        "since": Text("Bu andan başlayarak.", "From this time on."),
        "until": Text("Bu ana kadar.", "Until this time."),
        "remove": Text("Bu numaralı hatayı kaldırır.", "Remove the fault of this number."),
        "clear": Text("Bütün hataları kaldırır.", "Remove all faults."),
        **_ASKING,
        "format": _FORMAT,
    },
    (
        Text(
            "Gelen çağrıda (take): refuse bağlantıyı keser, outage bütün servisleri kapatır, error HTTP hatası verir, "
            "slow geç yanıtlar, timeout alır ama yanıtlamaz, fault servisin kendi hatasını verir, wrong-hash yanlış "
            "özet döner.",
            "In a call that comes in (take): refuse breaks the connection, outage closes all services, error answers "
            "with an HTTP error, slow late, timeout takes but never answers, fault gives the service's own fault, "
            "wrong-hash a wrong hash.",
        ),
        Text(
            "İşlemede (judge): status durum kodunu, unknown-alias 1181'i verir. Sistem yanıtında (respond): lost onu "
            "yok eder.",
            "In processing (judge): status gives that status, unknown-alias 1181. In system responses (respond): lost "
            "makes one vanish.",
        ),
        Text(
            "Dağıtımda (deliver): unreachable 1210, slow geç, wrong-hash yanlış özetle, duplicate iki kez, "
            "out-of-order sırası bozuk dağıtır; lost hiç dağıtmaz ama dağıttı sayar.",
            "In delivery (deliver): unreachable is 1210, slow delivers late, wrong-hash with a wrong hash, duplicate "
            "twice, out-of-order out of order; lost never, but counts as delivered.",
        ),
    ),
    (
        ("ulak center fault timeout --operation sendDocument", Text("Bir gönderim yanıtsız.", "One send unanswered.")),
        ("ulak center fault outage --times 0", Text("Kaldırılana kadar kesinti.", "An outage until removed.")),
        ("ulak center fault --remove 3", Text("3 numaralı hatayı kaldırır.", "Remove fault 3.")),
    ),
)
_CLOCK: Final = Help(
    Text("Merkezin saatini gösterir, ilerletir.", "Show the center's clock, or move it."),
    {
        "advance": Text("Ne kadar: 90s, 30m, 2h, 8d.", "By how much: 90s, 30m, 2h, 8d."),
        "to": Text("Hangi ana: 2026-11-30T09:00+03:00.", "To which time: 2026-11-30T09:00+03:00."),
        **_ASKING,
    },
    (
        Text(
            "Arada yapılacak her iş kendi anında yapılır: sekiz gün bir saniyede geçer.",
            "Every task in between is carried out at its own moment: eight days pass in a second.",
        ),
    ),
    (("ulak center clock --advance 8d", Text("Sekiz gün ileri.", "Eight days ahead.")),),
)
_PACK: Final = Help(
    Text("Zarfları bir günden sonra başka kurallarla denetletir.", "Let other rules judge envelopes from a day on."),
    {
        "pack": Text(
            "Kural paketinin adı (ulak packs list); yazılmazsa kurulu değişiklikler gösterilir.",
            "Name of the rule pack (ulak packs list); if left out, list the changes.",
        ),
        "since": Text(
            "Merkezin saatiyle hangi günden başlayarak, 2026-12-01; yazılmazsa merkezin bugünü.",
            "From which day on by the center's clock, 2026-12-01; the center's today if left out.",
        ),
        **_ASKING,
        "format": _FORMAT,
    },
    (
        Text(
            "Şematron ya da şemanın değiştiği günü canlandırır: paketin kendi tarihi ve durumu sayılmaz. Merkez "
            "durunca unutulur.",
            "Plays the day on which Schematron or schema change: the pack's own date and state do not count. Forgotten "
            "when the center stops.",
        ),
    ),
    (
        (
            "ulak center pack ubl-tr-2026-12-01 --since 2026-11-23",
            Text("O günden başlayarak yeni kurallar.", "New rules from that day on."),
        ),
    ),
)
_REPORTS: Final = Help(
    Text("GİB'in kabul ettiği e-Arşiv raporlarını gösterir.", "Show the e-Arşiv reports that GİB accepted."),
    {
        "taxpayer": Text("Yalnız bu VKN ya da TCKN.", "This VKN or TCKN only."),
        "documents": Text(
            "Raporlar yerine, bildirilen her belge ve iptal.", "Every document and cancellation reported instead."
        ),
        **_ASKING,
        "format": _FORMAT,
    },
    (
        Text(
            "Kendi defterinizle karşılaştırmak için: bir belge iki kez bildirildiyse iki satırda görünür.",
            "To compare it with your own books: a document that was reported twice stands in two lines.",
        ),
    ),
    (
        ("ulak center reports --taxpayer 4812530769", Text("Bir mükellefin raporları.", "One taxpayer's reports.")),
        ("ulak center reports --documents --format json", Text("Bildirilen her belge.", "Every document reported.")),
    ),
)
_LEDGERS: Final = Help(
    Text(
        "GİB'in kabul ettiği defter, berat ve defter raporlarını gösterir.",
        "Show the books, berats and ledger reports that GİB accepted.",
    ),
    {
        "taxpayer": Text("Yalnız bu VKN ya da TCKN.", "This VKN or TCKN only."),
        "month": Text("Yalnız bu dönem, örneğin 202601.", "This month only, as 202601."),
        **_ASKING,
        "format": _FORMAT,
    },
    (
        Text(
            "Her satır kabul edilmiş bir pakettir; ayraç içindekiler o paket için düşülen notların kodlarıdır "
            "(docs/center-offices.md).",
            "Every line is an accepted package; in brackets stand the codes of what was noted about it "
            "(docs/center-offices.md).",
        ),
    ),
    (
        (
            "ulak center ledgers --taxpayer 4812530769 --month 202601",
            Text("Bir mükellefin ocak defterleri.", "One taxpayer's books of January."),
        ),
    ),
)
CENTER_HELP: Final = {
    "ulak center": _GROUP,
    "ulak center run": _RUN,
    "ulak center status": _STATUS,
    "ulak center fault": _FAULT,
    "ulak center clock": _CLOCK,
    "ulak center reports": _REPORTS,
    "ulak center ledgers": _LEDGERS,
    "ulak center pack": _PACK,
}
