"""How many may do something at once: all together, and each of them."""

from __future__ import annotations

import asyncio

__all__ = ["Lanes"]


class Lanes:
    """Places that are taken in turn; used by one event loop.

    Args:
        all: places.
        each: that one of them may hold.
    """

    def __init__(self, all: int, each: int) -> None:
        self._all, self._each = asyncio.Semaphore(all), each
        self._own: dict[str, tuple[asyncio.Semaphore, int]] = {}

    async def enter(self, who: str) -> None:
        """Wait for a place; give it back by `leave`. If the waiting is cancelled nothing is held."""
        own, users = self._own.get(who, (asyncio.Semaphore(self._each), 0))
        self._own[who] = own, users + 1
        try:
            await own.acquire()
            try:
                await self._all.acquire()
            except BaseException:
                own.release()
                raise
        except BaseException:
            self._forget(who)
            raise

    def leave(self, who: str) -> None:
        """Give a place back."""
        self._own[who][0].release()
        self._all.release()
        self._forget(who)

    def _forget(self, who: str) -> None:
        own, users = self._own.pop(who)
        if users > 1:
            self._own[who] = own, users - 1
