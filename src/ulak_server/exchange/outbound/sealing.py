"""Documents numbered and sealed in the transaction that keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.errors import UlakError
from ulak.lifecycle import documents as law
from ulak.seal.keys.pkcs12 import FileKey
from ulak.seal.keys.secrets import Secret
from ulak.seal.sealing import Prepared
from ulak_server.archive.services import Ref
from ulak_server.designs.services import dresses_for
from ulak_server.documents.judging import error_of_problem
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Form
from ulak_server.documents.numbering import Numbers, Wanted
from ulak_server.documents.seals import sealed_at
from ulak_server.exchange.keys import Address, KeyRing, Opened
from ulak_server.exchange.outbound.plain import Plain
from ulak_server.exchange.outbound.work import Found, keep, ref_of
from ulak_server.exchange.paying import affordable
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell
from ulak_server.taxpayers.models import Sealing

__all__ = ["seal_all"]

_SEALING: Final = "SELECT number, sealing FROM taxpayers_taxpayer WHERE id = %s"
_OF_KEYS: Final = frozenset(
    {
        "seal.no-tax-id",
        "seal.certificate-expired",
        "seal.certificate-not-yet-valid",
        "seal.key-not-trusted",
        "seal.wrong-value",
    }
)
"""Reasons that lie with the key: its documents wait until it is set right, and need no correction."""


class _Ready(NamedTuple):
    """A document that lacks nothing but the signature, and how to take its number back."""

    row: Row
    prepared: Prepared
    number: str
    mark: Mapping[Any, Any]


def seal_all(
    shell: Shell, rows: Sequence[Row], bodies: Mapping[Ref, bytes], keys: KeyRing, found: Found | None = None
) -> list[tuple[Row, bytes]]:
    """Number, dress and seal documents of one taxpayer, keep them, and tell them so.

    What cannot be sealed as it is goes back to its author; where the key is at fault the documents wait. After a
    signature that failed nothing more is sealed in this batch: the numbers behind it are not used.

    Args:
        found: of those that were judged just now; its trees are of no use afterwards.

    Returns:
        those that were sealed, with their sealed bytes.
    """
    rows = affordable(shell, rows)
    finished = [row for row in rows if row["form"] == Form.SEALED]
    sealed = _fresh(shell, [row for row in rows if row["form"] != Form.SEALED], bodies, keys, found or {})
    keep(sealed, shell.now)
    done = [*((row, bodies[ref_of(row)]) for row in finished), *sealed]
    for row, body in done:
        row["work"] = row["error"] = None
        is_archived = row["kind"] in ARCHIVED
        # The report tells when its author sealed it.
        row["sealed_at"] = row["sealed_at"] or (sealed_at(body) if is_archived else None) or shell.now
        shell.happen(DOCUMENTS, row.key, law.Sealed(row.record.version, issued=is_archived))
    return done


def _fresh(
    shell: Shell, rows: Sequence[Row], bodies: Mapping[Ref, bytes], keys: KeyRing, found: Found
) -> list[tuple[Row, bytes]]:
    if not rows:
        return []
    wanted = {row.key: _wanted(row) for row in rows if not row.record.numbered and row["series_id"] is not None}
    try:
        with keys.using(_address(rows[0]["taxpayer_id"])) as opened:
            numbers = Numbers(list(wanted.values()))
            plain = _plain(rows, bodies, found)
            ready = _ready(shell, rows, plain, wanted, numbers, opened)
            sealed = _signed(shell, opened, ready, numbers, keys)
            numbers.store()
            return sealed
    except UlakError as error:
        # The key cannot be had, or is not trusted: nothing was numbered.
        for row in rows:
            _failed(shell, row, error)
        return []


def _wanted(row: Row) -> Wanted:
    return Wanted(row.key, row["taxpayer_id"], row["series_id"], row["issue_date"])


def _ready(
    shell: Shell,
    rows: Sequence[Row],
    drafts: Mapping[int, Plain],
    wanted: Mapping[int, Wanted],
    numbers: Numbers,
    opened: Opened,
) -> Iterator[_Ready]:
    by_key = {row.key: row for row in rows}
    plain = [row for row in rows if row.key not in wanted]
    for row in [*plain, *(by_key[one.key] for one in numbers.in_order(wanted.values()))]:
        mark = numbers.mark()
        try:
            one = wanted.get(row.key)
            number = numbers.offer(one) if one else ""
            prepared = drafts[row.key].prepared(number, opened, shell.now)
        except UlakError as error:
            _failed(shell, row, error)
            continue
        if one:
            numbers.use(one)
        yield _Ready(row, prepared, number, mark)


def _signed(
    shell: Shell, opened: Opened, ready: Iterable[_Ready], numbers: Numbers, keys: KeyRing
) -> list[tuple[Row, bytes]]:
    sealed: list[tuple[Row, bytes]] = []
    with _signer(opened) as signing:
        for one, value in [(one, signing(one.prepared.digest)) for one in ready]:
            try:
                body = one.prepared.with_value(value())
            except UlakError as error:
                keys.reopen(opened)
                numbers.back_to(one.mark)
                _failed(shell, one.row, error)
                break
            one.row["number"] = one.number or one.row["number"]
            sealed.append((one.row, body))
    return sealed


def _plain(rows: Sequence[Row], bodies: Mapping[Ref, bytes], found: Found) -> dict[int, Plain]:
    dresses = dresses_for(rows[0]["taxpayer_id"], {row.key: (row["kind"], row["design_id"]) for row in rows})
    return {row.key: Plain(bodies[ref_of(row)], found.pop(row.key, None), dresses[row.key]) for row in rows}


@contextmanager
def _signer(opened: Opened) -> Iterator[Callable[[bytes], Callable[[], bytes]]]:
    """Signs a digest now, or beside the preparing of the next documents where a token or a host does it."""
    if isinstance(opened.key, FileKey):
        yield lambda digest: partial(opened.key.sign, digest)
        return
    with ThreadPoolExecutor(1, thread_name_prefix="ulak-sealing-key") as pool:
        try:
            yield lambda digest: pool.submit(opened.key.sign, digest).result
        finally:
            pool.shutdown(cancel_futures=True)


def _failed(shell: Shell, row: Row, error: UlakError) -> None:
    permanent = not (error.code in _OF_KEYS or error.code.partition(".")[0] in ("key", "sealing-key", "certificate"))
    row["work"], row["error"] = None, error_of_problem(error)
    shell.happen(DOCUMENTS, row.key, law.SealFailed(permanent, row.record.version))


def _address(taxpayer: int) -> Address | None:
    """The key that seals for a taxpayer; None: the integrator's."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALING, [taxpayer])
        number, sealing = cursor.fetchone()
    if sealing != Sealing.OWN:
        return None
    from ulak_server.taxpayers.services import own_key

    own = own_key(taxpayer)
    return Address(own.address, number, Secret(own.secret)) if own else Address("", number)
