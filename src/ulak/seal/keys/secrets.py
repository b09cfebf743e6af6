"""Passwords, PINs and access tokens: where they may come from, and how they stay unseen.

A secret never comes from an argument: the process list shows those to everybody.
"""

from __future__ import annotations

import hmac
import os
import stat
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple, NoReturn, Protocol

from ulak.errors import Text
from ulak.seal.keys.problems import failure

__all__ = ["Kind", "Secret", "SecretSource", "Wanted", "first_of", "from_environment", "from_file", "no_secret"]

_LIMIT: Final = 4096
_HIDDEN: Final = "Secret(…)"


class Secret:
    """A text that shows itself only to who asks for it by name.

    >>> secret = Secret("1234")
    >>> secret, str(secret), f"{secret:>20}"
    (Secret(…), 'Secret(…)', 'Secret(…)')
    >>> secret.reveal()
    '1234'
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; pass it on at once, and never keep it in a variable: tracebacks show those."""
        return self._text

    def __repr__(self) -> str:
        return _HIDDEN

    def __format__(self, spec: str) -> str:
        return _HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __bool__(self) -> bool:
        return bool(self._text)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self


class Kind(Enum):
    """What a secret opens; the value is how a person calls it."""

    PASSWORD = Text("Parola", "Password")
    """Of a PKCS#12 file."""
    PIN = Text("PIN", "PIN")
    """Of a token's user."""
    TOKEN = Text("Erişim anahtarı", "Access token")
    """A bearer token of a remote host."""


class Wanted(NamedTuple):
    """Which secret is asked for.

    Attributes:
        place: the file, token or host, as a person names it.
    """

    kind: Kind
    place: str


class SecretSource(Protocol):
    """Where a secret comes from; None if this source has none. Raises KeyFailure if the source itself is broken."""

    def __call__(self, wanted: Wanted, /) -> Secret | None: ...


def no_secret(wanted: Wanted) -> Secret | None:
    """The source of those who have none."""
    return None


def first_of(*sources: SecretSource) -> SecretSource:
    """The first of the sources that has a secret."""

    def source(wanted: Wanted) -> Secret | None:
        return next((secret for each in sources if (secret := each(wanted)) is not None), None)

    return source


def from_environment(name: str, environment: Mapping[str, str] = os.environ) -> Secret:
    """The secret in a variable; raises KeyFailure ``key.secret-missing``."""
    if not environment.get(name):
        raise failure("key.secret-missing", place=name)
    return Secret(environment[name])


def from_file(path: Path) -> Secret:
    """The secret in a file that nobody but its owner can read; a line end behind it does not count.

    Raises:
        KeyFailure: ``key.secret-missing``, ``key.secret-exposed`` if group or others have any right to it,
            ``key.secret-unreadable``.
    """
    detail = ""
    try:
        with path.open("rb") as file:
            _refuse_exposed(path, os.fstat(file.fileno()).st_mode)
            return _only_line(path, file.read(_LIMIT + 1))
    except FileNotFoundError:
        detail = "missing"
    except OSError as error:
        detail = error.strerror or type(error).__name__
    if detail == "missing":
        raise failure("key.secret-missing", place=path)
    raise failure("key.secret-unreadable", path=path, detail=detail)


def _refuse_exposed(path: Path, mode: int) -> None:
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise failure("key.secret-unreadable", path=path, detail=Text("dosya değil", "not a file"))
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise failure("key.secret-exposed", path=path, mode=f"{stat.S_IMODE(mode):04o}")


def _only_line(path: Path, data: bytes) -> Secret:
    fault = None
    if len(data) > _LIMIT:
        fault = Text(f"{_LIMIT} bayttan uzun", f"longer than {_LIMIT} bytes")
    elif b"\0" in data or b"\n" in data.removesuffix(b"\n"):
        fault = Text("birden çok satır", "more than one line")
    elif not _is_text(data):
        fault = Text("UTF-8 değil", "not UTF-8")
    if fault is not None:
        raise failure("key.secret-unreadable", path=path, detail=fault)
    if not data.strip(b"\r\n"):
        raise failure("key.secret-missing", place=path)
    return Secret(data.removesuffix(b"\n").removesuffix(b"\r").decode())


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
