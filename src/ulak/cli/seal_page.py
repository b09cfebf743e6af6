"""A report on a seal as a lawyer or an accountant reads it: who sealed what, when, whether it holds, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ulak.cli.page import Cell, Page, Style
from ulak.cli.seal_facts import number_of
from ulak.errors import Language, Text, UlakError
from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Indication, Reason
from ulak.seal.verify import SealReport

__all__ = ["seal_page", "unreadable_page"]

_ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_VERDICTS: Final[dict[Indication, tuple[str, Text, Style]]] = {
    Indication.PASSED: ("✓", Text("mühür geçerli", "the seal holds"), "bold green"),
    Indication.INDETERMINATE: ("?", Text("mühre güvenilemiyor", "the seal cannot be relied on"), "bold yellow"),
    Indication.FAILED: ("✗", Text("mühür geçersiz", "the seal does not hold"), "bold red"),
}
_UNSEALED: Final = Text("mühür yok", "no seal")
_UNREADABLE: Final = Text("okunamadı", "could not be read")
_SIGNER: Final = Text("Mühürleyen", "Sealed by")
_TIME: Final = Text("Zaman", "When")
_CLAIMED: Final = Text("{time} (mühürleyenin beyanı)", "{time} (as the signer says)")
_PROVEN: Final = Text("; zaman damgası: en geç {time}", "; time stamp: {time} at the latest")
_ROLE: Final = Text("Sıfatı", "Role")
_OWNER: Final = Text("Düzenleyen", "Issued by")
_LEVEL: Final = Text("Düzey", "Level")
_CERTIFICATE: Final = Text("Sertifika", "Certificate")
_ISSUED: Final = Text(
    "seri no {serial}; veren {issuer}; {since} – {until} arasında geçerli",
    "serial number {serial}; issued by {issuer}; valid {since} – {until}",
)
_TRUST: Final = Text("Güven", "Trust")
_TRUSTED: Final = Text(
    "{at} itibarıyla geçerli, iptal edilmemiş; kök: {root}", "valid and not revoked at {at}; root: {root}"
)
_WHY: Final = Text("Neden", "Why")
_REPAIR: Final = Text("Ne yapmalı", "What to do")
_NOTE: Final = Text("Bilgi", "Note")
_COUNTER: Final = Text("Karşı imza", "Counter-signature")
_NO_ROOTS: Final = Text(
    "Güvenilecek kök verilmedi; KamuSM köklerinin klasörünü --trust ya da ULAK_TRUST ile gösterin.",
    "No root was given to trust; name the folder of KamuSM's roots by --trust or ULAK_TRUST.",
)
_GAP: Final = 14


def seal_page(page: Page, name: str, report: SealReport, language: Language, *, has_roots: bool = True) -> None:
    """Write one document's report to ``page``."""
    document = f"{report.document} {number_of(report)}".strip()
    page.line(
        Cell(f"{_VERDICTS[report.indication][0]} {name}", _style(report)), Cell(document), *_verdict(report, language)
    )
    _facts(page, report, language)
    if not has_roots and report.trusted is not None:
        page.labelled(_REPAIR.say(language), _NO_ROOTS.say(language), indent=2, gap=_GAP, style="green")
    for counter in report.counter_seals:
        page.blank()
        page.line(Cell(_COUNTER.say(language), "bold"), *_verdict(counter, language), indent=2)
        _facts(page, counter, language, own=counter.indication is not report.indication)
    page.blank()


def unreadable_page(page: Page, name: str, error: UlakError, language: Language) -> None:
    """Write that a file could not be read."""
    page.line(Cell(f"? {name}", "bold yellow"), Cell(_UNREADABLE.say(language), "bold yellow"))
    _reason(page, Reason(error.code, error.text, error.repair), language)
    page.blank()


def _style(report: SealReport) -> Style:
    return _VERDICTS[report.indication][2]


def _verdict(report: SealReport, language: Language) -> tuple[Cell, Cell]:
    word = _VERDICTS[report.indication][1] if report.is_sealed else _UNSEALED
    code = report.indication.value + (f" / {report.sub.value}" if report.sub else "")
    return Cell(word.say(language), _style(report)), Cell(code, "dim")


def _facts(page: Page, report: SealReport, language: Language, *, own: bool = True) -> None:
    def say(label: Text, text: str) -> None:
        if text:
            page.labelled(label.say(language), text, indent=2, gap=_GAP)

    if report.signer:
        say(_SIGNER, _person(report.signer))
    say(_TIME, _times(report, language))
    say(_ROLE, report.role)
    if report.signer and report.owner != report.signer.tax_id:
        say(_OWNER, report.owner)
    say(_LEVEL, f"XAdES-{report.level}" if report.level else "")
    if report.signer:
        say(_CERTIFICATE, _issued(report.signer, language))
    say(_TRUST, _trust(report, language))
    for reason in report.reasons if own else ():
        _reason(page, reason, language)
    _notes(page, report.deviations, language)


def _person(certificate: Certificate) -> str:
    number = certificate.tax_id or ""
    kind = {10: "VKN ", 11: "TCKN "}.get(len(number), "")
    return f"{certificate.common_name} ({kind}{number})" if number else certificate.subject


def _times(report: SealReport, language: Language) -> str:
    if report.signing_time is None:
        return ""
    claimed = _CLAIMED.format(time=_local(report.signing_time)).say(language)
    is_proven = report.level not in ("", "BES") and report.existed_at is not None and report.trusted is not None
    return claimed + (_PROVEN.format(time=_local(report.existed_at)).say(language) if is_proven else "")


def _issued(certificate: Certificate, language: Language) -> str:
    since, until = f"{certificate.not_before:%Y-%m-%d}", f"{certificate.not_after:%Y-%m-%d}"
    facts = {"serial": certificate.serial, "issuer": certificate.issuer, "since": since, "until": until}
    return _ISSUED.format(**facts).say(language)


def _trust(report: SealReport, language: Language) -> str:
    trusted = report.trusted
    if trusted is None or trusted.sub is not None or not trusted.chain:
        return ""
    at = _local(report.existed_at)
    return _TRUSTED.format(at=at, root=trusted.chain[-1].common_name or trusted.chain[-1].subject).say(language)


def _reason(page: Page, reason: Reason, language: Language) -> None:
    text = f"{reason.text.say(language)} [{reason.code}]"
    page.labelled(_WHY.say(language), text, indent=2, gap=_GAP, style="red")
    if repair := reason.repair.say(language):
        page.labelled(_REPAIR.say(language), repair, indent=2, gap=_GAP, style="green")


def _notes(page: Page, deviations: Sequence[Reason], language: Language) -> None:
    for deviation in deviations:
        text = f"{deviation.text.say(language)} [{deviation.code}]"
        page.labelled(_NOTE.say(language), text, indent=2, gap=_GAP, style="dim")


def _local(moment: datetime | None) -> str:
    return moment.astimezone(_ISTANBUL).isoformat(" ", "seconds") if moment else ""
