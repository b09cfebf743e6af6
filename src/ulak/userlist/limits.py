"""How much is read at most. GİB names no sizes, so these are Ulak's."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Limits"]


class Limits(NamedTuple):
    """What is read at most; reading itself never holds more than one piece and one user.

    Attributes:
        zip_bytes: of the ZIP.
        list_bytes: of the list in it.
        user_bytes: of one user, and of what stands between two.
        ratio: how many times larger than the ZIP the list may be, once it is larger than ``ratio_from``.
        depth: of nested elements.
    """

    zip_bytes: int = 1024 * 1024 * 1024
    list_bytes: int = 8 * 1024 * 1024 * 1024
    user_bytes: int = 1024 * 1024
    ratio: int = 200
    ratio_from: int = 32 * 1024 * 1024
    depth: int = 32
