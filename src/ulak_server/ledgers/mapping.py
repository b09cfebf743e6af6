"""How the files of a work are read: looked at by a worker, matched by a person where that is not sure."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from ulak.ledger.intake import FIELDS, MAPPINGS, FileForm, Look, Mapping, read_mapping
from ulak.ledger.intake.mapping import refuse_nul, shipped
from ulak_server import clock
from ulak_server.ledgers.doors import READ, WRITE, admitted
from ulak_server.ledgers.models import File, Stage
from ulak_server.ledgers.models import Mapping as Kept
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.words import STEPS
from ulak_server.ledgers.works import drop_results, held, start, tell
from ulak_server.people.services import Caller

__all__ = [
    "KnownMapping",
    "Matching",
    "choose_mapping",
    "forget_mapping",
    "known_mappings",
    "look_of",
    "looked",
    "mapping_of",
    "own_mappings",
]

_MATCHED_IN: Final = (Stage.MAPPING, Stage.CHECKED, Stage.PLANNED, Stage.BUILT, Stage.FAILED)
_LONGEST: Final = 80


class Matching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a person wants a file to be read.

    Attributes:
        known: a shipped mapping or one of the taxpayer's own; columns and fixed values that are given replace its own.
        columns: fields by the place of their column, from 1.
        fixed: values of fields that no column has.
    """

    known: str = ""
    sheet: str = ""
    header: int = 0
    decimal: str = "auto"
    content: str = "entries"
    columns: dict[int, str] = {}
    fixed: dict[str, str] = {}


class KnownMapping(NamedTuple):
    """A mapping that can be chosen by name; `is_own`: the taxpayer's."""

    name: str
    title: Any
    is_own: bool
    at: datetime | None


def looked(caller: Caller, taxpayer: int, work: int, file: int) -> Look | None:
    """What was seen in a file; None while nobody has looked, or if it cannot be read."""
    with admitted(caller, taxpayer, READ):
        row = File.objects.filter(work=held(taxpayer, work), id=file, what="input").first()
        if row is None:
            raise problem("ledger-work.file-unknown")
        return look_of(row)


def known_mappings(caller: Caller, taxpayer: int) -> Sequence[KnownMapping]:
    """The taxpayer's own mappings, the newest first, then those that are shipped."""
    with admitted(caller, taxpayer, READ):
        own = [
            KnownMapping(one.name, one.name, True, one.changed_at)
            for one in Kept.objects.filter(taxpayer_id=taxpayer).order_by("-changed_at")
        ]
    return [*own, *(KnownMapping(name, shipped(name).title, False, None) for name in MAPPINGS)]


def forget_mapping(caller: Caller, taxpayer: int, name: str) -> None:
    """Forget one of the taxpayer's own mappings."""
    with admitted(caller, taxpayer, WRITE):
        Kept.objects.filter(taxpayer_id=taxpayer, name=name).delete()


def choose_mapping(
    caller: Caller,
    taxpayer: int,
    work: int,
    file: int,
    values: Dict[str, Any] | str,
    *,
    keep_as: str = "",
    origin: str = "",
) -> None:
    """Read a file in another way; a worker looks at it anew, and says what is still missing.

    Args:
        values: fields of `Matching`, or the text of a mapping file (TOML).
        keep_as: name under which it is kept for the months to come.

    Raises:
        LedgerWorkError: ``ledger-work.matching``, ``ledger-work.file-unknown``, ``ledger-work.busy``,
            ``ledger-work.not-now``.
        InputError: ``ledger.input.mapping`` …
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        if one.stage not in _MATCHED_IN:
            code = "ledger-work.busy" if one.is_busy else "ledger-work.not-now"
            raise problem(code, step=STEPS[one.stage], stage=STEPS[one.stage])
        row = File.objects.filter(work=one, id=file, what="input", completed_at__isnull=False).first()
        if row is None:
            raise problem("ledger-work.file-unknown")
        mapping = read_mapping(values) if isinstance(values, str) else _mapping(taxpayer, row, values)
        if keep_as.strip():
            name = " ".join(keep_as.replace("\0", "").split())[:_LONGEST]
            mapping = msgspec.structs.replace(mapping, name=name)
            kept = {"mapping": msgspec.to_builtins(mapping), "changed_at": clock.now()}
            Kept.objects.update_or_create(taxpayer_id=taxpayer, name=name, defaults=kept)
        row.mapping, row.look, row.error = msgspec.to_builtins(mapping), None, None
        row.save(update_fields=["mapping", "look", "error"])
        drop_results(one, caller, origin)
        start(one, Stage.LOOKING)
        tell("ledger.matched", one, caller, origin, file=row.id, mapping=mapping.name)


def look_of(file: File) -> Look | None:
    """What was seen in a file, as it is kept."""
    return msgspec.convert(file.look, Look, strict=False) if file.look else None


def mapping_of(file: File) -> Mapping:
    """How a file is read, as it is kept."""
    return msgspec.convert(file.mapping, Mapping, strict=False)


def own_mappings(taxpayer: int) -> list[Mapping]:
    """The taxpayer's own mappings, the newest first; within a scope."""
    rows = Kept.objects.filter(taxpayer_id=taxpayer).order_by("-changed_at")[:20]
    return [msgspec.convert(one.mapping, Mapping, strict=False) for one in rows]


def _mapping(taxpayer: int, row: File, values: Dict[str, Any]) -> Mapping:
    try:
        wanted = msgspec.convert(dict(values), Matching, strict=False)
        form = msgspec.convert(
            {"sheet": wanted.sheet, "header_row": wanted.header, "decimal": wanted.decimal}, FileForm
        )
        known = _known(taxpayer, wanted.known) if wanted.known else Mapping(name="own", columns={})
        content = known.content if wanted.known else wanted.content
        _refuse_strange(wanted, content)
        fixed = {**known.fixed, **wanted.fixed}
        columns = {**known.columns, **_columns(row, wanted)} if wanted.known else _columns(row, wanted)
        mended = msgspec.structs.replace(known, content=content, file=form, fixed=fixed, columns=columns)
        refuse_nul(mended)
        return msgspec.convert(msgspec.to_builtins(mended), Mapping)
    except (msgspec.ValidationError, KeyError) as error:
        raise problem("ledger-work.matching", given=str(error)) from None


def _refuse_strange(wanted: Matching, content: str) -> None:
    fields = {one.name for one in FIELDS[content]}
    used = {*wanted.columns.values(), *wanted.fixed}
    if not used <= fields:
        raise problem("ledger-work.matching", given=", ".join(sorted(used - fields)))


def _columns(row: File, wanted: Matching) -> dict[str, list[str]]:
    """Columns by their headings, so that the mapping fits the next file too; by place where headings do not tell."""
    look = look_of(row)
    headings = {one.place: one.heading for one in look.columns} if look else {}
    told = list(headings.values())
    columns: dict[str, list[str]] = {}
    for place, field in wanted.columns.items():
        heading = headings.get(place, "")
        is_telling = heading.strip() and told.count(heading) == 1 and wanted.header != -1
        columns.setdefault(field, []).append(heading if is_telling else f"#{place}")
    return columns


def _known(taxpayer: int, name: str) -> Mapping:
    row = Kept.objects.filter(taxpayer_id=taxpayer, name=name).first()
    return msgspec.convert(row.mapping, Mapping, strict=False) if row is not None else shipped(name)
