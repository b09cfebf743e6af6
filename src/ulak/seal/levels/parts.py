"""The parts of a XAdES seal, and the seal of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ulak.errors import Text
from ulak.seal.errors import error_of
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.names import ds, xades

__all__ = ["Parts", "children", "only_seal"]

_NAME: Final = re.compile(r"[\w.\-]+")
_OBJECT: Final = ds("Object")
_QUALIFYING: Final = xades("QualifyingProperties")
_UNSIGNED: Final = xades("UnsignedProperties")
_UNSIGNED_SIGNATURE: Final = xades("UnsignedSignatureProperties")


def only_seal(root: etree._Element) -> etree._Element:
    """The one seal of a document; counter-signatures, which are parts of a seal, do not count.

    Raises:
        LevelFailure: ``level.no-seal`` or ``level.several-seals``.
    """
    counter = xades("CounterSignature")
    found = [each for each in root.iter(ds("Signature")) if next(each.iterancestors(counter), None) is None]
    if not found:
        raise error_of(LevelFailure, PROBLEMS, "level.no-seal")
    if len(found) > 1:
        raise error_of(LevelFailure, PROBLEMS, "level.several-seals", count=len(found))
    return found[0]


def children(element: etree._Element | None, tag: str | None = None) -> list[etree._Element]:
    """The child elements, of one name or of any; none of a missing element."""
    if element is None:
        return []
    return [each for each in element if isinstance(each.tag, str) and (tag is None or each.tag == tag)]


@dataclass(frozen=True, slots=True)
class Parts:
    """A ``ds:Signature`` taken apart.

    Attributes:
        qualifying: its only ``xades:QualifyingProperties``.
        unsigned: its ``xades:UnsignedProperties``, if it has them.
        holder: the ``xades:UnsignedSignatureProperties`` therein, if there are some.
        properties: what stands in ``holder``, in document order.
    """

    signature: etree._Element
    signed_info: etree._Element
    value: etree._Element
    key_info: etree._Element | None
    objects: tuple[etree._Element, ...]
    qualifying: etree._Element
    unsigned: etree._Element | None
    holder: etree._Element | None
    properties: tuple[etree._Element, ...]

    @classmethod
    def of(cls, signature: etree._Element) -> Parts:
        """Take a signature apart; raises LevelFailure ``level.not-xades`` if a part is missing or there twice."""
        objects = tuple(children(signature, _OBJECT))
        qualifying = [each for holder in objects for each in children(holder, _QUALIFYING)]
        if len(qualifying) != 1:
            raise _not_xades(f"xades:QualifyingProperties × {len(qualifying)}")
        unsigned = _at_most_one(qualifying[0], _UNSIGNED)
        holder = None if unsigned is None else _at_most_one(unsigned, _UNSIGNED_SIGNATURE)
        return cls(
            signature,
            _one(signature, ds("SignedInfo")),
            _one(signature, ds("SignatureValue")),
            _at_most_one(signature, ds("KeyInfo")),
            objects,
            qualifying[0],
            unsigned,
            holder,
            tuple(children(holder)),
        )

    @property
    def id(self) -> str:
        """The signature's Id; raises LevelFailure ``level.not-xades`` if it has none, which XAdES demands (6.3.1)."""
        found = self.signature.get("Id", "")
        if not _NAME.fullmatch(found):
            raise _not_xades("ds:Signature/@Id")
        return found

    @property
    def other_objects(self) -> list[etree._Element]:
        """The ``ds:Object`` elements but the one with the qualifying properties."""
        return [each for each in self.objects if each is not self.qualifying.getparent()]


def _one(parent: etree._Element, tag: str) -> etree._Element:
    found = children(parent, tag)
    if len(found) != 1:
        raise _not_xades(f"{etree.QName(tag).localname} × {len(found)}")
    return found[0]


def _at_most_one(parent: etree._Element, tag: str) -> etree._Element | None:
    return _one(parent, tag) if children(parent, tag) else None


def _not_xades(what: str) -> LevelFailure:
    return error_of(LevelFailure, PROBLEMS, "level.not-xades", what=Text(what, what))
