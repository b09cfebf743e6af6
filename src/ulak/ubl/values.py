"""The values at the leaves of a document, with every attribute that UBL 2.1's unqualified data types allow.

Where an element carries no attribute its value is a plain ``str`` or ``Decimal``; only one that does is an object.
``str(value)`` gives the text of either. Decimals keep their digits: ``Decimal("10.00")`` is written ``10.00``.
Dates and times are the lexical form itself, so that a zone or a fraction of a second survives.
Names, order and presence of attributes: CCTS_CCT_SchemaModule-2.1.xsd and UBL-UnqualifiedDataTypes-2.1.xsd.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from ulak.errors import Text, UlakError

__all__ = [
    "DATE_PATTERN",
    "DATE_TIME_PATTERN",
    "TIME_PATTERN",
    "Amount",
    "Binary",
    "Code",
    "CodeValue",
    "Component",
    "Date",
    "DateTime",
    "Identifier",
    "IdentifierValue",
    "Kept",
    "KeptAttribute",
    "KeptContent",
    "LanguageText",
    "Measure",
    "Numeric",
    "NumericValue",
    "Quantity",
    "TextValue",
    "Time",
    "number",
]

_ZONE: Final = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY: Final = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
DATE_PATTERN: Final = f"^{_DAY}{_ZONE}$"
TIME_PATTERN: Final = f"^{_CLOCK}{_ZONE}$"
DATE_TIME_PATTERN: Final = f"^{_DAY}T{_CLOCK}{_ZONE}$"

Date = Annotated[str, Meta(pattern=DATE_PATTERN)]
"""``xsd:date`` as written, e.g. ``2026-07-01`` or ``2026-07-01+03:00``."""
Time = Annotated[str, Meta(pattern=TIME_PATTERN)]
"""``xsd:time`` as written, e.g. ``14:42:00`` or ``14:42:00.0000000+03:00``."""
DateTime = Annotated[str, Meta(pattern=DATE_TIME_PATTERN)]
"""``xsd:dateTime`` as written."""

_NOT_BASE64: Final = Text("Ek, base64 olarak çözülemiyor.", "The attachment cannot be decoded as base64.")
_ATTACH_AGAIN: Final = Text("Dosyayı belgeye yeniden ekleyin.", "Attach the file to the document again.")


class LanguageText(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """Text (also a name) whose language is stated."""

    value: str
    language_id: str | None = field(name="languageID", default=None)
    language_locale_id: str | None = field(name="languageLocaleID", default=None)

    def __str__(self) -> str:
        return self.value


class Code(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """A code that names its list or carries a label in ``name``."""

    value: str
    list_id: str | None = field(name="listID", default=None)
    list_agency_id: str | None = field(name="listAgencyID", default=None)
    list_agency_name: str | None = field(name="listAgencyName", default=None)
    list_name: str | None = field(name="listName", default=None)
    list_version_id: str | None = field(name="listVersionID", default=None)
    name: str | None = field(name="name", default=None)
    language_id: str | None = field(name="languageID", default=None)
    list_uri: str | None = field(name="listURI", default=None)
    list_scheme_uri: str | None = field(name="listSchemeURI", default=None)

    def __str__(self) -> str:
        return self.value


class Identifier(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """An identifier that names its scheme, e.g. ``Identifier("1288331521", scheme_id="VKN")``."""

    value: str
    scheme_id: str | None = field(name="schemeID", default=None)
    scheme_name: str | None = field(name="schemeName", default=None)
    scheme_agency_id: str | None = field(name="schemeAgencyID", default=None)
    scheme_agency_name: str | None = field(name="schemeAgencyName", default=None)
    scheme_version_id: str | None = field(name="schemeVersionID", default=None)
    scheme_data_uri: str | None = field(name="schemeDataURI", default=None)
    scheme_uri: str | None = field(name="schemeURI", default=None)

    def __str__(self) -> str:
        return self.value


class Numeric(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """A number, percentage or rate that states its format."""

    value: Decimal
    format: str | None = field(name="format", default=None)

    def __str__(self) -> str:
        return str(self.value)


class Amount(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """Money: ``currency`` is the three-letter code of ISO 4217 that the schema requires with every amount."""

    value: Decimal
    currency: str = field(name="currencyID")
    currency_code_list_version_id: str | None = field(name="currencyCodeListVersionID", default=None)

    def __str__(self) -> str:
        return str(self.value)


class Quantity(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """A counted quantity; ``unit`` is a code of UN/ECE Recommendation 20, e.g. ``C62`` (piece) or ``KGM``."""

    value: Decimal
    unit: str | None = field(name="unitCode", default=None)
    unit_code_list_id: str | None = field(name="unitCodeListID", default=None)
    unit_code_list_agency_id: str | None = field(name="unitCodeListAgencyID", default=None)
    unit_code_list_agency_name: str | None = field(name="unitCodeListAgencyName", default=None)

    def __str__(self) -> str:
        return str(self.value)


class Measure(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """A measured quantity (weight, volume, temperature …) in ``unit`` of UN/ECE Recommendation 20."""

    value: Decimal
    unit: str = field(name="unitCode")
    unit_code_list_version_id: str | None = field(name="unitCodeListVersionID", default=None)

    def __str__(self) -> str:
        return str(self.value)


class Binary(Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """An embedded file: ``value`` is its base64 text exactly as the document has it.

    >>> Binary.of(b"<xslt/>", "application/xml", filename="a.xslt").content()
    b'<xslt/>'
    """

    value: str
    mime_code: str = field(name="mimeCode")
    format: str | None = field(name="format", default=None)
    encoding_code: str | None = field(name="encodingCode", default=None)
    character_set_code: str | None = field(name="characterSetCode", default=None)
    uri: str | None = field(name="uri", default=None)
    filename: str | None = field(name="filename", default=None)

    @classmethod
    def of(cls, content: bytes, mime_code: str, *, filename: str | None = None) -> Binary:
        """The file as GİB's samples embed it (``encodingCode="Base64"``, ``characterSetCode="UTF-8"``)."""
        text = b64encode(content).decode()
        return cls(text, mime_code, encoding_code="Base64", character_set_code="UTF-8", filename=filename)

    def content(self) -> bytes:
        """The file itself.

        Raises:
            UlakError: ``ubl.value`` if the text is not base64.
        """
        try:
            return b64decode("".join(self.value.split()), validate=True)
        except binascii.Error:
            raise UlakError("ubl.value", _NOT_BASE64, _ATTACH_AGAIN) from None

    def __str__(self) -> str:
        return self.value


TextValue = str | LanguageText
CodeValue = str | Code
IdentifierValue = str | Identifier
NumericValue = Decimal | Numeric


class KeptContent(Struct, frozen=True, tag="content", gc=False):
    """XML inside a component that the model has no field for: the content of an extension, an unknown element.

    ``xml`` is well-formed by itself (it declares the namespaces it uses), or plain text. It stands behind the
    ``index``-th value of the field ``after`` (-1: before the first), at the very beginning if ``after`` is empty.
    """

    xml: str
    after: str = ""
    index: int = 0


class KeptAttribute(Struct, frozen=True, tag="attribute", gc=False):
    """An attribute that the model has no field for, on the ``index``-th value of the field ``on``.

    ``name`` is in Clark form (``{namespace}local``); an empty ``on`` means the root of the document.
    """

    name: str
    value: str
    on: str = ""
    index: int = 0


Kept = KeptContent | KeptAttribute


class Component(Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    """What all elements with children have in common. Fields are in the order of the schema."""

    kept: tuple[Kept, ...] = ()


def number(value: Decimal) -> str:
    """The decimal as XML Schema writes it: all its digits, never an exponent.

    >>> number(Decimal("10.00")), number(Decimal("1E+3")), number(Decimal("0.00000001"))
    ('10.00', '1000', '0.00000001')

    Raises:
        UlakError: ``ubl.value`` for infinity and not-a-number, which XML Schema's decimals do not have.
    """
    text = str(value)
    if "E" in text or "N" in text or "I" in text:
        return _expanded(value)
    return text


def _expanded(value: Decimal) -> str:
    if value.is_finite():
        return format(value, "f")
    raise UlakError(
        "ubl.value",
        Text(f"“{value}” bir sayı olarak yazılamaz.", f"“{value}” cannot be written as a number."),
        Text("Hesaplamanın girdilerini denetleyin.", "Check what the number was computed from."),
    )
