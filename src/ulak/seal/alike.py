"""Drafts of Ulak's sealed from their markup and their texts, without a tree.

Canonical XML changes nothing in the text of a leaf that holds neither markup, references nor control characters. So
where a document is canonical, each document of the same markup is, whatever its texts say: libxml2 is asked once for a
markup (`ulak.seal.drafts` asks for each document), and so is where number, seal and announcement stand in it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.announcement import announcement_leaves
from ulak.seal.canonical import canonical_document
from ulak.seal.certificates import Certificate
from ulak.seal.drafts import DECLARATION, HOLE, OPEN, Enclosed, emptied, finished
from ulak.seal.insertion import ETTN, PLACEHOLDER, is_draft
from ulak.seal.places import CBC
from ulak.seal.sealing import ROLE, Prepared, refuse_unfit
from ulak.seal.verdicts import Trusted
from ulak.seal.xades import Scope
from ulak.xml import XmlError, parse

__all__ = ["Alike", "Filled", "alike"]

_LARGEST: Final = 32 * 1024
"""Bytes of a markup from which on it is not remembered."""
_MOST: Final = 128
_GLIMPSES: Final = 4096
_THOROUGHLY: Final = 1 << 30
"""Said to be the size of a document, so that libxml2's own canonical writer is asked."""
_VKN: Final = 10
_NUMBER, _UUID = CBC + "ID", CBC + "UUID"


class Filled(NamedTuple):
    """A draft that is numbered and names who seals it.

    Attributes:
        data: its canonical form, the place of the seal empty.
        texts: those of its leaves, in the places of the markup's marks.
    """

    data: bytes
    of: Alike
    id: str
    texts: Sequence[bytes]

    def prepared(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        trusted: Trusted | None = None,
        enclosed: Enclosed = Enclosed(),  # noqa: B008
        role: str = ROLE,
    ) -> Prepared | None:
        """Do what `ulak.seal.drafts.prepare_draft` does; None where what is enclosed has no place of its own.

        Raises:
            SealingError: ``seal.*`` of the certificate.
        """
        refuse_unfit(certificate, at, trusted)
        hole, ahead = self.of.hole, self.of.hole
        if enclosed.data:
            # No text holds a “<”: what is markup stands as often as in the markup.
            ahead = self.data.find(enclosed.ahead) if self.of.count(enclosed.ahead) == 1 else -1
            if ahead < hole:
                return None
        after = (self.data[hole:ahead], enclosed.data, self.data[ahead:])
        return finished(self.data[:hole], after, certificate, scope=self.of.scope, at=at, id=self.id, role=role)


class Alike:
    """What documents of one markup have in common.

    Attributes:
        markup: all but the texts.
        hole: the offset of the seal in the canonical form; no text stands before it.
        scope: what is in force there.
    """

    def __init__(self, markup: bytes, leaves: Mapping[str, int], scheme: bytes, scope: Scope) -> None:
        self._pieces = _without_placeholder(markup).split(b"\0")
        self.markup, self._leaves, self._scheme = markup, leaves, scheme
        self._counts: dict[bytes, int] = {}
        self.hole, self.scope = self._pieces[0].find(OPEN) + HOLE, scope

    def count(self, ahead: bytes) -> int:
        """How often markup stands in the documents."""
        if ahead not in self._counts:
            self._counts[ahead] = sum(piece.count(ahead) for piece in self._pieces)
        return self._counts[ahead]

    def filled(self, texts: Sequence[bytes], tax_id: str, number: str = "") -> Filled | None:
        """A document of these texts, numbered and announced.

        Args:
            tax_id: VKN or TCKN of whoever seals.
            number: in place of the placeholder of its series and year; empty: it has its number.

        Returns:
            None for what `ulak.seal.drafts` or its caller has to look at: no placeholder stands there, the announcement
            says something else.
        """
        own, leaves = list(texts), self._leaves
        mine, id = tax_id.encode(), own[leaves["uuid"]]
        if number:
            if own[leaves["number"]] != number[:7].encode() + b"0" * 9:
                return None
            own[leaves["number"]] = number.encode()
        if own[leaves["id"]] != mine or own[leaves["signatory"]] != mine:
            if self._scheme != (b"VKN" if len(tax_id) == _VKN else b"TCKN"):
                return None
            own[leaves["id"]] = own[leaves["signatory"]] = mine
        if own[leaves["uri"]] != b"#Signature_" + id or not ETTN.fullmatch(id):
            return None
        woven = [b""] * (2 * len(own) + 1)
        woven[::2], woven[1::2] = self._pieces, own
        return Filled(b"".join(woven), self, id.decode(), own)


_KNOWN: Final[OrderedDict[bytes, Alike | None]] = OrderedDict()
_GLIMPSED: Final[dict[int, None]] = {}
_LOCK: Final = threading.Lock()


def alike(markup: bytes, count: int) -> Alike | None:
    """What documents of a markup have in common, worked out when it is seen for the second time.

    Args:
        markup: of a draft; all but the texts of its leaves, a NUL in the place of each. These texts hold neither ``<``,
            ``>`` and ``&`` nor control characters, and begin with no blank.
        count: how many texts.

    Returns:
        None for what is seen for the first time, and for what is no ordinary draft.
    """
    with _LOCK:
        if markup in _KNOWN:
            _KNOWN.move_to_end(markup)
        elif len(markup) > _LARGEST or not _is_seen_again(markup):
            return None
        else:
            _KNOWN[markup] = _read(markup, count)
            if len(_KNOWN) > _MOST:
                _KNOWN.popitem(last=False)
        return _KNOWN[markup]


def _is_seen_again(markup: bytes) -> bool:
    glimpse = hash(markup)
    if glimpse in _GLIMPSED:
        return True
    if len(_GLIMPSED) >= _GLIMPSES:
        _GLIMPSED.clear()
    _GLIMPSED[glimpse] = None
    return False


def _read(markup: bytes, count: int) -> Alike | None:
    """Take a markup apart; None if documents of it need be looked at one by one."""
    marks = [b"t%d" % at for at in range(count)]
    pieces = markup.split(b"\0")
    if len(pieces) != count + 1 or not is_draft(markup) or PLACEHOLDER not in pieces[0]:
        return None
    example = b"".join(piece + mark for piece, mark in zip(pieces, [*marks, b""], strict=True))
    try:
        root = parse(example)
        holder = emptied(root)
        if holder is None or canonical_document(root, _THOROUGHLY) != _without_placeholder(example):
            return None
    except (XmlError, etree.C14NError):
        return None
    found = {"number": root.find(_NUMBER), "uuid": root.find(_UUID), **announcement_leaves(root)}
    places = {name: _place(leaf, count) for name, leaf in found.items()}
    leaves = {name: place for name, place in places.items() if place is not None}
    if leaves.keys() != _LEAVES:
        return None
    scheme = found["signatory"]
    assert scheme is not None
    return Alike(markup, leaves, (scheme.get("schemeID") or "").encode(), Scope.below(holder))


_LEAVES: Final = {"number", "uuid", "id", "signatory", "uri"}


def _place(leaf: etree._Element | None, count: int) -> int | None:
    text = "" if leaf is None or len(leaf) else leaf.text or ""
    return next((at for at in range(count) if text == f"t{at}"), None)


def _without_placeholder(draft: bytes) -> bytes:
    """The draft as its canonical form is, if it has one."""
    return draft.removeprefix(DECLARATION.rstrip()).strip().replace(PLACEHOLDER, OPEN, 1)
