"""The calls about a report, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from ulak.errors import Text
from ulak.wire import earsiv
from ulak_server.exchange.reports.problems import PROBLEMS
from ulak_server.exchange.reports.values import Attempt

__all__ = ["attempt", "result_of"]

_SILENT: Final = {
    "send": Text("Yanıt alınamadı; rapor ulaşmış olabilir.", "No answer came; the report may have arrived."),
    "ask": Text("Yanıt alınamadı.", "No answer came."),
}
_FAILED: Final = {
    "send": Text("Gönderilemedi ({code}).", "It could not be sent ({code})."),
    "ask": Text("Sorulamadı ({code}).", "GİB could not be asked ({code})."),
    "build": Text("Hazırlanamadı ({code}).", "It could not be built ({code})."),
}


def attempt(at: str, what: str, code: str, text: str) -> Attempt:
    """A call as a report keeps it."""
    return Attempt(datetime.fromisoformat(at), what, code, _label(what, code), text)


def _label(what: str, code: str) -> Text:
    """GİB's words for its codes, ours for the rest."""
    if (result := result_of(code)) is not None:
        said: Text = result.text
        return said
    if code in PROBLEMS and "{" not in PROBLEMS[code].text.tr:
        return PROBLEMS[code].text
    return _FAILED[what].format(code=code) if code else _SILENT.get(what, _FAILED["build"])


def result_of(code: str) -> Any:
    """GİB's words for a code as `ulak.lifecycle.reports.shown` writes it: of three digits if it came from sending."""
    if not code.isdigit():
        return None
    is_send = len(code) == 3 and code.startswith("0")
    return (earsiv.SEND if is_send else earsiv.STATUS).get(int(code))
