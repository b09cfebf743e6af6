"""``ulak envelope account``: a user-account message out of options, or of JSON, or of both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, NoReturn

import msgspec

from ulak.cli.building import one_file
from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.inputs import shown
from ulak.cli.outputs import write_output
from ulak.cli.session import Session
from ulak.envelope import Account, Action, Customer, Kind, Role, Unit, write_account
from ulak.envelope.accounts import options, service_of
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text

__all__ = ["AccountOptions", "write_account_file"]

_ACTIONS: Final = {"open": Action.OPEN, "close": Action.CLOSE}
_LARGEST: Final = 1024 * 1024
_MISSING: Final = Text("Eksik: {option}", "Missing: {option}")
_WRITE_IT: Final = Text(
    "Seçenek olarak ya da JSON'da yazın; örnek: ulak envelope account --help.",
    "Write it as an option or in the JSON; see ulak envelope account --help.",
)
_NO_JSON: Final = Text("{file}: JSON okunamıyor: {detail}", "{file}: the JSON cannot be read: {detail}")
_FIELDS: Final = Text(
    "Alanlar docs/cli.md'de; fazlası olmaz, hepsi yazıdır.",
    "docs/cli.md names the fields; there are no others, all are text.",
)
_SEVERAL: Final = Text(
    "{service} için {kind} türünde tek kod yok: {codes}", "{service} has not just one option of kind {kind}: {codes}"
)
_CHOOSE: Final = Text(
    "--option ile birini verin (ulak codes user_options).", "Name one with --option (ulak codes user_options)."
)

_Text = Annotated[str, msgspec.Meta(max_length=1000)]


class _Customer(msgspec.Struct, forbid_unknown_fields=True):
    number: _Text = ""
    title: _Text = ""
    given: _Text = ""
    middle: _Text = ""
    family: _Text = ""


class _Unit(msgspec.Struct, forbid_unknown_fields=True):
    role: Role | None = None
    alias: _Text = ""
    name: _Text = ""


class AccountOptions(msgspec.Struct, forbid_unknown_fields=True):
    """What is asked for; empty where nothing was said. The same fields make the JSON.

    Attributes:
        action: ``open`` or ``close``.
        integrator: VKN or TCKN of who asks.
        service, kind: tell the option, unless ``option`` does.
        units: role and alias of each unit.
    """

    action: _Text = ""
    integrator: _Text = ""
    customer: _Customer = msgspec.field(default_factory=_Customer)
    service: _Text = ""
    kind: _Text = ""
    option: _Text = ""
    units: list[_Unit] = []

    @classmethod
    def of(cls, given: dict[str, Any], senders: Sequence[str], mailboxes: Sequence[str]) -> AccountOptions:
        """Those of a command line; options that were left out are None."""
        said = {name: value for name, value in given.items() if value is not None}
        customer = {name: said.pop(name) for name in _Customer.__struct_fields__ if name in said}
        units = [_Unit(Role.GB, alias) for alias in senders] + [_Unit(Role.PK, alias) for alias in mailboxes]
        return cls(**said, customer=_Customer(**customer), units=units)


def write_account_file(session: Session, file: str | None, given: AccountOptions, output: str | None) -> Exit:
    """Write the message; what stands in options counts more than what stands in the file.

    Raises:
        UlakError: ``cli.usage``; ``envelope.account-*`` for what GİB would refuse.
    """
    asked = _over(_read(file), given) if file else given
    account = Account(
        _action(asked.action),
        asked.integrator or _missing("--integrator"),
        Customer(*(getattr(asked.customer, name) for name in _Customer.__struct_fields__)),
        asked.option or _option(asked),
        tuple(Unit(unit.role, unit.alias, unit.name) for unit in asked.units),
        datetime.now(ISTANBUL),
    )
    write_output(session, write_account(account, asked.service), output)
    return Exit.OK


def _read(file: str) -> AccountOptions:
    try:
        return msgspec.json.decode(one_file(file, _LARGEST), type=AccountOptions)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise usage(_NO_JSON.format(file=shown(file), detail=str(fault)), _FIELDS) from None


def _over(below: AccountOptions, above: AccountOptions) -> AccountOptions:
    customer = _Customer(
        **{name: getattr(above.customer, name) or getattr(below.customer, name) for name in _Customer.__struct_fields__}
    )
    names = [name for name in AccountOptions.__struct_fields__ if name != "customer"]
    return AccountOptions(customer=customer, **{name: getattr(above, name) or getattr(below, name) for name in names})


def _action(text: str) -> Action:
    if not text:
        _missing("--action")
    one_of(text, tuple(_ACTIONS), "--action")
    return _ACTIONS[text]


def _option(asked: AccountOptions) -> str:
    """The code of the service for that kind of customer."""
    if not asked.service:
        _missing("--service")
    kind = asked.kind or Kind.PRIVATE
    one_of(kind, tuple(Kind), "--kind")
    found = options(service_of(asked.service).alias, Kind(kind))
    if len(found) != 1:
        raise usage(_SEVERAL.format(service=asked.service, kind=kind, codes=", ".join(found) or "–"), _CHOOSE)
    return found[0]


def _missing(option: str) -> NoReturn:
    raise usage(_MISSING.format(option=option), _WRITE_IT)
