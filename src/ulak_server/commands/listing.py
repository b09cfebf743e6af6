"""``ulak lists sync``."""

from __future__ import annotations

from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.ground import ground

__all__ = ["run_sync"]

_OUTCOMES: Final = {
    "taken": Text(
        "alındı: {entries} kayıt, {added} yeni, {changed} değişti, {removed} çıktı",
        "taken: {entries} entries, {added} new, {changed} changed, {removed} gone",
    ),
    "unchanged": Text("değişmemiş: {entries} kayıt", "unchanged: {entries} entries"),
    "refused": Text("alınmadı", "refused"),
    "failed": Text("okunamadı", "failed"),
}


def run_sync(session: Session, *, accept_smaller: bool) -> Exit:
    """Read all lists now and say what came of each; the exit code says whether one was not taken.

    Raises:
        UlakError: ``database.*``.
    """
    with ground():
        from ulak_server.exchange.lists import read_again

        runs = read_again(accept_smaller=accept_smaller)
    for run in runs:
        facts = {name: getattr(run, name) for name in ("entries", "added", "changed", "removed")}
        said = session.say(_OUTCOMES[run.outcome].format(**facts))
        why = [f" {run.error[part][session.language]}" for part in ("text", "repair")] if run.error else []
        session.put(f"{run.name}: {said}.{''.join(why)}\n")
    return Exit.FINDINGS if any(run.outcome in ("refused", "failed") for run in runs) else Exit.OK
