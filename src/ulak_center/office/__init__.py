"""The e-Arşiv and the e-Defter office of the center: packages taken, judged and answered for."""

from ulak_center.office.agenda import enlist
from ulak_center.office.archive import ArchiveOffice
from ulak_center.office.desk import Pace
from ulak_center.office.kept_books import KeptBook
from ulak_center.office.ledger import LedgerOffice
from ulak_center.office.lists import published
from ulak_center.office.reports import Report
from ulak_center.office.rights import ArchiveRights, LedgerRights, Open, Rights, Standing
from ulak_center.office.shelf import SqliteShelf
from ulak_center.office.values import Package, Shelf, Step

__all__ = [
    "ArchiveOffice",
    "ArchiveRights",
    "KeptBook",
    "LedgerOffice",
    "LedgerRights",
    "Open",
    "Pace",
    "Package",
    "Report",
    "Rights",
    "Shelf",
    "SqliteShelf",
    "Standing",
    "Step",
    "enlist",
    "published",
]
