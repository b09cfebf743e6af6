"""Documents to be sealed, one of each kind, for the tests of seals."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final, cast

from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json

__all__ = ["KINDS", "account", "document", "example"]

_EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_OF_UBL: Final = {
    "Invoice": "invoice/temelfatura-satis",
    "CreditNote": "producer_receipt/earsivbelge-mustahsilmakbuz",
    "DespatchAdvice": "despatch_advice/temelirsaliye-sevk",
    "ReceiptAdvice": "receipt_advice/temelirsaliye-sevk",
    "ApplicationResponse": "application_response/ticarifatura-red",
}
KINDS: Final = (
    *_OF_UBL,
    "ProcessUserAccount",
    "CancelUserAccount",
    "eArsivRaporu",
    "defter",
    "berat",
    "defterraporu",
)
"""What can be sealed, by the name of the root."""


@cache
def example(name: str) -> bytes:
    """A document of the examples, as Ulak writes it."""
    form = json.loads((_EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return write_document(cast(Document, from_json(form)))


@cache
def document(kind: str) -> bytes:
    """An unsealed document of one of `KINDS`."""
    if kind in _OF_UBL:
        return example(_OF_UBL[kind])
    if kind.endswith("UserAccount"):
        return account(kind)
    return _report() if kind == "eArsivRaporu" else _book(kind)


def account(root: str) -> bytes:
    """A user-account message of integrator 8642031054 for taxpayer 4812530769 (hr-xml 3, OAGIS 9)."""
    verb = "Process" if root == "ProcessUserAccount" else "Cancel"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.hr-xml.org/3"'
        ' xmlns:oa="http://www.openapplications.org/oagis/9" releaseID="1.0">'
        "<oa:ApplicationArea><oa:Sender><oa:LogicalID>8642031054</oa:LogicalID></oa:Sender><oa:Receiver/>"
        "<oa:CreationDateTime>2026-11-02T09:30:00</oa:CreationDateTime><oa:Signature/></oa:ApplicationArea>"
        f"<DataArea><oa:{verb}/><UserAccount><UserID>4812530769</UserID>"
        "<PersonName><FormattedName>Ardıç Ticaret A.Ş.</FormattedName></PersonName>"
        "<UserRole><RoleCode>GB</RoleCode></UserRole><AuthorizedWorkScope>"
        "<WorkScopeCode>urn:mail:defaultgb@ardic.example</WorkScopeCode></AuthorizedWorkScope>"
        "<AccountConfiguration><UserOptionCode>2</UserOptionCode></AccountConfiguration></UserAccount>"
        f"</DataArea></{root}>\n"
    ).encode()


def _report() -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<earsiv:eArsivRaporu xmlns:earsiv="http://earsiv.efatura.gov.tr">'
        b"<earsiv:baslik><earsiv:versiyon>1.0</earsiv:versiyon><earsiv:mukellef><earsiv:vkn>4812530769</earsiv:vkn>"
        b"</earsiv:mukellef><earsiv:hazirlayan><earsiv:vkn>4812530769</earsiv:vkn></earsiv:hazirlayan>"
        b"<earsiv:raporNo>6f1c7c0e-60d1-4f5e-9a49-3c8f5a8e1c11</earsiv:raporNo>"
        b"<earsiv:donemBaslangicTarihi>2026-11-01</earsiv:donemBaslangicTarihi>"
        b"<earsiv:donemBitisTarihi>2026-11-30</earsiv:donemBitisTarihi>"
        b"<earsiv:bolumBaslangicTarihi>2026-11-02</earsiv:bolumBaslangicTarihi>"
        b"<earsiv:bolumBitisTarihi>2026-11-02</earsiv:bolumBitisTarihi><earsiv:bolumNo>2</earsiv:bolumNo>"
        b"</earsiv:baslik><earsiv:faturaIptal><earsiv:faturaNo>ARD2026000000009</earsiv:faturaNo>"
        b"<earsiv:iptalTarihi>2026-11-02</earsiv:iptalTarihi><earsiv:toplamTutar>10.00</earsiv:toplamTutar>"
        b"</earsiv:faturaIptal></earsiv:eArsivRaporu>\n"
    )


def _book(kind: str) -> bytes:
    """An e-Defter root with the least around it; a berat carries the signature value of its book."""
    value = "<ds:SignatureValue>YmVyYXQ=</ds:SignatureValue>" if kind == "berat" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="yevmiye.xslt"?>'
        f'<edefter:{kind} xmlns:edefter="http://www.edefter.gov.tr" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
        ' xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">\n\t<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance">'
        '<xbrli:context id="journal_context"><xbrli:entity>'
        '<xbrli:identifier scheme="http://www.gib.gov.tr">4812530769</xbrli:identifier></xbrli:entity>'
        "<xbrli:period><xbrli:instant>2026-11-30</xbrli:instant></xbrli:period></xbrli:context>"
        f"</xbrli:xbrl>{value}\n</edefter:{kind}>\n"
    ).encode()
