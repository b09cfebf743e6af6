"""Despatch advices and the answers to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.rules.advice.dates import day
from ulak.rules.advice.figures import ZERO, Figure, figure
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cac, cbc
from ulak.rules.advice.reading import grouped, text_of
from ulak.rules.advice.table import RULES

__all__ = ["DESPATCH_LINE", "RECEIPT_LINE", "advise_despatch", "advise_receipt"]

DESPATCH_LINE: Final = cac("DespatchLine")
RECEIPT_LINE: Final = cac("ReceiptLine")
_TOO_EARLY: Final = RULES["advice.despatch-before-issue"]
_NO_QUANTITY: Final = RULES["advice.quantity-not-positive"]
_NO_PLATE: Final = RULES["advice.driver-without-plate"]
_REJECTED: Final = RULES["advice.rejected-more-than-received"]
_NO_REASON: Final = RULES["advice.rejection-without-reason"]
_BOTH: Final = RULES["advice.short-and-over"]
_UNIT: Final = RULES["advice.unit-differs"]
_PAPER: Final = "MATBUDAN"
_PLATE: Final = f"{cac('TransportMeans')}/{cac('RoadTransport')}/{cbc('LicensePlateID')}"
_QUANTITIES: Final = tuple(cbc(f"{kind}Quantity") for kind in ("Received", "Short", "Rejected", "Oversupply"))
_REASONS: Final = (cbc("RejectReason"), cbc("RejectReasonCode"), cbc("Note"))


def advise_despatch(head: Head, lines: list[etree._Element]) -> Iterator[Advice]:
    """Goods that leave before the advice, drivers without a vehicle, lines that send nothing."""
    issued = day(head.text("IssueDate"))
    for shipment in head.nodes("Shipment"):
        yield from _plates(shipment)
        if issued is None or head.type == _PAPER:
            continue
        for node in shipment.iter(cbc("ActualDespatchDate")):
            despatched = day(text_of(node))
            if despatched is not None and despatched < issued:
                yield _TOO_EARLY.found(node, text_of(node), head.text("IssueDate"))
    for line in lines:
        quantity = figure(next(line.iterchildren(cbc("DeliveredQuantity")), None))
        if quantity and quantity.value <= 0:
            yield _NO_QUANTITY.found(quantity.node, quantity.text)


def _plates(shipment: etree._Element) -> Iterator[Advice]:
    """GİB is content with one plate; it asks for none where a carrier takes the goods."""
    stages = list(shipment.iterchildren(cac("ShipmentStage")))
    plated = [any(text_of(plate) for plate in stage.iterfind(_PLATE)) for stage in stages]
    for stage, has_plate in zip(stages, plated, strict=True):
        driver = next(stage.iterchildren(cac("DriverPerson")), None)
        if driver is not None and not has_plate and any(plated):
            yield _NO_PLATE.found(driver, "")


def advise_receipt(lines: list[etree._Element]) -> Iterator[Advice]:
    """Quantities of an answer that contradict one another; what was despatched is not in the document."""
    for line in lines:
        children = grouped(line)
        stated = [figure(children[name][0]) if name in children else None for name in _QUANTITIES]
        received, short, rejected, over = stated
        yield from _rejection(
            received, rejected, any(text_of(node) for name in _REASONS for node in children.get(name, ()))
        )
        if short and over and short.value > 0 and over.value > 0:
            yield _BOTH.found(short.node, short.text, over.text)
        yield from _units([each for each in stated if each])


def _rejection(received: Figure | None, rejected: Figure | None, reasoned: bool) -> Iterator[Advice]:
    if rejected is None or rejected.value <= 0:
        return
    got = received.value if received else ZERO
    if received and rejected.value > got:
        yield _REJECTED.found(rejected.node, rejected.text, received.text)
    if not reasoned:
        yield _NO_REASON.found(rejected.node, rejected.text)


def _units(stated: list[Figure]) -> Iterator[Advice]:
    for each in stated[1:]:
        first, unit = stated[0].node.get("unitCode"), each.node.get("unitCode")
        if unit and first and unit != first:
            yield _UNIT.found(each.node, unit, first, attribute="unitCode")
