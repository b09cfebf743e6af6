"""The process that delivers: it reads the log on, tells people and programs, sends messages, calls webhooks.

It is apart from the pipeline's workers, so that slow mail servers and receivers hold up no document. Any number of them
may run, on any machines.
"""

from __future__ import annotations

import threading

from ulak_server.delivery.feed import Feed
from ulak_server.delivery.hooks.station import Hooks
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.posting import Posting
from ulak_server.delivery.sharing import Addresses, Sharing
from ulak_server.delivery.telling import Telling
from ulak_server.exchange import worker

__all__ = ["crew", "run"]


def crew(known: Addresses | None = None) -> tuple[Feed, Telling, Posting, Sharing, Mail, Hooks]:
    """Every kind of work that is done here, in the order of its turns."""
    return (Feed(), Telling(), Posting(), Sharing(known), Mail(), Hooks())


def run(name: str, stop: threading.Event, known: Addresses | None = None) -> None:
    """Deliver until it is told to stop; the turn under way is finished first.

    It looks once a second: every batch in the pipeline rings, and hardly any of them makes something to deliver.

    Args:
        known: e-mail addresses of the taxpayers' books, for documents that say none.
    """
    worker.run(worker.Context(name, stop), crew(known), hears=None)
