"""What can be wrong at the desk and on the first steps."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "OverviewError", "problem"]


class OverviewError(UlakError):
    """A month cannot be closed so, or a first step not be taken."""


PROBLEMS: Final[Table] = {
    "overview.month": Problem(
        Text("“{given}” bir ay değil.", "“{given}” is no month."),
        Text("Yıl ve ay yazın: 2026-11.", "Write year and month: 2026-11."),
    ),
    "overview.month-running": Problem(
        Text("Ay daha bitmedi; son günü {last}.", "The month is not over yet; its last day is {last}."),
        Text("Ay bittikten sonra kapatın.", "Close it when it is over."),
        permanent=False,
    ),
    "overview.month-closed": Problem(
        Text("Bu ay {name} tarafından kapatıldı.", "This month was closed by {name}."),
        Text("Değiştirmek için önce yeniden açın.", "Open it again before you change it."),
    ),
    "overview.month-open": Problem(
        Text("Bu ay kapalı değil.", "This month is not closed."),
        Text("Sayfayı yenileyin.", "Reload the page."),
    ),
    "overview.month-unseen": Problem(
        Text("Bakılmamış {count} madde var.", "{count} points have not been looked at."),
        Text(
            "Her maddeye bakıp işaretleyin; açık kalan varsa nedenini nota yazın.",
            "Look at every point and tick it; say in the note why something stays open.",
        ),
    ),
    "overview.point": Problem(
        Text("“{given}” bu listenin bir maddesi değil.", "“{given}” is no point of this list."),
        Text("Sayfayı yenileyin.", "Reload the page."),
    ),
    "overview.note-long": Problem(
        Text("Not çok uzun: en çok {most} karakter.", "The note is too long: {most} characters at most."),
        Text("Kısaltın.", "Shorten it."),
    ),
    "overview.no-self-service": Problem(
        Text(
            "Bu kurulumda mükellefi entegratörün görevlisi ekler.",
            "In this installation the integrator's people take taxpayers on.",
        ),
        Text(
            "Sizinle sözleşme yapan kişiden davet isteyin; davetle gelen bağlantı sizi buraya getirir.",
            "Ask whoever made the contract with you for an invitation; its link brings you here.",
        ),
    ),
    "overview.step": Problem(
        Text("“{given}” ilk adımlardan biri değil.", "“{given}” is none of the first steps."),
        Text("Adımlar listesinden seçin.", "Choose one from the list of steps."),
    ),
    "overview.step-early": Problem(
        Text("Bu adımdan önce “{name}” gerekiyor.", "“{name}” comes before this step."),
        Text("Önce onu tamamlayın.", "Finish that one first."),
    ),
    "overview.field": Problem(
        Text("“{label}” boş bırakılamaz.", "“{label}” cannot be left empty."),
        Text("Yazıp yeniden deneyin.", "Write it and try again."),
    ),
    "overview.not-a-number": Problem(
        Text("“{label}” için yazılan sayı değil: “{given}”.", "What stands in “{label}” is no number: “{given}”."),
        Text("Yalnız sayı yazın: 1.234,56.", "Write a number alone: 1.234,56."),
    ),
    "overview.no-receiver": Problem(
        Text("Henüz alıcı seçilmedi.", "No receiver was chosen yet."),
        Text("Önce ilk alıcıyı seçin.", "Choose the first receiver first."),
    ),
    "overview.own-number": Problem(
        Text("Alıcı kendiniz olamazsınız.", "You cannot be your own receiver."),
        Text("Başka bir VKN ya da TCKN yazın.", "Write another VKN or TCKN."),
    ),
    "overview.seal-not-here": Problem(
        Text(
            "Deneme mührü yalnız deneme ortamında verilir.",
            "Test seals are given in a sandbox alone.",
        ),
        Text("Kendi mali mührünüzü kullanın.", "Use your own seal (mali mühür)."),
    ),
    "overview.seal-failed": Problem(
        Text("Deneme mührü yapılamadı: {detail}", "The test seal could not be made: {detail}"),
        Text(
            "ULAK_SANDBOX, “ulak pki new” ile yapılmış ve yazılabilen bir klasör olmalı.",
            "ULAK_SANDBOX must be a folder made by “ulak pki new” that can be written to.",
        ),
    ),
}


def problem(code: str, *, where: str = "", **facts: object) -> OverviewError:
    """The error of a code."""
    return error_of(OverviewError, PROBLEMS, code, where=where, line=None, **facts)
