"""The sentences of what can be wrong with a document that is handed in."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text

__all__ = ["PARTIES", "PLACES", "READING", "row"]


def row(tr: str, en: str, repair_tr: str, repair_en: str, *, permanent: bool = True) -> Problem:
    """A problem by its sentence and its repair, both in Turkish and English."""
    return Problem(Text(tr, en), Text(repair_tr, repair_en), permanent)


READING: Final[dict[str, Problem]] = {
    "intake.empty": row(
        "Gönderilen içerik boş.",
        "What was handed in is empty.",
        "Belgeyi JSON ya da UBL-TR olarak gönderin.",
        "Hand in the document as JSON or as UBL-TR.",
    ),
    "intake.too-large": row(
        "Belge {limit} bayttan büyük.",
        "The document is larger than {limit} bytes.",
        "Ekleri küçültün ya da satırları birden çok belgeye bölün.",
        "Shrink the attachments, or spread the lines over several documents.",
    ),
    "intake.kind": row(
        "“{kind}” türünde belge buradan alınmaz.",
        "A document of kind “{kind}” is not taken here.",
        "Buradan verilenler: invoice, despatch_advice, freelance_receipt, producer_receipt, expense_note.",
        "Taken are: invoice, despatch_advice, freelance_receipt, producer_receipt, expense_note.",
    ),
    "intake.answer": row(
        "Yanıtlar ({kind}) belge olarak gönderilmez.",
        "Answers ({kind}) are not handed in as documents.",
        "Yanıtladığınız belgenin yanıt işlemini kullanın; Ulak yanıt belgesini kendisi düzenler.",
        "Use the answer of the document that you answer; Ulak writes the answering document itself.",
    ),
    "intake.ettn-missing": row(
        "UBL belgesinde ETTN (cbc:UUID) yok.",
        "The UBL document has no ETTN (cbc:UUID).",
        "Belgeye bir UUID verin.",
        "Give the document a UUID.",
    ),
    "intake.ettn": row(
        "“{value}” bir ETTN değil.",
        "“{value}” is no ETTN.",
        "8-4-4-4-12 düzeninde, onaltılık bir UUID yazın.",
        "Write a UUID: hexadecimal, in groups of 8-4-4-4-12.",
    ),
    "intake.date": row(
        "“{value}” bir düzenleme tarihi değil.",
        "“{value}” is no date of issue.",
        "YYYY-AA-GG biçiminde, 2005'ten sonra bir gün yazın.",
        "Write a day after 2005, as YYYY-MM-DD.",
    ),
    "intake.split": row(
        "“{name}” değeri açıklama ya da bildirimle bölünmüş.",
        "The value of “{name}” is split by a comment or an instruction.",
        "Değeri tek parça yazın.",
        "Write the value in one piece.",
    ),
    "intake.erp-key": row(
        "ERP anahtarı 1 ile {limit} arasında yazılabilir karakter olmalıdır.",
        "The ERP key has to have 1 to {limit} printable characters.",
        "Kaydınızın kısa ve tekil anahtarını verin.",
        "Give the short, unique key of your record.",
    ),
    "intake.option": row(
        "“{name}” seçeneği çok uzun ya da yazılamayan karakter içeriyor.",
        "The option “{name}” is too long, or holds what cannot be printed.",
        "Seçeneği düzeltin ya da boş bırakın.",
        "Correct the option or leave it out.",
    ),
    "intake.item": row(
        "Belgeyi saran nesne okunamadı: {detail}",
        "The object around the document cannot be read: {detail}",
        "“document” (JSON) ya da “xml” (UBL); erp_key, series, branch, alias, sender_alias, priority, design, route.",
        "“document” (JSON) or “xml” (UBL), and erp_key, series, branch, alias, sender_alias, priority, design, route.",
    ),
    "intake.sealed-not-alone": row(
        "Mühürlü belge olduğu gibi zarfa konamıyor: {detail}",
        "The sealed document cannot be put into an envelope as it stands: {detail}",
        "Belgeyi UTF-8 olarak ve kök öğe dışında bildirim olmadan yeniden mühürleyin.",
        "Seal the document anew, in UTF-8 and with nothing outside its root element.",
    ),
    "intake.sealed-number": row(
        "Mühürlü belgenin kendi numarası olmalıdır; Ulak onu numaralayamaz.",
        "A sealed document must have its own number: Ulak cannot number it.",
        "Belgeye kendi serinizden numara verip yeniden mühürleyin ya da mühürsüz gönderin.",
        "Number the document from your own series and seal it anew, or hand it in without a seal.",
    ),
    "intake.seal": row(
        "Belgedeki mühür kabul edilmedi: {detail}",
        "The seal of the document is not accepted: {detail}",
        "Belgeyi geçerli bir mali mühür ile yeniden mühürleyin ya da mühürsüz gönderin.",
        "Seal the document anew with a valid seal, or hand it in without one.",
    ),
    "intake.seal-of-other": row(
        "Belge {signer} mührüyle mühürlenmiş; düzenleyen ise {number}.",
        "The document is sealed by {signer}, but issued by {number}.",
        "Belgeyi düzenleyenin kendi mührüyle mühürleyin.",
        "Seal it with the issuer's own seal.",
    ),
    "intake.seal-unjudged": row(
        "Mühür şu anda doğrulanamıyor: {detail}",
        "The seal cannot be verified for now: {detail}",
        "Biraz sonra yeniden gönderin; sürerse işletmeniz ULAK_TRUST ayarına baksın.",
        "Send it again in a while; if that does not help, ask your operator to look at ULAK_TRUST.",
        permanent=False,
    ),
    "intake.invalid": row(
        "Belgede GİB'in reddedeceği {count} hata var.",
        "The document has {count} faults for which GİB would refuse it.",
        "Aşağıdaki hataları giderip yeniden gönderin.",
        "Correct the faults listed and send it again.",
    ),
    "intake.could-not-judge": row(
        "Belge GİB kurallarıyla denetlenemedi.",
        "The document could not be judged by GİB's rules.",
        "Aşağıdaki nedenlere bakın; belge olduğu gibi kaldı.",
        "See the reasons listed; the document is left as it is.",
    ),
}

PARTIES: Final[dict[str, Problem]] = {
    "intake.taxpayer": row(
        "Böyle bir mükellefiniz yok.",
        "You serve no such taxpayer.",
        "Mükellef kimliğini denetleyin.",
        "Check the taxpayer's id.",
    ),
    "intake.issuer-missing": row(
        "Belgeyi düzenleyenin VKN/TCKN'si belgede yok.",
        "The document does not name the VKN or TCKN of its issuer.",
        "Düzenleyenin VKN'sini ya da TCKN'sini yazın.",
        "State the issuer's VKN or TCKN.",
    ),
    "intake.not-issuer": row(
        "Belgeyi düzenleyen {found}, mükellef ise {number}.",
        "The document is issued by {found}, but the taxpayer is {number}.",
        "Belgeyi doğru mükellef adına gönderin ya da düzenleyeni düzeltin.",
        "Hand it in for the right taxpayer, or correct its issuer.",
    ),
    "intake.partner-missing": row(
        "Alıcının VKN/TCKN'si belgede yok.",
        "The document does not name the VKN or TCKN of its receiver.",
        "Alıcının VKN'sini ya da TCKN'sini yazın; nihai tüketiciye 11111111111, yurt dışındaki alıcıya 2222222222.",
        "State the receiver's VKN or TCKN; 11111111111 for a final consumer, 2222222222 for a buyer abroad.",
    ),
    "intake.partner-number": row(
        "Alıcının numarası {partner} bir VKN ya da TCKN değil: denetim hanesi tutmuyor.",
        "The receiver's number {partner} is no VKN or TCKN: its check digit is wrong.",
        "Alıcının VKN'sini ya da TCKN'sini yeniden okuyup düzeltin.",
        "Read the receiver's VKN or TCKN again and correct it.",
    ),
    "intake.no-account": row(
        "Mükellefin {service} hesabı yok.",
        "The taxpayer has no account for {service}.",
        "Önce bu hizmet için GİB'de hesap açtırın.",
        "Have an account for this service opened at GİB first.",
    ),
    "intake.account-closed": row(
        "Mükellefin {service} hesabından yeni belge gönderilemez. {why}",
        "No new documents can be sent from the taxpayer's account for {service}. {why}",
        "Hesap açıldıktan sonra yeniden gönderin; taslak olarak kaydedebilirsiniz.",
        "Send it again once the account is open; you can keep it as a draft.",
    ),
    "intake.no-contract": row(
        "Sözleşme {day} günü için geçerli değil ({begin} – {end}).",
        "The contract is not in force on {day} ({begin} – {end}).",
        "Sözleşmeyi yenileyin.",
        "Renew the contract.",
    ),
    "intake.no-sender-alias": row(
        "Mükellefin {service} için açık {role} etiketi yok.",
        "The taxpayer has no open {role} alias for {service}.",
        "Etiketi ekleyip GİB'de açtırın.",
        "Add the alias and have it opened at GİB.",
    ),
    "intake.sender-alias": row(
        "“{alias}” mükellefin açık bir {role} etiketi değil.",
        "“{alias}” is no open {role} alias of the taxpayer.",
        "Açık etiketler: {known}.",
        "The open ones: {known}.",
    ),
}

PLACES: Final[dict[str, Problem]] = {
    "intake.number": row(
        "“{number}” bir belge numarası değil.",
        "“{number}” is no document number.",
        "3 harf ya da rakam, yıl, 9 hane (ABC2026000000001) yazın; Ulak numaralasın isterseniz boş bırakın.",
        "Write 3 letters or digits, the year, 9 digits (ABC2026000000001), or leave it out for Ulak to number it.",
    ),
    "intake.number-missing": row(
        "UBL belgesinde numara öğesi (cbc:ID) yok.",
        "The UBL document has no element for its number (cbc:ID).",
        "Numarayı yazın; Ulak numaralasın isterseniz öğeyi boş bırakın (<cbc:ID/>).",
        "Write the number, or leave the element empty (<cbc:ID/>) for Ulak to number it.",
    ),
    "intake.number-year": row(
        "Numaradaki yıl {found}, düzenleme yılı {year}.",
        "The year in the number is {found}, that of issue {year}.",
        "Numarayı düzenleme yılının sayacından verin.",
        "Take the number from the year of issue.",
    ),
    "intake.number-of-series": row(
        "“{prefix}” serisini Ulak numaralıyor; {number} numarasını siz veremezsiniz.",
        "Ulak numbers the series “{prefix}”; you cannot give the number {number} yourself.",
        "Numarayı boş bırakın ya da kendi serinizin ön ekini kullanın.",
        "Leave the number out, or use the prefix of a series of your own.",
    ),
    "intake.number-and-series": row(
        "Belgenin kendi numarası ({number}) var; ayrıca seri istenmiş.",
        "The document has its own number ({number}), and a series is asked for as well.",
        "Ya numarayı boş bırakın ya da seri istemeyin.",
        "Leave the number out, or ask for no series.",
    ),
    "intake.no-series": row(
        "Mükellefin {kind} için açık serisi yok.",
        "The taxpayer has no open series for {kind}.",
        "Bir seri tanımlayın ya da belgeye kendi numaranızı verin.",
        "Define a series, or give the document your own number.",
    ),
    "intake.no-internet-series": row(
        "Mükellefin internet satışları için açık bir e-Arşiv serisi yok.",
        "The taxpayer has no open e-Arşiv series for sales on the internet.",
        "İnternet satışları için ayrı ön ekli bir seri tanımlayın (amacı: internet) ya da kendi numaranızı verin.",
        "Define a series with a prefix of its own for them (purpose: internet), or give your own number.",
    ),
    "intake.number-prefix": row(
        "“{prefix}” ön eki daha önce başka tür belgede kullanıldı ({used}); şimdiki: {now}.",
        "The prefix “{prefix}” was used for something else before ({used}); this is {now}.",
        "e-Arşiv faturalara e-Faturadan, internet satışlarına ise ikisinden de farklı bir ön ek verin.",
        "Give e-Arşiv invoices a prefix other than e-Fatura's, and sales on the internet one more.",
    ),
    "intake.number-portal": row(
        "“{prefix}” ön ekini yalnız GİB portalında düzenlenen belgeler taşır.",
        "The prefix “{prefix}” is kept for documents made at GİB's portal.",
        "Belgeye başka ön ekli bir numara verin ya da numarayı boş bırakın; Ulak numaralar.",
        "Give a number with another prefix, or leave it out for Ulak to number it.",
    ),
    "intake.series": row(
        "“{prefix}” mükellefin {kind} için açık bir serisi değil.",
        "“{prefix}” is no open series of the taxpayer for {kind}.",
        "Açık seriler: {known}.",
        "The open ones: {known}.",
    ),
    "intake.series-unclear": row(
        "Birden çok seri var ({known}), hiçbiri varsayılan değil.",
        "There are several series ({known}), and none is the default.",
        "Seriyi belirtin ya da birini varsayılan yapın.",
        "Name the series, or make one the default.",
    ),
    "intake.branch": row(
        "“{branch}” şubesinin {kind} için açık serisi yok.",
        "The branch “{branch}” has no open series for {kind}.",
        "Şubenin serisini tanımlayın ya da seriyi belirtin.",
        "Define a series for the branch, or name the series.",
    ),
    "intake.ettn-taken": row(
        "{ettn} ETTN'li belge zaten var.",
        "There is already a document with the ETTN {ettn}.",
        "Yeni bir belgeyse yeni bir ETTN verin; aynı belgeyse yeniden göndermeyin.",
        "Give a new document a new ETTN; do not send the same one again.",
    ),
    "intake.number-taken": row(
        "{number} numaralı belge zaten var.",
        "There is already a document with the number {number}.",
        "Yeni bir belgeyse başka bir numara verin.",
        "Give a new document another number.",
    ),
    "intake.erp-key-taken": row(
        "“{erp_key}” anahtarlı belge zaten var.",
        "There is already a document with the ERP key “{erp_key}”.",
        "Aynı kaydı yeniden göndermeyin; başka bir kayıtsa başka bir anahtar verin.",
        "Do not send the same record again; give another record another key.",
    ),
    "intake.address": row(
        "Belgenin herkese açık adresi {limit} karakterden uzun oluyor; rapora sığmaz.",
        "The document's public address gets longer than {limit} characters, for which the report has no room.",
        "İşletmeniz ULAK_PUBLIC_URL ayarına daha kısa bir adres yazsın.",
        "Ask your operator to set ULAK_PUBLIC_URL to a shorter address.",
    ),
    "intake.key-reused": row(
        "Bu Idempotency-Key başka bir içerikle kullanılmış.",
        "This Idempotency-Key was used with other content.",
        "Her gönderim için yeni bir anahtar üretin.",
        "Make a new key for every request.",
    ),
    "intake.key": row(
        "Idempotency-Key 1 ile {limit} arasında yazılabilir karakter olmalıdır.",
        "The Idempotency-Key has to have 1 to {limit} printable characters.",
        "Bir UUID kullanın.",
        "Use a UUID.",
    ),
    "intake.export-too-large": row(
        "Bir seferde en çok {limit} belge indirilebilir; seçtikleriniz daha çok.",
        "At most {limit} documents can be downloaded at a time; you have chosen more.",
        "Daha kısa bir dönem seçip birkaç seferde indirin.",
        "Choose a shorter period, and download them in several goes.",
    ),
    "intake.cursor": row(
        "Listenin bu yeri bulunamıyor: adresteki imleç eski, eksik ya da başka bir sıralamanın.",
        "This place of the list cannot be found: the cursor in the address is old, not whole, or of another order.",
        "Listeyi baştan açın; bir program ise önceki sayfanın verdiği imleci olduğu gibi göndersin.",
        "Open the list from its beginning; a program sends the cursor that the page before gave as it is.",
    ),
    "intake.filter": row(
        "“{value}” ile aranamaz.",
        "“{value}” cannot be looked for.",
        "Süzgeci düzeltin; metin 2 ile 100 karakter arasında olmalıdır.",
        "Correct the filter; a text has 2 to 100 characters.",
    ),
    "intake.too-broad": row(
        "Arama çok uzun sürdü.",
        "The search took too long.",
        "Tarih aralığını daraltın ya da alıcı, numara gibi bir süzgeç ekleyin.",
        "Narrow the dates, or add a filter such as the partner or the number.",
    ),
    "intake.no-draft": row(
        "Böyle bir taslak yok ya da artık taslak değil.",
        "There is no such draft, or it is no draft any more.",
        "Belgenin bugünkü durumuna bakın.",
        "See how the document stands now.",
    ),
    "intake.not-json": row(
        "Taslak, JSON nesnesi olarak kaydedilir.",
        "A draft is kept as a JSON object.",
        "Belgeyi JSON biçiminde gönderin.",
        "Hand in the document as JSON.",
    ),
}
