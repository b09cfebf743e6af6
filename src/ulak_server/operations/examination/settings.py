"""Variables, files and disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ulak.errors import Text, UlakError
from ulak_server.environment import VARIABLES, Environment, Variable
from ulak_server.exchange.times import policy_of
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["disk", "files", "variables"]

_SECRET: Final = Text("verilmiş (gösterilmez)", "set (not shown)")
_DEFAULT: Final = Text("olağan değerinde", "default")
_FREE: Final = Text("{free} GB boş", "{free} GB free")
_WRITABLE: Final = Text("yazılabiliyor", "can be written")
_CLOSED: Final = Text("yalnız sahibi okuyabiliyor", "only its owner can read it")
_LEAST_FREE: Final = 5
_GB: Final = 1024**3
_ADDRESSES: Final = ("ULAK_PUBLIC_URL", "ULAK_MERKEZ_URL", "ULAK_EARSIV_URL", "ULAK_EDEFTER_URL")
_OF_PRODUCTION: Final = ("ULAK_PROXIES", "ULAK_MERKEZ_NETWORKS")
_READERS: Final[dict[str, Callable[[Environment], object]]] = {
    "ULAK_LISTEN": lambda told: told.listen,
    "ULAK_PUBLIC_URL": lambda told: told.public,
    "ULAK_WORKERS": lambda told: told.workers,
    "ULAK_WEB_PROCESSES": lambda told: told.web_processes,
    "ULAK_WEB_ONE_CORE": lambda told: told.keeps_to_one_core,
    "ULAK_LEDGER_MINUTES": lambda told: told.ledger_minutes,
    "ULAK_LEDGER_MEMORY": lambda told: told.ledger_megabytes,
    "ULAK_CREDITS": lambda told: told.counts_credits,
    "ULAK_LANGUAGE": lambda told: told.language,
    "ULAK_PROXIES": lambda told: told.proxies,
    "ULAK_MERKEZ_NETWORKS": lambda told: told.merkez_networks,
    "ULAK_SMTP_URL": lambda told: _postbox(told),
    "ULAK_WEBHOOK_NETWORKS": lambda told: told.webhook_networks,
    "ULAK_POLICY": lambda told: policy_of(told["ULAK_POLICY"]),
}


def _postbox(told: Environment) -> None:
    """That e-mail can be sent as it is set, if it is."""
    from ulak_server.delivery.mail.postbox import must_be_set_up_well

    must_be_set_up_well(told)


def variables(told: Environment) -> Iterator[Finding]:
    """Every variable: what it is, whether it is missing, whether it can be read."""
    for variable in VARIABLES:
        yield _variable(told, variable)
    if told["ULAK_POLICY"]:
        yield found(Level.WARNING, "ULAK_POLICY", "doctor.rehearsal")
    for name in _OF_PRODUCTION:
        if told["ULAK_PUBLIC_URL"].startswith("https:") and not told[name]:
            yield found(Level.WARNING, name, "doctor.open-network", name=name)
    for name in _ADDRESSES:
        if told[name].startswith("http:") and "//127.0.0.1" not in told[name] and "//localhost" not in told[name]:
            yield found(Level.WARNING, name, "doctor.not-https", name=name, given=told[name])


def _variable(told: Environment, variable: Variable) -> Finding:
    name, given = variable.name, told[variable.name]
    if variable.default is None and not given:
        return found(Level.ERROR, name, "doctor.variable-missing", name=name, about=variable.about)
    try:
        if name in _READERS:
            _READERS[name](told)
    except (UlakError, ValueError) as error:
        return found(Level.ERROR, name, "doctor.variable-wrong", name=name, detail=error)
    if not given:
        return well(name, _DEFAULT)
    return well(name, _SECRET if variable.is_secret else given)


def files(told: Environment) -> Iterator[Finding]:
    """The data folder can be written, and nobody else reads the secrets."""
    data = told.data
    probe = data / f".probe-{os.getpid()}"
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
        yield well("folder", _WRITABLE)
    except OSError as error:
        yield found(Level.ERROR, "folder", "doctor.folder", folder=data, detail=error.strerror)
    for name in _secrets(told):
        if not name.is_file():
            continue
        if name.stat().st_mode & 0o077:
            yield found(Level.ERROR, name.name, "doctor.open-to-others", file=name)
        else:
            yield well(name.name, _CLOSED)


def _secrets(told: Environment) -> list[Path]:
    given = [Path(told[name]) for name in ("ULAK_KEK", "ULAK_SEAL_SECRET") if told[name]]
    return [told.data / "secret-key", told.data / "kek", *given]


def disk(told: Environment) -> Iterator[Finding]:
    """There is room for documents to come."""
    folder = next(one for one in (told.data, *told.data.parents) if one.exists())
    free = shutil.disk_usage(folder).free / _GB
    if free < _LEAST_FREE:
        yield found(Level.WARNING, "disk", "doctor.disk-full", folder=folder, free=f"{free:.1f}")
    else:
        yield well("disk", _FREE.format(free=f"{free:.0f}"))
