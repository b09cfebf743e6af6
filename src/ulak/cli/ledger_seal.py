"""``ulak ledger seal``: books, berats and reports sealed under their own names; how other commands seal theirs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from ulak.cli.errors import Exit
from ulak.cli.inputs import InputError, Source, read, shown
from ulak.cli.outputs import mode_of
from ulak.cli.page import clean
from ulak.cli.sealing import SealWish, keyless, stamper_of, trusting, wish_or_none
from ulak.cli.secrets import key_at
from ulak.cli.session import Session
from ulak.cli.trusting import trust_of
from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.names import FileName
from ulak.seal.keys.port import SealingKey
from ulak.seal.large import seal_book, verify_large
from ulak.seal.verdicts import Indication
from ulak.seal.xades import ISTANBUL

__all__ = [
    "Seal",
    "Sealer",
    "folder_for",
    "put_aside",
    "refuse_changed",
    "refuse_there",
    "seal_documents",
    "sealer_of",
    "unwritable",
    "written",
]

_UNSTAMPED: Final = Text(
    "Mühürlerde zaman damgası yok (--tsa verilmedi). Elektronik Defter Genel Tebliği zaman damgalı mühür ister.",
    "The seals have no time stamp (no --tsa was given). The communiqué on electronic ledgers asks for stamped seals.",
)
_SEALED: Final = Text("mühürlendi", "sealed")
_NOT_MADE: Final = Text("{folder} yapılamadı: {detail}", "{folder} could not be made: {detail}")
_NOT_WRITTEN: Final = Text("{folder} klasörüne yazılamadı: {detail}", "Nothing could be written to {folder}: {detail}")
_OTHER_FOLDER: Final = Text("Başka bir klasör verin ya da yer açın.", "Name another folder, or make room.")


Seal = Callable[[BinaryIO, BinaryIO], None]
"""Seals a document: from a source to a target."""


class Sealer(NamedTuple):
    """How to seal."""

    wish: SealWish

    @contextmanager
    def opened(self, session: Session) -> Iterator[Seal]:
        """What seals documents, as long as the key is open."""
        if self.wish.tsa is None:
            session.tell(session.say(_UNSTAMPED) + "\n")
        with closing(key_at(session, self.wish.key, self.wish.certificate)) as key:
            yield self._seal_with(key)

    def _seal_with(self, key: SealingKey) -> Seal:
        now = datetime.now(ISTANBUL)
        trust, trusted = trusting(key, self.wish, now)
        stamper = stamper_of(self.wish, trust)

        def seal(source: BinaryIO, target: BinaryIO) -> None:
            # Not told that it is canonical, which ours is: so its canonical form is made by other code than wrote it.
            seal_book(source, target, key, at=datetime.now(ISTANBUL), trusted=trusted, stamper=stamper)

        return seal


def sealer_of(
    key: str | None, certificate: str | None, trust: str | None, tsa: str | None, online: bool
) -> Sealer | None:
    """What the options ask for: XAdES-T with a time-stamp authority, else XAdES-BES; None without a key.

    Raises:
        UlakError: ``cli.usage``.
    """
    wish = wish_or_none(key, certificate, trust, tsa, online, "t" if tsa else "bes")
    return None if wish is None else Sealer(wish)


def seal_documents(session: Session, names: Sequence[str], sealer: Sealer | None, output: str | None) -> Exit:
    """Seal documents under their own names, which are part of GİB's rules: in their place, or in another folder."""
    if sealer is None:
        raise keyless()
    for name in names:
        read(Source(shown(name), name), 0)
        FileName.parse(os.path.basename(name))
    with sealer.opened(session) as seal:
        for name in names:
            path = folder_for(name, output) / os.path.basename(name)
            with open(name, "rb") as source, put_aside(path) as target:
                seal(source, target)
            written(session, path, _SEALED)
    return Exit.OK


def refuse_changed(name: str) -> None:
    """Refuse a document whose seal does not hold: it was changed after it was sealed. Whom to trust is not asked here.

    Raises:
        BeratError: ``berat.changed``.
    """
    with open(name, "rb") as source:
        found = verify_large(source, trust=trust_of(None, online=False), at=datetime.now(ISTANBUL))
    if found.indication is Indication.FAILED:
        raise problem("berat.changed", file=shown(name), why=found.reasons[0].text)


def folder_for(name: str, output: str | None) -> Path:
    """Where what is made of a file is put: the folder that is named, which is made if missing, or its own.

    Raises:
        InputError: ``file.unwritable``.
    """
    folder = Path(output) if output is not None else Path(name).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error, _NOT_MADE) from None
    return folder


@contextmanager
def put_aside(path: Path) -> Iterator[BinaryIO]:
    """A file to be written beside its place, which it takes when the block ends well; nobody ever sees half of it.

    Raises:
        InputError: ``file.unwritable``.
    """
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".ulak-")
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode_of(str(path)))
        os.replace(beside, path)
    except OSError as error:
        raise unwritable(path.parent, error) from None
    finally:
        with suppress(OSError):
            os.unlink(beside)


def written(session: Session, path: Path, said: Text) -> None:
    """Tell of a file that was written."""
    session.put(f"{clean(shown(str(path)))}  {session.say(said)}\n")
    session.flush()


def unwritable(folder: Path, error: OSError, said: Text = _NOT_WRITTEN) -> InputError:
    """The error of a folder that nothing could be written to: ``file.unwritable``."""
    facts = {"folder": shown(str(folder)), "detail": error.strerror or str(error)}
    return InputError("file.unwritable", said.format(**facts), _OTHER_FOLDER, permanent=False)


def refuse_there(folder: Path, files: Iterable[str]) -> None:
    """Refuse to write over documents: a book that was sealed is never made anew in its place.

    Raises:
        BeratError: ``berat.there-already``.
    """
    for file in files:
        if (folder / file).exists():
            raise problem("berat.there-already", file=shown(str(folder / file)))
