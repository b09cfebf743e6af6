"""``ulak audit verify``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ulak.cli.errors import Exit, usage
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.ground import ground

if TYPE_CHECKING:
    from ulak_server.audit.verifying import Verified

__all__ = ["run_verify"]

_FOUND: Final = Text(
    "{blocks} blok, {entries} kayıt ve {heads} günlük özet mühürlendikleri gibi; {unsealed} kayıt henüz mühürsüz.\n",
    "{blocks} blocks, {entries} entries and {heads} daily heads are as they were sealed; {unsealed} entries are not"
    " sealed yet.\n",
)
_NO_BLOCK: Final = Text("--from: “{first}” bir blok numarası değil.", "--from: “{first}” is no block's number.")
_NO_BLOCK_DO: Final = Text("1 ya da daha büyük bir sayı yazın.", "Write a number from 1 on.")


def run_verify(session: Session, first: str, format: str) -> Exit:
    """Check the log; the exit code says whether it is as it was sealed.

    Raises:
        UlakError: ``cli.usage``, ``audit.block-missing``, ``database.*``.
    """
    if not first.isdecimal() or int(first) < 1:
        raise usage(_NO_BLOCK.format(first=first), _NO_BLOCK_DO)
    with ground():
        from ulak_server.audit.verifying import verify

        found = verify(int(first))
    session.put(_json(found) if format == "json" else session.say(_text(found)))
    return Exit.FINDINGS if found.fault else Exit.OK


def _text(found: Verified) -> Text:
    said = _FOUND.format(**found._asdict())
    if found.fault is None:
        return said
    text, repair = found.fault.text, found.fault.repair
    return Text(f"{said.tr}{text.tr} {repair.tr}\n", f"{said.en}{text.en} {repair.en}\n")


def _json(found: Verified) -> str:
    fault = found.fault
    told = None if fault is None else {"code": fault.code, "block": fault.block, "entry": fault.entry}
    oldest = found.oldest.isoformat() if found.oldest else None
    return json.dumps({**found._asdict(), "oldest": oldest, "fault": told}, indent=2) + "\n"
