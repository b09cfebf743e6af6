"""Whole lives on the road, from a seed: how they begin, and what must hold when they have ended."""

from __future__ import annotations

from datetime import timedelta

from lifecycle_center import MAD, START
from lifecycle_world import World
from ulak.codes.statuses import Speaker, statuses
from ulak.lifecycle import accounts, answers, documents, envelopes, inbound

HORIZON = timedelta(days=200)
MOST_EVENTS = 20_000
_CODES = ("9999", *(status.code for status in statuses()))
_TOLD = frozenset({envelopes.Stage.COMPLETED, envelopes.Stage.DUPLICATE})


def live(seed: int) -> World:
    """One life, from its seed to its end."""
    world = World(seed)
    chance = world.chance
    if chance.random() < world.faults.suspend:
        begin = chance.uniform(0, 200000)
        world.clock.after(begin, setattr, world.center, "suspended", True)
        world.clock.after(begin + chance.uniform(600, 400000), setattr, world.center, "suspended", False)
    if chance.random() < world.faults.network:
        begin = chance.uniform(0, 200000)
        world.clock.after(begin, setattr, world.center, "is_down", True)
        world.clock.after(begin + chance.uniform(60, 90000), setattr, world.center, "is_down", False)
    for _ in range(8 if world.faults is MAD else 0):
        world.clock.after(chance.expovariate(1 / 20000), _gossip, world)
    _BEGINNINGS[chance.choices(range(3), (6, 3, 1))[0]](world)
    world.clock.run(START + HORIZON, MOST_EVENTS)
    _check_end(world)
    return world


def _gossip(world: World) -> None:
    """Something is said of an envelope that has nothing to do with the truth."""
    if world.envelopes.records:
        world.center.lied = True
        about = world.chance.choice(list(world.envelopes.records))
        world.told(about, world.chance.choice(tuple(Speaker)), world.chance.choice(_CODES))


def _outgoing(world: World) -> None:
    chance, kind = world.chance, world.chance.choice(tuple(answers.AnswerKind))
    if world.strikes(world.faults.refuse * 0.1):
        world.center.registered["d0"] = ""
    if world.strikes(world.faults.refuse * 0.3):
        world.clock.after(chance.uniform(0, 200000), world.center.void, "d0")
    for number in range(chance.choice((1, 1, 2, 3))):
        key = f"d{number}"
        if world.strikes(world.faults.refuse * 0.5):
            world.center.faulty[key] = chance.choice(("ours", "merkez", "receiver"))
        world.add_document(key, kind)
        if world.strikes(world.faults.refuse * 0.2):
            world.later(chance.uniform(0, 200000), world.documents, key, documents.WithdrawalWanted())
        for _ in range(chance.choice((0, 1, 1, 2))):
            code = chance.choice(("KABUL", "RED", answers.RECEIPT))
            world.later(chance.uniform(60, 12 * 86400), world.answers, key, answers.AnswerCame(code))


def _incoming(world: World) -> None:
    if world.strikes(world.faults.refuse):
        world.center.faulty["in"] = "us"
    world.center.offer("in")


def _account(world: World) -> None:
    now, chance = world.clock.now, world.chance
    world.accounts.records["a"] = account = accounts.contracted(now, seed=world.seed, remind_at=now)
    world.clock.at(account.wake_at or now, world._wake, world.accounts, "a")
    world.later(chance.uniform(10, 30) * 86400, world.accounts, "a", accounts.CloseWanted(chance.random() < 0.3))
    if chance.random() < 0.5:
        world.later(chance.uniform(5, 25) * 86400, world.accounts, "a", accounts.AliasWanted())
    if chance.random() < 0.3:
        day = (now + timedelta(days=chance.uniform(0, 40))).date()
        world.later(chance.uniform(0, 45) * 86400, world.accounts, "a", accounts.TempListed(day))
    for later in range(100, 150):
        world.later(later * 86400, world.accounts, "a", accounts.CloseWanted())
        world.later(later * 86400 + 60, world.accounts, "a", accounts.ContractEnded())
    world.later(150 * 86400, world.accounts, "a", accounts.Listed())


_BEGINNINGS = (_outgoing, _incoming, _account)


# -- what must hold in the end -----------------------------------------------------------------------------------------


def _check_end(world: World) -> None:
    for room in (world.documents, world.envelopes, world.inbound, world.accounts, world.answers):
        for key, record in room.records.items():
            customs = isinstance(record, answers.Answer) and record.kind is answers.AnswerKind.CUSTOMS
            assert record.stage.is_final or customs, (key, record)
    for key, record in world.documents.records.items():
        _check_document(world, key, record)
    for key, record in world.inbound.records.items():
        _check_incoming(world, key, record)
    assert all(times == 1 for times in world.taken.values())


def _check_document(world: World, key: str, record: documents.Document) -> None:
    """Exactly once, or a stage that says truthfully why not."""
    times = world.center.accepted[key]
    if key.startswith("answer:") or world.center.lied:
        return
    assert times <= 1, (key, times)
    if world.delayed and world.alarms["lifecycle.arrived-after-all"]:
        return
    if record.stage is documents.Stage.DELIVERED:
        assert times == 1, key
    elif record.stage is not documents.Stage.CANCELLED:
        assert times == 0, (key, record)


def _check_incoming(world: World, key: str, record: inbound.Incoming) -> None:
    assert world.filed[key] == _filings(record), (key, record)
    ends = {world.envelopes.records[envelope].stage for envelope, about in world.carried.items() if about == key}
    assert record.stage is not inbound.Stage.SETTLED or ends & _TOLD, (key, ends)
    there = world.center.kept[key].status
    if record.stage is inbound.Stage.SETTLED and there != "1215" and not world.center.lied:
        assert there == ("1300" if record.code == "1200" else "1230"), (key, record, there)


def _filings(record: inbound.Incoming) -> int:
    if record.stage is inbound.Stage.FILED:
        return 1
    is_unaddressed = record.stage is inbound.Stage.UNTOLD and not record.responses
    return 0 if is_unaddressed else int(record.code == "1200")
