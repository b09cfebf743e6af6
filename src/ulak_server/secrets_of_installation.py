"""Secrets that an installation makes for itself at its first start, and places that nobody else may look into."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

__all__ = ["own_secret", "private_folder", "secret_key"]

_LENGTH: Final = 64


def own_secret(path: Path, length: int = _LENGTH) -> bytes:
    """The secret in a file that its owner alone can read; made if it is not there, by one process only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        draft.write_bytes(b"")
        draft.chmod(0o600)
        draft.write_bytes(secrets.token_bytes(length))
        try:
            # A link fails where a file is there already: the first process wins, and nobody reads half a secret.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


def secret_key(data: Path) -> str:
    """Django's SECRET_KEY."""
    return own_secret(data / "secret-key").hex()


def private_folder(path: Path) -> Path:
    """A folder that its owner alone can look into; made if it is not there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path
