"""What ``ulak mail`` does."""

from __future__ import annotations

import sys
from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak.errors import Text, UlakError
from ulak_server.commands.ground import ground

__all__ = ["run_bounced", "run_test"]

_LARGEST: Final = 1024 * 1024
_LATER: Final = 75
"""What mail servers take for "try again later" (EX_TEMPFAIL of sysexits.h)."""
_TAKEN: Final = Text("Gönderim {message}: {kind} {status}", "Delivery {message}: {kind} {status}")
_THROWN: Final = Text("Atıldı: {text}", "Thrown away: {text}")
_SENT: Final = Text("{address} adresine gönderildi: {said}", "Sent to {address}: {said}")
_FAILED: Final = Text("Gönderilemedi: {text} {said}", "Not sent: {text} {said}")


def run_bounced(session: Session) -> Exit:
    """Take one message; what is none of ours is thrown away, since its sender can do nothing about it."""
    data = sys.stdin.buffer.read(_LARGEST)
    # A server that goes on writing must not find the pipe closed.
    while sys.stdin.buffer.read(_LARGEST):
        pass
    try:
        with ground(migrated=False):
            from ulak_server.delivery.services import DeliveryError, came_back

            try:
                found = came_back(data)
            except DeliveryError as error:
                session.tell(session.say(_THROWN.format(text=error.text.say(session.language))) + "\n")
                return Exit.OK
    except UlakError as error:
        session.tell(error.text.say(session.language) + "\n")
        raise SystemExit(_LATER) from error
    session.put(session.say(_TAKEN.format(message=found.message, kind=found.kind, status=found.status)) + "\n")
    return Exit.OK


def run_test(session: Session, address: str) -> Exit:
    """Hand a short message over, past the queue, and say what the server said.

    Raises:
        DeliveryError: ``delivery.mail-not-set-up``, ``delivery.smtp-url``, ``delivery.address-odd``.
    """
    with ground(database=False):
        from ulak_server.delivery.mail.trying import try_out
        from ulak_server.delivery.services import outcome

        handed = try_out(address, session.language)
    if handed.code:
        why = outcome(handed.code).text.say(session.language)
        session.put(session.say(_FAILED.format(text=why, said=handed.detail)) + "\n")
        return Exit.FINDINGS
    session.put(session.say(_SENT.format(address=address, said=handed.detail)) + "\n")
    return Exit.OK
