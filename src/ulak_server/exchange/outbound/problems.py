"""What can be wrong with envelopes that are to go out."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "OutboundError", "problem"]


class OutboundError(UlakError):
    """An envelope cannot be made or made anew."""


PROBLEMS: Final[Table] = {
    "outbound.no-envelope": Problem(
        Text("{id} kimlikli zarf yok.", "There is no envelope {id}."),
        Text("Zarfın kimliğini denetleyin.", "Check the envelope's id."),
    ),
    "outbound.changed": Problem(
        Text(
            "{id} kimlikli zarfın içeriği ilk paketlendiği gibi değil; gönderilmedi.",
            "The content of the envelope {id} is not what it was when it was packed; it was not sent.",
        ),
        Text(
            "`ulak archive check` ile arşivi denetleyin; yedekten geri yükleyin.",
            "Check the archive by `ulak archive check`, and restore it from the backup.",
        ),
    ),
    "outbound.other-alias": Problem(
        Text(
            "Alıcının {alias} etiketi artık yok; GİB listesindeki başka etiketleri: {others}",
            "The receiver's alias {alias} does not exist any more; others of theirs in GİB's list: {others}",
        ),
        Text("Belgeyi doğru etiketle yeniden gönderin.", "Send the document again to the right alias."),
    ),
    "outbound.no-alias": Problem(
        Text(
            "Alıcının {alias} etiketi artık yok ve {partner} GİB listesinde kayıtlı değil.",
            "The receiver's alias {alias} does not exist any more, and {partner} is not in GİB's list.",
        ),
        Text(
            "Alıcıyla görüşün; kayıtlı değilse e-Arşiv düzenlenir.", "Ask the receiver; unregistered ones get e-Arşiv."
        ),
    ),
    "outbound.registered-since": Problem(
        Text(
            "Alıcı {partner}, {day} tarihli GİB listesinde artık e-Fatura kullanıcısı; e-Arşiv fatura düzenlenemez.",
            "The receiver {partner} has become an e-Fatura user, by GİB's list of {day}: e-Arşiv is not for them.",
        ),
        Text(
            "Belgeyi senaryosuz ya da TEMELFATURA senaryosuyla düzeltip verin; e-Fatura olarak gönderilir.",
            "Hand in a corrected one without profile, or with TEMELFATURA; it is sent as an e-Fatura.",
        ),
    ),
    "outbound.unregistered-since": Problem(
        Text(
            "Alıcı {partner}, {day} tarihli GİB listesinde artık e-Fatura kullanıcısı değil; e-Fatura gönderilemez.",
            "The receiver {partner} is no e-Fatura user any more, by GİB's list of {day}: e-Fatura cannot reach them.",
        ),
        Text(
            "Belgeyi senaryosuz ya da EARSIVFATURA senaryosuyla düzeltip verin; e-Arşiv fatura olur.",
            "Hand in a corrected one without profile, or with EARSIVFATURA; it becomes an e-Arşiv invoice.",
        ),
    ),
    "outbound.no-body": Problem(
        Text("Belgenin içeriği arşivde bulunamadı.", "The document's content was not found in the archive."),
        Text(
            "`ulak archive check` ile arşivi denetleyin; yedekten geri yükleyin.",
            "Check the archive by `ulak archive check`, and restore it from the backup.",
        ),
    ),
    "outbound.internal": Problem(
        Text("Belge işlenirken beklenmeyen bir hata oldu ({kind}).", "The document met an unexpected error ({kind})."),
        Text(
            "Kendiliğinden yeniden denenecek; sürerse kayıtlardaki outbound.failed satırını bildirin.",
            "It is tried again by itself; if it goes on, report the line outbound.failed in the logs.",
        ),
        permanent=False,
    ),
}


def problem(code: str, **facts: Any) -> OutboundError:
    """The error of a code."""
    return error_of(OutboundError, PROBLEMS, code, **facts)
