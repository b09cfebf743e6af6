"""Accounting exports of any program into the entry store: looked at, matched, taken in whole or not at all."""

from ulak.ledger.intake.fields import ACCOUNTS, ENTRIES, FIELDS, Field
from ulak.ledger.intake.guessing import missing
from ulak.ledger.intake.looking import Column, Look, look_at
from ulak.ledger.intake.mapping import MAPPINGS, FileForm, Mapping, mapping_text, read_mapping
from ulak.ledger.intake.problems import InputError
from ulak.ledger.intake.taking import Taken, take_in
from ulak.ledger.intake.template import template

__all__ = [
    "ACCOUNTS",
    "ENTRIES",
    "FIELDS",
    "MAPPINGS",
    "Column",
    "Field",
    "FileForm",
    "InputError",
    "Look",
    "Mapping",
    "Taken",
    "look_at",
    "mapping_text",
    "missing",
    "read_mapping",
    "take_in",
    "template",
]
