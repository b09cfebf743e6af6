"""The integrator and its three taxpayers: who they are, and the installation's environment."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

__all__ = [
    "ARDIC",
    "ELIF",
    "FIRMS",
    "INTEGRATOR",
    "MAILBOX",
    "MELTEM",
    "SENDER",
    "TSA",
    "Firm",
    "environment",
    "must_be_free",
]


class Firm(NamedTuple):
    """A taxpayer.

    Attributes:
        short: of its key's file in the test PKI.
        prefix: of its numbers; the last letter tells the kind, see `tools.demo.setting_up`.
        services: for which it has accounts at GİB.
        name: of a person: first and family name.
    """

    short: str
    number: str
    title: str
    domain: str
    prefix: str
    office: str
    town: str
    city: str
    services: tuple[str, ...]
    name: tuple[str, str] = ("", "")

    @property
    def sender(self) -> str:
        return f"urn:mail:defaultgb@{self.domain}"

    @property
    def mailbox(self) -> str:
        return f"urn:mail:defaultpk@{self.domain}"


INTEGRATOR: Final = ("8642031054", "Deneme Özel Entegratör A.Ş.")
SENDER: Final = "urn:mail:gb@ulak.example"
MAILBOX: Final = "urn:mail:pk@ulak.example"
TSA: Final = "http://127.0.0.1:8770"
"""Where the certificates of the simulated GİB say that their authority is."""
ARDIC: Final = Firm(
    "ardic",
    "4812530769",
    "Ardıç Ticaret A.Ş.",
    "ardic.example",
    "AR",
    "Çankaya",
    "Çankaya",
    "Ankara",
    ("einvoice", "edespatch", "earchive"),
)
MELTEM: Final = Firm(
    "meltem",
    "7359021640",
    "Meltem Gıda Ltd. Şti.",
    "meltem.example",
    "ML",
    "Kadıköy",
    "Kadıköy",
    "İstanbul",
    ("einvoice", "edespatch", "earchive", "epreceipt", "erreceipt"),
)
ELIF: Final = Firm(
    "elif-kara",
    "29864107502",
    "Elif Kara",
    "elifkara.example",
    "EK",
    "Konak",
    "Konak",
    "İzmir",
    ("esevoucher",),
    ("Elif", "Kara"),
)
FIRMS: Final = (ARDIC, MELTEM, ELIF)


def environment(folder: Path, pki: Path, gib: str, port: int) -> dict[str, str]:
    """What the platform is told; everything it keeps lies in ``folder``.

    Args:
        gib: address of the simulated GİB.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ULAK_", "DATABASE_URL"))}
    number, title = INTEGRATOR
    return own | {
        "ULAK_DATA": str(folder),
        "ULAK_LISTEN": f"127.0.0.1:{port}",
        "ULAK_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ULAK_INTEGRATOR_NUMBER": number,
        "ULAK_INTEGRATOR_TITLE": title,
        "ULAK_INTEGRATOR_SENDER": SENDER,
        "ULAK_INTEGRATOR_MAILBOX": MAILBOX,
        "ULAK_SEAL_KEY": f"pkcs12:{pki / f'integrator-{number}.p12'}",
        "ULAK_TRUST": str(pki),
        "ULAK_TSA": f"{TSA}/tsa",
        "ULAK_MERKEZ_URL": f"{gib}/EFaturaMerkez/services/EFatura",
        "ULAK_EARSIV_URL": f"{gib}/earsiv/services/EArsivWsPort",
        "ULAK_EDEFTER_URL": f"{gib}/edefter/services/EDefterWsPort",
        "ULAK_EDEFTER_SOFTWARE": "##".join((number, title, "Ulak", "1.0")),
        "ULAK_USERLIST_URL": f"{gib}/EFaturaMerkez/",
        "ULAK_SANDBOX": str(pki),
        "ULAK_SMTP_URL": "file:",
        "ULAK_MAIL_FROM": "Ulak <belge@ulak.example>",
    }


def must_be_free(url: str, hint: str) -> None:
    """End with a sentence if something listens there: whoever goes on would talk to somebody else's.

    Raises:
        SystemExit: it is taken.
    """
    parts = urlsplit(url)
    with socket.socket() as probe:
        if probe.connect_ex((parts.hostname or "", parts.port or 80)) == 0:
            raise SystemExit(f"{url} is taken: stop what listens there; {hint}")
