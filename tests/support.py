"""What several test files share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

REFERENCE: Final = Path(__file__).parents[2] / "shared" / "reference"

needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason="GİB's packages and samples are not beside this checkout (shared/reference)"
)
