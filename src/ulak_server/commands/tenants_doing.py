"""What ``ulak taxpayer`` does. Whoever runs commands here is an operator of the installation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ulak.cli.errors import Exit, day_of, usage
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.ground import ground

__all__ = [
    "ACTOR",
    "add_alias",
    "add_series",
    "add_taxpayer",
    "choose_seal",
    "close_account",
    "count_of",
    "list_taxpayers",
    "open_account",
    "operating",
    "pass_request",
    "taxpayer_of",
    "widen_account",
]

ACTOR: Final = "operator:command"
_ADDED: Final = Text("Mükellef eklendi: {number} {title}", "The taxpayer {number} {title} was added.")
_DONE: Final = Text("Tamam.", "Done.")
_WANTED: Final = Text(
    "İstek kaydedildi; işçiler mühürleyip GİB'e gönderir. Durum: ulak taxpayer list",
    "The request is written down; workers seal it and send it to GİB. How it stands: ulak taxpayer list",
)
_ODD: Final = Text("“{path}” bir JSON nesnesi değil.", "“{path}” is no JSON object.")
_ODD_DO: Final = Text("Taraf alanlarını yazın: tax_office, address …", "Write fields of a party: tax_office, address …")
_NO_COUNT: Final = Text("{what}: “{text}” bir sayı değil.", "{what}: “{text}” is no number.")
_NO_COUNT_DO: Final = Text("Rakamlarla yazın.", "Write it in digits.")
_FIRST: Final = Text("-o ya da --sealed verin.", "Give -o or --sealed.")
_FIRST_DO: Final = Text(
    "-o isteği yazar, --sealed mühürlenmişini alır.", "-o writes the request, --sealed takes it back."
)


def add_taxpayer(
    session: Session,
    number: str,
    names: tuple[str, str, str],
    details: str | None,
    since: str | None,
    until: str | None,
) -> Exit:
    """Take a taxpayer on."""
    days = day_of(since, "--from"), day_of(until, "--until")
    given = _object_in(details) if details else {}
    with operating():
        from ulak_server.taxpayers import services as taxpayers

        made = taxpayers.create(taxpayers.NewTaxpayer(number, *names, given, *days), actor=ACTOR)
    return _say(session, _ADDED.format(number=made.number, title=made.title))


def list_taxpayers(session: Session) -> Exit:
    """One line for each taxpayer, and one for each of their accounts."""
    with operating():
        from ulak_server.exchange.accounts.services import standings
        from ulak_server.taxpayers.models import Taxpayer

        for one in Taxpayer.objects.order_by("number"):
            session.put(f"{one.number}  {one.title}\n")
            for account in standings(one.id):
                session.put(f"    {account.service:<12}{account.stage:<14}{session.say(account.sentence)}\n")
    return Exit.OK


def add_alias(session: Session, number: str, service: str, role: str, name: str, *, default: bool) -> Exit:
    """Give a taxpayer an alias."""
    with operating():
        from ulak_server.taxpayers import services as taxpayers

        taxpayers.add_alias(taxpayer_of(number), service, role, name, is_default=default, actor=ACTOR)
    return _say(session, _DONE)


def add_series(
    session: Session, number: str, kind: str, prefix: str, *, purpose: str, branch: str, last: str, default: bool
) -> Exit:
    """Give a taxpayer a series."""
    before = count_of(last, "--last")
    with operating():
        from ulak_server.taxpayers import services as taxpayers

        whose = taxpayer_of(number)
        taxpayers.add_series(
            whose, kind, prefix, purpose=purpose, branch=branch, last=before, is_default=default, actor=ACTOR
        )
    return _say(session, _DONE)


def open_account(session: Session, number: str, service: str, kind: str) -> Exit:
    """Have GİB open an account."""
    with operating():
        from ulak_server.exchange.accounts import services as accounts

        accounts.want_opening(taxpayer_of(number), service, kind, actor=ACTOR)
    return _say(session, _WANTED)


def widen_account(session: Session, number: str, service: str, role: str, name: str) -> Exit:
    """Have GİB add an alias to an open account."""
    with operating():
        from ulak_server.exchange.accounts import services as accounts

        accounts.want_alias(taxpayer_of(number), service, role, name, actor=ACTOR)
    return _say(session, _WANTED)


def close_account(session: Session, number: str, service: str) -> Exit:
    """Have GİB close an account."""
    with operating():
        from ulak_server.exchange.accounts import services as accounts

        accounts.want_closing(taxpayer_of(number), service, actor=ACTOR)
    return _say(session, _WANTED)


def pass_request(session: Session, number: str, service: str, output: str | None, sealed: str | None) -> Exit:
    """Write the request that waits for the taxpayer's seal to a file, or take it with that seal."""
    if bool(output) is bool(sealed):
        raise usage(_FIRST, _FIRST_DO)
    with operating():
        from ulak_server.exchange.accounts import services as accounts

        if output:
            Path(output).write_bytes(accounts.to_counter_seal(taxpayer_of(number), service))
        elif sealed:
            accounts.counter_sealed(taxpayer_of(number), service, Path(sealed).read_bytes(), actor=ACTOR)
    return _say(session, _DONE)


def choose_seal(session: Session, number: str, key: str | None, secret_file: str | None) -> Exit:
    """Seal with the taxpayer's own key from now on, or with the integrator's."""
    secret = Path(secret_file).read_text("utf-8").strip("\r\n") if secret_file else ""
    with operating():
        from ulak_server.taxpayers import services as taxpayers

        if key:
            taxpayers.seal_by_own_key(taxpayer_of(number), key, secret, by_operator=True, actor=ACTOR)
        else:
            taxpayers.seal_by_integrator(taxpayer_of(number), actor=ACTOR)
    return _say(session, _DONE)


@contextmanager
def operating() -> Iterator[None]:
    """A transaction of the operator's, on a database that is up to date."""
    with ground():
        from ulak_server.database.roles import Role
        from ulak_server.database.scope import scoped

        with scoped(Role.OPERATOR):
            yield


def taxpayer_of(number: str) -> int:
    """The id of a taxpayer.

    Raises:
        UnknownTaxpayer: ``taxpayer.unknown``.
    """
    from ulak_server.taxpayers.services import by_number

    return by_number(number).id


def count_of(text: str, what: str) -> int:
    """A number that was written on the command line.

    Raises:
        UlakError: ``cli.usage``.
    """
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise usage(_NO_COUNT.format(what=what, text=text), _NO_COUNT_DO)
    return int(text)


def _object_in(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_bytes())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise usage(_ODD.format(path=path), _ODD_DO)
    return found


def _say(session: Session, text: Text) -> Exit:
    session.put(f"{session.say(text)}\n")
    return Exit.OK
