"""How pages speak of kontör: entries, levels, kinds, and the one sentence that says how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ulak.errors import Text
from ulak_server import formats
from ulak_server.credits.services import Level, OnEmpty, Price, Standing, What
from ulak_server.documents.kinds import KINDS
from ulak_server.pages import kontor
from ulak_server.portal.rooms.reports_words import Word

__all__ = ["LEVELS", "WHATS", "costs", "free_of", "kind_name", "sentence_of", "short_kind_name"]

WHATS: Final[Mapping[What, Word]] = {what: Word(what.label, *chip) for what, chip in kontor.WHATS.items()}
"""What changed a balance, with the tone and the drawing of its chip."""
LEVELS: Final[Mapping[Level, Word]] = {level: Word(level.label, *chip) for level, chip in kontor.LEVELS.items()}
"""How a balance stands."""
_NOT_COUNTED: Final = Text(
    "Sizde kontör sayılmıyor; belgeleriniz kontöre bağlı değil.",
    "Kontör are not counted for you; your documents do not depend on them.",
)
_ENOUGH: Final = Text("Kontörünüz yeterli.", "There are enough kontör.")
_LOW: Final = Text(
    "Kontör azaldı; bitmeden entegratörünüzden yenisini yükletin.",
    "Kontör are running low; have your integrator load more before they are used up.",
)
_EMPTY: Final = {
    OnEmpty.WAIT: Text(
        "Kontör bitti: yeni belge gönderilemez, taslak yazabilirsiniz. Entegratörünüzden kontör yükletin.",
        "Kontör are used up: no new documents can be sent, drafts can be written. Have your integrator load kontör.",
    ),
    OnEmpty.GO_ON: Text(
        "Kontör bitti; belgeleriniz gitmeyi sürdürüyor ve bakiye eksiye düşüyor. Entegratörünüzden kontör yükletin.",
        "Kontör are used up; your documents go on, and the balance becomes negative. Have your integrator load kontör.",
    ),
}
_WAITING: Final = Text(
    "{n} belge kontör bekliyor; yüklenince kendiliğinden gider.",
    "{n} documents wait for kontör; once some are loaded they go by themselves.",
)
_ONE_WAITS: Final = "1 document waits for kontör; once some are loaded it goes by itself."
_INCOMING: Final = Text("gelen bütün belgeler", "all documents that come in")
_SHORT: Final = {"freelance_receipt": "e-SMM", "producer_receipt": "e-MM"}


def sentence_of(found: Standing) -> Text:
    """How it stands, in one sentence."""
    if found.waiting:
        said = _WAITING.format(n=formats.number(found.waiting))
        return Text(said.tr, _ONE_WAITS) if found.waiting == 1 else said
    if found.level is Level.EMPTY:
        return _EMPTY[found.on_empty]
    return {Level.NONE: _NOT_COUNTED, Level.OK: _ENOUGH, Level.LOW: _LOW}[found.level]


def kind_name(kind: str, *, is_incoming: bool = False) -> Text:
    """What a kind is called, and whether it came in."""
    known = KINDS.get(kind)
    name = known.label if known is not None else Text(kind, kind)
    name = Text(name.tr, name.en[:1].upper() + name.en[1:] if name.en[:2] != "e-" else name.en)
    return Text(f"{name.tr} (gelen)", f"{name.en} (incoming)") if is_incoming else name


def free_of(prices: Iterable[Price]) -> list[Text]:
    """What costs nothing, in as few words as will do: what comes in is named together where all of it is free."""
    found = list(prices)
    free = [kind_name(one.kind) for one in found if not one.is_incoming and not costs(one)]
    incoming = [one for one in found if one.is_incoming]
    if not any(costs(one) for one in incoming):
        return [*free, _INCOMING]
    return [*free, *(kind_name(one.kind, is_incoming=True) for one in incoming if not costs(one))]


def costs(price: Price) -> bool:
    """Whether a document of the kind costs something, now or soon."""
    return bool(price.amount) or price.next is not None


def short_kind_name(kind: str, *, is_incoming: bool = False) -> Text:
    """As `kind_name`, where there is little room."""
    if kind in _SHORT and not is_incoming:
        return Text(_SHORT[kind], _SHORT[kind])
    return kind_name(kind, is_incoming=is_incoming)
