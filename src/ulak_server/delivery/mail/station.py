"""The station that sends messages: some hundred a turn, by a few threads with a connection each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Final

import structlog
from django.db import connection

from ulak.errors import UlakError
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import ports
from ulak_server.delivery.links import make_link
from ulak_server.delivery.mail.claiming import Claim, claim, completes, put_back, tell
from ulak_server.delivery.mail.handing import Handed, Line, Outcome
from ulak_server.delivery.mail.loading import Loaded, letter_of, load
from ulak_server.delivery.mail.postbox import Postbox, is_set_up, postbox
from ulak_server.delivery.mail.writing import write
from ulak_server.delivery.models import Channel, Message
from ulak_server.delivery.problems import DeliveryError
from ulak_server.meters import ASIDES

__all__ = ["Mail"]

_LOG: Final = structlog.get_logger("ulak_server.delivery")
_MOST: Final = 100
_THREADS: Final = 4
_FIRST_REST, _LAST_REST = 5.0, 300.0


class Mail:
    """See the module.

    Args:
        threads: that send at the same time, each with a connection of its own.
        now: seconds of a clock that never goes back.
    """

    name: Final = "mail"
    looks: Final = ("(SELECT true FROM delivery_message WHERE due_at <= now.at ORDER BY due_at LIMIT 1)",)

    def __init__(
        self, threads: int = _THREADS, *, timeout: float = 30.0, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._threads, self._timeout, self._now = threads, timeout, now
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="mail")
        self._failures, self._rests_until = 0, 0.0

    def turn(self) -> int:
        """Send up to a hundred messages; how many were tried."""
        if self._now() < self._rests_until:
            return 0
        # Before anything is claimed: settings that cannot be read must not hold messages.
        box = postbox() if is_set_up() else None
        claims = claim(_MOST)
        if not claims:
            return 0
        away = self._send(claims, box)
        if away is None:
            self._failures = 0
        else:
            self._rest(away)
        return len(claims)

    def close(self) -> None:
        """End the threads once they have finished what they are at."""
        self._pool.shutdown()

    def _rest(self, away: Handed) -> None:
        self._failures += 1
        rest = min(_LAST_REST, _FIRST_REST * 2 ** min(self._failures - 1, 10))
        self._rests_until = self._now() + rest
        _LOG.warning("mail.server-away", code=away.code, detail=away.detail, rest=rest)

    def _send(self, claims: Sequence[Claim], box: Postbox | None) -> Handed | None:
        """Send what was claimed; how the server is away, if it is."""
        found = _loaded(claims)
        work: SimpleQueue[tuple[Claim, Loaded]] = SimpleQueue()
        for one in found:
            work.put(one)
        ends = [self._pool.submit(_Sender(work, box, self._timeout).run) for _ in range(min(self._threads, len(found)))]
        wait(ends)
        failures = [error for end in ends if (error := end.exception()) is not None]
        aways = [away for end in ends if end.exception() is None and (away := end.result()) is not None]
        rest = _drained(work)
        if rest:
            code = aways[0].code if aways else "mail.internal"
            put_back(rest, code, timedelta(seconds=30))
        if failures:
            raise failures[0]
        return aways[0] if aways else None


class _Sender:
    """One thread's share: it takes messages until there are none, or until the server is away."""

    def __init__(self, work: SimpleQueue[tuple[Claim, Loaded]], box: Postbox | None, timeout: float) -> None:
        self._work, self._box = work, box
        self._line = Line(box, timeout) if box is not None and box.folder is None else None

    def run(self) -> Handed | None:
        try:
            while True:
                try:
                    one, found = self._work.get_nowait()
                except Empty:
                    return None
                handed = self._one(one, found)
                if handed.outcome == Outcome.AWAY:
                    put_back([one], handed.code, timedelta(seconds=30))
                    return handed
        finally:
            if self._line is not None:
                self._line.leave()
            connection.close()

    def _one(self, one: Claim, found: Loaded) -> Handed:
        begun = time.monotonic()
        try:
            handed = self._hand(one, found)
        except Exception as error:
            if not isinstance(error, UlakError):
                _LOG.exception("mail.failed", message=one.id)
            handed = Handed(Outcome.LATER, _code_of(error), None, _words_of(error))
        if handed.outcome != Outcome.AWAY:
            tell(one, found.message.recipient, handed, time.monotonic() - begun)
        return handed

    def _hand(self, one: Claim, found: Loaded) -> Handed:
        if found.message.document_id and not found.body:
            return Handed(Outcome.REFUSED, "mail.no-body")
        letter = letter_of(found)
        if found.message.channel != Channel.MAIL:
            return ports.hand(found.message.channel, letter, lambda: completes(one))
        if self._box is None:
            return Handed(Outcome.LATER, "delivery.mail-not-set-up")
        written = write(letter, self._box)
        if written.left_out and found.link is None:
            written = write(letter_of(_linked(found)), self._box)
        if self._line is None:
            return ports.keep_mail(self._box, one.id, written, lambda: completes(one))
        return self._line.hand(written.sender, written.recipient, written.data, lambda: completes(one))


def _linked(found: Loaded) -> Loaded:
    """With a link, since files are too large to be attached."""
    message = found.message
    with scoped(Role.WEB, [message.taxpayer_id]):
        link = make_link(message.taxpayer_id, message.document_id or 0, label=message.recipient, actor=message.actor)
        Message.objects.filter(id=message.id).update(link_id=link.id)
    return found._replace(link=link)


def _loaded(claims: Sequence[Claim]) -> list[tuple[Claim, Loaded]]:
    by_id = {one.id: one for one in claims}
    try:
        found = load(sorted({one.taxpayer for one in claims}), list(by_id))
    except Exception:
        # One that cannot be opened must not hold up the others.
        found = [loaded for one in claims for loaded in _alone(one)]
    return [(by_id[one.message.id], one) for one in found]


def _alone(one: Claim) -> Sequence[Loaded]:
    try:
        return load([one.taxpayer], [one.id])
    except Exception as error:
        _LOG.error("mail.failed", message=one.id, taxpayer=one.taxpayer, exc_info=error)
        ASIDES.labels("mail").inc()
        tell(one, "", Handed(Outcome.LATER, "mail.internal", None, _words_of(error)), 0)
        return ()


def _drained(work: SimpleQueue[tuple[Claim, Loaded]]) -> list[Claim]:
    left = []
    while not work.empty():
        left.append(work.get_nowait()[0])
    return left


def _code_of(error: Exception) -> str:
    if isinstance(error, DeliveryError):
        return error.code
    return "mail.not-rendered" if isinstance(error, UlakError) else "mail.internal"


def _words_of(error: Exception) -> str:
    return error.text.en if isinstance(error, UlakError) else type(error).__name__
