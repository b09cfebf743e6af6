"""Works on books for tests: a company with its facts, entries of a month, a worker that does what is due."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from tools.make_accounting_export import write

from center_registry import INTEGRATOR
from platform_merkez import environment
from seal_pki import pki_folder
from support import gibs_package
from ulak.rules.importer import add
from ulak.rules.store import PackStore
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.keys import Address, KeyRing
from ulak_server.ledgers import judging
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.ledgers.station import Works
from ulak_server.people.models import Role as Part
from ulak_server.people.services import Caller

__all__ = [
    "FACTS", "MONTH", "begun", "done", "entries", "let_go", "rules", "set_up", "software", "someone", "state",
    "take_step", "to", "worker",
]  # fmt: skip

MONTH: Final = date(2026, 10, 1)
_ADDRESS: Final = {
    "building": "26/4", "street": "Atatürk Caddesi", "city": "Ankara", "postal_code": "06110", "detail": "Kat 3"
}  # fmt: skip
FACTS: Final[dict[str, Any]] = {
    "address": _ADDRESS,
    "phone": "3121111111",
    "email": "bilgi@ardic.example",
    "website": "www.ardic.example",
    "activity_codes": ["46.90.01"],
    "creator": "Ayşe Yılmaz",
    "accountants": [
        {"name": "SMMM Ali Can", "engagement": "SMMM sözleşmesi, 2025-01-01, M10120", "address": _ADDRESS,
         "phone": "3121111113", "email": "ali@can.example"}
    ],
}  # fmt: skip


def someone(taxpayer: int, role: Part = Part.OWNER) -> Caller:
    """Who works for a taxpayer."""
    return Caller("user:1", {taxpayer: role}, user=1)


def set_up(taxpayer: int) -> Caller:
    """A company that may make books: its facts are entered, and it consents to the integrator's seal."""
    me = someone(taxpayer)
    ledgers.save_facts(me, taxpayer, FACTS)
    ledgers.consent(me, taxpayer, date(2026, 1, 2))
    return me


@contextmanager
def rules(home: Path) -> Iterator[None]:
    """GİB's e-Defter package as the rules in force."""
    store = PackStore(home)
    add(gibs_package("edefter"), store, since=date(2020, 1, 1))
    before = judging._store
    judging._store = lambda: store  # type: ignore[assignment]
    try:
        yield
    finally:
        judging._store = before


@contextmanager
def worker() -> Iterator[Works]:
    """The worker of this process, with the integrator's key of tests."""
    keys = KeyRing(lambda: Address(f"pkcs12:{pki_folder() / f'integrator-{INTEGRATOR}.p12'}", INTEGRATOR))
    made = Works(keys)
    try:
        yield made
    finally:
        made.close()
        keys.close()


def entries(folder: Path, lines: int = 400, month: date = MONTH) -> bytes:
    """A believable month as a file of Ulak's own form."""
    path = folder / "entries.csv"
    write(path, month.year, month.month, lines)
    return path.read_bytes()


def state(taxpayer: int, work: int) -> Work:
    with scoped(Role.WEB, [taxpayer]):
        return Work.objects.get(id=work)


def done(works: Works, rounds: int = 200) -> None:
    """Let the worker work until nothing is due."""
    for _ in range(rounds):
        if not works.turn():
            return
    raise AssertionError("the worker never comes to rest")


def begun(me: Caller, taxpayer: int, data: bytes, month: date = MONTH, name: str = "ekim.csv") -> int:
    """A work with a file."""
    made = ledgers.begin(me, taxpayer, month)
    ledgers.add_file(me, taxpayer, made.id, name, io.BytesIO(data), len(data))
    return made.id


_ROAD: Final[dict[str, Callable[[Caller, int, int], object]]] = {
    "checked": ledgers.check,
    "planned": ledgers.plan,
    "built": ledgers.create,
    "sealed": ledgers.seal,
    "sent": ledgers.send,
}


def to(stage: str, works: Works, me: Caller, taxpayer: int, work: int) -> Work:
    """Bring a work so far, as people do: step by step, with what the worker has to do in between."""
    done(works)
    names = list(_ROAD)
    here = state(taxpayer, work).stage
    for name in names[names.index(here) + 1 if here in names else 0 : names.index(stage) + 1]:
        take_step(me, taxpayer, work)
        done(works)
        found = state(taxpayer, work)
        assert found.stage == name, (found.stage, found.error, ledgers.findings(me, taxpayer, work).groups)
    return state(taxpayer, work)


def take_step(me: Caller, taxpayer: int, work: int) -> None:
    """What a person does next."""
    stage = state(taxpayer, work).stage
    if stage == "checked":
        seen = [one.code for one in ledgers.findings(me, taxpayer, work).groups]
        ledgers.acknowledge(me, taxpayer, work, seen)
    names = list(_ROAD)
    _ROAD[names[names.index(stage) + 1] if stage in names else names[0]](me, taxpayer, work)


def let_go(taxpayer: int) -> None:
    """As if the time had passed after which a work whose worker says nothing is another's."""
    with scoped(Role.WEB, [taxpayer]):
        at_it = Work.objects.filter(taxpayer_id=taxpayer, wake_at__isnull=False)
        at_it.update(beat_at=None, wake_at=clock.now())


def software() -> AbstractContextManager[None]:
    """The installation knows what GİB approved its software as."""
    return environment(ULAK_EDEFTER_SOFTWARE="1234567808##Ulak##Ulak e-Defter##1.0")
