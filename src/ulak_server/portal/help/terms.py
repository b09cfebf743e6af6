"""The words of the trade, each explained once: in place, where a page uses it, and in the list of terms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["TERMS", "Term"]


class Term(NamedTuple):
    """One word.

    Attributes:
        name: as people write it.
        about: what it means, in one or two sentences.
        article: that tells more; empty if none does.
    """

    name: Text
    about: Text
    article: str = ""


TERMS: Final[Mapping[str, Term]] = MappingProxyType(
    {
        "alias": Term(
            Text("Etiket", "Alias"),
            Text(
                "Bir mükellefin e-belge adresi, örneğin urn:mail:defaultpk@firma.com. Gönderen"
                " etikete GB, alan etikete PK denir.",
                "A taxpayer's address for e-documents, e.g. urn:mail:defaultpk@firma.com. Senders"
                " have a GB, receivers a PK.",
            ),
            "sending",
        ),
        "answer": Term(
            Text("Uygulama yanıtı", "Application response"),
            Text(
                "Ticari faturaya verilen kabul ya da ret. Faturanın size ulaşmasından sonra sekiz"
                " gün içinde, bir kez verilir.",
                "Acceptance or rejection of a commercial invoice: once, within eight days after it reached you.",
            ),
            "answering",
        ),
        "commercial": Term(
            Text("Ticari fatura", "Commercial invoice"),
            Text(
                "TICARIFATURA senaryosu: alıcı sekiz gün içinde kabul ya da ret yanıtı verebilir.",
                "The profile TICARIFATURA: its receiver may accept or reject it within eight days.",
            ),
            "answering",
        ),
        "basic": Term(
            Text("Temel fatura", "Basic invoice"),
            Text(
                "TEMELFATURA senaryosu: sistem üzerinden yanıt verilmez; itiraz noter, KEP ya da"
                " taahhütlü mektupla olur.",
                "The profile TEMELFATURA: it is not answered through the system; objections go by"
                " notary, KEP or registered post.",
            ),
            "answering",
        ),
        "draft": Term(
            Text("Taslak", "Draft"),
            Text(
                "Henüz gönderilmemiş belge. Numarası yoktur, kimse görmez; dilediğiniz an silebilirsiniz.",
                "A document that has not been sent. It has no number, nobody sees it, and you may"
                " delete it at any time.",
            ),
            "sending",
        ),
        "earchive": Term(
            Text("e-Arşiv fatura", "e-Arşiv invoice"),
            Text(
                "e-Fatura kullanıcısı olmayan alıcıya düzenlenen elektronik fatura. Merkez'den"
                " geçmez; GİB'e rapor edilir.",
                "An electronic invoice for somebody who is no e-Fatura user. It does not travel"
                " through Merkez; GİB gets reports.",
            ),
            "earchive",
        ),
        "report": Term(
            Text("e-Arşiv raporu", "e-Arşiv report"),
            Text(
                "Bir günün e-Arşiv belgelerini ve iptallerini GİB'e bildiren dosya. En geç ertesi günün"
                " sonunda GİB'de olmalıdır.",
                "The file that tells GİB of a day's e-Arşiv documents and cancellations. GİB must have it"
                " by the end of the next day.",
            ),
            "reports",
        ),
        "section": Term(
            Text("Bölüm", "Part of a period"),
            Text(
                "Dönem bir aydır, bölüm onun bir günü. Bölümler ay içinde 1'den başlayarak numaralanır (bolumNo).",
                "A period is a month; a part of it is one day. Parts are counted from 1 within the month (bolumNo).",
            ),
            "reports",
        ),
        "cancellation": Term(
            Text("İptal", "Cancellation"),
            Text(
                "Düzenlenmiş belgenin geçersiz sayılması. Alıcı mükellefse bir istektir ve teslimden sonra 8 gün"
                " içinde yapılır.",
                "An issued document made void. If its receiver is a taxpayer it is a request, made within"
                " 8 days of delivery.",
            ),
            "cancelling",
        ),
        "objection": Term(
            Text("İtiraz", "Objection"),
            Text(
                "Belgenin içeriğine KEP, noter, taahhütlü mektup ya da telgrafla karşı çıkmak; sonra GİB'e bildirilir.",
                "Contesting a document by KEP, notary, registered letter or telegram; GİB is told afterwards.",
            ),
            "cancelling",
        ),
        "stoppage": Term(
            Text("Stopaj", "Stopaj (income tax kept back)"),
            Text(
                "Ödeyenin, karşı taraf adına gelir vergisinden kesip vergi dairesine yatırdığı bölüm.",
                "The part of the income tax that whoever pays keeps back and pays for the other side.",
            ),
            "receipts",
        ),
        "envelope": Term(
            Text("Zarf", "Envelope"),
            Text(
                "Belgelerin GİB'e içinde gönderildiği paket. Bir zarfta aynı alıcıya giden birden çok belge olabilir.",
                "The package in which documents travel to GİB; it may hold several for the same receiver.",
            ),
            "states",
        ),
        "ettn": Term(
            Text("ETTN", "ETTN"),
            Text(
                "Evrensel tekil tanımlama numarası: belgenin dünyada bir eşi olmayan kimliği. Numara"
                " değişse de ETTN değişmez.",
                "The document's identity, unlike any other in the world. The number may change, the ETTN never does.",
            ),
        ),
        "exemption": Term(
            Text("İstisna", "Exemption"),
            Text(
                "Kanunun KDV almadığı işlem. Faturaya istisnanın kodu ve nedeni yazılır.",
                "A sale on which the law takes no VAT. The invoice names the code and the reason.",
            ),
            "withholding",
        ),
        "gb": Term(
            Text("GB (gönderici birim)", "GB (sending unit)"),
            Text("Belge gönderdiğiniz etiket.", "The alias that you send from."),
            "sending",
        ),
        "pk": Term(
            Text("PK (posta kutusu)", "PK (mailbox)"),
            Text("Belgelerin size geldiği etiket.", "The alias at which documents reach you."),
            "sending",
        ),
        "gap": Term(
            Text("Numara boşluğu", "Gap in the numbers"),
            Text(
                "Bir seride atlanmış numara. Numaralar yıl içinde boşluksuz ilerlemelidir; eksik olan açıklanır.",
                "A number that a series has left out. Numbers must follow each other within a year;"
                " what is missing needs a reason.",
            ),
            "month-close",
        ),
        "integrator": Term(
            Text("Özel entegratör", "Private integrator"),
            Text(
                "GİB'in izniyle mükellefler adına e-belge düzenleyen, ileten ve saklayan kuruluş.",
                "Who, with GİB's permission, issues, carries and keeps e-documents for taxpayers.",
            ),
        ),
        "karekod": Term(
            Text("Karekod", "QR code"),
            Text(
                "Belgenin sağ üstündeki kare. İçinde belgenin başlıca bilgileri yazılıdır; telefonla okunabilir.",
                "The square at the top right of a document. It holds the main facts; a phone can read it.",
            ),
        ),
        "credit": Term(
            Text("Kontör", "Kontör"),
            Text(
                "Belgelerin bedelinin önceden ödendiği birim. Sayılıyorsa her giden belge mühürlenirken tarifesi kadar"
                " düşer.",
                "What documents are paid for with in advance. Where it is counted, each outgoing document takes as"
                " much as the tariff says when it is sealed.",
            ),
            "credits",
        ),
        "merkez": Term(
            Text("Merkez", "Merkez"),
            Text(
                "GİB'in merkezi. e-Fatura ve e-İrsaliyeler gönderenden alıcıya onun üzerinden gider.",
                "GİB's centre, through which e-Fatura and e-İrsaliye travel from sender to receiver.",
            ),
            "states",
        ),
        "receipt": Term(
            Text("İrsaliye yanıtı", "Receipt advice"),
            Text(
                "Alıcının gelen malla ilgili bildirimi: tam, eksik, fazla ya da kusurlu. İsteğe"
                " bağlıdır, yedi gün içinde bir kez verilir.",
                "What the receiver says of the goods: complete, short, in excess, damaged. Optional,"
                " once, within seven days.",
            ),
            "despatches",
        ),
        "return": Term(
            Text("İade faturası", "Return invoice"),
            Text(
                "Alıcının geri verdiği mal için satıcıya düzenlediği fatura (IADE). İade edilen"
                " faturanın numarasını ve gününü taşır.",
                "The invoice (IADE) that a buyer issues for returned goods. It names number and day"
                " of the invoice it returns.",
            ),
            "returns",
        ),
        "seal": Term(
            Text("Mali mühür", "Financial seal (mali mühür)"),
            Text(
                "Tüzel kişinin elektronik mührü. Belgeyi kimin düzenlediğini ve sonradan değişmediğini kanıtlar.",
                "A firm's electronic seal. It proves who issued a document and that it has not been changed.",
            ),
            "seals",
        ),
        "series": Term(
            Text("Seri", "Series"),
            Text(
                "Belge numarasının ilk üç karakteri. Numara seri, yıl ve dokuz haneden oluşur: ARD2026000000001.",
                "The first three characters of a number, which is made of series, year and nine"
                " digits: ARD2026000000001.",
            ),
            "first-steps",
        ),
        "tckn": Term(
            Text("TCKN", "TCKN"),
            Text("Gerçek kişinin 11 haneli kimlik numarası.", "A person's citizen number of eleven digits."),
        ),
        "vkn": Term(
            Text("VKN", "VKN"),
            Text("Vergi kimlik numarası: 10 hane.", "The tax number of ten digits."),
        ),
        "withholding": Term(
            Text("Tevkifat", "Withholding"),
            Text(
                "KDV'nin bir bölümünü alıcının keserek vergi dairesine kendisinin ödemesi. Oranı"
                " işin türüne göre değişir: 4/10, 9/10 …",
                "The buyer keeps back part of the VAT and pays it to the tax office. The part"
                " depends on the work: 4/10, 9/10 …",
            ),
            "withholding",
        ),
        "berat": Term(
            Text("Berat", "Berat"),
            Text(
                "Bir defter parçasının özeti ve mühür değeri; GİB kendi mührünü de basınca defter geçerli olur. YB"
                " yevmiyenin, KB büyük defterin, EB envanterin beratıdır.",
                "A summary of a part of a book with the value of its seal; the book counts once GİB has put its own"
                " seal on it, too. YB is the journal's, KB the general ledger's, EB the inventory's.",
            ),
            "ledgers",
        ),
        "ledger-report": Term(
            Text("Defter raporu (DR)", "Ledger report (DR)"),
            Text(
                "Ayın bütün büyük defterlerinden her hesabın toplamı; beratlar onaylanınca gönderilir, geri gelmez.",
                "The sum of every account of all the month's general ledgers; sent once the berats are approved, and"
                " not given back.",
            ),
            "ledgers",
        ),
        "part": Term(
            Text("Parça", "Part"),
            Text(
                "Bir ayın defterinin bir bölümü. Bölünmemiş ay 000000, bölünen ayın parçaları 000001'den başlar.",
                "A section of a month's book. An undivided month is 000000, parts of a divided one begin at 000001.",
            ),
            "ledgers",
        ),
        "muvafakatname": Term(
            Text("Muvafakatname", "Muvafakatname"),
            Text(
                "Mükellefin Dijital Vergi Dairesi'nde verdiği izin: defter ve beratlarını entegratör ya da meslek"
                " mensubu mühürleyip yükleyebilir.",
                "The taxpayer's consent, given on Dijital Vergi Dairesi, that the integrator or an accountant seals and"
                " uploads books and berats.",
            ),
            "ledgers",
        ),
        "trial-balance": Term(
            Text("Mizan", "Trial balance"),
            Text(
                "Her hesabın borç, alacak ve bakiyesi; yevmiye ve büyük defterle aynı toplamı vermelidir.",
                "Debit, credit and balance of every account; it has to come to the same sums as journal and general"
                " ledger.",
            ),
            "ledgers",
        ),
    }
)
"""By their names in templates."""
