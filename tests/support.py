"""What several test files share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

REFERENCE: Final = Path(__file__).parents[2] / "shared" / "reference"

_ABSENT: Final = "GİB's packages and samples are not beside this checkout (shared/reference)"

needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason=_ABSENT)


def gibs_package(name: str) -> Path:
    """The folder of a package as GİB publishes it; the test, or all that share the fixture, are skipped without it."""
    if not REFERENCE.exists():
        pytest.skip(_ABSENT)
    return REFERENCE / "packages" / name
