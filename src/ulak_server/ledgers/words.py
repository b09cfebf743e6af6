"""Sentences of this room, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["FINE_STEPS", "PROBLEMS", "STEPS", "UNITS"]

PROBLEMS: Final[Table] = {
    "ledger-work.unknown": Problem(
        Text("Böyle bir defter çalışması yok.", "There is no such ledger work."),
        Text("Ay listesinden açın.", "Open it from the list of months."),
    ),
    "ledger-work.file-unknown": Problem(
        Text("Bu çalışmada böyle bir dosya yok.", "This work has no such file."),
        Text("Sayfayı yenileyin; dosya çıkarılmış olabilir.", "Reload the page; the file may have been removed."),
    ),
    "ledger-work.book-unknown": Problem(
        Text("Böyle bir defter ya da berat yok.", "There is no such book or berat."),
        Text("Ayın sayfasından açın.", "Open it from the month's page."),
    ),
    "ledger-work.busy": Problem(
        Text("Bu çalışma şu anda işleniyor: {step}.", "This work is being processed now: {step}."),
        Text("Bitmesini bekleyin ya da önce iptal edin.", "Wait until it ends, or cancel it first."),
        permanent=False,
    ),
    "ledger-work.not-now": Problem(
        Text("Çalışma “{stage}” adımındayken bu yapılamaz.", "This cannot be done while the work is at “{stage}”."),
        Text("Sihirbazın gösterdiği adımdan devam edin.", "Go on from the step that the wizard shows."),
    ),
    "ledger-work.month": Problem(
        Text("{month} ayı henüz başlamadı.", "The month {month} has not begun yet."),
        Text("Başlamış bir ay seçin.", "Choose a month that has begun."),
    ),
    "ledger-work.branch": Problem(
        Text("{branch} numaralı, kendi defterini tutan bir şube yok.", "No branch {branch} keeps books of its own."),
        Text("Şubeyi önce Defter bilgileri sayfasında ekleyin.", "Add the branch on the page of ledger facts first."),
    ),
    "ledger-work.extension-months": Problem(
        Text(
            "Uzatmanın ayları {day} son gününe uymuyor.", "The months of the extension do not fit the last day {day}."
        ),
        Text(
            "Duyuruda adı geçen ilk ve son ayı yazın; ikisi de son günden önce olmalı.",
            "Enter the first and the last month that the announcement names; both are before the last day.",
        ),
    ),
    "ledger-work.extension-there": Problem(
        Text(
            "{day} son günü ve bu aylar için bir uzatma zaten kayıtlı.",
            "There is an extension of {day} and these months already.",
        ),
        Text(
            "GİB bir kez daha uzattıysa, uzayan günü son gün olarak girin; yanlışsa kayıtlı olanı kaldırın.",
            "If GİB extended it once more, enter the day that it gave; remove the one there if it is wrong.",
        ),
    ),
    "ledger-work.extension-source": Problem(
        Text("Uzatmanın kaynağı yazılmamış ya da çok uzun.", "The extension's source is missing or too long."),
        Text(
            "GİB'in duyurusunu ya da sirkülerini {limit} karakteri geçmeden yazın.",
            "Name GİB's announcement or circular in at most {limit} characters.",
        ),
    ),
    "ledger-work.extension-unknown": Problem(
        Text("Böyle bir süre uzatımı kayıtlı değil.", "There is no such extension."),
        Text("Listeye yeniden bakın.", "Look at the list again."),
    ),
    "ledger-work.facts-missing": Problem(
        Text(
            "Defterlere yazılacak şirket bilgileri henüz girilmedi.",
            "What the books say of the company was not entered yet.",
        ),
        Text("Defter bilgileri sayfasını doldurun.", "Fill in the page of ledger facts."),
    ),
    "ledger-work.facts": Problem(
        Text("{count} alan düzeltilmeli.", "{count} fields have to be corrected."),
        Text("İşaretli alanları düzeltin.", "Correct the marked fields."),
    ),
    "ledger-work.field": Problem(
        Text("“{field}” böyle olamaz: {given}", "“{field}” cannot be so: {given}"),
        Text("{wanted}", "{wanted}"),
    ),
    "ledger-work.field-missing": Problem(
        Text("“{field}” boş bırakılamaz.", "“{field}” must not be empty."),
        Text("{wanted}", "{wanted}"),
    ),
    "ledger-work.software": Problem(
        Text(
            "Bu kurulumda GİB'in onayladığı yazılım kimliği ayarlı değil; defter oluşturulamaz.",
            "The software's identity as GİB approved it is not set in this installation; no book can be made.",
        ),
        Text(
            "İşletmeci ULAK_EDEFTER_SOFTWARE değişkenini ayarlamalı.", "The operator has to set ULAK_EDEFTER_SOFTWARE."
        ),
        permanent=False,
    ),
    "ledger-work.file-kind": Problem(
        Text("“{name}” okunabilen bir dosya türü değil.", "“{name}” is not a kind of file that can be read."),
        Text(
            "CSV, Excel (xlsx, xls), Parquet ya da JSON lines dosyası yükleyin.",
            "Upload CSV, Excel, Parquet or JSON lines.",
        ),
    ),
    "ledger-work.file-empty": Problem(
        Text("“{name}” boş.", "“{name}” is empty."),
        Text("Muhasebe programından yeniden dışa aktarın.", "Export it from the accounting program again."),
    ),
    "ledger-work.file-too-big": Problem(
        Text(
            "“{name}” {size} MB; bir dosya en çok {most} MB olabilir.",
            "“{name}” has {size} MB; a file may have {most} MB.",
        ),
        Text("Ayı günlere bölüp birkaç dosya yükleyin.", "Divide the month by days and upload several files."),
    ),
    "ledger-work.too-much": Problem(
        Text(
            "Yarım duran çalışmaların dosyaları {most} MB sınırını aşıyor.",
            "The files of unfinished works exceed the limit of {most} MB.",
        ),
        Text("Bitmemiş eski çalışmaları iptal edin.", "Cancel old works that were not finished."),
    ),
    "ledger-work.too-many-files": Problem(
        Text("Bir çalışmada en çok {most} dosya olabilir.", "A work may have {most} files."),
        Text("Dosyaları birleştirip yükleyin.", "Merge the files and upload them."),
    ),
    "ledger-work.file-twice": Problem(
        Text("“{name}” bu çalışmaya zaten yüklendi.", "“{name}” was uploaded to this work already."),
        Text(
            "Başka bir dosya seçin; aynı kayıtlar iki kez alınmaz.", "Choose another file; entries are not taken twice."
        ),
    ),
    "ledger-work.file-offset": Problem(
        Text(
            "Dosyanın {received} baytı burada; parça oradan başlamıyor.",
            "{received} bytes of the file are here; the piece does not begin there.",
        ),
        Text("Kalan yerden devam edin.", "Go on from there."),
        permanent=False,
    ),
    "ledger-work.file-unfinished": Problem(
        Text("“{name}” henüz tam yüklenmedi.", "“{name}” is not uploaded completely yet."),
        Text("Yüklemeyi tamamlayın ya da dosyayı çıkarın.", "Finish the upload, or remove the file."),
    ),
    "ledger-work.matching": Problem(
        Text("Sütun eşleştirmesi anlaşılmadı: {given}", "The matching of columns was not understood: {given}"),
        Text("Sayfayı yenileyip sütunları yeniden seçin.", "Reload the page and choose the columns again."),
    ),
    "ledger-work.no-ledgers": Problem(
        Text(
            "Bu ayın burada mühürlenmiş büyük defteri yok; rapor oluşturulamaz.",
            "No general ledger of this month was sealed here; no report can be made.",
        ),
        Text("Önce ayın defterlerini oluşturup gönderin.", "Make and send the month's books first."),
    ),
    "ledger-work.warnings": Problem(
        Text("{count} uyarı henüz görüldü olarak işaretlenmedi.", "{count} warnings are not marked as seen yet."),
        Text("Uyarıları okuyup onaylayın.", "Read and acknowledge them."),
    ),
    "ledger-work.file-gone": Problem(
        Text("Yüklenen dosyalar artık saklanmıyor.", "The uploaded files are no longer kept."),
        Text("Dosyaları yeniden yükleyin.", "Upload the files again."),
    ),
    "ledger-work.inventory-heading": Problem(
        Text("“{name}” dosyasında “{heading}” sütunu yok.", "“{name}” has no column “{heading}”."),
        Text(
            "Envanter şablonunu indirin ve başlıklarını değiştirmeden doldurun.",
            "Download the inventory template, and fill it in without changing its headings.",
        ),
    ),
    "ledger-work.no-files": Problem(
        Text("Henüz dosya yüklenmedi.", "No file was uploaded yet."),
        Text("Muhasebe kayıtlarının dosyasını yükleyin.", "Upload the file of the accounting entries."),
    ),
    "ledger-work.no-mapping": Problem(
        Text("“{name}” dosyasının sütunları henüz eşleştirilmedi.", "The columns of “{name}” are not matched yet."),
        Text("Hangi sütunun ne olduğunu seçin.", "Choose what each column is."),
    ),
    "ledger-work.has-errors": Problem(
        Text(
            "Kayıtlarda {count} hata var; böyle defter oluşturulamaz.",
            "The entries have {count} errors; no book can be made of them.",
        ),
        Text(
            "Hataları muhasebe programında düzeltip dosyayı yeniden yükleyin.",
            "Correct them in the accounting program and upload the file again.",
        ),
    ),
    "ledger-work.fiscal-year": Problem(
        Text(
            "“{field}”: {given} hesap dönemleriyle bağdaşmıyor.", "“{field}”: {given} does not agree with fiscal years."
        ),
        Text(
            "Gün, ilk günle son gün arasında olmalı; bir hesap dönemi en az iki gün sürer.",
            "The day has to lie between the first and the last day; a fiscal year has two days at least.",
        ),
    ),
    "ledger-work.turn-made": Problem(
        Text(
            "Hesap dönemi {day} günü yeniden başlamış sayılamaz: bu gün {month} defterinin {part} no'lu parçasının "
            "içinde kalıyor.",
            "No fiscal year can begin on {day}: the day lies within part {part} of the books of {month}.",
        ),
        Text(
            "Parça gönderilmediyse çalışmasına baştan başlayın; gönderildiyse ve süresi geçmediyse GİB'de silinmesini "
            "sağlayın, sonra günü girin.",
            "If the part was not sent, start its work again; if it was, and it is still in time, have it deleted at"
            " GİB; then enter the day.",
        ),
    ),
    "ledger-work.until": Problem(
        Text(
            "{until} bu ayın kalan günlerinden biri değil.", "{until} is not one of the remaining days of this month."
        ),
        Text("{start} ile {end} arasında bir gün seçin.", "Choose a day from {start} to {end}."),
    ),
    "ledger-work.rules": Problem(
        Text("{name} GİB'in kurallarına uymuyor: {count} bulgu.", "{name} breaks GİB's rules: {count} findings."),
        Text(
            "Bulgulardaki kayıtları düzeltip dosyayı yeniden yükleyin.",
            "Correct the entries in the findings and upload the file again.",
        ),
    ),
    "ledger-work.unjudged": Problem(
        Text(
            "{name} GİB'in kurallarıyla denetlenemedi: {detail}", "{name} could not be judged by GİB's rules: {detail}"
        ),
        Text(
            "İşletmeci GİB'in e-Defter paketini “ulak packs add DOSYA” komutuyla kurmalı; sonra yeniden deneyin.",
            "The operator has to add GİB's e-Defter package by “ulak packs add FILE”; try again then.",
        ),
    ),
    "ledger-work.no-rules": Problem(
        Text(
            "GİB'in e-Defter paketi bu deneme ortamında kurulu değil: defterler GİB'in kurallarıyla denetlenmedi.",
            "GİB's e-Defter package is not installed in this sandbox: books were not judged by GİB's rules.",
        ),
        Text(
            "Denemeye devam edebilirsiniz; gerçek ortamda bu hâliyle hiçbir defter mühürlenmez (ulak packs add).",
            "You can go on trying; in a live installation no book is sealed like this (ulak packs add).",
        ),
    ),
    "ledger-work.not-reconciled": Problem(
        Text(
            "Yevmiye, kebir ve mizan birbirini tutmuyor: {count} fark.",
            "Journal, ledger and trial balance do not agree: {count} differences.",
        ),
        Text("Hiçbir şey mühürlenmedi. İşletmeciye haber verin.", "Nothing was sealed. Tell the operator."),
    ),
    "ledger-work.key": Problem(
        Text("“{key}” mühür için seçilemez.", "“{key}” cannot be chosen to seal."),
        Text("Kendi mührünüzü ya da entegratörünkini seçin.", "Choose your own seal or the integrator's."),
    ),
    "ledger-work.no-own-key": Problem(
        Text("Mükellefin kendi mührü tanımlı değil.", "The taxpayer's own seal is not set up."),
        Text("Mührü tanımlayın ya da entegratörün mührünü seçin.", "Set it up, or choose the integrator's."),
    ),
    "ledger-work.no-consent": Problem(
        Text(
            "Entegratörün mühürlemesi için verilmiş muvafakatname kayıtlı değil.",
            "No consent (muvafakatname) to the integrator's seal is recorded.",
        ),
        Text(
            "Muvafakatnamenin tarihini Defter bilgileri sayfasına girin.", "Enter its date on the page of ledger facts."
        ),
    ),
    "ledger-work.consent-day": Problem(
        Text("Muvafakatname {day} gününde verilmiş olamaz.", "The consent cannot be of {day}."),
        Text("Bugün ya da daha önceki bir gün girin.", "Enter today or an earlier day."),
    ),
    "ledger-work.no-stamper": Problem(
        Text("Zaman damgası hizmeti ayarlı değil.", "No time stamp authority is set."),
        Text(
            "Damgasız mühürleyin ya da işletmeci ULAK_TSA'yı ayarlasın.",
            "Seal without a stamp, or the operator sets ULAK_TSA.",
        ),
        permanent=False,
    ),
    "ledger-work.changed": Problem(
        Text(
            "“{name}” mühürlendikten sonra değişmiş; kullanılmadı.",
            "“{name}” was changed after it was sealed; it was not used.",
        ),
        Text(
            "İşletmeciye haber verin; yedekten geri alınmalı.",
            "Tell the operator; it has to be restored from a backup.",
        ),
    ),
    "ledger-work.not-ours": Problem(
        Text("Bu dosya burada mühürlenen “{name}” değil.", "This file is not the “{name}” that was sealed here."),
        Text(
            "Dosya sonradan değiştirilmiş; asıl dosyayı buradan indirin.",
            "It was changed later; download the original here.",
        ),
    ),
    "ledger-work.disk-full": Problem(
        Text("Sunucunun diskinde yer kalmadı.", "The server's disk is full."),
        Text("Yer açılınca kaldığı yerden kendiliğinden sürer.", "It goes on by itself when there is room."),
        permanent=False,
    ),
    "ledger-work.failed": Problem(
        Text("“{step}” adımı art arda yarıda kaldı.", "The step “{step}” broke off again and again."),
        Text("Yeniden deneyin; sürerse işletmeciye haber verin.", "Try again; if it goes on, tell the operator."),
        permanent=False,
    ),
    "ledger-work.too-long": Problem(
        Text(
            "“{step}” adımı {minutes} dakikada bitmedi ve durduruldu.",
            "The step “{step}” did not end within {minutes} minutes, and was stopped.",
        ),
        Text(
            "Dosyayı CSV olarak ya da günlere bölünmüş birkaç dosya olarak yükleyin; sürerse işletmeciye haber verin.",
            "Upload the file as CSV, or divided by days into several; if it goes on, tell the operator.",
        ),
    ),
    "ledger-work.too-heavy": Problem(
        Text(
            "“{step}” adımı {megabytes} MB'tan çok bellek istedi ve durduruldu.",
            "The step “{step}” wanted more than {megabytes} MB of memory, and was stopped.",
        ),
        Text(
            "Dosyayı CSV olarak ya da günlere bölünmüş birkaç dosya olarak yükleyin; sürerse işletmeciye haber verin.",
            "Upload the file as CSV, or divided by days into several; if it goes on, tell the operator.",
        ),
    ),
    "ledger-work.seal-broken": Problem(
        Text(
            "{name} mühürlendi ama mührü doğrulanmadı: {detail}",
            "{name} was sealed, but its seal does not hold: {detail}",
        ),
        Text("Hiçbir şey gönderilmedi. İşletmeciye haber verin.", "Nothing was sent. Tell the operator."),
    ),
    "ledger-work.at-gib": Problem(
        Text("Paketler GİB'e ulaştı; yeniden mühürlenemez.", "The packages are at GİB; they cannot be sealed anew."),
        Text("Gerekirse GİB'de silinmelerini sağlayın.", "If need be, have them deleted at GİB."),
    ),
    "ledger-work.sent-already": Problem(
        Text("Bu çalışmanın paketleri GİB'e verildi.", "The packages of this work were handed over to GİB."),
        Text(
            "Gerekirse paketleri ay sayfasından geri çekin.", "If need be, withdraw the packages on the month's page."
        ),
    ),
}

STEPS: Final[Mapping[str, Text]] = {
    "uploading": Text("Dosya yükleme", "Upload"),
    "looking": Text("Dosyalara bakılıyor", "Looking at the files"),
    "mapping": Text("Sütunları eşleştirme", "Matching columns"),
    "checking": Text("Kayıtlar okunuyor ve denetleniyor", "Entries are read and checked"),
    "checked": Text("Bulgular", "Findings"),
    "planning": Text("Sayfalar ve parçalar hesaplanıyor", "Pages and parts are worked out"),
    "planned": Text("Önizleme", "Preview"),
    "building": Text("Defterler oluşturuluyor", "Books are made"),
    "built": Text("Mühür bekliyor", "Waits for its seal"),
    "sealing": Text("Defterler mühürleniyor, beratlar oluşturuluyor", "Books are sealed, berats are made"),
    "sealed": Text("Gönderilmeye hazır", "Ready to be sent"),
    "sending": Text("Gönderime veriliyor", "Handed over to be sent"),
    "sent": Text("GİB'in onayı bekleniyor", "Waits for GİB's approval"),
    "done": Text("Onaylandı", "Approved"),
    "failed": Text("Durdu", "Stopped"),
    "cancelled": Text("İptal edildi", "Cancelled"),
}
"""What each stage is called."""
FINE_STEPS: Final[Mapping[str, Text]] = {
    "reading": Text("Kayıtlar okunuyor", "Entries are read"),
    "numbering": Text("Yevmiye numaraları veriliyor", "Journal numbers are given"),
    "finding": Text("Kayıtlar denetleniyor", "Entries are checked"),
    "keeping": Text("Şifrelenip saklanıyor", "Encrypted and kept"),
    "restoring": Text("Kaldığı yerden sürdürülüyor", "Going on where it was"),
    "journal": Text("Yevmiye defteri yazılıyor", "The journal is written"),
    "ledger": Text("Büyük defter yazılıyor", "The ledger is written"),
    "inventory": Text("Envanter defteri yazılıyor", "The inventory book is written"),
    "reconciling": Text("Yevmiye, kebir ve mizan karşılaştırılıyor", "Journal, ledger and trial balance are compared"),
    "judging": Text("GİB'in kurallarıyla denetleniyor", "Judged by GİB's rules"),
    "signing": Text("Mühürleniyor", "Sealed"),
    "verifying": Text("Mühür doğrulanıyor", "The seal is verified"),
    "berats": Text("Beratlar oluşturuluyor", "Berats are made"),
    "packing": Text("Paketleniyor", "Packed"),
    "reporting": Text("Defter raporu oluşturuluyor", "The ledger report is made"),
}
"""What workers do within a stage."""

UNITS: Final[Mapping[str, Text]] = {
    "reading": Text("satır", "lines"),
    "looking": Text("dosya", "files"),
    "checking": Text("satır", "lines"),
    "building": Text("defter", "books"),
    "sealing": Text("dosya", "files"),
    "sending": Text("paket", "packages"),
    "finding": Text("yüzde", "percent"),
    "journal": Text("satır", "lines"),
    "ledger": Text("satır", "lines"),
    "inventory": Text("satır", "lines"),
    "judging": Text("bayt", "bytes"),
    "keeping": Text("bayt", "bytes"),
}
"""What is counted."""
