"""The keys that GİB's own ends seal with, and whom the center trusts: a test PKI of its own.

The center makes it when it first starts, and reads it again later. Whoever is to verify the seals of the center, or to
be trusted by it, is given the folder (``--trust``), or takes a key of it: those of the sample integrator and taxpayers
lie there too (docs/pki.md).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric import rsa

from ulak.seal.keys.pkcs12 import open_pkcs12
from ulak.seal.keys.port import SealingKey
from ulak.seal.pki import folder as pki
from ulak.seal.pki.authority import LIFE, Authority, Held, new_authority, random_serial
from ulak.seal.pki.cast import GOOD, Owner, Plan, firm_plan
from ulak.seal.pki.issuer import Validity
from ulak.seal.pki.keymaking import generate
from ulak.seal.pki.profiles import holder_name
from ulak.seal.trust import Trust, TrustStore
from ulak_center.ends.problems import end_error

__all__ = ["PORTAL", "PORTAL_PLAN", "Seals"]

PORTAL: Final = Owner("portal", "5610247301", "GİB Portal Deneme Kullanıcısı A.Ş.")
"""The portal user: a firm that works on GİB's portal."""
PORTAL_PLAN: Final[Plan] = firm_plan(PORTAL)
"""Its mali mühür, to be made with a new PKI (``more=``)."""
_GIB: Final = "gib"


class Seals(NamedTuple):
    """What GİB's own ends seal with and judge by.

    Attributes:
        portal: key of the portal user; None if it cannot seal.
        gib: GİB's own key, for berats and for the probe with a bad invoice; None if it cannot seal.
        trust: judges others' seals; None if seals are not judged.
        folder: where the PKI lies; None if it was handed in.
    """

    portal: SealingKey | None = None
    gib: SealingKey | None = None
    trust: Trust | None = None
    folder: Path | None = None

    @classmethod
    def in_folder(cls, folder: Path, clock: Callable[[], datetime]) -> Seals:
        """The seals of a PKI that lies in a folder; made there if there is none, and a portal user added if it lacks
        one.

        Args:
            clock: the center's time, aware; keys that are made are good from a month before until almost three years
                after.

        Raises:
            PkiError: ``pki.*``; the folder holds something else, or cannot be written.
            SealError: a key or a certificate in it is damaged.
        """
        if not (folder / pki.STATE).exists():
            _make(folder, clock())
        if not _file(folder, PORTAL).exists():
            _add_portal(folder, clock())
        gib = next(path for path in sorted(folder.glob(f"{_GIB}-*.p12")))
        trust = Trust(TrustStore.read(folder), clock=clock)
        return cls(open_pkcs12(_file(folder, PORTAL)), open_pkcs12(gib), trust, folder)

    def key(self, short: str) -> SealingKey:
        """A good key of the folder by the name it begins with, e.g. ``integrator``, ``ardic``, ``gtb``.

        Raises:
            CenterError: ``center.no-key``.
        """
        owners = {plan.short: plan.owner for plan in GOOD}
        file = _file(self.folder, owners[short]._replace(short=short)) if self.folder and short in owners else None
        if file is None or not file.is_file():
            raise end_error("center.no-key", who=short[:50])
        return open_pkcs12(file)


def _file(folder: Path, owner: Owner) -> Path:
    return folder / f"{owner.short}-{owner.tax_id}.p12"


def _make(folder: Path, now: datetime) -> None:
    """A new PKI, put in its place in one step, so that a start that was broken off leaves nothing half-made."""
    pki.refuse_taken(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        pki.write(new_authority(now, more=(PORTAL_PLAN,)), beside, now)
        beside.chmod(0o755)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _add_portal(folder: Path, now: datetime) -> None:
    with pki.changing(folder) as made:
        held = _portal_of(made, now)
    file = _file(folder, PORTAL)
    file.touch(mode=0o600)
    file.write_bytes(pki.p12_of(held))


def _portal_of(made: Authority, now: datetime) -> Held:
    issuer = made.issuers[PORTAL_PLAN.issuer]
    key = generate(PORTAL_PLAN.kind)
    assert isinstance(key, rsa.RSAPrivateKey)
    validity = Validity(made.made_at, now + LIFE)
    subject = holder_name(PORTAL.name, PORTAL.tax_id)
    certificate = issuer.issue(subject, key, PORTAL_PLAN.profile, validity, serial=random_serial(), url=made.url)
    name = f"{PORTAL.short}-{PORTAL.tax_id}"
    return Held(PORTAL.short, name, certificate, key, issuer.chain, PORTAL_PLAN.meaning)
