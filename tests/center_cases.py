"""Envelopes for Merkez to judge: one of every kind that it takes, and bad ones, each wrong in one thing.

What is wrong with an envelope as such stands in `envelope_cases`. ``python tests/center_cases.py FOLDER`` writes all
of these out, to be thrown at any other program.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from center_account_cases import BAD_ACCOUNTS, GOOD_ACCOUNTS, without_despatch
from center_envelopes import (
    ANSWER,
    BACK,
    CUSTOMS_ANSWER,
    CUSTOMS_GB,
    DEAL,
    DESPATCH,
    ETTN,
    EXPORT,
    EXPORTS,
    IDIS,
    NOTICE,
    OPEN_PAIR,
    OTHER,
    PASSENGERS,
    PRODUCER,
    RECEIPT,
    REFUSAL,
    SALE,
    STAMP,
    TOURIST,
    Case,
    account,
    accounts,
    answers,
    despatches,
    header,
    invoices,
    notices,
    receipts,
    sealed,
    swapped,
    system,
)
from center_registry import ARDIC_GB, ARDIC_PK, MELTEM_GB, MELTEM_PK, Book
from seal_documents import example
from seal_pki import KNOWN_KEY, NOW, key
from ulak.envelope import (
    GIB,
    Action,
    ElementType,
    Envelope,
    EnvelopeType,
    Group,
    Header,
    Packed,
    Party,
    Role,
    pack,
)
from ulak_center.values import CUSTOMS, Use

__all__ = ["BAD", "GOOD", "Case"]


def _good() -> Iterator[Case]:
    def good(why: str, packed: Packed, prepare: Callable[[Book], None] = lambda book: None) -> Case:
        return Case(why, 1200, "", packed, prepare)

    yield good("invoice", invoices(sealed(SALE)))
    yield good("invoices", invoices(sealed(SALE), sealed(DEAL)))
    yield good("invoice-sealed-by-integrator", invoices(sealed(SALE, "integrator")))
    yield good("invoices-in-two-lists", pack(_lists(sealed(SALE), sealed(DEAL))))
    yield good("export", invoices(sealed(EXPORT), outside=header(receiver=EXPORTS)))
    yield good("passenger", invoices(sealed(TOURIST), outside=header(receiver=PASSENGERS)))
    yield good("idis", invoices(sealed(IDIS)))
    yield good("despatch", despatches(sealed(DESPATCH)))
    yield good("notice", notices(sealed(NOTICE)))
    yield good("receipt", receipts(sealed(RECEIPT, "meltem")))
    yield good("answer", answers(sealed(ANSWER, "meltem")))
    yield good("answers", answers(sealed(ANSWER, "meltem"), sealed(REFUSAL, "integrator")))
    customs = header(CUSTOMS_GB, ARDIC_GB, EnvelopeType.POSTBOX)
    yield good("answer-of-customs-unsealed", answers(example(CUSTOMS_ANSWER), outside=customs), _customs_answers)
    yield good("stamp-of-customs-unsealed", answers(example(STAMP), outside=customs), _customs_answers)
    yield good("system-response", system(header()))
    yield good("system-response-from-gib", system(header(), sender=GIB))
    yield good("system-response-to-gib", system(header(GIB, MELTEM_PK)))


def _lists(*documents: bytes) -> Envelope:
    return Envelope(header(), tuple(Group(ElementType.INVOICE, [document]) for document in documents))


def _customs_answers(book: Book) -> None:
    book.enter(CUSTOMS_GB, Role.PK, Use.INVOICE, operator="")


# -- bad ones ---------------------------------------------------------------------------------------------------------


def _rules() -> Iterator[Case]:
    wrong = {
        "number-too-short": invoices(swapped(SALE, "ARD2026000000001", "ARD2026001")),
        "profile-unknown": invoices(swapped(SALE, "TEMELFATURA", "BASITFATURA")),
        "type-unknown": invoices(swapped(SALE, ">SATIS<", ">SATILIK<")),
        "ettn-no-uuid": invoices(sealed(SALE).replace(ETTN, ETTN[:-1])),
        "issued-tomorrow": invoices(swapped(SALE, "2026-11-02", "2026-11-23")),
        "currency-unknown": invoices(swapped(SALE, "TRY", "TRL")),
        "second-of-two": invoices(sealed(DEAL), swapped(SALE, "TEMELFATURA", "BASITFATURA")),
        "e-archive-profile": invoices(sealed("invoice/earsivfatura-satis")),
        "sender-is-not-the-supplier": invoices(sealed(SALE), outside=header(MELTEM_GB, ARDIC_PK)),
        "receiver-is-not-the-customer": invoices(sealed(SALE), outside=header(receiver=ARDIC_PK)),
        "one-of-two-to-another": invoices(sealed(DEAL), swapped(SALE, "7359021640", "4812530769")),
        "sale-to-exports": invoices(swapped(SALE, "7359021640", CUSTOMS), outside=header(receiver=EXPORTS)),
        "export-to-passengers": invoices(sealed(EXPORT), outside=header(receiver=PASSENGERS)),
        "passenger-to-exports": invoices(sealed(TOURIST), outside=header(receiver=EXPORTS)),
        "idis-beside-a-sale": invoices(sealed(IDIS), sealed(SALE)),
        "despatch-sender": despatches(sealed(DESPATCH), sender=MELTEM_GB),
        "despatch-receiver": despatches(sealed(DESPATCH), receiver=ARDIC_PK),
        "despatch-without-driver": despatches(swapped(DESPATCH, "TEMELIRSALIYE", "BASITIRSALIYE")),
        "answer-sender": answers(sealed(ANSWER, "meltem"), outside=BACK._replace(sender=ARDIC_PK)),
        "answer-receiver": answers(sealed(ANSWER, "meltem"), outside=BACK._replace(receiver=MELTEM_GB)),
        "answer-of-another-word": answers(swapped(ANSWER, ">KABUL<", ">BELKI<", "meltem")),
    }
    for why, found in wrong.items():
        yield Case(why, 1150, "judge.schematron", found)
    wrong_accounts = {"unsealed": account(by=""), "closed-unsealed": account(Action.CLOSE, units=OPEN_PAIR, by="")}
    for why, document in wrong_accounts.items():
        yield Case(f"account-{why}", 1150, "judge.schematron", accounts(document))
    # Where the Schematron is silent, Merkez looks itself.
    yield Case("receipt-sender", 1150, "judge.other-sender", receipts(sealed(RECEIPT, "meltem"), outside=_mine()))
    yours = BACK._replace(receiver=MELTEM_GB)
    yield Case("receipt-receiver", 1150, "judge.other-receiver", receipts(sealed(RECEIPT, "meltem"), outside=yours))
    yield Case("notice-sender", 1150, "judge.other-sender", notices(sealed(NOTICE), sender=MELTEM_GB))
    yield Case("notice-receiver", 1150, "judge.other-receiver", notices(sealed(NOTICE), receiver=MELTEM_PK))
    yield Case("producer-receipt", 1150, "judge.not-a-notice", notices(sealed(PRODUCER)))
    broken = {
        "element-missing": invoices(swapped(SALE, "<cbc:CopyIndicator>false</cbc:CopyIndicator>", "<!-- -->")),
        "element-unknown": invoices(swapped(SALE, "<cbc:CopyIndicator>", "<cbc:Copies/><cbc:CopyIndicator>")),
        "amount-of-words": invoices(
            swapped(SALE, '<cbc:PayableAmount currencyID="TRY">', '<cbc:PayableAmount currencyID="TRY">on')
        ),
        "wrong-namespace-inside": invoices(
            swapped(SALE, "</cac:AccountingSupplierParty>", "<x/></cac:AccountingSupplierParty>")
        ),
        "schema-before-schematron": invoices(
            swapped(SALE, "TEMELFATURA", "BASITFATURA"), swapped(DEAL, ">false<", ">belki<")
        ),
        "despatch-without-time": despatches(swapped(DESPATCH, "<cbc:IssueDate>2026-11-02", "<cbc:IssueDate>dün")),
        "answer-in-disorder": answers(swapped(ANSWER, "<cbc:UUID>", "<cbc:Note/><cbc:UUID>", "meltem")),
        "notice-without-line": notices(swapped(NOTICE, "CreditNoteLine", "CreditLine")),
        "account-without-name": accounts(account().replace(b"UserID>", b"UserNo>")),
    }
    for why, found in broken.items():
        yield Case(why, 1160, "judge.schema", found)


def _mine() -> Header:
    return BACK._replace(sender=ARDIC_PK)


def _seals() -> Iterator[Case]:
    yield Case("invoice-unsealed", 1161, "judge.no-seal", invoices(example(SALE)))
    yield Case("answer-unsealed", 1161, "judge.no-seal", answers(example(ANSWER)))
    yield Case("despatch-unsealed", 1161, "judge.no-seal", despatches(example(DESPATCH)))
    yield Case("receipt-unsealed", 1161, "judge.no-seal", receipts(example(RECEIPT)))
    yield Case("notice-unsealed", 1161, "judge.no-seal", notices(example(NOTICE)))
    own = KNOWN_KEY.certificate.base64
    nameless = key("no-tax-id").certificate.base64
    yield Case("signer-without-number", 1161, "judge.no-signer", invoices(swapped(SALE, own, nameless)))
    yield Case("certificate-cut-short", 1161, "judge.no-signer", invoices(swapped(SALE, own, own[:400])))
    yield Case("signer-is-a-stranger", 1176, "judge.signer", invoices(sealed(SALE, "meltem")))
    yield Case("answer-by-a-stranger", 1176, "judge.signer", answers(sealed(ANSWER)))

    def other(book: Book) -> None:
        book.units = [unit._replace(operator=OTHER) for unit in book.units]

    yield Case("signer-is-another-integrator", 1176, "judge.signer", invoices(sealed(SALE, "integrator")), other)
    broken = _broken("operators")
    yield Case(
        "signers-not-to-be-looked-up", 1175, "judge.signer-unknown", invoices(sealed(SALE, "integrator")), broken
    )


def _filed() -> Iterator[Case]:
    def filed(element: ElementType, ettn: str, number: str, sender: str) -> Callable[[Book], None]:
        return lambda book: book.filed.update({(element, ettn, number, sender): "an-earlier-envelope"})

    again = filed(ElementType.INVOICE, ETTN.decode(), "", "")
    yield Case("invoice-filed", 1163, "judge.invoice-filed", invoices(sealed(SALE)), again)
    capitals = sealed(SALE).replace(ETTN, ETTN.upper())
    yield Case("invoice-filed-in-small-letters", 1163, "judge.invoice-filed", invoices(capitals), again)
    same = filed(ElementType.INVOICE, "", "ARD2026000000001", "4812530769")
    yield Case("invoice-number-filed", 1163, "judge.invoice-filed", invoices(sealed(SALE)), same)
    renumbered = sealed(SALE).replace(ETTN, b"a" * 8 + ETTN[8:])
    yield Case("invoice-number-twice", 1163, "judge.invoice-twice", invoices(sealed(SALE), renumbered))
    other = swapped(DEAL, "264f632b-a91d-5d3e-bdc8-bb409bf587b5", ETTN.decode().upper())
    yield Case("invoice-ettn-twice", 1163, "judge.invoice-twice", invoices(sealed(SALE), other))
    same = filed(ElementType.DESPATCH_ADVICE, "", "ARD2026000000079", "4812530769")
    yield Case("despatch-filed", 1164, "judge.document-filed", despatches(sealed(DESPATCH)), same)
    same = filed(ElementType.APPLICATION_RESPONSE, "5ea0d4d5-d166-5d66-99cf-41dc57242f50", "", "")
    yield Case("answer-filed", 1164, "judge.document-filed", answers(sealed(ANSWER, "meltem")), same)
    twice = sealed(DESPATCH).replace(b"0651fd62", b"1651fd62")
    yield Case("despatch-number-twice", 1164, "judge.document-twice", despatches(sealed(DESPATCH), twice))


def _authority() -> Iterator[Case]:
    invoice, despatch = invoices(sealed(SALE)), despatches(sealed(DESPATCH))
    answer, receipt = answers(sealed(ANSWER, "meltem")), receipts(sealed(RECEIPT, "meltem"))
    unit, mailbox = "judge.unit", "judge.mailbox"
    yield Case("sender-closed", 1171, unit, invoice, _closed(ARDIC_GB))
    yield Case("sender-never-opened", 1171, unit, invoice, _gone(ARDIC_GB))
    yield Case("sender-is-a-mailbox", 1171, unit, invoices(sealed(SALE), outside=header(ARDIC_PK)))
    yield Case("sender-without-despatches", 1171, unit, despatch, without_despatch)
    yield Case("answer-to-a-closed-unit", 1171, unit, answer, _closed(ARDIC_GB))
    yield Case(
        "answer-to-a-mailbox", 1171, unit, answers(sealed(ANSWER, "meltem"), outside=BACK._replace(receiver=ARDIC_PK))
    )
    yield Case("receipt-to-a-unit-of-invoices", 1171, unit, receipt, _invoices_only(ARDIC_GB))
    yield Case("receiver-closed", 1172, mailbox, invoice, _closed(MELTEM_PK))
    yield Case("receiver-is-a-unit", 1172, mailbox, invoices(sealed(SALE), outside=header(receiver=MELTEM_GB)))
    yield Case("receiver-without-despatches", 1172, mailbox, despatch, _invoices_only(MELTEM_PK))
    yield Case("answer-from-a-closed-mailbox", 1172, mailbox, answer, _closed(MELTEM_PK))
    yield Case(
        "answer-from-a-unit", 1172, mailbox, answers(sealed(ANSWER, "meltem"), outside=BACK._replace(sender=MELTEM_GB))
    )
    notice = notices(sealed(NOTICE), receiver=EXPORTS)
    yield Case("notice-to-exports", 1172, "judge.notice-mailbox", notice)
    yield Case("accounts-of-no-integrator", 1171, "judge.not-integrator", accounts(account()), _no_integrator)
    stranger = system(header(receiver=Party("urn:mail:nobody@meltem.example", "7359021640")))
    yield Case("system-response-of-nobody", 1171, "judge.unknown-sender", stranger)
    yield Case("authority-not-to-be-looked-up", 1170, "judge.authority-unknown", invoice, _broken("unit"))


def _addresses() -> Iterator[Case]:
    away = "judge.no-address"
    nowhere = header(receiver=MELTEM_PK._replace(alias="urn:mail:nobody@meltem.example"))
    yield Case("receiver-unknown", 1181, away, invoices(sealed(SALE), outside=nowhere))
    yield Case(
        "alias-of-another",
        1181,
        away,
        invoices(sealed(SALE), outside=header(receiver=MELTEM_PK._replace(alias=ARDIC_PK.alias))),
    )
    unknown = BACK._replace(receiver=ARDIC_GB._replace(alias="urn:mail:nobody@ardic.example"))
    yield Case("answer-to-nobody", 1181, away, answers(sealed(ANSWER, "meltem"), outside=unknown))
    yield Case(
        "export-to-nobody",
        1181,
        away,
        invoices(sealed(EXPORT), outside=header(receiver=EXPORTS._replace(alias="urn:mail:pk@gtb.gov.tr"))),
    )
    lost = system(header(sender=ARDIC_GB._replace(alias="urn:mail:nobody@ardic.example")))
    yield Case("system-response-to-nobody", 1181, away, lost)
    yield Case(
        "address-not-to-be-looked-up", 1180, "judge.address-unknown", invoices(sealed(SALE)), _broken("has_address")
    )


def _gone(party: Party) -> Callable[[Book], None]:
    def prepare(book: Book) -> None:
        book.units = [unit for unit in book.units if unit.alias != party.alias]

    return prepare


def _closed(party: Party) -> Callable[[Book], None]:
    def prepare(book: Book) -> None:
        book.units = [unit._replace(deleted=NOW) if unit.alias == party.alias else unit for unit in book.units]

    return prepare


def _invoices_only(party: Party) -> Callable[[Book], None]:
    def prepare(book: Book) -> None:
        book.units = [unit for unit in book.units if unit.alias != party.alias or unit.use is Use.INVOICE]

    return prepare


def _broken(question: str) -> Callable[[Book], None]:
    def prepare(book: Book) -> None:
        book.broken = question

    return prepare


def _no_integrator(book: Book) -> None:
    book.integrators.clear()


GOOD: Final = (*_good(), *GOOD_ACCOUNTS)
BAD: Final = (*_rules(), *_seals(), *_filed(), *_authority(), *_addresses(), *BAD_ACCOUNTS)

if __name__ == "__main__":
    for case in (*GOOD, *BAD):
        place = Path(sys.argv[1]) / f"{case.status}-{case.why}"
        place.mkdir(parents=True, exist_ok=True)
        (place / case.packed.name).write_bytes(case.packed.data)
