"""Canonical forms as WS-Security software uses them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.canonical import canonical_element
from ulak.seal.names import C14N, C14N_COMMENTS, EXC_C14N, EXC_C14N_COMMENTS
from ulak.seal.wssecurity.problems import soap_error
from ulak.xml import parse

__all__ = ["Canonical", "canonical"]

_DEFAULT: Final = "#default"
_COMMENTLESS: Final = {C14N_COMMENTS: C14N, EXC_C14N_COMMENTS: EXC_C14N}
_UNPLAIN: Final = re.compile('[&<>"]')
"""In the name of a namespace these are written differently by different software."""


class Canonical(NamedTuple):
    """A canonical form, and the prefixes that it keeps though no name shows them."""

    method: str
    prefixes: tuple[str, ...] = ()

    def without_comments(self) -> Canonical:
        """The form for a reference by Id, which leaves comments out before any transform (XML Signature, 4.4.3.3)."""
        return self._replace(method=_COMMENTLESS.get(self.method, self.method))


def canonical(element: etree._Element, form: Canonical) -> bytes:
    """An element in a canonical form, in the namespaces that hold where it stands.

    Raises:
        SoapError: ``soap.c14n`` for a form that is not known, and for what has none (relative names of namespaces).
    """
    named = tuple(prefix for prefix in form.prefixes if prefix != _DEFAULT)
    try:
        if len(named) == len(form.prefixes) or element.prefix is None or not element.nsmap.get(None):
            return canonical_element(element, form.method, named)
        return _with_default(element, form.method, named)
    except (KeyError, etree.C14NError):
        raise soap_error("soap.c14n", uri=f"{form.method} {' '.join(form.prefixes)}".rstrip()) from None


def _with_default(element: etree._Element, method: str, prefixes: tuple[str, ...]) -> bytes:
    """The exclusive form that keeps the default namespace: WSS4J asks for it by ``#default``, libxml2 cannot be told.

    A wrapper in that namespace shows it, so that it counts as written for all that is inside; the wrapper is then cut
    off and its declaration put where the form has it, first on the element.
    """
    default = element.nsmap[None]
    if _UNPLAIN.search(default) or _is_hidden_somewhere(element, default):
        raise KeyError(_DEFAULT)
    declared, alone = f' xmlns="{default}"'.encode(), etree.tostring(element, encoding="utf-8", with_tail=False)
    wrapper = parse(b"<w%b>%b</w>" % (declared, alone), max_bytes=len(alone) + 4096)
    inside = canonical_element(wrapper, method, prefixes)[len(b"<w>") + len(declared) : -len(b"</w>")]
    name = f"<{element.prefix}:{etree.QName(element).localname}".encode()
    return name + declared + inside[len(name) :]


def _is_hidden_somewhere(element: etree._Element, default: str) -> bool:
    """Whether a prefixed element stands in another default namespace, which the form would write there."""
    declared = (uri for _, (prefix, uri) in etree.iterwalk(element, events=("start-ns",)) if not prefix)
    if all(uri == default for uri in declared):
        return False
    return any(one.prefix and one.nsmap.get(None) != default for one in element.iter("*"))
