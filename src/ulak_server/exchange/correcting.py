"""A corrected document in place of one that was found faulty or came back: same row, same number, judged anew."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, connection

from ulak.errors import UlakError
from ulak.lifecycle import documents as law
from ulak.lifecycle.documents import Happening, Stage
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.existing import collision
from ulak_server.documents.intake import Options
from ulak_server.documents.kinds import EARCHIVE, EINVOICE
from ulak_server.documents.numbering import with_number
from ulak_server.documents.numbering_problems import NumberingError
from ulak_server.documents.reading import SENT, Format, Reading, read
from ulak_server.documents.services import Draft, rewrite
from ulak_server.documents.taking import opened, placed
from ulak_server.exchange.law import happening
from ulak_server.exchange.problems import exchange_error
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell
from ulak_server.exchange.wishes import document_of

__all__ = ["correct"]

_KEPT: Final = "SELECT erp_key, batch_id FROM documents_document WHERE id = %s"
_INVOICES: Final = (EINVOICE.name, EARCHIVE.name)
_NO_OPTIONS: Final = Options()


def correct(
    taxpayer: int,
    document: int,
    data: bytes,
    format: Format | None = None,
    options: Options = _NO_OPTIONS,
    *,
    actor: str = "",
    origin: str = "",
) -> Stage:
    """Hand in the corrected one; outside of any scope. The stage it is in then.

    A number that a series gave is kept: the corrected document bears it, or none. What clashed with another of GİB's
    gets a new one. JSON that states no ETTN keeps the old one.

    Args:
        data: friendly JSON or UBL-TR.

    Raises:
        ExchangeError: ``exchange.no-document``, ``exchange.not-corrected``, ``exchange.number-kept``.
        UlakError: like `ulak_server.documents.taking.take_in`. Nothing has changed then.
    """
    draft: Draft | None = None
    try:
        with happening(role=Role.WEB, taxpayers=[taxpayer], actor=actor, origin=origin) as shell:
            row = _correctable(shell, taxpayer, document)
            draft = _drafted(taxpayer, row, data, format, options)
            rewrite(document, row["month"], draft)
            _take_over(row, draft)
            keeps = _keeps_number(row)
            shell.happen(DOCUMENTS, document, law.Corrected())
            if not keeps:
                row.record = row.record._replace(numbered=bool(draft.number))
            ring()
            stage: Stage = row.record.stage
            return stage
    except IntegrityError as error:
        raise _refused(taxpayer, document, draft, error) from None


def _correctable(shell: Shell, taxpayer: int, document: int) -> Row:
    row = document_of(shell, taxpayer, document)
    if row["kind"] not in SENT or law.MACHINE.row(row.record.stage, Happening.CORRECTED) is None:
        raise exchange_error("exchange.not-corrected", stands=row.record.stage.sentence)
    return row


def _keeps_number(row: Row) -> bool:
    return row.record.numbered and row["series_id"] is not None and row.record.stage is not Stage.CLASHED


def _drafted(taxpayer: int, row: Row, data: bytes, format: Format | None, options: Options) -> Draft:
    item = opened(data, format, _with_what_stays(row, options))
    ettn: UUID = row["ettn"]
    reading = read(item.data, item.format, kinds=_kinds(row), ettn=ettn)
    if not _keeps_number(row):
        return placed(taxpayer, reading, item.options).draft
    # A number of e-Fatura's series makes no e-Arşiv invoice.
    stated = reading._replace(is_automatic=False)
    return _with_its_number(taxpayer, row, stated, item.options._replace(route=""))


def _kinds(row: Row) -> tuple[str, ...]:
    """What the corrected one may be: an invoice that has no number yet may change between e-Fatura and e-Arşiv."""
    is_open = row["kind"] in _INVOICES and not _keeps_number(row)
    return _INVOICES if is_open else (row["kind"],)


def _with_what_stays(row: Row, options: Options) -> Options:
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [row.key])
        erp_key, batch = cursor.fetchone()
    return options._replace(erp_key=options.erp_key or erp_key, batch=batch, about=row["about_id"])


def _with_its_number(taxpayer: int, row: Row, reading: Reading, options: Options) -> Draft:
    """The document with the number that it has got: written in it already, or in place of a placeholder."""
    number: str = row["number"]
    if reading.number not in ("", number):
        raise exchange_error("exchange.number-kept", number=number, found=reading.number)
    open_place = reading._replace(number="", prefix=number[:3])
    draft = placed(taxpayer, open_place, options._replace(series="")).draft
    if reading.number:
        body = reading.body
    else:
        try:
            body = with_number(draft.body, number)
        except NumberingError:
            raise exchange_error("exchange.number-kept", number=number, found=_year_of(draft)) from None
    return draft._replace(number=number, body=body, series=row["series_id"])


def _year_of(draft: Draft) -> str:
    return f"…{draft.issue_date.year}…" if draft.issue_date else "-"


def _take_over(row: Row, draft: Draft) -> None:
    """What `rewrite` wrote stands in the row too, which is written whole at the end."""
    row["alias"], row["number"], row["series_id"] = draft.alias, draft.number or None, draft.series
    row["issue_date"], row["form"], row["error"], row["work"] = draft.issue_date, int(draft.form), None, None
    row["sealed_at"] = None


def _refused(taxpayer: int, document: int, draft: Draft | None, error: IntegrityError) -> UlakError | IntegrityError:
    found: Any = None
    with scoped(Role.WEB, [taxpayer]):
        found = collision(taxpayer, draft, document) if draft else None
    return found or error
