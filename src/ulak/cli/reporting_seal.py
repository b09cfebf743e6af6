"""Reports that ``ulak report build`` has made, sealed as XAdES-A and packed as GİB takes them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ulak.cli.sealing import SealWish, stamper_of, trusting, wish_or_none
from ulak.cli.secrets import key_at
from ulak.cli.session import Session
from ulak.reports.values import ISTANBUL
from ulak.seal.keys.port import SealingKey
from ulak.seal.large import seal_large, zip_report

__all__ = ["Sealer", "sealer_of"]


class Sealer(NamedTuple):
    """How to seal."""

    wish: SealWish

    @contextmanager
    def key(self, session: Session) -> Iterator[SealingKey]:
        """The key, open."""
        with closing(key_at(session, self.wish.key, self.wish.certificate)) as key:
            yield key

    def package(self, report: Path, key: SealingKey) -> Path:
        """Seal a report in its place and pack it beside; the package's path."""
        now = datetime.now(ISTANBUL)
        trust, trusted = trusting(key, self.wish, now)
        sealed = report.with_suffix(".sealed")
        with report.open("rb") as source, sealed.open("wb") as target:
            seal_large(source, target, key, at=now, trusted=trusted, stamper=stamper_of(self.wish, trust), trust=trust)
        os.replace(sealed, report)
        packed = report.with_suffix(".zip")
        with report.open("rb") as source, packed.open("wb") as target:
            zip_report(source, target, report.name)
        return packed


def sealer_of(
    key: str | None, certificate: str | None, trust: str | None, tsa: str | None, online: bool
) -> Sealer | None:
    """What the options ask for; None to leave reports unsealed. GİB takes XAdES-A alone.

    Raises:
        UlakError: ``cli.usage``.
    """
    wish = wish_or_none(key, certificate, trust, tsa, online, "a")
    return None if wish is None else Sealer(wish)
