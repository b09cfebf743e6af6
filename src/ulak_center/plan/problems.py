"""What can go wrong in running the test plan itself; what it finds at the candidate are outcomes, no errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "PlanError", "plan_error"]


class PlanError(UlakError):
    """The plan cannot go on; ``code`` is one of ``plan.*``."""


_LOOK: Final = Text("Merkezin kaydına bakın: ulak center status.", "Look at the center's log: ulak center status.")

PROBLEMS: Final[Mapping[str, Problem]] = {
    "plan.step": Problem(
        Text("“{id}” diye bir adım yok.", "There is no step “{id}”."),
        Text("Adımlar: {known}.", "The steps: {known}."),
    ),
    "plan.candidate": Problem(
        Text("“{name}” diye bir aday yok.", "There is no candidate “{name}”."),
        Text("Adaylar: {known}.", "The candidates: {known}."),
    ),
    "plan.center": Problem(
        Text("Merkez {url} adresinde yanıt vermiyor: {detail}", "The center does not answer at {url}: {detail}"),
        Text(
            "Merkezin çalıştığını ve adresin doğru olduğunu denetleyin: ulak center run.",
            "See that it runs and that the address is right: ulak center run.",
        ),
        permanent=False,
    ),
    "plan.control": Problem(
        Text(
            "Merkezin denetim arayüzü “{what}” isteğini reddetti ({status}): {detail}",
            "The center's control API refused “{what}” ({status}): {detail}",
        ),
        _LOOK,
    ),
    "plan.control-answer": Problem(
        Text(
            "Merkezin “{what}” yanıtı beklenen biçimde değil: {detail}",
            "The center's answer to “{what}” is not of the form that was expected: {detail}",
        ),
        Text("Merkez ile aynı sürümü kullanın.", "Use the same version as the center."),
    ),
    "plan.report": Problem(
        Text("Rapor {folder} klasörüne yazılamadı: {detail}", "The report cannot be written to {folder}: {detail}"),
        Text(
            "Boş ya da önceki raporun klasörü olan, yazılabilir bir klasör verin.",
            "Give a folder that may be written, empty or with an earlier report.",
        ),
    ),
    "plan.key": Problem(
        Text("{number} adına mühür anahtarı yok.", "There is no sealing key for {number}."),
        Text("Anahtarı --pki klasörüne koyun (ulak pki new).", "Put the key into the folder of --pki (ulak pki new)."),
    ),
    "plan.unknown-envelope": Problem(
        Text("Kurum {id} zarfını bilmiyor.", "The candidate does not know the envelope {id}."), _LOOK
    ),
    "plan.unknown-document": Problem(
        Text("Kuruma {ettn} belgesi gelmedi.", "The candidate has received no document {ettn}."), _LOOK
    ),
    "plan.no-answer": Problem(
        Text("{ettn} faturasına yanıt verilemez: {why}", "The invoice {ettn} cannot be answered: {why}"),
        Text(
            "Yalnız TICARIFATURA, bir kez ve sekiz gün içinde yanıtlanır.",
            "Only a TICARIFATURA is answered, once and within eight days.",
        ),
    ),
}
"""The codes, with what they say and what to do."""


def plan_error(code: str, /, **facts: object) -> PlanError:
    """The error of a code, its facts filled in."""
    return error_of(PlanError, PROBLEMS, code, where="", line=None, **facts)
