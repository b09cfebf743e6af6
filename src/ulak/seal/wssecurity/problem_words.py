"""The sentences of the codes ``soap.*``: of reading an envelope, of sealing one, of judging one."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem

__all__ = ["MAKING", "READING", "SAYING"]

_AGAIN: Final = Text(
    "Mesajı kabul etmeyin; gönderenden yeniden imzalayıp göndermesini isteyin.",
    "Do not take the message; ask the sender to sign and send it again.",
)
_ATTACK: Final = Text(
    "Mesajı kabul etmeyin ve saklayın: yapısı, imzalı bir mesajın sonradan değiştirildiğini düşündürüyor.",
    "Do not take the message, and keep it: its build suggests that a signed message was changed afterwards.",
)
_SENDER: Final = Text(
    "Gönderenin WS-Security ayarlarını GİB kılavuzuna göre düzeltmesini isteyin.",
    "Ask the sender to set WS-Security up as GİB's guide says.",
)
_CLOCK: Final = Text(
    "İki tarafın saatini eşitleyin (NTP); gönderen mesajı yeniden imzalasın.",
    "Set both sides' clocks right (NTP); let the sender sign the message again.",
)

READING: Final = {
    "soap.not-envelope": Problem(
        Text(
            "Bu bir SOAP 1.1 ya da 1.2 zarfı değil: kök öğe {name}.",
            "This is no SOAP 1.1 or 1.2 envelope: the root is {name}.",
        ),
        Text("SOAP mesajının tamamını verin.", "Give the whole SOAP message."),
    ),
    "soap.structure": Problem(
        Text(
            "SOAP zarfında en çok bir Header ve ardından tam bir Body olmalı; bulunan: {found}.",
            "A SOAP envelope holds at most one Header and then exactly one Body; found: {found}.",
        ),
        Text("Zarfı SOAP kurallarına göre kurun.", "Build the envelope as SOAP says."),
    ),
    "soap.attachment-missing": Problem(
        Text(
            "Body içindeki xop:Include {href} ekinin baytları verilmedi; imza eki de kapsar.",
            "The bytes of attachment {href} (xop:Include in the Body) were not handed in; the signature covers them.",
        ),
        Text(
            "Ekleri Content-ID'leriyle birlikte verin ya da MTOM'u kapatıp base64 olarak gömün.",
            "Hand in the attachments by their Content-ID, or turn MTOM off and embed them as base64.",
        ),
    ),
    "soap.attachment-place": Problem(
        Text(
            "xop:Include, öğesinin tek içeriği olmalı ve bir cid: adresi taşımalı ({href}).",
            "An xop:Include must be all that its element holds, and bear a cid: address ({href}).",
        ),
        Text("MTOM paketini XOP kurallarına göre kurun.", "Build the MTOM package as XOP says."),
    ),
}

MAKING: Final = {
    "soap.already-secured": Problem(
        Text("Zarfta zaten bir wsse:Security başlığı var.", "The envelope already has a wsse:Security header."),
        Text("İmzasız zarfı verin; imzalı mesaj ikinci kez imzalanmaz.", "Give the unsigned envelope."),
    ),
    "soap.time-without-zone": Problem(
        Text("Verilen zamanın saat dilimi yok: {time}.", "The time that was given has no zone: {time}."),
        Text("Saat dilimi olan bir zaman verin.", "Give a time with its zone."),
    ),
    "soap.lifetime": Problem(
        Text("Mesajın ömrü sıfırdan uzun olmalı: {lifetime}.", "A message must live longer than nothing: {lifetime}."),
        Text("Birkaç dakikalık bir süre verin.", "Give a few minutes."),
    ),
    "soap.id-taken": Problem(
        Text("Zarfta {id} kimliği zaten kullanılmış.", "The envelope already uses the Id {id}."),
        Text("Başka bir tohum (seed) verin.", "Give another seed."),
    ),
    "soap.id-unfit": Problem(
        Text("“{id}” bir XML kimliği olamaz.", "“{id}” cannot be an XML Id."),
        Text(
            "Harf ya da _ ile başlayan, harf, rakam, nokta ve tireden oluşan bir kimlik kullanın.",
            "Use one that begins with a letter or _ and holds letters, digits, dots and hyphens.",
        ),
    ),
    "soap.certificate-not-valid": Problem(
        Text(
            "Sertifika {at} anında geçerli değil; geçerliliği {since} – {until}.",
            "The certificate is not valid at {at}; it is from {since} to {until}.",
        ),
        Text("Geçerli bir mali mühür ile imzalayın.", "Sign with a mali mühür that is valid."),
    ),
    "soap.key-mismatch": Problem(
        Text(
            "“{key}” anahtarının imzası kendi sertifikasıyla doğrulanmıyor; mesaj gönderilmedi.",
            "What key “{key}” signed does not fit its own certificate; no message was made.",
        ),
        Text(
            "Anahtar ile sertifikanın aynı çifte ait olduğunu denetleyin.",
            "See that key and certificate belong together.",
        ),
    ),
}

SAYING: Final = {
    "soap.not-secured": Problem(
        Text("Mesajda bize yönelik wsse:Security başlığı yok.", "The message has no wsse:Security header for us."),
        _SENDER,
    ),
    "soap.two-headers": Problem(
        Text(
            "wsse:Security başlığı {count} kez var ya da yanlış yerde.",
            "wsse:Security is there {count} times, or in a wrong place.",
        ),
        _ATTACK,
    ),
    "soap.unknown-part": Problem(
        Text(
            "wsse:Security içinde beklenmeyen bir öğe var: {name}.",
            "wsse:Security holds an unexpected element: {name}.",
        ),
        _SENDER,
    ),
    "soap.signature-count": Problem(
        Text(
            "wsse:Security içinde tam bir imza olmalı; {count} var.",
            "wsse:Security must hold one signature; it holds {count}.",
        ),
        _ATTACK,
    ),
    "soap.timestamp-count": Problem(
        Text(
            "wsse:Security içinde tam bir wsu:Timestamp olmalı; mesajda {count} var.",
            "wsse:Security must hold one wsu:Timestamp; the message has {count}.",
        ),
        _ATTACK,
    ),
    "soap.second-body": Problem(
        Text("Mesajda birden çok Body var.", "The message has more than one Body."),
        _ATTACK,
    ),
    "soap.id-twice": Problem(
        Text("{id} kimliği mesajda birden çok kez geçiyor.", "The Id {id} is used more than once in the message."),
        _ATTACK,
    ),
    "soap.reference-lost": Problem(
        Text("İmzanın gösterdiği {uri} mesajda yok.", "The message has no {uri}, which the signature points at."),
        _AGAIN,
    ),
    "soap.reference-elsewhere": Problem(
        Text(
            "İmzanın gösterdiği {uri}; Timestamp, Body ya da bir başlık değil.",
            "{uri}, which the signature points at, is not the Timestamp, the Body or a header.",
        ),
        _ATTACK,
    ),
    "soap.reference-twice": Problem(
        Text("İmza {uri} öğesini iki kez gösteriyor.", "The signature points at {uri} twice."), _ATTACK
    ),
    "soap.not-covered": Problem(
        Text("İmza {part} öğesini kapsamıyor.", "The signature does not cover the {part}."), _SENDER
    ),
    "soap.signature-broken": Problem(
        Text("İmzanın yapısı bozuk: {detail}.", "The signature is not built right: {detail}."), _AGAIN
    ),
    "soap.transform": Problem(
        Text(
            "İmza, kabul edilmeyen bir dönüşüm kullanıyor: {uri}.",
            "The signature uses a transform that is refused: {uri}.",
        ),
        _SENDER,
    ),
    "soap.c14n": Problem(Text("Desteklenmeyen kanonikleştirme: {uri}.", "Unsupported canonical form: {uri}."), _SENDER),
    "soap.algorithm-weak": Problem(
        Text("Zayıf algoritma: {uri}.", "A weak algorithm: {uri}."),
        Text(
            "Gönderen rsa-sha256 ve SHA-256 özetle imzalasın.",
            "Let the sender sign with rsa-sha256 and SHA-256 digests.",
        ),
    ),
    "soap.algorithm-unknown": Problem(
        Text("Bilinmeyen algoritma: {uri}.", "An unknown algorithm: {uri}."),
        Text(
            "Gönderen rsa-sha256 ve SHA-256 özetle imzalasın.",
            "Let the sender sign with rsa-sha256 and SHA-256 digests.",
        ),
    ),
    "soap.key-reference": Problem(
        Text(
            "Anahtar, aynı başlıktaki bir BinarySecurityToken'ı doğrudan (DirectReference) göstermeli: {detail}.",
            "The key must be given by direct reference to a BinarySecurityToken of the same header: {detail}.",
        ),
        _SENDER,
    ),
    "soap.token-lost": Problem(
        Text("{uri} adlı BinarySecurityToken bu başlıkta yok.", "This header has no BinarySecurityToken {uri}."), _AGAIN
    ),
    "soap.token-kind": Problem(
        Text(
            "BinarySecurityToken türü kabul edilmiyor: {kind}. X509v3 ya da X509PKIPathv1 olmalı.",
            "A BinarySecurityToken of this kind is not taken: {kind}. It must be X509v3 or X509PKIPathv1.",
        ),
        _SENDER,
    ),
    "soap.token-broken": Problem(
        Text("BinarySecurityToken okunamıyor: {detail}", "The BinarySecurityToken cannot be read: {detail}"), _AGAIN
    ),
    "soap.base64": Problem(Text("İmzadaki bir değer base64 değil.", "A value of the signature is not base64."), _AGAIN),
    "soap.digest": Problem(
        Text(
            "{part} imzadan sonra değişmiş: özeti tutmuyor.",
            "The {part} was changed after signing: its digest differs.",
        ),
        _ATTACK,
    ),
    "soap.value": Problem(
        Text(
            "İmza değeri, mesajdaki sertifikanın anahtarıyla doğrulanmıyor.",
            "The signature value does not fit the certificate's key.",
        ),
        _ATTACK,
    ),
    "soap.timestamp-broken": Problem(
        Text("wsu:Timestamp okunamıyor: {detail}.", "The wsu:Timestamp cannot be read: {detail}."), _SENDER
    ),
    "soap.expired": Problem(Text("Mesajın süresi {until} anında dolmuş.", "The message expired at {until}."), _CLOCK),
    "soap.future": Problem(
        Text(
            "Mesaj gelecekte imzalanmış görünüyor: {created}.",
            "The message seems to be signed in the future: {created}.",
        ),
        _CLOCK,
    ),
    "soap.window": Problem(
        Text(
            "Mesajın ömrü ({lifetime}) izin verilenden ({longest}) uzun.",
            "The message lives longer ({lifetime}) than is allowed ({longest}).",
        ),
        _SENDER,
    ),
    "soap.replayed": Problem(
        Text("Bu mesaj daha önce alınmış.", "This message was taken before."),
        Text(
            "İkinci kez işlemeyin; gönderen yeni bir istek için yeni bir mesaj imzalasın.",
            "Do not carry it out again; for a new request let the sender sign a new message.",
        ),
    ),
    "soap.no-trust": Problem(
        Text(
            "İmzalayan sertifikanın güvenilirliği sorulmadı; köklerin bulunduğu klasör verilmedi.",
            "Whether the signer's certificate can be trusted was not asked: no roots were given.",
        ),
        Text("KamuSM köklerini vererek yeniden doğrulayın.", "Verify again with KamuSM's roots."),
    ),
    "soap.sha1-digest": Problem(
        Text(
            "{part} özeti SHA-1 ile alınmış; ayar gereği hoş görüldü.",
            "The digest of the {part} is SHA-1; tolerated by policy.",
        ),
        Text("Gönderen SHA-256 özete geçmeli.", "The sender should move on to SHA-256 digests."),
    ),
}
