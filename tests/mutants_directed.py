"""Documents made to fail one rule each: those rules that no single random change reaches.

Together with `mutants.sweep` they make every assertion of the default pack fail somewhere, but for `CANNOT_FAIL`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mutants import Mutant
from mutants_invoices import invoice
from mutants_parts import BUYER, SELLER
from mutants_seeds import credit_note, despatch, envelope, receipt, response, seeds, user_account

__all__ = ["CANNOT_FAIL", "directed"]

CANNOT_FAIL: Final = {
    "document/namespaceCheck-1": "its context is sh:StandardBusinessDocument, which is never named Invoice",
    "invoice/decimalCheck-1": "the pattern names the context inv:Invoice/cac:TaxTotal/cbc:TaxAmount twice, and a node "
    "obeys the first rule that matches it",
}
"""Pattern and printed id → why no document can break the assertion."""


def directed() -> Iterator[Mutant]:
    for name, text in seeds().items():
        yield Mutant(name, text.encode())
    for maker in (_parties, _packed_parties, _invoices, _envelopes, _accounts, _despatches):
        for index, text in enumerate(maker()):
            yield Mutant(f"{maker.__name__.strip('_')} {index}", text.encode())


def _change(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        if old not in text:
            raise ValueError(f"{old} is not in the document")
        text = text.replace(old, new)
    return text


_VKN: Final = re.compile(r'schemeID="VKN">(\d{10})<')
_PERSON: Final = re.compile(r"<cac:Person>.*?</cac:Person>")
_FIRST: Final = re.compile(r"<cbc:FirstName>[^<]*</cbc:FirstName>")
_NAME: Final = re.compile(r"<cac:PartyName>.*?</cac:PartyName>")
_IDENTIFIED: Final = re.compile(r'<cac:PartyIdentification><cbc:ID schemeID="VKN">.*?</cac:PartyIdentification>')


def _parties() -> Iterator[str]:
    """Every party of every document: a person, without a name, twice identified, with a number of the wrong length."""
    answers = [response(code) for code in ("KABUL", "S_APR")]
    for text in (invoice(), *answers, despatch(), receipt()):
        persons = _VKN.sub(r'schemeID="TCKN">\g<1>1<', text)
        yield persons
        yield _VKN.sub(r'schemeID="TCKN">\1<', text)
        yield _VKN.sub(r'schemeID="VKN">\g<1>1<', text)
        yield _PERSON.sub("", persons)
        yield _FIRST.sub("<cbc:FirstName> </cbc:FirstName>", persons)
        yield _NAME.sub("", text)
        yield _NAME.sub("<cac:PartyName/>", text)
        yield _IDENTIFIED.sub(lambda match: match[0] + match[0].replace("VKN", "TCKN"), text)


def _packed_parties() -> Iterator[str]:
    """Envelopes between others than the documents they hold."""
    posted = "POSTBOXENVELOPE", "APPLICATIONRESPONSE"
    sent = "SENDERENVELOPE", "INVOICE"
    for packed in (
        envelope(*sent, invoice()),
        envelope("SENDERENVELOPE", "DESPATCHADVICE", despatch()),
        envelope(*posted, response()),
        envelope(*posted, response("S_APR")),
    ):
        for text in (packed, _VKN.sub(r'schemeID="TCKN">\g<1>1<', packed)):
            yield re.sub("<sh:Contact>[0-9]*</sh:Contact>", "<sh:Contact>5555555555</sh:Contact>", text)
            yield re.sub("<sh:Contact>[0-9]*</sh:Contact>", "<sh:Contact>3900892152</sh:Contact>", text)


def _invoices() -> Iterator[str]:
    plain, foreign = invoice(), invoice("TICARIFATURA", currency="EUR")
    for name in ("TaxCurrencyCode", "PricingCurrencyCode", "PaymentCurrencyCode", "PaymentAlternativeCurrencyCode"):
        yield _change(plain, ("</cbc:DocumentCurrencyCode>", f"</cbc:DocumentCurrencyCode><cbc:{name}>X</cbc:{name}>"))
    yield _change(foreign, ("51.2345", "51,2"))
    yield _change(
        foreign, ("<cbc:SourceCurrencyCode>EUR</cbc:SourceCurrencyCode>", "<cbc:CurrencyCode>X</cbc:CurrencyCode>")
    )
    yield _change(plain, ("UBL-Invoice-2.1.xsd", "Invoice.xsd"))
    yield _change(response(), ("UBL-ApplicationResponse-2.1.xsd", "Response.xsd"))
    yield _change(plain, (">0015<", ">4171<"))
    yield _change(plain, (' unitCode="C62"', ""))
    yield _change(plain, ("2026-01-15", "2026-06-16"))
    yield _change(plain, ("2026-01-15", "2004-12-31"))
    yield _change(plain, ("<cbc:Note>", "<cbc:ChannelCode>X</cbc:ChannelCode><cbc:Note>"))
    special = invoice("OZELFATURA")
    for code in ("FOB", "<cbc:TransportModeCode>1", "<cbc:PackagingTypeCode>CT"):
        yield _change(special, (code, f"{code}X"))
    yield _change(plain, (f">{BUYER}<", ">1460415308<"))
    yield from _exemptions()


def _exemptions() -> Iterator[str]:
    exempt = invoice("TEMELFATURA", "ISTISNA")
    yield _change(exempt, (">350<", ">555<"))
    yield _change(exempt, (">350<", ">555<"), (">ISTISNA<", ">SATIS<"))
    yield _change(exempt, (">350<", ">801<"))
    invested = invoice("YATIRIMTESVIK", "ISTISNA")
    yield _change(invested, ("<cbc:ItemClassificationCode>01<", "<cbc:ItemClassificationCode>02<"))
    returned = invoice("YATIRIMTESVIK", "IADE")
    yield _change(returned, ("<cbc:ItemClassificationCode>01<", "<cbc:ItemClassificationCode>03<"), (">20.00<", ">0<"))


def _envelopes() -> Iterator[str]:
    sent = "SENDERENVELOPE", "INVOICE"
    plain = envelope(*sent, invoice())
    yield _change(plain, ("PackageProxy_1_2.xsd", "Package.xsd"))
    for kind in ("SENDER", "POSTBOX", "SYSTEM", "USER"):
        yield envelope(f"{kind}ENVELOPE", "X", credit_note())
        yield envelope(f"{kind}ENVELOPE", "APPLICATIONRESPONSE", response("S_APR"))
        yield envelope(f"{kind}ENVELOPE", "APPLICATIONRESPONSE", _change(response("S_APR"), (">1200<", ">X<")))
    element = re.compile("<Elements>.*</Elements>", re.DOTALL)
    yield element.sub(lambda match: match[0] * 11, envelope("SENDERENVELOPE", "CREDITNOTE", credit_note()))
    yield envelope(*sent, *[f'<x:Invoice xmlns:x="{_INVOICE}"/>'] * 101)
    yield _change(plain, ("<ElementCount>1<", "<ElementCount>1001<"))
    for name in ("INVOICE", "APPLICATIONRESPONSE", "PROCESSUSERACCOUNT", "CANCELUSERACCOUNT"):
        yield envelope("SENDERENVELOPE", name, credit_note())
    for alias in ("urn:mail:yolcuberaberpk@gtb.gov.tr", "urn:mail:ihracatpk@gtb.gov.tr"):
        yield envelope(*sent, invoice(), receiver=alias)
    yield envelope("USERENVELOPE", "PROCESSUSERACCOUNT", user_account())


_INVOICE: Final = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
_ROLE: Final = re.compile("<hr:UserRole>.*</hr:AuthorizedWorkScope>", re.DOTALL)
_SCOPE: Final = re.compile("<hr:WorkScopeCode>.*?</hr:WorkScopeCode>")


def _accounts() -> Iterator[str]:
    """Every service's own demands, of opening and of closing an account."""
    for name, text in seeds().items():
        if "Process" not in name and "Cancel" not in name:
            continue
        yield re.sub("<hr:UserOptionCode>.*?<", "<hr:UserOptionCode>999<", text)
        yield re.sub("<hr:UserOptionCode>.*?</hr:UserOptionCode>", "", text)
        yield _ROLE.sub("", text)
        yield re.sub("(<hr:UserAccount>.*</hr:UserAccount>)", r"\1\1", text)
    for action in ("Process", "Cancel"):
        text = user_account(action)
        for scope in ("", "usergb", "archive", f"urn:mail:{'a' * 250}", "defaultgb@deneme.com.tr"):
            yield _SCOPE.sub(f"<hr:WorkScopeCode>{scope}</hr:WorkScopeCode>", text)
        person = _change(text, (f"<hr:UserID>{SELLER}", f"<hr:UserID>{SELLER}1"))
        yield _change(person, ("<oa:GivenName>Ayşe</oa:GivenName>", ""))
        yield _change(
            text, ("<hr:FormattedName>Deneme A.Ş.</hr:FormattedName>", "<hr:FormattedName> </hr:FormattedName>")
        )


def _despatches() -> Iterator[str]:
    text = despatch()
    for scheme, number in (("PLAKA", "35-ABC-12"), ("YABANCIPLAKA", "b ab 1"), ("PLAKALAR", "35ABC12")):
        yield _change(text, ('schemeID="PLAKA">35ABC12', f'schemeID="{scheme}">{number}'))
    for scheme, number in (("DORSE", "x"), ("YABANCIDORSE", "b ab 1"), ("PLAKA", "35DE123")):
        yield _change(text, ('schemeID="DORSEPLAKA">35DE123', f'schemeID="{scheme}">{number}'))
