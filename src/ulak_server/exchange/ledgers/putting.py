"""A package taken over from whoever made it, in the maker's transaction: from then on it is on its way to GİB."""

from __future__ import annotations

import hashlib
import re
import secrets
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid4

from django.db import connection

from ulak.lifecycle import ledgers as law
from ulak_server.database.bell import ring
from ulak_server.exchange.law import joined
from ulak_server.exchange.ledgers import keeping
from ulak_server.exchange.ledgers.months import names_before, of_month
from ulak_server.exchange.ledgers.problems import ledger_error
from ulak_server.exchange.ledgers.terms import expect
from ulak_server.exchange.ledgers.values import Parcel
from ulak_server.exchange.models_of_ledgers import Sort
from ulak_server.exchange.rooms import LEDGERS, Row
from ulak_server.exchange.shell import Shell
from ulak_server.taxpayers import services as taxpayers

__all__ = ["give_up", "name_of", "put"]

_KINDS: Final = frozenset(kind.value for kind in law.BeratKind)
_PART: Final = re.compile(r"[0-9]{6}", re.ASCII)
_BRANCH: Final = re.compile(r"(?!0000)[0-9]{4}|", re.ASCII)
_WHOLE: Final = "000000"
_LIVE: Final = """
SELECT id FROM exchange_ledger_package
WHERE taxpayer_id = %s AND name = %s AND stage NOT IN ('deleted', 'withdrawn')
"""
_EARLIER: Final = """
SELECT EXISTS (SELECT FROM exchange_ledger_package WHERE taxpayer_id = %s AND name = %s AND sent_at IS NOT NULL)
"""
_PIECE: Final = 1024 * 1024


def put(
    taxpayer: int, parcel: Parcel, source: BinaryIO, *, instead: bool = False, actor: str = "", origin: str = ""
) -> UUID:
    """Take a package over; it is sent as soon as those of its month that go before it are through.

    They have to be put before it: a part's journal before its ledger, the parts in order, the report last.

    The very same package put again is the one that is there. One that GİB refused makes room for its successor.

    Args:
        source: the ZIP, which can be rewound.
        instead: take the place of one that GİB has not got yet, too: of the same book with a time stamp, say.

    Returns:
        its id.

    Raises:
        LedgerExchangeError: ``ledger-exchange.package-name``, ``ledger-exchange.package-files``,
            ``ledger-exchange.there-already``.
    """
    name = name_of(taxpayers.of(taxpayer).number, parcel)
    _check_files(source, name)
    with joined(actor=actor, origin=origin) as shell:
        found = _live(shell, taxpayer, name)
        if found is not None:
            if found["digest"] == _digest(source) and not found.record.stage.waits_for_person:
                id: UUID = found.key
                return id
            _make_room(shell, found, instead=instead)
        row = _add(shell, taxpayer, parcel, name, source)
        shell.tell(LEDGERS, row, "ledger.put", name=name, size=row["size"])
        if parcel.kind != law.BeratKind.INVENTORY:
            expect(taxpayer, parcel.branch, parcel.month, parcel.due_at)
    ring()
    added: UUID = row.key
    return added


def give_up(taxpayer: int, packages: Iterable[UUID], *, actor: str = "", origin: str = "") -> None:
    """Withdraw packages of books that were made anew, as far as GİB has nothing of them; in the caller's transaction.

    Raises:
        LedgerExchangeError: ``ledger-exchange.there-already``: GİB has, or may have, one of them.
    """
    with joined(actor=actor, origin=origin) as shell:
        for row in shell.load(LEDGERS, sorted(packages)):
            if row["taxpayer_id"] == taxpayer and not row.record.stage.is_final:
                _make_room(shell, row, instead=True)


def name_of(number: str, parcel: Parcel) -> str:
    """What a package is called, without ``.zip`` (Teknik Kılavuz V1.7, 2.4.1 and 2.7.1).

    Raises:
        LedgerExchangeError: ``ledger-exchange.package-name``.
    """
    month = f"{parcel.month:%Y%m}"
    name = "-".join(part for part in (number, month, parcel.kind, parcel.part, parcel.branch) if part)
    is_right = parcel.kind in _KINDS and _PART.fullmatch(parcel.part) and _BRANCH.fullmatch(parcel.branch)
    if not is_right or (parcel.kind == law.BeratKind.REPORT and parcel.part != _WHOLE):
        raise ledger_error("ledger-exchange.package-name", name=name[:60])
    return name


def _check_files(source: BinaryIO, name: str) -> None:
    """Its berat has to be in it; what else it holds is its maker's to know."""
    wanted = f"{name}.xml"
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            found = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        found = []
    if wanted not in found:
        shown = ", ".join(one[:80] for one in found[:4]) or "–"
        raise ledger_error("ledger-exchange.package-files", wanted=wanted, found=shown)


def _live(shell: Shell, taxpayer: int, name: str) -> Row | None:
    with connection.cursor() as cursor:
        cursor.execute(_LIVE, [taxpayer, name])
        found = cursor.fetchone()
    return None if found is None else shell.get(LEDGERS, found[0])


def _make_room(shell: Shell, row: Row, *, instead: bool) -> None:
    before = row.record.stage
    if instead or before.waits_for_person:
        shell.happen(LEDGERS, row.key, law.WithdrawalWanted())
    if row.record.stage is not law.Stage.WITHDRAWN:
        raise ledger_error("ledger-exchange.there-already", name=row["name"], stands=before.sentence)


def _add(shell: Shell, taxpayer: int, parcel: Parcel, name: str, source: BinaryIO) -> Row:
    id, month = uuid4(), parcel.month.replace(day=1)
    digest, size = keeping.keep(id, Sort.SENT, taxpayer, source)
    return shell.add(
        LEDGERS,
        id,
        _begun(shell, taxpayer, parcel, month, name),
        taxpayer_id=taxpayer,
        branch=parcel.branch,
        month=month,
        kind=parcel.kind,
        part=parcel.part,
        name=name,
        starts=parcel.starts,
        ends=parcel.ends,
        signer=parcel.signer or taxpayers.of(taxpayer).number,
        stamped=parcel.stamped,
        size=size,
        digest=digest,
        due_at=parcel.due_at,
        created_at=shell.now,
        approved_digest="",
        said=[],
    )


def _begun(shell: Shell, taxpayer: int, parcel: Parcel, month: date, name: str) -> law.Package:
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [taxpayer, name])
        (had_before,) = cursor.fetchone()
    others = of_month(taxpayer, parcel.branch, month)
    return law.begun(
        shell.now,
        due_at=parcel.due_at,
        seed=secrets.randbits(31),
        kind=law.BeratKind(parcel.kind),
        had_before=had_before,
        held=bool(names_before(parcel.kind, parcel.part, others)),
        warned=law.behind(parcel.due_at, shell.now, shell.policy),
        policy=shell.policy,
    )


def _digest(source: BinaryIO) -> str:
    source.seek(0)
    return _of(iter(lambda: source.read(_PIECE), b""))


def _of(pieces: Iterable[bytes]) -> str:
    digest: Any = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return str(digest.hexdigest())
