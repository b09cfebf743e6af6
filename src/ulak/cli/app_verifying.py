"""The command ``ulak verify`` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task
from ulak.cli.session import Session

__all__ = ["verify"]


def verify(
    files: Annotated[list[str], typer.Argument(metavar="FILE|FOLDER…", show_default=False)],
    trust: Annotated[str | None, typer.Option("--trust", metavar="DIR")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME")] = None,
    online: Annotated[bool, typer.Option("--online")] = False,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.verifying import verify_files, verify_wish

        return verify_files(session, files, verify_wish(trust, at, online, strict, format))

    return task
