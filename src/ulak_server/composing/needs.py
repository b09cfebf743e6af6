"""What has to be filled in before a document is sent: what every one needs, and what its profile and type ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ulak.codes.needs import Need
from ulak.codes.scenarios import find
from ulak.errors import Text
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.found import Fix, Found, Weight, missing, wrong
from ulak_server.composing.reading import OTHER
from ulak_server.composing.state import Change, State, is_blank, value_at

__all__ = ["NEED_FIELDS", "UNDATED", "needs", "needs_of"]

NEED_FIELDS: Final[Mapping[Need, Sequence[str]]] = {
    Need.BILLING_REFERENCE: ("/returns/0/number", "/returns/0/date"),
    Need.IBAN: ("/payment/iban",),
    Need.KUNYE: ("/lines/*/ids/KUNYENO",),
    Need.ETIKET: ("/lines/*/ids/ETIKETNO",),
    Need.GTIP: ("/lines/*/delivery/gtip",),
    Need.INCOTERMS: ("/lines/*/delivery/incoterms",),
    Need.TRANSPORT_MODE: ("/lines/*/delivery/transport_mode",),
    Need.BUYER_EXPORT: ("/buyer/registered_name", "/buyer/address/country", "/buyer/address/city"),
    Need.DELIVERY_ADDRESS: ("/delivery/address/street", "/delivery/address/city", "/delivery/address/country"),
    Need.SGK_FIELDS: (
        "/sgk/group", "/sgk/provider_code", "/sgk/provider_name", "/sgk/file_number", "/period/start", "/period/end",
    ),
    Need.PAPER_REFERENCE: ("/paper/number", "/paper/date"),
    Need.INVOICE_PERIOD: ("/period/start", "/period/end"),
    Need.YTB_NUMBER: ("/incentive/number", "/incentive/date"),
    Need.EXPENSE_TYPE: ("/lines/*/classification",),
    Need.RETURN_REFERENCE: ("/original/kind", "/original/date"),
}  # fmt: skip
"""Fields that a need asks for; ``*`` stands for every line."""


_ROOTS: Final = {"despatch_advice": "DespatchAdvice", "producer_receipt": "CreditNote", "expense_note": "CreditNote"}
"""Where the document is no Invoice."""
_CUSTOMER: Final = Text("Alıcı", "The customer")
_OTHERS: Final[Mapping[str, Text]] = {
    "producer_receipt": Text("Müstahsil", "The producer"),
    "expense_note": Text("Malı veren", "Who gives the goods"),
}
"""The other party, where it sells."""


def needs_of(state: State, profile: str, type_code: str) -> frozenset[Need]:
    """What the profile and type of a document ask for."""
    document = _ROOTS.get(state.kind, "Invoice")
    scenario = find(profile, type_code, document=document)  # type: ignore[arg-type]
    return scenario.needs if scenario else frozenset()


def needs(state: State, profile: str, type_code: str) -> Iterator[Found]:
    """Everything that is still to be filled in."""
    wanted = needs_of(state, profile, type_code)
    if Need.CUSTOMS_CUSTOMER not in wanted:
        yield from _party(state, "/customer")
    yield from _lines(state, profile, type_code)
    for need, pointers in NEED_FIELDS.items():
        if need in wanted:
            for pointer in pointers:
                yield from _each(state, pointer)
    if state.kind == "despatch_advice":
        yield from _transport(state)
    if "internet_sale" in state.members:
        yield from _internet_sale(state)
    for name, inner in _WHOLE.items():
        if state.members.get(name) or (state.kind == "expense_note" and name in _CONFIRMED):
            for member in inner:
                yield from _one(state, f"/{name}/{member}")
    if state.kind == "expense_note":
        yield from _one(state, "/confirmation/phone")


def _filled(state: State) -> list[int]:
    return [at for at, row in enumerate(state.lines) if not is_blank(row)]


def _each(state: State, pointer: str) -> Iterator[Found]:
    if "*" not in pointer:
        yield from _one(state, pointer)
        return
    for at in _filled(state):
        yield from _one(state, pointer.replace("*", str(at)))


def _one(state: State, pointer: str) -> Iterator[Found]:
    if value_at(state.members, pointer) in (None, "", []):
        yield missing(state.kind, pointer)


def _party(state: State, begin: str) -> Iterator[Found]:
    party = state.members.get(begin[1:])
    if not isinstance(party, Mapping) or not party:
        yield wrong("compose.no-customer", f"{begin}/tax_id", Weight.MISSING, who=_OTHERS.get(state.kind, _CUSTOMER))
        return
    if not party.get("tax_id"):
        yield missing(state.kind, f"{begin}/tax_id")
    elif len(str(party["tax_id"])) != 11:
        yield from _one(state, f"{begin}/name")
    elif not (party.get("first_name") and party.get("family_name")):
        yield _person(state, begin, party)
    for name in ("city", "town"):
        yield from _one(state, f"{begin}/address/{name}")


def _person(state: State, begin: str, party: Mapping[str, Any]) -> Found:
    """Somebody with a citizen number whose names stand in one field are parted at the last blank."""
    first, _, family = str(party.get("name") or "").strip().rpartition(" ")
    fixes = []
    if first and family:
        changes = [Change("set", f"{begin}/first_name", first), Change("set", f"{begin}/family_name", family)]
        changes.append(Change("set", f"{begin}/name", ""))
        fixes.append(Fix(Text(f"“{first}” + “{family}” yap", f"Make it “{first}” + “{family}”"), changes))
    which = "family_name" if party.get("first_name") else "first_name"
    return wrong("compose.person-name", f"{begin}/{which}", Weight.MISSING, fixes=fixes)


def _lines(state: State, profile: str, type_code: str) -> Iterator[Found]:
    filled = _filled(state)
    if not filled:
        yield wrong("compose.no-line", "/lines/0/name", Weight.MISSING)
        return
    scenario = find(profile, type_code)
    bears_vat = state.kind in _BEAR_VAT and not (scenario and scenario.default_exemption)
    for at in filled:
        row = state.lines[at]
        required = [*EDITORS[state.kind].wanted]
        if bears_vat and row.get("exemption") is None and row.get("collected_vat") is None:
            required.append("vat")
        for name in required:
            if row.get(name) in (None, ""):
                yield missing(state.kind, f"/lines/{at}/{name}")


def _internet_sale(state: State) -> Iterator[Found]:
    """What a sale over the internet has to say (e-Arşiv Kılavuzu V1.18, 3.3.2.17)."""
    sale = state.members["internet_sale"]
    said = sale if isinstance(sale, Mapping) else {}
    for name in ("site", "payment", "shipped_on", *(("carrier/tax_id", "carrier/name") if said.get("carrier") else ())):
        yield from _one(state, f"/internet_sale/{name}")
    if not str(said.get("payment", "")).startswith(UNDATED):
        yield from _one(state, "/internet_sale/paid_on")
    if said.get("payment") == "ODEMEARACISI":
        yield from _one(state, "/internet_sale/agent")
    if said.get("payment") == OTHER:
        yield missing(state.kind, "/internet_sale/other")


_WHOLE: Final[Mapping[str, Sequence[str]]] = {
    "confirmation": ("code",),
    "provider": ("name", "vkn"),
    "courier": ("tax_id", "name"),
}
"""Members of parts that are there whole or not at all."""
_CONFIRMED: Final = frozenset({"confirmation", "provider"})
"""What the report of an expense note wants (package e-Gider Pusulası V1.0, eArsiv.xsd)."""
UNDATED: Final = ("KAPIDAODEME", "DIGER")
"""Ways to pay whose day need not be said."""
_BEAR_VAT: Final = frozenset({"invoice", "freelance_receipt"})


def _transport(state: State) -> Iterator[Found]:
    members = state.members
    for pointer in ("/delivery_address/city", "/delivery_address/town", "/delivery_address/postal_code"):
        yield from _one(state, pointer)
    plate = members.get("plate") or members.get("foreign_plate")
    if not members.get("carrier") and not (plate and members.get("drivers")):
        field = "/drivers/0/first_name" if plate else "/plate"
        yield wrong("compose.no-transport", field, Weight.MISSING)
    if isinstance(members.get("carrier"), Mapping):
        yield from _carrier(state)
    for at, _ in enumerate(members.get("drivers") or ()):
        for name in ("first_name", "family_name", "tckn"):
            yield from _one(state, f"/drivers/{at}/{name}")


def _carrier(state: State) -> Iterator[Found]:
    yield from _one(state, "/carrier/tax_id")
    if len(str(state.members["carrier"].get("tax_id", ""))) != 11:
        yield from _one(state, "/carrier/name")
