"""Other implementations asked about seals, for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from seal_pki import TestKey

__all__ = ["FIRST", "SECOND", "holds"]

FIRST: Final = "/descendant::*[local-name()='Signature' and namespace-uri()='http://www.w3.org/2000/09/xmldsig#'][1]"
SECOND: Final = "/descendant::*[local-name()='CounterSignature'][1]/*[1]"


def holds(folder: Path, data: bytes, node: str, by: TestKey) -> bool:
    """Whether xmlsec1 finds the signature at ``node`` to be by the key."""
    (folder / "sealed.xml").write_bytes(data)
    ids = ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"]
    ids += ["--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:SignatureValue", "--node-xpath", node]
    # Without this xmlsec1 would take the key that the signature itself holds.
    ids += ["--enabled-key-data", "key-name"]
    command = ["xmlsec1", "--verify", "--pubkey-cert-pem", str(by.certificate_pem), *ids, str(folder / "sealed.xml")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
