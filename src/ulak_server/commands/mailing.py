"""``ulak mail``: the command and its options, and its words."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from ulak.cli.errors import Exit
from ulak.cli.grammar import Task, group, help_of
from ulak.cli.help import BilingualCommand
from ulak.cli.help_entry import Help
from ulak.cli.session import Session
from ulak.errors import Text

__all__ = ["MAIL_HELP", "MAIL_METAVARS", "mail"]

mail = group("mail")

MAIL_METAVARS: Final = {"ADDRESS": Text("ADRES", "ADDRESS")}
MAIL_HELP: Final = {
    "ulak mail": Help(
        Text("E-posta gönderimini dener; geri dönen postayı alır.", "Try e-mail; take mail that came back.")
    ),
    "ulak mail bounced": Help(
        Text(
            "Geri dönen bir iletiyi standart girdiden okur ve hangi gönderim içinse ona işler.",
            "Read a message that came back from standard input, and tell the delivery that it is about.",
        ),
        {},
        details=(
            Text(
                "Posta sunucusu, ULAK_MAIL_BOUNCES adresine gelen her iletiyi bu komuta verir. Çıkış kodu 75 “sonra"
                " yeniden ver” demektir; geri dönüş bildirimi olmayan ileti atılır (çıkış kodu 0).",
                "The mail server pipes whatever comes to ULAK_MAIL_BOUNCES into this command. Exit code 75 asks it to"
                " try again later; a message that is no bounce is thrown away (exit code 0).",
            ),
        ),
        examples=(
            ("ulak mail bounced < ileti.eml", Text("Bir dosyadaki iletiyi işler.", "Takes the message in a file.")),
        ),
    ),
    "ulak mail test": Help(
        Text("Bir adrese deneme iletisi gönderir.", "Send a message to an address, to try the settings."),
        {"address": Text("Gönderilecek adres.", "Address to send to.")},
    ),
}


@mail.callback()
def mail_group(context: typer.Context) -> Task | None:
    return None if context.invoked_subcommand else help_of(context)


@mail.command("bounced", cls=BilingualCommand)
def mail_bounced() -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.mailing_doing import run_bounced

        return run_bounced(session)

    return task


@mail.command("test", cls=BilingualCommand)
def mail_test(address: Annotated[str, typer.Argument(metavar="ADDRESS", show_default=False)]) -> Task:
    def task(session: Session) -> Exit:
        from ulak_server.commands.mailing_doing import run_test

        return run_test(session, address)

    return task
