"""WS-Security: SOAP messages sealed for GİB's e-Arşiv and e-Defter services, and sealed messages verified.

``seal_message`` makes a sealed message, ``verify_message`` judges one.
"""

from ulak.seal.wssecurity.problems import SoapError
from ulak.seal.wssecurity.replay import ReplayGuard, ReplayMemory
from ulak.seal.wssecurity.report import MessageReport, Policy, Sealed
from ulak.seal.wssecurity.sealing import seal_message
from ulak.seal.wssecurity.verification import verify_message

__all__ = [
    "MessageReport",
    "Policy",
    "ReplayGuard",
    "ReplayMemory",
    "Sealed",
    "SoapError",
    "seal_message",
    "verify_message",
]
