"""Reports of a hundred megabytes, sealed, judged and packed in a few: `seal_large`, `verify_large`, `zip_report`."""

from __future__ import annotations

from ulak.seal.large.packing import zip_report
from ulak.seal.large.problems import LargeError
from ulak.seal.large.sealing import seal_large
from ulak.seal.large.verification import verify_large

__all__ = ["LargeError", "seal_large", "verify_large", "zip_report"]
