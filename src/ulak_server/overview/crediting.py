"""Kontör that need the people of a taxpayer: used up, running low, about to expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from ulak.errors import Text
from ulak_server import formats
from ulak_server.credits.services import Level, OnEmpty, Standing, kontor_text
from ulak_server.overview.reporting import Pressing

__all__ = ["are_credits_short", "expiring_text", "pressing_credits"]

_LOADS: Final = Text(
    "Entegratörünüzden kontör yükletin; bekleyenler ardından kendiliğinden gider.",
    "Have your integrator load kontör; what waits then goes by itself.",
)
_EMPTY: Final = {
    OnEmpty.WAIT: Text(
        "Yeni belge gönderilemez; taslak yazabilirsiniz. Entegratörünüzden kontör yükletin.",
        "No new documents can be sent, drafts can be written. Have your integrator load kontör.",
    ),
    OnEmpty.GO_ON: Text(
        "Belgeleriniz gitmeyi sürdürüyor, bakiye eksiye düşüyor. Entegratörünüzden kontör yükletin.",
        "Your documents go on, and the balance becomes negative. Have your integrator load kontör.",
    ),
}
_FEW: Final = 7


def are_credits_short(found: Standing) -> bool:
    """Whether somebody should have kontör loaded."""
    return found.waiting > 0 or found.level in (Level.LOW, Level.EMPTY)


def pressing_credits(found: Standing) -> Sequence[Pressing]:
    """What presses of a taxpayer's kontör: the worst alone."""
    if found.waiting:
        one = "1 document waits" if found.waiting == 1 else f"{found.waiting} documents wait"
        said = Text(f"{found.waiting} belge kontör bekliyor", f"{one} for kontör")
        return [Pressing("credits-waiting", "bad", found.waiting, said, _LOADS)]
    if found.level is Level.EMPTY:
        tone = "bad" if found.on_empty is OnEmpty.WAIT else "wait"
        said = _with_balance("Kontör bitti: bakiye {}", "Kontör are used up: the balance is {}", found.balance)
        return [Pressing("credits-empty", tone, 1, said, _EMPTY[found.on_empty])]
    if found.level is Level.LOW:
        said = _with_balance("Kontör azaldı: {} kaldı", "Kontör are running low: {} are left", found.balance)
        then = Text("Bitmeden yenisini yükletin.", "Have more loaded before they are used up.")
        return [Pressing("credits-low", "wait", 1, said, then)]
    return []


def expiring_text(day: date, amount: Decimal, today: date) -> tuple[str, Text]:
    """That kontör expire: how much it presses (``bad`` in the last week), and the sentence."""
    left = (day - today).days
    many, when = kontor_text(amount), formats.day_text(day)
    said = Text(
        f"{many.tr} kontörün süresi {left} gün sonra doluyor ({when.tr}).",
        f"{many.en} kontör expire in {left} days ({when.en}).",
    )
    if left <= 1:
        tr, en = ("bugün", "today") if left <= 0 else ("yarın", "tomorrow")
        said = Text(f"{many.tr} kontörün son günü {tr} ({when.tr}).", f"{many.en} kontör expire {en} ({when.en}).")
    return "bad" if left <= _FEW else "wait", said


def _with_balance(tr: str, en: str, balance: Decimal) -> Text:
    many = kontor_text(balance)
    return Text(tr.format(many.tr), en.format(many.en))
