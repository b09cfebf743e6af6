"""``ulak doctor``: everything an installation needs, looked at and told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ulak.cli.errors import Exit
from ulak.cli.page import Column, Page, Style
from ulak.cli.session import Session
from ulak.errors import Text, UlakError
from ulak_server import environment
from ulak_server.commands.ground import ground, set_up

if TYPE_CHECKING:
    from ulak_server.operations.examination.finding import Finding

__all__ = ["run_doctor"]

_STYLES: Final[dict[str, Style]] = {"ok": "green", "warning": "yellow", "error": "red"}
_WORDS: Final = {"ok": Text("tamam", "ok"), "warning": Text("uyarı", "warning"), "error": Text("hata", "error")}
_SUM: Final = Text("{errors} hata, {warnings} uyarı.", "{errors} errors, {warnings} warnings.")
_WELL: Final = Text("Her şey yerinde.", "All is well.")


def run_doctor(session: Session, format: str) -> Exit:
    """Look at everything and tell it; the exit code says whether there is an error."""
    findings = list(_examined())
    if format == "json":
        session.put(json.dumps([_told(one) for one in findings], ensure_ascii=False, indent=2) + "\n")
    else:
        session.put(_page(session, findings))
    return Exit.FINDINGS if any(one.level == "error" for one in findings) else Exit.OK


def _examined() -> Iterator[Finding]:
    from ulak_server.operations.examination import settings

    told = environment.read()
    for check in (settings.variables, settings.files, settings.disk):
        yield from check(told)
    try:
        set_up()
    except UlakError:
        # A variable that cannot be read, which was told above; without it there are no settings to go on with.
        return
    yield from _of_database(told)
    from ulak_server.operations.examination import outside
    from ulak_server.operations.examination.archive import archive

    for examine in (archive, outside.seal, outside.trust, outside.center):
        yield from examine(told)


def _of_database(told: environment.Environment) -> Iterator[Finding]:
    from ulak_server.operations.examination import database, outside
    from ulak_server.operations.examination.asides import asides
    from ulak_server.operations.examination.finding import Level, found
    from ulak_server.operations.examination.kontor import kontor
    from ulak_server.operations.examination.ledgers import ledgers
    from ulak_server.operations.examination.reports import reports

    try:
        with ground(migrated=False):
            yield from database.database(told)
            yield from outside.user_list(told)
            yield from reports(told)
            yield from ledgers(told)
            yield from kontor(told)
            yield from asides(told)
    except UlakError as error:
        yield found(Level.ERROR, "database", "doctor.database", detail=error)


def _page(session: Session, findings: Sequence[Finding]) -> Page:
    page = session.page()
    columns = [Column(), Column(), Column(flexible=True)]
    page.table(columns, [(session.say(_WORDS[one.level]), one.subject, session.say(one.text)) for one in findings])
    bad = [one for one in findings if one.level != "ok"]
    for one in bad:
        page.blank()
        page.paragraph(f"{one.subject}: {session.say(one.text)} [{one.code}]", style=_STYLES[one.level])
        page.paragraph(session.say(one.repair), indent=2)
    page.blank()
    counts = {level: sum(one.level == level for one in findings) for level in _WORDS}
    page.line(session.say(_SUM.format(errors=counts["error"], warnings=counts["warning"]) if bad else _WELL))
    return page


def _told(one: Finding) -> dict[str, object]:
    words = {"text": {"tr": one.text.tr, "en": one.text.en}, "repair": {"tr": one.repair.tr, "en": one.repair.en}}
    return {"level": one.level, "subject": one.subject, "code": one.code, **words}
