"""``ulak keys test`` and ``ulak keys forecast``: whether keys work, and until when they may."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.keys import FORMATS, certificate_in_json, day, error_in_json, print_json, stores_of
from ulak.cli.page import Cell, Style
from ulak.cli.secrets import key_at, secret_source
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.errors import SealError
from ulak.seal.keys.forecast import Ending, Forecast, Level, Thresholds, forecast, in_order
from ulak.seal.keys.health import Health, probe
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import no_secret
from ulak.seal.keys.uri import parse_uri

__all__ = ["forecast_keys", "test_keys"]

_MOST_TIMES: Final = 1000
_MOST_DAYS: Final = 3650
_SIGNED: Final = Text("imza attı", "signed")
_DID_NOT: Final = Text("imza atmadı", "did not sign")
_TIME: Final = Text("{ms} ms", "{ms} ms")
_TIMES: Final = Text("{count} imza, ortanca {ms} ms", "{count} signatures, median {ms} ms")
_LEVELS: Final[dict[Level, tuple[Text, Style]]] = {
    Level.OK: (Text("iyi", "ok"), "green"),
    Level.SOON: (Text("yakında", "soon"), "yellow"),
    Level.URGENT: (Text("acil", "urgent"), "bold red"),
    Level.NOT_YET: (Text("henüz başlamadı", "not yet valid"), "bold red"),
    Level.EXPIRED: (Text("süresi doldu", "expired"), "bold red"),
}
_LEFT: Final = Text("{days} gün", "{days} days")
_ENDS: Final = Text("{day} gününe kadar", "until {day}")
_ISSUER: Final = Text("Veren: {name}", "Issuer: {name}")


def test_keys(session: Session, addresses: Sequence[str], times: str, certificate: str | None, format: str) -> Exit:
    """Sign with each key; 0 only if all of them signed, 2 if an address cannot be read.

    Raises:
        UlakError: ``cli.usage``.
    """
    one_of(format, FORMATS, "--format")
    count = _number(times, "--times", _MOST_TIMES, least=1)
    results = [(address, _tested(session, address, count, certificate)) for address in addresses]
    if format == "json":
        print_json(session, [_health_in_json(session, *result) for result in results])
    else:
        for address, health in results:
            _print_health(session, address, health)
    return max((_exit_of(health.error) for _, health in results), default=Exit.OK)


def _tested(session: Session, address: str, count: int, certificate: str | None) -> Health:
    health = probe(partial(key_at, session, address, certificate), count)
    if health.key is not None:
        # A token that is away cannot be logged out of, either.
        with suppress(SealError):
            health.key.close()
    return health


def _exit_of(error: SealError | None) -> Exit:
    if error is None:
        return Exit.OK
    return (
        Exit.UNREADABLE if error.code in ("key.address", "key.address-part", "key.secret-in-address") else Exit.FINDINGS
    )


def _print_health(session: Session, address: str, health: Health) -> None:
    page = session.page()
    name = health.key.name if health.key else _shown(address)
    if health.works and health.key is not None:
        page.line(
            Cell("✓", "green"),
            Cell(name, "bold"),
            Cell(health.key.algorithm.name),
            Cell(session.say(_SIGNED), "green"),
            Cell(session.say(_latency(health))),
        )
        session.put(page)
        return
    page.line(Cell("✗", "red"), Cell(name, "bold"), Cell(session.say(_DID_NOT), "red"))
    session.put(page)
    session.flush()
    if health.error is not None:
        session.complain(health.error)


def _latency(health: Health) -> Text:
    ms = f"{1000 * statistics.median(health.seconds):.1f}"
    return _TIME.format(ms=ms) if len(health.seconds) == 1 else _TIMES.format(count=len(health.seconds), ms=ms)


def _health_in_json(session: Session, address: str, health: Health) -> dict[str, Any]:
    ms = [round(1000 * one, 3) for one in health.seconds]
    return {
        "address": _shown(address),
        "key": health.key.name if health.key else None,
        "works": health.works,
        "algorithm": health.key.algorithm.name if health.key else None,
        "signatures": len(ms),
        "median_ms": statistics.median(ms) if ms else None,
        "slowest_ms": max(ms, default=None),
        "error": error_in_json(session, health.error) if health.error else None,
    }


class _Line(NamedTuple):
    address: str
    forecast: Forecast


def forecast_keys(session: Session, addresses: Sequence[str], soon: str, urgent: str, format: str) -> Exit:
    """Say when keys end, what ends first first; 1 if one is urgent or unusable, 2 if a store cannot be read.

    Raises:
        UlakError: ``cli.usage``.
    """
    one_of(format, FORMATS, "--format")
    thresholds = Thresholds(_number(soon, "--soon", _MOST_DAYS), _number(urgent, "--urgent", _MOST_DAYS))
    now, lines, errors = datetime.now(UTC), [], []
    for address in addresses:
        try:
            lines += _lines(session, address, now, thresholds)
        except SealError as error:
            errors.append(error)
    order = in_order(line.forecast for line in lines)
    lines.sort(key=lambda line: order.index(line.forecast))
    _print_forecasts(session, lines, errors, format)
    if errors:
        return Exit.UNREADABLE
    return Exit.FINDINGS if any(line.forecast.level not in (Level.OK, Level.SOON) for line in lines) else Exit.OK


def _lines(session: Session, address: str, now: datetime, thresholds: Thresholds) -> list[_Line]:
    """The keys of an address; raises KeyFailure ``key.certificate-missing`` if it shows none that could be told of."""
    secret = secret_source(session)
    if address.startswith("pkcs11:"):
        # Tokens show their certificates to everybody: no reason to log in.
        secret, address = no_secret, parse_uri(address)._replace(pin_source=None).text
    lines = [
        _Line(
            held.address, forecast(f"{held.certificate.common_name or held.label} {store.name}", chain, now, thresholds)
        )
        for store in stores_of(address, secret)
        for held in store.keys
        if held.certificate is not None
        for chain in [(held.certificate, *held.chain)]
    ]
    if not lines:
        raise failure("key.certificate-missing", place=address)
    return lines


def _print_forecasts(session: Session, lines: Sequence[_Line], errors: Sequence[SealError], format: str) -> None:
    if format == "json":
        failed = [{"address": None, "key": None, "error": error_in_json(session, error)} for error in errors]
        print_json(session, [*map(_forecast_in_json, lines), *failed])
        return
    page = session.page()
    for line in lines:
        own, *issuers = line.forecast.endings
        page.line(*_cells(session, line.forecast.name, own, "bold"))
        for issuer in issuers:
            name = session.say(_ISSUER.format(name=issuer.certificate.common_name or issuer.certificate.subject))
            if issuer.level is not Level.OK or issuer is line.forecast.first:
                page.line(*_cells(session, name, issuer, ""), indent=2)
    session.put(page)
    session.flush()
    for error in errors:
        session.complain(error)


def _cells(session: Session, name: str, ending: Ending, style: Style) -> list[Cell]:
    level, colour = _LEVELS[ending.level]
    return [
        Cell(session.say(level), colour),
        Cell(name, style),
        Cell(session.say(_ENDS.format(day=day(ending.certificate.not_after)))),
        Cell(session.say(_LEFT.format(days=ending.days))),
    ]


def _forecast_in_json(line: _Line) -> dict[str, Any]:
    first = line.forecast.first
    return {
        "address": line.address,
        "key": line.forecast.name,
        "level": line.forecast.level,
        "days": first.days,
        "ends": first.certificate.not_after.isoformat(),
        "certificates": [
            {**certificate_in_json(one.certificate), "days": one.days, "level": one.level, "is_issuer": one.is_issuer}
            for one in line.forecast.endings
        ],
        "error": None,
    }


def _shown(address: str) -> str:
    """An address without what may be a secret in the wrong place."""
    return address if "pin-value" not in address and "@" not in address else address.partition(":")[0] + ":…"


def _number(text: str, option: str, most: int, least: int = 0) -> int:
    if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
        return int(text)
    raise usage(
        Text(f"{option}: “{text}” olamaz.", f"{option} cannot be “{text}”."),
        Text(f"{least} ile {most} arasında bir sayı yazın.", f"Write a number from {least} to {most}."),
    )
