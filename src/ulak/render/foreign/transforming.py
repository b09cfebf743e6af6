"""A stranger's stylesheet run over a document: no DTD, nothing loaded, nothing written."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.render.foreign.cleaning import clean
from ulak.render.foreign.values import Answer, Limits, Shown
from ulak.render.problems import problem
from ulak.xml import parse

__all__ = ["DENY_ALL", "answered"]

DENY_ALL: Final[Any] = getattr(etree.XSLTAccessControl, "DENY_ALL")  # noqa: B009 - the stubs do not know it
_DENIED = "denied"
_LONGEST_REASON = 300


class _Nothing(etree.Resolver):
    """Access control does not stop ``xsl:import``; this does."""

    def resolve(self, *_asked: object) -> NoReturn:
        raise PermissionError(_DENIED)


def answered(document: bytes, stylesheet: bytes, limits: Limits) -> Answer:
    """The page that the stylesheet makes, or the problem that kept it from making one."""
    try:
        return Answer(_shown(_run(document, stylesheet), limits))
    except UlakError as error:
        return _told(error)
    except MemoryError:
        return _told(problem("render.memory", limit=limits.megabytes))


def _told(error: UlakError) -> Answer:
    return Answer(None, error.code, error.text.tr, error.text.en)


def _run(document: bytes, stylesheet: bytes) -> str:
    try:
        transform = etree.XSLT(_parsed(stylesheet), access_control=DENY_ALL)
    except PermissionError:
        raise problem("render.stylesheet-refused", why=_LOADS) from None
    except etree.LxmlError as error:
        raise problem("render.stylesheet-broken", why=_reason(error)) from None
    try:
        return str(transform(parse(document)))
    except PermissionError:
        raise problem("render.stylesheet-refused", why=_LOADS) from None
    except (etree.LxmlError, UnicodeError, ValueError) as error:
        raise _refused_or_broken(error) from None


_LOADS = Text("başka bir dosya ya da adres okumak", "to read another file or address")
_WRITES = Text("dosya yazmak", "to write a file")
_NEVER_ENDS = Text("sonsuza dek kendini çağırıyor", "it calls itself for ever")


def _parsed(stylesheet: bytes) -> etree._Element:
    # The shared parser finds DTDs and depth; its tree is made anew by one that knows no way to anything else.
    parse(stylesheet)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_Nothing())
    return etree.fromstring(stylesheet, parser)


def _refused_or_broken(error: Exception) -> UlakError:
    said = _reason(error)
    messages = " ".join(entry.message for entry in getattr(error, "error_log", ())) + said
    if "write rights" in messages:
        return problem("render.stylesheet-refused", why=_WRITES)
    if "read rights" in messages or _DENIED in messages:
        return problem("render.stylesheet-refused", why=_LOADS)
    if "infinite template recursion" in messages:
        return problem("render.stylesheet-broken", why=_NEVER_ENDS)
    return problem("render.stylesheet-broken", why=said)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST_REASON]


def _shown(html: str, limits: Limits) -> Shown:
    raw = html.encode("utf-8", "replace")
    if len(raw) > limits.output:
        raise problem("render.output-huge", limit=limits.output)
    body = clean(html)
    if not body.strip():
        raise problem("render.output-empty")
    static = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return Shown(static.encode("utf-8", "replace"), raw if b"<script" in raw.lower() else b"")
