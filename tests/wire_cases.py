"""What the tests of the wire share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ulak.errors import UlakError

__all__ = ["code_of", "outcome"]


def code_of(do: Callable[[], object]) -> str:
    """The code of the error that something must end in."""
    with pytest.raises(UlakError) as caught:
        do()
    error = caught.value
    assert all((error.text.tr, error.text.en, error.repair.tr, error.repair.en))
    return error.code


def outcome(do: Callable[[], object]) -> str:
    """The code of the error that something ends in; empty if it does not. Errors that are not Ulak's get through."""
    try:
        do()
    except UlakError as error:
        return error.code
    return ""
