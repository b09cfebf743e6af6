"""What the exchange offers to the faces: how things stand, and what people may want.

Views work within the caller's scope. Verbs open their own: call them outside of any.
"""

from ulak_server.exchange.correcting import correct
from ulak_server.exchange.possible import Possible, Undoing, possible
from ulak_server.exchange.problems import ExchangeError
from ulak_server.exchange.views import EnvelopeView, Said, Shown, envelope, may_leave, shown
from ulak_server.exchange.wishes import confirm, give_permission_back, release, resend, withdraw

__all__ = [
    "EnvelopeView",
    "ExchangeError",
    "Possible",
    "Said",
    "Shown",
    "Undoing",
    "confirm",
    "correct",
    "envelope",
    "give_permission_back",
    "may_leave",
    "possible",
    "release",
    "resend",
    "shown",
    "withdraw",
]
