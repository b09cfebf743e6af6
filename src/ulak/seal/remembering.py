"""Answers remembered by their question, but never those to questions so long that a few of them would fill the memory.

What strangers send decides how long a question is: a name in a seal may have ten million characters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

__all__ = ["remembered"]


class _Sized(Hashable, Protocol):
    def __len__(self) -> int: ...


Q = TypeVar("Q", bound=_Sized)
P = ParamSpec("P")
A = TypeVar("A")
Work = Callable[Concatenate[Q, P], A]


def remembered(most: int, largest: int) -> Callable[[Work[Q, P, A]], Work[Q, P, A]]:
    """Remember the last answers of a pure function.

    Args:
        most: how many answers.
        largest: length of the first argument beyond which the answer is worked out each time.

    >>> @remembered(most=100, largest=3)
    ... def shout(text: str) -> str:
    ...     print(f"({text})")
    ...     return text.upper()
    >>> shout("abc"), shout("abc")
    (abc)
    ('ABC', 'ABC')
    >>> shout("abcd"), shout("abcd")
    (abcd)
    (abcd)
    ('ABCD', 'ABCD')
    """

    def decorate(work: Work[Q, P, A]) -> Work[Q, P, A]:
        kept = lru_cache(maxsize=most)(work)

        @wraps(work)
        def answer(question: Q, /, *args: P.args, **kwargs: P.kwargs) -> A:
            if len(question) > largest:
                return work(question, *args, **kwargs)
            return kept(question, *args, **kwargs)  # type: ignore[arg-type]

        return answer

    return decorate
