"""What ``ulak reporting`` does. Whoever runs commands here is an operator: no contents are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.ground import ground
from ulak_server.commands.tenants_doing import ACTOR, count_of, operating, taxpayer_of

if TYPE_CHECKING:
    from ulak_server.exchange.reports.services import Balance, Report

__all__ = ["list_reports", "send_reports", "show_balance"]

_GO: Final = Text("{count} giriş yola çıkıyor.", "{count} entries set out.")
_NOTHING: Final = Text("Bekleyen giriş yok.", "Nothing waits.")
_NONE: Final = Text("Rapor yok.", "There are no reports.")
_HEADS: Final = {
    "issued": Text("düzenlenen", "issued"),
    "cancelled": Text("iptal", "cancelled"),
    "objected": Text("itiraz", "objected to"),
}
_LINE: Final = Text(
    "{what}: {documents} belgede, {reported} raporda, {accepted} GİB'de",
    "{what}: {documents} among documents, {reported} in reports, {accepted} at GİB",
)
_BALANCED: Final = Text("Denk.", "Balanced.")
_LATE: Final = Text("GECİKTİ", "LATE")


def list_reports(session: Session, whose: str | None, month: str, stage: str, limit: str) -> Exit:
    """One line for each report: a taxpayer's of a month, or everybody's that are not ended or at a stage."""
    most = count_of(limit, "--limit")
    with operating():
        from ulak_server.exchange.reports.services import all_reports, reports_of
        from ulak_server.taxpayers.models import Taxpayer

        if whose:
            every = reports_of(taxpayer_of(whose), _month(month))
            found = [one for one in every if stage in ("", one.stage)][:most]
        else:
            found = [one for _, _, one in all_reports(stage or None, most)]
        owners = Taxpayer.objects.in_bulk({one.taxpayer for one in found})
    for one in found:
        owner = owners[one.taxpayer]
        session.put(f"{owner.number}  {_written(session, one)}  {owner.title}\n")
    if not found:
        session.put(f"{session.say(_NONE)}\n")
    return Exit.OK


def _written(session: Session, one: Report) -> str:
    late = f"  {session.say(_LATE)}" if one.is_late else ""
    code = f"  ({one.code})" if one.code else ""
    return f"{one.day:%Y-%m-%d}  {one.product}-{one.section_no}  {one.number}  {one.stage}{code}{late}"


def send_reports(session: Session, number: str, product: str) -> Exit:
    """Have what waits reported at once, instead of in the night."""
    with ground():
        from ulak_server.database.roles import Role
        from ulak_server.database.scope import scoped
        from ulak_server.exchange.reports.services import send_now

        with scoped(Role.OPERATOR):
            taxpayer = taxpayer_of(number)
        count = send_now(taxpayer, None if product == "all" else product, actor=ACTOR)
    session.put(f"{session.say(_GO.format(count=count) if count else _NOTHING)}\n")
    return Exit.OK


def show_balance(session: Session, number: str, month: str) -> Exit:
    """Whether documents, reports and GİB's answers agree."""
    with ground():
        from ulak_server.database.roles import Role
        from ulak_server.database.scope import scoped
        from ulak_server.exchange.reports.services import balance

        with scoped(Role.OPERATOR):
            taxpayer = taxpayer_of(number)
        # Operators may not read whether a report's file is there; workers may, and only figures are shown.
        with scoped(Role.PIPELINE, [taxpayer]):
            found = balance(taxpayer, _month(month))
    _say_balance(session, found)
    return Exit.OK if found.is_balanced else Exit.FINDINGS


def _month(given: str) -> date:
    from ulak_server.overview import months

    return months.month_of(given) if given else months.current()


def _say_balance(session: Session, found: Balance) -> None:
    for line in found.lines:
        what = session.say(_HEADS[line.what])
        said = _LINE.format(what=what, documents=line.documents, reported=line.reported, accepted=line.accepted)
        session.put(f"{session.say(said)}\n")
    for one in found.differences:
        day = f"{one.day:%Y-%m-%d} " if one.day else ""
        session.put(f"  {one.size} × {day}{one.cause}: {session.say(one.text)}\n")
    if found.is_balanced:
        session.put(f"{session.say(_BALANCED)}\n")
