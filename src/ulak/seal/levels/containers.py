"""The time-stamp containers of a seal, and the tokens in them (TS 101 903 V1.4.2, 7.1.4)."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.seal.errors import error_of
from ulak.seal.levels.imprints import KINDS, Kind
from ulak.seal.levels.parts import Parts, children
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.levels.values import decoded
from ulak.seal.names import ds, xades

__all__ = ["MOST", "Container", "containers", "tokens_in"]

MOST: Final = 32
"""Containers in one seal; each archive time stamp costs a digest of the whole document."""
MOST_PROPERTIES: Final = 256
"""Unsigned properties in one seal; each archive time stamp costs a canonical form of all of them."""
MOST_TOKENS: Final = 8
"""Tokens in one container: time stamps of several authorities over the same."""
_TOKEN: Final = xades("EncapsulatedTimeStamp")
_EXPECTED: Final = frozenset({ds("CanonicalizationMethod"), _TOKEN})
_DER: Final = "http://uri.etsi.org/01903/v1.2.2#DER"


class Container(NamedTuple):
    """A container where it stands.

    Attributes:
        position: among the unsigned properties; it covers what stands before it.
    """

    kind: Kind
    element: etree._Element
    position: int

    @property
    def name(self) -> Text:
        """What a person finds it by in the document."""
        name, id = etree.QName(self.element).localname, self.element.get("Id")
        said = f"{name} ({id[:100]})" if id else name
        return Text(said, said)


def containers(parts: Parts) -> list[Container]:
    """All of them in document order; raises LevelFailure ``timestamp.too-many``."""
    found = [
        Container(KINDS[str(each.tag)], each, position)
        for position, each in enumerate(parts.properties)
        if each.tag in KINDS
    ]
    for count, limit in ((len(found), MOST), (len(parts.properties), MOST_PROPERTIES)):
        if count > limit:
            raise error_of(LevelFailure, PROBLEMS, "timestamp.too-many", count=count, limit=limit)
    return found


def tokens_in(container: Container) -> list[bytes]:
    """The tokens (DER) of a container.

    Raises:
        LevelFailure: ``timestamp.unknown-shape`` for what is no RFC 3161 token over the implied data: ``Include``,
            ``ReferenceInfo``, ``XMLTimeStamp``, other encodings, none at all; ``level.broken-base64``.
    """
    held = children(container.element)
    odd = [str(each.tag) for each in held if each.tag not in _EXPECTED]
    odd += [each.get("Encoding", "") for each in held if each.get("Encoding", _DER) != _DER]
    tokens = [each for each in held if each.tag == _TOKEN]
    if odd or not tokens or len(tokens) > MOST_TOKENS:
        what = odd[0][:100] if odd else f"xades:EncapsulatedTimeStamp × {len(tokens)}"
        raise error_of(LevelFailure, PROBLEMS, "timestamp.unknown-shape", element=container.name, what=what)
    return [decoded(each) for each in tokens]
