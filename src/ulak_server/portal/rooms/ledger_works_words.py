"""How the wizard of ledgers speaks of steps, stages, files, findings and packages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak_server.portal.rooms.reports_words import Word

__all__ = [
    "BOOK_STAGES",
    "FILES",
    "GOES",
    "KINDS",
    "PACKAGES",
    "STAGES",
    "STEPS",
    "STEPS_OF",
    "STEP_OF",
    "TONES",
    "Step",
]


class Step(NamedTuple):
    """A step of the wizard.

    Attributes:
        name: as addresses say it.
        body: its template.
    """

    name: str
    label: Text
    body: str


STEPS: Final = (
    Step("files", Text("Dosyalar", "Files"), "_files"),
    Step("columns", Text("Sütunlar", "Columns"), "_columns"),
    Step("findings", Text("Denetim", "Check"), "_findings"),
    Step("preview", Text("Önizleme", "Preview"), "_preview"),
    Step("create", Text("Oluşturma", "Creation"), "_created"),
    Step("seal", Text("Mühür", "Seal"), "_seal"),
    Step("send", Text("Gönderim ve onay", "Sending, approval"), "_send"),
)
"""In their order."""
STEPS_OF: Final[Mapping[str, tuple[Step, ...]]] = {"report": STEPS[4:], "inventory": (STEPS[0], *STEPS[2:])}
"""Those of other works, by their kind: a report is made of what is there, the list of an inventory has our headings."""
STEP_OF: Final[Mapping[str, str]] = {
    "uploading": "files",
    "looking": "files",
    "mapping": "files",
    "checking": "findings",
    "checked": "findings",
    "planning": "preview",
    "planned": "preview",
    "building": "create",
    "built": "seal",
    "sealing": "seal",
    "sealed": "send",
    "sending": "send",
    "sent": "send",
    "done": "send",
    "cancelled": "files",
}
"""Where a work stands, by its stage."""
STAGES: Final[Mapping[str, Word]] = {
    "uploading": Word(Text("Dosya bekliyor", "Waits for files"), "wait", "upload"),
    "looking": Word(Text("Dosyalar inceleniyor", "Files are looked at"), "info", "clock"),
    "mapping": Word(Text("Eşleme bekliyor", "Waits to be matched"), "wait", "edit"),
    "checking": Word(Text("Denetleniyor", "Being checked"), "info", "clock"),
    "checked": Word(Text("Denetlendi", "Checked"), "wait", "eye"),
    "planning": Word(Text("Bölünüyor", "Being divided"), "info", "clock"),
    "planned": Word(Text("Oluşturulmayı bekliyor", "Waits to be created"), "wait", "eye"),
    "building": Word(Text("Oluşturuluyor", "Being created"), "info", "clock"),
    "built": Word(Text("Mühür bekliyor", "Waits for its seal"), "wait", "seal"),
    "sealing": Word(Text("Mühürleniyor", "Being sealed"), "info", "clock"),
    "sealed": Word(Text("Gönderilmeyi bekliyor", "Waits to be sent"), "wait", "send"),
    "sending": Word(Text("Gönderiliyor", "Being sent"), "info", "send"),
    "sent": Word(Text("GİB'de", "With GİB"), "info", "clock"),
    "done": Word(Text("Tamam", "Done"), "ok", "check"),
    "failed": Word(Text("Durdu", "Stopped"), "bad", "alert"),
    "cancelled": Word(Text("Bırakıldı", "Given up"), "quiet", "cross"),
}
"""How a work stands, in a word."""
FILES: Final[Mapping[str, Word]] = {
    "coming": Word(Text("Yüklemesi yarım", "Not uploaded whole"), "wait", "upload"),
    "looking": Word(Text("İnceleniyor", "Being looked at"), "info", "clock"),
    "known": Word(Text("Tanındı", "Recognised"), "ok", "check"),
    "matched": Word(Text("Eşlendi", "Matched"), "ok", "check"),
    "guessed": Word(Text("Tahmin edildi", "Guessed"), "wait", "eye"),
    "unknown": Word(Text("Eşleme gerek", "To be matched"), "wait", "edit"),
    "broken": Word(Text("Okunamadı", "Not readable"), "bad", "alert"),
}
"""How an uploaded file stands."""
TONES: Final[Mapping[str, tuple[str, str]]] = {"error": ("bad", "alert"), "warning": ("wait", "info")}
"""Colour and drawing of a finding's level."""
GOES: Final[Mapping[str, tuple[str, Text, Text]]] = {
    "YB": (
        "box",
        Text("Yevmiye paketi (YB)", "Journal package (YB)"),
        Text("Yevmiye defteri ile beratı", "The journal and its berat"),
    ),
    "KB": (
        "box",
        Text("Büyük defter paketi (KB)", "General ledger package (KB)"),
        Text(
            "Yalnız büyük defterin beratı; defterin kendisi sizde kalır",
            "The general ledger's berat alone; the ledger stays with you",
        ),
    ),
    "KB+K": (
        "box",
        Text("Büyük defter paketi (KB)", "General ledger package (KB)"),
        Text("Büyük defter ile beratı", "The general ledger and its berat"),
    ),
    "EB": (
        "box",
        Text("Envanter paketi (EB)", "Inventory package (EB)"),
        Text("Envanter defteri ile beratı", "The inventory book and its berat"),
    ),
    "DR": (
        "report",
        Text("Defter raporu (DR)", "Ledger report (DR)"),
        Text(
            "Ayın hesap toplamları; beratlar onaylanınca gider", "The month's sums; goes once the berats are approved"
        ),
    ),
}
"""What GİB gets, by kind: drawing, name, contents."""
KINDS: Final[Mapping[str, Text]] = {
    "Y": Text("Yevmiye defteri", "Journal"),
    "K": Text("Büyük defter", "General ledger"),
    "E": Text("Envanter defteri", "Inventory book"),
    "YB": Text("Yevmiye defteri beratı", "Berat of the journal"),
    "KB": Text("Büyük defter beratı", "Berat of the general ledger"),
    "EB": Text("Envanter defteri beratı", "Berat of the inventory book"),
    "DR": Text("Defter raporu", "Ledger report"),
}
"""What a file is, by the letters of its name."""
BOOK_STAGES: Final[Mapping[str, Word]] = {
    "built": Word(Text("Oluşturuldu", "Created"), "info", "file"),
    "judged": Word(Text("Denetlendi", "Judged"), "ok", "check"),
    "sealed": Word(Text("Mühürlendi", "Sealed"), "info", "seal"),
    "sound": Word(Text("Kurallara uygun", "Passes the rules"), "ok", "check"),
    "handed": Word(Text("Verildi", "Handed over"), "ok", "send"),
}
"""How a book stands."""
PACKAGES: Final[Mapping[str, Word]] = {
    "waiting": Word(Text("Gönderilmedi", "Not sent"), "quiet", "clock"),
    "held": Word(Text("Sırada", "In line"), "quiet", "clock"),
    "ready": Word(Text("Gönderilecek", "To be sent"), "wait", "clock"),
    "sending": Word(Text("Gönderiliyor", "Being sent"), "wait", "send"),
    "unclear": Word(Text("GİB'e soruluyor", "GİB is asked"), "wait", "help"),
    "taken": Word(Text("GİB işliyor", "GİB works on it"), "wait", "clock"),
    "approved": Word(Text("Onaylandı, berat alınıyor", "Approved, berat comes"), "wait", "check"),
    "fetched": Word(Text("Onaylandı", "Approved"), "ok", "check"),
    "filed": Word(Text("GİB'de", "With GİB"), "ok", "check"),
    "refused": Word(Text("Geçmedi", "Not accepted"), "bad", "alert"),
    "deleting": Word(Text("Siliniyor", "Being deleted"), "wait", "trash"),
    "deleted": Word(Text("GİB'den silindi", "Deleted at GİB"), "quiet", "cross"),
    "withdrawn": Word(Text("Geri çekildi", "Withdrawn"), "quiet", "cross"),
}
"""How a package stands with GİB, by its stage."""
