"""What a worker does for an import: its file read and checked, its documents handed in, its drafts thrown away.

Each step may be killed at any moment and is done again then, with the same end: documents are handed in as one batch
under a key, contacts are kept by their number, drafts are thrown away one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec
import structlog
from django.db import connection

from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.books.contacts import by_number
from ulak_server.books.importing import taking
from ulak_server.books.importing.building import Built, Flaw, Known, Values, documents, group_of, pointers_of, values_of
from ulak_server.books.importing.files import rows_of
from ulak_server.books.importing.jobs import content, get, reading_of
from ulak_server.books.importing.locating import place_of, single, spot
from ulak_server.books.importing.mapping import convention
from ulak_server.books.importing.problems import fault, kept
from ulak_server.books.items import by_code
from ulak_server.books.models import Fault, Import
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import batches, drafts
from ulak_server.documents.models import Document
from ulak_server.documents.splitting import MOST, BatchForm
from ulak_server.taxpayers import services as taxpayers
from ulak_server.userlist import services as userlist

__all__ = ["advance", "advance_all"]

_LEASE: Final = timedelta(minutes=10)
_SOON: Final = timedelta(seconds=2)
_TRIES: Final = 5
_MOST_FAULTS: Final = 5_000
_CHUNK: Final = 200
_STATION: Final = "imports"
_WAITING: Final = f"""
SELECT id, taxpayer_id FROM books_import WHERE wake_at <= %s AND {asides.awake(_STATION, subject="id")}
ORDER BY wake_at LIMIT 50
"""  # noqa: S608
_CLAIM: Final = """
UPDATE books_import SET wake_at = %s, tries = tries + 1 WHERE id = %s AND wake_at <= %s RETURNING tries
"""
_LOG: Final = structlog.get_logger("ulak_server.books")


def advance_all() -> int:
    """Go on with every import that waits for a worker; how many. Opens its own scopes."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_WAITING, [clock.now(), clock.now()])
        waiting = [Unit(taxpayer, id) for id, taxpayer in cursor.fetchall()]
    return asides.each(_STATION, waiting, lambda job: advance(job.taxpayer, job.subject))


def advance(taxpayer: int, id: int) -> bool:
    """Do the next step of an import, if one is due and nobody else is at it. Opens its own scopes."""
    now = clock.now()
    with scoped(Role.WEB, [taxpayer]), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now + _LEASE, id, now])
        claimed = cursor.fetchone()
    if claimed is None:
        return False
    try:
        if claimed[0] > _TRIES:
            raise fault("import.failed")
        _step(taxpayer, id)
    except UlakError as error:
        _fail(taxpayer, id, error)
    except Exception:
        _LOG.exception("import.step-failed", job=id)
        with scoped(Role.WEB, [taxpayer]):
            Import.objects.filter(id=id).update(wake_at=clock.now() + timedelta(seconds=20))
    return True


def _step(taxpayer: int, id: int) -> None:
    with scoped(Role.WEB, [taxpayer]):
        job = get(taxpayer, id)
    if job.stage == "undoing":
        _undo(job)
    elif job.about in ("contacts", "items"):
        taking.check(job) if job.stage == "checking" else taking.take(job)
    elif job.stage == "checking":
        _settle(job) if job.check_id is not None else _check(job)
    elif job.stage == "running":
        _finish(job) if job.batch_id is not None else _hand_in(job)


def _fail(taxpayer: int, id: int, error: UlakError) -> None:
    with scoped(Role.WEB, [taxpayer]):
        Import.objects.filter(id=id).update(stage="failed", wake_at=None, error=kept(error), finished_at=clock.now())


# -- documents ---------------------------------------------------------------------------------------------------------


def _check(job: Import) -> None:
    """Read the file, and hand its documents in to be checked as a batch."""
    with scoped(Role.WEB, [job.taxpayer_id]):
        data = content(job.taxpayer_id, job.id)
    if job.form in ("xml", "zip"):
        _begin_batch(job, data, "zip" if job.form == "zip" else "ndjson", "check")
        return
    rows, built = _built(job, data)
    if len(built) > MOST:
        raise fault("import.too-many-documents", count=len(built), limit=MOST)
    good = [one for one in built if not _is_bad(one)]
    job.rows, job.total, job.faulty = rows, len(built), len(built) - len(good)
    job.places, job.bad = [list(one.rows) for one in good], [one.rows[0] for one in built if _is_bad(one)]
    with scoped(Role.WEB, [job.taxpayer_id]):
        _keep_flaws(job, [flaw for one in built for flaw in one.flaws])
    if good:
        _begin_batch(job, _lines(good), "ndjson", "check")
    else:
        _save(job, stage="checked", wake_at=None, good=0)


def _begin_batch(job: Import, data: bytes, form: BatchForm, intent: str) -> None:
    if job.form == "xml":
        data = msgspec.json.encode({"xml": _xml_text(data)})
    key = f"import-{job.id}-{intent}-{job.round}"
    handed = batches.hand_in(job.taxpayer_id, data, form, intent=intent, key=key, actor=job.actor, origin=job.origin)
    if job.form in ("xml", "zip"):
        job.total = handed.total
    field = "check_id" if intent == "check" else "batch_id"
    _save(job, **{field: handed.id}, wake_at=clock.now() + _SOON, tries=0)


def _xml_text(data: bytes) -> str:
    from lxml import etree

    from ulak.xml import parse

    return etree.tostring(parse(data), encoding="unicode")


def _settle(job: Import) -> None:
    """Once the batch has been checked, say where in the sheet each refusal belongs."""
    taxpayer = job.taxpayer_id
    with scoped(Role.WEB, [taxpayer]):
        assert job.check_id is not None
        batch = batches.get(taxpayer, job.check_id)
        if batch.stage != "done":
            _save(job, wake_at=clock.now() + _SOON, tries=0)
            return
        columns = pointers_of(job.about, reading_of(job)) if job.form not in ("xml", "zip") else {}
        refused = batches.refusals(taxpayer, batch.id, limit=MOST)
        faults = []
        for one in refused:
            rows = job.places[one.place] if one.place < len(job.places) else [one.place + 1]
            job.bad.append(rows[0] if job.places else one.place)
            faults += [_fault(job, problem, rows, columns, one.name) for problem in single(one.problem)[:50]]
        Fault.objects.bulk_create(faults[:_MOST_FAULTS])
        faulty = job.faulty + batch.refused
        _save(job, stage="checked", wake_at=None, good=batch.accepted, faulty=faulty, bad=job.bad, tries=0)


def _fault(job: Import, problem: Any, rows: Sequence[int], columns: dict[str, int], name: str) -> Fault:
    row, column = spot(place_of(problem), rows, columns)
    said = {**problem, "file": name} if name and not job.places else problem
    return Fault(taxpayer_id=job.taxpayer_id, job_id=job.id, row=row, column=column, level="error", problem=said)


def _hand_in(job: Import) -> None:
    """Hand in what is in order, as one batch."""
    with scoped(Role.WEB, [job.taxpayer_id]):
        data = content(job.taxpayer_id, job.id)
    if job.form in ("xml", "zip"):
        _begin_batch(job, data, "zip" if job.form == "zip" else "ndjson", job.intent)
        return
    _, built = _built(job, data)
    bad = set(job.bad)
    good = [one for one in built if one.rows[0] not in bad]
    if not good:
        raise fault("import.nothing-good")
    _begin_batch(job, _lines(good), "ndjson", job.intent)


def _finish(job: Import) -> None:
    with scoped(Role.WEB, [job.taxpayer_id]):
        assert job.batch_id is not None
        batch = batches.get(job.taxpayer_id, job.batch_id)
        if batch.stage != "done":
            _save(job, wake_at=clock.now() + _SOON, tries=0)
            return
        done = {"read": batch.accepted, "good": batch.accepted, "tries": 0}
        _save(job, stage="done", wake_at=None, finished_at=clock.now(), **done)


def _undo(job: Import) -> None:
    if job.about in ("contacts", "items"):
        taking.take_out(job)
        return
    taxpayer = job.taxpayer_id
    while True:
        with scoped(Role.WEB, [taxpayer]):
            mine = Document.objects.filter(taxpayer_id=taxpayer, batch_id=job.batch_id, stage="draft")
            found = list(mine.values_list("id", flat=True)[:_CHUNK])
        if not found:
            break
        for id in found:
            drafts.delete(taxpayer, id, actor=job.actor, origin=job.origin)
        job.undone += len(found)
        with scoped(Role.WEB, [taxpayer]):
            _save(job, undone=job.undone, wake_at=clock.now() + _LEASE)
    with scoped(Role.WEB, [taxpayer]):
        _save(job, stage="undone", wake_at=None, finished_at=clock.now(), tries=0)


# -- reading -----------------------------------------------------------------------------------------------------------


def _built(job: Import, data: bytes) -> tuple[int, list[Built]]:
    """How many rows the file has, and the documents that they mean."""
    reading = reading_of(job)
    rows = [row for row in rows_of(job.form, data, reading.sheet) if row[0] > reading.header]
    if not rows:
        raise fault("import.no-rows")
    decimal = convention(job.about, reading, (cells for _, cells in rows))
    values = [values_of(job.about, reading, number, cells, decimal) for number, cells in rows]
    groups = group_of(values, job.about)
    return len(rows), list(documents(job.about, reading, groups, _known(job.taxpayer_id, values)))


def _known(taxpayer: int, rows: Iterable[Values]) -> Known:
    numbers = {one.by_field["tax_id"] for one in rows if "tax_id" in one.by_field}
    codes = {one.by_field["item_code"] for one in rows if "item_code" in one.by_field}
    with scoped(Role.WEB, [taxpayer]):
        contacts = by_number(taxpayer, sorted(numbers))
        listed = userlist.lookup_many(numbers - contacts.keys())
        titles = {number: found[0].title for number, found in listed.items()}
        supplier = taxpayers.party(taxpayers.of(taxpayer))
        return Known(supplier, contacts, titles, by_code(taxpayer, sorted(codes)))


def _lines(built: Iterable[Built]) -> bytes:
    return b"\n".join(msgspec.json.encode(one.item) for one in built)


def _is_bad(one: Built) -> bool:
    return any(not flaw.is_warning for flaw in one.flaws)


def _keep_flaws(job: Import, flaws: Sequence[Flaw]) -> None:
    Fault.objects.filter(job_id=job.id).delete()
    Fault.objects.bulk_create(
        [
            Fault(
                taxpayer_id=job.taxpayer_id,
                job_id=job.id,
                row=one.row,
                column=one.column,
                level="warning" if one.is_warning else "error",
                problem=kept(one.error),
            )
            for one in flaws[:_MOST_FAULTS]
        ]
    )


def _save(job: Import, **values: Any) -> None:
    """Write what has become of an import, in the running scope or one of its own."""
    for name, value in values.items():
        setattr(job, name, value)
    from ulak_server.database.scope import is_scoped

    if is_scoped():
        job.save()
        return
    with scoped(Role.WEB, [job.taxpayer_id]):
        job.save()
