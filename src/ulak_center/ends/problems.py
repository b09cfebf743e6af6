"""What GİB's own ends cannot do when they are asked to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text, error_of
from ulak_center.problems import CenterError

__all__ = ["PROBLEMS", "end_error"]

_LOOK: Final = Text("Gelen ve giden belgelerin listesine bakın.", "Look at the lists of what came in and went out.")
_FORCE: Final = Text(
    "Karşı tarafın böyle bir yanıtı reddettiğini denemek için kurala rağmen göndermeyi isteyin (force).",
    "To see that the other side refuses such an answer, ask for it against the rule (force).",
)
_KINDS: Final = Text("Sayılanlardan birini verin.", "Give one of those listed.")

PROBLEMS: Final[Mapping[str, Problem]] = {
    "center.no-key": Problem(
        Text("{who} için mühür anahtarı yok.", "There is no key to seal with for {who}."),
        Text(
            "Merkezi bir test PKI'sı ile başlatın (--pki KLASÖR) ya da kendisininkini kurmasına izin verin.",
            "Start the center with a test PKI (--pki FOLDER), or let it make its own.",
        ),
    ),
    "center.not-held": Problem(
        Text("{who} tarafında {ettn} ETTN'li bir belge yok.", "{who} has no document with the ETTN {ettn}."), _LOOK
    ),
    "center.unreadable": Problem(
        Text("{ettn} ETTN'li belge okunamıyor: {detail}", "The document {ettn} cannot be read: {detail}"),
        Text("Belgesi düzgün bir zarfla deneyin.", "Try with an envelope whose document is sound."),
    ),
    "center.no-answer": Problem(
        Text(
            "{profile} senaryosundaki belgeye {answer} yanıtı verilemez.",
            "A document of the profile {profile} cannot be answered with {answer}.",
        ),
        Text(
            "Yalnız TICARIFATURA (KABUL, RED, IADE) ve irsaliye (KABUL, RED) yanıtlanır.",
            "Only TICARIFATURA (KABUL, RED, IADE) and despatch advices (KABUL, RED) are answered.",
        ),
    ),
    "center.not-incoming": Problem(
        Text("{ettn} gelen bir belge değil; yanıtlanamaz.", "{ettn} did not come in, so it cannot be answered."), _LOOK
    ),
    "center.not-accepted": Problem(
        Text(
            "{ettn} kabul edilmeyen bir zarfla geldi ({status}); yanıtlanamaz.",
            "{ettn} came in an envelope that was refused ({status}), so it cannot be answered.",
        ),
        Text("Göndericinin düzeltip yeniden göndermesini bekleyin.", "Wait until its sender corrects it."),
    ),
    "center.answered": Problem(
        Text("{ettn} zaten yanıtlandı: {answer}.", "{ettn} was answered already: {answer}."), _FORCE
    ),
    "center.answer-late": Problem(
        Text(
            "{ettn} için yanıt süresi {last} günü sonunda bitti.",
            "The time to answer {ettn} ended with the day {last}.",
        ),
        _FORCE,
    ),
    "center.reason-missing": Problem(
        Text("{answer} yanıtının gerekçesi yazılmalıdır.", "The answer {answer} needs its reason."),
        Text("Gerekçeyi verin (reason).", "Give the reason."),
    ),
    "center.lines": Problem(
        Text(
            "İrsaliyede {position} numaralı kalem yok ya da miktarları geçersiz.",
            "The despatch advice has no line {position}, or its quantities are not valid.",
        ),
        Text("Kalem sırasını ve miktarları düzeltin.", "Correct the line's position and quantities."),
    ),
    "center.send-what": Problem(
        Text("“{what}” gönderilemez; şunlardan biri: {known}.", "“{what}” cannot be sent; one of: {known}."), _KINDS
    ),
    "center.send-count": Problem(
        Text(
            "Zarf sayısı 1–{envelopes}, zarftaki belge sayısı 1–{documents} olabilir.",
            "There can be 1–{envelopes} envelopes, with 1–{documents} documents each.",
        ),
        Text("Sayıları bu aralığa indirin.", "Reduce the numbers to that."),
    ),
    "center.receiver": Problem(
        Text("Alıcı {number} / {alias} bir adres değil.", "The receiver {number} / {alias} is no address."),
        Text("On ya da on bir haneli numara ve etiket verin.", "Give a number of ten or eleven digits and an alias."),
    ),
    "center.customs-answer": Problem(
        Text(
            "Gümrük {profile} faturasına {answer} yanıtı vermez.",
            "Customs do not answer an invoice of the profile {profile} with {answer}.",
        ),
        Text(
            "IHRACAT faturasına KABUL ya da RED, YOLCUBERABERFATURA'ya GUMRUKONAY verilir.",
            "IHRACAT is answered with KABUL or RED, YOLCUBERABERFATURA with GUMRUKONAY.",
        ),
    ),
    "center.customs-withdrawn": Problem(
        Text(
            "{ettn} için satış iptal/iade bildirimi geldi; gümrük onaylamaz.",
            "A notice says that the sale {ettn} was cancelled; customs do not approve it.",
        ),
        _FORCE,
    ),
    "center.customs-value": Problem(
        Text("“{value}” geçerli bir {name} değil.", "“{value}” is not a valid {name}."),
        Text("Değeri düzeltin ya da boş bırakın; o zaman üretilir.", "Correct it, or leave it out to have one made."),
    ),
    "center.intermediary": Problem(
        Text(
            "{ettn} faturasında aracı kurumun VKN'si ya da etiketi yok.",
            "The invoice {ettn} names no VKN or alias of the intermediary.",
        ),
        Text(
            "Faturaya ARACIKURUMVKN ve ARACIKURUMETIKET yazılmalıdır.",
            "The invoice needs ARACIKURUMVKN and ARACIKURUMETIKET.",
        ),
    ),
    "center.no-probe": Problem(
        Text("{id} kimlikli bir yoklama yok.", "There is no probe {id}."),
        Text("Kimliği, yoklamayı gönderen çağrının yanıtından alın.", "Take the id from the answer that sent it."),
    ),
    "center.probe-hours": Problem(
        Text("Yoklama aralığı {hours} saat olamaz.", "A probe cannot be repeated every {hours} hours."),
        Text("0'dan büyük, en çok 8760 bir sayı verin.", "Give a number above 0, 8760 at most."),
    ),
    "center.no-endpoint": Problem(
        Text(
            "{number} / {alias} adresini kayıtlı bir entegratör taşımıyor.",
            "No registered integrator serves {number} / {alias}.",
        ),
        Text(
            "Entegratörü kaydedin ve etiketi onun adına açın ya da entegratörün kendi numarasını verin.",
            "Register the integrator and open the alias for it, or give the integrator's own number.",
        ),
    ),
}
"""The codes, with what they say and what to do."""


def end_error(code: str, /, **facts: object) -> CenterError:
    """The error of a code, its facts filled in."""
    return error_of(CenterError, PROBLEMS, code, where="", line=None, **facts)
