"""What a despatch advice says of the lorry: plates, drivers, carrier, where to and when; for views and print-outs.

Source: Temel İrsaliye Senaryosu; Schematron 20260312, ``PlateNumberCheck`` (plates stand in ``ShipmentStage`` and in
``TransportHandlingUnit``).
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json

__all__ = ["Driver", "Transport", "transport_of"]


class Driver(NamedTuple):
    """A person who drives; ``number`` is the TCKN."""

    name: str
    number: str


class Transport(NamedTuple):
    """How goods travel.

    Attributes:
        carrier: the firm that drives, as a party of the friendly JSON; None if the sender drives.
        despatch_date, despatch_time: as stated, ISO; empty if not.
        address: of the delivery, as in the friendly JSON; None if not stated.
    """

    plates: tuple[str, ...]
    trailers: tuple[str, ...]
    drivers: tuple[Driver, ...]
    carrier: dict[str, Any] | None
    despatch_date: str
    despatch_time: str
    address: dict[str, Any] | None


def transport_of(body: bytes) -> Transport:
    """What a despatch advice says of the lorry.

    Raises:
        UlakError: it cannot be read.
    """
    said = json.loads(to_json(read_document(body)))
    return Transport(
        tuple(filter(None, (said.get("plate"), said.get("foreign_plate")))),
        tuple(said.get("trailers", ())),
        tuple(map(_driver, said.get("drivers", ()))),
        said.get("carrier"),
        said.get("despatch_date", ""),
        said.get("despatch_time", ""),
        said.get("delivery_address"),
    )


def _driver(said: dict[str, Any]) -> Driver:
    name = " ".join(filter(None, (said.get("first_name"), said.get("family_name"))))
    return Driver(name, str(said.get("tckn", "")))
