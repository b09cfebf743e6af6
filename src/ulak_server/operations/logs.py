"""Logs: one JSON object a line on standard error, with the request's id, and without what tells who somebody is."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

__all__ = ["configure", "scrub"]

_NUMBER: Final = re.compile(r"(?<![\w-])\d{10,11}(?![\w-])")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def scrub(text: str) -> str:
    """A text without tax numbers, identity numbers and mail addresses: messages of errors may carry any.

    >>> scrub("Key (number)=(4812530769) of a@b.example, ARD2026000000001")
    'Key (number)=(…) of …, ARD2026000000001'
    """
    return _MAIL.sub("…", _NUMBER.sub("…", text))


def _scrubbed(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: scrub(value) if isinstance(value, str) else value for name, value in event.items()}


def _named(part: str) -> Any:
    def named(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {"process": part, **event}

    return named


def configure(part: str, level: int = logging.INFO) -> None:
    """Let this process log.

    Args:
        part: the process's name, e.g. ``worker-1``; in every line.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _named(part),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrubbed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared[:-1], structlog.stdlib.ExtraAdder(["request_id"]), shared[-1]],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("ulak_server").setLevel(level)
