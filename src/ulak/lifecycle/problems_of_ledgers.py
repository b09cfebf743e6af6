"""The words of every code about electronic books."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["OF_LEDGERS"]


def _two(tr: str, en: str, repair_tr: str, repair_en: str, *, permanent: bool = True) -> Problem:
    return Problem(Text(tr, en), Text(repair_tr, repair_en), permanent=permanent)


_PACKAGES: Final[Table] = {
    "lifecycle.ledger-due-soon": _two(
        "Bir e-Defter paketinin süresi üç gün içinde doluyor; GİB henüz almadı (durumu: {stage}).",
        "The time of an e-Defter package ends within three days, and GİB does not have it yet (it stands at {stage}).",
        "Paketin neyi beklediğine bakın: ağ, GİB ya da giderilecek bir hata.",
        "See what the package waits for: the network, GİB, or a fault to be removed.",
        permanent=False,
    ),
    "lifecycle.ledger-last-day": _two(
        "Bir e-Defter paketi bugün gönderilmezse süresi dolacak (durumu: {stage}).",
        "The time of an e-Defter package ends today, and GİB does not have it (it stands at {stage}).",
        "Neyi beklediğine hemen bakın. GİB'e ulaşılamıyorsa defteri ve beratı bugün zaman damgalı mühürleyin; "
        "GİB açılınca gönderilir.",
        "See at once what it waits for. If GİB cannot be reached, seal book and berat with a time stamp today; "
        "they are sent when GİB is back.",
        permanent=False,
    ),
    "lifecycle.ledger-late": _two(
        "Bir e-Defter paketinin süresi doldu; GİB hâlâ almadı (durumu: {stage}). Yine de gönderilecek.",
        "The time of an e-Defter package is over, and GİB does not have it (it stands at {stage}). "
        "It is sent all the same.",
        "Nedenini giderin; mükellefe ve mali müşavirine haber verin.",
        "Remove the reason; tell the taxpayer and their accountant.",
        permanent=False,
    ),
    "lifecycle.ledger-not-arriving": _two(
        "Bir e-Defter paketi art arda birçok kez GİB'e ulaştırılamadı.",
        "An e-Defter package did not reach GİB many times in a row.",
        "Ağı ve e-Defter servisinin durumunu denetleyin; gönderim kendiliğinden sürer.",
        "Check the network and the state of the e-Defter service; sending goes on by itself.",
        permanent=False,
    ),
    "lifecycle.ledger-vanished": _two(
        "GİB aldığını bildirdiği bir e-Defter paketini tanımıyor; aynı paket yeniden gönderiliyor.",
        "GİB does not know an e-Defter package that it said to have taken; the same package is sent again.",
        "GİB'e bildirin.",
        "Tell GİB.",
        permanent=False,
    ),
    "lifecycle.ledger-overdue": _two(
        "Bir e-Defter paketinin sonucu, birçok kez sorulduğu hâlde belli olmadı (GİB: {words}).",
        "How an e-Defter package ended is still not known after it was asked for many times (GİB: {words}).",
        "GİB'e sorun; sorgulama kendiliğinden sürer, paketi elle yüklemeyin.",
        "Ask GİB; asking goes on by itself, do not upload the package by hand.",
        permanent=False,
    ),
    "lifecycle.ledger-refused": _two(
        "GİB bir e-Defter paketini kabul etmedi ({code}): {words}",
        "GİB did not accept an e-Defter package ({code}): {words}",
        "GİB'in açıklamasına bakıp nedenini giderin; içerik yanlışsa defteri yeniden oluşturun, değilse paketi "
        "yeniden gönderin.",
        "Read what GİB says and remove the reason; if the content is wrong, make the book anew, else send it again.",
    ),
    "lifecycle.ledger-disputed": _two(
        "GİB bir e-Defter paketi için çelişkili bilgi veriyor ({code}).",
        "GİB says contradictory things about an e-Defter package ({code}).",
        "e-Defter portalında paket listesine bakın: işlendiyse onaylandı olarak işaretleyin, yoksa yeniden gönderin.",
        "Look at the list of packages on the e-Defter portal: if it was processed, enter it as approved, "
        "else send it again.",
    ),
    "lifecycle.ledger-of-others": _two(
        "Bu ayın bu parçası için GİB'de başka bir yerden yüklenmiş bir paket var ({code}).",
        "GİB has a package of this part of the month that came from elsewhere ({code}).",
        "e-Defter portalında kimin yüklediğine bakın. Doğruysa ayı başka yazılımla kapatıldı olarak işaretleyin; "
        "değilse oradan silip yeniden gönderin.",
        "See on the e-Defter portal who uploaded it. If it is right, mark the month as closed with other software; "
        "if not, delete it there and send this one again.",
    ),
    "lifecycle.ledger-strange": _two(
        "e-Defter servisi bir paket için kılavuzda olmayan bir kod verdi ({code}).",
        "The e-Defter service gave a code that is not in the guide for a package ({code}).",
        "Yanıttaki açıklamaya bakın, anlaşılmıyorsa GİB'e sorun; sorgulama kendiliğinden sürer.",
        "Look at the words of the answer, and ask GİB if they do not help; asking goes on by itself.",
        permanent=False,
    ),
    "lifecycle.ledger-berat-missing": _two(
        "GİB bir paketi işlediğini söylüyor, ama onaylı beratı birçok denemede alınamadı ({code}).",
        "GİB says to have processed a package, but its approved berat could not be fetched in many tries ({code}).",
        "e-Defter portalında beratın inip inmediğine bakın, inmiyorsa GİB'e sorun; deneme sürer.",
        "See whether the berat can be downloaded on the e-Defter portal, and ask GİB if not; trying goes on.",
        permanent=False,
    ),
    "lifecycle.ledger-berat-bad": _two(
        "GİB'den gelen onaylı berat denetimden geçmedi ({code}).",
        "The approved berat that came from GİB does not hold ({code}).",
        "GİB ile iletişime geçin; berat düzelince kendiliğinden yeniden indirilir.",
        "Get in touch with GİB; once the berat is in order, it is fetched again by itself.",
    ),
    "lifecycle.ledger-deleted": _two(
        "GİB'deki bir e-Defter paketi silinmiş; silindiği burada bildirilmemişti.",
        "An e-Defter package was deleted at GİB, which nobody had told here.",
        "Kimin sildiğini e-Defter portalında öğrenin; bu günlerin defteri yeniden oluşturulmalı.",
        "See on the e-Defter portal who deleted it; the books of these days have to be made anew.",
    ),
}

_MONTHS: Final[Table] = {
    "lifecycle.ledger-month-open": _two(
        "Bir ayın defterleri henüz GİB'e gönderilmedi; son güne iki hafta kaldı.",
        "A month's books were not sent to GİB yet; the last day is in two weeks.",
        "Muhasebe kayıtlarını yükleyip defterleri oluşturun.",
        "Upload the accounting records and make the books.",
        permanent=False,
    ),
    "lifecycle.ledger-month-soon": _two(
        "Bir ayın defterleri henüz GİB'e gönderilmedi; son güne üç gün kaldı.",
        "A month's books were not sent to GİB yet; the last day is in three days.",
        "Defterleri bugün oluşturup gönderin; bulunacak hatalar için zaman kalsın.",
        "Make and send the books today, so that time is left for faults that turn up.",
        permanent=False,
    ),
    "lifecycle.ledger-month-last-day": _two(
        "Bir ayın defterleri için bugün son gün; GİB'e gönderilmediler.",
        "Today is the last day for a month's books, and they were not sent to GİB.",
        "Defterleri hemen oluşturup gönderin.",
        "Make and send the books at once.",
        permanent=False,
    ),
    "lifecycle.ledger-month-late": _two(
        "Bir ayın defterlerinin süresi doldu; GİB'e gönderilmediler.",
        "The time of a month's books is over, and they were not sent to GİB.",
        "Defterleri yine de oluşturup gönderin, mali müşavirinize haber verin; süre geçtiği için ceza kesilebilir.",
        "Make and send the books all the same, and tell your accountant; being late may be fined.",
        permanent=False,
    ),
    "lifecycle.ledger-before-start": _two(
        "e-Defter burada {month} ile başlıyor; daha önceki bir ayın defteri oluşturulamaz.",
        "The e-Defter starts with {month} here; books of an earlier month cannot be made.",
        "Başlangıç ayı yanlışsa defter bilgilerinde düzeltin.",
        "If the first month is wrong, correct it in the facts of the books.",
    ),
    "lifecycle.ledger-outside-fiscal-year": _two(
        "{month} yazılı hesap döneminin dışında.",
        "{month} is outside of the fiscal year that is entered.",
        "Defter bilgilerindeki hesap dönemini güncelleyin.",
        "Update the fiscal year in the facts of the books.",
    ),
    "lifecycle.ledger-day-of-month": _two(
        "Seçilen gün {month} ayında değil.",
        "The chosen day is not in {month}.",
        "Ayın içinden bir gün seçin.",
        "Choose a day of the month.",
    ),
    "lifecycle.ledger-future": _two(
        "Defter ileri bir tarihi kapsayamaz; bugün {day}.",
        "Books cannot cover days to come; today is {day}.",
        "En geç bugünü seçin.",
        "Choose today at the latest.",
    ),
    "lifecycle.ledger-month-not-over": _two(
        "Ay bitmeden ayın tamamının defteri oluşturulamaz; bugün {day}.",
        "A whole month's books cannot be made before it is over; today is {day}.",
        "Ay bitince oluşturun; inceleme için şimdi gerekiyorsa bugüne kadarki günler için bir parça oluşturun.",
        "Make them when the month is over; if an audit needs them now, make a part for the days until today.",
    ),
    "lifecycle.ledger-month-skipped": _two(
        "Ay atlanamaz: {month} henüz kapanmadı.",
        "No month may be skipped: {month} is not closed yet.",
        "Önce o ayın defterlerini gönderin; GİB onaylı beratları ve defter raporu tamamlanınca sıradaki aya geçilir.",
        "Send that month's books first; the next month opens when its approved berats and its report are complete.",
    ),
    "lifecycle.ledger-month-closed": _two(
        "{month} kapandı; GİB onaylı beratları alınmış bir ay için yeniden defter oluşturulamaz.",
        "{month} is closed; no second book can be made of a month whose berats GİB has approved.",
        "Defter yanlışsa ve süresi geçmediyse önce GİB'deki paketleri silin.",
        "If the book is wrong and its time is not over, delete the packages at GİB first.",
    ),
    "lifecycle.ledger-days-approved": _two(
        "{day} gününe kadarki günlerin beratları onaylandı; bu günler için yeniden defter oluşturulamaz.",
        "The berats of the days until {day} are approved; no second book can be made of them.",
        "Daha sonraki bir gün seçin.",
        "Choose a later day.",
    ),
    "lifecycle.ledger-part-open": _two(
        "{month} ayının gönderilmiş, ama henüz onaylanmamış bir parçası var.",
        "A part of {month} was sent and is not approved yet.",
        "GİB'in onayını bekleyin; GİB reddettiyse o parçayı geri çekip yeniden oluşturun.",
        "Wait for GİB's approval; if GİB refused it, withdraw that part and make it anew.",
        permanent=False,
    ),
    "lifecycle.ledger-empty": _two(
        "{month} için hiç kayıt yok; bütün bir ay boş defter olarak oluşturulamaz.",
        "There is no entry for {month}; the book of a whole month cannot be empty.",
        "Doğru dosyayı yüklediğinize bakın; ay gerçekten hareketsizse kaydı mali müşavirinizle kararlaştırın.",
        "See whether you uploaded the right file; if nothing happened in that month, agree with your accountant "
        "on what is to be recorded.",
    ),
    "lifecycle.ledger-report-early": _two(
        "{month} ayının defter raporu, bütün beratları onaylanmadan oluşturulamaz.",
        "The report of {month} cannot be made before all of its berats are approved.",
        "Beratların onayını bekleyin; rapor kendiliğinden hazırlanır.",
        "Wait until the berats are approved; the report is made by itself.",
        permanent=False,
    ),
    "lifecycle.ledger-report-remade": _two(
        "{month} ayının defterleri, raporu gönderildikten sonra yeniden oluşturuldu; GİB'deki rapor eski defterlerin.",
        "The books of {month} were made anew after its report was sent; GİB's report is of the old ones.",
        "Eski raporu GİB'in e-Defter uygulamasından silin ve paketin sayfasında bildirin; yenisi ardından gider.",
        "Delete the old report in GİB's e-Defter application and say so on the package's page; then the new one goes.",
    ),
    "lifecycle.ledger-time-over": _two(
        "{month} ayının yasal yükleme süresi geçti; GİB'deki beratları silinip yeniden oluşturulamaz.",
        "The legal time of {month} is over; its berats at GİB cannot be deleted and made anew.",
        "GİB'in yazılı izni gerekir: zayi belgesi ya da teknik rapor, Özel Amaçlı YMM Raporu ile başvurun "
        "(Uygulama Kılavuzu, D).",
        "GİB's written permission is needed: apply with a certificate of loss or a technical report and a special "
        "YMM report (Uygulama Kılavuzu, D).",
    ),
    "lifecycle.ledger-later-first": _two(
        "Daha sonraki aylar da gönderilmiş; numaralar sürdüğü için önce {month} silinmeli.",
        "Later months were sent too; as their numbers go on, {month} has to be deleted first.",
        "En son aydan başlayarak geriye doğru silin.",
        "Delete backwards, beginning with the last month.",
    ),
    "lifecycle.ledger-inventory-day": _two(
        "{month} ayında envanter yok; envanter defteri hesap döneminin ilk ve son günü içindir: {days}.",
        "{month} has no inventory; the inventory book is of the first and the last day of the fiscal year: {days}.",
        "Bu aylardan birini seçin; hesap dönemi yanlışsa defter bilgilerinde düzeltin.",
        "Choose one of these months; if the fiscal year is wrong, correct it in the facts of the books.",
    ),
    "lifecycle.ledger-inventory-there": _two(
        "{day} gününün envanter defteri zaten gönderildi; ikincisi oluşturulamaz.",
        "The inventory book of {day} was handed over already; there can be no second one.",
        "Yanlışsa paketi geri çekin ya da GİB'de sildirin; sonra yeniden oluşturun.",
        "If it is wrong, withdraw its package or have it deleted at GİB; then make it anew.",
    ),
    "lifecycle.ledger-extension": _two(
        "Ek süre {day} gününden sonra en çok bir ay olabilir.",
        "More time can be a month after {day} at most.",
        "GİB'in duyurusundaki günü yazın.",
        "Enter the day of GİB's announcement.",
    ),
    "lifecycle.ledger-needs-seal": _two(
        "Tüzel kişilerin defterleri mali mühürle mühürlenir; nitelikli elektronik imza yalnız gerçek kişiler içindir.",
        "Books of companies are sealed with a mali mühür; a qualified signature is for natural persons alone.",
        "Şirketin mali mührünü tanıtın ya da muvafakatname verin.",
        "Set up the company's mali mühür, or give a muvafakatname.",
    ),
    "lifecycle.ledger-no-consent": _two(
        "{month} ayının defterlerini bu mühürle mühürlemek için geçerli bir muvafakatname yok.",
        "There is no muvafakatname that lets this seal be used for the books of {month}.",
        "Mükellef Dijital Vergi Dairesi'nden muvafakatname verip defter bilgilerine tarihini yazmalı ya da kendi "
        "mührünü kullanmalı.",
        "The taxpayer has to give one on Dijital Vergi Dairesi and enter its date in the facts of the books, or use "
        "their own seal.",
    ),
}

OF_LEDGERS: Final[Table] = {**_PACKAGES, **_MONTHS}
