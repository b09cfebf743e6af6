"""The report as a page: one file without scripts, to be read on a screen, a telephone or paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Any, Final

from ulak.errors import Language, Text
from ulak_center.plan.page_style import STYLE
from ulak_center.plan.values import Outcome, Result, Section, decimal

__all__ = ["page"]

_TITLE: Final = Text("GİB test planı raporu", "Report on GİB's test plan")
_OTHER: Final = {"tr": ("en", "English"), "en": ("tr", "Türkçe")}
_WORDS: Final[Mapping[Outcome, tuple[str, Text]]] = {
    Outcome.PASSED: ("✓", Text("geçti", "passed")),
    Outcome.FAILED: ("✗", Text("kaldı", "failed")),
    Outcome.NOT_RUN: ("–", Text("yapılmadı", "not run")),
    Outcome.NOT_JUDGED: ("?", Text("değerlendirilmedi", "not judged")),
}
_VERDICTS: Final[Mapping[Outcome, Text]] = {
    Outcome.PASSED: Text("Değerlendirilen bütün adımlar geçti.", "All steps that were judged passed."),
    Outcome.FAILED: Text("Bazı adımlar kaldı.", "Some steps failed."),
    Outcome.NOT_RUN: Text("Bazı adımlar yapılamadı.", "Some steps could not be run."),
    Outcome.NOT_JUDGED: Text("Hiçbir adım değerlendirilmedi.", "No step was judged."),
}
_SHORTENED: Final = Text(
    "Bu çalıştırma GİB'e sunulacak bir kanıt değildir: plan eksik, kısaltılmış ya da birden çok güne yayılmış.",
    "This run is no evidence for GİB: the plan is not whole, was shortened, or took more than one day.",
)
_SIMULATED: Final = Text(
    "GİB'in tarafı simüle edilmiştir; izin ancak GİB'in kendi test ortamındaki sonuçla verilir.",
    "GİB's side is simulated; permission is only given on the outcome in GİB's own test environment.",
)
_FACTS: Final = (
    ("candidate", Text("Kurum", "Candidate")),
    ("center", Text("Merkez", "Merkez")),
    ("portal", Text("Portal kullanıcısı", "Portal user")),
    ("GB", Text("Gönderici birim testlerinin tarihi", "Date of the sender unit's tests")),
    ("PK", Text("Posta kutusu testlerinin tarihi", "Date of the mailbox's tests")),
    ("exempt", Text("7-a zarf numarası", "Envelope number of 7-a")),
    ("time", Text("Başladı – bitti", "Began – ended")),
    ("sizes", Text("Performans testleri", "Performance tests")),
    ("judges", Text("Mühürleri doğrulayan", "Seals verified by")),
)
_SIZES: Final = Text(
    "zarfta {few} ve {many} belge, ardı ardına {envelopes} zarf",
    "{few} and {many} documents in an envelope, {envelopes} envelopes in a row",
)
_EXPECTED: Final = Text("Beklenen", "Expected")
_FOUND: Final = Text("Bulunan", "Found")
_LASTED: Final = Text("{seconds} sn", "{seconds} s")
_ENVELOPES: Final = Text("Zarflar", "Envelopes")
_DOCUMENTS: Final = Text("Belgeler (ETTN)", "Documents (ETTN)")
_MESSAGES: Final = Text("İletiler", "Messages")
_EVIDENCE: Final = Text("Kanıt", "Evidence")
_COUNTS: Final = (
    (Text("1 ileti", "1 message"), Text("{count} ileti", "{count} messages")),
    (Text("1 zarf", "1 envelope"), Text("{count} zarf", "{count} envelopes")),
    (Text("1 belge", "1 document"), Text("{count} belge", "{count} documents")),
)
_OPEN: Final = Text("Geçmeyen adımlar", "Steps that did not pass")
_ID: Final = Text("No", "Id")
_STEP: Final = Text("Adım", "Step")
_OUTCOME: Final = Text("Sonuç", "Outcome")
_TIME: Final = Text("Saat", "Time")
_NONE: Final = Text("yok", "none")


def page(
    told: Mapping[str, Any],
    results: Sequence[Result],
    language: Language,
    pages: Mapping[Language, str],
    messages: str,
) -> str:
    """The page in one language.

    Args:
        told: the report as JSON.
        pages: names of the pages, so that each can name the other.
        messages: folder of the messages, beside it.
    """
    other, name = _OTHER[language]
    title = _TITLE.say(language)
    body = "".join((*_head(told, language), *_unpassed(results, language), *_sections(results, language, messages)))
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title} – {escape(told['candidate']['title'])}</title><style>{STYLE}</style></head><body><main>"
        f'<p class="other"><a href="{pages[other]}" lang="{other}">{name}</a></p>'  # type: ignore[index]
        f"<h1>{title}</h1>{body}</main></body></html>\n"
    )


def _head(told: Mapping[str, Any], language: Language) -> Iterator[str]:
    outcome = Outcome(told["outcome"])
    mark, _ = _WORDS[outcome]
    verdict = _VERDICTS[outcome].say(language)
    yield f'<p class="verdict {outcome.value}"><span aria-hidden="true">{mark}</span> {verdict}</p><ul class="counts">'
    for each, (sign, word) in _WORDS.items():
        count = told["counts"][each.value]
        yield f'<li class="{each.value}"><b>{count}</b> <span>{sign} {word.say(language)}</span></li>'
    yield "</ul>"
    if not told["counts_for_gib"]:
        yield f'<p class="note">{_SHORTENED.say(language)}</p>'
    yield f'<p class="note quiet">{_SIMULATED.say(language)}</p><dl class="facts">'
    facts = _facts(told, language)
    for key, label in _FACTS:
        yield f"<div><dt>{label.say(language)}</dt><dd>{escape(facts[key]) or _NONE.say(language)}</dd></div>"
    yield "</dl>"


def _facts(told: Mapping[str, Any], language: Language) -> dict[str, str]:
    candidate, portal = told["candidate"], told["portal"]
    began, ended = datetime.fromisoformat(told["began"]), datetime.fromisoformat(told["ended"])
    return {
        "candidate": f"{candidate['title']} ({candidate['number']}), {candidate['software']}, {candidate['endpoint']}",
        "center": told["center"],
        "portal": f"{portal['title']} ({portal['number']}), {portal['sender']}, {portal['mailbox']}",
        "GB": ", ".join(map(_day, told["days"]["GB"])),
        "PK": ", ".join(map(_day, told["days"]["PK"])),
        "exempt": told["exempt_envelope"],
        "time": f"{began:%d.%m.%Y %H:%M:%S} – {ended:%d.%m.%Y %H:%M:%S}",
        "sizes": _SIZES.say(language).format(**told["sizes"]),
        "judges": told["judges"],
    }


def _day(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%d.%m.%Y}"


def _unpassed(results: Sequence[Result], language: Language) -> Iterator[str]:
    """What to look at first; steps that only wait for others are left to their sections."""
    rows = [one for one in results if one.outcome in (Outcome.FAILED, Outcome.NOT_JUDGED)]
    if not rows:
        return
    yield f'<section class="unpassed"><h2>{_OPEN.say(language)}</h2><ul>'
    for one in rows:
        id, mark = escape(one.step.id), _WORDS[one.outcome][0]
        title, found = escape(one.step.title.say(language)), escape(one.found.say(language))
        yield f'<li class="{one.outcome.value}"><b>{mark} <a href="#{id}">{id}</a></b> {title}: {found}</li>'
    yield "</ul></section>"


def _sections(results: Sequence[Result], language: Language, messages: str) -> Iterator[str]:
    for section, steps in groupby(results, key=lambda result: result.step.section):
        yield from _section(section, list(steps), language, messages)


def _section(section: Section, results: Sequence[Result], language: Language, messages: str) -> Iterator[str]:
    passed = sum(result.outcome is Outcome.PASSED for result in results)
    yield (
        f'<section><h2><span class="id">{escape(section.id)}</span> {escape(section.title.say(language))}'
        f" <small>{escape(section.source)} · {passed}/{len(results)}</small></h2><table><thead><tr>"
    )
    heads = (_ID, _STEP, _EXPECTED, _FOUND, _OUTCOME, _TIME)
    yield "".join(f'<th scope="col">{head.say(language)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for result in results:
        yield from _row(result, language, messages)
    yield "</tbody></table></section>"


def _row(result: Result, language: Language, messages: str) -> Iterator[str]:
    step, (mark, word) = result.step, _WORDS[result.outcome]
    found = _found(result, language)
    yield f'<tr id="{escape(step.id)}" class="{result.outcome.value}"><th scope="row">{escape(step.id)}</th>'
    yield f'<td class="title">{escape(step.title.say(language))}</td>'
    yield f'<td data-label="{_EXPECTED.say(language)}">{escape(step.expected.say(language))}</td>'
    yield f'<td data-label="{_FOUND.say(language)}">{found}{"".join(_evidence(result, language, messages))}</td>'
    yield f'<td><span class="chip">{mark} {word.say(language)}</span></td>'
    yield f'<td class="time"><time datetime="{result.began.isoformat()}">{result.began:%H:%M:%S}</time>'
    lasted = decimal(result.seconds).say(language)
    yield f" <small>{_LASTED.say(language).format(seconds=lasted)}</small></td></tr>" if step.run else "</td></tr>"


def _found(result: Result, language: Language) -> str:
    """What was found; steps that it names can be followed."""
    said = escape(result.found.say(language))
    for id in (*result.step.proven_by, *result.step.needs):
        said = re.sub(rf"(?<![\w.-]){re.escape(id)}(?![\w.-])", f'<a href="#{escape(id)}">{escape(id)}</a>', said)
    return said


def _evidence(result: Result, language: Language, messages: str) -> Iterator[str]:
    if not (result.envelopes or result.documents or result.evidence):
        return
    numbers = (len(result.evidence), len(result.envelopes), len(result.documents))
    words = zip(_COUNTS, numbers, strict=True)
    counts = [(one if count == 1 else more).say(language).format(count=count) for (one, more), count in words if count]
    yield f"<details><summary>{_EVIDENCE.say(language)}: {', '.join(counts)}</summary>"
    if result.evidence:
        links = "".join(
            f'<li><a href="{escape(messages)}/{escape(one.name)}">{escape(one.name)}</a>'
            f" <small>{escape(one.about.say(language))}</small></li>"
            for one in result.evidence
        )
        yield f"<h3>{_MESSAGES.say(language)}</h3><ul>{links}</ul>"
    for name, title, ids in (("envelopes", _ENVELOPES, result.envelopes), ("documents", _DOCUMENTS, result.documents)):
        if ids:
            listed = "".join(f"<li><code>{escape(id)}</code></li>" for id in ids)
            yield f'<div class="{name}"><h3>{title.say(language)}</h3><ul>{listed}</ul></div>'
    yield "</details>"
