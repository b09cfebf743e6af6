"""What operators are alarmed of, and what is refused: the words of every code of this room."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of
from ulak.lifecycle.problems_of_ledgers import OF_LEDGERS
from ulak.lifecycle.problems_of_reports import OF_REPORTS

__all__ = ["PROBLEMS", "LifecycleError", "lifecycle_error"]


class LifecycleError(UlakError):
    """The law of the road forbids it, or something on the road needs a person."""


PROBLEMS: Final[Table] = {
    "lifecycle.not-arriving": Problem(
        Text(
            "Bir zarf art arda birçok kez GİB'e ulaştırılamadı.", "An envelope did not reach GİB many times in a row."
        ),
        Text(
            "Ağı ve GİB'in durumunu denetleyin; gönderim kendiliğinden sürer.",
            "Check the network and GİB's state; sending goes on by itself.",
        ),
        permanent=False,
    ),
    "lifecycle.vanished": Problem(
        Text(
            "GİB alındı belgesi verdiği bir zarfı tanımıyor (2004); aynı zarf yeniden gönderiliyor.",
            "GİB does not know an envelope that it gave a receipt for (2004); the same envelope is sent again.",
        ),
        Text("GİB'e bildirin.", "Tell GİB."),
        permanent=False,
    ),
    "lifecycle.overdue": Problem(
        Text(
            "Bir zarfın sonucu, birçok kez sorulduğu hâlde belli olmadı.",
            "How an envelope ended is still not known after it was asked for many times.",
        ),
        Text(
            "Alıcının entegratörüne ve GİB'e sorun; zarfı yeniden göndermeyin.",
            "Ask the receiver's integrator and GİB; do not send the envelope again.",
        ),
        permanent=False,
    ),
    "lifecycle.still-suspended": Problem(
        Text(
            "GİB gönderme ve sorgulama yetkisini kaldırdı (2007); zarflar bekliyor.",
            "GİB has taken away the permission to send and to ask (2007); envelopes are waiting.",
        ),
        Text(
            "Nedenini GİB'den öğrenip giderin; yetki gelince trafiği açın.",
            "Learn the reason from GİB and remove it; let traffic flow when the permission is back.",
        ),
        permanent=False,
    ),
    "lifecycle.call-refused": Problem(
        Text("GİB bir gönderim çağrısını geri çevirdi (2006 gibi).", "GİB refused a call to send (such as 2006)."),
        Text(
            "Zarfın adını ve paketlenişini denetleyin; belgeler yeni zarfla gidebilir.",
            "Check the envelope's name and packing; its documents may go in a new envelope.",
        ),
    ),
    "lifecycle.disputed": Problem(
        Text(
            "GİB bir zarf için hem var (2001) hem yok (2004) diyor.",
            "GİB says of an envelope both that it is there (2001) and that it is not (2004).",
        ),
        Text(
            "GİB'e sorun; sonucu belgeye işleyin: ulaştı ya da ulaşmadı.",
            "Ask GİB, and enter the outcome at the document: it arrived or it did not.",
        ),
    ),
    "lifecycle.contradiction": Problem(
        Text(
            "“{stage}” durumundaki bir zarf için bununla bağdaşmayan bir haber geldi: {code}.",
            "For an envelope that stands at “{stage}” there came news that does not go with it: {code}.",
        ),
        Text("Zaman çizelgesine bakıp GİB'e sorun.", "Look at the timeline and ask GİB."),
    ),
    "lifecycle.work-stuck": Problem(
        Text(
            "Bir kaydın işi birçok kez verildiği hâlde bitmedi.",
            "The work on a record did not end although it was handed out many times.",
        ),
        Text("Günlüklerde bu kaydın hatasına bakın.", "Look for this record's error in the logs."),
        permanent=False,
    ),
    "lifecycle.known-not-by-us": Problem(
        Text(
            "GİB bir belgeyi kayıtlı sayıyor (1163, 1164), ama onu ulaştıran bir zarfımız yok.",
            "GİB counts a document as registered (1163, 1164), but no envelope of ours brought it.",
        ),
        Text(
            "Mükellefin aynı numarayı başka bir yoldan kullanıp kullanmadığına bakın.",
            "See whether the taxpayer used the same number another way.",
        ),
    ),
    "lifecycle.one-cancelled": Problem(
        Text(
            "Birden çok faturalı bir zarfta faturalardan biri GİB portalında iptal edilmiş (1235).",
            "One of the invoices of an envelope of several was cancelled on GİB's portal (1235).",
        ),
        Text(
            "Hangisi olduğuna portalda bakın; zarftaki faturaların hepsi alıcıya ulaşmıştı.",
            "See on the portal which one; all invoices of the envelope had reached the receiver.",
        ),
    ),
    "lifecycle.arrived-after-all": Problem(
        Text(
            "Ulaşmadı sayılan bir zarf alıcıya ulaşmış.",
            "An envelope that counted as not arrived has reached its receiver.",
        ),
        Text(
            "Belgenin ikinci bir zarfla gidip gitmediğine bakın.",
            "See whether the document went in a second envelope too.",
        ),
    ),
    "lifecycle.not-judged": Problem(
        Text(
            "Gelen bir zarf birçok denemede denetlenemedi; gönderenine sistem hatası (1195) bildirildi.",
            "An incoming envelope could not be judged in many tries; its sender was told of a system error (1195).",
        ),
        Text("Günlüklerde bu zarfın hatasına bakın.", "Look for this envelope's error in the logs."),
    ),
    "lifecycle.not-told": Problem(
        Text(
            "Gelen bir zarfın sonucu gönderenine bildirilemedi.",
            "The outcome of an incoming envelope could not be told to its sender.",
        ),
        Text(
            "Gönderenin etiketine bakın; GİB sorarsa yanıt hazır.",
            "Look at the sender's alias; GİB gets the answer when it asks.",
        ),
    ),
    "lifecycle.suspended": Problem(
        Text(
            "GİB bu kimliğin gönderme ve sorgulama yetkisini kaldırdı (2007); bütün çağrılar durduruldu.",
            "GİB has taken this identity's permission to send and to ask away (2007); all calls were stopped.",
        ),
        Text(
            "Nedenini GİB'den öğrenip giderin; yetki gelince trafiği açın.",
            "Learn the reason from GİB and remove it; let traffic flow when the permission is back.",
        ),
        permanent=False,
    ),
    "lifecycle.answer-too-late": Problem(
        Text("Yanıt süresi doldu.", "The time for an answer has ended."),
        Text(
            "Ticari faturaya sekiz, irsaliyeye yedi gün içinde yanıt verilir; artık noter, KEP gibi dış yollar kalır.",
            "Invoices are answered within eight days, despatches within seven; what is left are ways outside, "
            "such as a notary or registered e-mail.",
        ),
    ),
    "lifecycle.answered-already": Problem(
        Text("Bu belgeye yanıt verildi; ikincisi verilemez.", "This document was answered; there is no second answer."),
        Text("Verilen yanıta belgenin zaman çizelgesinde bakın.", "See the answer in the document's timeline."),
    ),
    "lifecycle.answer-not-foreseen": Problem(
        Text("Bu belgeye böyle bir yanıt verilemez.", "This document cannot be answered so."),
        Text(
            "Ticari faturaya KABUL, RED ya da IADE, irsaliyeye irsaliye yanıtı verilir; temel faturaya yanıt verilmez.",
            "Commercial invoices get KABUL, RED or IADE, despatch advices a receipt advice, basic invoices no answer.",
        ),
    ),
    "lifecycle.answer-came-late": Problem(
        Text("Yanıt süresinden sonra geldi; sayılmaz.", "The answer came after its time; it does not count."),
        Text("Zarfına sistem yanıtı yine gönderilir.", "Its envelope gets its system response all the same."),
    ),
    "lifecycle.answer-came-twice": Problem(
        Text("Bu belgeye daha önce yanıt gelmişti; ilki sayılır.", "An answer had come before; the first one counts."),
        Text("Zarfına sistem yanıtı yine gönderilir.", "Its envelope gets its system response all the same."),
    ),
    **OF_REPORTS,
    **OF_LEDGERS,
}


def lifecycle_error(code: str, /, **facts: object) -> LifecycleError:
    """The error of a code."""
    return error_of(LifecycleError, PROBLEMS, code, where="", line=None, **facts)
