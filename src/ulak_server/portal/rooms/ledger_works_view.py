"""A work of ledgers as its pages draw it: where it stands, how far its job is, sentences about both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ulak.errors import Text, UlakError
from ulak_server import clock, formats
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.overview import months
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at
from ulak_server.portal.rooms.ledger_works_words import STEP_OF, STEPS, STEPS_OF, Step
from ulak_server.portal.rooms.reports_view import Head, month_name, size_of

__all__ = [
    "NO_TEXT",
    "Choice",
    "days_left",
    "error_of",
    "error_of_kept",
    "fixed_step",
    "head",
    "overview",
    "progress_of",
    "size",
    "steps_of",
    "title_of",
    "work_view",
]

NO_TEXT: Final = Text("", "")
_GIGA: Final = 1_000_000_000
_MINUTE: Final = 60
_HOUR: Final = 3600


class Choice(NamedTuple):
    """An option of a field of a form."""

    value: str
    label: Text
    is_chosen: bool = False


def overview(visit: Visit) -> str:
    """The address of all months."""
    return f"/t/{visit.taxpayer}/ledgers"


def title_of(work: Work) -> Text:
    """Ekim 2026 defterleri."""
    name = month_name(work.month)
    if work.kind == "report":
        return Text(f"{name.tr} defter raporu", f"Ledger report of {name.en}")
    if work.kind == "inventory":
        return Text(f"{name.tr} envanter defteri", f"Inventory book of {name.en}")
    if work.kind == "inventory":
        return Text(f"{name.tr} envanter defteri", f"Inventory book of {name.en}")
    return Text(f"{name.tr} defterleri", f"Ledgers of {name.en}")


def work_view(work: Work) -> dict[str, Any]:
    """What templates say of a work itself."""
    last = months.last_day(work.month)
    return {
        "id": work.id,
        "branch": work.branch,
        "until": work.until,
        "stage": work.stage,
        "failed": work.stage == "failed",
        "is_report": work.kind == "report",
        "is_inventory": work.kind == "inventory",
        "first": work.month,
        "latest": min(last, clock.today()),
        "is_running": last > clock.today(),
    }


def error_of(work: Work) -> UlakError | None:
    """Why it stopped, or waits."""
    return error_of_kept(work.error)


def error_of_kept(kept: Mapping[str, Any] | None) -> UlakError | None:
    """An error as it was kept, in both languages."""
    return UlakError(kept["code"], Text(**kept["detail"]), Text(**kept["repair"])) if kept else None


def fixed_step(work: Work, asked: str) -> Step:
    """The step that a page shows: the one asked for if it lies behind the work, else where the work stands."""
    steps = STEPS_OF.get(work.kind, STEPS)
    names = [one.name for one in steps]
    here = STEP_OF[work.resumes or "uploading"] if work.stage == "failed" else STEP_OF[work.stage]
    place = names.index(here) if here in names else 0
    # Columns may be looked at as soon as there is a file.
    reach = max(place, names.index("columns") if "columns" in names else 0)
    is_behind = asked in names and names.index(asked) <= reach
    return steps[names.index(asked) if is_behind else place]


def steps_of(visit: Visit, work: Work, shown: str) -> Sequence[Mapping[str, Any]]:
    """The strip of steps: those that are done can be looked at again."""
    steps = STEPS_OF.get(work.kind, STEPS)
    reached = steps.index(fixed_step(work, ""))
    address = at(visit, "ledger_works.one", id=work.id)
    return [
        {
            "label": one.label,
            "is_done": place < reached or work.stage == "done",
            "is_here": one.name == shown,
            "address": f"{address}?step={one.name}" if place <= reached and one.name != shown else "",
        }
        for place, one in enumerate(steps)
    ]


def head(tone: str, icon: str, text: Text, then: Text = NO_TEXT) -> Head:
    """The one sentence above a step."""
    return Head(text, then, tone, icon, waiting=False)


def size(count: int | None) -> Text:
    """How long a file is: 1,2 GB, 3,4 MB."""
    if count is not None and count >= _GIGA:
        value = Decimal(count) / _GIGA
        return Text(f"{formats.number(value, 1)} GB", f"{formats.number(value, 1, 'en')} GB")
    return size_of(count or 0)


def progress_of(visit: Visit, work: Work) -> dict[str, Any]:
    """How far the job is, for the bar."""
    found = ledgers.progress(visit.caller, visit.taxpayer, work.id)
    done = min(found.done, found.total)
    return {
        "title": _TITLES.get(work.stage, title_of(work)),
        "done": done,
        "total": found.total,
        "text": found.text,
        "counted": _counted(done, found.total, found.unit),
        "left": _left(found.eta),
        "error": error_of(work),
    }


def _counted(done: int, total: int, unit: Text) -> Text:
    """412.300 / 1.000.000 satır; bytes as people read them."""
    if not total:
        return NO_TEXT
    if unit.en == "bytes":
        return Text(f"{size(done).tr} / {size(total).tr}", f"{size(done).en} of {size(total).en}")
    turkish = f"{formats.number(done)} / {formats.number(total)} {unit.tr}"
    return Text(turkish, f"{formats.number(done, None, 'en')} of {formats.number(total, None, 'en')} {unit.en}")


_TITLES: Final[Mapping[str, Text]] = {
    "checking": Text("Kayıtlar okunuyor ve denetleniyor", "Entries are read and checked"),
    "planning": Text("Bölünme ve toplamlar hesaplanıyor", "Parts and totals are worked out"),
    "building": Text("Defterler oluşturuluyor", "The ledgers are being created"),
    "sealing": Text("Defterler ve beratlar mühürleniyor", "Ledgers and berats are being sealed"),
    "sending": Text("Paketler gönderime hazırlanıyor", "Packages are made ready to be sent"),
}


def _left(seconds: float | None) -> Text:
    """About how long it still takes; nothing as long as that cannot be told."""
    if seconds is None or seconds < 0:
        return NO_TEXT
    if seconds < _MINUTE:
        return Text("bir dakikadan az kaldı", "less than a minute left")
    minutes = round(seconds / _MINUTE)
    if seconds < _HOUR:
        return Text(f"yaklaşık {minutes} dk kaldı", f"about {minutes} min left")
    hours, rest = divmod(minutes, _MINUTE)
    return Text(f"yaklaşık {hours} sa {rest} dk kaldı", f"about {hours} h {rest} min left")


def days_left(due: date) -> int:
    """Whole days until a day; negative if it is over."""
    return (due - clock.today()).days
