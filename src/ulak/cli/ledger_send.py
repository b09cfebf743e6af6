"""``ulak ledger send``: packages to GİB's e-Defter service in the order that it wants, and its approved berats back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from ulak.cli.errors import Exit
from ulak.cli.inputs import Source, read, shown
from ulak.cli.keys import print_json
from ulak.cli.ledger_seal import folder_for, put_aside, written
from ulak.cli.page import Cell, clean
from ulak.cli.session import Session
from ulak.cli.trusting import trust_of
from ulak.cli.wire_calling import CallWish, client_for, error_json, said_by
from ulak.cli.wire_sending import Before, send_files, send_wish
from ulak.errors import Text, UlakError
from ulak.ledger.berat_problems import problem
from ulak.ledger.names import FileName
from ulak.ledger.packages import contents, opened
from ulak.ledger.reading import head_of
from ulak.ledger.reading.tags import SIGNATURE
from ulak.seal.levels.hook import level_check
from ulak.seal.verify import verify
from ulak.seal.xades import ISTANBUL
from ulak.wire import ServiceFault, edefter
from ulak.wire.client import Client
from ulak.xml import parse

__all__ = ["FetchWish", "fetch_berats", "send_packages"]

_NOT_FOR_US: Final = 205
_ORDER: Final = ("YB", "KB", "EB", "DR")
_NO_APPROVAL: Final = Text(
    "{file}: GİB defter raporunu ayrıca mühürlemez; alınacak bir belge yoktur.",
    "{file}: GİB does not seal ledger reports again; there is nothing to fetch.",
)
_APPROVED: Final = Text("GİB'in onayladığı berat", "berat approved by GİB")


def send_packages(session: Session, names: Sequence[str], call: CallWish, retry: str, pause: str) -> Exit:
    """Send packages: journals before ledgers, parts in their order, reports last; each is looked into first.

    A report goes once GİB has approved the berats of its month (Teknik Kılavuz V1.7, 2.7.2), until which it waits.

    Raises:
        BeratError: ``berat.*`` for a package that GİB would refuse for its name or content; nothing is sent then.
    """
    files = {name: FileName.parse(os.path.basename(name)) for name in names}
    for name, file in files.items():
        read(Source(shown(name), name), 0)
        _look_into(name, file)
    ordered = sorted(files, key=lambda name: _place(files[name]))
    wish = send_wish(call, as_is=False, retry=retry, pause=pause)
    return send_files(session, ordered, wish._replace(before=_after_berats(files, wish.pauses)))


def _after_berats(files: Mapping[str, FileName], pauses: Sequence[float]) -> Before:
    """Hold a report back while a berat of its month is not approved."""

    def before(client: Client[Any, Any], name: str, wait: Callable[[float], None]) -> None:
        report = files[name]
        waiting = _berats_of(report, Path(name).parent, files.values()) if report.kind == "DR" else []
        for seconds in (0.0, *pauses):
            if seconds and waiting:
                wait(seconds)
            waiting = [one for one in waiting if not _is_approved(client, one)]
        if waiting:
            raise problem("berat.not-yet", report=report.zip, packages=", ".join(str(one) for one in waiting))

    return before


def _berats_of(report: FileName, folder: Path, sent: Iterable[FileName]) -> list[FileName]:
    """The packages of a report's month, among those that are sent and those that lie beside it."""
    found = set(sent)
    for path in folder.glob("*.zip"):
        with suppress(UlakError):
            found.add(FileName.parse(path.name))
    mine = [one for one in found if one.kind in ("YB", "KB") and not one.is_approved and one.report == report]
    return sorted(mine, key=_place)


def _is_approved(client: Client[Any, Any], file: FileName) -> bool:
    """Whether GİB has an approved berat: it gives it, or says that it is not for who asks (205).

    Raises:
        WireError: GİB cannot be asked.
    """
    try:
        answer = client.call(edefter.ReceiveDocumentFile(str(file.berat)))
    except ServiceFault as fault:
        return fault.number == _NOT_FOR_US
    return answer.attachment is not None


def _place(file: FileName) -> tuple[object, ...]:
    is_report = file.kind == "DR"
    return file.month, file.branch, is_report, file.part, _ORDER.index(file.kind)


def _look_into(name: str, file: FileName) -> None:
    base = os.path.basename(name)
    if not file.is_berat or file.is_approved:
        raise problem("berat.name", name=base)
    wanted = [each.xml for each in contents(file)]
    with open(name, "rb") as packed, opened(packed) as package:
        for document in wanted:
            if document not in package.names:
                raise problem("berat.missing-file", package=base, file=document)
        for document in package.names:
            if document not in wanted:
                raise problem("berat.foreign-file", package=base, file=clean(document)[:100])


class FetchWish(NamedTuple):
    """How approved berats are kept.

    Attributes:
        output: folder; None: that of the package.
        trust: folder of roots by which their seals are judged; None: they are not judged.
        online: whether addresses in certificates may be asked.
    """

    output: str | None
    trust: str | None
    online: bool


def fetch_berats(session: Session, names: Sequence[str], call: CallWish, wish: FetchWish) -> Exit:
    """Ask for the approved berats of packages, and keep each one that is the berat of its book."""
    worst = Exit.OK
    said: list[dict[str, object]] = []
    with client_for(session, call) as client:
        for name in names:
            file = FileName.parse(os.path.basename(name))
            if file.kind == "DR":
                session.tell(session.say(_NO_APPROVAL.format(file=file.zip)) + "\n")
                continue
            try:
                berat = _fetched(client, file)
                _hold_to_own(berat, file, Path(name).parent)
                if wish.trust is not None:
                    _check_seals(berat, file, wish)
                path = folder_for(name, wish.output) / file.approved.xml
                with put_aside(path) as out:
                    out.write(berat)
            except UlakError as error:
                worst = max(worst, Exit.FINDINGS)
                said.append({"id": str(file.berat), "file": "", "error": error_json(session, error)})
                if call.format == "text":
                    _complain(session, file, error)
                continue
            said.append({"id": str(file.berat), "file": shown(str(path)), "error": None})
            if call.format == "text":
                written(session, path, _APPROVED)
    if call.format == "json":
        print_json(session, said)
    return worst


def _fetched(client: Client[Any, Any], file: FileName) -> bytes:
    """The berat in what GİB gives: a package, or the XML itself."""
    answer = client.call(edefter.ReceiveDocumentFile(str(file.berat)))
    data: bytes = answer.attachment.data if answer.attachment is not None else b""
    if not data.startswith(b"PK"):
        return data
    with opened(BytesIO(data)) as package:
        wanted = file.approved.xml
        if package.names != (wanted,):
            raise problem("berat.missing-file", package=file.approved.zip, file=wanted)
        with package.open(wanted) as source:
            return source.read()


def _hold_to_own(berat: bytes, file: FileName, folder: Path) -> None:
    """See that it is approved, and of the very book that the berat beside it is of."""
    head = head_of(BytesIO(berat))
    if head.kind != file.berat.kind or head.tax_id != file.tax_id or len(list(parse(berat).iter(SIGNATURE))) < 2:
        raise problem("berat.not-approved", file=file.approved.xml)
    own = folder / file.berat.xml
    if own.is_file():
        with own.open("rb") as source:
            if head_of(source).signature_value != head.signature_value:
                raise problem("berat.other-book", file=file.approved.xml)


def _check_seals(berat: bytes, file: FileName, wish: FetchWish) -> None:
    trust = trust_of(wish.trust, online=wish.online)
    found = verify(berat, trust=trust, at=datetime.now(ISTANBUL), levels=level_check(trust))
    if not found.passed:
        raise problem("berat.seals", file=file.approved.xml, why=found.reasons[0].text)


def _complain(session: Session, file: FileName, error: UlakError) -> None:
    page = session.page()
    page.line(Cell(f"✗ {file.berat}", "bold red"), Cell(error.code, "dim"))
    page.paragraph(session.say(error.text), indent=2, style="red")
    if said := said_by(error):
        page.paragraph(session.say(said), indent=2)
    page.paragraph(session.say(error.repair), indent=2)
    session.put(page)
