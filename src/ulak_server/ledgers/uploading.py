"""Files of entries as they come in: whole, or piece by piece over a line that breaks; within limits."""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO, Final, NamedTuple

from django.db import IntegrityError
from django.db.models import Sum

from ulak.errors import Text
from ulak_server.ledgers import keeping
from ulak_server.ledgers.doors import READ, WRITE, admitted
from ulak_server.ledgers.keeping import PIECE
from ulak_server.ledgers.mapping import look_of
from ulak_server.ledgers.models import ENDED, File, Stage, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.words import STEPS
from ulak_server.ledgers.works import drop_results, held, not_sent, start, tell
from ulak_server.people.services import Caller

__all__ = [
    "ENDINGS",
    "MOST_FILES",
    "MOST_OF_FILE",
    "MOST_OF_TAXPAYER",
    "Input",
    "add_file",
    "add_piece",
    "begin_file",
    "files",
    "input_of",
    "remove_file",
]

ENDINGS: Final = ("csv", "txt", "tsv", "xlsx", "xls", "parquet", "jsonl", "ndjson", "json")
MOST_OF_FILE: Final = 2_000_000_000
"""Bytes of one file."""
MOST_OF_TAXPAYER: Final = 6_000_000_000
"""Bytes of all files of a taxpayer's unfinished works."""
MOST_FILES: Final = 40
_MEGA: Final = 1_000_000
_WHOLE: Final = "whole"
_OPEN: Final = (Stage.UPLOADING, Stage.LOOKING, Stage.MAPPING, Stage.CHECKED, Stage.PLANNED, Stage.BUILT, Stage.FAILED)


class Input(NamedTuple):
    """A file of entries as faces see it.

    Attributes:
        received: bytes that are here; `piece` at a time, the last may be shorter.
        state: ``uploading``, ``looking``, ``taken`` (it is known how to read it), ``unknown`` (somebody has to match
            its columns), ``broken`` (it cannot be read).
        error: why it cannot be read, in both languages.
        kind: what was seen: ``csv``, ``xlsx`` …
        mapping_name, mapping_title, sureness: the mapping that reads it, and how sure the guess is (0–100).
    """

    id: int
    name: str
    size: int
    received: int
    state: str
    error: Any = None
    piece: int = PIECE
    kind: str = ""
    mapping_name: str = ""
    mapping_title: Text = Text("", "")
    sureness: int = 0


def files(caller: Caller, taxpayer: int, work: int) -> list[Input]:
    """The files of a work, in the order in which they came."""
    with admitted(caller, taxpayer, READ):
        one = held(taxpayer, work)
        return [input_of(file) for file in File.objects.filter(work=one, what="input").order_by("id")]


def input_of(file: File) -> Input:
    """A file as faces see it."""
    look = look_of(file)
    seen = (look.kind, look.known or look.mapping.name, look.mapping.title, round(100 * look.sureness)) if look else ()
    return Input(file.id, file.name, file.size, file.received, _state(file), file.error, PIECE, *seen)


def _state(file: File) -> str:
    if file.completed_at is None:
        return "uploading"
    if file.error:
        return "broken"
    if file.look is None:
        return "looking"
    return "taken" if file.mapping else "unknown"


def begin_file(caller: Caller, taxpayer: int, work: int, name: str, size: int, *, mark: str = "") -> Input:
    """Announce a file that comes in pieces; the same one that is on its way already is gone on with.

    Args:
        mark: what tells it from another of the same name and size, as when it was changed.

    Raises:
        LedgerWorkError: ``ledger-work.file-kind``, ``ledger-work.file-empty``, ``ledger-work.file-too-big``,
            ``ledger-work.too-much``, ``ledger-work.too-many-files``, ``ledger-work.busy``, ``ledger-work.not-now``.
    """
    name = _file_name(name)
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        _takes_files(one)
        # While a file is on its way nobody knows its digest; the mark stands in its place.
        same = {"work": one, "what": "input", "name": name, "size": size, "digest": _mark(mark)}
        begun = File.objects.filter(**same, completed_at__isnull=True).first()
        if begun is None:
            _within_limits(one, name, size)
            begun = File.objects.create(taxpayer_id=taxpayer, **same)
        return input_of(begun)


def add_piece(caller: Caller, taxpayer: int, work: int, file: int, offset: int, data: bytes) -> Input:
    """Keep the next piece of a file that was announced; the last one completes it, and a worker looks at it.

    Args:
        offset: where the piece begins; what is here already ends there.
        data: `PIECE` bytes, or what is left.

    Raises:
        LedgerWorkError: ``ledger-work.file-offset`` with ``received``; ``ledger-work.file-unknown``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        _takes_files(one)
        row = _file(one, file)
        fits = offset == row.received and len(data) == min(PIECE, row.size - row.received)
        if row.completed_at is not None or not fits or not data:
            error = problem("ledger-work.file-offset", received=row.received)
            error.received = row.received
            raise error
        keeping.add(row, data)
        if row.received == row.size:
            row.digest = ""
            _completed(one, row, caller)
        return input_of(row)


def add_file(
    caller: Caller, taxpayer: int, work: int, name: str, stream: BinaryIO, size: int, *, origin: str = ""
) -> Input:
    """Take a whole file, read in pieces; a worker looks at it.

    Args:
        size: bytes that it has.

    Raises:
        LedgerWorkError: as `begin_file`; ``ledger-work.file-twice``: the same bytes are in the work already;
            ``ledger-work.file-unknown``: the same call was made again meanwhile, and goes on alone.
    """
    row = _begun_anew(caller, taxpayer, work, name, size)
    digest = hashlib.sha256()
    while piece := _read(stream, min(PIECE, size - row.received)):
        digest.update(piece)
        try:
            with admitted(caller, taxpayer, WRITE):
                keeping.add(row, piece)
        except IntegrityError:
            raise problem("ledger-work.file-unknown") from None
    return _whole(caller, taxpayer, work, row, digest.hexdigest(), origin)


def _begun_anew(caller: Caller, taxpayer: int, work: int, name: str, size: int) -> File:
    """What is left of a call that broke off may be of another file: nothing of it is gone on with."""
    begun = begin_file(caller, taxpayer, work, name, size, mark=_WHOLE)
    with admitted(caller, taxpayer, WRITE):
        row = _file(held(taxpayer, work, locks=True), begun.id)
        if not row.received:
            return row
        keeping.forget(row.id)
    begun = begin_file(caller, taxpayer, work, name, size, mark=_WHOLE)
    with admitted(caller, taxpayer, WRITE):
        return _file(held(taxpayer, work), begun.id)


def _read(stream: BinaryIO, count: int) -> bytes:
    """So many bytes, unless the stream ends before: a line may give fewer at once."""
    piece = b""
    while len(piece) < count and (more := stream.read(count - len(piece))):
        piece += more
    return piece


def _whole(caller: Caller, taxpayer: int, work: int, row: File, digest: str, origin: str) -> Input:
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        if row.received < row.size:
            raise problem("ledger-work.file-unfinished", name=row.name)
        twin = File.objects.filter(work=one, what="input", digest=digest, completed_at__isnull=False)
        if not twin.exists():
            row.digest = digest
            _completed(one, row, caller, origin)
            return input_of(row)
        keeping.forget(row.id)
    raise problem("ledger-work.file-twice", name=row.name)


def remove_file(caller: Caller, taxpayer: int, work: int, file: int, *, origin: str = "") -> None:
    """Take a file out of a work, with all that was made of it.

    Raises:
        LedgerWorkError: ``ledger-work.file-unknown``, ``ledger-work.busy``, ``ledger-work.not-now``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        _takes_files(one)
        row = _file(one, file)
        drop_results(one, caller, origin)
        keeping.forget(row.id)
        left = File.objects.filter(work=one, what="input", completed_at__isnull=False)
        one.stage = Stage.MAPPING if left.exists() else Stage.UPLOADING
        if left.filter(look__isnull=True, error__isnull=True).exists():
            start(one, Stage.LOOKING)
        one.save()
        tell("ledger.file-removed", one, caller, origin, file=row.id, size=row.size, digest=row.digest)


def _completed(work: Work, row: File, caller: Caller, origin: str = "") -> None:
    keeping.complete(row)
    drop_results(work, caller, origin)
    start(work, Stage.LOOKING)
    tell("ledger.uploaded", work, caller, origin, file=row.id, size=row.size, digest=row.digest)


def _takes_files(work: Work) -> None:
    if work.stage not in _OPEN:
        code = "ledger-work.busy" if work.is_busy else "ledger-work.not-now"
        raise problem(code, step=STEPS[work.stage], stage=STEPS[work.stage])
    not_sent(work)


def _file(work: Work, file: int) -> File:
    found = File.objects.filter(work=work, id=file, what="input").first()
    if found is None:
        raise problem("ledger-work.file-unknown")
    return found


def _within_limits(work: Work, name: str, size: int) -> None:
    if name.rpartition(".")[2].lower() not in ENDINGS:
        raise problem("ledger-work.file-kind", name=name)
    if size <= 0:
        raise problem("ledger-work.file-empty", name=name)
    if size > MOST_OF_FILE:
        raise problem("ledger-work.file-too-big", name=name, size=size // _MEGA, most=MOST_OF_FILE // _MEGA)
    if File.objects.filter(work=work, what="input").count() >= MOST_FILES:
        raise problem("ledger-work.too-many-files", most=MOST_FILES)
    mine = File.objects.filter(taxpayer_id=work.taxpayer_id, what="input").exclude(work__stage__in=ENDED)
    if (mine.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_OF_TAXPAYER:
        raise problem("ledger-work.too-much", most=MOST_OF_TAXPAYER // _MEGA)


def _mark(given: str) -> str:
    return f"~{given.replace(chr(0), '')[:40]}"


def _file_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one if one.isprintable() else "?" for one in last)[:150] or "?"
