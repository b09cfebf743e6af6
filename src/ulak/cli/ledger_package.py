"""``ulak ledger package``: sealed berats, with their books where GİB wants these, packed by their names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.inputs import Source, read, shown
from ulak.cli.ledger_seal import folder_for, put_aside, written
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
        written(session, folder / file.zip, pack(Path(name).parent, file, folder))
    return Exit.OK


def pack(folder: Path, name: FileName, target: Path) -> Text:
    """Pack one berat of a folder; what is to be said of the package.

    Raises:
        BeratError: ``berat.missing-file``, ``berat.unsealed``.
    """
    wanted = [each.xml for each in contents(name)]
    with ExitStack() as stack:
        files = {}
        for file in wanted:
            path = folder / file
            if not path.is_file():
                raise problem("berat.missing-file", package=name.zip, file=file)
            files[file] = stack.enter_context(path.open("rb"))
            if not head_of(files[file]).is_sealed:
                raise problem("berat.not-sealed", file=file)
        with put_aside(target / name.zip) as out:
            package(out, name, files)
    return _PACKED.format(files=", ".join(wanted))
