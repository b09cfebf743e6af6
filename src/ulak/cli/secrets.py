"""Where the command finds passwords, PINs and access tokens: a file, a variable, or the terminal; never an argument."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Kind, Secret, SecretSource, Wanted, first_of, from_environment, from_file

__all__ = ["CA_FILE", "MODULE", "TOKEN", "key_at", "secret_source"]

PIN: Final = "ULAK_PIN"
TOKEN: Final = "ULAK_TOKEN"  # noqa: S105
MODULE: Final = "ULAK_PKCS11_MODULE"
CA_FILE: Final = "ULAK_CA_FILE"
_FILE: Final = "_FILE"
_PROMPT: Final = Text("{kind} ({place}): ", "{kind} ({place}): ")


def key_at(
    session: Session,
    address: str,
    certificate: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> SealingKey:
    """The key that ``--key`` names, its secret taken from where the command finds secrets.

    Args:
        certificate: file with the key's certificate, where its store has none.

    Raises:
        SealError: ``key.*``, ``certificate.*``.
    """
    from ulak.seal.keys.opening import open_key

    return open_key(
        address,
        secret=secret_source(session, environment),
        certificate=Path(certificate) if certificate else None,
        module=_path(environment.get(MODULE)),
        ca_file=_path(environment.get(CA_FILE)),
    )


def secret_source(session: Session, environment: Mapping[str, str] = os.environ) -> SecretSource:
    """``ULAK_PIN_FILE`` or ``ULAK_PIN``, for access tokens ``ULAK_TOKEN…``; else the terminal, once each."""
    return first_of(_of_environment(environment), _of_terminal(session))


def _of_environment(environment: Mapping[str, str]) -> SecretSource:
    def source(wanted: Wanted) -> Secret | None:
        name = TOKEN if wanted.kind is Kind.TOKEN else PIN
        if path := environment.get(name + _FILE):
            return from_file(Path(path))
        return from_environment(name, environment) if name in environment else None

    return source


def _of_terminal(session: Session) -> SecretSource:
    answers: dict[Wanted, Secret | None] = {}

    def source(wanted: Wanted) -> Secret | None:
        if not (session.watched and sys.stdin.isatty()):
            return None
        if wanted not in answers:
            kind = session.say(wanted.kind.value)
            answers[wanted] = _asked(session.say(_PROMPT.format(kind=kind, place=wanted.place)))
        return answers[wanted]

    return source


def _asked(prompt: str) -> Secret | None:
    try:
        answer = Secret(getpass.getpass(prompt, sys.stderr))
    except EOFError:
        return None
    return answer or None


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None
