"""Envelopes (zarf) in which documents travel: packed, opened, kept within GİB's limits.

Envelopes carry bytes and know no business meaning; that a list may hold one export invoice is the only thing they read
in a document.
"""

from __future__ import annotations

from ulak.envelope.account_reading import read_account
from ulak.envelope.account_values import Account, Action, Customer, Kind, Role, Service, Unit
from ulak.envelope.account_writing import write_account
from ulak.envelope.accounts import account_faults, services, user_header
from ulak.envelope.limits import Limits
from ulak.envelope.opening import Document, Opening, open_envelope, opening, opening_xml
from ulak.envelope.packing import pack, pack_to, xml_pieces
from ulak.envelope.problems import EnvelopeError
from ulak.envelope.response_reading import SystemResponse, read_response
from ulak.envelope.responses import query_answer, reason_of, respond, system_response
from ulak.envelope.splitting import distribute
from ulak.envelope.values import CARRIES, GIB, ElementType, Envelope, EnvelopeType, Group, Header, Party
from ulak.envelope.zipping import Packed

__all__ = [
    "CARRIES",
    "GIB",
    "Account",
    "Action",
    "Customer",
    "Document",
    "ElementType",
    "Envelope",
    "EnvelopeError",
    "EnvelopeType",
    "Group",
    "Header",
    "Kind",
    "Limits",
    "Opening",
    "Packed",
    "Party",
    "Role",
    "Service",
    "SystemResponse",
    "Unit",
    "account_faults",
    "distribute",
    "open_envelope",
    "opening",
    "opening_xml",
    "pack",
    "pack_to",
    "query_answer",
    "read_account",
    "read_response",
    "reason_of",
    "respond",
    "services",
    "system_response",
    "user_header",
    "write_account",
    "xml_pieces",
]
