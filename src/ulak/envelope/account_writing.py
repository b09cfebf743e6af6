"""User-account messages written, without seal: the integrator seals them, then the customer seals that seal."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from ulak.envelope.account_values import Account, Action, Customer, Role, Unit
from ulak.envelope.accounts import account_faults
from ulak.envelope.problems import error
from ulak.envelope.rules import NOT_XML
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text

__all__ = ["HR", "OA", "write_account"]

HR: Final = "http://www.hr-xml.org/3"
OA: Final = "http://www.openapplications.org/oagis/9"
_RELEASE: Final = "releaseID0"
_ROLE_NAMES: Final = {Role.GB: "Gönderici Birim", Role.PK: "Posta Kutusu"}
_VERBS: Final = {Action.OPEN: "Process", Action.CLOSE: "Cancel"}
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_NOT_AWARE: Final = Text("(dilimi yok)", "(it has no zone)")


def write_account(account: Account, service: str = "", *, judge: bool = True) -> bytes:
    """The document of a user-account message, UTF-8, with an empty ``oa:Signature`` for the seal (ÖEK 5.2, 5.3).

    Characters that XML cannot hold become ``?``; white space is written as one blank, at the ends as none.

    Args:
        service: the service's alias; without it the option tells the service.
        judge: False writes also what GİB would refuse, to see that it is refused.

    Raises:
        EnvelopeError: the first of `account_faults`; ``envelope.account-time`` without an aware time.
    """
    for fault in account_faults(account, service) if judge else ():
        raise fault
    verb = _VERBS[account.action]
    accounts = "".join(_account(account, unit) for unit in account.units or (Unit(),))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{account.action} xmlns="{HR}" xmlns:oa="{OA}" releaseID="{_RELEASE}">'
        f"<oa:ApplicationArea><oa:Sender>{_element('oa:LogicalID', account.integrator)}</oa:Sender><oa:Receiver/>"
        f"{_element('oa:CreationDateTime', _moment(account.created))}<oa:Signature/></oa:ApplicationArea>"
        f"<DataArea><oa:{verb}/>{accounts}</DataArea></{account.action}>\n"
    ).encode()


def _moment(created: datetime | None) -> str:
    if created is None or created.tzinfo is None:
        raise error("envelope.account-time", value=created or _NOT_AWARE)
    return created.astimezone(ISTANBUL).replace(tzinfo=None).isoformat(timespec="seconds")


def _account(account: Account, unit: Unit) -> str:
    return (
        f"<UserAccount>{_element('UserID', account.customer.number)}{_person(account.customer)}{_unit(unit)}"
        f"<AccountConfiguration>{_element('UserOptionCode', account.option)}</AccountConfiguration></UserAccount>"
    )


def _person(customer: Customer) -> str:
    title = _spaced(customer.title) or " ".join(filter(None, map(_spaced, customer[2:])))
    names = {"oa:GivenName": customer.given, "MiddleName": customer.middle, "FamilyName": customer.family}
    parts = "".join(_element(name, value) for name, value in names.items() if _spaced(value))
    return f"<PersonName>{_element('FormattedName', title)}{parts}</PersonName>"


def _unit(unit: Unit) -> str:
    name = _ROLE_NAMES[unit.role] if unit.role else ""
    role = f"<UserRole>{_element('RoleCode', unit.role)}{_element('RoleName', name)}</UserRole>" if unit.role else ""
    if not unit.alias:
        return role
    described = _spaced(unit.name) or (f"{name} Etiketi" if name else unit.alias)
    return (
        f"{role}<AuthorizedWorkScope>{_element('WorkScopeCode', unit.alias)}{_element('WorkScopeName', described)}"
        "</AuthorizedWorkScope>"
    )


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(NOT_XML.sub('?', _spaced(value)))}</{name}>"


def _spaced(value: str) -> str:
    """As XPath's ``normalize-space`` leaves it, by which GİB's rules compare."""
    return _SPACE.sub(" ", value).strip(" ")
