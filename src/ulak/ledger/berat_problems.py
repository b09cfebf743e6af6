"""What can be wrong with names, berats, reports, inventories and packages: every ``berat.*`` code."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "BeratError", "problem"]

PROBLEMS: Final[dict[str, Problem]] = {
    "berat.name": Problem(
        Text("“{name}” bir e-Defter dosyasının adı değil.", "“{name}” is not the name of a file of e-Defter."),
        Text(
            "VKN ya da TCKN, dönem, tür, altı haneli parça ve varsa dört haneli şube: 1234567808-202601-Y-000000.xml.",
            "VKN or TCKN, month, kind, part of six digits and, if any, branch of four: 1234567808-202601-Y-000000.xml.",
        ),
    ),
    "berat.no-book": Problem(
        Text("Berat yalnız bir defterden üretilir; bu belge {kind}.", "A berat is made from a book; this is {kind}."),
        Text("Mühürlü yevmiye, kebir ya da envanter defterini verin.", "Give the sealed journal, ledger or inventory."),
    ),
    "berat.unsealed": Problem(
        Text("Defter mühürlü değil.", "The book is not sealed."),
        Text(
            "Önce defteri mühürleyin (ulak ledger seal): berat defterin mühür değerini taşır.",
            "Seal the book first (ulak ledger seal): a berat carries the signature value of its book.",
        ),
    ),
    "berat.not-sealed": Problem(
        Text(
            "{file} mühürlü değil; pakete mühürsüz belge girmez.", "{file} is not sealed; packages hold sealed files."
        ),
        Text("Önce mühürleyin (ulak ledger seal).", "Seal it first (ulak ledger seal)."),
    ),
    "berat.changed": Problem(
        Text("{file} mühürlendikten sonra değişmiş: {why}", "{file} was changed after it was sealed: {why}"),
        Text(
            "Mühürlü aslını kullanın; aslı yoksa defteri yeniden oluşturup mühürleyin.",
            "Take the sealed original; without it make and seal the book again.",
        ),
    ),
    "berat.frame": Problem(
        Text("Defterin başında {name} yok ya da birden çok.", "The book has no {name} at its head, or several."),
        Text(
            "Defteri şemaya göre denetleyin (ulak ledger check) ve yeniden üretin.",
            "Check the book by its schema (ulak ledger check) and make it again.",
        ),
    ),
    "berat.other-month": Problem(
        Text(
            "{file}: belge {found} dönemini kapsıyor, beklenen {wanted}.",
            "{file}: the document covers {found}, expected was {wanted}.",
        ),
        Text("Aynı ayın ve aynı şubenin defterlerini verin.", "Give books of one month and one branch."),
    ),
    "berat.missing-file": Problem(
        Text("{package} paketinde {file} olmalı.", "The package {package} must hold {file}."),
        Text("Eksik belgeyi aynı klasöre koyun ya da üretin.", "Put the missing document into the folder, or make it."),
    ),
    "berat.foreign-file": Problem(
        Text("{file} bu pakete girmez: {package}.", "{file} does not belong into this package: {package}."),
        Text(
            "Pakete yalnız aynı adı taşıyan defter ve berat girer.",
            "Only the book and the berat of the same name go into a package.",
        ),
    ),
    "berat.not-approved": Problem(
        Text("{file}: GİB'in onayladığı berat değil.", "{file}: this is no berat approved by GİB."),
        Text("Bir süre sonra yeniden isteyin; yine olursa GİB'e bildirin.", "Ask again later; else tell GİB."),
    ),
    "berat.not-yet": Problem(
        Text(
            "{report} gönderilmedi: GİB şu beratları henüz onaylamadı: {packages}",
            "{report} was not sent: GİB has not approved these berats yet: {packages}",
        ),
        Text(
            "Onaylanınca raporu yeniden gönderin; beklemek için --retry ve --pause verin.",
            "Send the report again once they are; to wait for them give --retry and --pause.",
        ),
    ),
    "berat.seals": Problem(
        Text("{file}: beratın mühürleri geçmedi: {why}", "{file}: the seals of the berat do not hold: {why}"),
        Text("Saklamayın; bir süre sonra yeniden isteyin.", "Do not keep it; ask again later."),
    ),
    "berat.other-book": Problem(
        Text("{file}: berat başka bir defterin.", "{file}: the berat is of another book."),
        Text(
            "Mühür değeri aynı olan defterle beratı bir araya getirin.",
            "Bring together book and berat of the same signature value.",
        ),
    ),
    "berat.there-already": Problem(
        Text("{file} zaten var; üzerine yazılmaz.", "{file} is there already, and is not written over."),
        Text(
            "Başka bir klasör verin; o defter gönderildiyse yenisi oluşturulmaz.",
            "Name another folder; if that book was sent, no new one is made.",
        ),
    ),
    "berat.zip": Problem(
        Text("Paket açılamıyor: {detail}.", "The package cannot be opened: {detail}."),
        Text(
            "Paketi kaynağından yeniden alın; GİB'in paketlerinde yalnız bir ya da iki XML vardır.",
            "Fetch the package again; GİB's packages hold one XML or two.",
        ),
    ),
    "berat.no-balances": Problem(
        Text("Ayın büyük defterinde hesap yok; defter raporu boş olamaz.", "The month's ledger has no account."),
        Text("Ayın bütün büyük defter parçalarını verin.", "Give all parts of the month's general ledger."),
    ),
    "berat.amount": Problem(
        Text("{place}: “{value}” tutarı yazılamaz.", "{place}: the amount “{value}” cannot be written."),
        Text(
            "Sıfırdan küçük olmayan, en çok iki kuruş haneli bir tutar verin.",
            "Give an amount that is not below zero, with at most two decimal places.",
        ),
    ),
    "berat.inventory-empty": Problem(
        Text("Envanterde kayıt yok.", "The inventory has no entries."),
        Text("En az bir envanter kalemi girin.", "Enter at least one item of inventory."),
    ),
    "berat.inventory-field": Problem(
        Text("{place}: {name} alanı eksik ya da yanlış: “{value}”", "{place}: {name} is missing or wrong: “{value}”"),
        Text(
            "Sütunları docs/ledger-books.md sayfasındaki gibi doldurun.",
            "Fill in the columns as docs/ledger-books.md has them.",
        ),
    ),
}


class BeratError(UlakError):
    """A berat, report, inventory or package cannot be made as wished."""


def problem(code: str, /, *, where: str = "", **facts: object) -> BeratError:
    """The error of a code."""
    return error_of(BeratError, PROBLEMS, code, where=where, line=None, **facts)
