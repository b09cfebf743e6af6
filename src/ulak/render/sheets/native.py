"""The sheet of an e-SMM in GİB's native form (eArsivVeri.xsd of the e-Arşiv package 1.1_6)."""

from __future__ import annotations

from collections.abc import Iterator

from ulak.render.qr_payload import karekod
from ulak.render.sheets.facts import said
from ulak.render.sheets.reading import Node, decimal_in, each, moment_in, one, text
from ulak.render.sheets.tables import Row, table
from ulak.render.sheets.values import Sheet, Side, Total
from ulak.render.sheets.wording import Wording
from ulak.render.words import in_words

__all__ = ["native_sheet"]

_STREET = ("caddeSokak", "binaAd", "binaNo", "kapiNo")
_TOWN = ("kasabaKoy", "semt", "sehir")


def native_sheet(words: Wording, root: Node) -> Sheet:
    """The receipt laid out for a person. The form does not say what the freelancer is called, only the number."""
    voucher = one(root, "earsiv:serbestMeslekMakbuz")
    currency = text(voucher, "earsiv:paraBirimi")
    services = each(voucher, "earsiv:malHizmetBilgisi/earsiv:malHizmet")
    shown = table(words, [_row(words, at, service) for at, service in enumerate(services, 1)])
    payable = decimal_in(text(voucher, "earsiv:odenecekTutar"))
    return Sheet(
        kind="freelance",
        language=words.language,
        title=words.label("title_freelance"),
        number=text(voucher, "earsiv:makbuzNo"),
        issued=moment_in(text(voucher, "earsiv:belgeTarihi"), text(voucher, "earsiv:belgeZamani")),
        ettn=text(voucher, "earsiv:ETTN"),
        sides=tuple(_sides(words, root, voucher)),
        facts=(
            *said(words, "receipt_number", text(voucher, "earsiv:makbuzNo")),
            *said(words, "date", words.day(text(voucher, "earsiv:belgeTarihi"))),
            *said(words, "time", text(voucher, "earsiv:belgeZamani")[:5]),
            *said(words, "currency", currency),
            *said(words, "exchange_rate", words.number(text(voucher, "earsiv:kur"))),
        ),
        columns=shown.columns,
        rows=shown.rows,
        totals=tuple(_totals(words, voucher, currency)),
        words="" if payable is None else in_words(payable, currency, "en" if words.language == "en" else "tr"),
        karekod=karekod(root),
    )


def _row(words: Wording, at: int, service: Node) -> Row:
    taxes = each(service, "earsiv:vergiBilgisi/earsiv:vergi")
    return {
        "line": str(at),
        "service": text(service, "earsiv:ad"),
        "other_taxes": "\n".join(" ".join((_label(words, tax), _amount(words, tax))) for tax in taxes),
        "gross_fee": words.number(text(service, "earsiv:burutUcret"), 2),
    }


def _label(words: Wording, tax: Node) -> str:
    rate = words.percent(text(tax, "earsiv:vergiOrani"))
    return f"{words.code('taxes', text(tax, 'earsiv:vergiKodu'))} {rate}".strip()


def _amount(words: Wording, tax: Node) -> str:
    return words.number(text(tax, "earsiv:vergiTutari"), 2)


def _totals(words: Wording, voucher: Node | None, currency: str) -> Iterator[Total]:
    for tax in each(voucher, "earsiv:vergiBilgisi/earsiv:vergi"):
        yield Total(_label(words, tax), words.priced(text(tax, "earsiv:vergiTutari"), currency))
    for tax in each(voucher, "earsiv:vergiBilgisi/earsiv:tevkifat"):
        code = text(tax, "earsiv:tevkifatKodu")
        rate = words.percent(text(tax, "earsiv:tevkifatOrani"))
        label = f"{words.label('withholding')} {rate} ({code} – {words.code('withholdings', code)})"
        yield Total(label, words.priced(text(tax, "earsiv:tevkifatTutari"), currency))
    total = text(voucher, "earsiv:toplamTutar")
    if total:
        yield Total(words.label("gross_total"), words.priced(total, currency))
    payable = text(voucher, "earsiv:odenecekTutar")
    if payable:
        yield Total(words.label("payable"), words.priced(payable, currency), is_main=True)


def _sides(words: Wording, root: Node, voucher: Node | None) -> Iterator[Side]:
    payer = one(root, "earsiv:baslik/earsiv:mukellef")
    yield Side(words.label("freelancer"), "", tuple(_ids(words, payer)))
    buyer = one(voucher, "earsiv:aliciBilgileri")
    firm, person = one(buyer, "earsiv:tuzelKisi"), one(buyer, "earsiv:gercekKisi")
    name = text(firm, "earsiv:unvan") or text(person, "earsiv:adiSoyadi")
    lines = (*_address(words, one(buyer, "earsiv:adres")), *_ids(words, firm), *_ids(words, person))
    if name or lines:
        yield Side(words.label("customer"), name, lines)


def _ids(words: Wording, node: Node | None) -> Iterator[str]:
    for name in ("vkn", "tckn"):
        number = text(node, f"earsiv:{name}")
        if number:
            yield f"{words.label(name)}: {number}"


def _address(words: Wording, address: Node | None) -> Iterator[str]:
    street = " ".join(part for name in _STREET if (part := text(address, f"earsiv:{name}")))
    town = "/".join(part for name in _TOWN if (part := text(address, f"earsiv:{name}")))
    second = " ".join(part for part in (text(address, "earsiv:postaKod"), town) if part)
    yield from (line for line in (street, second) if line)
    office = text(address, "earsiv:vDaire")
    if office:
        yield f"{words.label('tax_office')}: {office}"
