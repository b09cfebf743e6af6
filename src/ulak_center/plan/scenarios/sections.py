"""The parts of the plan, in its order."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_center.plan.values import Section

__all__ = [
    "ACCESS",
    "COMMERCIAL_RECEIVED",
    "COMMERCIAL_SENT",
    "DESPATCH",
    "INTEGRATOR",
    "MAILBOX",
    "MAILBOX_BULK",
    "MAILBOX_FAULTS",
    "MAILBOX_FEATURES",
    "OTHER",
    "PREPARATION",
    "SENDER",
    "SENDER_BULK",
    "SENDER_FAULTS",
    "SENDER_FEATURES",
]

_TP: Final = "e-Fatura Test Planı V1.3"
_OEK: Final = "Özel Entegrasyon Kılavuzu V1.13"

PREPARATION: Final = Section("P", Text("Ön hazırlıklar", "Preparation"), f"{_TP}, 3")
SENDER_FEATURES: Final = Section(
    "GB", Text("Gönderici birim uygulamasından istenenler", "What the sender unit's software must do"), f"{_TP}, 3 (1)"
)
MAILBOX_FEATURES: Final = Section(
    "PK", Text("Posta kutusu uygulamasından istenenler", "What the mailbox's software must do"), f"{_TP}, 3 (2)"
)
ACCESS: Final = Section("4", Text("Erişim testleri", "Access"), f"{_TP}, 4")
SENDER: Final = Section(
    "5.1.1", Text("Gönderici birim çalışma testleri", "Sender unit: working"), f"{_TP}, 5.1.1", "GB"
)
SENDER_FAULTS: Final = Section(
    "5.1.2", Text("Gönderici birim hata testleri", "Sender unit: errors"), f"{_TP}, 5.1.2", "GB"
)
SENDER_BULK: Final = Section(
    "5.1.3", Text("Gönderici birim performans testleri", "Sender unit: performance"), f"{_TP}, 5.1.3", "GB"
)
MAILBOX: Final = Section("5.2.1", Text("Posta kutusu çalışma testleri", "Mailbox: working"), f"{_TP}, 5.2.1", "PK")
MAILBOX_FAULTS: Final = Section("5.2.2", Text("Posta kutusu hata testleri", "Mailbox: errors"), f"{_TP}, 5.2.2", "PK")
MAILBOX_BULK: Final = Section(
    "5.2.3", Text("Posta kutusu performans testleri", "Mailbox: performance"), f"{_TP}, 5.2.3", "PK"
)
COMMERCIAL_SENT: Final = Section(
    "6.1", Text("Ticari fatura senaryosu: gönderici birim", "Commercial invoices: sender unit"), f"{_TP}, 6.1"
)
COMMERCIAL_RECEIVED: Final = Section(
    "6.2", Text("Ticari fatura senaryosu: posta kutusu", "Commercial invoices: mailbox"), f"{_TP}, 6.2"
)
OTHER: Final = Section("7", Text("Diğer testler", "Other tests"), f"{_TP}, 7")
DESPATCH: Final = Section("8", Text("İrsaliye testleri", "Despatch advices"), f"{_TP}, 8")
INTEGRATOR: Final = Section("OEK", Text("Özel entegratör testleri", "Tests of private integrators"), f"{_OEK}, 6")
