"""Months, packages, books and works of the e-Defter, written for the API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from ulak.errors import Language, Text
from ulak_server.api.views import ledger_works as work_views
from ulak_server.api.views import ledgers as views
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers import values

__all__ = [
    "balance_row",
    "book",
    "call",
    "column",
    "copy",
    "finding",
    "input_file",
    "inventory",
    "line",
    "month",
    "month_text",
    "package",
    "part",
    "place",
    "progress",
    "sums",
    "term",
    "work",
]


def month_text(day: date) -> str:
    """A month as the API writes it."""
    return f"{day:%Y-%m}"


def package(one: gib.PackageView, language: Language) -> views.PackageView:
    """A package at GİB."""
    return views.PackageView(
        id=one.id,
        name=one.name,
        month=month_text(one.month),
        branch=one.branch,
        kind=cast(Any, one.kind),
        part=one.part,
        starts=one.starts,
        ends=one.ends,
        stage=one.stage,
        sentence=one.sentence.say(language),
        advice=one.advice.say(language),
        code=one.code,
        words=one.words,
        waits_for=tuple(one.waits_for),
        size=one.size,
        attempts=one.attempts,
        due_at=one.due_at,
        is_late=one.is_late,
        sent_at=one.sent_at,
        approved_at=one.approved_at,
        fetched_at=one.fetched_at,
        has_berat=one.has_berat,
        wants_stamp=one.wants_stamp,
    )


def call(one: gib.Attempt, language: Language) -> views.CallView:
    """A call about a package."""
    return views.CallView(
        at=one.at, what=cast(Any, one.what), code=one.code, label=one.label.say(language), text=one.text
    )


def copy(one: gib.Copy, language: Language) -> views.CopyView:
    """Where a file's copy is."""
    return views.CopyView(
        kind=one.kind,
        name=one.name,
        duty=one.duty.value,
        is_done=one.is_done,
        until=one.until,
        reason=one.reason.say(language),
    )


def term(one: gib.Term) -> views.TermView:
    """Until when a month is due."""
    return views.TermView(
        month=month_text(one.month),
        branch=one.branch,
        due_at=one.due_at,
        closed_at=one.closed_at,
        is_late=one.is_late,
        packages=one.packages,
        done=one.done,
    )


def month(one: ledgers.MonthView, language: Language) -> views.LedgerMonthView:
    """A month in the overview of a year."""
    return views.LedgerMonthView(
        month=month_text(one.month.first),
        branch=one.branch,
        branch_name=one.branch_name,
        state=cast(Any, str(one.state)),
        cut=one.cut,
        due_at=one.due,
        is_late=one.is_late,
        may_begin=one.may_begin,
        why_not="" if one.why_not is None else one.why_not.say(language),
        works=tuple(id for id, *_ in one.works),
        parts=len(one.parts),
        packages=len(one.packages),
        done=sum(bool(package.fetched_at) for package in one.packages),
    )


def inventory(one: ledgers.InventoryView, language: Language) -> views.InventoryView:
    """An inventory of a year."""
    return views.InventoryView(
        day=one.day,
        is_opening=one.is_opening,
        branch=one.branch,
        state=cast(Any, one.state),
        due_at=one.due,
        is_late=one.is_late,
        may_begin=one.may_begin,
        why_not="" if one.why_not is None else one.why_not.say(language),
        works=tuple(id for id, *_ in one.works),
        parts=tuple(map(part, one.parts)),
        packages=tuple(package(each, language) for each in one.packages),
    )


def part(one: values.PartView) -> views.PartView:
    """A part with its files."""
    return views.PartView(
        id=one.id,
        work=one.work,
        number=one.number,
        start=one.start,
        end=one.end,
        first=one.first,
        last=one.last,
        entries=one.entries,
        lines=one.lines,
        debit=one.debit,
        credit=one.credit,
        files=tuple(book(file) for file in (*one.books, *one.packages)),
    )


def book(one: values.BookView) -> views.BookView:
    """A book, berat or package."""
    return views.BookView(
        id=one.id,
        kind=one.kind,
        is_package=one.is_package,
        name=one.name,
        stage=one.stage,
        size=one.size,
        digest=one.digest,
        sealed_at=one.sealed_at,
        package=one.handed,
    )


def balance_row(one: values.BalanceRow) -> views.BalanceRowView:
    """An account of a trial balance."""
    return views.BalanceRowView(**one._asdict())


def line(one: values.Hit) -> views.LedgerLineView:
    """A line that was found."""
    return views.LedgerLineView(
        entry=one.entry,
        day=one.day,
        voucher=one.voucher,
        line=one.line.line,
        account=one.line.account,
        account_name=one.line.account_name,
        sub=one.line.sub,
        sub_name=one.line.sub_name,
        comment=one.line.comment or one.entry_comment,
        document=one.line.document,
        document_date=one.line.document_date,
        debit=one.line.debit,
        credit=one.line.credit,
    )


# -- works -------------------------------------------------------------------------------------------------------------


def work(one: Any, language: Language) -> work_views.WorkView:
    """A work; ``one`` is `ulak_server.ledgers.models.Work`."""
    return work_views.WorkView(
        id=one.id,
        kind=one.kind,
        month=month_text(one.month),
        branch=one.branch,
        until=one.until,
        stage=one.stage,
        is_busy=one.is_busy,
        created_at=one.created_at,
        error_code=one.error_code,
        error=_kept(one.error, language),
    )


def input_file(one: ledgers.Input, language: Language) -> work_views.InputView:
    """A file of entries."""
    return work_views.InputView(
        id=one.id,
        name=one.name,
        size=one.size,
        received=one.received,
        state=cast(Any, one.state),
        kind=one.kind,
        mapping=one.mapping_name,
        error=_kept(one.error, language),
    )


def progress(one: values.Progress, language: Language) -> work_views.ProgressView:
    """How far a work is."""
    return work_views.ProgressView(
        step=one.step,
        text=one.text.say(language),
        done=one.done,
        total=one.total,
        unit=one.unit.say(language),
        eta=one.eta,
    )


def column(one: Any) -> work_views.ColumnView:
    """A column of a file; ``one`` is `ulak.ledger.intake.Column`."""
    return work_views.ColumnView(place=one.place, heading=one.heading, field=one.field, samples=tuple(one.samples))


def finding(one: values.Group, language: Language) -> work_views.FindingView:
    """Faults of one kind."""
    return work_views.FindingView(
        code=one.code,
        origin=one.origin,
        level=cast(Any, one.level),
        detail=one.text.say(language),
        repair=one.repair.say(language),
        count=one.count,
        is_seen=one.is_acknowledged,
        places=places(one.examples),
    )


def places(found: Iterable[values.Example]) -> tuple[work_views.PlaceView, ...]:
    """Places where a fault was met."""
    return tuple(place(one) for one in found)


def place(one: values.Example) -> work_views.PlaceView:
    """One of these."""
    return work_views.PlaceView(**one._asdict())


def sums(one: values.Sums) -> work_views.SumsView:
    """The totals of what was read."""
    return work_views.SumsView(
        entries=one.entries,
        lines=one.lines,
        debit=one.debit,
        credit=one.credit,
        first_entry=one.first_entry,
        last_entry=one.last_entry,
        first_day=one.first_day,
        last_day=one.last_day,
    )


def _kept(error: Any, language: Language) -> str:
    """An error as it is kept, in both languages: what is wrong, and what to do."""
    if not error:
        return ""
    return " ".join(Text(**error[part]).say(language) for part in ("detail", "repair") if error.get(part))
