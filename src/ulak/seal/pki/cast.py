"""Who is in the test PKI: firms, persons, the integrator, and every certificate that must not be accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.seal.pki.keymaking import KeyKind
from ulak.seal.pki.profiles import E_IMZA, ENCRYPTION, MALI_MUHUR, TLS_SERVER, Profile

__all__ = ["ARDIC", "FIRMS", "INTEGRATOR", "ISSUERS", "PERSONS", "PRETENDER", "WRONG", "Owner", "Part", "Plan"]


class Owner(NamedTuple):
    """A firm or a person; ``short`` names the files."""

    short: str
    tax_id: str | None
    name: str


INTEGRATOR: Final = Owner("integrator", "8642031054", "Deneme Özel Entegratör A.Ş.")
ARDIC: Final = Owner("ardic", "4812530769", "Ardıç Ticaret A.Ş.")
MELTEM: Final = Owner("meltem", "7359021640", "Meltem Gıda Ltd. Şti.")
FIRMS: Final = (
    Owner("ilce-mudurlugu", "2601488399", "Örnek İlçe Müdürlüğü"),
    Owner("sgk", "7750409379", "Sosyal Güvenlik Kurumu Başkanlığı"),
    Owner("gtb", "1460415308", "Gümrük ve Ticaret Bakanlığı Bilgi İşlem"),
    Owner("kargo", "9183746505", "Örnek Kargo A.Ş."),
    Owner("gib", "3900383669", "Gelir İdaresi Başkanlığı"),
)
PERSONS: Final = (
    Owner("deniz-yildiz", "41538629042", "Deniz Yıldız"),
    Owner("hasan-toprak", "50721483392", "Hasan Toprak"),
    Owner("elif-kara", "29864107502", "Elif Kara"),
)


class Part(NamedTuple):
    """An authority: who issued it (empty for a root), its name, its kind of key, and what is the matter with it."""

    name: str
    parent: str
    title: str
    kind: KeyKind
    trouble: str = ""


_SEAL: Final = "Mali Mühür Elektronik Sertifika Sağlayıcı - Sürüm"
ISSUERS: Final = (
    Part("test-root-rsa", "", "Kök Elektronik Sertifika Sağlayıcı - Sürüm 1", KeyKind.RSA_2048),
    Part("test-root-ec", "", "Kök Elektronik Sertifika Sağlayıcı - Sürüm 2", KeyKind.EC_P384),
    Part("mali-muhur-s2", "test-root-rsa", f"{_SEAL} 2", KeyKind.RSA_2048),
    Part("mali-muhur-s3", "test-root-ec", f"{_SEAL} 3", KeyKind.EC_P384),
    Part("e-imza-s4", "test-root-rsa", "Nitelikli Elektronik Sertifika Sağlayıcı - Sürüm 4", KeyKind.RSA_2048),
    Part("zaman-damgasi-s1", "test-root-rsa", "Zaman Damgası Hizmet Sağlayıcısı - Sürüm 1", KeyKind.RSA_2048),
    Part("expired-issuer-s1", "test-root-rsa", f"{_SEAL} 1", KeyKind.RSA_2048, "expired"),
    Part("revoked-issuer-s0", "test-root-rsa", f"{_SEAL} 0", KeyKind.RSA_2048, "revoked"),
)
S2: Final = "mali-muhur-s2"
S3: Final = "mali-muhur-s3"
PERSONAL: Final = "e-imza-s4"


class Plan(NamedTuple):
    """A key to be made.

    Attributes:
        short: begins the file's name; the owner's number follows.
        owner: who is named in the certificate.
        issuer: the name of its authority; that of another plan for a certificate issued without the right to.
        meaning: what it is for, for README.txt.
        begin: when its validity begins, from the moment the PKI is made; None for a month before.
        end: when it ends, from the same moment; None for as long as all keys are to be good.
        revoked: when it was revoked, from the same moment, and why.
    """

    short: str
    owner: Owner
    issuer: str
    meaning: Text
    kind: KeyKind = KeyKind.RSA_2048
    profile: Profile = MALI_MUHUR
    begin: timedelta | None = None
    end: timedelta | None = None
    revoked: tuple[timedelta, str] | None = None


def _seal(owner: Owner, kind: KeyKind = KeyKind.RSA_2048, issuer: str = S2, short: str = "") -> Plan:
    said = "EC P-384" if kind is KeyKind.EC_P384 else "RSA-2048"
    return Plan(short or owner.short, owner, issuer, _GOOD.format(name=owner.name, kind=said, issuer=issuer), kind)


def firm_plan(owner: Owner) -> Plan:
    """The mali mühür of a firm."""
    return _seal(owner)


def person_plan(owner: Owner) -> Plan:
    """The personal e-imza of a person."""
    return Plan(owner.short, owner, PERSONAL, _PERSONAL.format(name=owner.name), profile=E_IMZA)


_GOOD: Final = Text(
    "{name}: geçerli mali mühür, {kind}, veren {issuer}", "{name}: good mali mühür, {kind}, issued by {issuer}"
)
_PERSONAL: Final = Text("{name}: geçerli kişisel e-imza, RSA-2048", "{name}: good personal e-imza, RSA-2048")
GOOD: Final = (
    _seal(ARDIC),
    _seal(ARDIC, KeyKind.EC_P384, S3, "ardic-ec"),
    _seal(MELTEM, KeyKind.EC_P384, S3),
    # As in the signed invoice of 2025: Sürüm 3, a P-384 issuer, also gives certificates to RSA keys.
    _seal(MELTEM, KeyKind.RSA_2048, S3, "meltem-rsa"),
    *map(firm_plan, FIRMS),
    *map(person_plan, PERSONS),
    _seal(INTEGRATOR),
    _seal(INTEGRATOR, KeyKind.EC_P384, S3, "integrator-ec"),
)
_DAY: Final = timedelta(days=1)
WRONG: Final = (
    Plan("expired", ARDIC, S2, Text("süresi dolmuş", "expired"), begin=-1125 * _DAY, end=-30 * _DAY),
    Plan("not-yet-valid", ARDIC, S2, Text("henüz geçerli değil", "not valid yet"), begin=30 * _DAY),
    Plan("revoked", ARDIC, S2, Text("iptal edilmiş", "revoked"), revoked=(-10 * _DAY, "keyCompromise")),
    Plan("suspended", ARDIC, S2, Text("askıya alınmış", "suspended"), revoked=(-5 * _DAY, "certificateHold")),
    Plan("tls-server", ARDIC, S2, Text("TLS sunucu sertifikası", "for a TLS server"), profile=TLS_SERVER),
    Plan("encryption-only", ARDIC, S2, Text("yalnız şifreleme için", "for encryption only"), profile=ENCRYPTION),
    Plan("weak-rsa1024", ARDIC, S2, Text("zayıf anahtar: RSA-1024", "weak key: RSA-1024"), KeyKind.RSA_1024),
    Plan("no-tax-id", ARDIC._replace(tax_id=None), S2, Text("VKN/TCKN'si yok", "names no VKN or TCKN")),
    Plan("expired-issuer", ARDIC, "expired-issuer-s1", Text("vereninin süresi dolmuş", "its issuer has expired")),
    Plan("revoked-issuer", ARDIC, "revoked-issuer-s0", Text("vereni iptal edilmiş", "its issuer is revoked")),
    Plan(
        "issued-by-a-firm",
        ARDIC,
        "kargo",
        Text("verenin sertifika verme yetkisi yok", "its issuer may not issue certificates"),
    ),
)
PRETENDER: Final = Plan(
    "pretender",
    ARDIC,
    S2,
    Text("aynı adlı, güvenilmeyen başka bir kökten", "from another, untrusted root of the same names"),
)
