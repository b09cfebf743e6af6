"""What is wanted of many documents at once: few are done at once, many by a worker, with progress and what went wrong.

Each document is a transaction of its own: what cannot be done for one is told, and the others go on. An errand that
was broken off goes on behind the last document that it had looked at; nothing of it is done twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
import structlog
from django.db import InterfaceError, OperationalError

from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts, marking
from ulak_server.documents.chosen import Chosen, count, next_ids
from ulak_server.documents.models import Document, Errand
from ulak_server.documents.wanted import Wanted
from ulak_server.exchange import answers
from ulak_server.exchange.law import policy
from ulak_server.exchange.problems import exchange_error
from ulak_server.exchange.wishes import resend

__all__ = ["AT_ONCE", "MOST", "begin", "carry_on", "count", "defer", "errand", "errands_of"]

_LOG: Final = structlog.get_logger("ulak_server.errands")
MOST: Final = 100_000
"""Documents of an errand."""
AT_ONCE: Final = 60
"""As many are done while somebody waits."""
_STEP: Final = 100
_TOLD: Final = 100
_NOT_MEANT: Final = frozenset({"intake.no-draft", "exchange.not-resent", "exchange.no-document"})
"""What says that a document is not of those for which it is to be done."""


def begin(taxpayer: int, what: str, chosen: Chosen, *, label: str = "", actor: str = "", origin: str = "") -> Errand:
    """Take an errand in; outside of any scope.

    Args:
        what: ``send``, ``delete``, ``resend``, ``take``, ``label``, ``unlabel``.

    Raises:
        ExchangeError: ``exchange.errand-unknown``, ``exchange.errand-empty``, ``exchange.errand-too-large``.
        IntakeError: ``intake.filter``, ``intake.too-broad``.
    """
    if what not in _ACTS:
        raise exchange_error("exchange.errand-unknown", what=what[:20])
    with scoped(Role.WEB, [taxpayer]):
        total = count(taxpayer, chosen, MOST)
        if not total:
            raise exchange_error("exchange.errand-empty")
        if total > MOST:
            raise exchange_error("exchange.errand-too-large", limit=MOST)
        made = Errand(
            taxpayer_id=taxpayer,
            what=what,
            label=label,
            wanted=None if chosen.wanted is None else msgspec.to_builtins(chosen.wanted, builtin_types=()),
            ids=list(chosen.ids),
            total=total,
            actor=actor,
            origin=origin,
            created_at=clock.now(),
        )
        made.save(force_insert=True)
        return made


def errand(taxpayer: int, id: int) -> Errand:
    """An errand; within a scope that holds the taxpayer.

    Raises:
        ExchangeError: ``exchange.errand-unknown``.
    """
    found = Errand.objects.filter(taxpayer_id=taxpayer, id=id).first() if 0 < id < 2**63 else None
    if found is None:
        raise exchange_error("exchange.errand-unknown", what=str(id)[:20])
    return found


def errands_of(taxpayer: int, most: int = 20) -> list[Errand]:
    """A taxpayer's errands, the newest first; within its scope."""
    return list(Errand.objects.filter(taxpayer_id=taxpayer).order_by("-id")[:most])


def defer(taxpayer: int, id: int) -> None:
    """Let a worker carry an errand on."""
    from ulak_server.exchange.tasks import run_errand

    run_errand.configure(lock=f"errand-{id}").defer(taxpayer=taxpayer, errand=id)


def carry_on(taxpayer: int, id: int, seconds: float | None = None) -> Errand:
    """Do what is left of an errand; outside of any scope.

    Args:
        seconds: after which it is left where it stands, so that others come in between; None: never.
    """
    until = None if seconds is None else time.monotonic() + seconds
    while True:
        with scoped(Role.WEB, [taxpayer]):
            one = errand(taxpayer, id)
            ids = [] if one.finished_at else next_ids(taxpayer, _chosen(one), one.last, _STEP)
            names = _names(ids)
        if one.finished_at:
            return one
        if ids:
            _ACTS[one.what](one, ids, names)
            one.last = ids[-1]
        else:
            one.finished_at = clock.now()
        with scoped(Role.WEB, [taxpayer]):
            one.save(update_fields=["last", "done", "skipped", "failed", "faults", "finished_at"])
        if until is not None and time.monotonic() > until:
            return one


def _chosen(one: Errand) -> Chosen:
    if one.wanted is None:
        return Chosen(ids=one.ids)
    return Chosen(msgspec.convert(one.wanted, Wanted, strict=False))


def _names(ids: Sequence[int]) -> dict[int, str]:
    rows = Document.objects.filter(id__in=ids).values_list("id", "number", "party_title")
    return {id: number or title or str(id) for id, number, title in rows}


Act = Callable[[Errand, Sequence[int], Mapping[int, str]], None]


def _each(do: Callable[..., Any]) -> Act:
    """One after the other, each by itself."""

    def act(one: Errand, ids: Sequence[int], names: Mapping[int, str]) -> None:
        for id in ids:
            try:
                do(one, id)
                one.done += 1
            except UlakError as error:
                _fault(one, id, names.get(id, str(id)), error)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                _fault(one, id, names.get(id, str(id)), _internal(one, error))

    return act


def _fault(one: Errand, id: int, name: str, error: UlakError) -> None:
    if error.code in _NOT_MEANT:
        one.skipped += 1
        return
    one.failed += 1
    if len(one.faults) < _TOLD:
        one.faults.append([id, name, error.code, error.text._asdict(), error.repair._asdict()])


def _together(do: Callable[[Errand, Sequence[int]], Sequence[int]]) -> Act:
    """All by one statement; one by one if that fails."""

    def act(one: Errand, ids: Sequence[int], names: Mapping[int, str]) -> None:
        try:
            changed = len(do(one, ids))
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            if len(ids) > 1:
                for id in ids:
                    act(one, [id], names)
            else:
                said = error if isinstance(error, UlakError) else _internal(one, error)
                _fault(one, ids[0], names.get(ids[0], str(ids[0])), said)
            return
        one.done += changed
        one.skipped += len(ids) - changed

    return act


def _internal(one: Errand, error: Exception) -> UlakError:
    _LOG.error("errand.failed", errand=one.id, taxpayer=one.taxpayer_id, exc_info=error)
    return exchange_error("exchange.errand-failed")


def _send(one: Errand, id: int) -> None:
    drafts.submit(one.taxpayer_id, id, policy=policy(), actor=one.actor, origin=one.origin)


def _delete(one: Errand, id: int) -> None:
    drafts.delete(one.taxpayer_id, id, actor=one.actor, origin=one.origin)


def _resend(one: Errand, id: int) -> None:
    resend(one.taxpayer_id, id, actor=one.actor, origin=one.origin)


def _take(one: Errand, ids: Sequence[int]) -> Sequence[int]:
    return answers.take(one.taxpayer_id, ids, actor=one.actor, origin=one.origin)


def _mark(do: Callable[..., list[int]]) -> Callable[[Errand, Sequence[int]], Sequence[int]]:
    def mark(one: Errand, ids: Sequence[int]) -> Sequence[int]:
        with scoped(Role.WEB, [one.taxpayer_id]):
            return do(one.taxpayer_id, ids, one.label, actor=one.actor, origin=one.origin)

    return mark


_ACTS: Final[Mapping[str, Act]] = {
    "send": _each(_send),
    "delete": _each(_delete),
    "resend": _each(_resend),
    "take": _together(_take),
    "label": _together(_mark(marking.label)),
    "unlabel": _together(_mark(marking.unlabel)),
}
