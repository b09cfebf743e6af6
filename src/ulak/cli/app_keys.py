"""The commands of ``ulak keys`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["keys"]

keys = group("keys")

Addresses = Annotated[list[str], typer.Argument(metavar="KEY…", show_default=False)]
Module = Annotated[str | None, typer.Option("--module", metavar="MODULE.so")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@keys.callback()
def keys_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@keys.command("list", cls=BilingualCommand)
def keys_list(
    addresses: Annotated[list[str] | None, typer.Argument(metavar="KEY…", show_default=False)] = None,
    module: Module = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.keys import list_keys

        return list_keys(session, addresses or [], module, format)

    return task


@keys.command("test", cls=BilingualCommand)
def keys_test(
    addresses: Addresses,
    times: Annotated[str, typer.Option("--times", metavar="COUNT")] = "1",
    certificate: Annotated[str | None, typer.Option("--certificate", metavar="FILE")] = None,
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.keys_use import test_keys

        return test_keys(session, addresses, times, certificate, format)

    return task


@keys.command("forecast", cls=BilingualCommand)
def keys_forecast(
    addresses: Addresses,
    soon: Annotated[str, typer.Option("--soon", metavar="DAYS")] = "60",
    urgent: Annotated[str, typer.Option("--urgent", metavar="DAYS")] = "15",
    format: Format = "text",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.keys_use import forecast_keys

        return forecast_keys(session, addresses, soon, urgent, format)

    return task


@keys.command("serve", cls=BilingualCommand)
def keys_serve(
    key: Annotated[list[str], typer.Option("--key", metavar="[NAME=]KEY", show_default=False)],
    certificate: Annotated[str, typer.Option("--certificate", metavar="FILE", show_default=False)],
    tls_key: Annotated[str, typer.Option("--tls-key", metavar="FILE", show_default=False)],
    listen: Annotated[str, typer.Option("--listen", metavar="HOST:PORT")] = "127.0.0.1:8771",
) -> Task:
    def task(session: Session) -> Exit:
        from ulak.cli.keys_serve import serve_keys

        return serve_keys(session, key, listen, certificate, tls_key)

    return task
