"""Documents of hundreds of megabytes, sealed, judged and packed in a few.

e-Arşiv reports: `seal_large`, `zip_report`; books of e-Defter: `seal_book`, `seal_book_here`; both: `verify_large`.
"""

from __future__ import annotations

from ulak.seal.large.books import MAX_BOOK, is_book, seal_book, seal_book_here
from ulak.seal.large.packing import zip_report
from ulak.seal.large.problems import LargeError
from ulak.seal.large.sealing import seal_large
from ulak.seal.large.verification import large_frame, verify_large

__all__ = [
    "MAX_BOOK",
    "LargeError",
    "is_book",
    "large_frame",
    "seal_book",
    "seal_book_here",
    "seal_large",
    "verify_large",
    "zip_report",
]
