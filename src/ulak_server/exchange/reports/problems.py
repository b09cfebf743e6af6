"""What can be wrong with reports, cancellations and objections: codes ``reporting.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "NoSuch", "ReportingError", "reporting_error"]

_SUPPORT: Final = Text(
    "Kendiliğinden yeniden denenecek; sürerse entegratörünüze bildirin.",
    "It is tried again by itself; if it goes on, tell your integrator.",
)
_OPERATOR: Final = Text("Sistem yöneticisi ayarları denetlemeli.", "The operator has to check the settings.")

PROBLEMS: Final[dict[str, Problem]] = {
    "reporting.no-document": Problem(
        Text("Böyle bir e-Arşiv belgesi yok.", "There is no such document of the e-Arşiv family."),
        Text(
            "Kimliğini ve mükellefi denetleyin; yalnız düzenlenmiş e-Arşiv belgeleri iptal edilir ya da itiraz edilir.",
            "Check its id and the taxpayer; only issued documents of the e-Arşiv family are cancelled or objected to.",
        ),
    ),
    "reporting.no-report": Problem(
        Text("Böyle bir rapor yok.", "There is no such report."),
        Text("Kimliğini ve mükellefi denetleyin.", "Check its id and the taxpayer."),
    ),
    "reporting.not-cancelled": Problem(
        Text("Belge iptal edilemez: {why}", "The document cannot be cancelled: {why}"),
        Text(
            "Süresi geçtiyse iade faturası ya da itiraz yoluna başvurun.",
            "If it is too late, use an invoice of return or an objection.",
        ),
    ),
    "reporting.not-objected": Problem(
        Text("Belgeye itiraz bildirilemez: {why}", "An objection to the document cannot be reported: {why}"),
        Text("Belgenin sayfasındaki süreleri ve durumu denetleyin.", "Check the times and the state on its page."),
    ),
    "reporting.objection-method": Problem(
        Text("İtiraz yöntemi “{given}” bilinmiyor.", "The method of objection “{given}” is not known."),
        Text("KEP, NOTER, TELGRAF ya da TAAHHUTLU_MEKTUP yazın.", "Write KEP, NOTER, TELGRAF or TAAHHUTLU_MEKTUP."),
    ),
    "reporting.objection-fields": Problem(
        Text(
            "İtirazın numarası ve açıklaması boş olamaz; en çok {most} karakter olur, denetim karakteri içeremez.",
            "An objection needs a number and an explanation, of at most {most} characters, without control characters.",
        ),
        Text("Bildirimin belgesindeki gibi yazın.", "Write them as they stand on the paper of the notice."),
    ),
    "reporting.objection-day": Problem(
        Text(
            "İtirazın tarihi {day}, belgenin düzenlenmesinden önce ya da gelecekte olamaz.",
            "The objection's day {day} cannot be before the document was issued, nor in the future.",
        ),
        Text("Bildirimin yapıldığı günü yazın.", "Write the day on which notice was given."),
    ),
    "reporting.answer-day": Problem(
        Text(
            "Alıcının yanıtının tarihi {day}, iptalden önce ya da gelecekte olamaz.",
            "The day {day} of the buyer's answer cannot be before the cancellation, nor in the future.",
        ),
        Text(
            "Yanıtın GİB portalındaki gününü yazın ya da boş bırakın.",
            "Write the day of the answer on GİB's portal, or leave it out.",
        ),
    ),
    "reporting.no-cancellation": Problem(
        Text(
            "Alıcının yanıtlayacağı bir iptal isteği yok: {why}",
            "There is no cancellation for the buyer to answer: {why}",
        ),
        Text(
            "Alıcı, iptal raporu GİB'ce kabul edilince yanıt verebilir; yanıtını ondan sonra kaydedin.",
            "The buyer can answer once GİB has accepted the report of the cancellation; record the answer then.",
        ),
    ),
    "reporting.not-asked": Problem(
        Text("Rapor şimdi GİB'e sorulamaz: {stands}", "GİB cannot be asked for the report now: {stands}"),
        Text(
            "Gönderilmiş ve sonucu beklenen raporlar sorulur.", "Reports that were sent and await GİB can be asked for."
        ),
    ),
    "reporting.not-renewed": Problem(
        Text("Rapor şimdi yeniden oluşturulamaz: {stands}", "The report cannot be built anew now: {stands}"),
        Text(
            "Yalnız GİB'e verilemeyen raporlar yeniden oluşturulur; belgeler böylece iki kez bildirilmez.",
            "Only reports that could not be handed in are built anew, so that nothing is reported twice.",
        ),
    ),
    "reporting.busy": Problem(
        Text("Belge ya da rapor üzerinde şu anda çalışılıyor.", "The document or report is being worked on just now."),
        Text("Biraz sonra yeniden deneyin.", "Try again in a moment."),
        permanent=False,
    ),
    "reporting.no-body": Problem(
        Text("Belgenin içeriği arşivde bulunamadı.", "The document's content is not in the archive."), _SUPPORT
    ),
    "reporting.entry": Problem(
        Text("Belge rapora konamadı: {detail}", "The document could not be put into the report: {detail}"), _SUPPORT
    ),
    "reporting.invalid": Problem(
        Text(
            "Belgenin rapor satırı GİB'in kurallarına uymuyor: {detail}",
            "The document's entry breaks GİB's rules for reports: {detail}",
        ),
        _SUPPORT,
    ),
    "reporting.header-invalid": Problem(
        Text(
            "Raporun başlığı GİB'in kurallarına uymuyor: {detail}", "The report's header breaks GİB's rules: {detail}"
        ),
        _OPERATOR,
    ),
    "reporting.internal": Problem(
        Text("Beklenmeyen bir hata: {kind}.", "An unexpected error: {kind}."), _SUPPORT, permanent=False
    ),
    "reporting.no-stamper": Problem(
        Text(
            "Zaman damgası hizmeti ayarlanmamış; raporlar onsuz imzalanamaz.",
            "No time stamp authority is set; reports cannot be sealed without one.",
        ),
        Text("ULAK_TSA değişkenini ayarlayın.", "Set ULAK_TSA."),
        permanent=False,
    ),
    "reporting.no-trust": Problem(
        Text(
            "Güvenilen kökler ayarlanmamış; raporların zaman damgaları onsuz tamamlanamaz.",
            "No trusted roots are set; the seals of reports cannot be completed without them.",
        ),
        Text("ULAK_TRUST değişkenini ayarlayın.", "Set ULAK_TRUST."),
        permanent=False,
    ),
    "reporting.not-gathered": Problem(
        Text(
            "Bir mükellefin bildirilecek kayıtları rapora alınamadı; rapor başlamadı.",
            "What a taxpayer has to report could not be gathered; no report was begun.",
        ),
        Text(
            "Günlükte report.not-gathered satırına bakın; birkaç dakikada bir yeniden denenir.",
            "Look at report.not-gathered in the log; it is tried again every few minutes.",
        ),
        permanent=False,
    ),
    "reporting.put-aside": Problem(
        Text(
            "Bir belge rapora konamadı ve bekliyor; öbürleri bildirildi.",
            "A document could not be put into a report and waits; the others were reported.",
        ),
        Text(
            "Nedeni belgenin zaman çizelgesinde yazar; giderilince her gün yeniden denendiğinde rapora girer.",
            "The reason stands in its timeline; once it is removed the daily try puts it into a report.",
        ),
    ),
    "reporting.no-address": Problem(
        Text("e-Arşiv servisinin adresi ayarlanmamış.", "The address of the e-Arşiv service is not set."),
        Text("ULAK_EARSIV_URL değişkenini ayarlayın.", "Set ULAK_EARSIV_URL."),
        permanent=False,
    ),
    "reporting.no-file": Problem(
        Text("Raporun dosyası saklanmamış ya da eksik.", "The report's file is not kept, or incomplete."), _SUPPORT
    ),
    "reporting.changed": Problem(
        Text(
            "Raporun saklanan dosyası, saklandığı gibi değil; gönderilmedi.",
            "The report's file is not what was kept; it was not sent.",
        ),
        _OPERATOR,
    ),
}


class ReportingError(UlakError):
    """A report, a cancellation or an objection cannot go as it was wanted."""


class NoSuch(ReportingError):
    """There is no such document or report."""


_KINDS: Final = {"reporting.no-document": NoSuch, "reporting.no-report": NoSuch}


def reporting_error(code: str, **facts: object) -> ReportingError:
    """The error of a code of `PROBLEMS`."""
    return error_of(_KINDS.get(code, ReportingError), PROBLEMS, code, where="", line=None, **facts)
