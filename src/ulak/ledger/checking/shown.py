"""Values of findings as people in Türkiye write them, in SQL."""

from __future__ import annotations

__all__ = ["day_shown", "money_shown", "plain_shown"]


def money_shown(column: str) -> str:
    """1.200,50"""
    return f"translate(format('{{:,.2f}}', CAST({column} AS DOUBLE)), ',.', '.,')"


def plain_shown(column: str) -> str:
    """43,1275"""
    return f"replace(CAST(CAST({column} AS DOUBLE) AS VARCHAR), '.', ',')"


def day_shown(column: str) -> str:
    """31.01.2026"""
    return f"strftime({column}, '%d.%m.%Y')"
