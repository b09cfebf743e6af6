"""The terminal of one run of the command: its language, its two outputs, and what they are."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from typing import BinaryIO, Final, TextIO

from ulak.cli.page import Page
from ulak.errors import Language, Text, UlakError

__all__ = ["Session"]

_USUAL_WIDTH: Final = 80


class Session:
    """Where a command reads and writes.

    Attributes:
        language: in which it speaks.
        width: columns of the terminal; those of ``COLUMNS``, else 80, if the output is none.
        colour: whether standard output shows colours: a terminal, and neither ``NO_COLOR`` nor ``TERM=dumb`` is set.
    """

    def __init__(self, language: Language, environment: Mapping[str, str] = os.environ) -> None:
        self.language: Language = language
        self.width = shutil.get_terminal_size((_USUAL_WIDTH, 24)).columns
        plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
        self.colour = sys.stdout.isatty() and not plain
        self.colour_of_errors = sys.stderr.isatty() and not plain

    @property
    def watched(self) -> bool:
        """Whether a person looks at standard error."""
        return sys.stderr.isatty()

    @property
    def writes_to_terminal(self) -> bool:
        return sys.stdout.isatty()

    def say(self, text: Text) -> str:
        return text.say(self.language)

    def page(self) -> Page:
        """A page for standard output."""
        return Page(self.width, colour=self.colour)

    def error_page(self) -> Page:
        """A page for standard error."""
        return Page(self.width, colour=self.colour_of_errors)

    def put(self, page: Page | str) -> None:
        """Write to standard output; characters that it cannot show become question marks."""
        self.put_bytes(str(page).encode(sys.stdout.encoding or "utf-8", "replace"))

    def put_bytes(self, data: bytes) -> None:
        """Write to standard output as it is."""
        _binary(sys.stdout).write(data)

    def tell(self, page: Page | str) -> None:
        """Write to standard error."""
        output = _binary(sys.stderr)
        output.write(str(page).encode(sys.stderr.encoding or "utf-8", "replace"))
        output.flush()

    def flush(self) -> None:
        _binary(sys.stdout).flush()

    def complain(self, error: UlakError) -> None:
        """Say on standard error what is wrong and what to do."""
        page = self.error_page()
        head = Text("Hata: ", "Error: ").say(self.language) + self.say(error.text)
        page.paragraph(f"{head} [{error.code}]", style="red")
        if repair := self.say(error.repair):
            page.paragraph(repair, indent=2)
        self.tell(page)


def _binary(stream: TextIO) -> BinaryIO:
    stream.flush()
    return stream.buffer
