"""The lists of e-Arşiv users, as they lie published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ulak.wire.attachment import Attachment
from ulak_center.office.archive import Lists
from ulak_center.userlists import List

__all__ = ["published"]

_LISTS: Final[Mapping[str, List]] = {"XML": List.ARCHIVE_XML, "CSV": List.ARCHIVE_CSV}


def published(path_of: Callable[[List], Path]) -> Lists:
    """The lists that a `ulak_center.userlists.Publisher` has published; none before it did.

    Args:
        path_of: ``Publisher.path``.
    """

    def find(kind: str) -> Attachment | None:
        path = path_of(_LISTS[kind])
        try:
            return Attachment(path.name, path.read_bytes())
        except FileNotFoundError:
            return None

    return find
