"""What the HTTP server and an application hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

from ulak.errors import Text
from ulak_center.web.phrases import said_of

__all__ = [
    "Admitted",
    "Answer",
    "App",
    "Drop",
    "Head",
    "Limits",
    "Plain",
    "Refusal",
    "Refusing",
    "Reply",
    "Request",
]


class Limits(NamedTuple):
    """How much is taken of strangers. Times are in seconds, sizes in bytes.

    Attributes:
        head: request line and headers.
        headers: number of them.
        body: the longest body, unless the application admits less.
        memory: a body longer than this waits in a temporary file.
        idle: how long a connection may wait before a request begins.
        head_seconds: from the first byte of a request to the end of its head.
        gap_seconds: between two pieces of a body, and of an answer that is taken slowly.
        body_rate: bytes a second that a body must reach on average, after ``body_grace`` seconds.
        linger: how long is read on, after a refusal, for the sender to see it.
        silence: the longest that a connection is held without an answer.
        connections: at a time; ``per_address`` from one IP. At the limit the longest idle one makes room.
        threads: that carry out requests; as many more for those that wait for others.
        heavy: requests with longer bodies are carried out two at a time, since each takes some times as much memory.
    """

    head: int = 16 * 1024
    headers: int = 100
    body: int = 128 * 1024 * 1024
    memory: int = 1024 * 1024
    idle: float = 60.0
    head_seconds: float = 10.0
    gap_seconds: float = 15.0
    body_rate: float = 4096.0
    body_grace: float = 20.0
    linger: float = 3.0
    silence: float = 600.0
    connections: int = 800
    per_address: int = 400
    threads: int = 8
    heavy: int = 16 * 1024 * 1024


class Head(NamedTuple):
    """A request without its body.

    Attributes:
        path: as it came, still percent-encoded, without the query.
        headers: by name in lower case; repeated ones are joined by commas.
        host: the authority that the client asked for, e.g. ``127.0.0.1:8790``.
        caller: the client's IP.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    host: str
    scheme: str
    caller: str

    @property
    def base(self) -> str:
        """The address that the client knows us by, without a path."""
        return f"{self.scheme}://{self.host}"


class Request(NamedTuple):
    """A whole request.

    Attributes:
        note: what the application put into `Admitted`.
    """

    head: Head
    body: bytes
    note: Any = None


class Reply(NamedTuple):
    """An answer.

    Attributes:
        headers: besides Content-Length, Date and Connection.
        body: bytes, or a file that is sent as it is.
        after: seconds to wait before it is sent.
        cut: bytes of the body after which the connection breaks; None for never.
    """

    status: int
    body: bytes | Path = b""
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0
    cut: int | None = None


class Drop(NamedTuple):
    """No answer: the connection is reset at once, or (``silent``) held until the client gives up."""

    silent: bool = False


Answer: TypeAlias = Reply | Drop


class Admitted(NamedTuple):
    """Leave to send a body of at most so many bytes (None: what the server takes at most).

    Attributes:
        waits: whether answering may take long because others are waited for; such requests have threads of their own.
    """

    body: int | None = None
    note: Any = None
    waits: bool = False


class Refusal(NamedTuple):
    """Why the server itself refuses a request: an HTTP status, and what is wrong."""

    status: int
    text: Text


class App(Protocol):
    """What a server serves."""

    def admit(self, head: Head) -> Admitted | Answer:
        """Let the body come, or answer without it. Called on the server's own thread: it must not wait."""

    def handle(self, request: Request) -> Answer:
        """Answer a request. Called on one of several threads."""

    def refuse(self, head: Head | None, refusal: Refusal) -> Reply:
        """Words for what the server refuses; ``head`` is None if it could not be read. It must not wait."""


class Refusing:
    """The rest of an application that only handles: every body may come, refusals are plain text."""

    def admit(self, head: Head) -> Admitted | Answer:
        """Let the body come."""
        return Admitted()

    def refuse(self, head: Head | None, refusal: Refusal) -> Reply:
        """Say it in both languages."""
        words = f"{refusal.status} {said_of(refusal.status)}\n{refusal.text.tr}\n{refusal.text.en}\n"
        return Reply(refusal.status, words.encode(), (("Content-Type", "text/plain; charset=utf-8"),))


class Plain(Refusing):
    """An application of one function."""

    def __init__(self, handle: Callable[[Request], Answer]) -> None:
        self._handle = handle

    def handle(self, request: Request) -> Answer:
        """Answer with what the function says."""
        return self._handle(request)
