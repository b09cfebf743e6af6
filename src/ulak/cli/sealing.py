"""``ulak seal``: a document in, the sealed document out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast, get_args

from lxml import etree

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.inputs import LARGEST_SEALED, STDIN, Source, is_large, read, shown
from ulak.cli.outputs import write_output
from ulak.cli.secrets import key_at
from ulak.cli.session import Session
from ulak.cli.trusting import trust_of
from ulak.errors import Text, UlakError
from ulak.seal.counter import counter_seal
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Secret, from_file
from ulak.seal.large import LargeError, is_book, large_frame, seal_book, seal_large
from ulak.seal.levels import add_time_stamp, archive
from ulak.seal.sealing import seal
from ulak.seal.trust import Revocation, Trust
from ulak.seal.trust.stamping import Credentials, HttpTimeStamper
from ulak.seal.verdicts import Trusted
from ulak.seal.verify.owners import counter_owners, owners_of
from ulak.seal.xades import ISTANBUL
from ulak.xml import parse

__all__ = ["LEVELS", "SealWish", "keyless", "seal_file", "seal_wish", "stamper_of", "trusting", "wish_or_none"]

Level = Literal["bes", "t", "a"]
LEVELS: Final[tuple[str, ...]] = get_args(Level)

_SEALED: Final = Text("Mühürlendi: {who}, {when}", "Sealed: {who}, {when}")
_FOR_OTHER: Final = Text(
    "Belgeyi düzenleyen {owner}; mühür {signer} adına. Alıcı bunu ancak {signer} onun entegratörü ise kabul eder.",
    "The document is issued by {owner}, the seal is {signer}'s. A receiver takes it only if {signer} is the issuer's "
    "integrator.",
)
_NOT_CUSTOMERS: Final = Text(
    "Hesap {owner} mükellefinin, karşı mühür {signer} adına. GİB yalnız mükellefin kendi karşı mührünü kabul eder.",
    "The account is {owner}'s, the counter-seal {signer}'s. GİB takes the customer's own counter-seal only.",
)
_NO_KEY: Final = Text("Mühürlemek için --key gerekir.", "To seal, --key is needed.")
_NAME_KEY: Final = Text(
    "Anahtarın adresini verin ya da --trust ve --tsa'yı yazmayın.",
    "Give the address of the key, or leave --trust and --tsa out.",
)
_NEEDS: Final = Text("--level {level} için {option} gerekir.", "--level {level} needs {option}.")
_NEEDS_TSA: Final = Text("Zaman damgası sunucusunun adresini verin.", "Give the address of a time-stamp authority.")
_NEEDS_TRUST: Final = Text(
    "Köklerin ve iptal listelerinin durduğu klasörü verin.",
    "Give the folder that holds the roots and revocation lists.",
)


class SealWish(NamedTuple):
    """How to seal.

    Attributes:
        trust: folder of roots by which the key's certificate is judged first; None: it is not judged.
        online: whether CRL and OCSP addresses may be asked.
        counter: whether to seal the seal that is there.
        tsa: address of a time-stamp authority.
    """

    key: str
    certificate: str | None
    trust: str | None
    online: bool
    level: Level
    tsa: str | None
    counter: bool


def seal_wish(
    key: str, certificate: str | None, trust: str | None, online: bool, level: str, tsa: str | None, counter: bool
) -> SealWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``.
    """
    one_of(level, LEVELS, "--level")
    if level != "bes" and tsa is None:
        raise usage(_NEEDS.format(level=level, option="--tsa"), _NEEDS_TSA)
    if level == "a" and trust is None:
        raise usage(_NEEDS.format(level=level, option="--trust"), _NEEDS_TRUST)
    return SealWish(key, certificate, trust, online, cast(Level, level), tsa, counter)


def wish_or_none(
    key: str | None, certificate: str | None, trust: str | None, tsa: str | None, online: bool, level: str
) -> SealWish | None:
    """As `seal_wish` where a key may be left out; None without one.

    Raises:
        UlakError: ``cli.usage``: also if only what goes with a key is given.
    """
    if key is not None:
        return seal_wish(key, certificate, trust, online, level, tsa, counter=False)
    if trust or tsa:
        raise keyless()
    return None


def keyless() -> UlakError:
    """A key is needed, and none is given."""
    return usage(_NO_KEY, _NAME_KEY)


def seal_file(session: Session, name: str, output: str | None, wish: SealWish) -> Exit:
    """Seal one document and write it; what is refused writes nothing."""
    source = Source(shown(name), "" if name == STDIN else name)
    with closing(key_at(session, wish.key, wish.certificate)) as key:
        now = datetime.now(ISTANBUL)
        sealed, root = _streamed(source, key, wish, now) or _held(source, key, wish, now)
        write_output(session, sealed, output)
        owners = counter_owners(root, key.certificate) if wish.counter else owners_of(root)
        _tell(session, key, owners.numbers, now, _NOT_CUSTOMERS if wish.counter else _FOR_OTHER)
    return Exit.OK


def _streamed(source: Source, key: SealingKey, wish: SealWish, now: datetime) -> tuple[bytes, etree._Element] | None:
    """A large report or book, sealed, and its frame; None of what cannot be streamed, or need not."""
    if wish.counter or not is_large(source):
        return None
    trust, trusted = trusting(key, wish, now)
    stamper = stamper_of(wish, trust)
    with open(source.path, "rb") as file, tempfile.TemporaryFile() as target:
        try:
            frame = large_frame(file)
            if is_book(str(frame.tag)):
                judge = trust if wish.level == "a" else None
                seal_book(file, target, key, at=now, trusted=trusted, stamper=stamper, trust=judge)
            elif wish.level == "t":
                return None
            else:
                seal_large(file, target, key, at=now, trusted=trusted, stamper=stamper, trust=trust)
        except LargeError as error:
            if error.code == "large.not-in-pieces":
                return None
            raise
        target.seek(0)
        return target.read(), frame


def _held(source: Source, key: SealingKey, wish: SealWish, now: datetime) -> tuple[bytes, etree._Element]:
    document = read(source, LARGEST_SEALED)
    return _sealed(document, key, wish, now), parse(document, max_bytes=LARGEST_SEALED)


def trusting(key: SealingKey, wish: SealWish, now: datetime) -> tuple[Trust | None, Trusted | None]:
    """The trust that a wish asks for, and what it says of the key's certificate."""
    # What an integrator is audited for: CRL and OCSP both (Denetim Kılavuzu J12, K14).
    proofs = Revocation.BOTH if wish.online else Revocation.OCSP_FIRST
    trust = trust_of(wish.trust, online=wish.online, revocation=proofs) if wish.trust else None
    return trust, trust.judge(key.certificate, at=now, known=key.chain, since=now) if trust else None


def stamper_of(wish: SealWish, trust: Trust | None) -> HttpTimeStamper | None:
    """The time-stamp authority that a wish names."""
    if wish.tsa is None or wish.level == "bes":
        return None
    return HttpTimeStamper(wish.tsa, credentials=_credentials(os.environ), trust=trust)


def _sealed(document: bytes, key: SealingKey, wish: SealWish, now: datetime) -> bytes:
    trust, trusted = trusting(key, wish, now)
    make = counter_seal if wish.counter else seal
    sealed = make(document, key, at=now, trusted=trusted, max_bytes=LARGEST_SEALED)
    stamper = stamper_of(wish, trust)
    if stamper is None:
        return sealed
    if trust is None or wish.level == "t":
        return add_time_stamp(sealed, stamper, max_bytes=LARGEST_SEALED)
    return archive(sealed, stamper=stamper, trust=trust, at=datetime.now(ISTANBUL), max_bytes=LARGEST_SEALED)


def _credentials(environment: Mapping[str, str]) -> Credentials | None:
    """Name and password for the time-stamp authority: ``ULAK_TSA_USER`` and ``ULAK_TSA_PASSWORD`` or ``…_FILE``."""
    user = environment.get("ULAK_TSA_USER")
    if not user:
        return None
    path = environment.get("ULAK_TSA_PASSWORD_FILE")
    return Credentials(user, from_file(Path(path)) if path else Secret(environment.get("ULAK_TSA_PASSWORD", "")))


def _tell(session: Session, key: SealingKey, owners: Sequence[str], now: datetime, doubt: Text) -> None:
    """The document may be on standard output, so this goes to standard error."""
    signer = str(key.certificate.tax_id)
    page = session.error_page()
    who = f"{key.certificate.common_name} ({signer})"
    page.paragraph(session.say(_SEALED.format(who=who, when=now.isoformat(" ", "seconds"))))
    if owners and signer not in owners:
        page.paragraph(session.say(doubt.format(owner=", ".join(owners), signer=signer)), style="yellow")
    session.tell(page)
