"""The sentences of the ``wire.*`` codes."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text

__all__ = ["CALLING", "PACKAGING", "SAYING", "WRITING"]

_SENDER: Final = Text(
    "İletiyi gönderen yazılımı düzeltin; aynı ileti yine reddedilir.",
    "Correct the software that sent the message; the same message will be refused again.",
)
_PACKAGER: Final = Text(
    "Paketi MTOM (multipart/related, application/xop+xml) kurallarına göre yeniden oluşturun.",
    "Build the package again by the rules of MTOM (multipart/related, application/xop+xml).",
)
_WHOLE: Final = Text("İletinin tamamını yeniden gönderin.", "Send the whole message again.")
_SMALLER: Final = Text(
    "İletiyi küçültün ya da sınırı yükseltin (Limits).", "Make the message smaller, or raise the limit (Limits)."
)
_NAMES: Final = Text(
    "Öğe adlarını servisin WSDL tanımından alın.", "Take the names of the elements from the service's WSDL."
)
_LATER: Final = Text("Bir süre sonra yeniden deneyin.", "Try again after a while.")
_ASK: Final = Text(
    "Karşı taraf isteği almış olabilir: yeniden göndermeden önce durumu sorgulayın.",
    "The other side may have taken the request: ask for the state before sending again.",
)

PACKAGING: Final[dict[str, Problem]] = {
    "wire.media-type": Problem(
        Text("Content-Type başlığı okunamıyor: {value}", "The Content-Type header cannot be read: {value}"), _SENDER
    ),
    "wire.content-type": Problem(
        Text("Bu içerik türüyle SOAP iletisi taşınmaz: {kind}.", "No SOAP message travels as {kind}."),
        Text(
            "application/soap+xml, text/xml ya da multipart/related (MTOM) kullanın.",
            "Use application/soap+xml, text/xml or multipart/related (MTOM).",
        ),
    ),
    "wire.boundary": Problem(
        Text(
            "multipart/related türünde geçerli bir boundary parametresi yok ({value}).",
            "multipart/related has no valid boundary parameter ({value}).",
        ),
        _PACKAGER,
    ),
    "wire.boundary-lost": Problem(
        Text(
            "Bildirilen sınır (boundary) “{value}” gövdede hiç yok.",
            "The boundary “{value}” that was announced is nowhere in the body.",
        ),
        _PACKAGER,
    ),
    "wire.delimiter": Problem(
        Text(
            "Bayt {at}: satır sınırla (boundary) başlıyor, ama başka şeyle sürüyor.",
            "Byte {at}: the line begins with the boundary but goes on with something else.",
        ),
        Text("İçerikte geçmeyen bir sınır (boundary) seçin.", "Choose a boundary that does not occur in the contents."),
    ),
    "wire.truncated": Problem(
        Text(
            "Paketin kapanış sınırı (boundary) yok: ileti yarıda kesilmiş.",
            "The package ends before its last boundary.",
        ),
        _WHOLE,
    ),
    "wire.after-end": Problem(
        Text(
            "Kapanış sınırından sonra veri var ({size} bayt).", "There is data after the last boundary ({size} bytes)."
        ),
        _PACKAGER,
    ),
    "wire.part-header": Problem(
        Text("Parça {part}: başlık satırı okunamıyor: {header}", "Part {part}: a header line cannot be read: {header}"),
        _PACKAGER,
    ),
    "wire.part-header-twice": Problem(
        Text("Parça {part}: {name} başlığı iki kez var.", "Part {part}: the header {name} is there twice."), _PACKAGER
    ),
    "wire.part-header-large": Problem(
        Text(
            "Parça {part}: başlıklar {limit} bayttan uzun ya da bitmiyor.",
            "Part {part}: the headers are longer than {limit} bytes, or do not end.",
        ),
        _PACKAGER,
    ),
    "wire.transfer-encoding": Problem(
        Text(
            "Parça {part}: Content-Transfer-Encoding “{value}” desteklenmiyor.",
            "Part {part}: Content-Transfer-Encoding “{value}” is not supported.",
        ),
        Text("binary kullanın (8bit, 7bit ve base64 de okunur).", "Use binary (8bit, 7bit and base64 are read too)."),
    ),
    "wire.base64": Problem(
        Text("{place}: base64 verisi bozuk.", "{place}: the base64 data is broken."),
        Text("Veriyi yeniden base64 kodlayıp gönderin.", "Encode the data as base64 again and send it."),
    ),
    "wire.too-many-parts": Problem(
        Text("Pakette {limit} parçadan çok var.", "The package has more than {limit} parts."), _SMALLER
    ),
    "wire.too-large": Problem(
        Text("İleti {limit} bayttan büyük.", "The message is larger than {limit} bytes."), _SMALLER
    ),
    "wire.too-much-markup": Problem(
        Text(
            "SOAP zarfında {limit} öğe ve öznitelikten çok var.",
            "The SOAP envelope has more than {limit} tags and attributes.",
        ),
        _SMALLER,
    ),
    "wire.start": Problem(
        Text("start parametresi “{value}” hiçbir parçayı göstermiyor.", "The start parameter “{value}” names no part."),
        _PACKAGER,
    ),
    "wire.root-type": Problem(
        Text(
            "Kök parçanın türü {kind}; application/xop+xml olmalı.",
            "The root part is {kind}; it must be application/xop+xml.",
        ),
        _PACKAGER,
    ),
    "wire.content-id-twice": Problem(
        Text("Content-ID “{value}” iki parçada var.", "Two parts have the Content-ID “{value}”."), _PACKAGER
    ),
    "wire.part-missing": Problem(
        Text(
            "xop:Include “{href}” pakette olmayan bir parçayı gösteriyor.",
            "xop:Include “{href}” names a part that is not there.",
        ),
        _PACKAGER,
    ),
    "wire.part-unused": Problem(
        Text(
            "Pakette zarfın kullanmadığı parçalar var: {names}.",
            "The package has parts that the envelope does not use: {names}.",
        ),
        _PACKAGER,
    ),
    "wire.include": Problem(
        Text(
            "{place}: xop:Include öğenin tek içeriği olmalı ve cid: adresi taşımalı.",
            "{place}: an xop:Include must be all that its element holds, and bear a cid: address.",
        ),
        _PACKAGER,
    ),
}
"""MIME and MTOM."""

SAYING: Final[dict[str, Problem]] = {
    "wire.not-envelope": Problem(
        Text(
            "Bu bir SOAP 1.1 ya da 1.2 zarfı değil: kök öğe {name}.",
            "This is no SOAP 1.1 or 1.2 envelope: the root is {name}.",
        ),
        _SENDER,
    ),
    "wire.structure": Problem(
        Text(
            "SOAP zarfında en çok bir Header, sonra tek bir Body bulunur; bulunan: {found}.",
            "A SOAP envelope holds at most one Header and then one Body; found: {found}.",
        ),
        _SENDER,
    ),
    "wire.body": Problem(
        Text(
            "SOAP Body içinde tek bir öğe olmalı; {count} var.", "The SOAP Body must hold one element; it has {count}."
        ),
        _SENDER,
    ),
    "wire.must-understand": Problem(
        Text(
            "Anlaşılması zorunlu (mustUnderstand) başlık tanınmıyor: {name}.",
            "The header {name} must be understood (mustUnderstand) and is not.",
        ),
        Text("Bu başlığı göndermeyin.", "Do not send this header."),
    ),
    "wire.operation": Problem(
        Text(
            "{service} servisinde böyle bir işlem yok: {name}.", "The service {service} has no such operation: {name}."
        ),
        _NAMES,
    ),
    "wire.action": Problem(
        Text(
            "action “{action}” ile gövdedeki {name} öğesi ayrı işlemleri söylüyor.",
            "The action “{action}” and the element {name} in the Body say different operations.",
        ),
        _SENDER,
    ),
    "wire.answer": Problem(
        Text("{wanted} yanıtı beklenirken {name} geldi.", "{wanted} was expected as the answer, {name} came."),
        _ASK,
        permanent=False,
    ),
    "wire.field-unknown": Problem(
        Text("{place}: beklenmeyen öğe {name}.", "{place}: unexpected element {name}."), _NAMES
    ),
    "wire.field-twice": Problem(
        Text("{place}: {name} öğesi iki kez var.", "{place}: the element {name} is there twice."), _NAMES
    ),
    "wire.field-value": Problem(
        Text("{place}: değer {kind} türünde değil.", "{place}: the value is not of the type {kind}."), _NAMES
    ),
    "wire.fault": Problem(
        Text("Karşı taraf SOAP hatası döndürdü: {reason}", "The other side answered with a SOAP fault: {reason}"),
        Text("Hata metnine göre isteği düzeltin.", "Correct the request as the fault's text says."),
    ),
    "wire.fault-passing": Problem(
        Text("Karşı tarafta hata oldu: {reason}", "The other side failed: {reason}"), _LATER, permanent=False
    ),
}
"""SOAP and the services' messages."""

WRITING: Final[dict[str, Problem]] = {
    "wire.text-unfit": Problem(
        Text(
            "{place}: metinde XML'e yazılamayan karakter var.",
            "{place}: the text has a character that XML cannot hold.",
        ),
        Text("Denetim karakterlerini metinden çıkarın.", "Take control characters out of the text."),
    ),
    "wire.number-unfit": Problem(
        Text("{place}: {value} 32 bitlik tamsayıya sığmıyor.", "{place}: {value} does not fit a 32-bit integer."),
        Text("−2147483648 ile 2147483647 arasında bir sayı verin.", "Give a number from −2147483648 to 2147483647."),
    ),
}
"""What cannot be said."""

CALLING: Final[dict[str, Problem]] = {
    "wire.address": Problem(
        Text("Servis adresi kullanılamaz: {url}", "The address of the service cannot be used: {url}"),
        Text(
            "https:// ile başlayan tam adresi verin; http:// yalnızca açıkça izin verilirse kullanılır.",
            "Give the whole address, beginning with https://; http:// is used only where it is allowed explicitly.",
        ),
    ),
    "wire.roots": Problem(
        Text(
            "Güvenilecek TLS kökleri {path} dosyasından okunamadı: {detail}",
            "The roots to be trusted for TLS could not be read from {path}: {detail}",
        ),
        Text("PEM biçiminde sertifikaları olan bir dosya verin.", "Give a file of certificates in PEM."),
    ),
    "wire.unreachable": Problem(
        Text("{host} sunucusuna bağlanılamadı: {detail}", "{host} could not be reached: {detail}"),
        Text(
            "İstek gönderilmedi. Ağı, IP iznini ve adresi denetleyin; sonra yeniden deneyin.",
            "Nothing was sent. Check the network, the permission for this IP and the address; then try again.",
        ),
        permanent=False,
    ),
    "wire.tls": Problem(
        Text(
            "{host} ile güvenli bağlantı (TLS) kurulamadı: {detail}", "No secure connection (TLS) to {host}: {detail}"
        ),
        Text(
            "İstek gönderilmedi. Sunucu sertifikasını ve güvenilen kökleri denetleyin.",
            "Nothing was sent. Check the server's certificate and the roots that are trusted.",
        ),
    ),
    "wire.timeout": Problem(
        Text("{host} zamanında yanıt vermedi ({seconds} s).", "{host} did not answer in time ({seconds} s)."),
        _ASK,
        permanent=False,
    ),
    "wire.broken": Problem(
        Text(
            "{host} ile bağlantı yanıt gelmeden koptu: {detail}",
            "The connection to {host} broke before the answer: {detail}",
        ),
        _ASK,
        permanent=False,
    ),
    "wire.redirected": Problem(
        Text(
            "{host} başka adrese yönlendirdi ({status}); izlenmez.",
            "{host} redirected elsewhere ({status}); that is not followed.",
        ),
        Text("Servisin güncel adresini öğrenip ayarlayın.", "Find out the service's present address and set it."),
    ),
    "wire.answer-broken": Problem(
        Text("{host} yanıtı okunamıyor: {detail}", "The answer of {host} cannot be read: {detail}"),
        _ASK,
        permanent=False,
    ),
    "wire.http": Problem(
        Text("{host} SOAP yerine HTTP {status} döndürdü.", "{host} answered HTTP {status} and no SOAP."),
        _ASK,
        permanent=False,
    ),
    "wire.http-refused": Problem(
        Text("{host} isteği HTTP {status} ile reddetti.", "{host} refused the request with HTTP {status}."),
        Text(
            "Adresi, IP iznini ve içerik türünü denetleyin.",
            "Check the address, the permission for this IP and the content type.",
        ),
    ),
    "wire.answer-other": Problem(
        Text("{asked} soruldu, {said} için yanıt geldi.", "{asked} was asked for, the answer is about {said}."),
        Text("Kimliği denetleyip yeniden sorun.", "Check the id, and ask again."),
        permanent=False,
    ),
    "wire.receipt": Problem(
        Text(
            "Alındı yanıtındaki özet “{got}”, gönderilenin özeti {sent} değil.",
            "The hash in the receipt is “{got}”, not {sent} as that of what was sent.",
        ),
        _ASK,
        permanent=False,
    ),
}
"""Calling a service."""
