"""``ulak verify``: the seals of documents and envelopes, judged and told."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final, Literal, NamedTuple, cast, get_args
from zoneinfo import ZoneInfo

import msgspec

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.inputs import LARGEST_SEALED, Source, expand, is_large, read
from ulak.cli.seal_json import as_json, unreadable_as_json
from ulak.cli.seal_page import seal_page, unreadable_page
from ulak.cli.session import Session
from ulak.cli.trusting import trust_of
from ulak.errors import Text, UlakError
from ulak.seal.large import LargeError, verify_large
from ulak.seal.levels.hook import level_check
from ulak.seal.trust import Trust
from ulak.seal.verify import Policy, SealReport, verify_all

__all__ = ["VerifyWish", "verify_files", "verify_wish"]

Format = Literal["text", "json"]
_ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class VerifyWish(NamedTuple):
    """How to judge and how to show it."""

    trust: Trust
    at: datetime
    policy: Policy
    format: Format


def verify_wish(
    trust: str | None,
    at: str | None,
    online: bool,
    strict: bool,
    format: str,
    environment: Mapping[str, str] = os.environ,
) -> VerifyWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``, or ``trust.*`` if the folder cannot be read.
    """
    one_of(format, get_args(Format), "--format")
    moment = moment_of(at, "--at") or datetime.now(_ISTANBUL)
    judge = trust_of(trust, online=online, environment=environment)
    policy = (Policy.strict() if strict else Policy())._replace(max_bytes=LARGEST_SEALED)
    return VerifyWish(judge, moment, policy, cast(Format, format))


def moment_of(text: str | None, option: str) -> datetime | None:
    """The moment that an option names; without a zone that of Istanbul, a day alone means its end.

    Raises:
        UlakError: ``cli.usage``.

    >>> str(moment_of("2026-11-22", "--at"))
    '2026-11-22 23:59:59+03:00'
    >>> str(moment_of("2026-11-22T09:00Z", "--at"))
    '2026-11-22 09:00:00+00:00'
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text + "T23:59:59" if _DAY.fullmatch(text) else text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=_ISTANBUL)
        moment.astimezone(_ISTANBUL)
    except (ValueError, OverflowError):
        raise usage(
            Text(f"{option}: “{text}” bir zaman değil.", f"{option}: “{text}” is no time."),
            Text(
                "Şöyle yazın: 2026-11-22, 2026-11-22T14:30 ya da 2026-11-22T14:30:00+03:00.",
                "Write it like 2026-11-22, 2026-11-22T14:30 or 2026-11-22T14:30:00+03:00.",
            ),
        ) from None
    return moment


def verify_files(session: Session, names: Sequence[str], wish: VerifyWish) -> Exit:
    """Judge the seals of everything named, in order; the worst exit code counts."""
    worst = Exit.OK
    shown: list[dict[str, object]] = []
    for source in expand(names, LARGEST_SEALED):
        try:
            reports = _judged(source, wish)
        except UlakError as error:
            worst = Exit.UNREADABLE
            shown.append(unreadable_as_json(source.name, error, session.language))
            _show_unreadable(session, source, error, wish)
            continue
        if not all(report.passed for report in reports):
            worst = max(worst, Exit.FINDINGS)
        shown += (as_json(source.name, position, report, session.language) for position, report in _numbered(reports))
        _show(session, source, reports, wish)
    if wish.format == "json":
        session.put_bytes(b"[\n" + b",\n".join(map(msgspec.json.encode, shown)) + b"\n]\n")
    return worst


def _judged(source: Source, wish: VerifyWish) -> list[SealReport]:
    levels = level_check(wish.trust)
    if is_large(source):
        # What cannot be streamed is held: books, and envelopes.
        with suppress(LargeError), open(source.path, "rb") as file:
            return [verify_large(file, trust=wish.trust, at=wish.at, policy=wish.policy, levels=levels, held=0)]
    data = read(source, LARGEST_SEALED)
    return verify_all(data, trust=wish.trust, at=wish.at, policy=wish.policy, levels=levels)


def _numbered(reports: Sequence[SealReport]) -> list[tuple[int, SealReport]]:
    """The reports with their positions in an envelope, from 1."""
    return list(enumerate(reports, start=1))


def _show(session: Session, source: Source, reports: Sequence[SealReport], wish: VerifyWish) -> None:
    if wish.format == "text":
        page = session.page()
        for position, report in _numbered(reports):
            name = source.name if len(reports) == 1 else f"{source.name} [{position}/{len(reports)}]"
            seal_page(page, name, report, session.language, has_roots=bool(wish.trust.store.roots))
        session.put(page)


def _show_unreadable(session: Session, source: Source, error: UlakError, wish: VerifyWish) -> None:
    if wish.format == "text":
        page = session.page()
        unreadable_page(page, source.name, error, session.language)
        session.put(page)
