"""How scenarios stand to taxes, and the families of exemption codes they tell apart."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ExemptionClass", "Use"]


class Use(StrEnum):
    """How a scenario stands to something."""

    NO = "no"
    ALLOWED = "allowed"
    REQUIRED = "required"


class ExemptionClass(StrEnum):
    """The families of exemption reason codes; each behaves alike in every scenario."""

    PARTIAL = "partial"
    """2xx: exempt from VAT without right to deduct."""
    FULL = "full"
    """3xx: exempt from VAT with right to deduct."""
    INVESTMENT = "investment"
    """308 and 339: full exemption that only investment-incentive invoices may name."""
    PASSENGER = "passenger"
    """501: goods that a traveller takes out of the country; VAT is shown and refunded."""
    EXCISE = "excise"
    """1xx: exempt from excise (ÖTV)."""
    ACCOMMODATION = "accommodation"
    """001: exempt from accommodation tax."""
    EXPORT_REGISTERED = "export_registered"
    """7xx: sold for export, the tax is deferred."""
    SPECIAL_BASE = "special_base"
    """8xx: VAT on a base other than the price."""
    NOT_EXEMPT = "not_exempt"
    """351 and 151: no tax although no exemption applies."""
    UNCHECKED_RATE = "unchecked_rate"
    """555: VAT at a rate that is not checked against the seller's activity; the VAT may not be 0."""
