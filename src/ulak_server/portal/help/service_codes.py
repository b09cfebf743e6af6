"""What GİB's e-Defter and e-Arşiv services answer, each code with what it means for those who keep books.

Numbers and words are GİB's (e-Defter Web Servis Kılavuzu V1.7, 4; e-Arşiv Kılavuzu V1.18, 11). What Ulak does about
each is said of its own law (`ulak.lifecycle.ledgers`, `ulak.lifecycle.reports`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.ledgers import reactions as of_books
from ulak.lifecycle.reports import reactions as of_reports
from ulak.wire import earsiv_codes, edefter_codes
from ulak.wire.results import Outcome, Result

__all__ = ["ServiceCode", "by_number", "service_codes"]


class ServiceCode(NamedTuple):
    """One code of one operation of a service.

    Attributes:
        meaning: in plain words; what GİB writes is the result's label.
        repair: what the taxpayer can do.
        ulak: what the platform does by itself.
        asked: what was asked of GİB.
        source: guide and section; empty for what was seen in the field only.
    """

    result: Result
    meaning: Text
    repair: Text
    ulak: Text
    asked: Text
    source: str


_NOTHING: Final = Text("Bir şey yapmanız gerekmez.", "You need not do anything.")
_TELL: Final = Text("Bunu entegratörünüz giderir; ona iletin.", "Your integrator has to mend this; tell them.")
_BOOK_ROLES: Final = Text(
    "GİB'in e-Defter uygulamasında hesabınızın açık olduğuna bakın; açıksa entegratörünüze iletin.",
    "See in GİB's e-Defter application that your account is open; if it is, tell your integrator.",
)
_BOOKS: Final[Mapping[int, tuple[Text, Text]]] = {
    101: (
        Text(
            "GİB, gönderimi imzalayan mührün sahibini yetki sisteminde tanımıyor; paketi almadı.",
            "GİB's access system does not know the owner of the seal that signed the call; the package was not taken.",
        ),
        _TELL,
    ),
    102: (
        Text(
            "Paketin adındaki VKN/TCKN'nin e-Defter rolü yok (gerçek ortamda EDefter.Uygulama); paket alınmadı.",
            "The number in the package's name lacks the role that e-Defter asks for (EDefter.Uygulama in production);"
            " the package was not taken.",
        ),
        _BOOK_ROLES,
    ),
    103: (Text("Çağrıda dosya bölümü yoktu; GİB'e bir şey ulaşmadı.", "The call had no part for the file."), _TELL),
    104: (Text("Çağrıda paketin adı yoktu; paket alınmadı.", "The call did not name the package."), _TELL),
    105: (Text("Paketin içi boştu; paket alınmadı.", "The package was empty; it was not taken."), _TELL),
    106: (
        Text("Paket, GİB'in kabul ettiğinden büyük; alınmadı.", "The package is larger than GİB takes."),
        Text(
            "Ayı daha çok parçaya bölerek defteri yeniden oluşturun.",
            "Make the month's ledgers anew, cut into more parts.",
        ),
    ),
    107: (Text("GİB dosyayı çağrının içinden çıkaramadı.", "GİB could not take the file out of the call."), _NOTHING),
    108: (
        Text("Paketin adı GİB'in kuralına uymuyor; paket alınmadı.", "The package's name breaks GİB's rule for names."),
        _TELL,
    ),
    109: (
        Text(
            "Gönderimi imzalayanın bu mükellef adına paket yollama yetkisi yok; paket alınmadı.",
            "Whoever signed the call may not send packages for this taxpayer; the package was not taken.",
        ),
        Text(
            "GİB'in e-Defter uygulamasında entegratörünüze yetki verdiğinize bakın.",
            "See in GİB's e-Defter application that your integrator is authorised.",
        ),
    ),
    110: (
        Text("GİB'in veritabanı yanıt vermedi; paket ulaşmış olabilir.", "GİB's database failed; it may have arrived."),
        _NOTHING,
    ),
    111: (
        Text(
            "GİB'de bu adla bir paket zaten var; ikincisini almaz.",
            "GİB has a package of this name already and takes no second one.",
        ),
        Text(
            "Beklediğiniz paket değilse GİB'in e-Defter uygulamasında kimin gönderdiğine bakın.",
            "If it is not the one you expect, see in GİB's e-Defter application who sent it.",
        ),
    ),
    112: (Text("GİB'in diski yazamadı; paket ulaşmış olabilir.", "GİB's disk failed; it may have arrived."), _NOTHING),
    113: (
        Text("GİB paketi sırasına koyamadı; paket ulaşmış olabilir.", "GİB could not queue it; it may have arrived."),
        _NOTHING,
    ),
    114: (
        Text(
            "GİB bu mükelleften şu anda paket almıyor; nedenini kodla söylemez.",
            "GİB takes no packages of this taxpayer at present; the code does not tell why.",
        ),
        Text(
            "Nedenini GİB'in e-Defter uygulamasında ya da vergi dairenizde öğrenin, sonra yeniden gönderin.",
            "Learn the reason in GİB's e-Defter application or at your tax office, then send it again.",
        ),
    ),
    203: (Text("GİB'in veritabanı beratı veremedi.", "GİB's database could not give the berat."), _NOTHING),
    204: (
        Text(
            "GİB'de bu adla başarıyla işlenmiş bir paket yok; onaylı berat henüz verilemez.",
            "No package of this name was processed with success yet, so there is no approved berat.",
        ),
        _NOTHING,
    ),
    205: (
        Text(
            "Onaylı berat GİB'de duruyor, ama sorana verilmiyor: paketi başka biri göndermiş.",
            "The approved berat is there, but not for whoever asks: somebody else sent the package.",
        ),
        Text(
            "Bu ayı eski yazılımınızla gönderdiyseniz beratı oradan alın.",
            "If you sent this month with other software, fetch the berat there.",
        ),
    ),
    206: (Text("GİB'in diski beratı okuyamadı.", "GİB's disk could not read the berat."), _NOTHING),
    303: (Text("GİB'in veritabanı durumu söyleyemedi.", "GİB's database could not tell the state."), _NOTHING),
    304: (Text("GİB'de bu adla bir paket yok.", "GİB has no package of this name."), _NOTHING),
    305: (
        Text(
            "GİB'de bu adla bir paket var, ama durumu sorana söylenmiyor: paketi başka biri göndermiş.",
            "GİB has such a package, but tells its state only to whoever sent it, which was somebody else.",
        ),
        Text(
            "Bu ayı başka yazılımla gönderip göndermediğinize bakın.",
            "See whether this month was sent with other software.",
        ),
    ),
}
"""What a code of the e-Defter service means, and what to do."""
_R = of_books.Reaction
_BOOK_ACTS: Final[Mapping[_R, Text]] = {
    _R.ASK: Text(
        "Önce GİB'e sorar; ulaşmadıysa aynı paketi gönderir.", "Asks GİB first; sends it again if it is away."
    ),
    _R.KNOWN: Text("Yeniden göndermez; oradaki paketin durumunu sorar.", "Asks how the one that is there fares."),
    _R.SAME: Text("Aynı paketi bir süre sonra yeniden gönderir.", "Sends the same package again after a while."),
    _R.AGAIN: Text("Bir süre sonra yeniden sorar.", "Asks again after a while."),
    _R.WAIT: Text("Paketin durumunu sorar, işlenince beratı alır.", "Asks for the state and fetches the berat later."),
    _R.OTHERS: Text("Durur ve sizi uyarır.", "Stops, and tells you."),
    _R.PERSON: Text("Durur; neden giderilince paketi gönderirsiniz.", "Stops until the reason is removed."),
}
_S = of_reports.Reaction
_REPORT_ACTS: Final[Mapping[_S, Text]] = {
    _S.TAKE: Text("Raporun durumunu sorar.", "Asks how the report fares."),
    _S.ASK: Text(
        "Önce GİB'e sorar; ulaşmadıysa aynı raporu gönderir.", "Asks GİB first; sends it again if it is away."
    ),
    _S.KNOWN: Text("Yeniden göndermez; önceki paketin durumunu sorar.", "Asks how the earlier package fares."),
    _S.WAIT: Text("Bekler ve yeniden sorar.", "Waits and asks again."),
    _S.ACCEPT: Text("Belgeleri raporlanmış sayar.", "Counts the documents as reported."),
    _S.SAME: Text("Aynı raporu yeniden gönderir.", "Sends the same report again."),
    _S.ANEW: Text("Raporu yeni numarayla yeniden oluşturup gönderir.", "Builds it anew under a new number."),
    _S.LATER: Text(
        "Aynı içeriği bir süre sonra yeni numarayla gönderir.", "Sends the same content later, numbered anew."
    ),
    _S.DIVIDE: Text("Raporu böler.", "Divides the report."),
    _S.PERSON: Text("Durur ve entegratörü uyarır.", "Stops, and calls the integrator."),
    _S.ALARM: Text("Entegratörü uyarır ve yeniden sorar.", "Calls the integrator, and asks again."),
}
_SEND: Final = Text("Gönderim", "Sending")
_STATUS: Final = Text("Durum sorgusu", "Asking for the state")
_FETCH: Final = Text("Onaylı berat indirme", "Fetching the approved berat")
_BOOK_TABLES: Final = (
    (edefter_codes.SEND, of_books.SEND, _SEND),
    (edefter_codes.RECEIVE, of_books.RECEIVE, _FETCH),
    (edefter_codes.STATUS, of_books.STATUS, _STATUS),
)
_REPORT_TABLES: Final = (
    (earsiv_codes.SEND, of_reports.SEND, _SEND),
    (earsiv_codes.STATUS, of_reports.STATUS, _STATUS),
)


def service_codes() -> Iterator[ServiceCode]:
    """Every code of both services, in the order of the guides."""
    for table, rules, asked in _BOOK_TABLES:
        for row in table.rows:
            meaning, repair = _BOOKS[row.number]
            act = _BOOK_ACTS[rules[row.number].reaction]
            yield ServiceCode(row, meaning, repair, act, asked, "e-Defter Web Servis Kılavuzu V1.7, 4")
    for table, of_rows, asked in _REPORT_TABLES:
        for row in table.rows:
            act = _REPORT_ACTS[of_rows[row.number].reaction]
            source = "e-Arşiv Kılavuzu V1.18, 11" if row.in_guide else ""
            yield ServiceCode(row, row.text, _report_repair(row), act, asked, source)


def by_number(found: Iterable[Any]) -> Mapping[str, str]:
    """The names of codes whose bare numbers mean one thing only: three digits, as people read them on a page."""
    numbers = [(str(one.result.number), one.result.code) for one in found]
    return {number: code for number, code in numbers if len(number) == 3}


def _report_repair(row: Result) -> Text:
    return _NOTHING if row.outcome is not Outcome.ERROR or not row.permanent else row.repair
