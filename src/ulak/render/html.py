"""A document as a page: in the design it carries, or in one of ours."""

from __future__ import annotations

import copy
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Language, Text
from ulak.render import policies
from ulak.render.design import Design
from ulak.render.embedding import embedded_in, qr_reference
from ulak.render.foreign import Sandbox, run_foreign
from ulak.render.foreign.transforming import DENY_ALL
from ulak.render.kinds import KINDS, Kind, Source, kind_of, root_of
from ulak.render.labels import LABELS
from ulak.render.problems import RenderError, problem
from ulak.render.qr_payload import karekod
from ulak.render.qr_picture import qr_png
from ulak.render.stylesheets import native_stylesheet
from ulak.render.stylesheets import stylesheet as made_stylesheet
from ulak.ubl.names import NAMESPACES, clark

__all__ = ["Page", "is_made_here", "to_html"]


class Page(NamedTuple):
    """A page for a browser.

    Attributes:
        html: UTF-8; nothing in it is active.
        is_own: whether it is in a design of Ulak's.
        notes: what the reader should know, e.g. why the sender's design is not shown.
        policy: the Content-Security-Policy to send with ``html``.
        scripted: the sender's page with its scripts (GİB's own stylesheet draws the QR code by one), for a sandboxed
            frame; empty if there are none.
        scripted_policy: the policy to send with ``scripted``.
    """

    html: bytes
    is_own: bool
    notes: tuple[Text, ...] = ()
    policy: str = policies.STATIC
    scripted: bytes = b""
    scripted_policy: str = policies.SCRIPTED


def to_html(
    document: Source,
    *,
    stylesheet: bytes | None = None,
    design: Design | None = None,
    language: Language = "tr",
    is_own: Callable[[str], bool] | None = None,
    sandbox: Sandbox | None = None,
    voided: bool = False,
) -> Page:
    """The page of a document, with `stylesheet`, or in `design`, or with the stylesheet that it carries.

    A stylesheet whose SHA-256 (hex) `is_own` knows runs in this process, any other in the sandbox. What cannot be shown
    as its sender made it is shown in Ulak's own design, and a note says why.

    Args:
        voided: whether it was cancelled, which nothing in the document says; the page then does, over all else.

    Raises:
        UlakError: ``xml.*`` and ``render.kind`` for what is no document.
    """
    page = _page(document, stylesheet, design, language, is_own, sandbox)
    return _voided(page, "en" if language == "en" else "tr") if voided else page


def _voided(page: Page, language: Language) -> Page:
    """The page with a word across it that no design can hide."""
    mark = _VOID.replace(b"@", LABELS["voided"].say(language).encode())
    scripted = page.scripted + mark if page.scripted else b""
    return page._replace(html=page.html + mark, scripted=scripted)


_VOID: Final = (
    b'<div role="note" style="position:fixed!important;top:38%!important;left:0!important;right:0!important;'
    b"z-index:2147483647!important;display:block!important;text-align:center!important;pointer-events:none!important;"
    b"transform:rotate(-24deg)!important;font:700 clamp(56px,16vw,150px)/1 sans-serif!important;"
    b"letter-spacing:.08em!important;color:#b3261e!important;opacity:.38!important"
    b'">@</div>'
)
"""After the end of the page, where browsers put it at the end of the body."""


def _page(
    document: Source,
    stylesheet: bytes | None,
    design: Design | None,
    language: Language,
    is_own: Callable[[str], bool] | None,
    sandbox: Sandbox | None,
) -> Page:
    root = root_of(document)
    kind = kind_of(root)
    if design is not None:
        return Page(_in_own_design(root, kind, design), is_own=True)
    try:
        wanted = _wanted(root, stylesheet)
        if wanted is None:
            return _fallback(root, kind, language, ())
        if (is_own or is_made_here)(hashlib.sha256(wanted).hexdigest()):
            return Page(_transformed(root, wanted), is_own=True)
        run = sandbox.run if sandbox else run_foreign
        shown = run(document if isinstance(document, bytes) else etree.tostring(root), wanted)
    except RenderError as error:
        return _fallback(root, kind, language, (error.text,))
    return Page(shown.static, is_own=False, scripted=shown.scripted)


def is_made_here(digest: str) -> bool:
    """Whether it is the digest of one of our designs as everybody has them who made none."""
    return digest in _usual()


@cache
def _usual() -> frozenset[str]:
    designs = (Design(language="tr"), Design(language="en"), Design(language="both"))
    made = (made_stylesheet(kind, design) for design in designs for kind in KINDS)
    return frozenset(hashlib.sha256(one).hexdigest() for one in made)


def _wanted(root: etree._Element, given: bytes | None) -> bytes | None:
    if given is not None:
        return given
    found = embedded_in(root).stylesheet
    if found is None and root.tag != _NATIVE:
        raise problem("render.no-stylesheet")
    return found


def _fallback(root: etree._Element, kind: Kind, language: Language, notes: tuple[Text, ...]) -> Page:
    return Page(_in_own_design(root, kind, Design(language=language)), is_own=True, notes=notes)


def _in_own_design(root: etree._Element, kind: Kind, design: Design) -> bytes:
    if root.tag == _NATIVE:
        return _transformed(root, native_stylesheet(design))
    return _transformed(_with_qr(root), made_stylesheet(kind, design))


def _with_qr(root: etree._Element) -> etree._Element:
    """The document, and the picture of its QR code in it if it has none yet (a draft, or a stranger's document)."""
    if any((found.text or "").strip() == "KAREKOD" for found in root.iterfind(_REFERENCED_TYPE)):
        return root
    payload = karekod(root)
    if not payload:
        return root
    shown = copy.deepcopy(root)
    day = (root.findtext(clark("cbc:IssueDate")) or "").strip()
    shown.append(
        etree.fromstring(_declared(qr_reference(qr_png(payload), day=day if len(day) == 10 else "0000-00-00")))
    )
    return shown


_NATIVE: Final = clark("earsiv:eArsivVeri")
_REFERENCED_TYPE: Final = f"{clark('cac:AdditionalDocumentReference')}/{clark('cbc:DocumentType')}"


def _declared(fragment: bytes) -> bytes:
    names = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("cac", "cbc"))
    return fragment.replace(b">", names.encode() + b">", 1)


def _transformed(root: etree._Element, stylesheet: bytes) -> bytes:
    return bytes(_compiled(stylesheet)(root))


class _Compiled(threading.local):
    """Stylesheets ready to run, for each thread its own: libxslt keeps state in them while they run."""

    def __init__(self) -> None:
        self.known: OrderedDict[bytes, etree.XSLT] = OrderedDict()


_COMPILED: Final = _Compiled()
_MOST_COMPILED: Final = 8
"""Each takes 150 KB within libxslt, and a millisecond to be made again."""


def _compiled(stylesheet: bytes) -> etree.XSLT:
    known = _COMPILED.known
    if stylesheet in known:
        known.move_to_end(stylesheet)
        return known[stylesheet]
    transform = etree.XSLT(etree.fromstring(stylesheet), access_control=DENY_ALL)
    known[stylesheet] = transform
    if len(known) > _MOST_COMPILED:
        known.popitem(last=False)
    return transform
