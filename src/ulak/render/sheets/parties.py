"""Parties as blocks of lines: name, address, tax office, numbers, ways to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.render.sheets.reading import Node, each, one, text
from ulak.render.sheets.values import Side
from ulak.render.sheets.wording import Wording

__all__ = ["address_of", "name_of", "side"]

_NUMBERS: Final = {"VKN": "vkn", "TCKN": "tckn", "MERSISNO": "mersis", "TICARETSICILNO": "trade_register"}
_SILENT: Final = ("PARTYTYPE", "")
"""What says how a document is to be processed, and nothing of the party."""
_STREET: Final = ("cbc:StreetName", "cbc:BlockName", "cbc:BuildingName", "cbc:BuildingNumber", "cbc:Room")
_HOME: Final = ("Türkiye", "TÜRKİYE", "Turkey", "TR")


def side(words: Wording, role: str, party: Node | None) -> Side | None:
    """A party under the name of its role; None if the document has none."""
    if party is None:
        return None
    lines = (*address_of(one(party, "cac:PostalAddress")), *_numbers(words, party), *_contact(words, party))
    found = Side(words.label(role), name_of(party), lines)
    return found if found.name or found.lines else None


def name_of(party: Node | None) -> str:
    """The title of a firm, or the name of a person."""
    person = one(party, "cac:Person")
    names = (text(person, f"cbc:{part}") for part in ("Title", "FirstName", "MiddleName", "FamilyName", "NameSuffix"))
    return text(party, "cac:PartyName/cbc:Name") or " ".join(name for name in names if name)


def address_of(address: Node | None) -> tuple[str, ...]:
    """An address as at most two lines: the street, then the town."""
    street = " ".join(said for part in _STREET if (said := text(address, part)))
    district = text(address, "cbc:District")
    first = ", ".join(said for said in (district, street) if said)
    town = "/".join(said for part in ("CitySubdivisionName", "CityName") if (said := text(address, f"cbc:{part}")))
    country = text(address, "cac:Country/cbc:Name")
    second = " ".join(
        said for said in (text(address, "cbc:PostalZone"), town, "" if country in _HOME else country) if said
    )
    return tuple(line for line in (first, second) if line)


def _numbers(words: Wording, party: Node) -> Iterator[str]:
    office = text(party, "cac:PartyTaxScheme/cac:TaxScheme/cbc:Name")
    if office:
        yield f"{words.label('tax_office')}: {office}"
    for found in each(party, "cac:PartyIdentification/cbc:ID"):
        scheme, number = found.get("schemeID", ""), text(found)
        if number and scheme not in _SILENT:
            yield f"{words.label(_NUMBERS[scheme]) if scheme in _NUMBERS else scheme}: {number}"
    branch = text(party, "cac:AgentParty/cac:PartyName/cbc:Name")
    if branch:
        yield f"{words.label('branch')}: {branch}"
    passport = text(party, "cac:Person/cac:IdentityDocumentReference/cbc:ID")
    if passport:
        yield f"{words.label('passport')}: {passport}"


def _contact(words: Wording, party: Node) -> Iterator[str]:
    contact = one(party, "cac:Contact")
    for label, said in (
        ("phone", text(contact, "cbc:Telephone")),
        ("fax", text(contact, "cbc:Telefax")),
        ("email", text(contact, "cbc:ElectronicMail")),
        ("web", text(party, "cbc:WebsiteURI")),
    ):
        if said:
            yield f"{words.label(label)}: {said}"
