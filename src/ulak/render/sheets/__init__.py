"""Documents as neutral, printable sheets: parties, facts, table, totals, notes, as text in one language."""

from ulak.render.sheets.making import sheet_of
from ulak.render.sheets.values import Column, Fact, Sheet, Side, Total

__all__ = ["Column", "Fact", "Sheet", "Side", "Total", "sheet_of"]
