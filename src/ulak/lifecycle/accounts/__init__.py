"""A taxpayer's account for one service at GİB: opened and closed by USERENVELOPE, or closed by GİB's own list.

Sources: Özel Entegrasyon Kılavuzu (ÖEK) V1.13, 2.2, 4–6; Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 4; UserList Kılavuzu
V1.0, 3; Denetim Kılavuzu (DK) J34, L31.
"""

from ulak.lifecycle.accounts.happenings import Happening, happening
from ulak.lifecycle.accounts.rows import MACHINE, ROWS, step
from ulak.lifecycle.accounts.stages import SENTENCES, Stage
from ulak.lifecycle.accounts.values import (
    Account,
    AliasWanted,
    CheckList,
    CloseWanted,
    ContractEnded,
    Event,
    Listed,
    MakeRequest,
    OpenWanted,
    RequestEnded,
    RequestPacked,
    SendLastReports,
    StartAnew,
    StopIssuing,
    TempListed,
    contracted,
)

__all__ = [
    "MACHINE",
    "ROWS",
    "SENTENCES",
    "Account",
    "AliasWanted",
    "CheckList",
    "CloseWanted",
    "ContractEnded",
    "Event",
    "Happening",
    "Listed",
    "MakeRequest",
    "OpenWanted",
    "RequestEnded",
    "RequestPacked",
    "SendLastReports",
    "Stage",
    "StartAnew",
    "StopIssuing",
    "TempListed",
    "contracted",
    "happening",
    "step",
]
