"""Names of SOAP, WS-Security and XOP.

Sources: WS-Security: SOAP Message Security 1.0 and 1.1, X.509 Certificate Token Profile 1.0 and 1.1 (OASIS); SOAP 1.1
and 1.2, XOP (W3C).
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BASE64",
    "PKI_PATH",
    "SOAP11",
    "SOAP12",
    "WSSE",
    "WSSE11",
    "WSU",
    "WSU_ID",
    "X509V3",
    "XOP_INCLUDE",
    "wsse",
    "wsu",
]

SOAP11: Final = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12: Final = "http://www.w3.org/2003/05/soap-envelope"
_WSS: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE: Final = _WSS + "wssecurity-secext-1.0.xsd"
WSU: Final = _WSS + "wssecurity-utility-1.0.xsd"
WSSE11: Final = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"

BASE64: Final = _WSS + "soap-message-security-1.0#Base64Binary"
X509V3: Final = _WSS + "x509-token-profile-1.0#X509v3"
PKI_PATH: Final = _WSS + "x509-token-profile-1.0#X509PKIPathv1"

WSU_ID: Final = f"{{{WSU}}}Id"
XOP_INCLUDE: Final = "{http://www.w3.org/2004/08/xop/include}Include"


def wsse(local: str) -> str:
    """The Clark name of an element of WS-Security 1.0."""
    return f"{{{WSSE}}}{local}"


def wsu(local: str) -> str:
    """The Clark name of an element of the WS-Security utility schema.

    >>> wsu("Timestamp").rpartition("}")[2]
    'Timestamp'
    """
    return f"{{{WSU}}}{local}"
