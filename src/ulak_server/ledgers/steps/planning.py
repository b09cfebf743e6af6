"""The month divided into parts, with their totals and the trial balance: what a person sees before anything is made."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import msgspec

from ulak.ledger.berats import ACCOUNTS
from ulak.ledger.planning import plan as divided
from ulak.ledger.store import EntryStore
from ulak.ledger.totals import main_sums, totals, trial_balance
from ulak.ledger.values import LIMIT, Month
from ulak.ledger.values import Part as Planned
from ulak_server.ledgers import keeping, law
from ulak_server.ledgers.companies import company_of
from ulak_server.ledgers.models import File, Part, Stage, Work
from ulak_server.ledgers.stores import opened
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import tell

__all__ = ["keep_plan", "plan"]


def plan(turn: Turn) -> None:
    """Divide the month, as far as the law lets it be made now."""
    work = turn.work
    with turn.scopes():
        law.may_build(work, work.until, int(work.said.get("sums", {}).get("entries", 0)))
        after = law.next_part(work)
        company = company_of(turn.taxpayer, work.branch, law.period_day(work))
    turn.step("planning")
    with opened(turn) as store:
        month = Month.of(work.month)
        found = divided(
            store,
            month,
            until=work.until,
            since=after.start if after and after.number else None,
            first_part=max(after.number, 1) if after else 1,
            limit=LIMIT,
            company=company,
        )
        keep_plan(turn, [_part(work, one, store) for one in found], store, _all(found))


def keep_plan(turn: Turn, parts: list[Part], store: EntryStore, all_of_them: Planned) -> None:
    """Keep the parts that were planned, and the trial balance of all of them; instead of what was planned before."""
    balance = _keep_balance(turn, store, all_of_them)
    with turn.settling() as row:
        Part.objects.filter(work=row).delete()
        Part.objects.bulk_create(parts)
        old = File.objects.filter(work=row, what="balance", completed_at__isnull=False)
        keeping.forget(*old.values_list("id", flat=True))
        keeping.complete(balance)
        row.stage = Stage.PLANNED
        tell("ledger.planned", row, None, parts=len(parts))


def _all(parts: tuple[Planned, ...]) -> Planned:
    """All parts as one."""
    return parts[0]._replace(last=parts[-1].last, end=parts[-1].end)


def _part(work: Work, one: Planned, store: EntryStore) -> Part:
    sums = totals(store, one) if one.entries else None
    return Part(
        taxpayer_id=work.taxpayer_id,
        work=work,
        month=work.month,
        branch=work.branch,
        **one._asdict(),
        first_line=(sums.first_line or 0) if sums else 0,
        last_line=(sums.last_line or 0) if sums else 0,
        debit=sums.debit if sums else 0,
        credit=sums.credit if sums else 0,
        told=_told(one, store),
    )


def _told(one: Planned, store: EntryStore) -> dict[str, Any]:
    """What the berats of a part tell: how many accounts it has, and the sums of some of them."""
    mains = main_sums(store, one) if one.entries else {}
    sums = {code: [str(debit), str(credit)] for code, (debit, credit) in mains.items() if code in ACCOUNTS}
    return {"accounts": len(mains), "sums": sums}


def _keep_balance(turn: Turn, store: EntryStore, all_of_them: Planned) -> File:
    data = msgspec.json.encode(
        {
            "main": [list(row) for row in trial_balance(store, all_of_them, by="main")],
            "sub": [list(row) for row in trial_balance(store, all_of_them, by="sub")],
        }
    )
    return keeping.keep(turn.taxpayer, turn.work.id, "balance", "balance.json", BytesIO(data))
