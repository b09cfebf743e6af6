"""Imports as people steer them: uploaded, matched, checked, carried out, undone. The work is done in `working`."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

import msgspec

from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.books.importing.fields import ABOUTS
from ulak_server.books.importing.files import form_of, rows_of, sheets_of
from ulak_server.books.importing.mapping import Reading, Start, checked, guessed, shape_of, start_of
from ulak_server.books.importing.problems import fault
from ulak_server.books.importing.workbooks import SheetName
from ulak_server.books.models import Fault, Import, Upload
from ulak_server.books.models import Mapping as Remembered
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import batches

__all__ = [
    "STAGES_OPEN",
    "Opened",
    "Progress",
    "begin",
    "carry_out",
    "change_reading",
    "check",
    "content",
    "faults_of",
    "forget_old",
    "get",
    "imports",
    "open_file",
    "progress",
    "reading_of",
    "twin_of",
    "undo",
]

STAGES_OPEN: Final = ("mapping", "checked", "failed")
"""Stages in which the reading may be changed."""
_WHOLE: Final = ("xml", "zip")
_KEPT: Final = timedelta(days=30)
_MOST_HEADINGS: Final = 200


class Opened(NamedTuple):
    """A file as far as it was read for a person.

    Attributes:
        sheets: of a workbook; none of CSV.
    """

    sheets: Sequence[SheetName]
    start: Start
    reading: Reading


class Progress(NamedTuple):
    """How far an import has come.

    Attributes:
        done, total: documents, contacts or items; 0 of 0 while the file is read.
    """

    job: Import
    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_working(self) -> bool:
        return self.job.stage in ("checking", "running", "undoing")


# -- uploading ---------------------------------------------------------------------------------------------------------


def begin(taxpayer: int, about: str, name: str, data: bytes, *, actor: str = "", origin: str = "") -> int:
    """Keep an uploaded file, read its headings, and guess how it is to be read; opens its own scope.

    Documents in UBL need no matching and are checked at once.

    Returns:
        the import's id.

    Raises:
        ImportFault: ``import.…``: the file cannot be used; nothing was kept then.
    """
    if about not in ABOUTS:
        raise fault("import.field", field=about)
    form = form_of(name, data)
    if form in _WHOLE and about in ("contacts", "items"):
        raise fault("import.not-books")
    job = Import(taxpayer_id=taxpayer, about=about, name=_file_name(name), form=form, size=len(data))
    job.digest, job.actor, job.origin = hashlib.sha256(data).hexdigest(), actor, origin
    opened = None if form in _WHOLE else _first_look(about, form, data)
    with scoped(Role.WEB, [taxpayer]):
        if opened is None:
            job.stage, job.wake_at = "checking", clock.now()
        else:
            job.shape = shape_of(about, opened.start.headings[:_MOST_HEADINGS])
            job.mapping = msgspec.to_builtins(_remembered(taxpayer, job.shape, opened), str_keys=True)
        job.save(force_insert=True)
        Upload(job=job, taxpayer_id=taxpayer, data=archive.seal_loose(zlib.compress(data, 1))).save(force_insert=True)
        _tell("import.uploaded", job, actor, origin)
    return job.id


def _file_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one if one.isprintable() else "?" for one in last)[:150] or "?"


def _first_look(about: str, form: str, data: bytes) -> Opened:
    """The first visible sheet in which something is known; the first one with anything otherwise."""
    sheets = sheets_of(form, data)
    visible = [one.name for one in sheets if not one.is_hidden] or [one.name for one in sheets] or [""]
    best: Opened | None = None
    for name in visible[:10]:
        try:
            start = start_of(about, rows_of(form, data, name))
        except Exception as error:
            if name == visible[-1] and best is None:
                raise
            if getattr(error, "code", "") != "import.empty":
                raise
            continue
        opened = Opened(sheets, start, guessed(about, start, name))
        if best is None or len(opened.reading.columns) > len(best.reading.columns):
            best = opened
    if best is None:
        raise fault("import.empty")
    return best


def _remembered(taxpayer: int, shape: str, opened: Opened) -> Reading:
    """How a file of this shape was read last time; as guessed, if there was none."""
    found = Remembered.objects.filter(taxpayer_id=taxpayer, shape=shape).first()
    if found is None:
        return opened.reading
    last = msgspec.convert(found.mapping, Reading, strict=False)
    return msgspec.structs.replace(last, sheet=opened.reading.sheet, header=opened.reading.header)


# -- looking -----------------------------------------------------------------------------------------------------------


def get(taxpayer: int, id: int) -> Import:
    """An import, within a scope that holds its taxpayer; raises `UnknownImport` ``import.unknown``."""
    found = Import.objects.filter(taxpayer_id=taxpayer, id=id).first()
    if found is None:
        raise fault("import.unknown")
    return found


def imports(taxpayer: int, limit: int = 50) -> Sequence[Import]:
    """The imports of a taxpayer, the last first; within a scope that holds it."""
    return list(Import.objects.filter(taxpayer_id=taxpayer).order_by("-id")[:limit])


def twin_of(job: Import) -> Import | None:
    """An import of the very same file that was carried out before; within a scope."""
    same = Import.objects.filter(taxpayer_id=job.taxpayer_id, digest=job.digest, about=job.about, stage="done")
    return same.exclude(id=job.id).order_by("-id").first()


def reading_of(job: Import) -> Reading:
    """How the file of an import is read."""
    return msgspec.convert(job.mapping, Reading, strict=False)


def content(taxpayer: int, id: int) -> bytes:
    """The file itself, within a scope; raises `ImportFault` ``import.gone`` when it is no longer kept."""
    found = Upload.objects.filter(taxpayer_id=taxpayer, job_id=id).first()
    if found is None:
        raise fault("import.gone")
    return zlib.decompress(archive.open_loose(bytes(found.data)))


def open_file(job: Import, data: bytes) -> Opened:
    """The file of an import as it is read now; needs no scope.

    Raises:
        ImportFault: the file has no such sheet, or cannot be read.
    """
    reading = reading_of(job)
    start = start_of(job.about, rows_of(job.form, data, reading.sheet), reading.header)
    return Opened(sheets_of(job.form, data), start, reading)


def faults_of(taxpayer: int, id: int, limit: int = 200) -> Sequence[Fault]:
    """What is wrong in an imported file, by row; within a scope."""
    return list(Fault.objects.filter(taxpayer_id=taxpayer, job_id=id).order_by("row", "column", "id")[:limit])


def progress(taxpayer: int, id: int) -> Progress:
    """How far an import has come; within a scope."""
    job = get(taxpayer, id)
    batch_id = {"checking": job.check_id, "running": job.batch_id}.get(job.stage)
    if batch_id is not None:
        batch = batches.get(taxpayer, batch_id)
        return Progress(job, batch.read, batch.total)
    return Progress(job, job.read, job.total)


# -- steering ----------------------------------------------------------------------------------------------------------


def change_reading(taxpayer: int, id: int, values: Mapping[str, Any]) -> Import:
    """Read the file in another way; within a scope.

    Raises:
        ImportFault: ``import.mapping-late``, ``import.field``, ``import.column-twice``; a column that is missing is
            not asked for yet.
    """
    job = get(taxpayer, id)
    if job.stage not in STAGES_OPEN:
        raise fault("import.mapping-late")
    try:
        reading = checked(job.about, values)
    except msgspec.ValidationError:
        raise fault("import.field", field="?") from None
    except Exception as error:
        if getattr(error, "code", "") != "import.column-missing":
            raise
        reading = msgspec.convert(dict(values), Reading, strict=False)
    job.mapping, job.stage, job.error = msgspec.to_builtins(reading, str_keys=True), "mapping", None
    job.save(update_fields=["mapping", "stage", "error"])
    return job


def check(taxpayer: int, id: int) -> Import:
    """Let the file be checked by a worker, and remember how it is read; within a scope.

    Raises:
        ImportFault: ``import.mapping-late``, ``import.column-missing``, ``import.gone`` …
    """
    job = get(taxpayer, id)
    if job.stage not in STAGES_OPEN:
        raise fault("import.mapping-late")
    if not Upload.objects.filter(job_id=id).exists():
        raise fault("import.gone")
    if job.form not in _WHOLE:
        reading = checked(job.about, job.mapping)
        values = {"mapping": msgspec.to_builtins(reading, str_keys=True), "used_at": clock.now()}
        Remembered.objects.update_or_create(taxpayer_id=taxpayer, shape=job.shape, defaults=values)
    job.faults.all().delete()
    job.check_id = job.error = None
    job.read = job.rows = job.total = job.good = job.faulty = job.tries = 0
    job.places, job.bad, job.round = [], [], job.round + 1
    job.stage, job.wake_at = "checking", clock.now()
    job.save()
    return job


def carry_out(taxpayer: int, id: int, intent: str, *, actor: str = "", origin: str = "") -> Import:
    """Let a worker make what is in order of a checked file: drafts, or documents that are sent; within a scope.

    Raises:
        ImportFault: ``import.not-checked``, ``import.nothing-good``.
    """
    job = get(taxpayer, id)
    if job.stage in ("running", "done") and job.intent == intent:
        return job
    if job.stage != "checked":
        raise fault("import.not-checked")
    if not job.good:
        raise fault("import.nothing-good")
    job.intent = intent if intent in ("draft", "send") else "draft"
    job.stage, job.wake_at, job.tries, job.read = "running", clock.now(), 0, 0
    job.actor, job.origin = actor or job.actor, origin or job.origin
    job.save()
    _tell("import.carried-out", job, actor, origin)
    return job


def undo(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Import:
    """Let a worker throw away the drafts of an import, or take its new contacts and items out again; within a scope.

    Raises:
        ImportFault: ``import.not-undone``.
    """
    job = get(taxpayer, id)
    if job.stage != "done" or (job.intent == "send" and job.batch_id is not None):
        raise fault("import.not-undone")
    job.stage, job.wake_at, job.tries = "undoing", clock.now(), 0
    job.actor, job.origin = actor or job.actor, origin or job.origin
    job.save()
    _tell("import.undone", job, actor, origin)
    return job


def forget_old() -> int:
    """Forget the files of imports that ended a month ago; how many. Opens its own scopes."""
    with scoped(Role.PIPELINE):
        over = Import.objects.filter(finished_at__lt=clock.now() - _KEPT).values_list("taxpayer_id", flat=True)
        taxpayers = sorted(set(over))
    return asides.each("forget-imported-files", map(Unit, taxpayers), _forget_of)


def _forget_of(unit: Unit) -> int:
    with scoped(Role.WEB, [unit.taxpayer]):
        gone, _ = Upload.objects.filter(job__finished_at__lt=clock.now() - _KEPT).delete()
        return gone


def _tell(what: str, job: Import, actor: str, origin: str) -> None:
    facts = {"import": job.id, "about": job.about, "intent": job.intent}
    audit.record([Entry(what, clock.now(), job.taxpayer_id, actor=actor, origin=origin, facts=facts)])
