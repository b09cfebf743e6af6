"""What is said of entries that break a rule: codes ``ledger.check.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.ledger.checking.words_accounts import ACCOUNTS
from ulak.ledger.checking.words_documents import DOCUMENTS
from ulak.ledger.checking.words_vouchers import VOUCHERS
from ulak.ledger.intake.problems import CELLS, Said

__all__ = ["RULES", "SAID", "Said", "Text"]

RULES: Final[dict[str, Said]] = {**VOUCHERS, **ACCOUNTS, **DOCUMENTS}
SAID: Final[dict[str, Said]] = {**CELLS, **RULES}
