"""A document checked as if it were to be sent, and not kept: read, placed, and judged by the rules in force."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.errors import UlakError
from ulak.rules import Level, Report, Verdict
from ulak.ubl.forms.fields import FieldMap
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.existing import collision
from ulak_server.documents.intake import Options, Placed
from ulak_server.documents.items import Item
from ulak_server.documents.judging import judge
from ulak_server.documents.problems import IntakeError, problem
from ulak_server.documents.reading import Format, Reading, numbered, read
from ulak_server.documents.routing import Route
from ulak_server.documents.taking import opened, placed

__all__ = ["Checked", "check", "judged", "refusal_of"]

_NO_OPTIONS: Final = Options()


class Checked(NamedTuple):
    """What would become of a document.

    Attributes:
        reading: what it says; an invoice of whose kind GİB's list decides is of that kind.
        route: where it would go; None if it cannot be told.
        body: the UBL that would be sent; its number is a placeholder if a series numbers it.
        report: GİB's rules and Ulak's own checks, with JSON pointers of the caller's own fields.
        refusal: why it would not be taken in; None if it would.
    """

    reading: Reading
    route: Route | None
    body: bytes
    report: Report
    refusal: UlakError | None

    @property
    def is_valid(self) -> bool:
        """Whether it would be taken in and found in order."""
        return self.refusal is None and self.report.verdict is Verdict.VALID


def check(taxpayer: int, data: bytes, format: Format | None = None, options: Options = _NO_OPTIONS) -> Checked:
    """Check one document; nothing is stored. It opens its own scope, so call it outside of any.

    Raises:
        UlakError: it cannot even be read (``json.*``, ``totals.*``, ``xml.*``, ``intake.*`` of `reading.read`).
    """
    item = opened(data, format, options)
    reading = read(item.data, item.format, kinds=item.options.kinds)
    found: Placed | None = None
    refusal: UlakError | None = None
    with scoped(Role.WEB, [taxpayer]):
        try:
            found = placed(taxpayer, reading, item.options)
            refusal = collision(taxpayer, found.draft)
        except UlakError as error:
            refusal = error
    body = found.draft.body if found else _as_if_numbered(reading)
    reading = found.reading if found else reading
    return Checked(reading, found.route if found else None, body, judged(item, reading, body), refusal)


def _as_if_numbered(reading: Reading) -> bytes:
    """What nothing numbers is judged with some number: that it has none is told already."""
    return reading.body if reading.number else numbered(reading, f"AAA{reading.issue_date.year}{1:09d}")


def judged(item: Item, reading: Reading, body: bytes) -> Report:
    """GİB's rules on a document that is not numbered yet; places are named by the caller's own fields."""
    today = clock.today()
    fields = FieldMap(item.data, reading.component).field_of if item.format == "json" else None
    return judge(body, today, fields)


def refusal_of(report: Report) -> IntakeError | None:
    """A report as an error with its findings; None if the document is in order."""
    if report.verdict is Verdict.VALID:
        return None
    faults = [one for one in report.findings if one.level is not Level.WARNING]
    errors = [
        UlakError(one.id, one.explanation, one.repair, where=one.field or one.xpath, line=one.line)
        for one in faults[:_MOST]
    ]
    code = "intake.could-not-judge" if report.verdict is Verdict.COULD_NOT_JUDGE else "intake.invalid"
    return problem(code, errors=errors, count=len(faults))


_MOST: Final = 100
"""Findings that are told."""
