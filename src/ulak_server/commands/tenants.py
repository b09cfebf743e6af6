"""``ulak taxpayer``, ``ulak user``, ``ulak api-key``: the commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.session import Session

__all__ = ["api_key", "taxpayer", "user"]

taxpayer = group("taxpayer")
user = group("user")
api_key = group("api-key")

Number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)]
Service = Annotated[str, typer.Argument(metavar="einvoice|edespatch", show_default=False)]
Email = Annotated[str, typer.Argument(metavar="EMAIL", show_default=False)]
Whose = Annotated[str, typer.Option("--taxpayer", metavar="NUMBER")]
Default = Annotated[bool, typer.Option("--default")]


@taxpayer.callback()
def taxpayer_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@user.callback()
def user_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@api_key.callback()
def api_key_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@taxpayer.command("add", cls=BilingualCommand)
def taxpayer_add(
    number: Number,
    title: Annotated[str, typer.Option("--title", metavar="TEXT")] = "",
    first_name: Annotated[str, typer.Option("--first-name", metavar="TEXT")] = "",
    family_name: Annotated[str, typer.Option("--family-name", metavar="TEXT")] = "",
    details: Annotated[str | None, typer.Option("--details", metavar="FILE.json")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import add_taxpayer

        return add_taxpayer(session, number, (title, first_name, family_name), details, since, until)

    return task


@taxpayer.command("list", cls=BilingualCommand)
def taxpayer_list() -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import list_taxpayers

        return list_taxpayers(session)

    return task


@taxpayer.command("alias", cls=BilingualCommand)
def taxpayer_alias(
    number: Number,
    service: Service,
    role: Annotated[str, typer.Argument(metavar="GB|PK", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="ALIAS", show_default=False)],
    default: Default = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import add_alias

        return add_alias(session, number, service, role, name, default=default)

    return task


@taxpayer.command("series", cls=BilingualCommand)
def taxpayer_series(
    number: Number,
    kind: Annotated[str, typer.Argument(metavar="KIND", show_default=False)],
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", show_default=False)],
    purpose: Annotated[str, typer.Option("--purpose", metavar="TEXT")] = "",
    branch: Annotated[str, typer.Option("--branch", metavar="TEXT")] = "",
    last: Annotated[str, typer.Option("--last", metavar="COUNT")] = "0",
    default: Default = False,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import add_series

        said = {"purpose": purpose, "branch": branch, "last": last}
        return add_series(session, number, kind, prefix, **said, default=default)

    return task


@taxpayer.command("open", cls=BilingualCommand)
def taxpayer_open(
    number: Number, service: Service, kind: Annotated[str, typer.Option("--kind", metavar="KIND")] = "private"
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import open_account

        return open_account(session, number, service, kind)

    return task


@taxpayer.command("add-alias", cls=BilingualCommand)
def taxpayer_add_alias(
    number: Number,
    service: Service,
    role: Annotated[str, typer.Argument(metavar="GB|PK", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="ALIAS", show_default=False)],
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import widen_account

        return widen_account(session, number, service, role, name)

    return task


@taxpayer.command("close", cls=BilingualCommand)
def taxpayer_close(number: Number, service: Service) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import close_account

        return close_account(session, number, service)

    return task


@taxpayer.command("request", cls=BilingualCommand)
def taxpayer_request(
    number: Number,
    service: Service,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE.xml")] = None,
    sealed: Annotated[str | None, typer.Option("--sealed", metavar="FILE.xml")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import pass_request

        return pass_request(session, number, service, output, sealed)

    return task


@taxpayer.command("seal", cls=BilingualCommand)
def taxpayer_seal(
    number: Number,
    key: Annotated[str | None, typer.Option("--key", metavar="ADDRESS")] = None,
    secret_file: Annotated[str | None, typer.Option("--secret-file", metavar="FILE")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.tenants_doing import choose_seal

        return choose_seal(session, number, key, secret_file)

    return task


@user.command("add", cls=BilingualCommand)
def user_add(
    email: Email,
    whose: Annotated[str | None, typer.Option("--taxpayer", metavar="NUMBER")] = None,
    role: Annotated[str, typer.Option("--role", metavar="owner|accountant|clerk|reader")] = "owner",
    operator: Annotated[bool, typer.Option("--operator")] = False,
    name: Annotated[str, typer.Option("--name", metavar="TEXT")] = "",
    password_file: Annotated[str | None, typer.Option("--password-file", metavar="FILE")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.people_doing import add_operator, invite

        return add_operator(session, email, name, password_file) if operator else invite(session, email, whose, role)

    return task


@user.command("list", cls=BilingualCommand)
def user_list(whose: Whose) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.people_doing import list_users

        return list_users(session, whose)

    return task


@user.command("shut-out", cls=BilingualCommand)
def user_shut_out(email: Email) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.people_doing import shut_out

        return shut_out(session, email)

    return task


@api_key.command("new", cls=BilingualCommand)
def api_key_new(
    whose: Whose,
    name: Annotated[str, typer.Option("--name", metavar="TEXT")],
    scopes: Annotated[list[str] | None, typer.Option("--scope", metavar="SCOPE")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.people_doing import new_key

        return new_key(session, whose, name, scopes, until)

    return task


@api_key.command("list", cls=BilingualCommand)
def api_key_list(whose: Whose) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.people_doing import list_keys

        return list_keys(session, whose)

    return task


@api_key.command("revoke", cls=BilingualCommand)
def api_key_revoke(whose: Whose, id: Annotated[str, typer.Argument(metavar="COUNT", show_default=False)]) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.people_doing import revoke_key

        return revoke_key(session, whose, id)

    return task
