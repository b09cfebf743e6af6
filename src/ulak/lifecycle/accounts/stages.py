"""Where a taxpayer's account for one service stands at GİB."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where an account stands."""

    CONTRACTED = "contracted"
    """There is a contract; the request to open waits for its seals."""
    OPENING = "opening"
    """GİB was asked to open it."""
    NOT_OPENED = "not-opened"
    """GİB refused to open it; a person has to remove the reason."""
    ACTIVE = "active"
    """Open: documents may be sent and received."""
    ADDING = "adding"
    """Open; GİB was asked to add an alias."""
    CLOSING = "closing"
    """GİB was asked to close it; no new documents."""
    NOT_CLOSED = "not-closed"
    """GİB refused to close it; a person has to remove the reason."""
    WINDING_UP = "winding-up"
    """GİB closed it by its list of closed users: the last e-Arşiv reports are due."""
    CLOSED = "closed"
    """Closed at our request."""
    CLOSED_BY_GIB = "closed-by-gib"
    """Closed by GİB."""
    DROPPED = "dropped"
    """The contract ended before it was opened."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def may_issue(self) -> bool:
        """Whether new documents may be sent: no envelope for a taxpayer without an active account."""
        return self in (Stage.ACTIVE, Stage.ADDING)

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


_FINAL: Final = frozenset({Stage.CLOSED, Stage.CLOSED_BY_GIB, Stage.DROPPED})

SENTENCES: Final = {
    Stage.CONTRACTED: Text(
        "Hesabı açmak için mührünüz bekleniyor.", "Your seal is needed before the account can be opened."
    ),
    Stage.OPENING: Text("Hesap GİB'de açılıyor.", "The account is being opened at GİB."),
    Stage.NOT_OPENED: Text(
        "GİB hesabı açmadı; nedenini giderip yeniden deneyin.",
        "GİB did not open the account; remove the reason and try again.",
    ),
    Stage.ACTIVE: Text("Hesap açık.", "The account is open."),
    Stage.ADDING: Text(
        "Hesap açık; yeni etiket GİB'e bildiriliyor.", "The account is open; GİB is being told of a new alias."
    ),
    Stage.CLOSING: Text(
        "Hesap GİB'de kapatılıyor; yeni belge gönderilemez.",
        "The account is being closed at GİB; no new documents can be sent.",
    ),
    Stage.NOT_CLOSED: Text(
        "GİB hesabı kapatmadı; nedenini giderip yeniden deneyin.",
        "GİB did not close the account; remove the reason and try again.",
    ),
    Stage.WINDING_UP: Text(
        "GİB hesabı kapattı; son e-Arşiv raporları gönderiliyor.",
        "GİB has closed the account; the last e-Arşiv reports are being sent.",
    ),
    Stage.CLOSED: Text("Hesap kapatıldı.", "The account is closed."),
    Stage.CLOSED_BY_GIB: Text("Hesabı GİB kapattı.", "GİB has closed the account."),
    Stage.DROPPED: Text("Hesap açılmadan vazgeçildi.", "The account was given up before it was opened."),
}
