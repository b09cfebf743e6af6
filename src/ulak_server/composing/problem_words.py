"""The sentences of `ulak_server.composing.problems`."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text

__all__ = ["FIELDS", "FORMS", "VERBS"]


def _row(tr: str, en: str, repair_tr: str, repair_en: str) -> Problem:
    return Problem(Text(tr, en), Text(repair_tr, repair_en))


FIELDS: Final[dict[str, Problem]] = {
    "compose.number": _row(
        "“{value}” bir sayı değil.",
        "“{value}” is not a number.",
        "Sayıyı 1.234,56 biçiminde yazın.",
        "Write the number as 1,234.56.",
    ),
    "compose.doubtful": _row(
        "“{value}” iki türlü okunabilir.",
        "“{value}” can be read in two ways.",
        "Hangisini yazdığınızı seçin: {thousand} ya da {fraction}.",
        "Choose which you mean: {thousand} or {fraction}.",
    ),
    "compose.negative": _row(
        "{label} {low} değerinden küçük olamaz.",
        "{label} cannot be below {low}.",
        "Geri alınan mal için iade faturası düzenleyin; indirim için iskonto alanını kullanın.",
        "To take goods back, write a return invoice; for a reduction, use the discount field.",
    ),
    "compose.too-large": _row(
        "{label} {high} değerinden büyük olamaz.",
        "{label} cannot be above {high}.",
        "Yazdığınız sayıya bakın; ondalık işareti virgüldür.",
        "Look at the number; the decimal sign is a point.",
    ),
    "compose.places": _row(
        "{label} en çok {places} ondalık hane alır.",
        "{label} takes at most {places} decimals.",
        "Fazla haneleri silin.",
        "Remove the digits that are too many.",
    ),
    "compose.adjustment": _row(
        "“{value}” anlaşılmadı: iskonto “%10” ya da “25,00” diye yazılır.",
        "“{value}” is not understood: a discount is written “%10” or “25,00”.",
        "Oran için başına % koyun; birden çoksa “%10 + 5,00” yazın.",
        "Put % before a rate; for several write “%10 + 5,00”.",
    ),
    "compose.day": _row(
        "“{value}” diye bir gün yok.",
        "There is no day “{value}”.",
        "Tarihi 22.11.2026 biçiminde yazın.",
        "Write the date as 22.11.2026.",
    ),
    "compose.time": _row(
        "“{value}” diye bir saat yok.",
        "There is no time “{value}”.",
        "Saati 14:30 biçiminde yazın.",
        "Write the time as 14:30.",
    ),
    "compose.unprintable": _row(
        "{label} alanında görünmeyen karakterler var; GİB bunları kabul etmez.",
        "{label} holds characters that nobody sees; GİB does not take them.",
        "Görünmeyen karakterleri kaldırın.",
        "Remove the characters that cannot be seen.",
    ),
    "compose.too-long": _row(
        "{label} {count} karakter; en çok {most} olabilir.",
        "{label} has {count} characters; it takes at most {most}.",
        "Metni kısaltın.",
        "Shorten the text.",
    ),
    "compose.choice": _row(
        "“{value}” {label} listesinde yok.",
        "“{value}” is not in the list of {label}.",
        "Listeden seçin.",
        "Choose from the list.",
    ),
    "compose.identifier": _row(
        "{detail}", "{detail}", "Numarayı yeniden okuyup düzeltin.", "Read the number again and correct it."
    ),
    "compose.tax-id-length": _row(
        "Vergi numarası 10, T.C. kimlik numarası 11 rakamdır; burada {count} karakter var.",
        "A tax number has 10 digits and a citizen number 11; here are {count} characters.",
        "Numarayı tamamlayın.",
        "Complete the number.",
    ),
    "compose.tax-id-digits": _row(
        "{number} bir {scheme} olamaz: son hanesi ötekilerle tutmuyor.",
        "{number} cannot be a {scheme}: its last digit does not fit the others.",
        "Numarayı yeniden okuyun; bir rakam yanlış ya da iki rakam yer değiştirmiş.",
        "Read the number again; a digit is wrong, or two have changed places.",
    ),
}

FORMS: Final[dict[str, Problem]] = {
    "compose.missing": _row("{label} eksik.", "{label} is missing.", "{label} alanını doldurun.", "Fill {label} in."),
    "compose.no-customer": _row(
        "{who} henüz belli değil.",
        "{who} is not known yet.",
        "Adını ya da vergi numarasını yazıp seçin.",
        "Type the name or tax number and choose.",
    ),
    "compose.no-line": _row(
        "Henüz satır yok.",
        "There is no line yet.",
        "Malı ya da hizmeti ilk satıra yazın.",
        "Write the goods or the service into the first line.",
    ),
    "compose.no-withholding": _row(
        "Tevkifatlı faturada en az bir satırda tevkifat olmalıdır.",
        "An invoice with withholding needs a line with withholding.",
        "Satırda hangi iş için tevkifat yapıldığını seçin.",
        "Choose on the line what the withholding is for.",
    ),
    "compose.withholding-type": _row(
        "{place}. satırda tevkifat var; faturanın türü ise “{type}”.",
        "Line {place} has withholding, but the invoice's type is “{type}”.",
        "Faturayı tevkifatlı yapın.",
        "Make it an invoice with withholding.",
    ),
    "compose.no-exemption": _row(
        "“{type}” faturasında satırın sebebi seçilmelidir.",
        "In an invoice of type “{type}” the line needs its reason.",
        "Sebebi listeden sözcükleriyle arayıp seçin.",
        "Find the reason by its words and choose it.",
    ),
    "compose.exemption-type": _row(
        "{place}. satırdaki sebep “{type}” faturasında kullanılamaz.",
        "The reason on line {place} cannot stand in an invoice of type “{type}”.",
        "Faturanın türünü sebebe göre değiştirin ya da sebebi kaldırın.",
        "Change the invoice's type to fit the reason, or remove the reason.",
    ),
    "compose.exempt-vat": _row(
        "İstisna olan satırda KDV {vat} yazıyor.",
        "The exempt line states VAT of {vat} %.",
        "KDV oranını 0 yapın.",
        "Make the VAT rate 0.",
    ),
    "compose.zero-vat": _row(
        "KDV 0 ise sebebi söylenmelidir.",
        "VAT of 0 needs a reason.",
        "İstisna sebebini seçin; KDV varsa oranını yazın.",
        "Choose the reason for the exemption, or state the rate.",
    ),
    "compose.withheld-zero-vat": _row(
        "KDV'si 0 olan satırda tevkifat yapılamaz.",
        "There is nothing to withhold where VAT is 0.",
        "KDV oranını yazın ya da tevkifatı kaldırın.",
        "State the VAT rate, or remove the withholding.",
    ),
    "compose.old-vat": _row(
        "KDV oranı %{vat} {day} gününde yasada yok.",
        "The law knew no VAT rate of {vat} % on {day}.",
        "Oranı %{now} yapın.",
        "Make the rate {now} %.",
    ),
    "compose.profile-type": _row(
        "“{profile}” senaryosunda “{type}” faturası olmaz.",
        "There is no invoice of type “{type}” in the profile “{profile}”.",
        "Senaryoyu “{fitting}” yapın.",
        "Make the profile “{fitting}”.",
    ),
    "compose.unpaired": _row(
        "“{profile}” senaryosunda “{type}” türü yok.",
        "The profile “{profile}” has no type “{type}”.",
        "Türü ya da senaryoyu değiştirin.",
        "Change the type or the profile.",
    ),
    "compose.no-return": _row(
        "İade faturası hangi faturayı iade ettiğini söylemelidir.",
        "A return invoice has to name the invoice that it returns.",
        "İade edilen faturanın numarasını ve tarihini yazın.",
        "Write the number and the date of the returned invoice.",
    ),
    "compose.no-rate": _row(
        "Para birimi {currency}; kuru yazılmamış.",
        "The currency is {currency}, but there is no exchange rate.",
        "Bir {currency} kaç TL ise kur alanına yazın.",
        "Write how many TRY one {currency} is worth.",
    ),
    "compose.future": _row(
        "Düzenleme tarihi gelecekte: {day}.",
        "The date of issue lies in the future: {day}.",
        "Tarihi bugün yapın; GİB gelecek tarihli belgeyi almaz.",
        "Make it today; GİB takes no document of a future date.",
    ),
    "compose.late": _row(
        "Düzenleme tarihinin üzerinden {days} gün geçmiş.",
        "The date of issue was {days} days ago.",
        "Fatura, malın tesliminden ya da hizmetten sonra 7 gün içinde düzenlenir; gerekirse tarihi bugün yapın.",
        "An invoice is issued within 7 days of delivery; make it today if need be.",
    ),
    "compose.not-registered": _row(
        "Alıcı GİB'in {day} tarihli listesinde e-Fatura kullanıcısı değil; ona e-Fatura gönderilemez.",
        "The customer is no e-Fatura user in GİB's list of {day}; no e-Fatura can be sent to them.",
        "e-Arşiv fatura yapın; seçimi Ulak'a bırakırsanız kendiliğinden olur.",
        "Make it an e-Arşiv invoice; if you let Ulak choose, it becomes one by itself.",
    ),
    "compose.no-email": _row(
        "Alıcının e-posta adresi yok; fatura ona e-postayla gidemez.",
        "The customer has no e-mail address; the invoice cannot be mailed to them.",
        "Adresi yazın ya da faturayı kâğıt olarak verin.",
        "Write the address, or hand the invoice over on paper.",
    ),
    "compose.no-withholder": _row(
        "Kimliği yazılmayan müşteri stopaj yapmaz.",
        "A client who says no number withholds no income tax.",
        "Müşteri vergi mükellefiyse numarasını yazın; değilse stopajı 0 yapın.",
        "Write the number of a client who is a taxpayer; otherwise make the income tax 0.",
    ),
    "compose.wet-signature": _row(
        "Doğrulama kodu yok: kâğıt çıktıyı karşı tarafın imzalaması gerekir.",
        "There is no confirmation code: the other side has to sign the printed copy.",
        "Çıktıyı imzalatıp saklayın ya da SMS koduyla doğrulatın.",
        "Have the copy signed and keep it, or let them confirm by an SMS code.",
    ),
    "compose.real-person": _row(
        "Belgesiz iadede malı getirenin kendi T.C. kimlik numarası yazılır.",
        "A return without a document names the citizen number of whoever brings the goods.",
        "Malı getirenin 11 haneli kimlik numarasını yazın.",
        "Write the 11 digits of their citizen number.",
    ),
    "compose.no-despatch-user": _row(
        "Alıcı GİB'in {day} tarihli listesinde e-İrsaliye kullanıcısı değil.",
        "The receiver is no e-İrsaliye user in GİB's list of {day}.",
        "Elektronik irsaliye yalnız kayıtlı kullanıcılara gönderilebilir; taslak olarak saklayabilirsiniz.",
        "Despatch advices can go to registered users only; you can keep it as a draft.",
    ),
    "compose.no-list": _row(
        "GİB'in kullanıcı listesi henüz okunmadı; alıcının nereye kayıtlı olduğu bilinmiyor.",
        "GİB's list of users has not been read yet, so nobody knows where the customer is registered.",
        "Yazmayı sürdürün; liste okununca yol kendiliğinden belli olur.",
        "Go on writing; the way becomes clear once the list is read.",
    ),
    "compose.alias": _row(
        "Seçilen etiket ({alias}) alıcının açık etiketlerinden değil.",
        "The chosen alias ({alias}) is none of the customer's open ones.",
        "Alıcının açık etiketini kullanın.",
        "Use the customer's open alias.",
    ),
    "compose.title": _row(
        "Alıcının GİB'deki unvanı başka: {title}",
        "The customer's name in GİB's list is another: {title}",
        "Unvanı GİB'deki gibi yazın.",
        "Write the name as GİB's list has it.",
    ),
    "compose.own-number": _row(
        "Alıcı olarak kendi numaranız yazılmış.",
        "Your own number stands as the customer's.",
        "Alıcının numarasını yazın.",
        "Write the customer's number.",
    ),
    "compose.person-name": _row(
        "T.C. kimlik numarası olan alıcının adı ve soyadı ayrı yazılır.",
        "A customer with a citizen number has a first and a family name.",
        "Adı ve soyadı ayırın.",
        "Part the first from the family name.",
    ),
    "compose.no-transport": _row(
        "Malı kimin ve hangi araçla taşıdığı yazılmamış.",
        "It does not say who carries the goods, and on which vehicle.",
        "Plaka ile şoförü ya da taşıyıcı firmayı yazın.",
        "Write plate and driver, or the carrier.",
    ),
}

VERBS: Final[dict[str, Problem]] = {
    "compose.field": _row(
        "Formda “{name}” diye bir alan yok.",
        "The form has no field “{name}”.",
        "Sayfayı yenileyin; yazdıklarınız taslakta duruyor.",
        "Reload the page; what you wrote is in the draft.",
    ),
    "compose.row": _row(
        "Böyle bir satır yok.",
        "There is no such line.",
        "Sayfayı yenileyin; yazdıklarınız taslakta duruyor.",
        "Reload the page; what you wrote is in the draft.",
    ),
    "compose.change": _row(
        "Değişiklik anlaşılmadı.",
        "The change is not understood.",
        "Sayfayı yenileyin; yazdıklarınız taslakta duruyor.",
        "Reload the page; what you wrote is in the draft.",
    ),
    "compose.too-many-lines": _row(
        "Bir belge en çok {most} satır alır.",
        "A document takes at most {most} lines.",
        "Kalan satırlar için ikinci bir belge açın.",
        "Open a second document for the other lines.",
    ),
    "compose.kind": _row(
        "“{kind}” türündeki belgeler burada yazılmaz.",
        "Documents of the kind “{kind}” are not written here.",
        "“Yeni” düğmesindeki belgelerden birini seçin.",
        "Choose one of the documents under “New”.",
    ),
    "compose.content": _row(
        "Taslağın içeriği okunamıyor.",
        "The content of the draft cannot be read.",
        "Taslağı silip belgeyi yeniden yazın ya da API'den yeniden verin.",
        "Delete the draft and write it again, or hand it in anew through the API.",
    ),
    "compose.no-draft": _row(
        "Böyle bir taslak yok ya da artık taslak değil.",
        "There is no such draft, or it is no draft any more.",
        "Belgenin bugünkü durumuna bakın.",
        "See how the document stands now.",
    ),
    "compose.changed-elsewhere": _row(
        "Bu taslak başka bir yerde de değişti ({when}, {who}).",
        "This draft was changed elsewhere too ({when}, {who}).",
        "İki hâli de saklandı: hangisiyle süreceğinizi seçin.",
        "Both are kept: choose with which one to go on.",
    ),
    "compose.no-version": _row(
        "Taslağın böyle bir hâli yok.",
        "The draft has no such version.",
        "Son hâlinden sürdürün.",
        "Go on from the last one.",
    ),
    "compose.no-repair": _row(
        "Bu düzeltmeye artık gerek yok.",
        "This repair is not needed any more.",
        "Belgenin bugünkü bulgularına bakın.",
        "See what is found now.",
    ),
    "compose.not-ready": _row(
        "Belge gönderilmedi: {count} eksik ya da hata var.",
        "The document was not sent: {count} things are missing or wrong.",
        "Aşağıda yazanları giderip yeniden gönderin.",
        "See to what is listed below and send it again.",
    ),
    "compose.not-copied": _row(
        "Bu belgeden yeni belge yapılamaz.",
        "No new document can be made of this one.",
        "Kendi düzenlediğiniz faturayı ya da irsaliyeyi seçin; gelen fatura için iade düzenleyin.",
        "Choose an invoice or despatch advice of your own; of an incoming invoice, write a return.",
    ),
}
