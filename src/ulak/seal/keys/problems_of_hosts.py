"""What can be wrong with hosts that sign, by stable code."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem, Table

__all__ = ["HOSTS"]

HOSTS: Final[Table] = {
    "key.host-unreachable": Problem(
        Text(
            "İmza sunucusuna ulaşılamıyor: {host} ({detail})", "The signing host {host} cannot be reached ({detail})."
        ),
        Text(
            "Adresi, ağı ve sunucunun çalıştığını denetleyin.",
            "Check the address, the network, and that the host runs.",
        ),
        permanent=False,
    ),
    "key.host-timeout": Problem(
        Text(
            "İmza sunucusu {seconds} saniyede yanıt vermedi: {host}",
            "The signing host {host} did not answer within {seconds} seconds.",
        ),
        Text("Sunucunun yükünü ve kartını denetleyin.", "Check the host's load and its token."),
        permanent=False,
    ),
    "key.host-tls": Problem(
        Text(
            "İmza sunucusunun TLS sertifikasına güvenilmiyor: {host} ({detail})",
            "The TLS certificate of the signing host {host} is not trusted ({detail}).",
        ),
        Text(
            "Sunucunun sertifikasını yenileyin ya da onu veren kökü ULAK_CA_FILE ile verin.",
            "Renew the host's certificate, or name the root that issued it by ULAK_CA_FILE.",
        ),
    ),
    "key.host-refused": Problem(
        Text(
            "İmza sunucusu erişime izin vermedi: {host} ({status})", "The signing host {host} denied access ({status})."
        ),
        Text(
            "ULAK_TOKEN_FILE ya da ULAK_TOKEN içindeki erişim anahtarını denetleyin.",
            "Check the access token in ULAK_TOKEN_FILE or ULAK_TOKEN.",
        ),
    ),
    "key.host-token-missing": Problem(
        Text(
            "{host} erişim anahtarı istiyor; verilmedi.", "The host {host} needs an access token, and none was given."
        ),
        Text(
            "Erişim anahtarını ULAK_TOKEN_FILE dosyasına ya da ULAK_TOKEN değişkenine koyun.",
            "Put the access token into the file ULAK_TOKEN_FILE or the variable ULAK_TOKEN.",
        ),
    ),
    "key.host-error": Problem(
        Text(
            "İmza sunucusu isteği geri çevirdi: {host} ({status}, {detail})",
            "The signing host {host} refused the request ({status}, {detail}).",
        ),
        Text("Sunucunun günlüğüne ve anahtarın adına bakın.", "See the host's log, and check the credential's name."),
    ),
    "key.host-busy": Problem(
        Text(
            "İmza sunucusu şimdi imzalayamıyor: {host} ({status}, {detail})",
            "The signing host {host} cannot sign at the moment ({status}, {detail}).",
        ),
        Text("Biraz sonra yeniden deneyin.", "Try again a little later."),
        permanent=False,
    ),
    "key.host-malformed": Problem(
        Text(
            "İmza sunucusunun yanıtı anlaşılamadı: {host} ({detail})",
            "The answer of the signing host {host} makes no sense ({detail}).",
        ),
        Text(
            "Adresin bir CSC v2 hizmetini gösterdiğini denetleyin.",
            "Check that the address is that of a CSC v2 service.",
        ),
    ),
    "key.host-authorization": Problem(
        Text(
            "{host} her imza için ayrıca onay istiyor ({mode}); böyle bir anahtar toplu mühürlemez.",
            "The host {host} wants an authorisation of every signature ({mode}); such a key cannot seal in bulk.",
        ),
        Text(
            "Onayı erişim anahtarına bağlı bir anahtar kullanın.", "Use a credential that the access token authorises."
        ),
    ),
    "key.host-setup": Problem(
        Text("İmza sunucusu açılamıyor: {detail}", "The signing host cannot start: {detail}"),
        Text(
            "Adresi, TLS sertifikasını ve anahtarını denetleyin.", "Check the address and the TLS certificate and key."
        ),
    ),
}
