"""GİB's web services as codecs for both ends: MTOM, SOAP, and the e-Fatura, e-Arşiv and e-Defter messages.

``efatura.SERVICE``, ``earsiv.SERVICE`` and ``edefter.SERVICE`` each read and write requests, responses and faults. Only
`ulak.wire.client` uses the network.
"""

from ulak.wire.mtom import DEFAULT_LIMITS, Limits, Payload
from ulak.wire.problems import WireError
from ulak.wire.results import Outcome, Result, Results, ServiceFault
from ulak.wire.service import Call, Operation, Reply, Service
from ulak.wire.soap import Message, Version

__all__ = [
    "DEFAULT_LIMITS",
    "Call",
    "Limits",
    "Message",
    "Operation",
    "Outcome",
    "Payload",
    "Reply",
    "Result",
    "Results",
    "Service",
    "ServiceFault",
    "Version",
    "WireError",
]
