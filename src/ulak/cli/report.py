"""A report as a person reads it: the verdict, then what was found, each thing once with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ulak.cli.page import Cell, Page, Style
from ulak.errors import Language, Text
from ulak.rules.findings import Finding, Level, Report, Verdict

__all__ = ["VERDICTS", "counted", "report_page"]

VERDICTS: Final[dict[Verdict, tuple[str, Text, Style]]] = {
    Verdict.VALID: ("✓", Text("geçerli", "valid"), "bold green"),
    Verdict.INVALID: ("✗", Text("geçersiz", "invalid"), "bold red"),
    Verdict.COULD_NOT_JUDGE: ("?", Text("değerlendirilemedi", "could not be judged"), "bold yellow"),
}
_LEVELS: Final[dict[Level, tuple[Text, Style]]] = {
    Level.ENGINE: (Text("belirsiz", "unclear"), "bold yellow"),
    Level.ERROR: (Text("hata", "error"), "bold red"),
    Level.WARNING: (Text("uyarı", "warning"), "yellow"),
}
_WHY: Final = Text("Neden", "Why")
_REPAIR: Final = Text("Çözüm", "Repair")
_FIELD: Final = Text("Alan", "Field")
_WHERE: Final = Text("Yer", "Where")
_VALUE: Final = Text("Değer", "Value")
_LINE: Final = Text("satır {line}", "line {line}")
_MORE: Final = Text("… ve {count} yer daha (tümü: --format json)", "… and {count} more places (all: --format json)")
_MOST_PLACES: Final = 8
_INDENT: Final = 2


def report_page(page: Page, report: Report, language: Language) -> None:
    """Write a report to ``page``, and an empty line if anything was found."""
    mark, word, style = VERDICTS[report.verdict]
    kind = " · ".join(part for part in (report.document, report.profile, report.type) if part)
    head = [Cell(f"{mark} {report.file or '-'}", style), Cell(kind), Cell(word.say(language), style)]
    if report.findings:
        head.append(Cell(counted(report.findings, language), "dim"))
    if report.verdict is not Verdict.VALID and report.pack:
        head.append(Cell(report.pack, "dim"))
    page.line(*head)
    for group in _groups(report.findings):
        page.blank()
        _group(page, group, language)
    if report.findings:
        page.blank()


def counted(findings: Iterable[Finding], language: Language) -> str:
    """How many findings of each level: ``2 hata, 1 uyarı``.

    >>> counted([], "en")
    ''
    """
    levels = [finding.level for finding in findings]
    counts = ((levels.count(level), word) for level, (word, _) in _LEVELS.items())
    return ", ".join(f"{count} {_number(word, count, language)}" for count, word in counts if count)


def _number(word: Text, count: int, language: Language) -> str:
    plural = language == "en" and count != 1 and word.en != "unclear"
    return word.say(language) + ("s" if plural else "")


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that say the same, gravest first, else in the order in which they were found."""
    groups: dict[tuple[str, Text, Text, Text], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.id, finding.message, finding.explanation, finding.repair), []).append(finding)
    order = list(_LEVELS)
    return sorted(groups.values(), key=lambda group: order.index(group[0].level))


def _group(page: Page, group: Sequence[Finding], language: Language) -> None:
    first = group[0]
    word, style = _LEVELS[first.level]
    times = f"×{len(group)}" if len(group) > 1 else ""
    page.line(Cell(word.say(language), style), Cell(first.id, "bold"), Cell(times, "bold"), indent=_INDENT)
    message, why, repair = (text.say(language) for text in (first.message, first.explanation, first.repair))
    inner = _INDENT + 2
    page.paragraph(message, indent=inner)
    if why and why != message:
        page.labelled(_WHY.say(language), why, indent=inner)
    if repair:
        page.labelled(_REPAIR.say(language), repair, indent=inner, style="green")
    values = list(dict.fromkeys(f"“{finding.value}”" for finding in group if finding.value))
    if values:
        page.labelled(_VALUE.say(language), ", ".join(values[:_MOST_PLACES]), indent=inner)
    _places(page, group, language, inner)


def _places(page: Page, group: Sequence[Finding], language: Language, indent: int) -> None:
    label = (_FIELD if group[0].field else _WHERE).say(language)
    places = list(dict.fromkeys(_place(finding, language) for finding in group))
    for place in filter(None, places[:_MOST_PLACES]):
        page.labelled(label, place, indent=indent, style="cyan")
        label = ""
    if len(places) > _MOST_PLACES:
        more = _MORE.format(count=len(places) - _MOST_PLACES).say(language)
        page.labelled("", more, indent=indent, style="dim")


def _place(finding: Finding, language: Language) -> str:
    if finding.field:
        return finding.field
    line = _LINE.format(line=finding.line).say(language) if finding.line else ""
    return ", ".join(part for part in (line, finding.xpath) if part)
