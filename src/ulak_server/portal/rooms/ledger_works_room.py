"""The pages that lead from accounting entries to ledgers GİB has approved."""

from __future__ import annotations

from ulak_server.pages.registry import Pages

ROOM = Pages("ledger_works")
