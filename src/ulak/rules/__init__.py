"""Rule packs and the judgement of documents by them."""

from ulak.rules.check import Checker, check, checker_for
from ulak.rules.findings import Finding, Level, Report, Verdict
from ulak.rules.pack import Pack, PackError
from ulak.rules.store import PackStore

__all__ = ["Checker", "Finding", "Level", "Pack", "PackError", "PackStore", "Report", "Verdict", "check", "checker_for"]
