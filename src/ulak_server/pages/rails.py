"""The rails: the way to the areas of the portal and of the operator's console."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["CONSOLE", "PORTAL", "Entry", "rail_of"]


class Entry(NamedTuple):
    """One way.

    Attributes:
        path: below the taxpayer's address, or from the root where it begins with a slash.
        action: without which nobody sees it.
        also: beginnings of addresses that belong to it besides.
    """

    label: Text
    icon: str
    path: str
    action: str
    also: tuple[str, ...] = ()

    def address_for(self, taxpayer: int) -> str:
        """Where it leads.

        >>> PORTAL[0].address_for(7)
        '/t/7/today'
        """
        return self.path if self.path.startswith("/") else f"/t/{taxpayer}/{self.path}"

    def holds(self, path: str, taxpayer: int) -> bool:
        """Whether an address lies within its area.

        >>> [PORTAL[1].holds(f"/t/7/{path}", 7) for path in ("outgoing", "deliveries/9", "documents/9")]
        [True, True, False]
        """
        mine = self.address_for(taxpayer)
        # The console's first page is above all others of it.
        tops = [] if mine == "/console" else [mine, *(f"/t/{taxpayer}/{one}" for one in self.also)]
        return path == mine or any(path == top or path.startswith(f"{top.rstrip('/')}/") for top in tops)


_OF_OUTGOING: Final = ("deliveries", "documents/errands", "documents/export")
PORTAL: Final = (
    Entry(Text("Bugün", "Today"), "today", "today", "documents.read"),
    Entry(Text("Giden", "Outgoing"), "out", "outgoing", "documents.read", _OF_OUTGOING),
    Entry(Text("Gelen", "Incoming"), "in", "incoming", "incoming.read"),
    Entry(Text("İrsaliye", "Despatches"), "lorry", "despatches", "documents.read"),
    Entry(Text("Makbuzlar", "Receipts"), "receipt", "receipts", "documents.read"),
    Entry(Text("Raporlar", "Reports"), "report", "reports", "reports.read"),
    Entry(Text("Defter", "Ledgers"), "book", "ledgers", "ledgers.read"),
    Entry(Text("İçe aktar", "Import"), "upload", "imports", "imports.read"),
    Entry(Text("Kişiler", "Contacts"), "people", "contacts", "books.read"),
    Entry(Text("Ürünler", "Items"), "box", "items", "books.read"),
    Entry(Text("Ayarlar", "Settings"), "gear", "settings", "taxpayers.read"),
)
DESK: Final = (
    Entry(Text("Müşteriler", "Clients"), "desk", "/desk", "me.read"),
    Entry(Text("Hesabım", "My account"), "person", "/me", "me.read"),
    Entry(Text("Yardım", "Help"), "help", "/help", "open"),
)
CONSOLE: Final = (
    Entry(Text("Bakış", "Overview"), "today", "/console", "operate"),
    Entry(Text("Mükellefler", "Taxpayers"), "people", "/console/taxpayers", "operate"),
    Entry(Text("Kuyruklar", "Queues"), "queue", "/console/queues", "operate"),
    Entry(Text("Merkez", "Merkez"), "link", "/console/merkez", "operate"),
    Entry(Text("Takılanlar", "Stuck"), "alert", "/console/stuck", "operate"),
    Entry(Text("Raporlar", "Reports"), "report", "/console/reports", "operate"),
    Entry(Text("Defterler", "Ledgers"), "book", "/console/ledgers", "operate"),
    Entry(Text("Kontör", "Kontör"), "credit", "/console/credits", "operate"),
    Entry(Text("Kurallar", "Rules"), "rules", "/console/packs", "operate"),
    Entry(Text("Kayıt", "Record"), "chain", "/console/audit", "operate"),
    Entry(Text("İşler", "Jobs"), "clock", "/console/jobs", "operate"),
    Entry(Text("Destek", "Support"), "help", "/console/support", "operate"),
    Entry(Text("Kişiler", "People"), "person", "/console/people", "operate"),
)


def rail_of(path: str, taxpayer: int) -> tuple[Entry, ...]:
    """The rail that belongs to an address."""
    if path == "/console" or path.startswith("/console/"):
        return CONSOLE
    return PORTAL if taxpayer else DESK
