"""How pages speak of months of ledgers, and of what a copy at GİB is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Text
from ulak_server.portal.rooms.reports_words import Word

__all__ = ["ACTS", "CALLS", "STATES"]

STATES: Final[Mapping[str, Word]] = {
    "ahead": Word(Text("Henüz değil", "Not yet"), "quiet", "clock"),
    "before": Word(Text("Ulak'tan önce", "Before Ulak"), "quiet", "info"),
    "after": Word(Text("İş sona erdi", "After its end"), "quiet", "info"),
    "elsewhere": Word(Text("Başka yazılımla kapandı", "Closed elsewhere"), "ok", "check"),
    "empty": Word(Text("Oluşturulmadı", "Not made"), "quiet", "clock"),
    "open": Word(Text("Oluşturulacak", "To be made"), "info", "book"),
    "late": Word(Text("Gecikti", "Late"), "bad", "alert"),
    "under-way": Word(Text("GİB'de", "With GİB"), "wait", "send"),
    "refused": Word(Text("Geri döndü", "Came back"), "bad", "alert"),
    "partly": Word(Text("Bir kısmı onaylı", "Partly approved"), "info", "clock"),
    "unreported": Word(Text("Raporu bekleniyor", "Report to come"), "wait", "report"),
    "closed": Word(Text("Kapandı", "Closed"), "ok", "check"),
}
"""How a month stands, in a word."""
CALLS: Final[Mapping[str, Text]] = {
    "send": Text("Gönderim", "Sending"),
    "ask": Text("Durum sorgusu", "Asking"),
    "fetch": Text("Onaylı berat indirme", "Fetching the approved berat"),
}
"""What a call about a package was for."""
ACTS: Final[Mapping[str, Text]] = {
    "repair": Text("Yeniden gönderiliyor.", "It is being sent again."),
    "stamp": Text("Zaman damgasıyla yeniden mühürleniyor.", "It is being sealed anew with a time stamp."),
    "ask": Text("GİB'e soruluyor.", "GİB is being asked."),
    "fetch": Text("Onaylı berat yeniden indiriliyor.", "The approved berat is being fetched again."),
    "withdraw": Text("Paket geri çekildi.", "The package is withdrawn."),
    "deleted": Text("GİB'de silinip silinmediği soruluyor.", "GİB is being asked whether it is deleted."),
}
"""What a page says after something was done about a package."""
