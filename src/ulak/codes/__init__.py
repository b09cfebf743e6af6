"""GİB's code lists as typed values with Turkish and English labels, dates and sources.

Start with `ulak.codes.scenarios` (which profile, type, exemption and withholding go together), `ulak.codes.lists`
(every list, one API), `ulak.codes.taxes`, `ulak.codes.withholding`, `ulak.codes.exemptions`, `ulak.codes.statuses`
and `ulak.codes.identifiers`. Every look-up takes `as_of`: the day whose law is asked for; None is the newest state
known, whatever the clock says.
"""

from __future__ import annotations

from ulak.codes.law import Source, in_force
from ulak.codes.lists import Code, CodeList, UnknownCodeError, UnknownListError, all_lists, code_list, list_names
from ulak.codes.needs import NEED_TEXTS, Need
from ulak.codes.scenarios import ExemptionClass, Scenario, Use, find, profiles_of, scenarios, types_of

__all__ = [
    "NEED_TEXTS",
    "Code",
    "CodeList",
    "ExemptionClass",
    "Need",
    "Scenario",
    "Source",
    "UnknownCodeError",
    "UnknownListError",
    "Use",
    "all_lists",
    "code_list",
    "find",
    "in_force",
    "list_names",
    "profiles_of",
    "scenarios",
    "types_of",
]
