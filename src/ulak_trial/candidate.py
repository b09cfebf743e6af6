"""The platform as GİB's plan sees it: what its operators and its taxpayers' people can do, and what they are shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ulak_center.plan.candidate import Candidate
from ulak_center.plan.candidates import Surroundings
from ulak_center.plan.gateway.keys import keys_of
from ulak_trial.installation import installed, served

__all__ = ["opened"]

_SENDER: Final = "urn:mail:defaultgb@kurum.example"
_MAILBOX: Final = "urn:mail:defaultpk@kurum.example"
_INTEGRATOR: Final = "integrator"
"""Short name of the integrator's key in a test PKI."""
_PATH: Final = "/gib/efatura"


@contextmanager
def opened(given: Surroundings) -> Iterator[Candidate]:
    """The platform, installed in a temporary folder, served and at work."""
    keys = keys_of(given.pki)
    number, title = keys.integrator
    with tempfile.TemporaryDirectory(prefix="ulak-trial-") as folder:
        values = {
            "ULAK_INTEGRATOR_NUMBER": number,
            "ULAK_INTEGRATOR_TITLE": title,
            "ULAK_INTEGRATOR_SENDER": _SENDER,
            "ULAK_INTEGRATOR_MAILBOX": _MAILBOX,
            "ULAK_SEAL_KEY": f"pkcs12:{given.pki / f'{_INTEGRATOR}-{number}.p12'}",
            "ULAK_TRUST": str(given.pki),
            "ULAK_MERKEZ_URL": given.merkez,
            "ULAK_USERLIST_URL": given.merkez.rpartition("/services/")[0] + "/",
        }
        with installed(Path(folder), values), served(given.host, given.port) as address:
            from ulak_server import clock
            from ulak_trial.crew import working
            from ulak_trial.platform import Platform

            clock.use(given.now)
            try:
                with working("trial") as crew:
                    yield Platform(given, keys, f"{address}{_PATH}", crew)
            finally:
                clock.use(None)
