"""Files looked at: what they are, and how they are read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from ulak.errors import UlakError
from ulak.ledger.intake import FileForm, Look, Mapping, look_at
from ulak_server.ledgers import keeping
from ulak_server.ledgers.folders import has_room
from ulak_server.ledgers.law import INVENTORY
from ulak_server.ledgers.mapping import mapping_of, own_mappings
from ulak_server.ledgers.models import File, Stage
from ulak_server.ledgers.problems import kept, problem
from ulak_server.ledgers.steps.lists import look_of_list
from ulak_server.ledgers.turns import Turn

__all__ = ["disk_name", "look"]


def look(turn: Turn) -> None:
    """Look at the next file that nobody has looked at; when there is none, it is for a person to go on."""
    with turn.scopes():
        inputs = File.objects.filter(work=turn.work, what="input", completed_at__isnull=False)
        unseen = list(inputs.filter(look__isnull=True, error__isnull=True).order_by("id"))
        total = inputs.count()
        own = own_mappings(turn.taxpayer)
    if not unseen:
        with turn.settling() as work:
            work.stage = Stage.MAPPING
        return
    turn.step("looking", total)
    turn.told(total - len(unseen))
    file = unseen[0]
    turn.file = file.id
    found, error, digest = None, None, file.digest
    try:
        path = _fetched(turn, file)
        digest = _digest(path)
        found = look_of_list(path, file.name) if turn.work.kind == INVENTORY else _look(path, file, own)
        path.unlink()
    except UlakError as raised:
        if not raised.permanent:
            raise
        error = raised
    with turn.settling() as work:
        twins = File.objects.filter(work=work, what="input", digest=digest, completed_at__isnull=False)
        if twins.exclude(id=file.id).exists():
            error = problem("ledger-work.file-twice", name=file.name)
        file.digest, file.error = digest, kept(error) if error else None
        file.look = msgspec.to_builtins(found) if found else None
        file.mapping = msgspec.to_builtins(found.mapping) if found and not found.missing else None
        file.save(update_fields=["digest", "error", "look", "mapping"])


def disk_name(file: File) -> str:
    """What an input is called on disk: by its ending the library knows what it is."""
    return f"input-{file.id}.{file.name.rpartition('.')[2].lower()}"


def _fetched(turn: Turn, file: File) -> Path:
    has_room(file.size)
    target = turn.folder / disk_name(file)
    target.unlink(missing_ok=True)
    if file.digest:
        return keeping.fetch(file, target, turn.scopes)
    with target.open("xb") as out:
        for piece in keeping.pieces(file, turn.scopes):
            out.write(piece)
            turn.look()
    return target


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _look(path: Path, file: File, own: list[Mapping]) -> Look:
    """As a person wants it read; else by a shipped mapping, by one of the taxpayer's own, or as it is guessed."""
    if file.mapping:
        wanted = mapping_of(file)
        return look_at(path, mapping=wanted)
    found = look_at(path, FileForm())
    if found.known:
        return found
    for mapping in own:
        by_own = look_at(path, mapping=mapping)
        if not by_own.missing:
            return by_own
    return found
