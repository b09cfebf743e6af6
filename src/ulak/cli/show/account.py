"""Summaries of user-account messages: who opens or closes which service for whom, with which aliases."""

from __future__ import annotations

from ulak.cli.page import Column
from ulak.cli.show.sheet import Party, Sheet, Table
from ulak.cli.show.voice import Voice, joined
from ulak.envelope import Account, Action, EnvelopeError, account_faults
from ulak.envelope.accounts import service_of
from ulak.errors import Text

__all__ = ["account_sheet"]

_TITLES = {
    Action.OPEN: Text("Kullanıcı hesabı açma", "User account to be opened"),
    Action.CLOSE: Text("Kullanıcı hesabı kapatma", "User account to be closed"),
}
_COLUMNS = [
    (Text("Rol", "Role"), Column(style="bold")),
    (Text("Etiket", "Alias"), Column(flexible=True)),
    (Text("Açıklama", "Description"), Column(flexible=True)),
]


def account_sheet(voice: Voice, account: Account) -> Sheet:
    """The summary of a ProcessUserAccount or CancelUserAccount."""
    day, _, time = account.created.isoformat(timespec="seconds").partition("T") if account.created else ("", "", "")
    sheet = Sheet(voice.say(_TITLES[account.action]), _service(voice, account.option))
    sheet.facts = [
        (Text("Kullanıcı türü", "User option"), voice.coded("user_options", account.option)),
        (Text("Oluşturulma", "Created"), voice.moment(day, time[:8])),
    ]
    customer = account.customer
    person = joined((customer.given, customer.middle, customer.family))
    sheet.parties = [
        Party(Text("Entegratör", "Integrator"), [account.integrator]),
        Party(Text("Mükellef", "Taxpayer"), [customer.title or person, customer.number]),
    ]
    rows = [[unit.role or "", unit.alias, unit.name] for unit in account.units]
    sheet.tables = [Table(_COLUMNS, rows)] if rows else []
    sheet.notes = [voice.say(fault.text) for fault in account_faults(account)]
    return sheet


def _service(voice: Voice, option: str) -> str:
    try:
        service = service_of(option)
    except EnvelopeError:
        return ""
    return f"{service.alias} ({voice.say(service.label)})"
