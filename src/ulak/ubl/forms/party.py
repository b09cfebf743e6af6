"""Parties: who sells, buys, delivers, receives, answers."""

from __future__ import annotations

from typing import Annotated

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Form, doc
from ulak.ubl.values import Date, Identifier

__all__ = [
    "Address",
    "Party",
    "Passport",
    "address_from_ubl",
    "address_to_ubl",
    "identifier",
    "party_from_ubl",
    "party_to_ubl",
    "text",
    "usual",
]

_HOME = "Türkiye"


class Address(Form, kw_only=True):
    """A postal address; in Türkiye unless ``country`` says otherwise."""

    city: Annotated[str, doc("İl.", "City (il).")] = ""
    town: Annotated[str, doc("İlçe.", "Town or county (ilçe).")] = ""
    district: Annotated[str | None, doc("Mahalle.", "Neighbourhood (mahalle).")] = None
    street: Annotated[str | None, doc("Cadde, sokak.", "Street.")] = None
    building: Annotated[str | None, doc("Bina adı.", "Name of the building.")] = None
    number: Annotated[str | None, doc("Dış kapı no.", "Building number.")] = None
    room: Annotated[str | None, doc("İç kapı no.", "Door number.")] = None
    postal_code: Annotated[str | None, doc("Posta kodu.", "Postal code.")] = None
    region: Annotated[str | None, doc("Kasaba, köy.", "Village or small town.")] = None
    country: Annotated[str, doc("Ülke adı.", "Name of the country.")] = _HOME
    country_code: Annotated[str | None, doc("ISO 3166-1 ülke kodu.", "Country code of ISO 3166-1.")] = None


class Passport(Form, kw_only=True):
    """An identity document of a traveller."""

    number: Annotated[str, doc("Pasaport no.", "Passport number.")]
    date: Annotated[Date, doc("Verildiği tarih.", "Date of issue.")] = "2005-01-01"


class Party(Form, kw_only=True):
    """A company (10-digit VKN and ``name``) or a person (11-digit TCKN, ``first_name`` and ``family_name``)."""

    tax_id: Annotated[str | None, doc("VKN (10) ya da TCKN (11 hane).", "VKN (10) or TCKN (11 digits).")] = None
    name: Annotated[str | None, doc("Unvan.", "Name of the company.")] = None
    first_name: Annotated[str | None, doc("Ad.", "First name.")] = None
    family_name: Annotated[str | None, doc("Soyad.", "Family name.")] = None
    tax_office: Annotated[str | None, doc("Vergi dairesi.", "Tax office.")] = None
    address: Address | None = None
    phone: Annotated[str | None, doc("Telefon.", "Telephone.")] = None
    fax: Annotated[str | None, doc("Faks.", "Fax.")] = None
    email: Annotated[str | None, doc("E-posta.", "E-mail.")] = None
    website: Annotated[str | None, doc("İnternet adresi.", "Web site.")] = None
    ids: Annotated[
        dict[str, str] | None,
        doc("Diğer kimlikler, şemasına göre: MERSISNO, PLAKA …", "Other identifiers by scheme: MERSISNO, PLAKA …"),
    ] = None
    registered_name: Annotated[str | None, doc("Resmî unvan.", "Registered name.")] = None
    company_id: Annotated[str | None, doc("Ülkesindeki vergi no.", "Tax number in its own country.")] = None
    nationality: Annotated[str | None, doc("Uyruk, ISO 3166-1.", "Nationality, ISO 3166-1.")] = None
    passport: Passport | None = None


def identifier(tax_id: str) -> Identifier:
    """A tax number with its scheme: 11 digits are a TCKN, all else a VKN."""
    return Identifier(tax_id, "TCKN" if len(tax_id) == 11 else "VKN")


def party_to_ubl(party: Party, *, first: Identifier | None = None) -> ubl.Party:
    """The party in UBL; ``first`` is an identifier that stands before its own."""
    ids = [] if first is None else [first]
    if party.tax_id is not None:
        ids.append(identifier(party.tax_id))
    if party.ids:
        ids += [Identifier(value, scheme) for scheme, value in party.ids.items()]
    name, office = party.name, party.tax_office
    return ubl.Party(
        website_uri=party.website,
        party_identification=tuple([ubl.PartyIdentification(id=value) for value in ids]),
        party_name=None if name is None else ubl.PartyName(name=name),
        postal_address=address_to_ubl(party.address or _NOWHERE),
        party_tax_scheme=None if office is None else ubl.PartyTaxScheme(tax_scheme=ubl.TaxScheme(name=office)),
        party_legal_entity=_legal_entity(party),
        contact=_contact(party),
        person=_person(party),
    )


_NOWHERE = Address()


def address_to_ubl(address: Address) -> ubl.Address:
    """The address in UBL."""
    return ubl.Address(
        room=address.room,
        street_name=address.street,
        building_name=address.building,
        building_number=address.number,
        city_subdivision_name=address.town,
        city_name=address.city,
        postal_zone=address.postal_code,
        region=address.region,
        district=address.district,
        country=ubl.Country(identification_code=address.country_code, name=address.country),
    )


def _contact(party: Party) -> ubl.Contact | None:
    if party.phone is None and party.fax is None and party.email is None:
        return None
    return ubl.Contact(telephone=party.phone, telefax=party.fax, electronic_mail=party.email)


def _person(party: Party) -> ubl.Person | None:
    if party.first_name is None and party.family_name is None and party.nationality is None and party.passport is None:
        return None
    passport = party.passport
    return ubl.Person(
        first_name=party.first_name,
        family_name=party.family_name,
        nationality_id=party.nationality,
        identity_document_reference=None
        if passport is None
        else ubl.DocumentReference(id=passport.number, issue_date=passport.date),
    )


def _legal_entity(party: Party) -> tuple[ubl.PartyLegalEntity, ...]:
    if party.registered_name is None and party.company_id is None:
        return ()
    return (ubl.PartyLegalEntity(registration_name=party.registered_name, company_id=party.company_id),)


def party_from_ubl(party: ubl.Party, *, first: str | None = None) -> Party:
    """What of a party the friendly form has fields for; ``first`` is the scheme of an identifier to leave out."""
    tax_id, ids = _identifiers(party, first)
    contact, person = party.contact, party.person
    entity = party.party_legal_entity[0] if party.party_legal_entity else None
    scheme = party.party_tax_scheme.tax_scheme if party.party_tax_scheme else None
    passport = person.identity_document_reference if person else None
    return Party(
        tax_id=tax_id,
        name=text(party.party_name.name) if party.party_name else None,
        first_name=text(person.first_name) if person else None,
        family_name=text(person.family_name) if person else None,
        tax_office=text(scheme.name) if scheme else None,
        address=address_from_ubl(party.postal_address) if party.postal_address else None,
        phone=text(contact.telephone) if contact else None,
        fax=text(contact.telefax) if contact else None,
        email=text(contact.electronic_mail) if contact else None,
        website=text(party.website_uri),
        ids=ids or None,
        registered_name=text(entity.registration_name) if entity else None,
        company_id=text(entity.company_id) if entity else None,
        nationality=text(person.nationality_id) if person else None,
        passport=Passport(number=text(passport.id) or "", date=passport.issue_date or "2005-01-01")
        if passport
        else None,
    )


def usual(value: object, default: str) -> str:
    """The text of a leaf; the default itself where it says the same, so that it is left out of the JSON."""
    return default if value is None or str(value) == default else str(value)


def text(value: object) -> str | None:
    """The text of a leaf, with or without attributes."""
    return None if value is None else str(value)


def _identifiers(party: ubl.Party, first: str | None) -> tuple[str | None, dict[str, str]]:
    tax_id: str | None = None
    ids: dict[str, str] = {}
    for identification in party.party_identification:
        value = identification.id
        scheme = value.scheme_id if isinstance(value, Identifier) else None
        if value is None or scheme is None or scheme == first:
            continue
        if tax_id is None and scheme in ("VKN", "TCKN") and identifier(str(value)).scheme_id == scheme:
            tax_id = str(value)
        else:
            ids[scheme] = str(value)
    return tax_id, ids


def address_from_ubl(address: ubl.Address) -> Address:
    """What of an address the friendly form has fields for."""
    country = address.country
    return Address(
        city=text(address.city_name) or "",
        town=text(address.city_subdivision_name) or "",
        district=text(address.district),
        street=text(address.street_name),
        building=text(address.building_name),
        number=text(address.building_number),
        room=text(address.room),
        postal_code=text(address.postal_zone),
        region=text(address.region),
        country=usual(country.name, _HOME) if country else _HOME,
        country_code=text(country.identification_code) if country else None,
    )
