"""What ``ulak credits`` does. Whoever runs commands here is an operator: which documents were charged is not shown."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ulak.cli.errors import Exit, day_of, usage
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_server.commands.tenants_doing import ACTOR, count_of, operating, taxpayer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ulak_server.credits.services import Done, Price, Standing

__all__ = ["correct", "list_all", "load", "meter", "set_price", "show", "show_tariff"]

_NONE: Final = Text("Kontörü olan mükellef yok.", "No taxpayer has kontör.")
_DONE: Final = Text("Tamam.", "Done.")
_BALANCE: Final = Text("Bakiye: {balance}", "Balance: {balance}")
_AGAIN: Final = Text(
    "Bu anahtarla {at} yapılmıştı; yeniden yapılmadı. Bakiye o işlemden sonraki.",
    "It was done under this key, {at}, and is not done again. The balance is the one after it.",
)
_NO_KEY: Final = Text("--key boş.", "--key is empty.")
_NO_KEY_DO: Final = Text(
    "Bu işlemin anahtarını yazın ya da --key vermeyin.", "Write the key of what is to be done, or leave --key out."
)
_LINE: Final = Text(
    "bakiye {balance}  eksi sınırı {overdraft}  {level}", "balance {balance}  overdraft {overdraft}  {level}"
)
_WAITING: Final = Text("{count} belge bekliyor", "{count} documents wait")
_PACKAGE: Final = Text("paket {id}: {amount} kontörden {remaining} kaldı", "package {id}: {remaining} of {amount} left")
_UNTIL: Final = Text("son gün {day}", "until {day}")
_ALWAYS: Final = Text("süresiz", "no end")
_IN: Final = Text("gelen", "incoming")
_OUT: Final = Text("giden", "outgoing")
_OWN: Final = Text("kendi tarifesi", "its own")
_NEXT: Final = Text("{day} gününden sonra {amount}", "{amount} from {day} on")


def list_all(session: Session) -> Exit:
    """One line for each taxpayer who has an account."""
    with operating():
        from ulak_server.credits.services import every
        from ulak_server.taxpayers.models import Taxpayer

        found = every()
        owners = Taxpayer.objects.in_bulk([one.taxpayer for one in found])
    for one in found:
        owner = owners[one.taxpayer]
        session.put(f"{owner.number}  {_stands(session, one)}  {owner.title}\n")
    if not found:
        session.put(f"{session.say(_NONE)}\n")
    return Exit.OK


def show(session: Session, number: str, limit: str) -> Exit:
    """How a taxpayer stands, its packages and its last entries."""
    most = count_of(limit, "--limit")
    with operating():
        from ulak_server.credits import services as credits

        whose = taxpayer_of(number)
        standing = credits.standing(whose)
        packages = credits.packages(whose, spent=False)
        entries = credits.entries(whose, limit=most)
    session.put(f"{_stands(session, standing)}\n")
    for one in packages:
        said = _PACKAGE.format(id=one.id, amount=_plain(session, one.amount), remaining=_plain(session, one.remaining))
        until = _UNTIL.format(day=one.expires_on) if one.expires_on else _ALWAYS
        session.put(f"  {session.say(said)}, {session.say(until)}  {one.reference}\n")
    from ulak_server.formats import moment

    for line in entries:
        head = f"  {moment(line.at, session.language)}  {session.say(line.what.label):<12}"
        session.put(
            f"{head}{_plain(session, line.amount):>10}  {_plain(session, line.balance):>10}  {line.kind}{line.note}\n"
        )
    return Exit.OK


def load(
    session: Session,
    number: str,
    amount: str,
    *,
    until: str | None,
    forever: bool,
    reference: str,
    note: str,
    key: str | None,
) -> Exit:
    """Load kontör that were sold."""
    day = day_of(until, "--until")
    with operating():
        from ulak_server.credits import services as credits

        whose, wanted = taxpayer_of(number), credits.amount_of(_typed(session, amount))
        expires_on = None if forever else day or credits.usual_expiry()

        def do() -> Decimal:
            credits.load(whose, wanted, expires_on=expires_on, reference=reference, note=note, actor=ACTOR)
            return credits.balance(whose)

        # The day as it was given: what is usual is another one tomorrow.
        end = "forever" if forever else day.isoformat() if day else ""
        done = _once(whose, key, ["load", str(wanted), end, reference, note], do)
    return _tell(session, done)


def correct(session: Session, number: str, amount: str, note: str, key: str | None) -> Exit:
    """Add kontör, or take some, for a reason."""
    with operating():
        from ulak_server.credits import services as credits

        whose, wanted = taxpayer_of(number), credits.amount_of(_typed(session, amount), negative=True)

        def do() -> Decimal:
            return credits.correct(whose, wanted, note, actor=ACTOR)

        done = _once(whose, key, ["correct", str(wanted), note], do)
    return _tell(session, done)


def _once(taxpayer: int, key: str | None, sent: Sequence[str], do: Callable[[], Decimal]) -> Done:
    """Do it; under a key, unless it was done."""
    from ulak_server import clock
    from ulak_server.credits import services as credits

    if key is None:
        return credits.Done(clock.now(), do())
    if not key.strip():
        raise usage(_NO_KEY, _NO_KEY_DO)
    return credits.by_key(taxpayer, key.strip(), sent, do)


def _tell(session: Session, done: Done) -> Exit:
    from ulak_server.formats import moment

    if done.is_again:
        _say(session, _AGAIN.format(at=moment(done.at, session.language)))
    return _say(session, _BALANCE.format(balance=_plain(session, done.balance)))


def meter(session: Session, number: str, *, metered: bool, on_empty: str, overdraft: str) -> Exit:
    """Say whether a taxpayer's documents cost kontör, and what happens when there are none."""
    with operating():
        from ulak_server.credits import services as credits

        whose = taxpayer_of(number)
        credits.meter(whose, metered=metered, actor=ACTOR)
        if on_empty:
            credits.set_on_empty(whose, credits.OnEmpty(on_empty), actor=ACTOR)
        if overdraft:
            limit = credits.amount_of(_typed(session, overdraft), zero=True)
            credits.set_overdraft(whose, limit, actor=ACTOR)
        standing = credits.standing(whose)
    return _say(session, _stands(session, standing))


def show_tariff(session: Session, number: str | None) -> Exit:
    """One line for each kind that costs something, or is planned to."""
    with operating():
        from ulak_server.credits.services import tariff

        prices = tariff(taxpayer_of(number) if number else None)
    for one in prices:
        if one.amount or one.since or one.next:
            session.put(_price(session, one))
    return Exit.OK


def set_price(
    session: Session, kind: str, amount: str, number: str | None, *, incoming: bool, since: str | None
) -> Exit:
    """Say what a kind costs from a day on."""
    day = day_of(since, "--from")
    with operating():
        from ulak_server.credits import services as credits

        whose = taxpayer_of(number) if number else None
        is_shared = amount == "-" and whose is not None
        price = None if is_shared else credits.amount_of(_typed(session, amount), zero=True)
        credits.set_tariff(kind, price, is_incoming=incoming, taxpayer=whose, since=day, actor=ACTOR)
    return _say(session, _DONE)


def _typed(session: Session, amount: str) -> str:
    """An amount as programs write it, of one typed in the session's language; what is none is marked, or doubtful."""
    from ulak_server import numerals

    with numerals.written_in(session.language):
        found = numerals.plain(amount.strip())
    return f"{amount}?" if found is None else found


def _stands(session: Session, one: Standing) -> str:
    level = session.say(one.level.label)
    said = session.say(
        _LINE.format(balance=_plain(session, one.balance), overdraft=_plain(session, one.overdraft), level=level)
    )
    return f"{said}  {session.say(_WAITING.format(count=one.waiting))}" if one.waiting else said


def _price(session: Session, one: Price) -> str:
    parts = [f"{one.kind:<22}{session.say(_IN if one.is_incoming else _OUT):<10}{_plain(session, one.amount):>8}"]
    if one.is_own:
        parts.append(session.say(_OWN))
    if one.next:
        day, amount = one.next
        parts.append(session.say(_NEXT.format(day=day, amount=_plain(session, amount))))
    return "  ".join(parts) + "\n"


def _plain(session: Session, amount: Decimal) -> str:
    from ulak_server.formats import number

    return number(amount, language=session.language)


def _say(session: Session, text: Text | str) -> Exit:
    session.put(f"{text if isinstance(text, str) else session.say(text)}\n")
    return Exit.OK
