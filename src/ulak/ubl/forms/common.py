"""What every written document carries: the signature's announcement and the place it goes to."""

from __future__ import annotations

from functools import lru_cache

from ulak.ubl import components as ubl
from ulak.ubl.forms.party import identifier
from ulak.ubl.values import Identifier, KeptContent

__all__ = ["CUSTOMIZATION", "DRAFT", "LATER_CUSTOMIZATION", "UBL_VERSION", "signature"]

UBL_VERSION = "2.1"
CUSTOMIZATION = "TR1.2"
"""Of invoices and application responses (UBL-TR Fatura V1.0, 2.3.3; UBL-TR Uygulama Yanıtı V0.2, 2.3.3)."""
LATER_CUSTOMIZATION = "TR1.2.1"
"""Of the younger documents (UBL-TR İrsaliye V1.2; Müstahsil Makbuzu V1.1, 2.3.3; e-Gider Pusulası V1.0)."""

# The schema wants exactly one element where the signature will stand; sealing replaces it.
DRAFT = ubl.UBLExtensions(
    ubl_extension=(
        ubl.UBLExtension(
            extension_content=ubl.ExtensionContent(kept=(KeptContent('<unsigned xmlns="urn:ulak:draft"/>'),))
        ),
    )
)


def signature(tax_id: str, address: ubl.Address | None, uuid: str) -> tuple[ubl.Signature, ...]:
    """cac:Signature of the one who seals: always VKN_TCKN (rule SignatureCheck); the seal's Id ends with the ETTN."""
    announced, party = _signatory(tax_id, address)
    reference = ubl.ExternalReference(uri=f"#Signature_{uuid}")
    attachment = ubl.Attachment(external_reference=reference)
    return (ubl.Signature(id=announced, signatory_party=party, digital_signature_attachment=attachment),)


@lru_cache(maxsize=256)
def _signatory(tax_id: str, address: ubl.Address | None) -> tuple[Identifier, ubl.Party]:
    ids = (ubl.PartyIdentification(id=identifier(tax_id)),)
    return Identifier(tax_id, "VKN_TCKN"), ubl.Party(party_identification=ids, postal_address=address)
