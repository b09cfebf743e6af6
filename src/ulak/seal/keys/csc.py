"""Words of the Cloud Signature Consortium's API (2.0.0.2) that client and host share.

Sources: CSC API v2.0.0.2, 11.1 info, 11.4 credentials/list, 11.5 credentials/info, 11.10 signatures/signHash; OIDs of
RFC 8017 and RFC 5758.
"""

from __future__ import annotations

from typing import Final

from ulak.seal.algorithms import Algorithm, Digest

__all__ = ["BASE", "DIGEST_OIDS", "INFO", "LIST", "PLAIN_RSA", "SERVICE", "SIGNATURE_OIDS", "SIGN_HASH"]

BASE: Final = "/csc/v2"
SERVICE: Final = "/info"
LIST: Final = "/credentials/list"
INFO: Final = "/credentials/info"
SIGN_HASH: Final = "/signatures/signHash"

PLAIN_RSA: Final = "1.2.840.113549.1.1.1"
"""rsaEncryption; the digest's algorithm is then named beside it."""
SIGNATURE_OIDS: Final = {
    Algorithm.RSA_SHA256: "1.2.840.113549.1.1.11",
    Algorithm.RSA_SHA384: "1.2.840.113549.1.1.12",
    Algorithm.RSA_SHA512: "1.2.840.113549.1.1.13",
    Algorithm.ECDSA_SHA256: "1.2.840.10045.4.3.2",
    Algorithm.ECDSA_SHA384: "1.2.840.10045.4.3.3",
    Algorithm.ECDSA_SHA512: "1.2.840.10045.4.3.4",
}
DIGEST_OIDS: Final = {
    Digest.SHA256: "2.16.840.1.101.3.4.2.1",
    Digest.SHA384: "2.16.840.1.101.3.4.2.2",
    Digest.SHA512: "2.16.840.1.101.3.4.2.3",
}
