"""What summaries of several documents share: parties, addresses, items, taxes."""

from __future__ import annotations

from collections.abc import Sequence

from ulak.cli.show.sheet import Party, Sum
from ulak.cli.show.voice import Voice, joined, words
from ulak.errors import Text
from ulak.ubl import components as ubl
from ulak.ubl.values import Identifier

__all__ = ["address_line", "item_name", "party", "person_name", "references", "tax_sums"]

_OFFICE = Text("{office} V.D.", "tax office {office}")
_BASE = Text("matrah {base}", "of {base}")


def party(voice: Voice, role: Text, found: ubl.Party | None) -> Party:
    """A party with its name, numbers, address and contact."""
    if found is None:
        return Party(role, [])
    name = joined((found.party_name.name if found.party_name else None, person_name(found.person)), ", ")
    scheme = found.party_tax_scheme.tax_scheme if found.party_tax_scheme else None
    office = voice.say(_OFFICE.format(office=words(scheme.name))) if scheme and words(scheme.name) else ""
    contact = found.contact
    reached = (contact.telephone, contact.electronic_mail) if contact else ()
    ids = [_identifier(identification.id) for identification in found.party_identification]
    lines = [
        name or _registered(found),
        joined((*ids, office), ", "),
        address_line(found.postal_address),
        joined((*reached, found.website_uri), ", "),
    ]
    return Party(role, [line for line in lines if line])


def _registered(found: ubl.Party) -> str:
    return joined((entity.registration_name for entity in found.party_legal_entity), ", ")


def _identifier(value: object) -> str:
    scheme = value.scheme_id if isinstance(value, Identifier) else None
    return joined((scheme, value))


def person_name(person: ubl.Person | None) -> str:
    return joined((person.title, person.first_name, person.middle_name, person.family_name)) if person else ""


def address_line(address: ubl.Address | None) -> str:
    """An address on one line."""
    if address is None:
        return ""
    number = joined((address.building_number, f"/{words(address.room)}" if words(address.room) else None), "")
    street = joined((address.district, address.street_name, address.building_name, number))
    town = joined((address.postal_zone, joined((address.city_subdivision_name, address.city_name), " / ")))
    country = address.country.name if address.country else None
    return joined((street, address.region, town, country), ", ")


def item_name(item: ubl.Item | None) -> str:
    """What a line is about: the name, else the description, and the seller's code."""
    if item is None:
        return ""
    code = item.sellers_item_identification.id if item.sellers_item_identification else None
    name = words(item.name) or words(item.description)
    return joined((name, f"[{words(code)}]" if words(code) else None))


def references(voice: Voice, found: Sequence[ubl.DocumentReference]) -> str:
    """Numbers and days of the documents referred to."""
    return joined((joined((each.id, _in_brackets(voice.day(each.issue_date)))) for each in found), ", ")


def _in_brackets(text: str) -> str:
    return f"({text})" if text else ""


def tax_sums(voice: Voice, totals: Sequence[ubl.TaxTotal], codes: str) -> list[Sum]:
    """A line for every row of the taxes; ``codes`` is the list that names them."""
    return [_tax_sum(voice, row, codes) for total in totals for row in total.tax_subtotal]


def _tax_sum(voice: Voice, row: ubl.TaxSubtotal, codes: str) -> Sum:
    category = row.tax_category
    scheme = category.tax_scheme if category else None
    code = words(scheme.tax_type_code) if scheme else ""
    name = (words(scheme.name) if scheme else "") or voice.code(codes, code)
    reason = words(category.tax_exemption_reason_code) if category else ""
    exemption = voice.coded("exemptions", reason) if reason else ""
    base = voice.say(_BASE.format(base=voice.number(row.taxable_amount))) if row.taxable_amount else ""
    shown = code if codes == "withholdings" else ""
    label = joined((shown, name, voice.percent(row.percent), _in_brackets(joined((base, exemption), "; "))))
    return Sum(label, voice.money(row.tax_amount))
