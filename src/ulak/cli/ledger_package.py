"""``ulak ledger package``: sealed berats, with their books where GİB wants these, packed by their names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

from ulak.cli.errors import Exit
from ulak.cli.inputs import Source, read, shown
from ulak.cli.ledger_seal import folder_for, put_aside, refuse_changed, written
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.names import FileName
from ulak.ledger.packages import contents, package
from ulak.ledger.reading import head_of

__all__ = ["make_packages", "pack"]

_PACKED: Final = Text("paket: {files}", "package: {files}")


def make_packages(session: Session, names: Sequence[str], output: str | None) -> Exit:
    """Pack every berat or report that is named; a book is looked for beside its berat."""
    for name in names:
        read(Source(shown(name), name), 0)
        file = FileName.parse(os.path.basename(name))
        if not file.is_berat or file.is_approved:
            raise problem("berat.name", name=os.path.basename(name))
    for name in names:
        folder, file = folder_for(name, output), FileName.parse(os.path.basename(name))
        _refuse_changed(Path(name).parent, file)
        written(session, folder / file.zip, pack(Path(name).parent, file, folder))
    return Exit.OK


def _refuse_changed(folder: Path, name: FileName) -> None:
    """Refuse documents that were changed after they were sealed."""
    for path in (folder / each.xml for each in contents(name)):
        if path.is_file():
            with path.open("rb") as source:
                is_sealed = head_of(source).is_sealed
            if is_sealed:
                refuse_changed(str(path))


def pack(folder: Path, name: FileName, target: Path) -> Text:
    """Pack one berat of a folder; what is to be said of the package.

    Raises:
        BeratError: ``berat.missing-file``, ``berat.not-sealed``, ``berat.other-book``.
    """
    wanted = [each.xml for each in contents(name)]
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        values = set()
        for file in wanted:
            path = folder / file
            if not path.is_file():
                raise problem("berat.missing-file", package=name.zip, file=file)
            files[file] = stack.enter_context(path.open("rb"))
            head = head_of(files[file])
            if not head.is_sealed:
                raise problem("berat.not-sealed", file=file)
            values.add(head.signature_value)
        if len(values) > 1:
            raise problem("berat.other-book", file=name.xml)
        with put_aside(target / name.zip) as out:
            package(out, name, files)
    return _PACKED.format(files=", ".join(wanted))
