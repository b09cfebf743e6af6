"""What each kind of time stamp covers, as the bytes that its digest is made of.

Source: ETSI TS 101 903 V1.4.2: 7.3 (SignatureTimeStamp), 7.5.1.1 (SigAndRefsTimeStamp), 7.5.2.1 (RefsOnlyTimeStamp),
8.2.1 (ArchiveTimeStamp of 1.4.1); V1.3.2, 7.7.1 (ArchiveTimeStamp of 1.3.2); all in the "not distributed" case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from hashlib import new
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.algorithms import Digest, digest_named
from ulak.seal.canonical import METHODS, canonical_document, canonical_element
from ulak.seal.errors import error_of
from ulak.seal.levels.parts import Parts, children
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.levels.values import decoded
from ulak.seal.names import C14N, C14N_COMMENTS, EC, ENVELOPED, EXC_C14N, EXC_C14N_COMMENTS, ds, xades, xades141
from ulak.seal.octets import Octets, Streamed
from ulak.spans import Edit, edited, spans_of
from ulak.xml import XmlError

__all__ = [
    "KINDS",
    "STANDARD",
    "Kind",
    "Method",
    "covered",
    "digest_of",
    "method_in",
    "referenced",
    "unchanged_content",
]


class Kind(Enum):
    """A container of time stamps; the value is its Clark name."""

    SIGNATURE = xades("SignatureTimeStamp")
    SIG_AND_REFS = xades("SigAndRefsTimeStamp")
    REFS_ONLY = xades("RefsOnlyTimeStamp")
    ARCHIVE = xades141("ArchiveTimeStamp")
    OLD_ARCHIVE = xades("ArchiveTimeStamp")
    """Of XAdES 1.3.2; the schemas of UBL 2.1, and so GİB's, know no other."""

    @property
    def covers_everything(self) -> bool:
        """Whether it covers the document and all properties before it."""
        return self in (Kind.ARCHIVE, Kind.OLD_ARCHIVE)


KINDS: Final = {kind.value: kind for kind in Kind}


class Method(NamedTuple):
    """How to canonicalise, with the ``InclusiveNamespaces`` of an exclusive method."""

    uri: str
    prefixes: tuple[str, ...] = ()

    def __call__(self, element: etree._Element) -> bytes:
        try:
            return canonical_element(element, self.uri, self.prefixes)
        except (KeyError, ValueError, etree.LxmlError):
            raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what=self.uri) from None

    @property
    def without_comments(self) -> Method:
        """The same as references of XML Signature to their own document want it (4.4.3.3)."""
        return Method(_NO_COMMENTS.get(self.uri, self.uri), self.prefixes)


STANDARD: Final = Method(C14N)
"""What holds where nothing is said (TS 101 903, 7.1.4.3), and what Ulak writes."""

_NO_COMMENTS: Final = {C14N_COMMENTS: C14N, EXC_C14N_COMMENTS: EXC_C14N}
_REFS: Final = frozenset(
    xades(name)
    for name in (
        "CompleteCertificateRefs",
        "CompleteRevocationRefs",
        "AttributeCertificateRefs",
        "AttributeRevocationRefs",
    )
)
_MOST_REFERENCES: Final = 8
"""Of a seal; GİB's kinds have two."""
_SIGNATURE_AND_REFS: Final = _REFS | {Kind.SIGNATURE.value}


def method_in(holder: etree._Element, tag: str) -> Method:
    """The canonicalisation that a child of ``holder`` names; `STANDARD` if there is none.

    Raises:
        LevelFailure: ``level.not-xades`` for methods that Ulak does not know.
    """
    found = children(holder, tag)
    return _method(found[0]) if found else STANDARD


def _method(element: etree._Element) -> Method:
    uri = element.get("Algorithm", "")
    if uri not in METHODS:
        raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what=uri)
    lists = children(element, f"{{{EC}}}InclusiveNamespaces")
    return Method(uri, tuple(name for each in lists for name in each.get("PrefixList", "").split()))


def covered(
    kind: Kind,
    parts: Parts,
    before: Iterable[etree._Element],
    method: Method | Callable[[etree._Element], bytes],
    content: Iterable[Octets],
) -> Iterator[Octets]:
    """The pieces that a time stamp's digest is made of, in order.

    Args:
        before: the unsigned properties that stand before the time stamp.
        method: makes the canonical form of an element.
        content: what the seal's references give, in their order (`referenced`); asked for by archive time stamps only.
    """
    if kind.covers_everything:
        yield from content
        yield method(parts.signed_info)
    if kind is not Kind.REFS_ONLY:
        yield method(parts.value)
    if kind.covers_everything:
        if parts.key_info is not None:
            yield method(parts.key_info)
        yield from (method(each) for each in before)
        yield from (method(each) for each in _objects(kind, parts))
    elif kind is not Kind.SIGNATURE:
        names = _REFS if kind is Kind.REFS_ONLY else _SIGNATURE_AND_REFS
        yield from (method(each) for each in before if each.tag in names)


def _objects(kind: Kind, parts: Parts) -> list[etree._Element]:
    if kind is Kind.ARCHIVE:
        return parts.other_objects
    named = {each.get("URI") for each in children(parts.signed_info, ds("Reference"))}
    return [each for each in parts.other_objects if f"#{each.get('Id')}" not in named]


def digest_of(pieces: Iterable[Octets], digest: Digest) -> bytes:
    """The digest of pieces put one behind another."""
    made = None
    for piece in pieces:
        if made is None and not isinstance(piece, bytes):
            made = piece.hashed(digest)
            continue
        made = made or new(digest.name)
        for part in (piece,) if isinstance(piece, bytes) else piece:
            made.update(part)
    return (made or new(digest.name)).digest()


def referenced(
    parts: Parts, method: Method = STANDARD, whole: Streamed | None = None
) -> Iterator[tuple[etree._Element, Octets]]:
    """What each ``ds:Reference`` of the seal gives: the reference and its octets.

    Args:
        method: how node sets become octets where the reference itself does not say.
        whole: the document, where the seal stands in no more than its frame.

    Raises:
        LevelFailure: ``level.reference-unknown`` for references that a seal of GİB's kinds does not have;
            ``level.not-xades``.
    """
    references = children(parts.signed_info, ds("Reference"))
    if len(references) > _MOST_REFERENCES:
        raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what=f"ds:Reference × {len(references)}")
    for reference in references:
        yield reference, _octets(reference, parts.signature, method, whole)


def unchanged_content(parts: Parts, whole: Streamed | None = None) -> tuple[Octets, ...]:
    """What the seal's references give, in their order, in the `STANDARD` form; ``whole`` as of `referenced`.

    Raises:
        LevelFailure: ``level.changed`` if it is not what was sealed; those of `referenced`.
    """
    pieces = []
    for reference, octets in referenced(parts, whole=whole):
        method = next(iter(children(reference, ds("DigestMethod"))), None)
        uri = "" if method is None else method.get("Algorithm", "")
        digest = digest_named(uri)
        if digest is None:
            raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what=uri or "ds:DigestMethod")
        values = children(reference, ds("DigestValue"))
        if len(values) != 1 or decoded(values[0]) != digest_of((octets,), digest):
            raise error_of(LevelFailure, PROBLEMS, "level.changed", uri=f'"{reference.get("URI", "")}"')
        pieces.append(octets)
    return tuple(pieces)


def _octets(reference: etree._Element, signature: etree._Element, method: Method, whole: Streamed | None) -> Octets:
    uri = reference.get("URI")
    transforms = [each for holder in children(reference, ds("Transforms")) for each in children(holder)]
    enveloped = bool(transforms) and transforms[0].get("Algorithm") == ENVELOPED
    rest = transforms[1:] if enveloped else transforms
    if uri is None or len(rest) > 1 or enveloped is not (uri == ""):
        raise _unknown(uri)
    chosen = (_method(rest[0]) if rest else method).without_comments
    if not enveloped:
        return chosen(_inside(signature, uri))
    if whole is None:
        return _document(signature, chosen)
    if chosen.uri != C14N:
        raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what=chosen.uri)
    return whole


def _inside(signature: etree._Element, uri: str) -> etree._Element:
    found = [each for each in signature.iter("*") if uri.startswith("#") and each.get("Id") == uri[1:]]
    if len(found) != 1:
        raise _unknown(uri)
    return found[0]


def _document(signature: etree._Element, method: Method) -> bytes:
    """The canonical document but the signature.

    The signature is cut out of the canonical bytes: taking it out of the tree and putting it back would let lxml rename
    prefixes.
    """
    root = signature.getroottree().getroot()
    whole = _whole(root, method)
    path = _path(signature)
    same = [each for each in root.iter(path[-1]) if _path(each) == path]
    try:
        spans = spans_of(whole, [path], until=None if len(same) > 1 else path)
    except XmlError:
        # libxml2 writes a namespace name with & or < in it as it is.
        raise _unknown("") from None
    span = spans[same.index(signature)]
    return edited(whole, [Edit(span.start, span.end, b"")])


def _whole(root: etree._Element, method: Method) -> bytes:
    try:
        return canonical_document(root, is_exclusive=method.uri == EXC_C14N, prefixes=method.prefixes)
    except (KeyError, ValueError, etree.LxmlError):
        raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what=method.uri) from None


def _path(element: etree._Element) -> tuple[str, ...]:
    return tuple(str(each.tag) for each in (*reversed(list(element.iterancestors())), element))


def _unknown(uri: str | None) -> LevelFailure:
    return error_of(LevelFailure, PROBLEMS, "level.reference-unknown", uri="-" if uri is None else uri[:100])
