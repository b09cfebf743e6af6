"""The commands of ``ulak userlist`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["userlist"]

userlist = group("userlist")

List = Annotated[str, typer.Argument(metavar="LIST.zip")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@userlist.callback()
def userlist_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@userlist.command("show", cls=BilingualCommand)
def userlist_show(
    file: List,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER|ALIAS…", show_default=False)],
    as_of: AsOf = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.userlisting import list_wish, show_users

        return show_users(session, file, numbers, list_wish(as_of, format))

    return task


@userlist.command("sum", cls=BilingualCommand)
def userlist_sum(file: List, as_of: AsOf = None, format: Format = "text") -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.userlist_summing import sum_list
        from ulak.cli.userlisting import list_wish

        return sum_list(session, file, list_wish(as_of, format))

    return task
