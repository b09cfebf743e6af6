"""Names of XML Signature, XAdES and WS-Security that seals are made of."""

from __future__ import annotations

from typing import Final

__all__ = [
    "C14N",
    "C14N_COMMENTS",
    "DS",
    "DS11",
    "EC",
    "ENVELOPED",
    "EXC_C14N",
    "EXC_C14N_COMMENTS",
    "PREFIXES",
    "SIGNED_PROPERTIES",
    "XADES",
    "XADES141",
    "ds",
    "local",
    "xades",
    "xades141",
]

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
DS11: Final = "http://www.w3.org/2009/xmldsig11#"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
XADES141: Final = "http://uri.etsi.org/01903/v1.4.1#"
EC: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"

ENVELOPED: Final = DS + "enveloped-signature"
C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N_COMMENTS: Final = C14N + "#WithComments"
EXC_C14N: Final = EC
EXC_C14N_COMMENTS: Final = EC + "WithComments"
SIGNED_PROPERTIES: Final = "http://uri.etsi.org/01903#SignedProperties"
"""The ``Type`` of the reference to SignedProperties, whatever the version of XAdES (ETSI TS 101 903, 6.3.1)."""

PREFIXES: Final = {"ds": DS, "ds11": DS11, "xades": XADES, "xades141": XADES141}


def local(name: str) -> str:
    """The local part of a Clark name.

    >>> local("{urn:x}a")
    'a'
    """
    return name.rpartition("}")[2]


def ds(local: str) -> str:
    """The Clark name of an element of XML Signature.

    >>> ds("Signature")
    '{http://www.w3.org/2000/09/xmldsig#}Signature'
    """
    return f"{{{DS}}}{local}"


def xades(local: str) -> str:
    """The Clark name of an element of XAdES 1.3.2."""
    return f"{{{XADES}}}{local}"


def xades141(local: str) -> str:
    """The Clark name of an element that XAdES 1.4.1 added."""
    return f"{{{XADES141}}}{local}"
