"""The plan's own eyes: documents looked at as GİB's e-Fatura Görüntüleyici does, independently of the candidate.

The Görüntüleyici verifies and displays. Here schemas, Schematron and seal are judged by Ulak's library, and the seal's
digests and signature once more by ``xmlsec1`` where that program is installed: a judge that shares no code with Ulak.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import textwrap
from pathlib import Path
from typing import Final

from ulak.errors import Text, UlakError
from ulak.ubl import read_document
from ulak.xml import parse
from ulak_center.plan.checks import Checks, Found

__all__ = ["Viewer"]

_SECONDS: Final = 20
_BROKEN: Final = Text("xmlsec1 mührü doğrulamadı: {detail}", "xmlsec1 does not verify the seal: {detail}")
_UNREADABLE: Final = Text("görüntülenemiyor: {detail}", "it cannot be displayed: {detail}")
_ID_ATTRIBUTES: Final = (
    "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
    "http://www.w3.org/2000/09/xmldsig#:SignatureValue",
)
_CERTIFICATE: Final = ".//{http://www.w3.org/2000/09/xmldsig#}X509Certificate"
_ALL_GOOD: Final = "References (ok/all): 2/2"


class Viewer:
    """Verifies and displays single documents.

    Args:
        checks: schemas, Schematron and seals.
        program: the foreign judge's; found on the path if not given, empty to do without.
    """

    def __init__(self, checks: Checks, program: str | None = None) -> None:
        self.checks = checks
        self._program = (shutil.which("xmlsec1") or "") if program is None else program

    @property
    def judges(self) -> str:
        """Who judges seals, for the report."""
        return "Ulak, xmlsec1" if self._program else "Ulak"

    def look(self, document: bytes) -> Found:
        """Verify a sealed document and read what would be displayed."""
        for found in (self.checks.rules(document), self.checks.seal(document)):
            if not found.passed:
                return found
        try:
            read_document(document)
        except UlakError as error:
            return Found(
                1160, Text(_UNREADABLE.tr.format(detail=error.text.tr), _UNREADABLE.en.format(detail=error.text.en))
            )
        return self._foreign(document) if self._program else Found()

    def _foreign(self, document: bytes) -> Found:
        with tempfile.TemporaryDirectory(prefix="ulak-viewer-") as name:
            folder = Path(name)
            (folder / "document.xml").write_bytes(document)
            (folder / "signer.pem").write_bytes(_signer(document))
            command = [self._program, "--verify", "--pubkey-cert-pem", str(folder / "signer.pem")]
            command += ["--enabled-key-data", "key-name"]
            for attribute in _ID_ATTRIBUTES:
                command += ["--id-attr:Id", attribute]
            command.append(str(folder / "document.xml"))
            ended = subprocess.run(  # noqa: S603 the program was found on the path
                command, capture_output=True, text=True, check=False, timeout=_SECONDS
            )
        said = ended.stdout + ended.stderr
        if ended.returncode == 0 and _ALL_GOOD in said:
            return Found()
        detail = said.strip().splitlines()[0] if said.strip() else str(ended.returncode)
        return Found(1177, _BROKEN.format(detail=detail))


def _signer(document: bytes) -> bytes:
    """The certificate that the seal names; whether it is to be trusted was judged before."""
    text = parse(document).findtext(_CERTIFICATE) or ""
    lines = "\n".join(textwrap.wrap("".join(text.split()), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n".encode()
