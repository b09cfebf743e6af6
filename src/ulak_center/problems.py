"""What can go wrong in using the center; what it finds in documents has GİB's codes instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "CenterError", "center_error"]


class CenterError(UlakError):
    """The center was asked for something that it cannot do; ``code`` is one of ``center.*``."""


_SEE_LIST: Final = Text(
    "`ulak center fault --help` hangi hatanın nerede kurulabildiğini sayar.",
    "`ulak center fault --help` lists which fault can strike where.",
)

PROBLEMS: Final[Mapping[str, Problem]] = {
    "center.fault-place": Problem(
        Text("“{action}” hatası “{place}” yerinde kurulamaz.", "The fault “{action}” cannot strike at “{place}”."),
        _SEE_LIST,
    ),
    "center.fault-value": Problem(
        Text(
            "“{action}” hatasının sayıları geçersiz: pay 0–1, atlanan 0 ve üstü, kez 1 ve üstü olmalıdır.",
            "The numbers of the fault “{action}” are not valid: share is 0–1, after 0 or more, times 1 or more.",
        ),
        _SEE_LIST,
    ),
    "center.fault-number": Problem(
        Text(
            "“{action}” hatası {number} numarasıyla kurulamaz.", "The fault “{action}” cannot have the number {number}."
        ),
        Text(
            "fault için servisin hata numarasını verin (2003 …), status için bir durum kodu (1195 …; "
            "`ulak codes status_codes`).",
            "Give the number of a fault of the service for fault (2003 …), a status code for status (1195 …; "
            "`ulak codes status_codes`).",
        ),
    ),
    "center.pack-kind": Problem(
        Text(
            "{pack} bir {kind} paketi; zarfları denetleyemez.",
            "{pack} is a pack of kind {kind}; it cannot judge envelopes.",
        ),
        Text(
            "ubl-tr türünden bir paket seçin (`ulak packs list`).", "Choose a pack of kind ubl-tr (`ulak packs list`)."
        ),
    ),
    "center.clock-back": Problem(
        Text(
            "Saat geri alınamaz: şimdi {now}, istenen {to}.", "The clock cannot go back: it is {now}, {to} was asked."
        ),
        Text("Daha ileri bir an verin.", "Give a later moment."),
    ),
    "center.clock-end": Problem(
        Text("Saat {last} gününden ileri gidemez: {to}", "The clock cannot go beyond {last}: {to}"),
        Text("Daha yakın bir an verin.", "Give an earlier moment."),
    ),
    "center.data-broken": Problem(
        Text(
            "{path} merkezin verisi olarak açılamıyor: {detail}", "{path} cannot be opened as a center's data: {detail}"
        ),
        Text(
            "Başka bir --data klasörü verin ya da dosyayı kaldırın.", "Give another --data folder, or remove the file."
        ),
    ),
    "center.data-in-use": Problem(
        Text("{path} klasörünü başka bir merkez kullanıyor.", "Another center uses the folder {path}."),
        Text("Onu durdurun ya da başka bir --data klasörü verin.", "Stop it, or give another --data folder."),
    ),
    "center.no-integrator": Problem(
        Text("{number} numaralı bir entegratör kayıtlı değil.", "No integrator {number} is registered."),
        Text("Önce entegratörü adresiyle kaydedin.", "Register the integrator with its address first."),
    ),
    "center.alias-elsewhere": Problem(
        Text(
            "{number} mükellefinin {alias} etiketi başka bir entegratörde açık.",
            "The alias {alias} of {number} is open at another integrator.",
        ),
        Text(
            "Önce orada kapatın ya da başka bir etiket seçin (ÖEK 4).",
            "Close it there first or choose another alias (ÖEK 4).",
        ),
    ),
    "center.no-envelope": Problem(
        Text("Merkezde {id} kimlikli bir zarf yok.", "The center has no envelope {id}."),
        Text("Kimliği, zarf dosyasının .zip'siz adı olarak verin.", "Give the id: the file's name without .zip."),
    ),
    "center.no-document": Problem(
        Text("Merkezden {ettn} ETTN'li bir belge geçmedi.", "No document with the ETTN {ettn} passed the center."),
        Text("ETTN'yi belgenin cbc:UUID alanından alın.", "Take the ETTN from the document's cbc:UUID."),
    ),
}
"""The codes, with what they say and what to do."""


def center_error(code: str, /, **facts: object) -> CenterError:
    """The error of a code, its facts filled in."""
    return error_of(CenterError, PROBLEMS, code, where="", line=None, **facts)
