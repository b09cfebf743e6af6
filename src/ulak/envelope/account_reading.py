"""User-account messages read into values: the order of elements and white space do not matter, what they say does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from lxml import etree

from ulak.envelope.account_values import Account, Action, Customer, Role, Unit
from ulak.envelope.account_writing import HR, OA
from ulak.envelope.documents import parsed_alone
from ulak.envelope.header import moment_of
from ulak.envelope.problems import EnvelopeError, error

__all__ = ["read_account"]

T = TypeVar("T", str, Customer)
_NS: Final = {"hr": HR, "oa": OA}


def read_account(document: bytes) -> Account:
    """What a ProcessUserAccount or CancelUserAccount asks for; its seals are not looked at.

    Whether GİB would accept it is told by `account_faults`.

    Raises:
        EnvelopeError: ``envelope.document-malformed``; ``envelope.not-account``; ``envelope.account-incomplete``,
            ``envelope.account-repeated``, ``envelope.account-mixed``, ``envelope.account-role``,
            ``envelope.account-time`` where it cannot be told what is asked.
    """
    root = parsed_alone(document)
    name = etree.QName(root)
    if name.namespace != HR or name.localname not in Action.__members__.values():
        raise error("envelope.not-account", root=str(root.tag)[:200])
    accounts = _found(root, "hr:DataArea/hr:UserAccount")
    if not accounts:
        raise _incomplete("UserAccount")
    customer = _same(accounts, "UserID, PersonName", _customer)
    option = _same(accounts, "UserOptionCode", lambda each: _value(each, "hr:AccountConfiguration/hr:UserOptionCode"))
    if not option:
        raise _incomplete("UserOptionCode")
    units = [_unit(each, f"UserAccount[{number}]") for number, each in enumerate(accounts, start=1)]
    return Account(
        Action(name.localname),
        _needed(root, "oa:ApplicationArea/oa:Sender/oa:LogicalID"),
        customer,
        option,
        () if units == [Unit()] else tuple(units),
        _created(root),
    )


def _customer(account: etree._Element) -> Customer:
    return Customer(
        _needed(account, "hr:UserID"),
        _value(account, "hr:PersonName/hr:FormattedName"),
        " ".join(_values(account, "hr:PersonName/oa:GivenName")),
        _value(account, "hr:PersonName/hr:MiddleName"),
        " ".join(_values(account, "hr:PersonName/hr:FamilyName")),
    )


def _unit(account: etree._Element, where: str) -> Unit:
    role = _value(account, "hr:UserRole/hr:RoleCode", where)
    if _found(account, "hr:UserRole") and role not in Role.__members__.values():
        raise error("envelope.account-role", where=where, value=role[:100])
    alias = _value(account, "hr:AuthorizedWorkScope/hr:WorkScopeCode", where)
    if _found(account, "hr:AuthorizedWorkScope") and not alias:
        raise _incomplete("WorkScopeCode", where)
    name = _value(account, "hr:AuthorizedWorkScope/hr:WorkScopeName", where)
    return Unit(Role(role) if role else None, alias, name)


def _created(root: etree._Element) -> datetime | None:
    text = _value(root, "oa:ApplicationArea/oa:CreationDateTime")
    created = moment_of(text)
    if text and created is None:
        raise error("envelope.account-time", value=text[:100])
    return created


def _same(accounts: list[etree._Element], name: str, read: Callable[[etree._Element], T]) -> T:
    values = list(dict.fromkeys(read(account) for account in accounts))
    if len(values) > 1:
        said = ", ".join(each if isinstance(each, str) else " ".join(filter(None, each)) for each in values[:3])
        raise error("envelope.account-mixed", name=name, values=said[:300])
    return values[0]


def _found(element: etree._Element, path: str) -> list[etree._Element]:
    found = element.xpath(path, namespaces=_NS)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def _values(element: etree._Element, path: str) -> list[str]:
    texts = (str(each.xpath("normalize-space()")) for each in _found(element, path))
    return [text for text in texts if text]


def _value(element: etree._Element, path: str, where: str = "") -> str:
    found = _values(element, path)
    if len(found) > 1:
        raise error("envelope.account-repeated", where=where, name=_local(path))
    return found[0] if found else ""


def _needed(element: etree._Element, path: str) -> str:
    found = _value(element, path)
    if not found:
        raise _incomplete(_local(path))
    return found


def _local(path: str) -> str:
    return path.rpartition(":")[2]


def _incomplete(name: str, where: str = "") -> EnvelopeError:
    return error("envelope.account-incomplete", where=where, name=name)
