"""``ulak center pack``: the day on which other rules begin to judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.page import Column
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_center.commands.center_asking import Control
from ulak_center.commands.center_showing import json_line

__all__ = ["change_packs"]

_NONE: Final = Text(
    "Kurulu değişiklik yok; her gün o gün yürürlükte olan paket denetler.",
    "No change is scripted; every day is judged by the pack in force.",
)
_HEADS: Final = (Text("Paket", "Pack"), Text("Başlangıç", "Since"))
_LACKS: Final = Text("Hangi paketin denetleyeceği yazılmamış.", "It is not said which pack is to judge.")
_LACKS_DO: Final = Text("`ulak packs list` paketleri sayar.", "`ulak packs list` lists the packs.")
_DATE: Final = Text("--since: “{value}” bir tarih değil.", "--since: “{value}” is no date.")
_DATE_DO: Final = Text("2026-12-01 gibi yazın.", "Write it like 2026-12-01.")


def change_packs(session: Session, control: Control, pack: str | None, since: str | None, format: str) -> Exit:
    """Let a pack judge from a day on, or only list such changes.

    Raises:
        UlakError: ``cli.usage``, ``center.*``, ``pack.*``.
    """
    one_of(format, ("text", "json"), "--format")
    if pack is None and since is not None:
        raise usage(_LACKS, _LACKS_DO)
    told = control.get("/packs") if pack is None else control.post("/packs", _asked(control, pack, since))
    session.put(json_line(told) if format == "json" else _table(session, told["packs"]))
    return Exit.OK


def _asked(control: Control, pack: str, since: str | None) -> dict[str, str]:
    if since is None:
        today = datetime.fromisoformat(control.get("/status")["now"]).date()
        return {"pack": pack, "since": today.isoformat()}
    try:
        return {"pack": pack, "since": date.fromisoformat(since).isoformat()}
    except ValueError:
        raise usage(_DATE.format(value=since), _DATE_DO) from None


def _table(session: Session, packs: list[Mapping[str, Any]]) -> str:
    if not packs:
        return session.say(_NONE) + "\n"
    page = session.page()
    columns = [Column(session.say(head)) for head in _HEADS]
    page.table(columns, [(one["pack"], one["since"]) for one in packs])
    return str(page)
