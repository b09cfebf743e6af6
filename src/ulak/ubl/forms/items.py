"""What is sold, in UBL and back."""

from __future__ import annotations

from typing import TypedDict

from ulak.ubl import components as ubl
from ulak.ubl.forms.lines import Item
from ulak.ubl.forms.party import text
from ulak.ubl.values import Identifier

__all__ = ["ItemFields", "item_fields", "item_to_ubl"]


def item_to_ubl(line: Item) -> ubl.Item:
    """The item of a line."""
    code, classification = line.code, line.classification
    return ubl.Item(
        description=line.description,
        name=line.name,
        brand_name=line.brand,
        model_name=line.model,
        buyers_item_identification=_identification(line.buyer_code),
        sellers_item_identification=None if code is None else ubl.ItemIdentification(id=code),
        manufacturers_item_identification=_identification(line.manufacturer_code),
        additional_item_identification=_additional(line) if line.ids else (),
        origin_country=None if line.origin is None else ubl.Country(name=line.origin),
        commodity_classification=()
        if classification is None
        else (ubl.CommodityClassification(item_classification_code=classification),),
        item_instance=_instance(line),
    )


def _identification(code: str | None) -> ubl.ItemIdentification | None:
    return None if code is None else ubl.ItemIdentification(id=code)


def _additional(line: Item) -> tuple[ubl.ItemIdentification, ...]:
    found = []
    for scheme, values in (line.ids or {}).items():
        for value in (values,) if isinstance(values, str) else values:
            found.append(ubl.ItemIdentification(id=Identifier(value, scheme)))
    return tuple(found)


def _instance(line: Item) -> tuple[ubl.ItemInstance, ...]:
    if line.serial is None and line.trace_id is None:
        return ()
    return (ubl.ItemInstance(product_trace_id=line.trace_id, serial_id=line.serial),)


class ItemFields(TypedDict):
    """The fields that every friendly line has in common."""

    name: str
    description: str | None
    code: str | None
    buyer_code: str | None
    manufacturer_code: str | None
    brand: str | None
    model: str | None
    origin: str | None
    ids: dict[str, str | tuple[str, ...]] | None
    classification: str | None
    serial: str | None
    trace_id: str | None


def item_fields(item: ubl.Item | None) -> ItemFields:
    """What of an item the friendly form has fields for."""
    item = item or ubl.Item()
    instance = item.item_instance[0] if item.item_instance else None
    classified = item.commodity_classification[0] if item.commodity_classification else None
    return ItemFields(
        name=text(item.name) or "",
        description=text(item.description),
        code=_code(item.sellers_item_identification),
        buyer_code=_code(item.buyers_item_identification),
        manufacturer_code=_code(item.manufacturers_item_identification),
        brand=text(item.brand_name),
        model=text(item.model_name),
        origin=text(item.origin_country.name) if item.origin_country else None,
        ids=_ids(item) or None,
        classification=text(classified.item_classification_code) if classified else None,
        serial=text(instance.serial_id) if instance else None,
        trace_id=text(instance.product_trace_id) if instance else None,
    )


def _code(identification: ubl.ItemIdentification | None) -> str | None:
    return text(identification.id) if identification else None


def _ids(item: ubl.Item) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in item.additional_item_identification:
        if isinstance(one.id, Identifier) and one.id.scheme_id:
            found.setdefault(one.id.scheme_id, []).append(one.id.value)
    return {scheme: values[0] if len(values) == 1 else tuple(values) for scheme, values in found.items()}
