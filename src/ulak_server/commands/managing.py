"""``ulak manage``: Django's own commands, with the embedded database started for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak_server.commands.ground import ground

__all__ = ["run_manage"]

_WITHOUT_DATABASE: Final = frozenset({"help", "--help", "--version", "diffsettings"})


def run_manage(session: Session, arguments: Sequence[str]) -> Exit:
    """Run one of Django's commands.

    Raises:
        DatabaseRefused: ``database.*``.
    """
    from django.core.management import CommandError, execute_from_command_line

    session.flush()
    command = ["ulak manage", *(arguments or ["help"])]
    with ground(database=not _WITHOUT_DATABASE & set(command), migrated=False):
        try:
            execute_from_command_line(command)
        except CommandError as error:
            session.tell(f"{error}\n")
            return Exit.UNREADABLE
        except SystemExit as end:
            return Exit.OK if not end.code else Exit.UNREADABLE
    return Exit.OK
