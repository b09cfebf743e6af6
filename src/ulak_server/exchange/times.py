"""The times of the law of the road, as the environment may change them in rehearsals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from ulak.lifecycle.policy import DEFAULT, Backoff, Policy
from ulak_server.problems import environment_error

__all__ = ["policy_of"]


def policy_of(text: str) -> Policy:
    """GİB's times and ours, changed by JSON: seconds; pauses by first, factor, cap and jitter; counts as they are.

    Raises:
        EnvironmentRefused: ``environment.not-a-policy``.

    >>> policy_of('{"call_lease": 5, "resend": [0.2, 2, 5, 0.1]}').call_lease
    datetime.timedelta(seconds=5)
    """
    try:
        given: dict[str, Any] = json.loads(text or "{}")
        changed: dict[str, Any] = {name: _value(getattr(DEFAULT, name), value) for name, value in given.items()}
        return DEFAULT._replace(**changed)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise environment_error("environment.not-a-policy", detail=error) from error


def _value(default: object, given: Any) -> object:
    if isinstance(default, timedelta):
        return timedelta(seconds=given)
    if isinstance(default, Backoff):
        first, factor, cap, jitter = given
        return Backoff(timedelta(seconds=first), factor, timedelta(seconds=cap), jitter)
    return type(default)(given)  # type: ignore[call-arg]
