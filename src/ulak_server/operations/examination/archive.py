"""Whether kept documents can be put together again as they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.errors import Text, UlakError
from ulak_server.archive.recipes import must_be_ours
from ulak_server.environment import Environment
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["archive"]

_WELL: Final = Text("karekod kodlayıcısı örnek resmi veriyor", "the karekod encoder gives its known picture")


def archive(_: Environment) -> Iterator[Finding]:
    """That the encoder of pictures works as ever: documents are kept without theirs."""
    try:
        must_be_ours()
    except UlakError as error:
        yield found(Level.ERROR, "archive", "doctor.encoder", detail=error)
    else:
        yield well("archive", _WELL)
