"""A company's facts in a file: TOML that a person can write, read into `ulak.ledger.values.Company`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ulak.errors import Problem, Text, UlakError, error_of
from ulak.ledger.values import Accountant, Address, Branch, Company

__all__ = ["PROBLEMS", "TEMPLATE", "CompanyError", "read_company"]

PROBLEMS: Final[dict[str, Problem]] = {
    "company.file": Problem(
        Text("Firma bilgileri dosyası okunamıyor: {detail}", "The file of company facts cannot be read: {detail}"),
        Text(
            "TOML olarak yazın; örneği docs/ledger-books.md sayfasında.",
            "Write it as TOML; docs/ledger-books.md has an example.",
        ),
    ),
    "company.field": Problem(
        Text(
            "Firma bilgilerinde “{name}” eksik ya da yanlış: {value}",
            "Of the company facts “{name}” is missing or wrong: {value}",
        ),
        Text("Alanı doldurun: {wanted}", "Fill in the field: {wanted}"),
    ),
    "company.unknown": Problem(
        Text("Firma bilgilerinde “{name}” diye bir alan yok.", "Company facts have no field “{name}”."),
        Text("Adı düzeltin ya da satırı silin. Alanlar: {known}", "Correct the name or delete it. Fields: {known}"),
    ),
}
TEMPLATE: Final = """\
tax_id = "1234567808"                  # VKN, ya da TCKN / VKN, or TCKN of a person
title = "Örnek Ticaret A.Ş."           # unvan, ya da adı soyadı / as registered, or name and surname
phone = "3121111111"
fax = ""
email = "muhasebe@ornek.example"
website = "www.ornek.example"
activity_codes = ["46.90.01"]          # NACE
fiscal_start = 2026-01-01
fiscal_end = 2026-12-31
creator = "Ayşe Yılmaz"                # defteri oluşturan / who makes the books
software = "9876543217##Ulak##Ulak e-Defter##1.0"  # GİB'in onayladığı yazılım / as approved by GİB

[address]
building = "26/4"
street = "Atatürk Caddesi"
detail = ""
city = "Ankara"
postal_code = "06110"
country = "Türkiye"

[[accountants]]
name = "SMMM Ali Can"
engagement = "SMMM sözleşmesi, 2026-01-02, 10120"
phone = "3121111112"
fax = ""
email = ""
address = { building = "3", street = "Gazi Sokak", city = "Ankara", postal_code = "06120" }

# [branch]                             # yalnız defteri ayrı tutulan şubede / of a branch with its own books
# number = "0001"
# name = "Ulus Şubesi"
"""
_ANY: Final = Text("boş olmayan bir metin.", "a text that is not empty.")
_TAX_ID: Final = Text("10 haneli VKN ya da 11 haneli TCKN.", "a VKN of 10 digits or a TCKN of 11.")
_PHONE: Final = Text("alan koduyla 10 hane.", "10 digits with the area code.")
_DAY: Final = Text("yyyy-aa-gg biçiminde bir gün.", "a day, as yyyy-mm-dd.")
_CODES: Final = Text('bir liste, ör. ["46.90.01"].', 'a list, as ["46.90.01"].')
_BRANCH: Final = Text("0001'den başlayan dört hane.", "four digits, from 0001.")
_SOFTWARE: Final = Text("VKN##ÜNVAN##PROGRAM##SÜRÜM.", "VKN##FIRM##PROGRAM##VERSION.")
_TABLE: Final = Text("bir tablo.", "a table.")
_ADDRESS: Final = ("building", "street", "detail", "city", "postal_code", "country")
_ACCOUNTANT: Final = ("name", "engagement", "phone", "fax", "email", "address")
_COMPANY: Final = (
    "tax_id",
    "title",
    "phone",
    "fax",
    "email",
    "website",
    "activity_codes",
    "fiscal_start",
    "fiscal_end",
    "creator",
    "software",
    "address",
    "accountants",
    "branch",
)


class CompanyError(UlakError):
    """Company facts that no book can be made with."""


def read_company(data: bytes) -> Company:
    """A company from its file.

    Raises:
        CompanyError: ``company.file``, ``company.field``, ``company.unknown``.

    >>> read_company(TEMPLATE.encode()).accountants[0].name
    'SMMM Ali Can'
    """
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise error_of(CompanyError, PROBLEMS, "company.file", detail=str(error)[:200]) from None
    table = _Table(said, "", _COMPANY)
    company = Company(
        tax_id=table.text("tax_id", _TAX_ID, r"[0-9]{10,11}"),
        title=table.text("title", _ANY, r"(?s).{2,}"),
        address=_address(table.table("address", _ADDRESS)),
        phone=table.text("phone", _PHONE, r"[0-9]{10}"),
        fax=table.optional("fax"),
        email=table.text("email", _ANY),
        website=table.optional("website"),
        activity_codes=table.texts("activity_codes"),
        fiscal_start=table.day("fiscal_start"),
        fiscal_end=table.day("fiscal_end"),
        accountants=tuple(_accountant(each) for each in table.tables("accountants", _ACCOUNTANT)),
        creator=table.text("creator", _ANY),
        source_application=table.text("software", _SOFTWARE, r"[0-9]{10,11}(?:##[^#]+){3}"),
        branch=_branch(table),
    )
    if company.fiscal_end <= company.fiscal_start:
        raise _wrong("fiscal_end", str(company.fiscal_end), _DAY)
    return company


def _address(table: _Table) -> Address:
    return Address(
        table.text("building", _ANY),
        table.text("street", _ANY),
        table.optional("detail"),
        table.text("city", _ANY),
        table.text("postal_code", _ANY),
        table.optional("country") or "Türkiye",
    )


def _accountant(table: _Table) -> Accountant:
    return Accountant(
        table.text("name", _ANY),
        table.text("engagement", _ANY),
        _address(table.table("address", _ADDRESS)),
        table.optional("phone"),
        table.optional("fax"),
        table.optional("email"),
    )


def _branch(company: _Table) -> Branch | None:
    if "branch" not in company.said:
        return None
    table = company.table("branch", ("number", "name"))
    return Branch(table.text("number", _BRANCH, r"(?!0000)[0-9]{4}"), table.text("name", _ANY, r".{2,}"))


class _Table:
    """A table of the file; ``name`` is what stands before the names of its fields."""

    def __init__(self, said: Mapping[str, Any], name: str, known: tuple[str, ...]) -> None:
        self.said, self._name = said, name
        for field in said:
            if field not in known:
                text = Text(", ".join(known), ", ".join(known))
                raise error_of(CompanyError, PROBLEMS, "company.unknown", name=f"{name}{field}"[:80], known=text)

    def text(self, field: str, wanted: Text, form: str = r"(?s).*\S.*") -> str:
        value = self.said.get(field, "")
        if not isinstance(value, str) or not re.fullmatch(form, value.strip()):
            raise self._refused(field, wanted)
        return value.strip()

    def optional(self, field: str) -> str:
        return self.text(field, _ANY, r"(?s).*")

    def texts(self, field: str) -> tuple[str, ...]:
        value = self.said.get(field)
        if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
            raise self._refused(field, _CODES)
        return tuple(value)

    def day(self, field: str) -> date:
        value = self.said.get(field)
        if type(value) is not date:
            raise self._refused(field, _DAY)
        return value

    def table(self, field: str, known: tuple[str, ...]) -> _Table:
        value = self.said.get(field)
        if not isinstance(value, dict):
            raise self._refused(field, _TABLE)
        return _Table(value, f"{self._name}{field}.", known)

    def tables(self, field: str, known: tuple[str, ...]) -> list[_Table]:
        value = self.said.get(field)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise self._refused(field, _TABLE)
        return [_Table(each, f"{self._name}{field}.{number}.", known) for number, each in enumerate(value, 1)]

    def _refused(self, field: str, wanted: Text) -> CompanyError:
        return _wrong(f"{self._name}{field}", str(self.said.get(field, "–"))[:80], wanted)


def _wrong(name: str, value: str, wanted: Text) -> CompanyError:
    return error_of(CompanyError, PROBLEMS, "company.field", name=name, value=value, wanted=wanted)
