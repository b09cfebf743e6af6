"""What keeps trust from being set up or asked, each with a stable code."""

from __future__ import annotations

import re
from typing import Any, Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, Table, error_of

__all__ = ["FetchFailure", "TrustFailure", "failure", "fetch_failure", "shown"]


class TrustFailure(SealError):
    """Trust cannot be asked: the folder of roots or the policy is wrong; ``code`` is one of ``trust.*``."""


class FetchFailure(TrustFailure):
    """An address did not give what was asked for; ``code`` is one of ``trust.fetch-*``."""


_USER: Final = re.compile("//[^/?#]*@")
_FOLDER: Final = Text(
    "Kök sertifikaların bulunduğu klasörü verin; deneme için: ulak pki new KLASÖR.",
    "Name the folder that holds the root certificates; to try things out: ulak pki new FOLDER.",
)
_LATER: Final = Text(
    "Adresin bu makineden açıldığını (güvenlik duvarı, KamuSM'nin yurt dışı kısıtı) denetleyip yeniden deneyin.",
    "Check that this machine can reach the address (firewall, KamuSM's limits on foreign networks); try again.",
)
_ISSUER: Final = Text(
    "Adresi işleten kuruluşa (KamuSM) bildirin; bu arada elinizdeki SİL dosyasını güven klasörüne koyun.",
    "Tell the issuer (KamuSM) that runs this address; meanwhile put a CRL file that you have into the trust folder.",
)
_PROBLEMS: Final[Table] = {
    "trust.folder-missing": Problem(
        Text("Güven klasörü yok: {folder}", "The trust folder does not exist: {folder}"), _FOLDER
    ),
    "trust.folder-unreadable": Problem(
        Text("Güven klasöründeki dosya okunamıyor: {detail}", "A file of the trust folder cannot be read: {detail}"),
        Text("Dosyanın okuma iznini denetleyin.", "Check the permission to read the file."),
    ),
    "trust.folder-without-root": Problem(
        Text(
            "Güven klasöründe kök sertifika yok: {folder} (adında “root” ya da “pinned” geçen bir .pem, .crt, .cer).",
            "The trust folder holds no root: {folder} (a .pem, .crt or .cer with “root” or “pinned” in its name).",
        ),
        _FOLDER,
    ),
    "trust.file-broken": Problem(
        Text(
            "Güven klasöründeki dosya okunamadı: {file}: {detail}",
            "A file of the trust folder is broken: {file}: {detail}",
        ),
        Text(
            "Dosyayı yayımlayan kuruluştan yeniden indirin ya da klasörden kaldırın.",
            "Download the file again from its publisher, or take it out of the folder.",
        ),
    ),
    "trust.file-too-large": Problem(
        Text(
            "Güven klasöründeki dosya çok büyük: {file} ({size} bayt, sınır {limit}).",
            "A file of the trust folder is too large: {file} ({size} bytes, the limit is {limit}).",
        ),
        Text("Bu dosyayı klasörden kaldırın.", "Take this file out of the folder."),
    ),
    "trust.integrator-broken": Problem(
        Text(
            "integrators.txt, satır {number}: “{value}” bir VKN değil (on rakam).",
            "integrators.txt, line {number}: “{value}” is no VKN (ten digits).",
        ),
        Text("Her satıra bir VKN yazın; açıklamalar # ile başlar.", "Write one VKN a line; remarks begin with #."),
    ),
    "trust.not-trusted": Problem(
        Text(
            "Sertifikaya şu an güvenilemiyor: {certificate}: {why}",
            "The certificate cannot be trusted now: {certificate}: {why}",
        ),
        Text("{repair}", "{repair}"),
        permanent=False,
    ),
    "trust.fetch-address": Problem(
        Text(
            "Bu adres sorulamaz, yalnız http ve https: {address}",
            "This address cannot be asked, only http and https: {address}",
        ),
        _ISSUER,
    ),
    "trust.fetch-offline": Problem(
        Text("Ağa çıkılmadı: {address}", "The network was not asked: {address}"),
        Text(
            "Çevrimiçi denetime izin verin ya da SİL dosyasını güven klasörüne koyun.",
            "Allow checking online, or put the CRL file into the trust folder.",
        ),
        permanent=False,
    ),
    "trust.fetch-unreachable": Problem(
        Text("Adrese ulaşılamadı: {address}: {detail}", "The address cannot be reached: {address}: {detail}"),
        _LATER,
        permanent=False,
    ),
    "trust.fetch-timeout": Problem(
        Text(
            "Adres {seconds:.1f} saniyede yanıt vermedi: {address}",
            "The address did not answer within {seconds:.1f} seconds: {address}",
        ),
        _LATER,
        permanent=False,
    ),
    "trust.fetch-status": Problem(
        Text("Adres {status} yanıtını verdi: {address}", "The address answered with status {status}: {address}"),
        _ISSUER,
        permanent=False,
    ),
    "trust.fetch-too-large": Problem(
        Text("Yanıt {limit} bayttan büyük: {address}", "The answer is larger than {limit} bytes: {address}"),
        _ISSUER,
        permanent=False,
    ),
    "trust.fetch-truncated": Problem(
        Text("Yanıt yarıda kesildi: {address}: {detail}", "The answer ended too early: {address}: {detail}"),
        _LATER,
        permanent=False,
    ),
    "trust.fetch-redirect": Problem(
        Text(
            "Adres izin verilmeyen bir yere yönlendiriyor: {address} → {target}",
            "The address redirects to where it may not: {address} → {target}",
        ),
        _ISSUER,
        permanent=False,
    ),
    "trust.fetch-resting": Problem(
        Text(
            "{host} az önce yanıt vermedi; {seconds:.0f} saniye boyunca yeniden sorulmayacak.",
            "{host} did not answer just now; it will not be asked again for {seconds:.0f} seconds.",
        ),
        _LATER,
        permanent=False,
    ),
}


def failure(code: str, /, **facts: Any) -> TrustFailure:
    return error_of(TrustFailure, _PROBLEMS, code, **facts)


def fetch_failure(code: str, address: str, /, **facts: Any) -> FetchFailure:
    address = shown(address)
    return error_of(FetchFailure, _PROBLEMS, code, where=address, address=address, **facts)


def shown(address: str) -> str:
    """An address as errors may show it: without a name and password that somebody put into it."""
    return _USER.sub("//…@", address, count=1)
