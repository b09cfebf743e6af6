"""Inventories as they come in: a list with Ulak's headings, which needs no matching."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ulak.errors import Text
from ulak.ledger.intake import Look, Mapping
from ulak.ledger.inventory_input import CellError, InventoryFile
from ulak_server.ledgers.problems import problem

__all__ = ["look_of_list"]

_FORM: Final = Mapping(name="inventory", title=Text("Envanter listesi", "Inventory list"), columns={})


def look_of_list(path: Path, name: str) -> Look:
    """What a file is, if it is an inventory.

    Args:
        name: as its owner calls it.

    Raises:
        LedgerWorkError: ``ledger-work.inventory-heading``.
        SheetError: ``sheet.*``.
    """
    kind = path.suffix.removeprefix(".")
    try:
        with path.open("rb") as source:
            InventoryFile(source)
    except CellError as error:
        raise problem("ledger-work.inventory-heading", name=name, heading=error.heading) from None
    return Look(kind, "entries", "", "", (), "", 1, "auto", (), (), _FORM, 1.0, _FORM.name, ())
