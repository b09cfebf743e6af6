"""The command ``ulak seal`` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task
from ulak.cli.session import Session

__all__ = ["seal"]


def seal(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    key: Annotated[str, typer.Option("--key", metavar="KEY")],
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="OUT.xml")] = None,
    certificate: Annotated[str | None, typer.Option("--certificate", metavar="CERT")] = None,
    trust: Annotated[str | None, typer.Option("--trust", metavar="DIR")] = None,
    online: Annotated[bool, typer.Option("--online")] = False,
    level: Annotated[str, typer.Option("--level", metavar="bes|t|a")] = "bes",
    tsa: Annotated[str | None, typer.Option("--tsa", metavar="URL")] = None,
    counter: Annotated[bool, typer.Option("--counter")] = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.sealing import seal_file, seal_wish

        return seal_file(session, file, output, seal_wish(key, certificate, trust, online, level, tsa, counter))

    return task
