"""What operators are alarmed of, and what is refused: the words of every code of this room."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

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
    "lifecycle.report-due-soon": Problem(
        Text(
            "Bir e-Arşiv raporunun süresi yakında doluyor; GİB henüz kabul etmedi (durumu: {stage}).",
            "The time of an e-Arşiv report ends soon, and GİB has not accepted it yet (it stands at {stage}).",
        ),
        Text(
            "Rapor takviminde neyi beklediğine bakın: mühür, zaman damgası, ağ ya da GİB.",
            "See in the report calendar what it waits for: the seal, the time stamp, the network or GİB.",
        ),
        permanent=False,
    ),
    "lifecycle.report-due-within-the-hour": Problem(
        Text(
            "Bir e-Arşiv raporunun süresi bir saat içinde doluyor; GİB henüz kabul etmedi (durumu: {stage}).",
            "The time of an e-Arşiv report ends within the hour, and GİB has not accepted it (it stands at {stage}).",
        ),
        Text(
            "Neyi beklediğine hemen bakın; süre geçerse mükellefe ceza kesilebilir.",
            "See at once what it waits for; if it is late, the taxpayer may be fined.",
        ),
        permanent=False,
    ),
    "lifecycle.report-late": Problem(
        Text(
            "Bir e-Arşiv raporunun süresi doldu; GİB hâlâ kabul etmedi (durumu: {stage}). Yine de gönderilecek.",
            "The time of an e-Arşiv report is over, and GİB has not accepted it (it stands at {stage}). "
            "It is sent all the same.",
        ),
        Text(
            "Nedenini giderin; mükellefe ve mali müşavirine haber verin.",
            "Remove the reason; tell the taxpayer and their accountant.",
        ),
        permanent=False,
    ),
    "lifecycle.report-not-built": Problem(
        Text(
            "Bir e-Arşiv raporu birçok denemede hazırlanamadı ({code}).",
            "An e-Arşiv report could not be built in many tries ({code}).",
        ),
        Text(
            "Mührün ve zaman damgası hizmetinin çalıştığına, günlüklerde raporun hatasına bakın; deneme sürer.",
            "See whether the seal and the time stamp service work, and look for the report's error in the logs; "
            "trying goes on.",
        ),
        permanent=False,
    ),
    "lifecycle.report-not-arriving": Problem(
        Text(
            "Bir e-Arşiv raporu art arda birçok kez GİB'e ulaştırılamadı.",
            "An e-Arşiv report did not reach GİB many times in a row.",
        ),
        Text(
            "Ağı ve e-Arşiv servisinin durumunu denetleyin; gönderim kendiliğinden sürer.",
            "Check the network and the state of the e-Arşiv service; sending goes on by itself.",
        ),
        permanent=False,
    ),
    "lifecycle.report-vanished": Problem(
        Text(
            "GİB aldığını bildirdiği bir e-Arşiv raporunu tanımıyor; aynı paket yeniden gönderiliyor.",
            "GİB does not know an e-Arşiv report that it said to have taken; the same package is sent again.",
        ),
        Text("GİB'e bildirin.", "Tell GİB."),
        permanent=False,
    ),
    "lifecycle.report-overdue": Problem(
        Text(
            "Bir e-Arşiv raporunun sonucu, birçok kez sorulduğu hâlde belli olmadı.",
            "How an e-Arşiv report ended is still not known after it was asked for many times.",
        ),
        Text(
            "GİB'e sorun; sorgulama kendiliğinden sürer, raporu elle göndermeyin.",
            "Ask GİB; asking goes on by itself, do not send the report by hand.",
        ),
        permanent=False,
    ),
    "lifecycle.report-refused": Problem(
        Text(
            "Bir e-Arşiv raporu GİB'e verilemedi ({code}); bir kişinin bakması gerekiyor.",
            "An e-Arşiv report could not be handed in at GİB ({code}); a person has to look.",
        ),
        Text(
            "Kodun açıklamasına bakıp nedenini giderin, sonra raporu yeniden gönderin; süre işliyor.",
            "Look at what the code says, remove the reason, then send the report again; its time is running.",
        ),
    ),
    "lifecycle.report-duplicate": Problem(
        Text(
            "GİB bir e-Arşiv raporu için aynı numaralı bir paketin önceden geldiğini söylüyor (150), "
            "onun sonucunu söylemiyor.",
            "GİB says of an e-Arşiv report that a package of the same number came before (150), not how it fared.",
        ),
        Text(
            "GİB'e sorun: işlendiyse raporu kabul edildi olarak işaretleyin, işlenmediyse yeni numarayla gönderin.",
            "Ask GİB: if it was processed, enter the report as accepted; if not, send it under a new number.",
        ),
    ),
    "lifecycle.report-disputed": Problem(
        Text(
            "GİB bir e-Arşiv raporu için hem önceden gönderilmiş (004) hem yok (2) diyor.",
            "GİB says of an e-Arşiv report both that it was sent before (004) and that it is not there (2).",
        ),
        Text(
            "GİB'e sorun: işlendiyse raporu kabul edildi olarak işaretleyin, işlenmediyse yeni numarayla gönderin.",
            "Ask GİB: if it was processed, enter the report as accepted; if not, send it under a new number.",
        ),
    ),
    "lifecycle.report-of-others": Problem(
        Text(
            "GİB'de bu numarayla başka bir mükellefin raporu var; rapor yeni numarayla hazırlanıyor.",
            "GİB has another taxpayer's report under this number; the report is being built under a new one.",
        ),
        Text("Numaranın nasıl çakıştığına bakın.", "See how the number came to clash."),
    ),
    "lifecycle.report-strange": Problem(
        Text(
            "e-Arşiv servisi bir rapor için kılavuzda olmayan bir kod verdi ({code}).",
            "The e-Arşiv service gave a code that is not in the guide for a report ({code}).",
        ),
        Text(
            "Yanıttaki açıklamaya bakın, anlaşılmıyorsa GİB'e sorun; sorgulama kendiliğinden sürer.",
            "Look at the words of the answer, and ask GİB if they do not help; asking goes on by itself.",
        ),
        permanent=False,
    ),
    "lifecycle.report-failing": Problem(
        Text(
            "GİB bir raporu kendi hatasıyla birçok kez işleyemedi ({code}); her seferinde yeni numarayla gönderildi.",
            "GİB failed many times to process a report ({code}); it was sent under a new number each time.",
        ),
        Text("GİB'e bildirin; deneme gittikçe seyrekleşerek sürer.", "Tell GİB; trying goes on, ever more rarely."),
        permanent=False,
    ),
    "lifecycle.report-accepted-twice": Problem(
        Text(
            "GİB, yerine yenisi gönderilen bir raporu da kabul etti; belgeler iki kez bildirilmiş olabilir.",
            "GİB accepted a report that another one had taken the place of; its documents may be reported twice.",
        ),
        Text("İki raporu GİB'le karşılaştırın.", "Compare the two reports with GİB."),
    ),
    "lifecycle.issued-for-good": Problem(
        Text(
            "Düzenlenmiş belge düzeltilemez, geri çekilemez ve yeniden gönderilemez.",
            "A document that is issued cannot be corrected, withdrawn or sent again.",
        ),
        Text(
            "Yanlışsa iptal edip doğrusunu yeni bir belge olarak düzenleyin.",
            "If it is wrong, cancel it and issue the right one as a new document.",
        ),
    ),
    "lifecycle.cancel-not-issued": Problem(
        Text("Yalnız düzenlenmiş bir belge iptal edilebilir.", "Only a document that is issued can be cancelled."),
        Text(
            "Henüz düzenlenmediyse geri çekin; gönderilmiş e-Fatura GİB portalında iptal edilir.",
            "If it is not issued yet, withdraw it; an e-Fatura that was sent is cancelled on GİB's portal.",
        ),
    ),
    "lifecycle.cancelled-already": Problem(
        Text("Bu belge iptal edilmiş.", "This document is cancelled."),
        Text("Yapılacak bir şey yok.", "Nothing is to be done."),
    ),
    "lifecycle.cancel-refused": Problem(
        Text(
            "Alıcı bu belgenin iptalini reddetti; ikinci kez istenemez.",
            "The buyer refused the cancellation of this document; it cannot be asked for twice.",
        ),
        Text(
            "Alıcıyla anlaşıp iade faturası alın ya da noter, taahhütlü mektup, telgraf veya KEP ile itiraz edin.",
            "Agree with the buyer on a return invoice, or object by notary, registered letter, telegram or KEP.",
        ),
    ),
    "lifecycle.cancel-too-late": Problem(
        Text(
            "İptal süresi {until} günü sona erdi: alıcı bir mükellef, belge teslimden sonraki sekiz gün içinde iptal "
            "edilebilirdi.",
            "The time for cancelling ended on {until}: the buyer is a taxpayer, and the document could be cancelled "
            "within eight days of delivery.",
        ),
        Text(
            "Alıcıdan iade faturası isteyin ya da noter, taahhütlü mektup, telgraf veya KEP ile itiraz edin.",
            "Ask the buyer for a return invoice, or object by notary, registered letter, telegram or KEP.",
        ),
    ),
    "lifecycle.object-not-issued": Problem(
        Text("Yalnız düzenlenmiş bir belgeye itiraz bildirilir.", "Objections are reported for issued documents only."),
        Text(
            "Henüz düzenlenmediyse geri çekin; e-Faturaya itiraz GİB portalında bildirilir.",
            "If it is not issued yet, withdraw it; objections to an e-Fatura are made on GİB's portal.",
        ),
    ),
    "lifecycle.object-not-foreseen": Problem(
        Text("Bu belge için itiraz bildirilemez.", "No objection can be reported for this document."),
        Text(
            "İtiraz yalnız alıcısı mükellef olan e-Arşiv fatura ve e-SMM için bildirilir; bunun yerine iptal edin.",
            "Objections are reported for e-Arşiv invoices and e-SMM to taxpayers only; cancel the document instead.",
        ),
    ),
    "lifecycle.object-too-late": Problem(
        Text(
            "İtiraz süresi {until} günü sona erdi: belgenin ayını izleyen ayın 15'i.",
            "The time for an objection ended on {until}: the 15th of the month after the document's.",
        ),
        Text("Mali müşavirinize danışın.", "Ask your accountant."),
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
}


def lifecycle_error(code: str, /, **facts: object) -> LifecycleError:
    """The error of a code."""
    return error_of(LifecycleError, PROBLEMS, code, where="", line=None, **facts)
