"""``ulak keys serve``: keys behind HTTPS."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ulak.cli.errors import Exit, usage
from ulak.cli.page import clean
from ulak.cli.secrets import TOKEN, key_at, secret_source
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.errors import SealError
from ulak.seal.keys.host import Signed, SigningHost, credential_of
from ulak.seal.keys.listening import Listener, server_tls
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import Kind, Secret, Wanted

__all__ = ["serve_keys"]

_LEAST_TOKEN: Final = 24
_ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_NAMED: Final = re.compile(r"([A-Za-z0-9._-]{1,64})=(.+)", re.DOTALL)
_ADDRESS: Final = re.compile(r"\[?([^\[\]]*?)\]?:([0-9]{1,5})")
_SERVING: Final = Text("İmzaya açık; Ctrl-C ile durur.", "Ready to sign; Ctrl-C stops it.")
_KEY: Final = Text("{key}: --key {address}", "{key}: --key {address}")
_SHORT: Final = Text(
    f"{TOKEN} en az {_LEAST_TOKEN} karakter olmalı", f"{TOKEN} must have {_LEAST_TOKEN} characters or more"
)
_SIGNED: Final = Text("{time} {credential} {count} özet {outcome}", "{time} {credential} {count} digests {outcome}")


def serve_keys(session: Session, wanted: Sequence[str], listen: str, certificate: str, tls_key: str) -> Exit:
    """Let keys be signed with until Ctrl-C or SIGTERM.

    Raises:
        UlakError: ``cli.usage``, ``key.*``.
    """
    host, port = _place(listen)
    tls = server_tls(Path(certificate), Path(tls_key))
    token = _token(session, listen)
    with _opened(session, wanted) as keys:
        service = SigningHost(keys, token, lambda signed: _tell(session, signed))
        asyncio.run(_serve(session, keys, Listener(service, tls, host, port), host))
    return Exit.OK


async def _serve(session: Session, keys: dict[str, SealingKey], listener: Listener, host: str) -> None:
    stopped = asyncio.Event()
    # A token is logged out of however the host ends.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with listener:
        base = f"https://[{host}]:{listener.port}" if ":" in host else f"https://{host}:{listener.port}"
        session.put(session.say(_SERVING) + "\n")
        for name, key in keys.items():
            said = session.say(_KEY.format(key=key.name, address=f"{base}#{quote(name, safe='')}"))
            session.put(f"  {clean(said)}\n")
        session.flush()
        await stopped.wait()


@contextmanager
def _opened(session: Session, wanted: Sequence[str]) -> Iterator[dict[str, SealingKey]]:
    keys: dict[str, SealingKey] = {}
    try:
        for one in wanted:
            match = _NAMED.fullmatch(one)
            name, address = match.groups() if match else ("", one)
            key = key_at(session, address)
            name = name or credential_of(key)
            if name in keys:
                key.close()
                raise usage(
                    Text(f"--key: “{name}” iki kez var.", f"--key: “{name}” is there twice."),
                    Text("Her anahtara ayrı ad verin: AD=ANAHTAR.", "Give each key a name of its own: NAME=KEY."),
                )
            keys[name] = key
        yield keys
    finally:
        for key in keys.values():
            with suppress(SealError):
                key.close()


def _token(session: Session, listen: str) -> Secret:
    token = secret_source(session)(Wanted(Kind.TOKEN, listen))
    if token is None:
        raise failure("key.host-token-missing", host=listen)
    if len(token.reveal()) < _LEAST_TOKEN:
        raise failure("key.host-setup", detail=_SHORT)
    return token


def _place(listen: str) -> tuple[str, int]:
    match = _ADDRESS.fullmatch(listen)
    if match is None or not match[1] or int(match[2]) > 65535:
        raise usage(
            Text(f"--listen: “{listen}” bir adres değil.", f"--listen: “{listen}” is no address."),
            Text("MAKİNE:KAPI yazın: 127.0.0.1:8771.", "Write HOST:PORT: 127.0.0.1:8771."),
        )
    return match[1], int(match[2])


def _tell(session: Session, signed: Signed) -> None:
    facts = {"credential": clean(signed.credential), "count": len(signed.digests), "outcome": signed.fault or "✓"}
    said = session.say(_SIGNED.format(time=f"{datetime.now(_ISTANBUL):%Y-%m-%d %H:%M:%S}", **facts))
    session.tell(f"{said}  {' '.join(digest[:16] for digest in signed.digests)}\n")
