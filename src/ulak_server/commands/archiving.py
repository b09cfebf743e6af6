"""``ulak archive``: kept documents given out and checked."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Final
from uuid import UUID

from ulak.cli.errors import Exit, usage
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.ground import ground

__all__ = ["run_check", "run_get", "run_rewrap"]

_NO_ETTN: Final = Text("“{ettn}” bir ETTN değil.", "“{ettn}” is no ETTN.")
_NO_ETTN_DO: Final = Text("36 karakterlik UUID'yi yazın.", "Write the UUID of 36 characters.")
_MOVED: Final = Text("{count} anahtar yeniden sarıldı.\n", "{count} keys were wrapped anew.\n")
_WELL: Final = Text("{checked} gövde açıldı; hepsi yerinde.\n", "{checked} bodies were opened; all are well.\n")
_FAULTS: Final = Text(
    "{checked} gövdeden {faults} tanesi açılamadı ya da yok.\n", "{faults} of {checked} bodies are lost or damaged.\n"
)


def run_get(session: Session, ettn: str, taxpayer: str | None, *, incoming: bool, output: str | None) -> Exit:
    """Write a document's bytes.

    Raises:
        UlakError: ``cli.usage``, ``archive.*``, ``database.*``.
    """
    try:
        wanted = UUID(ettn)
    except ValueError:
        raise usage(_NO_ETTN.format(ettn=ettn), _NO_ETTN_DO) from None
    with ground():
        from ulak_server.documents.kept import fetch

        data = fetch(wanted, taxpayer, incoming=incoming, actor=f"shell:{getpass.getuser()}")
    if output:
        Path(output).write_bytes(data)
    else:
        session.put_bytes(data)
    return Exit.OK


def run_check(session: Session, taxpayer: str | None, format: str) -> Exit:
    """Open every body; the exit code says whether one is lost or damaged."""
    with ground():
        from ulak_server.documents.kept import check

        found = check(taxpayer)
    if format == "json":
        faults = [{"ettn": str(one.ettn), "taxpayer": one.taxpayer, "code": one.error.code} for one in found.faults]
        session.put(json.dumps({"checked": found.checked, "faults": faults}, indent=2) + "\n")
    else:
        for one in found.faults:
            session.put(f"{one.taxpayer} {one.ettn}: {session.say(one.error.text)}\n")
        said = _FAULTS if found.faults else _WELL
        session.put(session.say(said.format(checked=found.checked, faults=len(found.faults))))
    return Exit.FINDINGS if found.faults else Exit.OK


def run_rewrap(session: Session, old: str, new: str) -> Exit:
    """Move all data keys from one key to another.

    Raises:
        ArchiveError: ``archive.kek-*``; nothing was moved then.
    """
    with ground():
        from ulak_server.archive.keks import kek_of
        from ulak_server.archive.rewrapping import rewrap
        from ulak_server.documents.kept import taxpayers

        count = rewrap(kek_of(old), kek_of(new), taxpayers())
    session.put(session.say(_MOVED.format(count=count)))
    return Exit.OK
