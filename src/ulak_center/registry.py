"""Who is registered: integrators, taxpayers, their aliases and services."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from ulak.envelope import GIB, Party
from ulak_center.problems import center_error
from ulak_center.store import Store, moment, stamp
from ulak_center.values import Account, Filed, Role, Unit, Use

__all__ = ["Accounts", "Integrator", "Synthetic"]

_FILED: Final = """
with given as (select key as place, json_extract(value, '$[0]') as element, json_extract(value, '$[1]') as ettn,
    json_extract(value, '$[2]') as number, json_extract(value, '$[3]') as sender from json_each(?))
select g.place, e.id from given g join documents d
    on ((d.ettn = g.ettn and g.ettn <> '') or (d.number = g.number and d.sender = g.sender and g.number <> ''))
    and d.element = g.element
join envelopes e on e.id = d.envelope where e.status not in (1215, 1230) order by e.sequence desc
"""


class Integrator(NamedTuple):
    """An integrator and where it listens.

    Attributes:
        endpoint_gb: address of the service that takes what is for sender units; answers and system responses.
        endpoint_pk: address of the service that takes what is for mailboxes.
        is_suspended: may neither send nor ask (2007).
    """

    number: str
    title: str
    endpoint_gb: str
    endpoint_pk: str
    is_suspended: bool = False


class Synthetic(Protocol):
    """Taxpayers that are worked out, not stored."""

    def units_of(self, number: str) -> Sequence[Unit]:
        """The aliases of a taxpayer; none if the number is not one of theirs."""

    def account_of(self, number: str) -> Account | None:
        """The taxpayer of a number."""


class _Nobody:
    def units_of(self, number: str) -> Sequence[Unit]:
        return ()

    def account_of(self, number: str) -> Account | None:
        return None


class Accounts:
    """The registry, over the store. Stored aliases win over synthetic ones."""

    def __init__(self, store: Store, synthetic: Synthetic | None = None) -> None:
        self._store = store
        self._synthetic = synthetic or _Nobody()

    # -- what judging asks -----------------------------------------------------------------------------------------

    def unit(self, number: str, alias: str, role: Role, use: Use, at: datetime) -> Unit | None:
        for unit in self.units(number):
            if (unit.alias, unit.role, unit.use) == (alias, role, use) and _is_open(unit, at):
                return unit
        return None

    def has_address(self, party: Party) -> bool:
        return any(unit.alias == party.alias for unit in self.units(party.number))

    def operators(self, number: str, at: datetime) -> frozenset[str]:
        own = {unit.operator for unit in self.units(number) if unit.operator and _is_open(unit, at)}
        rows = self._store.rows("select operator from services where number = ? and closed is null", number)
        return frozenset(own | {row[0] for row in rows if row[0]})

    def filed_in(self, documents: Sequence[Filed]) -> Mapping[int, str]:
        given = [(one.element.value, one.ettn, one.number, one.sender) for one in documents]
        rows = self._store.rows(_FILED, json.dumps(given))
        # The envelope that was first comes last, and stays.
        return {row[0]: row[1] for row in rows}

    def is_integrator(self, number: str) -> bool:
        return self.integrator(number) is not None

    # -- integrators -----------------------------------------------------------------------------------------------

    def integrator(self, number: str) -> Integrator | None:
        """The integrator of a VKN."""
        row = self._store.row("select * from integrators where number = ?", number)
        return None if row is None else _integrator(row)

    def integrators(self) -> list[Integrator]:
        """All of them."""
        return [_integrator(row) for row in self._store.rows("select * from integrators order by number")]

    def register(self, integrator: Integrator) -> None:
        """Add an integrator, or change its title and addresses."""
        self._store.run(
            "insert into integrators values (?, ?, ?, ?, ?) on conflict (number) do update set "
            "title = excluded.title, endpoint_gb = excluded.endpoint_gb, endpoint_pk = excluded.endpoint_pk",
            *integrator[:4],
            int(integrator.is_suspended),
        )

    def suspend(self, number: str, *, suspended: bool) -> None:
        """Take or give back an integrator's permission to send and to ask.

        Raises:
            CenterError: ``center.no-integrator``.
        """
        if not self._store.run("update integrators set suspended = ? where number = ?", int(suspended), number):
            raise center_error("center.no-integrator", number=number)

    def has_suspended(self) -> bool:
        """Whether any integrator is suspended."""
        return self._store.row("select 1 from integrators where suspended limit 1") is not None

    def operator_of(self, party: Party, at: datetime) -> Integrator | None:
        """The integrator behind an address: by its alias if it has one, else the integrator itself, in its own name."""
        if party.number == GIB.number:
            return None
        units = [unit for unit in self.units(party.number) if unit.alias == party.alias]
        current = [unit for unit in units if _is_open(unit, at)] or units
        if current:
            return self.integrator(current[-1].operator) if current[-1].operator else None
        return self.integrator(party.number)

    # -- taxpayers -------------------------------------------------------------------------------------------------

    def account(self, number: str) -> Account | None:
        """A taxpayer; None if there is none of that number."""
        row = self._store.row("select * from accounts where number = ?", number)
        if row is None:
            return self._synthetic.account_of(number)
        services = self._store.rows(
            "select service, operator from services where number = ? and closed is null order by service", number
        )
        return Account(
            row["number"],
            row["title"],
            row["kind"],
            row["method"],
            moment(row["created"]),
            tuple((found[0], found[1]) for found in services),
        )

    def accounts(self) -> Iterator[Account]:
        """All that are stored, in the order of their numbers."""
        for row in self._store.rows("select number from accounts order by number"):
            found = self.account(row[0])
            if found is not None:
                yield found

    def units(self, number: str) -> list[Unit]:
        """All aliases of a taxpayer, deleted ones too, oldest first."""
        rows = self._store.rows("select * from units where number = ? order by created, rowid", number)
        return [_unit(row) for row in rows] or list(self._synthetic.units_of(number))

    def put_account(self, number: str, title: str, *, kind: str, method: str, at: datetime) -> None:
        """Add a taxpayer, or change its title and kind; the day of its first registration stays."""
        self._store.run(
            "insert into accounts values (?, ?, ?, ?, ?) on conflict (number) do update set "
            "title = excluded.title, kind = excluded.kind, method = excluded.method",
            number,
            title,
            kind,
            method,
            stamp(at),
        )

    def open_units(self, units: Iterable[Unit]) -> None:
        """Open aliases; those that are open already stay as they are.

        Raises:
            CenterError: ``center.alias-elsewhere`` if another integrator has that alias.
        """
        for unit in units:
            others = [
                found
                for found in self.units(unit.number)
                if found.alias == unit.alias and found.operator != unit.operator and _is_open(found, unit.created)
            ]
            if others:
                raise center_error("center.alias-elsewhere", alias=unit.alias, number=unit.number)
            if self.unit(unit.number, unit.alias, unit.role, unit.use, unit.created) is None:
                self._store.add(
                    "units",
                    number=unit.number,
                    alias=unit.alias,
                    role=unit.role.value,
                    use=unit.use.value,
                    operator=unit.operator,
                    created=stamp(unit.created),
                )

    def close_units(self, number: str, alias: str, uses: Iterable[Use], at: datetime, role: Role | None = None) -> int:
        """Delete aliases for some uses; the number that were open."""
        roles = (role.value,) if role else tuple(Role)
        return sum(
            self._store.run(
                "update units set deleted = ? where number = ? and alias = ? and use = ? and role = ? "
                "and deleted is null",
                stamp(at),
                number,
                alias,
                use.value,
                kind,
            )
            for use in uses
            for kind in roles
        )

    def open_service(self, number: str, service: str, operator: str, option: str, at: datetime) -> None:
        """Note that an integrator runs a service for a taxpayer."""
        self.close_service(number, service, operator, at)
        self._store.add(
            "services", number=number, service=service, operator=operator, option=option, opened=stamp(at), closed=None
        )

    def close_service(self, number: str, service: str, operator: str, at: datetime) -> int:
        """Note that it no longer does; the number that were open."""
        return self._store.run(
            "update services set closed = ? where number = ? and service = ? and operator = ? and closed is null",
            stamp(at),
            number,
            service,
            operator,
        )

    def services(self, number: str) -> dict[str, str]:
        """The services that are open for a taxpayer, with the integrator of each."""
        rows = self._store.rows("select service, operator from services where number = ? and closed is null", number)
        return {row[0]: row[1] for row in rows}


def _is_open(unit: Unit, at: datetime) -> bool:
    return unit.created <= at and (unit.deleted is None or at < unit.deleted)


def _integrator(row: sqlite3.Row) -> Integrator:
    return Integrator(row["number"], row["title"], row["endpoint_gb"], row["endpoint_pk"], bool(row["suspended"]))


def _unit(row: sqlite3.Row) -> Unit:
    deleted = None if row["deleted"] is None else moment(row["deleted"])
    return Unit(
        row["number"],
        row["alias"],
        Role(row["role"]),
        Use(row["use"]),
        row["operator"],
        moment(row["created"]),
        deleted,
    )
