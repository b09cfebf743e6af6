"""The words of every code about documents that are issued and reported."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["OF_REPORTS"]

OF_REPORTS: Final[Table] = {
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
    "lifecycle.report-misnamed": Problem(
        Text(
            "GİB bir e-Arşiv raporunun durumunu başka bir mükellef numarasıyla bildiriyor ({code}).",
            "GİB names another taxpayer's number in the state of an e-Arşiv report ({code}).",
        ),
        Text(
            "GİB'e sorun: rapor sizinse ve işlendiyse kabul edildi olarak işaretleyin, "
            "değilse yeni numarayla gönderin.",
            "Ask GİB: if the report is yours and was processed, enter it as accepted; "
            "if not, send it under a new number.",
        ),
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
}
