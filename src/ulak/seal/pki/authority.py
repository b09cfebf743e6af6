"""The whole test PKI in memory: its authorities, its keys, its services' own certificates."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from cryptography import x509

from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.errors import error_of
from ulak.seal.pki import cast, ocsp, profiles, stamping
from ulak.seal.pki.issuer import Issuer, NewSerial, Signer, Validity, certify
from ulak.seal.pki.keymaking import KeyKind, MakeKey, PrivateKey, generate
from ulak.seal.pki.problems import PROBLEMS, PkiError

__all__ = ["LIFE", "URL", "Authority", "Held", "new_authority", "random_serial"]

URL: Final = "http://127.0.0.1:8770"
_MONTH: Final = timedelta(days=30)
LIFE: Final = timedelta(days=3 * 365) - _MONTH
"""KamuSM's mali mühür lives three years; those of the test PKI have lived a month of them when they are made."""
_DECADE: Final = timedelta(days=3653)


class Held(NamedTuple):
    """A key of the test PKI and its certificate.

    Attributes:
        short: how it is asked for, e.g. ``ardic``.
        name: what its file is called, without ``.p12``.
        chain: certificates of its issuers, nearest first, the root last.
        meaning: what it is for.
    """

    short: str
    name: str
    certificate: Certificate
    key: PrivateKey
    chain: tuple[Certificate, ...]
    meaning: Text


@dataclass
class Authority:
    """A test PKI.

    Attributes:
        url: where it publishes lists and certificates and answers.
        made_at: when it was made.
        issuers: its authorities by name, each after its parent.
        keys: what it issued to firms and persons, by their short names.
        stamper: certificate and key of the time stamp authority.
        integrator: the VKN whose seal is accepted on others' documents.
        pretender: certificates of an authority nobody trusts, of the same names.
        lasts_until: when the last key of a firm or person ends.
    """

    url: str
    made_at: datetime
    stamper: Signer
    integrator: str
    lasts_until: datetime
    issuers: dict[str, Issuer] = field(default_factory=dict)
    keys: dict[str, Held] = field(default_factory=dict)
    pretender: tuple[Certificate, ...] = ()

    @property
    def roots(self) -> tuple[Certificate, ...]:
        return tuple(issuer.certificate for issuer in self.issuers.values() if not issuer.parent)

    @property
    def intermediates(self) -> tuple[Certificate, ...]:
        return tuple(issuer.certificate for issuer in self.issuers.values() if issuer.parent)

    @property
    def lists_until(self) -> datetime:
        """How long revocation lists are good: as long as time stamps can prove that a seal is older than an end."""
        return max(self.lasts_until, self.stamper.certificate.not_after)

    def crl(self, issuer: str, at: datetime, until: datetime | None = None) -> bytes:
        """The revocation list of one authority (DER).

        Args:
            issuer: its name.
            at: the moment it speaks of.
            until: its next update; by default `lists_until`.
        """
        return self.issuers[issuer].crl(at, until or self.lists_until)

    def ocsp(self, request: bytes, at: datetime) -> bytes:
        """The OCSP response of a moment to a request (both DER)."""
        return ocsp.answer(self.issuers.values(), request, at)

    def stamp(self, request: bytes, at: datetime) -> bytes:
        """The time stamp response of a moment to a request (both DER)."""
        return stamping.stamp(request, self.stamper, self.stamper_chain, at)

    @property
    def stamper_chain(self) -> tuple[Certificate, ...]:
        """Certificates of the time stamp authority's issuers, without the root."""
        return self.issuer_of(self.stamper.certificate).chain[:-1]

    def find_issuer(self, certificate: Certificate) -> Issuer | None:
        """Which of the authorities issued a certificate, if any did."""
        for issuer in self.issuers.values():
            if certificate.serial in issuer.issued and issuer.certificate.subject == certificate.issuer:
                return issuer
        return None

    def issuer_of(self, certificate: Certificate) -> Issuer:
        """The same, where one must have; raises PkiError ``pki.unknown-certificate``."""
        if issuer := self.find_issuer(certificate):
            return issuer
        raise error_of(PkiError, PROBLEMS, "pki.unknown-certificate", given=certificate.subject)

    def revoke(self, certificate: Certificate, at: datetime, reason: str = "unspecified") -> Issuer:
        """Revoke one of its certificates (`Issuer.revoke`); returns the authority whose list has changed."""
        issuer = self.issuer_of(certificate)
        issuer.revoke(certificate.serial, at, reason)
        return issuer


def random_serial() -> int:
    """56 random bits, as long as KamuSM's."""
    return secrets.randbits(55) | 1 << 55


def new_authority(
    at: datetime,
    url: str = URL,
    *,
    make_key: MakeKey = generate,
    new_serial: NewSerial = random_serial,
    life: timedelta = LIFE,
    more: Iterable[cast.Plan] = (),
) -> Authority:
    """A new test PKI.

    Args:
        at: the moment it is made; all times follow from it.
        url: where it will be served.
        make_key: where private keys come from.
        new_serial: where serial numbers come from; they must differ.
        life: how long from then on the keys of firms and persons are good.
        more: keys to make besides the usual ones (`cast.firm_plan`, `cast.person_plan`).

    Raises:
        PkiError: ``pki.twice`` if two keys would have the same name.
    """
    maker = _Maker(at.replace(microsecond=0), url.rstrip("/"), make_key, new_serial, life)
    return maker.make([*cast.GOOD, *more, *cast.WRONG])


class _Maker(NamedTuple):
    at: datetime
    url: str
    make_key: MakeKey
    new_serial: NewSerial
    life: timedelta

    def make(self, plans: list[cast.Plan]) -> Authority:
        issuers: dict[str, Issuer] = {}
        for part in cast.ISSUERS:
            issuers[part.name] = self._issuer(part, issuers)
        stamper = self._service(issuers["zaman-damgasi-s1"], "Zaman Damgası Sunucusu", profiles.TIME_STAMPING)
        made = Authority(self.url, self.at, stamper, cast.INTEGRATOR.tax_id or "", self.at, issuers)
        for plan in plans:
            self._hold(made, plan, issuers)
        self._pretend(made)
        made.lasts_until = max(held.certificate.not_after for held in made.keys.values())
        return made

    def _issuer(self, part: cast.Part, above: dict[str, Issuer], like: Issuer | None = None) -> Issuer:
        """An authority; one that pretends to be another (``like``) copies its key identifier."""
        key = self.make_key(part.kind)
        copied = [(_identifier(like), False)] if like else []
        name = profiles.authority_name(part.title, long=part.kind is KeyKind.EC_P384)
        begin, end = self.at - _DECADE, self.at + _DECADE
        if not part.parent:
            validity = Validity(begin - _DECADE, end + _DECADE)
            said = [*profiles.extensions(profiles.ROOT, None), *copied]
            return Issuer(part.name, Signer(certify(name, key, None, said, validity, self.new_serial()), key))
        parent = above[part.parent]
        validity = Validity(begin, self.at - _MONTH / 3 if part.trouble == "expired" else end)
        made = self._issue(parent, name, key, profiles.AUTHORITY, validity, copied)
        if part.trouble == "revoked":
            parent.revoke(made.serial, self.at - _MONTH / 3, "cACompromise")
        issuer = Issuer(part.name, Signer(made, key), parent)
        issuer.responder = self._service(issuer, "OCSP Sunucusu", profiles.OCSP_RESPONDER)
        return issuer

    def _service(self, issuer: Issuer, title: str, profile: profiles.Profile) -> Signer:
        key = self.make_key(KeyKind.RSA_2048)
        validity = Validity(self.at - _MONTH, issuer.certificate.not_after)
        if profile is profiles.TIME_STAMPING:
            validity = Validity(self.at - _DECADE, issuer.certificate.not_after)
        return Signer(self._issue(issuer, profiles.authority_name(title), key, profile, validity), key)

    def _issue(
        self,
        issuer: Issuer,
        subject: x509.Name,
        key: PrivateKey,
        profile: profiles.Profile,
        validity: Validity,
        more: Sequence[tuple[x509.ExtensionType, bool]] = (),
    ) -> Certificate:
        return issuer.issue(subject, key, profile, validity, serial=self.new_serial(), url=self.url, more=more)

    def _hold(self, made: Authority, plan: cast.Plan, issuers: dict[str, Issuer]) -> None:
        issuer = issuers.get(plan.issuer) or _powerless(made, made.keys[plan.issuer])
        held = self._held(plan, issuer)
        if held.name in {other.name for other in made.keys.values()}:
            raise error_of(PkiError, PROBLEMS, "pki.twice", name=held.name)
        made.keys[plan.short if plan.short not in made.keys else held.name] = held
        if plan.revoked:
            since, reason = plan.revoked
            issuer.revoke(held.certificate.serial, self.at + since, reason)

    def _held(self, plan: cast.Plan, issuer: Issuer) -> Held:
        key = self.make_key(plan.kind)
        owner = plan.owner
        begin = self.at + (-_MONTH if plan.begin is None else plan.begin)
        validity = Validity(begin, max(begin, self.at) + self.life if plan.end is None else self.at + plan.end)
        subject = profiles.holder_name(owner.name, owner.tax_id, country=plan.profile is profiles.E_IMZA)
        certificate = self._issue(issuer, subject, key, plan.profile, validity)
        name = f"{plan.short}-{owner.tax_id}" if owner.tax_id else plan.short
        return Held(plan.short, name, certificate, key, issuer.chain, plan.meaning)

    def _pretend(self, made: Authority) -> None:
        """Root, issuer and key of the same names and key identifiers as the true ones, all with other keys."""
        issuers: dict[str, Issuer] = {}
        for part in cast.ISSUERS:
            if part.name in ("test-root-rsa", cast.S2):
                issuers[part.name] = self._issuer(part, issuers, made.issuers[part.name])
        self._hold(made, cast.PRETENDER, issuers)
        made.pretender = made.keys[cast.PRETENDER.short].chain


def _powerless(made: Authority, held: Held) -> Issuer:
    """A firm that issues a certificate although it is no authority."""
    return Issuer(held.short, Signer(held.certificate, held.key), made.issuer_of(held.certificate))


def _identifier(issuer: Issuer) -> x509.SubjectKeyIdentifier:
    return issuer.certificate.x509.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
