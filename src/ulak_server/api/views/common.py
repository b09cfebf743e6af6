"""What the structures of all rooms have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

__all__ = ["Given", "Moment", "Taken"]

Moment = Annotated[datetime, Meta(tz=True)]
"""A moment, with its offset."""


class Given(msgspec.Struct, kw_only=True):
    """The base of what the API answers: every field is there, `null` where there is nothing."""


class Taken(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The base of what the API takes; fields that it does not know are refused."""
