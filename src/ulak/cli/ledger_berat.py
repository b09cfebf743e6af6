"""``ulak ledger berat``: the berats of sealed books, or the report of a month's general ledgers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from ulak.cli.errors import Exit, usage
from ulak.cli.inputs import Source, read, shown
from ulak.cli.ledger_check import today
from ulak.cli.ledger_seal import Sealer, folder_for, put_aside, refuse_changed, written
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.berats import berat
from ulak.ledger.names import FileName
from ulak.ledger.reading import head_of
from ulak.ledger.report import balances_in, report

__all__ = ["make_berats", "make_report"]

_BERAT: Final = Text("berat", "berat")
_UNSEALED: Final = Text("mühürsüz berat", "berat, not sealed")
_REPORT: Final = Text("defter raporu, {count} hesap", "ledger report, {count} accounts")
_LEDGERS: Final = Text(
    "Defter raporu için ayın bütün büyük defterleri (K) verilir; {file} değil.",
    "The report is made from all general ledgers (K) of a month; {file} is none.",
)
_GIVE_LEDGERS: Final = Text("Aynı ayın ve şubenin K dosyalarını verin.", "Give the K files of one month and branch.")


def make_berats(session: Session, names: Sequence[str], sealer: Sealer | None, output: str | None) -> Exit:
    """Write the berat of each sealed book beside it, sealed if there is a key."""
    files = {name: _name_of(name) for name in names}
    with sealer.opened(session) if sealer else nullcontext() as seal:
        for name, file in files.items():
            with open(name, "rb") as book:
                made = berat(book, str(uuid4()))
            refuse_changed(name)
            path = folder_for(name, output) / file.berat.xml
            with put_aside(path) as target:
                if seal is None:
                    target.write(made)
                else:
                    seal(BytesIO(made), target)
            written(session, path, _UNSEALED if seal is None else _BERAT)
    return Exit.OK


def make_report(session: Session, names: Sequence[str], sealer: Sealer | None, output: str | None) -> Exit:
    """Write the report of a month, sealed if there is a key."""
    files = [_name_of(name) for name in names]
    first = files[0]
    for name, file in zip(names, files, strict=True):
        if file.kind != "K":
            raise usage(_LEDGERS.format(file=shown(name)), _GIVE_LEDGERS)
        if (file.tax_id, file.month, file.branch) != (first.tax_id, first.month, first.branch):
            raise problem("berat.other-month", file=shown(name), found=file.month, wanted=first.month)
    with ExitStack() as stack:
        ledgers = [stack.enter_context(open(name, "rb")) for name in _in_order(names, files)]
        made, count = _report(first, ledgers)
        path = folder_for(names[0], output) / first.report.xml
        seal = stack.enter_context(sealer.opened(session)) if sealer else None
        with put_aside(path) as target:
            if seal is None:
                target.write(made)
            else:
                seal(BytesIO(made), target)
    written(session, Path(path), _REPORT.format(count=count))
    return Exit.OK


def _report(name: FileName, ledgers: Sequence[BinaryIO]) -> tuple[bytes, int]:
    balances = balances_in(ledgers, name.month)
    ledgers[-1].seek(0)
    last = head_of(ledgers[-1], to_end=False)
    made = report(last.company, name.month, balances, str(uuid4()), label=last.label, created=today())
    return made, len(balances)


def _in_order(names: Sequence[str], files: Sequence[FileName]) -> list[str]:
    """The names by the numbers of their parts."""
    return [name for _, name in sorted(zip([file.part for file in files], names, strict=True))]


def _name_of(name: str) -> FileName:
    read(Source(shown(name), name), 0)
    return FileName.parse(os.path.basename(name))
