"""The sentences of `ulak.reports.problems`."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text

__all__ = ["DOCUMENTS", "REPORTS"]

_AUTHOR: Final = Text("Belgeyi bu alanla yeniden oluşturun.", "Make the document again with this field.")

DOCUMENTS: Final[dict[str, Problem]] = {
    "report.document": Problem(
        Text(
            "“{name}” belgesi ({profile} {type}) e-Arşiv raporuna girmez.",
            "A document “{name}” ({profile} {type}) does not go into e-Arşiv reports.",
        ),
        Text(
            "e-Arşiv fatura, e-SMM, e-Müstahsil Makbuzu ya da e-Gider Pusulası verin.",
            "Give an e-Arşiv invoice, an e-SMM, a producer receipt or an expense note.",
        ),
    ),
    "report.kind": Problem(
        Text("“{kind}” türünün raporda {what} öğesi yok.", "The report has no element for {what} of “{kind}”."),
        Text(
            "e-Müstahsil Makbuzu ve e-Gider Pusulası için itiraz bildirilmez.",
            "Objections are not reported for producer receipts and expense notes.",
        ),
    ),
    "report.unsealed": Problem(
        Text("Belge mühürlü değil.", "The document is not sealed."),
        Text(
            "Önce mühürleyin (ulak seal): rapor mühürlü baytların özetini ve mühür zamanını bildirir.",
            "Seal it first (ulak seal): the report tells the digest of the sealed bytes and the time of the seal.",
        ),
    ),
    "report.number": Problem(
        Text(
            "Belge numarası “{value}” rapora yazılamaz: 3 karakter, yıl ve 9 hane olmalı.",
            "The document number “{value}” cannot be reported: it has to be 3 characters, the year and 9 digits.",
        ),
        Text("Belgeye ABC2026000000001 biçiminde bir numara verin.", "Give a number such as ABC2026000000001."),
    ),
    "report.uuid": Problem(
        Text("ETTN “{value}” bir UUID değil.", "The ETTN “{value}” is not a UUID."),
        Text("cbc:UUID öğesine geçerli bir ETTN yazın.", "Write a valid ETTN in cbc:UUID."),
    ),
    "report.issue-date": Problem(
        Text("Düzenleme tarihi yok ya da tarih değil.", "The date of issue is missing or is not a date."), _AUTHOR
    ),
    "report.issue-time": Problem(
        Text(
            "Düzenleme saati (cbc:IssueTime) yok; rapor onu ister.",
            "The time of issue (cbc:IssueTime) is missing; the report wants it.",
        ),
        Text("Belgeye düzenleme saatini ekleyin (SS:DD:ss).", "Add the time of issue (hh:mm:ss) to the document."),
    ),
    "report.type": Problem(
        Text(
            "“{value}” fatura tipi GİB'in rapor şemasında yok; böyle bir e-Arşiv fatura raporlanamaz.",
            "GİB's report schema has no invoice type “{value}”; such an e-Arşiv invoice cannot be reported.",
        ),
        Text("Raporlanan tipler: {known}.", "The types that are reported: {known}."),
    ),
    "report.amount": Problem(
        Text("{name} yok ya da rapora sığmıyor: “{value}”.", "{name} is missing or does not fit in: “{value}”."),
        Text(
            "Tutarı en çok 16 tam ve 2 ondalık basamakla yazın.",
            "Write the amount with at most 16 digits before and 2 after the point.",
        ),
    ),
    "report.currency": Problem(
        Text("“{value}” para birimi raporun listesinde yok.", "The currency “{value}” is not in the report's list."),
        Text("ISO 4217 kodu yazın, ör. TRY, USD, EUR.", "Write a code of ISO 4217, e.g. TRY, USD, EUR."),
    ),
    "report.exchange-rate": Problem(
        Text("{currency} ile düzenlenen belgenin döviz kuru yok.", "The document is in {currency} and states no rate."),
        Text(
            "Döviz kurunu (cac:PricingExchangeRate) ekleyin; raporun dovizKuru alanı zorunludur.",
            "Add the exchange rate (cac:PricingExchangeRate); the report's dovizKuru is required.",
        ),
    ),
    "report.tax-code": Problem(
        Text("“{value}” vergi kodu raporun listesinde yok.", "The tax code “{value}” is not in the report's list."),
        Text("Kod Listeleri'ndeki bir vergi kodunu kullanın.", "Use a tax code of GİB's code lists."),
    ),
    "report.tax-rate": Problem(
        Text(
            "Vergi oranı “{value}” rapora yazılamaz: 0 ile 300 arasında olmalı.",
            "The tax rate “{value}” cannot be reported: it has to lie between 0 and 300.",
        ),
        Text("Vergi oranını yüzde olarak yazın.", "Write the tax rate in percent."),
    ),
    "report.withholding": Problem(
        Text(
            "Tevkifat satırı eksik: kod “{code}”, oran “{rate}”.",
            "The withholding row is not whole: code “{code}”, rate “{rate}”.",
        ),
        Text(
            "Tevkifat kodunu 3 hane, oranını 0–100 arasında yazın.",
            "Write the withholding code with 3 digits and its rate between 0 and 100.",
        ),
    ),
    "report.buyer-id": Problem(
        Text("Alıcının VKN'si ya da TCKN'si yok: “{value}”.", "The receiver has no VKN or TCKN: “{value}”."),
        Text(
            "Nihai tüketici için 11111111111, yurt dışındaki alıcı için 2222222222 yazın.",
            "Write 11111111111 for a final consumer, 2222222222 for a receiver abroad.",
        ),
    ),
    "report.buyer-name": Problem(
        Text("Alıcının adı ya da unvanı yok.", "The receiver has no name."),
        Text("Ad ve soyadı ya da unvanı en az 2 harfle yazın.", "Write the name with at least 2 letters."),
    ),
    "report.url": Problem(
        Text(
            "Belgenin adresi yok ya da 255 karakterden uzun.",
            "The address of the document is missing or longer than 255 characters.",
        ),
        Text("Belgenin XML'ine giden kısa bir adres verin.", "Give a short address that leads to the document's XML."),
    ),
    "report.incentive": Problem(
        Text(
            "{type} faturasında yatırım teşvik belgesinin 6 haneli numarası ve tarihi gerekir.",
            "An invoice of type {type} wants the 6-digit number of the investment certificate and its date.",
        ),
        Text(
            "Belgeyi YTBNO şemalı sözleşme referansıyla (cac:ContractDocumentReference) verin.",
            "State the certificate in cac:ContractDocumentReference with the scheme YTBNO.",
        ),
    ),
    "report.sale": Problem(
        Text("İnternet satışı bilgisi eksik: {name}.", "The data of the sale over the internet lack: {name}."),
        Text(
            "İnternet satışlarında adres, ödeme şekli ve tarihi, gönderim tarihi ve taşıyan zorunludur (docs/json.md).",
            "Sales over the internet want the site, payment and its day, day of despatch and carrier (docs/json.md).",
        ),
    ),
    "report.slip": Problem(
        Text("ÖKC bilgi fişinde eksik ya da geçersiz: {name}.", "A cash-register slip lacks, or has wrong: {name}."),
        Text(
            "Cihaz seri no, Z no, fiş no, fiş tipi ve tarihini yazın (UBL-TR Fatura 2.3.21).",
            "State serial number, Z number, slip number, type and date (UBL-TR Fatura 2.3.21).",
        ),
    ),
    "report.charging": Problem(
        Text("Şarj faturasında eksik ya da geçersiz: {name}.", "The charging invoice lacks, or has wrong: {name}."),
        Text(
            "Şarj dönemini saatleriyle, plakayı, seri numarasını ya da ESÜ rapor kimliğini ekleyin; anlık faturada tek "
            "satır olur.",
            "Add the period with its times, the plate, the serial number or the ESÜ report id; an instant invoice has "
            "one line.",
        ),
    ),
    "report.sending": Problem(
        Text("Gönderim şekli “{value}” geçersiz.", "The way of sending “{value}” is not valid."),
        Text("ELEKTRONIK ya da KAGIT yazın.", "Write ELEKTRONIK or KAGIT."),
    ),
    "report.confirmation": Problem(
        Text("Gider pusulasında onay bilgisi eksik: {name}.", "The expense note lacks of its confirmation: {name}."),
        Text(
            "SMS ya da iade kodunu, türünü ve 05… ile başlayan telefonu yazın.",
            "State the SMS or return code, its kind and the telephone beginning with 05….",
        ),
    ),
    "report.provider": Problem(
        Text(
            "Gider pusulasında SMS ya da iade kodu operatörü eksik.",
            "The expense note lacks the operator of the SMS or return code.",
        ),
        Text("Operatörün adını, türünü ve VKN'sini yazın.", "State the operator's name, kind and VKN."),
    ),
    "report.original": Problem(
        Text("İadede satış belgesinin türü ya da tarihi eksik.", "The return lacks kind or date of the sale."),
        Text(
            "EARSIV_FATURA, SATIS_FISI ya da BELGESIZ ile tarihini yazın.",
            "State EARSIV_FATURA, SATIS_FISI or BELGESIZ, and its date.",
        ),
    ),
    "report.courier": Problem(
        Text("Kargo firmasının VKN'si ya da yetki belgesi eksik.", "The courier lacks its VKN or permit number."),
        Text("Kargo bilgisini tam yazın ya da çıkarın.", "State the courier in full, or leave it out."),
    ),
    "report.objection": Problem(
        Text("İtiraz bilgisi eksik ya da geçersiz: {name}.", "The objection lacks, or has wrong: {name}."),
        Text(
            "Yöntem (KEP, NOTER, TELGRAF, TAAHHUTLU_MEKTUP), belge no ve açıklama yazın.",
            "State method (KEP, NOTER, TELGRAF, TAAHHUTLU_MEKTUP), number and explanation.",
        ),
    ),
}

REPORTS: Final[dict[str, Problem]] = {
    "report.header": Problem(
        Text("Rapor başlığı yanlış: {name}.", "The head of the report is wrong: {name}."),
        Text(
            "Mükellef ve hazırlayanın numarasını, raporNo'yu (UUID), dönemi ve bölümü denetleyin.",
            "Check the numbers of taxpayer and preparer, raporNo (a UUID), the period and the section.",
        ),
    ),
    "report.full": Problem(
        Text(
            "Rapor {limit} bayta ulaştı; bu kayıt sığmıyor.",
            "The report has reached {limit} bytes; the entry is too much.",
        ),
        Text("Yeni bir bölüm (bolumNo) başlatın.", "Begin another section (bolumNo)."),
    ),
    "report.empty": Problem(
        Text("Raporda hiç kayıt yok.", "The report has no entries."),
        Text("Kaydı olmayan gün için rapor gönderilmez.", "No report is sent for a day without entries."),
    ),
    "report.ended": Problem(
        Text("Rapor kapatıldı; kayıt eklenemez.", "The report is closed; nothing can be added."),
        Text("Yeni bir rapor başlatın.", "Begin another report."),
    ),
    "report.product": Problem(
        Text(
            "{element} bu rapora girmez; raporun ürünü {product}.",
            "{element} does not go into this report, which is of {product}.",
        ),
        Text("Her ürün için ayrı rapor hazırlayın.", "Make one report per product."),
    ),
    "report.twice": Problem(
        Text("{element} {number} raporda zaten var.", "{element} {number} is in the report already."),
        Text("Her belge bir raporda bir kez bildirilir.", "A document is reported once."),
    ),
    "report.root": Problem(
        Text("Bu bir e-Arşiv raporu değil: kök öğe {name}.", "This is no e-Arşiv report: its root is {name}."),
        Text("eArsivRaporu kök öğeli XML'i ya da onun ZIP'ini verin.", "Give the XML of eArsivRaporu, or its ZIP."),
    ),
    "report.too-large": Problem(
        Text("Rapor {limit} bayttan büyük.", "The report is larger than {limit} bytes."),
        Text("Raporu bölümlere ayırın.", "Split the report into sections."),
    ),
    "report.deep": Problem(
        Text("Rapordaki bir kayıt çok büyük ya da çok derin.", "An entry of the report is too large or too deep."),
        Text("Raporu yeniden oluşturun.", "Make the report again."),
    ),
    "report.zip": Problem(
        Text(
            "ZIP açılamıyor ya da içinde tek bir XML yok: {detail}",
            "The ZIP cannot be opened or holds not one XML: {detail}",
        ),
        Text("<raporNo>.zip içinde yalnız <raporNo>.xml bulunmalı.", "<raporNo>.zip has to hold <raporNo>.xml alone."),
    ),
    "report.file-name": Problem(
        Text(
            "Dosya adı “{name}” raporun numarasıyla ({number}) aynı değil.",
            "The file's name “{name}” is not the report's number ({number}).",
        ),
        Text(
            "Dosyaya {number}.zip, içindekine {number}.xml adını verin; büyük-küçük harf ayrılır.",
            "Name the file {number}.zip and the one inside {number}.xml; capitals count.",
        ),
    ),
    "report.no-rules": Problem(
        Text("{product} raporları için kural paketi yok.", "There is no rule pack for reports of {product}."),
        Text("GİB'in paketini `ulak packs add` ile ekleyin.", "Add GİB's package with `ulak packs add`."),
    ),
}
