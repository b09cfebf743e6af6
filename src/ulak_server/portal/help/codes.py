"""Every stable code with its sentence and what to do: from the tables of errors of all packages, and GİB's statuses."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final, NamedTuple

import ulak
import ulak_server
from ulak.codes import statuses
from ulak.codes.statuses import Resend, Speaker, Status
from ulak.errors import Text
from ulak.rules.explain import curated_ids, explanation
from ulak.wire.results import Outcome
from ulak_server.portal.help.more_codes import MORE
from ulak_server.portal.help.service_codes import ServiceCode, by_number, service_codes

__all__ = ["SERVICES", "Entry", "areas", "entry", "found", "is_known"]

SERVICES: Final[Mapping[str, Text]] = {
    "gib": Text("GİB durum kodları", "GİB's states"),
    "edefter": Text("GİB e-Defter servisinin kodları", "Codes of GİB's e-Defter service"),
    "earsiv": Text("GİB e-Arşiv servisinin kodları", "Codes of GİB's e-Arşiv service"),
}
"""Areas that are GİB's, by name."""
_CODE: Final = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_LIKE_A_CODE: Final = re.compile(r"[0-9]{3,4}|[a-z]+(?:-[a-z]+)*\.[a-z0-9.-]*")
_TABLES: Final = re.compile(
    r".*\.([a-z_]*problems?|[a-z_]*words|problems_of_[a-z]+|xml|faults)|ulak\.rules\.advice\.table"
    r"|ulak\.seal\.verify\.catalogue\.[a-z]+"
)
"""Names of modules that hold tables of errors, of advice or of what may be wrong with a seal."""
_PLACE: Final = re.compile(r"\{[a-z_]+[^}]*\}")
_NOTHING: Final = Text("", "")
_SOURCE: Final = Text("Kaynak", "Source")
_WHY: Final = Text("Neden", "Why")
_ASKED: Final = Text("Nerede", "Where")
_ULAK: Final = Text("Ulak ne yapar", "What Ulak does")
_RESEND: Final = {
    Resend.FORBIDDEN: Text("Hiçbir şey yeniden gönderilmez.", "Nothing may be sent again."),
    Resend.SAME_DOCUMENT: Text(
        "Aynı belge, değişmeden, yeni bir zarfla gider.", "The same document goes unchanged in a new envelope."
    ),
    Resend.CORRECTED: Text(
        "Hatalı belge düzeltilip yeniden mühürlenir; zarftaki ötekiler olduğu gibi gider.",
        "The faulty document is corrected and sealed anew; the others of the envelope go unchanged.",
    ),
}
_SPEAKERS: Final = {
    Speaker.MERKEZ: Text("GİB'in merkezi", "GİB's Merkez"),
    Speaker.TARGET: Text("Alıcının sistemi", "The receiver's system"),
}


class Entry(NamedTuple):
    """One code.

    Attributes:
        text: what it says; facts of the case stand as “…”.
        repair: what to do.
        permanent: whether the same will be refused again; None where that cannot be said.
        more: further facts, each with its label.
    """

    code: str
    text: Text
    repair: Text
    permanent: bool | None = None
    more: tuple[tuple[Text, Text], ...] = ()
    official: str = ""

    @property
    def area(self) -> str:
        """The first part of the code; GİB's statuses are of the area ``gib``, those of its services of theirs."""
        first, _, rest = self.code.partition(".")
        service = rest.partition(".")[0]
        return "gib" if self.code.isdecimal() else service if service in SERVICES and first == "wire" else first


def entry(code: str) -> Entry | None:
    """A code's entry, also by the bare number that GİB's services write; None if nobody knows it."""
    return _catalogue().get(_numbers().get(code, code)) or _rule(code)


def is_known(code: str) -> bool:
    """Whether there is a page for a code."""
    return entry(code) is not None


def _rule(code: str) -> Entry | None:
    """A rule of GİB's that has an explanation written by a person."""
    if code not in curated_ids():
        return None
    said = explanation(code)
    source = ((_SOURCE, Text(said.source, said.source)),) if said.source else ()
    return Entry(code, said.explanation, said.repair, None, source)


def areas() -> Mapping[str, list[Entry]]:
    """All codes by their areas, GİB's statuses first."""
    grouped: dict[str, list[Entry]] = {}
    for one in _catalogue().values():
        grouped.setdefault(one.area, []).append(one)
    return grouped


def found(text: str) -> list[Entry]:
    """Codes that begin so, for a search that names one."""
    wanted = text.strip().lower()
    if not _LIKE_A_CODE.fullmatch(wanted):
        return []
    named = (code for number, code in _numbers().items() if number.startswith(wanted))
    begun = (code for code in _catalogue() if code.startswith(wanted))
    return [_catalogue()[code] for code in (*named, *begun)][:20]


@cache
def _catalogue() -> Mapping[str, Entry]:
    gib = {one.code: _status(one) for one in statuses.statuses()}
    ours = {code: one for package in (ulak, ulak_server) for code, one in _of_package(package)}
    more = dict(_of_table(MORE))
    services = {one.result.code: _service(one) for one in service_codes()}
    return {**gib, **services, **dict(sorted({**more, **ours}.items()))}


@cache
def _numbers() -> Mapping[str, str]:
    return by_number(service_codes())


def _of_package(package: ModuleType) -> Iterator[tuple[str, Entry]]:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.ispkg and _TABLES.fullmatch(module.name):
            for value in vars(import_module(module.name)).values():
                yield from _of_table(value)


def _of_table(value: Any) -> Iterator[tuple[str, Entry]]:
    if not isinstance(value, Mapping):
        return
    for code, said in value.items():
        if isinstance(code, str) and _CODE.fullmatch(code) and isinstance(said, tuple) and not isinstance(said, Text):
            texts = [one for one in said if isinstance(one, Text)]
            text = getattr(said, "message", None) or getattr(said, "text", None) or next(iter(texts), None)
            repair = getattr(said, "repair", None) or (texts[1] if len(texts) > 1 else _NOTHING)
            if isinstance(text, Text) and isinstance(repair, Text):
                yield code, Entry(code, _plain(text), _plain(repair), getattr(said, "permanent", None), _reasons(said))


def _reasons(said: Any) -> tuple[tuple[Text, Text], ...]:
    """Why it is so, where the table says it."""
    why = getattr(said, "explanation", None) or getattr(said, "why", None)
    return ((_WHY, _plain(why)),) if isinstance(why, Text) else ()


def _status(one: Status) -> Entry:
    speakers = [_SPEAKERS[speaker] for speaker in one.said_by]
    by = Text(", ".join(each.tr for each in speakers), ", ".join(each.en for each in speakers))
    more = ((Text("Kim söyler", "Who says it"), by), (Text("Yeniden gönderme", "Sending again"), _RESEND[one.resend]))
    failed = one.outcome.value == "error"
    return Entry(one.code, one.label, one.repair, one.permanent if failed else None, more, one.official)


def _service(one: ServiceCode) -> Entry:
    more = [(_ASKED, one.asked), (_ULAK, one.ulak)]
    if one.source:
        more.append((_SOURCE, Text(one.source, one.source)))
    permanent = one.result.permanent if one.result.outcome is Outcome.ERROR else None
    return Entry(one.result.code, one.meaning, one.repair, permanent, tuple(more), one.result.label)


def _plain(text: Text) -> Text:
    """The sentence with “…” where facts of the case stand."""
    return Text(*(_PLACE.sub("…", said).replace("““…””", "“…”").replace("{{", "{").replace("}}", "}") for said in text))
