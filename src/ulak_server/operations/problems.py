"""What `ulak doctor` finds: codes ``doctor.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text

__all__ = ["PROBLEMS"]

PROBLEMS: Final[dict[str, Problem]] = {
    "doctor.variable-missing": Problem(
        Text("{name} verilmemiş: {about}", "{name} is not set: {about}"),
        Text("Ortam değişkeni olarak verin.", "Set it in the environment."),
    ),
    "doctor.variable-wrong": Problem(
        Text("{name} okunamıyor: {detail}", "{name} cannot be read: {detail}"),
        Text("Değerini düzeltin; docs/platform.md her birini anlatır.", "Correct it; docs/platform.md explains each."),
    ),
    "doctor.rehearsal": Problem(
        Text(
            "ULAK_POLICY verilmiş: GİB'in süreleri değil, denemenin süreleri geçerli.",
            "ULAK_POLICY is set: times of a rehearsal are in force instead of GİB's.",
        ),
        Text("Canlı kurulumda kaldırın.", "Remove it in production."),
    ),
    "doctor.not-https": Problem(
        Text("{name} şifresiz: {given}", "{name} is not encrypted: {given}"),
        Text("Canlı kurulumda https adresi kullanın.", "Use an https address in production."),
    ),
    "doctor.open-network": Problem(
        Text("{name} boş: herkes bu ağdanmış gibi davranılır.", "{name} is empty: nobody is told from anybody else."),
        Text(
            "Canlı kurulumda ağları yazın; docs/platform.md anlatır.",
            "Name the networks in production; docs/platform.md tells which.",
        ),
    ),
    "doctor.folder": Problem(
        Text("{folder} kullanılamıyor: {detail}", "{folder} cannot be used: {detail}"),
        Text("Klasörü ve izinlerini denetleyin.", "Check the folder and its permissions."),
    ),
    "doctor.open-to-others": Problem(
        Text("{file} dosyasını başka kullanıcılar okuyabiliyor.", "Other users can read the file {file}."),
        Text("İzinlerini yalnız sahibine verin: chmod 600 {file}", "Give it to its owner alone: chmod 600 {file}"),
    ),
    "doctor.disk-full": Problem(
        Text("{folder}: yalnız {free} GB boş.", "{folder}: only {free} GB are free."),
        Text("Yer açın; belgeler veritabanında büyür.", "Make room; documents grow in the database."),
    ),
    "doctor.database": Problem(
        Text("Veritabanına ulaşılamıyor: {detail}", "The database cannot be reached: {detail}"),
        Text(
            "DATABASE_URL'yi ve sunucuyu denetleyin; arada havuz (PgBouncer) varsa DATABASE_DIRECT_URL'yi de verin.",
            "Check DATABASE_URL and the server; where a pooler (PgBouncer) is between, set DATABASE_DIRECT_URL, too.",
        ),
    ),
    "doctor.database-version": Problem(
        Text("PostgreSQL {found}; en az {least} gerekir.", "PostgreSQL is {found}; {least} or later is needed."),
        Text("Sunucuyu yükseltin.", "Upgrade the server."),
    ),
    "doctor.pooled": Problem(
        Text(
            "{name} bir havuza (PgBouncer) gidiyor: işçiler uyandırılamaz, tablolar güncellenemez.",
            "{name} leads to a pooler (PgBouncer): workers are not woken up, tables cannot be brought up to date.",
        ),
        Text(
            "DATABASE_DIRECT_URL ile PostgreSQL'in kendi adresini verin.",
            "Give the address of PostgreSQL itself by DATABASE_DIRECT_URL.",
        ),
    ),
    "doctor.direct-away": Problem(
        Text(
            "DATABASE_DIRECT_URL'deki veritabanına ulaşılamıyor: {detail}",
            "The database of DATABASE_DIRECT_URL cannot be reached: {detail}",
        ),
        Text("Adresi ve sunucuyu denetleyin.", "Check the address and the server."),
    ),
    "doctor.direct-other": Problem(
        Text(
            "DATABASE_DIRECT_URL ile DATABASE_URL ayrı veritabanlarına gidiyor.",
            "DATABASE_DIRECT_URL and DATABASE_URL lead to different databases.",
        ),
        Text("İkisine de aynı veritabanının adresini verin.", "Give the address of the same database to both."),
    ),
    "doctor.idle-transactions": Problem(
        Text(
            "idle_in_transaction_session_timeout = 0: yarıda kalan bir işlem belgeleri süresiz tutabilir.",
            "idle_in_transaction_session_timeout = 0: a transaction left half-way can hold documents for ever.",
        ),
        Text(
            "ALTER ROLE kullanıcı SET idle_in_transaction_session_timeout = '5min'; havuzu yeniden başlatın.",
            "ALTER ROLE user SET idle_in_transaction_session_timeout = '5min', and restart the pooler.",
        ),
    ),
    "doctor.not-durable": Problem(
        Text("{name} = {found}: kabul edilen belge kaybolabilir.", "{name} = {found}: accepted documents can be lost."),
        Text("PostgreSQL ayarını on yapın.", "Set it to on in PostgreSQL."),
    ),
    "doctor.role": Problem(
        Text("Veritabanı kullanıcısı {role} rolüne geçemiyor.", "The database user cannot become {role}."),
        Text(
            "GRANT {role} TO kullanıcı; ya da “ulak manage migrate”.",
            "GRANT {role} TO the user, or “ulak manage migrate”.",
        ),
    ),
    "doctor.row-security": Problem(
        Text("{table} tablosunda satır güvenliği kapalı.", "Row-level security is off on the table {table}."),
        Text("Hemen durdurun; “ulak manage migrate” çalıştırın.", "Stop at once; run “ulak manage migrate”."),
    ),
    "doctor.migrations": Problem(
        Text("{count} tablo güncellemesi eksik.", "{count} migrations are missing."),
        Text("“ulak manage migrate” çalıştırın.", "Run “ulak manage migrate”."),
    ),
    "doctor.database-clock": Problem(
        Text(
            "Saatler {seconds} s farklı: veritabanı ile bu makine.",
            "Clocks differ by {seconds} s: the database's and this machine's.",
        ),
        Text("Her iki makinede NTP'yi açın.", "Turn NTP on on both machines."),
    ),
    "doctor.seal-key": Problem(
        Text("Mühür anahtarı açılamıyor: {detail}", "The seal's key cannot be opened: {detail}"),
        Text(
            "ULAK_SEAL_KEY ve ULAK_SEAL_SECRET'i denetleyin; “ulak keys test” ayrıntı verir.",
            "Check ULAK_SEAL_KEY and ULAK_SEAL_SECRET; “ulak keys test” tells more.",
        ),
    ),
    "doctor.seal-expires": Problem(
        Text("Mühür sertifikası {until} günü sona eriyor.", "The seal's certificate ends on {until}."),
        Text("KamuSM'den yenisini isteyin.", "Apply to KamuSM for a new one."),
    ),
    "doctor.trust": Problem(
        Text("Güvenilen kökler okunamıyor: {detail}", "The trusted roots cannot be read: {detail}"),
        Text("ULAK_TRUST klasörüne KamuSM'nin köklerini koyun.", "Put KamuSM's roots into the folder of ULAK_TRUST."),
    ),
    "doctor.center": Problem(
        Text("Merkez'e ulaşılamıyor ({url}): {detail}", "Merkez cannot be reached ({url}): {detail}"),
        Text(
            "Adresi, ağı ve GİB'e bildirilen IP'yi denetleyin.",
            "Check the address, the network and the IP told to GİB.",
        ),
    ),
    "doctor.center-clock": Problem(
        Text(
            "Saatler {seconds} s farklı: Merkez ile bu makine.",
            "Clocks differ by {seconds} s: Merkez's and this machine's.",
        ),
        Text(
            "NTP'yi açın: GİB gelecekteki zamanları reddeder.", "Turn NTP on: GİB refuses times that are yet to come."
        ),
    ),
    "doctor.user-list": Problem(
        Text("Kullanıcı listesi {state}.", "The user list {state}."),
        Text(
            "“ulak worker” çalışıyorsa saat başı okunur; adresi denetleyin.",
            "“ulak worker” reads it every hour; check the address.",
        ),
    ),
    "doctor.reports-unset": Problem(
        Text(
            "e-Arşiv hizmeti açık mükellefler var, ama {name} ayarlanmamış; raporlar GİB'e gidemez.",
            "Taxpayers have e-Arşiv services, but {name} is not set; no report can go to GİB.",
        ),
        Text(
            "{name} değişkenini ayarlayın; rapor ertesi günün sonuna kadar verilmelidir.",
            "Set {name}; reports are due by the end of the next day.",
        ),
    ),
    "doctor.reports-late": Problem(
        Text(
            "{count} belge ya da iptal süresi içinde GİB'e bildirilmedi.",
            "{count} documents or cancellations were not reported to GİB in time.",
        ),
        Text(
            "Yönetim sayfalarında raporlara bakın; nedeni giderilince kendiliğinden gönderilir.",
            "Look at the reports in the console; they are sent by themselves once the reason is removed.",
        ),
    ),
    "doctor.aside": Problem(
        Text(
            "{count} mükellefin işi yapılamıyor ve kenara alındı: {detail}.",
            "Work of {count} taxpayers fails and is put aside: {detail}.",
        ),
        Text(
            "Nedeni yönetim sayfalarında kuyruklarda ve günlükte (work.put-aside); kendiliğinden yeniden denenir,"
            " ötekiler ilerler.",
            "The console's page of queues and work.put-aside in the log say why; it is tried again by itself, and the"
            " others go on.",
        ),
    ),
    "doctor.reports-aside": Problem(
        Text("{count} belge ya da iptal rapora konamadı.", "{count} documents or cancellations fit into no report."),
        Text(
            "Nedeni belgelerin zaman çizelgesinde (reporting.put-aside); her gün yeniden denenir.",
            "The documents' timelines say why (reporting.put-aside); they are tried again every day.",
        ),
    ),
    "doctor.ledgers-unset": Problem(
        Text(
            "e-Defter tutan mükellefler var, ama {name} ayarlanmamış; defter oluşturulamaz ya da GİB'e gidemez.",
            "Taxpayers keep electronic books, but {name} is not set; no book can be made or sent to GİB.",
        ),
        Text("{name} değişkenini ayarlayın.", "Set {name}."),
    ),
    "doctor.ledgers-unstamped": Problem(
        Text(
            "Zaman damgası hizmeti (ULAK_TSA) yok; defterler ve beratlar zaman damgasız mühürlenir.",
            "There is no time stamp authority (ULAK_TSA); books and berats are sealed without time stamps.",
        ),
        Text(
            "Elektronik Defter Genel Tebliği zaman damgalı mühür ister (4.3.4); ULAK_TSA değişkenini ayarlayın.",
            "The communiqué on electronic books asks for stamped seals (4.3.4); set ULAK_TSA.",
        ),
    ),
    "doctor.ledgers-rules": Problem(
        Text(
            "GİB'in e-Defter paketi (şema ve şematronlar) kurulu değil; defterler denetlenemez.",
            "GİB's e-Defter package (schemas and Schematrons) is not installed; books cannot be judged.",
        ),
        Text(
            "Paketi edefter.gov.tr'den indirip “ulak packs add DOSYA” ile kurun.",
            "Download it from edefter.gov.tr and install it with “ulak packs add FILE”.",
        ),
    ),
    "doctor.ledgers-late": Problem(
        Text("{count} ayın defteri yasal süresinde tamamlanmadı.", "The books of {count} months are past their day."),
        Text(
            "Yönetim sayfalarında defterlere bakın; mükellefe haber verin.",
            "Look at the ledgers in the console; tell the taxpayers.",
        ),
    ),
    "doctor.ledgers-refused": Problem(
        Text("GİB {count} defter paketini reddetti.", "GİB refused {count} packages of books."),
        Text(
            "Nedeni mükellefin defter sayfalarında; defter düzeltilip yeniden oluşturulmalıdır.",
            "The taxpayers' pages say why; the books have to be corrected and made anew.",
        ),
    ),
    "doctor.credits-unequal": Problem(
        Text(
            "{count} mükellefin kontör bakiyesi hareketlerinin toplamı değil: {detail}.",
            "The kontör balance of {count} taxpayers is not what its entries come to: {detail}.",
        ),
        Text(
            "Veritabanı elle değiştirilmiş ya da yarım geri yüklenmiş olabilir; “ulak audit verify” çalıştırıp yedekle"
            " karşılaştırın, farkı “ulak credits correct” ile düzeltin.",
            "The database may have been changed by hand or restored in part: run “ulak audit verify”, compare with a"
            " backup, and set the difference right by “ulak credits correct”.",
        ),
    ),
    "doctor.credits-waiting": Problem(
        Text("{count} belge kontör bekliyor.", "{count} documents wait for kontör."),
        Text(
            "“ulak credits list” kimlerin beklediğini gösterir; yükleyin ya da eksi bakiyeye izin verin.",
            "“ulak credits list” says whose; load some, or let their balance become negative.",
        ),
    ),
    "doctor.encoder": Problem(
        Text("Saklanan belgeler eskisi gibi birleştirilemez: {detail}", "Kept documents would not come back: {detail}"),
        Text(
            "Ulak'ı değiştirilmemiş bir sürümden yeniden kurun; sonra “ulak archive check” çalıştırın.",
            "Install Ulak again from an unchanged release; then run “ulak archive check”.",
        ),
    ),
    "doctor.no-workers": Problem(
        Text("Çalışan işçi yok.", "No worker is running."),
        Text("“ulak serve” ya da “ulak worker” çalıştırın.", "Run “ulak serve” or “ulak worker”."),
    ),
}
"""Every code ``doctor.*`` with its sentence and its repair."""
