"""Why an office refuses a package, and what it notes about one that it accepts.

The statuses of e-Arşiv are those of e-Arşiv Kılavuzu V1.18, 11; those of e-Defter are the center's own, since no source
names them. Which fault has which status is in no guide either: `docs/center-offices.md` says how it was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ulak.errors import Problem, Text, UlakError, error_of
from ulak_center.office.problem_words import BOOKS, REPORTS

__all__ = ["NOTES", "REFUSALS", "Note", "Refused", "note", "refused"]


class Refused(UlakError):
    """A package is refused; ``code`` is one of ``archive.*`` or ``ledger.*``.

    Attributes:
        status: the ``durumKodu`` that says so.
    """

    status: int = 0


class Note(NamedTuple):
    """Something worth knowing about a package that is accepted all the same."""

    code: str
    text: Text


REFUSALS: Final[Mapping[str, tuple[int, Problem]]] = {**REPORTS, **BOOKS}
"""Code → status, and what is wrong."""
_PROBLEMS: Final = {code: problem for code, (_, problem) in REFUSALS.items()}

NOTES: Final[Mapping[str, Text]] = {
    "office.no-pack": Text(
        "GİB'in {kind} paketi kurulu değil; şema ve şematron denetlenmedi (ulak packs add).",
        "GİB's {kind} package is not installed; schema and Schematron were not checked (ulak packs add).",
    ),
    "office.not-judged": Text(
        "{pack} paketinin bazı kuralları uygulanamadı: {detail}", "Some rules of {pack} could not be applied: {detail}"
    ),
    "archive.late": Text(
        "Rapor {until} sonuna kadar gönderilmeliydi; {received} alındı.",
        "The report was due by the end of {until}; it came at {received}.",
    ),
    "archive.repeated": Text(
        "{count} belge daha önce bildirilmiş; ilki {kind} {number}, {package} paketinde.",
        "{count} documents were reported before; the first is {kind} {number}, in package {package}.",
    ),
    "ledger.no-key": Text(
        "Merkezin mührü yok; berat onaylanmadı.", "The center has no seal of its own; the berat was not approved."
    ),
    "ledger.size-differs": Text(
        "Berattaki defter boyutu {said} MB, defterin boyutu {found} MB.",
        "The berat says that the book has {said} MB; it has {found} MB.",
    ),
    "ledger.count-differs": Text(
        "Berat {said} madde olduğunu söylüyor, defterde {found} madde var.",
        "The berat tells of {said} entries; the book has {found}.",
    ),
    "ledger.sums-differ": Text(
        "Berattaki {account} hesabı ({found}) defterdekinden ({wanted}) farklı.",
        "Account {account} is {found} in the berat and {wanted} in the book.",
    ),
    "ledger.books-differ": Text(
        "{account} hesabı bu beratta {found}, aynı parçanın {package} beratında {wanted}.",
        "Account {account} is {found} in this berat and {wanted} in {package} of the same part.",
    ),
    "ledger.report-differs": Text(
        "Defter raporundaki {account} hesabı ({found}) dönemin büyük defter beratlarından ({wanted}) farklı.",
        "Account {account} is {found} in the report and {wanted} in the month's ledger berats.",
    ),
    "ledger.month-missing": Text(
        "{month} dönemi için onaylı {kind} beratı yok; yazılım ay atlatmamalıdır.",
        "There is no approved {kind} berat for {month}; software must not skip months.",
    ),
    "ledger.part-missing": Text(
        "{part} numaralı önceki parça henüz onaylanmadı; tarih sürekliliği denetlenemedi.",
        "The part before, {part}, is not approved yet; whether the dates follow could not be checked.",
    ),
}
"""Notes by code."""


def refused(code: str, /, *, where: str = "", line: int | None = None, **facts: object) -> Refused:
    """The refusal of a code, its facts filled in."""
    found = error_of(Refused, _PROBLEMS, code, where=where, line=line, **facts)
    found.status, found.text = REFUSALS[code][0], _printable(found.text)
    return found


def note(code: str, /, **facts: object) -> Note:
    """The note of a code, its facts filled in; a fact that is a `Text` is said in the sentence's language."""
    tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return Note(code, _printable(Text(NOTES[code].tr.format_map(tr), NOTES[code].en.format_map(en))))


def _printable(text: Text) -> Text:
    """Names from a ZIP of strangers may hold what no XML can."""
    tr, en = ("".join(sign if sign.isprintable() else "?" for sign in " ".join(words.split())) for words in text)
    return Text(tr, en)
