"""The times and counts of the road: GİB's where a guide has them, else ours."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

__all__ = ["DEFAULT", "Backoff", "Policy"]


class Backoff(NamedTuple):
    """Pauses that grow: the first, how much longer each next one is, the longest, and the share that chance takes."""

    first: timedelta
    factor: float = 2.0
    cap: timedelta = timedelta(minutes=30)
    jitter: float = 0.25


class Policy(NamedTuple):
    """All of them.

    Attributes:
        call_lease: after which a call whose end nobody told is taken for lost; longer than the longest call.
        work_lease: after which work whose end nobody told is handed out again.
        resend: between sends that are known not to have arrived (Denetim Kılavuzu J14: "after a while").
        arrival: between questions whether an envelope arrived, while GİB does not answer.
        rework: between attempts at our own work.
        first_ask, ask_every: how an envelope fares is asked after that, and at most that often (Denetim Kılavuzu J15).
        disputes: how often GİB may say of one envelope both that it is there and that it is not.
        overdue_asks: after so many questions without an end the operators are called.
        failing_sends: after so many sends in a row that did not arrive the operators are called.
        remind: between reminders to a person for whom something waits.
        answer_days: for KABUL and RED, from receiving the invoice (Entegrasyon Kılavuzu 3.2; Denetim Kılavuzu J24–J26).
        receipt_days: for receipt advices (Entegrasyon Kılavuzu 3.2; Denetim Kılavuzu L21–L23).
        accept_days: answers are taken, from the receiver's system response on (Denetim Kılavuzu J29, L26).
        repacks: how often a document goes again by itself, after failures that may pass.
        repack: between these.
        work_tries: how often work that does not end is tried before a person is asked.
        breaker_failures: calls in a row without any answer that open a counterpart's breaker.
        breaker: how long it stays open.
        cancel_days: for cancelling between taxpayers, from delivery (İptal, İhtar/İtiraz Kılavuzu V1.1, 3).
        object_day: of the next month, until whose end an objection counts (İptal, İhtar/İtiraz Kılavuzu V1.1, 4.2).
        report_soon, report_last: so long before a report is late the operators are called.
        instant_report: after which a report that is due at once (SARJANLIK; e-Arşiv Kılavuzu V1.18, 5) is late.
        report_lease: after which the building of a report whose end nobody told is handed out again.
        report_ask: between questions how a report fares.
        report_renew: before a report is built anew after a failure of GİB's.
        report_faults: how often it is built anew by itself for a fault that may be ours.
        ledger_soon, ledger_last: so long before a month of books is late people are called.
        ledger_early: so long before they are reminded of a month that nobody has begun.
        ledger_ask: between questions how a package of books fares.
        ledger_fetch: between attempts to fetch an approved berat.
        reports_within: last e-Arşiv reports after an account was closed (UserList Kılavuzu 3).
    """

    call_lease: timedelta = timedelta(minutes=10)
    work_lease: timedelta = timedelta(minutes=5)
    resend: Backoff = Backoff(timedelta(seconds=30))
    arrival: Backoff = Backoff(timedelta(minutes=1), cap=timedelta(hours=1))
    rework: Backoff = Backoff(timedelta(minutes=1))
    first_ask: timedelta = timedelta(hours=24)
    ask_every: timedelta = timedelta(hours=5)
    disputes: int = 3
    overdue_asks: int = 10
    failing_sends: int = 10
    remind: timedelta = timedelta(days=1)
    answer_days: int = 8
    receipt_days: int = 7
    accept_days: int = 8
    repacks: int = 5
    repack: Backoff = Backoff(timedelta(minutes=15), cap=timedelta(hours=6))
    work_tries: int = 10
    breaker_failures: int = 5
    breaker: Backoff = Backoff(timedelta(seconds=30), cap=timedelta(minutes=10))
    cancel_days: int = 8
    object_day: int = 15
    report_soon: timedelta = timedelta(hours=6)
    report_last: timedelta = timedelta(hours=1)
    instant_report: timedelta = timedelta(minutes=10)
    report_lease: timedelta = timedelta(minutes=15)
    report_ask: Backoff = Backoff(timedelta(seconds=10))
    report_renew: Backoff = Backoff(timedelta(minutes=1), cap=timedelta(hours=1))
    report_faults: int = 3
    ledger_soon: timedelta = timedelta(days=3)
    ledger_last: timedelta = timedelta(days=1)
    ledger_early: timedelta = timedelta(days=14)
    ledger_ask: Backoff = Backoff(timedelta(seconds=5))
    ledger_fetch: Backoff = Backoff(timedelta(seconds=20), cap=timedelta(hours=6))
    reports_within: timedelta = timedelta(hours=24)


DEFAULT = Policy()
