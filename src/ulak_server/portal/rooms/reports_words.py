"""How pages speak of reports: marks, stages, what an entry tells, and what a button does about a difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["MARKS", "PRODUCTS", "REPAIRS", "STAGES", "WHATS", "Word"]


class Word(NamedTuple):
    """A word on a chip.

    Attributes:
        tone: ``ok``, ``wait``, ``bad``, ``info`` or ``quiet``.
        icon: beside it, so that colour does not stand alone.
    """

    label: Text
    tone: str
    icon: str


MARKS: Final[Mapping[str, Word]] = {
    "due": Word(Text("Raporlanacak", "To be reported"), "info", "clock"),
    "reporting": Word(Text("Raporda", "In a report"), "wait", "send"),
    "accepted": Word(Text("Raporlandı", "Reported"), "ok", "check"),
    "trouble": Word(Text("Rapor sorunu", "Report in trouble"), "bad", "alert"),
}
"""How far something that has to be reported has come, by its mark."""
WHATS: Final[Mapping[str, Text]] = {
    "issued": Text("Düzenleme", "Issued"),
    "cancelled": Text("İptal", "Cancelled"),
    "objected": Text("İtiraz", "Objection"),
}
"""What an entry of a report tells."""
PRODUCTS: Final[Mapping[str, Text]] = {
    "earsiv": Text("e-Arşiv, e-SMM, e-MM", "e-Arşiv, e-SMM, e-MM"),
    "egider": Text("e-Gider Pusulası", "e-Gider Pusulası"),
}
"""Kinds of reports: GİB has a schema for each."""
STAGES: Final[Mapping[str, Word]] = {
    "building": Word(Text("Hazırlanıyor", "Being built"), "wait", "clock"),
    "ready": Word(Text("Gönderilecek", "To be sent"), "wait", "clock"),
    "sending": Word(Text("Gönderiliyor", "Being sent"), "wait", "send"),
    "unclear": Word(Text("GİB'e soruluyor", "GİB is asked"), "wait", "help"),
    "taken": Word(Text("GİB işliyor", "GİB works on it"), "wait", "clock"),
    "accepted": Word(Text("Kabul edildi", "Accepted"), "ok", "check"),
    "refused": Word(Text("Verilemedi", "Not handed in"), "bad", "alert"),
    "replaced": Word(Text("Yerine yenisi geçti", "Replaced"), "quiet", "repeat"),
    "withdrawn": Word(Text("Boşaldı", "Empty"), "quiet", "cross"),
}
"""How a report stands, in a word, by its stage."""
REPAIRS: Final[Mapping[str, Text]] = {
    "send": Text("Şimdi gönder", "Send now"),
    "ask": Text("GİB'e sor", "Ask GİB"),
    "renew": Text("Yeniden oluştur", "Build anew"),
}
"""What a button may do about a difference."""
