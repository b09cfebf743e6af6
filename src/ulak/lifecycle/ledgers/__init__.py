"""The electronic books at GİB: each package on its way, the months in their order, their calendar, and who may seal.

A package is one berat with what it holds (`contents`), named by its month, part and branch. It may be there as soon as
it was sent once, so it is asked for before the same bytes go again; GİB itself takes no second one while the first one
stands (111). A book counts when the berat with GİB's seal is fetched, verified and kept, and not before.

Sources: Tebliğ (1 Sıra No.lu Elektronik Defter Genel Tebliği, as of 31/12/2024); TK: Teknik Kılavuz V1.7; UK: Uygulama
Kılavuzu V1.12; WS: Web Servis Kılavuzu V1.7.
"""

from ulak.lifecycle.ledgers import calendar, months, sealing
from ulak.lifecycle.ledgers.clocks import behind, postponed
from ulak.lifecycle.ledgers.contents import books, contents
from ulak.lifecycle.ledgers.doing import IN_WORDS
from ulak.lifecycle.ledgers.happenings import Happening, happening
from ulak.lifecycle.ledgers.reactions import RECEIVE, SEND, STATUS, Reaction, Rule, Said, read
from ulak.lifecycle.ledgers.record import BeratKind, Package
from ulak.lifecycle.ledgers.rows import MACHINE, ROWS, step
from ulak.lifecycle.ledgers.stages import SENTENCES, Stage
from ulak.lifecycle.ledgers.values import (
    AskEnded,
    AskPackage,
    BeratRead,
    Confirmed,
    DeletionTold,
    Event,
    FetchBerat,
    FetchEnded,
    Lost,
    Postponed,
    Released,
    RepairWanted,
    Secured,
    SendEnded,
    SendPackage,
    StatusTold,
    Vacated,
    WithdrawalWanted,
    begun,
)

__all__ = [
    "IN_WORDS",
    "MACHINE",
    "RECEIVE",
    "ROWS",
    "SEND",
    "SENTENCES",
    "STATUS",
    "AskEnded",
    "AskPackage",
    "BeratKind",
    "BeratRead",
    "Confirmed",
    "DeletionTold",
    "Event",
    "FetchBerat",
    "FetchEnded",
    "Happening",
    "Lost",
    "Package",
    "Postponed",
    "Reaction",
    "Released",
    "RepairWanted",
    "Rule",
    "Said",
    "Secured",
    "SendEnded",
    "SendPackage",
    "Stage",
    "StatusTold",
    "Vacated",
    "WithdrawalWanted",
    "begun",
    "behind",
    "books",
    "calendar",
    "contents",
    "happening",
    "months",
    "postponed",
    "read",
    "sealing",
    "step",
]
