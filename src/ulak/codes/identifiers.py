"""Identifiers of Turkish e-documents: each has the verbs `compact`, `validate` and `is_valid`.

`compact` takes away what people put in to read better, `validate` returns the compact form or says what is wrong,
`is_valid` answers yes or no. VKN, TCKN and IBAN have check digits, which GİB's Schematron does not look at: official
samples and test environments hold numbers that fail them, so callers warn and do not refuse.

Sources: Schematron 20260701 (the rule is named at each); UBL-TR guides for the document number; Kod Listeleri V1.42
1.12 for GTİP; check digits from python-stdnum.

>>> vkn.validate("146 041 5308")
'1460415308'
>>> plate.is_valid("06 abc 123")
True
>>> document_number.split("GIB2026000000001")
DocumentNumber(series='GIB', year=2026, sequence=1)
>>> gtip.validate("8471.30.00.00.00")
'847130000000'
>>> try: tckn.validate("12345678901")
... except InvalidIdentifierError as error: print(error.text.en)
“12345678901” is not a valid TCKN: check digits do not match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

import stdnum.exceptions
from stdnum import iban as _iban
from stdnum.tr import tckimlik as _tckn
from stdnum.tr import vkn as _vkn

from ulak.codes.lists import code_list
from ulak.errors import Text, UlakError

__all__ = [
    "FINAL_CONSUMER",
    "STAND_INS",
    "DocumentNumber",
    "Identifier",
    "InvalidIdentifierError",
    "alias",
    "document_number",
    "ettn",
    "foreign_plate",
    "gtip",
    "iban",
    "investment_certificate",
    "kunye",
    "label_number",
    "mersis",
    "plate",
    "shipment",
    "tax_id_scheme",
    "tckn",
    "vkn",
]

FINAL_CONSUMER: Final = "11111111111"
"""Stands for a customer who says no number (practice; rule `PartyIdentificationTCKNVKNCheck` takes it)."""
STAND_INS: Final = frozenset({"1" * 10, FINAL_CONSUMER, "2" * 10, "2" * 11})
"""What practice writes for buyers without a number of their own, at home and abroad, as VKN or as TCKN."""

_CHECK_DIGITS: Final = Text("denetim haneleri tutmuyor", "check digits do not match")
_SPACES: Final = re.compile(r"\s+")


class InvalidIdentifierError(UlakError):
    """A value is not the identifier that it should be; says what its form is."""

    def __init__(self, identifier: Identifier, value: str, fault: Text) -> None:
        super().__init__(
            f"identifier.{identifier.name.lower()}",
            Text(
                f"“{value}” geçerli bir {identifier.title.tr} değil: {fault.tr}.",
                f"“{value}” is not a valid {identifier.title.en}: {fault.en}.",
            ),
            Text(f"Beklenen: {identifier.form.tr}.", f"Expected: {identifier.form.en}."),
        )


class Identifier:
    """One kind of identifier.

    Attributes:
        name: stable name, also the end of the error code.
        title: what people call it.
        form: what it looks like, in words.
    """

    def __init__(
        self,
        name: str,
        title: Text,
        form: Text,
        pattern: str,
        *,
        strip: str = "",
        fold: Callable[[str], str] = str,
        check: Callable[[str], object] | None = None,
    ) -> None:
        self.name, self.title, self.form = name, title, form
        self._pattern = re.compile(pattern)
        self._strip = str.maketrans("", "", strip)
        self._fold, self._check = fold, check

    def __repr__(self) -> str:
        return f"<Identifier {self.name}>"

    def compact(self, value: str) -> str:
        """The value as it stands in a document; does not check it."""
        return self._fold(_SPACES.sub("", value).translate(self._strip))

    def validate(self, value: str) -> str:
        """The compact form of a valid value.

        Raises:
            InvalidIdentifierError: the form or a check digit is wrong.
        """
        compact = self.compact(value)
        if not self._pattern.fullmatch(compact):
            raise InvalidIdentifierError(self, value, Text("biçimi yanlış", "its form is wrong"))
        if self._check is not None:
            try:
                self._check(compact)
            except stdnum.exceptions.ValidationError:
                raise InvalidIdentifierError(self, value, _CHECK_DIGITS) from None
        return compact

    def is_valid(self, value: str) -> bool:
        """Whether `validate` would take it."""
        try:
            self.validate(value)
        except InvalidIdentifierError:
            return False
        return True


class DocumentNumber(NamedTuple):
    """The parts of a document number.

    Attributes:
        series: three letters or digits.
        year: the year of issue.
        sequence: 1 to 999 999 999 within series and year.
    """

    series: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.series}{self.year:04}{self.sequence:09}"


class _DocumentNumber(Identifier):
    def split(self, value: str) -> DocumentNumber:
        """The parts of a valid number.

        Raises:
            InvalidIdentifierError: it is not a document number.
        """
        number = self.validate(value)
        return DocumentNumber(number[:3], int(number[3:7]), int(number[7:]))


class _Alias(Identifier):
    def validate(self, value: str) -> str:
        """The alias without surrounding spaces.

        Raises:
            InvalidIdentifierError: not a URN, too long, or reserved by GİB.
        """
        compact = value.strip()
        if len(compact) > _LONGEST_ALIAS or not self._pattern.fullmatch(compact):
            raise InvalidIdentifierError(self, value, Text("biçimi yanlış", "its form is wrong"))
        return compact

    def is_reserved(self, value: str) -> bool:
        """Whether GİB keeps this name for itself or for a service (`ReservedAliases`)."""
        found = code_list("service_aliases").get(value.strip())
        return found is not None and found.extra["reserved"] == "yes"


_LONGEST_ALIAS: Final = 250
_LETTERS: Final = str.maketrans("ıİğĞüÜşŞöÖçÇ", "IIGGUUSSOOCC")


def _upper(value: str) -> str:
    return value.translate(_LETTERS).upper()


vkn: Final = Identifier("vkn", Text("VKN", "VKN"), Text("10 rakam", "10 digits"), r"[0-9]{10}", check=_vkn.validate)
"""Tax number of a legal entity (PartyIdentificationTCKNVKNCheck: length; check digit by stdnum)."""

tckn: Final = Identifier(
    "tckn", Text("TCKN", "TCKN"), Text("11 rakam", "11 digits"), r"[0-9]{11}", check=_tckn.validate
)
"""Citizen number (PartyIdentificationTCKNVKNCheck: length; check digits by stdnum)."""

ettn: Final = Identifier(
    "ettn",
    Text("ETTN", "ETTN"),
    Text("8-4-4-4-12 onaltılık hane", "8-4-4-4-12 hexadecimal digits"),
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    strip="{}",
    fold=str.lower,
)
"""Universally unique number of a document (UUIDCheck); small letters, as two ETTNs are compared without case."""

document_number: Final = _DocumentNumber(
    "document_number",
    Text("belge numarası", "document number"),
    Text("3 harf ya da rakam, 4 haneli yıl, 9 haneli sıra", "3 letters or digits, 4-digit year, 9-digit sequence"),
    r"[A-Z0-9]{3}20[0-9]{2}[0-9]{9}",
    fold=_upper,
)
"""Number of an invoice, despatch advice and their siblings (InvoiceIDCheck)."""

alias: Final = _Alias(
    "alias",
    Text("etiket", "alias"),
    Text("urn:… biçiminde, en çok 250 karakter", "a urn:… of at most 250 characters"),
    r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:(?:[A-Za-z0-9()+,\-.:=@;$_!*]|%[0-9A-Fa-f]{2})+",
)
"""Address of a sending unit or mailbox (UserAccountCheck)."""

plate: Final = Identifier(
    "plate",
    Text("Türk plakası", "Turkish licence plate"),
    Text("il kodu 01-81, harfler ve rakamlar", "province 01-81, letters and digits"),
    r"(?:0[1-9]|[1-7][0-9]|8[01])[A-Z]+[0-9]+",
    strip="-.",
    fold=_upper,
)
"""Plate of a vehicle or trailer registered in Türkiye (LicensePlateIDSchemeIDCheck)."""

foreign_plate: Final = Identifier(
    "foreign_plate",
    Text("yabancı plaka", "foreign licence plate"),
    Text("büyük harf, rakam, tire ve alt çizgi", "capital letters, digits, hyphen and underscore"),
    r"[A-Z0-9_-]+",
    fold=_upper,
)
"""Plate of any other vehicle or trailer (LicensePlateIDSchemeIDCheck)."""

gtip: Final = Identifier("gtip", Text("GTİP", "GTİP"), Text("12 rakam", "12 digits"), r"[0-9]{12}", strip=".-")
"""Customs tariff number (TaxExemptionReasonCodeCheck asks 12 characters)."""

iban: Final = Identifier(
    "iban",
    Text("TR IBAN", "Turkish IBAN"),
    Text("TR ve 24 hane", "TR and 24 characters"),
    r"TR[0-9]{7}[A-Z0-9]{17}",
    strip="-",
    fold=_upper,
    check=_iban.validate,
)
"""Account to be paid to in Türkiye (KamuFaturaCheck: form; check digits by stdnum)."""

kunye: Final = Identifier(
    "kunye", Text("künye numarası", "künye number"), Text("19 hane", "19 characters"), r"[0-9A-Z]{19}", fold=_upper
)
"""Number of a consignment in the wholesale market registry (HKSInvioceCheck)."""

mersis: Final = Identifier(
    "mersis", Text("MERSİS numarası", "MERSİS number"), Text("16 rakam", "16 digits"), r"[0-9]{16}"
)
"""Number in the central trade registry."""

label_number: Final = Identifier(
    "label_number",
    Text("İDİS etiket numarası", "İDİS label number"),
    Text("2 harf ve 7 rakam", "2 letters and 7 digits"),
    r"[A-Z]{2}[0-9]{7}",
    fold=_upper,
)
"""Label of a steel bundle (IdisEtiketNoCheck)."""

shipment: Final = Identifier(
    "shipment",
    Text("İDİS sevkiyat numarası", "İDİS shipment number"),
    Text("SE- ya da ES- ve 7 rakam", "SE- or ES- and 7 digits"),
    r"(?:SE|ES)-[0-9]{7}",
    fold=_upper,
)
"""Shipment of construction steel (IdisSevkiyatNoCheck)."""

investment_certificate: Final = Identifier(
    "ytb_number",
    Text("yatırım teşvik belgesi numarası", "investment certificate number"),
    Text("6 rakam", "6 digits"),
    r"[0-9]{6}",
)
"""Number of an investment incentive certificate (YatirimTesvikContractDocumentReferenceIDCheck)."""


def tax_id_scheme(value: str) -> str | None:
    """`VKN` or `TCKN` by the number of digits, as `@schemeID` says it; None for anything else.

    >>> tax_id_scheme("1460415308"), tax_id_scheme("12345678901"), tax_id_scheme("?")
    ('VKN', 'TCKN', None)
    """
    compact = vkn.compact(value)
    if not compact.isdecimal() or not compact.isascii():
        return None
    return {10: "VKN", 11: "TCKN"}.get(len(compact))
