"""A taxpayer's design: the few choices from which the stylesheets and the PDF sheets of all its documents are made."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Literal, NamedTuple, cast, get_args

from stdnum import iban

from ulak.errors import Text
from ulak.render.labels import LabelLanguage
from ulak.render.problems import RenderError, problem

__all__ = ["ASSETS", "COLUMNS", "NEEDED_COLUMNS", "Asset", "BankLine", "Column", "Density", "Design"]

Density = Literal["compact", "normal", "airy"]
Column = Literal[
    "code", "description", "quantity", "unit_price", "discount", "vat_rate", "vat_amount", "other_taxes", "amount"
]
COLUMNS: Final = cast(tuple[Column, ...], get_args(Column))
"""Columns of the table of lines besides the number and the item, in their order on the paper."""
NEEDED_COLUMNS: Final[frozenset[Column]] = frozenset({"quantity", "unit_price", "amount"})
"""What an invoice must say of each line (VUK 230/4: kind, quantity, price, amount)."""
ASSETS: Final = ("logo", "signature", "emblem")

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
_CURRENCY: Final = re.compile("[A-Z]{3}")
_LONGEST_NOTE: Final = 2000
_LONGEST_LINE: Final = 200
_MOST_BANKS: Final = 8
_LARGEST_ASSET: Final = 64 * 1024
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Asset(NamedTuple):
    """A picture: its bytes and their media type (PNG, JPEG or WebP)."""

    data: bytes
    mime: str

    @property
    def url(self) -> str:
        """The picture as a ``data:`` address."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode()}"


class BankLine(NamedTuple):
    """An account to pay to. The IBAN stands without blanks."""

    bank: str
    iban: str
    currency: str = "TRY"


@dataclass(frozen=True, kw_only=True, slots=True)
class Design:
    """How a taxpayer's documents look. Every field has a default that meets GİB's rules.

    Attributes:
        accent, ink: colours of titles and rules, and of text, as ``#rrggbb``.
        logo, signature: pictures of the taxpayer; the signature stands at the foot.
        emblem: the Revenue Administration's logo, which the e-Fatura guide wants at the top (Entegrasyon Kılavuzu 4.3);
            Ulak does not bring the picture, the operator or the taxpayer puts in the one that GİB gives out.
        language: of the labels; document contents stay as they are.
        columns: which columns the table of lines has.
        note_tr, note_en: a text at the foot of every document.
        bank: accounts to pay to.
        density: how closely lines stand.
        words: whether the amount is written out in words.
        platform: where the receiver finds the electronic original; paper copies of e-Arşiv invoices say so (e-Arşiv
            Kılavuzu V1.18, 6).

    Raises:
        RenderError: ``render.design``, ``render.asset``.
    """

    accent: str = "#0e4f5c"
    ink: str = "#1d2327"
    logo: Asset | None = None
    signature: Asset | None = None
    emblem: Asset | None = None
    language: LabelLanguage = "tr"
    columns: tuple[Column, ...] = ("code", "quantity", "unit_price", "discount", "vat_rate", "vat_amount", "amount")
    note_tr: str = ""
    note_en: str = ""
    bank: tuple[BankLine, ...] = field(default=())
    density: Density = "normal"
    words: bool = True
    platform: str = ""

    def __post_init__(self) -> None:
        for name in ("accent", "ink"):
            _demand(bool(_COLOUR.fullmatch(str(getattr(self, name)))), name, _NO_COLOUR)
        for name in ASSETS:
            _check_asset(name, getattr(self, name))
        _check_choices(self)
        for name, longest in (("note_tr", _LONGEST_NOTE), ("note_en", _LONGEST_NOTE), ("platform", _LONGEST_LINE)):
            _check_text(name, getattr(self, name), longest)
        _check_bank(self.bank)

    @classmethod
    def from_json(cls, values: Mapping[str, Any], assets: Mapping[str, Asset] | None = None) -> Design:
        """A design from plain values, as `as_json` gives them, and its pictures by their slots (`ASSETS`).

        Raises:
            RenderError: ``render.design`` naming the field, also for one that does not exist; ``render.asset``.
        """
        pictures = dict(assets or {})
        for name in [*values, *pictures]:
            known = name in ASSETS if name in pictures else name in _PLAIN
            _demand(known, name, Text("böyle bir alan yok", "there is no such field"))
        given = {name: _revived(name, value) for name, value in values.items()}
        return cls(**{**given, **pictures})

    def as_json(self) -> dict[str, Any]:
        """All values but the pictures, as JSON carries them."""
        plain = {name: value for name, value in asdict(self).items() if name in _PLAIN}
        banks = [line._asdict() for line in self.bank]
        return {**plain, "columns": list(self.columns), "bank": banks}

    def assets(self) -> dict[str, Asset]:
        """The pictures that there are, by slot."""
        found: dict[str, Asset | None] = {name: getattr(self, name) for name in ASSETS}
        return {name: asset for name, asset in found.items() if asset is not None}


_PLAIN: Final = frozenset(known.name for known in fields(Design)) - set(ASSETS)
_NO_COLOUR: Final = Text("renk #rrggbb biçiminde olmalı", "a colour is written #rrggbb")
_CHOICES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("language", get_args(LabelLanguage)),
    ("density", get_args(Density)),
)


def _revived(name: str, value: Any) -> Any:
    if name == "columns" and isinstance(value, list):
        return tuple(value)
    if name == "bank" and isinstance(value, list):
        return tuple(_bank_line(line) for line in value)
    return value


def _bank_line(line: Any) -> BankLine:
    is_line = isinstance(line, Mapping) and set(line) <= set(BankLine._fields) and {"bank", "iban"} <= set(line)
    _demand(is_line, "bank", Text("her satırda bank, iban, currency olur", "each line has bank, iban, currency"))
    return BankLine(**line)


def _demand(is_met: bool, name: str, why: Text) -> None:
    if not is_met:
        raise problem("render.design", field=name, why=why)


def _check_choices(design: Design) -> None:
    for name, choices in _CHOICES:
        listed = ", ".join(choices)
        _demand(getattr(design, name) in choices, name, Text(f"şunlardan biri olmalı: {listed}", f"one of: {listed}"))
    is_tuple = isinstance(design.columns, tuple) and all(column in COLUMNS for column in design.columns)
    listed = ", ".join(COLUMNS)
    _demand(is_tuple, "columns", Text(f"sütunlar şunlardır: {listed}", f"the columns are: {listed}"))
    _demand(len(set(design.columns)) == len(design.columns), "columns", Text("bir sütun iki kez", "a column twice"))
    _demand(isinstance(design.words, bool), "words", Text("evet ya da hayır olmalı", "yes or no"))


def _check_text(name: str, value: object, longest: int) -> None:
    _demand(isinstance(value, str), name, Text("metin olmalı", "must be text"))
    text = str(value)
    _demand(len(text) <= longest, name, Text(f"en çok {longest} karakter", f"at most {longest} characters"))
    _demand(not _NOT_XML.search(text), name, Text("yazılamayan karakter var", "has a character that cannot be written"))


def _check_bank(bank: Sequence[BankLine]) -> None:
    _demand(isinstance(bank, tuple) and len(bank) <= _MOST_BANKS, "bank", _MOST)
    for line in bank:
        _demand(isinstance(line, BankLine), "bank", Text("hesap satırı olmalı", "must be a bank line"))
        for value in line:
            _check_text("bank", value, _LONGEST_LINE)
        _demand(bool(_CURRENCY.fullmatch(line.currency)), "bank", _NO_CURRENCY)
        _demand(
            iban.is_valid(line.iban), "bank", Text(f"IBAN geçersiz: {line.iban}", f"the IBAN is wrong: {line.iban}")
        )


_NO_CURRENCY: Final = Text("para birimi üç harf olmalı, ör. TRY", "a currency has three letters, e.g. TRY")
_MOST: Final = Text(f"en çok {_MOST_BANKS} hesap", f"at most {_MOST_BANKS} accounts")


def _check_asset(name: str, asset: Asset | None) -> None:
    if asset is None:
        return
    if not isinstance(asset, Asset) or _mime_of(asset.data) != asset.mime:
        raise _bad_asset(name, Text("PNG, JPEG ya da WebP değil", "it is neither PNG, JPEG nor WebP"))
    if len(asset.data) > _LARGEST_ASSET:
        limit = _LARGEST_ASSET // 1024
        raise _bad_asset(name, Text(f"{limit} KB'tan büyük", f"it is larger than {limit} KB"))


def _bad_asset(name: str, why: Text) -> RenderError:
    return problem("render.asset", field=name, why=why)


def _mime_of(data: bytes) -> str:
    return next((mime for start, mime in _SIGNATURES.items() if data.startswith(start)), "")
