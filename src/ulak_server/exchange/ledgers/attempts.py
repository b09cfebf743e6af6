"""The calls about a package, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.errors import Text
from ulak.lifecycle.ledgers.reactions import Said, read
from ulak.wire import edefter
from ulak.wire.results import Result
from ulak_server.exchange.ledgers.problems import PROBLEMS
from ulak_server.exchange.ledgers.values import Attempt

__all__ = ["attempt", "result_of"]

_FINE: Final = {
    "send": Text("GİB paketi aldı.", "GİB took the package."),
    "ask": Text("GİB yanıt verdi.", "GİB answered."),
    "fetch": Text("GİB onaylı berat indi; doğrulandı.", "GİB's approved berat came, and holds."),
}
_SAID: Final = {
    Said.DONE: Text("GİB paketi işledi.", "GİB has processed the package."),
    Said.WAITING: Text("GİB paketi henüz işlemedi.", "GİB has not processed the package yet."),
    Said.GONE: Text("Paket GİB'den silinmiş.", "The package was deleted at GİB."),
    Said.FAULTY: Text("GİB pakette hata buldu.", "GİB found a fault in the package."),
}
_SILENT: Final = {
    "send": Text("Yanıt alınamadı; paket ulaşmış olabilir ({code}).", "No answer; it may have arrived ({code})."),
    "ask": Text("GİB'e sorulamadı ({code}).", "GİB could not be asked ({code})."),
    "fetch": Text("Berat indirilemedi ({code}).", "The berat could not be fetched ({code})."),
}


def attempt(at: str, what: str, code: str, text: str) -> Attempt:
    """A call as a package keeps it."""
    return Attempt(datetime.fromisoformat(at), what, code, _label(what, code, text), text)


def _label(what: str, code: str, text: str) -> Text:
    """GİB's words for its codes, ours for the rest."""
    if (result := result_of(code)) is not None:
        return result.text
    if code in PROBLEMS:
        problem = PROBLEMS[code].text
        return Text(text, problem.en) if "{" in problem.tr and text else problem
    if what == "ask" and text and not code.startswith("wire."):
        return _SAID[read(text)]
    return _SILENT[what].format(code=code) if code else _FINE[what]


def result_of(code: str) -> Result | None:
    """GİB's words for the number of a fault; each number belongs to one method alone."""
    if not code.isdigit():
        return None
    return next((found for table in _TABLES if (found := table.get(int(code))) is not None), None)


_TABLES: Final = (edefter.SEND, edefter.RECEIVE, edefter.STATUS)
