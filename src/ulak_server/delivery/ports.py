"""Ways by which messages leave besides SMTP: text messages and registered e-mail (KEP), as ports.

Each port takes a letter and says how handing it over ended. What comes with Ulak writes files into a folder, from which
a provider's own program may take them; a provider's client would be one more port.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

from ulak_server.delivery.mail.handing import Handed, Outcome
from ulak_server.delivery.mail.postbox import Postbox
from ulak_server.delivery.mail.writing import Letter, Written
from ulak_server.delivery.models import Channel

__all__ = ["FolderKep", "FolderSms", "Port", "hand", "keep_mail", "short_text"]

_VARIABLES: Final = {Channel.SMS: "ULAK_SMS_URL", Channel.KEP: "ULAK_KEP_URL"}


class Port(Protocol):
    """A way by which messages leave."""

    def hand(self, letter: Letter, completes: Callable[[], bool]) -> Handed:
        """Hand a letter over.

        Args:
            completes: called just before the receiver may have it; if it says no, nothing is handed over.
        """


class FolderSms:
    """Text messages as JSON files: ``{"to", "text", "id"}``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand(self, letter: Letter, completes: Callable[[], bool]) -> Handed:
        said = {"id": letter.id, "to": letter.to, "text": short_text(letter)}
        data = json.dumps(said, ensure_ascii=False).encode()
        return _keep(self._folder, f"{letter.id}.json", data, completes)


class FolderKep:
    """Registered e-mail as a folder for each message: its text as JSON, and the files beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand(self, letter: Letter, completes: Callable[[], bool]) -> Handed:
        folder = self._folder / str(letter.id)
        folder.mkdir(parents=True, exist_ok=True)
        for file in letter.files:
            (folder / file.name).write_bytes(file.data)
        said = {
            "id": letter.id,
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.values.get("note") or letter.subject,
            "link": letter.values.get("address", ""),
            "files": [file.name for file in letter.files],
        }
        return _keep(folder, "message.json", json.dumps(said, ensure_ascii=False).encode(), completes)


def hand(channel: str, letter: Letter, completes: Callable[[], bool]) -> Handed:
    """Hand a letter over by a channel of this installation."""
    name = _VARIABLES[Channel(channel)]
    told = settings.ENVIRONMENT
    if not told[name]:
        return Handed(Outcome.LATER, "delivery.channel-not-set-up")
    rest = told[name].partition(":")[2].removeprefix("//")
    folder = Path(rest) if rest.strip("/") else told.data / "outgoing" / channel
    port: Port = FolderSms(folder) if channel == Channel.SMS else FolderKep(folder)
    return port.hand(letter, completes)


def keep_mail(box: Postbox, id: int, written: Written, completes: Callable[[], bool]) -> Handed:
    """Write an e-mail into the folder that plays the mail server."""
    assert box.folder is not None
    return _keep(box.folder, f"{id}.eml", written.data, completes)


def short_text(letter: Letter) -> str:
    """A letter as a text message."""
    words = letter.values.get("note") or f"{letter.from_name}: {letter.values['kind']} {letter.values['name']}"
    return f"{words} {letter.values['address']}".strip()


def _keep(folder: Path, name: str, data: bytes, completes: Callable[[], bool]) -> Handed:
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}"
    draft.write_bytes(data)
    if not completes():
        draft.unlink()
        return Handed(Outcome.LATER, "mail.internal", None, "taken by another process")
    os.replace(draft, folder / name)
    return Handed(Outcome.SENT, "", None, name)
