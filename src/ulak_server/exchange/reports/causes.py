"""Why something is not accepted by GİB, in words; stable, since people's programs go by them."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["CAUSES", "Cause"]


class Cause(NamedTuple):
    """One cause.

    Attributes:
        tone: ``bad`` if a person is needed, ``wait`` if time is.
        repair: ``send``, ``ask``, ``renew``, ``wait`` or ``call``.
    """

    tone: str
    repair: str
    text: Text


CAUSES: Final = {
    "waiting": Cause(
        "wait",
        "send",
        Text("Gece rapora konacak; isterseniz şimdi gönderin.", "Goes into the nightly report; or send it now."),
    ),
    "under-way": Cause(
        "wait", "wait", Text("Rapor yolda; GİB'in yanıtı bekleniyor.", "The report is on its way; GİB is awaited.")
    ),
    "unclear": Cause(
        "wait",
        "ask",
        Text("Raporun ulaşıp ulaşmadığı GİB'e soruluyor.", "GİB is being asked whether the report arrived."),
    ),
    "late": Cause(
        "bad",
        "send",
        Text(
            "Süresi doldu, GİB'e hâlâ bildirilmedi. Hemen gönderin; sürerse entegratörünüzü arayın.",
            "The time is over and GİB still has it not. Send it now; if it stays so, call your integrator.",
        ),
    ),
    "refused": Cause(
        "bad",
        "renew",
        Text(
            "GİB raporu almadı. Raporun sayfasındaki nedeni giderip yeniden oluşturun.",
            "GİB did not take the report. Remove the reason on its page and build it anew.",
        ),
    ),
    "put-aside": Cause(
        "bad",
        "call",
        Text(
            "Belge rapora konamadı; nedeni belgenin sayfasında. Her gün yeniden denenir.",
            "The document could not be put into a report; its page says why. It is tried again every day.",
        ),
    ),
    "lost": Cause(
        "bad",
        "call",
        Text(
            "Raporu geçersiz olmuş, yenisine de konmamış. Entegratörünüze bildirin.",
            "Its report is void, and it is in no other. Tell your integrator.",
        ),
    ),
    "no-entry": Cause(
        "bad",
        "call",
        Text(
            "Düzenlenmiş belgenin rapor kaydı yok. Entegratörünüze bildirin.",
            "An issued document has no entry for the report. Tell your integrator.",
        ),
    ),
    "no-cancellation": Cause(
        "bad",
        "call",
        Text(
            "İptal edilmiş belgenin iptali rapor kaydında yok. Entegratörünüze bildirin.",
            "A cancelled document has no entry of its cancellation. Tell your integrator.",
        ),
    ),
    "stray": Cause(
        "bad",
        "call",
        Text(
            "Rapor kaydı belgenin durumuna uymuyor. Entegratörünüze bildirin.",
            "An entry does not fit how its document stands. Tell your integrator.",
        ),
    ),
    "count": Cause(
        "bad",
        "call",
        Text(
            "Rapora yazılan sayı, kayıtların sayısına uymuyor. Entegratörünüze bildirin.",
            "The report says another number than it has entries. Tell your integrator.",
        ),
    ),
    "no-file": Cause(
        "bad",
        "call",
        Text(
            "Raporun dosyası saklanmamış. Entegratörünüze bildirin.",
            "The report's file is not kept. Tell your integrator.",
        ),
    ),
}
"""By the word."""
