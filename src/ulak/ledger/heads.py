"""What stands in a book before and after its entries: namespaces, context, units, document and company.

Source: Teknik Kılavuz V1.7 section 2.1; XBRL-GL Genel Açıklamalar V1.7 section 4. The order of elements is that of
gl-cor-content-2006-10-25.xsd and gl-bus-content-2006-10-25.xsd, which the guide's examples follow; attributes and
namespaces stand in the order of Canonical XML 1.0.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from ulak.ledger.templates import Element, escaped
from ulak.ledger.values import Accountant, Address, BookKind, Company

__all__ = [
    "BOOK_END",
    "CODES",
    "CONTEXTS",
    "DECLARATION",
    "STYLESHEETS",
    "XBRL_END",
    "Document",
    "company_information",
    "document_information",
    "opening",
    "xbrl_opening",
]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
"""The first line of every file; what follows it is canonical."""
CONTEXTS: Final[dict[BookKind, str]] = {"Y": "journal_context", "K": "ledger_context", "E": "assets_context"}
STYLESHEETS: Final[dict[BookKind, str]] = {"Y": "yevmiye.xslt", "K": "kebir.xslt", "E": "envanter.xslt"}
CODES: Final[dict[BookKind, str]] = {"Y": "YEV", "K": "KEB", "E": "ENV"}
"""How ``uniqueID`` begins (Genel Açıklamalar section 4.1.2)."""
_TYPES: Final[dict[BookKind, str]] = {"Y": "journal", "K": "ledger", "E": "assets"}
_NAMES: Final[dict[BookKind, str]] = {"Y": "Yevmiye Defteri", "K": "Büyük Defter", "E": "Envanter Defteri"}
_XBRL_GL: Final = "http://www.xbrl.org/int/gl"
_SCHEMA: Final = "../xsd/2006-10-25/plt/case-c-b/gl-plt-2006-10-25.xsd"
_ROOT: Final = (
    '<edefter:defter xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:edefter="http://www.edefter.gov.tr"'
    ' xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.edefter.gov.tr ../xsd/edefter.xsd">'
)
_MONTHS: Final = (
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()  # noqa: SIM905
)


class Document(NamedTuple):
    """What ``documentInfo`` says of one book.

    Attributes:
        unique: ``uniqueID``, fifteen characters: YEV, KEB or ENV, year, month, and the number of the book among those
            of the fiscal year (Genel Açıklamalar section 4.1.2).
        created: the day the book is made, not before ``end``.
        is_multicurrency: some entry is of a transaction in foreign currency, so that ``defaultCurrency`` is needed.
    """

    kind: BookKind
    unique: str
    created: date
    start: date
    end: date
    is_multicurrency: bool = False


def opening(document: Document, company: Company) -> str:
    """Everything before the first entry, `DECLARATION` included."""
    return "".join(
        (
            DECLARATION,
            f'<?xml-stylesheet type="text/xsl" href="{STYLESHEETS[document.kind]}"?>\n',
            _ROOT,
            xbrl_opening(document, company),
            "<gl-cor:accountingEntries>",
            document_information(document, company),
            company_information(company, CONTEXTS[document.kind]),
        )
    )


XBRL_END: Final = b"</gl-cor:accountingEntries></xbrli:xbrl>"
"""What follows the last entry; extensions and the seal stand between it and `BOOK_END`."""
BOOK_END: Final = b"</edefter:defter>"


def xbrl_opening(document: Document, company: Company) -> str:
    """The element ``xbrl`` with its schema, context and units."""
    return (
        f"<xbrli:xbrl{_namespaces(document.is_multicurrency)}"
        f' xsi:schemaLocation="{_XBRL_GL}/plt/2006-10-25 {_SCHEMA}">'
        f'<link:schemaRef xlink:href="{_SCHEMA}" xlink:type="simple"></link:schemaRef>'
        f'<xbrli:context id="{CONTEXTS[document.kind]}"><xbrli:entity>'
        f'<xbrli:identifier scheme="http://www.gib.gov.tr">{escaped(company.tax_id)}</xbrli:identifier></xbrli:entity>'
        f"<xbrli:period><xbrli:instant>{document.created}</xbrli:instant></xbrli:period></xbrli:context>"
        '<xbrli:unit id="try"><xbrli:measure>iso4217:TRY</xbrli:measure></xbrli:unit>'
        '<xbrli:unit id="countable"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
    )


def _namespaces(is_multicurrency: bool) -> str:
    """The declarations of ``xbrl``; ``gl-muc`` is there only for those books that use it, as in the guide."""
    declared = {
        "gl-bus": f"{_XBRL_GL}/bus/2006-10-25",
        "gl-cor": f"{_XBRL_GL}/cor/2006-10-25",
        **({"gl-muc": f"{_XBRL_GL}/muc/2006-10-25"} if is_multicurrency else {}),
        "gl-plt": f"{_XBRL_GL}/plt/2006-10-25",
        "iso4217": "http://www.xbrl.org/2003/iso4217",
        "iso639": "http://www.xbrl.org/2005/iso639",
        "link": "http://www.xbrl.org/2003/linkbase",
        "xbrli": "http://www.xbrl.org/2003/instance",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    return "".join(f' xmlns:{prefix}="{name}"' for prefix, name in declared.items())


def document_information(document: Document, company: Company) -> str:
    """The group ``documentInfo`` (Genel Açıklamalar section 4.1)."""
    of = Element(CONTEXTS[document.kind])
    comment = f"{_day(document.start)} - {_day(document.end)} dönemi {company.title} {_NAMES[document.kind]}"
    return "".join(
        (
            "<gl-cor:documentInfo>",
            of("gl-cor:entriesType", _TYPES[document.kind]),
            of("gl-cor:uniqueID", document.unique),
            of("gl-cor:language", "iso639:tr"),
            of("gl-cor:creationDate", str(document.created)),
            of("gl-bus:creator", company.creator),
            of("gl-cor:entriesComment", comment),
            of("gl-cor:periodCoveredStart", str(document.start)),
            of("gl-cor:periodCoveredEnd", str(document.end)),
            of("gl-bus:sourceApplication", company.source_application),
            of("gl-muc:defaultCurrency", "iso4217:TRY") if document.is_multicurrency else "",
            "</gl-cor:documentInfo>",
        )
    )


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def company_information(company: Company, context: str) -> str:
    """The group ``entityInformation`` (Genel Açıklamalar section 4.2), the same in books, berats and reports."""
    of = Element(context)
    return "".join(
        (
            "<gl-cor:entityInformation>",
            _phone(of, company.phone),
            _wrapped("gl-bus:entityFaxNumberStructure", _if(of, "gl-bus:entityFaxNumber", company.fax)),
            _wrapped("gl-bus:entityEmailAddressStructure", of("gl-bus:entityEmailAddress", company.email)),
            *(_identifier(of, value, name) for value, name in _identifiers(company)),
            _address(of, company.address),
            _wrapped("gl-bus:entityWebSite", of("gl-bus:webSiteURL", company.website)),
            of("gl-bus:businessDescription", ", ".join(company.activity_codes)),
            of("gl-bus:fiscalYearStart", str(company.fiscal_start)),
            of("gl-bus:fiscalYearEnd", str(company.fiscal_end)),
            *(_accountant(of, accountant) for accountant in company.accountants),
            "</gl-cor:entityInformation>",
        )
    )


def _phone(of: Element, phone: str) -> str:
    return _wrapped(
        "gl-bus:entityPhoneNumber", of("gl-bus:phoneNumberDescription", "main"), of("gl-bus:phoneNumber", phone)
    )


def _identifiers(company: Company) -> list[tuple[str, str]]:
    """What the company is called, and its branch, each with GİB's word for it (section 4.2.4)."""
    named = [(company.title, "Adı Soyadı" if company.is_person else "Kurum Unvanı")]
    if company.branch:
        named += [(company.branch.name, "Şube Adı"), (company.branch.number, "Şube No")]
    return named


def _identifier(of: Element, value: str, name: str) -> str:
    return _wrapped(
        "gl-bus:organizationIdentifiers",
        of("gl-bus:organizationIdentifier", value),
        of("gl-bus:organizationDescription", name),
    )


def _address(of: Element, address: Address) -> str:
    return _wrapped(
        "gl-bus:organizationAddress",
        of("gl-bus:organizationBuildingNumber", address.building),
        of("gl-bus:organizationAddressStreet", address.street),
        _if(of, "gl-bus:organizationAddressStreet2", address.detail),
        of("gl-bus:organizationAddressCity", address.city),
        of("gl-bus:organizationAddressZipOrPostalCode", address.postal_code),
        of("gl-bus:organizationAddressCountry", address.country),
    )


def _accountant(of: Element, accountant: Accountant) -> str:
    return _wrapped(
        "gl-bus:accountantInformation",
        of("gl-bus:accountantName", accountant.name),
        _accountant_address(of, accountant.address),
        of("gl-bus:accountantEngagementTypeDescription", accountant.engagement),
        _wrapped("gl-bus:accountantContactInformation", *_contacts(of, accountant)),
    )


def _accountant_address(of: Element, address: Address) -> str:
    """Here the country stands before the postal code, other than in the company's address."""
    return _wrapped(
        "gl-bus:accountantAddress",
        of("gl-bus:accountantBuildingNumber", address.building),
        of("gl-bus:accountantStreet", address.street),
        _if(of, "gl-bus:accountantAddressStreet2", address.detail),
        of("gl-bus:accountantCity", address.city),
        of("gl-bus:accountantCountry", address.country),
        of("gl-bus:accountantZipOrPostalCode", address.postal_code),
    )


def _contacts(of: Element, accountant: Accountant) -> tuple[str, str, str]:
    name = "gl-bus:accountantContact"
    kind = of(f"{name}PhoneNumberDescription", "bookkeeper") if accountant.phone else ""
    return (
        _wrapped(f"{name}Phone", kind, _if(of, f"{name}PhoneNumber", accountant.phone)),
        _wrapped(f"{name}Fax", _if(of, f"{name}FaxNumber", accountant.fax)),
        _wrapped(f"{name}Email", _if(of, f"{name}EmailAddress", accountant.email)),
    )


def _if(of: Element, name: str, value: str) -> str:
    return of(name, value) if value else ""


def _wrapped(name: str, *content: str) -> str:
    """A group, or nothing if there is nothing in it."""
    inside = "".join(content)
    return f"<{name}>{inside}</{name}>" if inside else ""
