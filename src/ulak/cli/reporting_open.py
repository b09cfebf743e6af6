"""The reports that a person names: XML, or the ZIP in which they travel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ulak.cli.seeking import seekable
from ulak.reports.packages import Opened, opened

__all__ = ["open_report"]


@contextmanager
def open_report(name: str) -> Iterator[Opened]:
    """The report of a file, ready to be read once.

    Raises:
        InputError: ``file.missing``, ``file.unreadable``.
        ReportError: ``report.zip``.
    """
    with seekable(name) as file, opened(file) as found:
        yield found
