"""Small rooms of the site: the user lists, descriptions at paths of their own, and whatever else is only fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from ulak.errors import Text
from ulak_center.web.phrases import said_of
from ulak_center.web.values import Admitted, Answer, Head, Refusal, Reply, Request

__all__ = ["Fetched", "Room", "plain"]

_TEXT: Final = (("Content-Type", "text/plain; charset=utf-8"),)
_METHOD: Final = Text("Bu adres yalnız okunur (GET).", "This address can only be read (GET).")


class Room(Protocol):
    """What answers at a path; as `App`."""

    def admit(self, head: Head) -> Admitted | Answer: ...

    def handle(self, request: Request) -> Answer: ...

    def refuse(self, head: Head, refusal: Refusal) -> Reply: ...


class Fetched:
    """A path that is only read.

    Args:
        answer: gives what is read.
        before: may answer in its place, e.g. in an outage.
    """

    def __init__(
        self, answer: Callable[[Head], Reply], before: Callable[[Head], Answer | None] = lambda head: None
    ) -> None:
        self._answer, self._before = answer, before

    def admit(self, head: Head) -> Admitted | Answer:
        """No body is wanted."""
        return self._before(head) or Admitted(0)

    def handle(self, request: Request) -> Answer:
        """What is read here."""
        if request.head.method not in ("GET", "HEAD"):
            reply = plain(405, _METHOD)
            return reply._replace(headers=(*reply.headers, ("Allow", "GET, HEAD")))
        return self._answer(request.head)

    def refuse(self, head: Head, refusal: Refusal) -> Reply:
        """In plain text."""
        return plain(refusal.status, refusal.text)


def plain(status: int, text: Text) -> Reply:
    """A sentence in both languages."""
    return Reply(status, f"{status} {said_of(status)}\n{text.tr}\n{text.en}\n".encode(), _TEXT)
