"""What the folder of a test PKI says about itself, in Turkish and English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ulak.errors import LANGUAGES, Language, Text
from ulak.seal.pki import cast
from ulak.seal.pki.authority import Authority, Held

__all__ = ["integrators_file", "readme"]

_TITLE: Final = Text(
    "TEST PKI - KamuSM'yi taklit eder; hiçbir sertifikasının hukuki değeri yoktur.",
    "TEST PKI - imitates KamuSM; none of its certificates has any legal value.",
)
_SECRET: Final = Text(
    "Buradaki özel anahtarlar sır değildir: bu kökleri gerçek belgeler için güvenilir saymayın.",
    "The private keys in here are no secret: never trust these roots for real documents.",
)
_MADE: Final = Text("Yapıldığı an: {at}; adresi: {url}", "Made at: {at}; its address: {url}")
_LISTS: Final = Text("İptal listeleri {until} gününe kadar geçerli.", "The revocation lists are good until {until}.")
_KEYS: Final = Text(
    "Anahtarlar (PKCS#12, parolasız; yapıldıkları andaki durumlarıyla)",
    "Keys (PKCS#12, no password; as they were when made)",
)
_WRONG: Final = Text("Kabul edilmemesi gereken anahtarlar", "Keys that must not be accepted")
_TRUST: Final = Text("--trust ile okunanlar", "What --trust reads")
_OTHER: Final = Text(
    "Makamın kendi dosyaları (--trust bunları okumaz)", "The authority's own files (--trust does not read them)"
)
_ROOT: Final = Text("kök sertifika", "root certificate")
_ISSUER: Final = Text("ara sertifika", "intermediate certificate")
_TROUBLES: Final = {
    "": Text("", ""),
    "expired": Text(", süresi dolmuş", ", expired"),
    "revoked": Text(", iptal edilmiş", ", revoked"),
}
_CRL: Final = Text("{name} makamının iptal listesi", "revocation list of {name}")
_INTEGRATORS: Final = Text(
    "başkasının belgesinde mührü kabul edilen özel entegratörlerin VKN'leri",
    "VKNs of integrators whose seal is accepted on documents of others",
)
_PRIVATE: Final = (
    (
        "authority/pki.json",
        Text("verilen ve iptal edilen sertifikaların kaydı", "register of what was issued and revoked"),
    ),
    (
        "authority/*.key.pem",
        Text(
            "makamların, OCSP ve zaman damgası sunucularının özel anahtarları",
            "private keys of the authorities, OCSP responders and the time stamp server",
        ),
    ),
    ("authority/*.ocsp.pem", Text("OCSP sunucularının sertifikaları", "certificates of the OCSP responders")),
    ("authority/tsa.pem", Text("zaman damgası sunucusunun sertifikası", "certificate of the time stamp server")),
    (
        "authority/pretender.pem",
        Text(
            "aynı adlı sahte makamın sertifikaları; güvenilmez",
            "certificates of the pretender of the same names; not trusted",
        ),
    ),
)
_USES: Final = (
    ("ulak seal INVOICE.xml --key pkcs12:DIR/ardic-4812530769.p12", Text("mühürler", "seals")),
    ("ulak verify INVOICE.xml --trust DIR", Text("doğrular", "verifies")),
    ("ulak pki revoke DIR meltem-7359021640.p12", Text("iptal eder", "revokes")),
    ("ulak pki serve DIR", Text("CRL, OCSP ve zaman damgası (/tsa) sunar", "serves CRLs, OCSP and time stamps (/tsa)")),
)
_WORST: Final = {plan.short for plan in (*cast.WRONG, cast.PRETENDER)}


def readme(made: Authority) -> str:
    """The README.txt: what every file is for, first in Turkish, then in English."""
    return "\n".join(line for language in LANGUAGES for line in _page(made, language))


def integrators_file(made: Authority) -> str:
    """The list of integrators, one VKN a line."""
    said = "".join(f"# {_INTEGRATORS.say(language)}\n" for language in LANGUAGES)
    name = next((held.certificate.common_name for held in made.keys.values() if held.short == "integrator"), "")
    return f"{said}\n# {name}\n{made.integrator}\n"


def _page(made: Authority, language: Language) -> Iterator[str]:
    yield _TITLE.say(language)
    yield _SECRET.say(language)
    yield _MADE.format(at=f"{made.made_at:%Y-%m-%d %H:%M %Z}", url=made.url).say(language)
    yield _LISTS.format(until=f"{made.lists_until:%Y-%m-%d}").say(language)
    good = [held for held in made.keys.values() if held.short not in _WORST]
    bad = [held for held in made.keys.values() if held.short in _WORST]
    rows: tuple[tuple[Text, Sequence[tuple[str, Text]]], ...] = (
        (_KEYS, _files(good)),
        (_WRONG, _files(bad)),
        (_TRUST, [*_authorities(made), ("integrators.txt", _INTEGRATORS)]),
        (_OTHER, _PRIVATE),
        (Text("Kullanım", "Use"), _USES),
    )
    for title, entries in rows:
        yield from ("", f"{title.say(language)}:")
        width = max(len(name) for name, _ in entries)
        yield from (f"  {name:<{width}}  {text.say(language)}" for name, text in entries)
    yield ""


def _files(keys: list[Held]) -> list[tuple[str, Text]]:
    return [(f"{held.name}.p12", held.meaning) for held in keys]


def _authorities(made: Authority) -> Iterator[tuple[str, Text]]:
    troubles = {part.name: part.trouble for part in cast.ISSUERS}
    for issuer in made.issuers.values():
        kind, trouble = _ISSUER if issuer.parent else _ROOT, _TROUBLES[troubles.get(issuer.name, "")]
        yield f"{issuer.name}.pem", Text(kind.tr + trouble.tr, kind.en + trouble.en)
        yield f"{issuer.name}.crl", _CRL.format(name=issuer.name)
