"""The command ``ulak render`` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task
from ulak.cli.session import Session

__all__ = ["render"]


def render(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    to: Annotated[str | None, typer.Option("--to", metavar="html|pdf|png")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="OUT")] = None,
    design: Annotated[str | None, typer.Option("--design", metavar="DESIGN.json")] = None,
    own: Annotated[bool, typer.Option("--own")] = False,
    labels: Annotated[str, typer.Option("--labels", metavar="tr|en|both")] = "tr",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.rendering import render_document, render_wish

        return render_document(session, file, output, render_wish(to, output, design, own, labels))

    return task
