"""All documents of UBL-TR behind two verbs: `read_document` and `write_document`."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple, TypeVar, cast

from lxml import etree
from msgspec import structs

from ulak.errors import Text, UlakError
from ulak.ubl import components
from ulak.ubl.names import EARSIV, NAMESPACES, XSI
from ulak.ubl.native_receipt import NativeReceipt
from ulak.ubl.reader import line_of, read_component
from ulak.ubl.values import Component, KeptAttribute
from ulak.ubl.writer import finish, kept_attributes, write_component
from ulak.xml import parse

__all__ = ["ROOTS", "Document", "Root", "read_as", "read_document", "read_root", "write_document"]

Document = (
    components.Invoice
    | components.CreditNote
    | components.DespatchAdvice
    | components.ReceiptAdvice
    | components.ApplicationResponse
    | NativeReceipt
)
D = TypeVar("D", bound=Component)


class Root(NamedTuple):
    """The root element of a document: its namespace and name, and the schema file that GİB's samples point to."""

    document: type[Component]
    namespace: str
    name: str
    schema: str
    prefixes: tuple[str, ...] = ("cac", "cbc", "ds", "ext", "xades", "xsi")

    @property
    def schema_location(self) -> str:
        return f"{self.namespace} {self.schema}"


def _ubl(document: type[Component]) -> Root:
    name = document.__name__
    return Root(document, f"urn:oasis:names:specification:ubl:schema:xsd:{name}-2", name, f"UBL-{name}-2.1.xsd")


ROOTS: Final[dict[type[Component], Root]] = {
    document: _ubl(document)
    for document in (
        components.Invoice,
        components.CreditNote,
        components.DespatchAdvice,
        components.ReceiptAdvice,
        components.ApplicationResponse,
    )
}
ROOTS[NativeReceipt] = Root(NativeReceipt, EARSIV, "eArsivVeri", "eArsivVeri.xsd", ("ds", "xades", "xsi"))
_BY_NAME: Final = {(root.namespace, root.name): root for root in ROOTS.values()}
_SCHEMA_LOCATION: Final = f"{{{XSI}}}schemaLocation"


def read_document(data: bytes) -> Document:
    """Read any document; its class tells which one it is.

    Raises:
        UlakError: ``xml.*`` if the bytes are not XML, ``ubl.root`` and ``ubl.namespace`` if the root is none of
            `ROOTS`, ``ubl.value`` for a value that cannot be read.
    """
    return read_root(parse(data))


def read_as(document: type[D], data: bytes) -> D:
    """Read a document of one class; raises ``ubl.root`` for another one, and otherwise like `read_document`."""
    element = parse(data)
    found = _root_of(element)
    if found.document is not document:
        raise _wrong_root(element, (ROOTS[document],))
    return cast(D, _read(found, element))


def read_root(element: etree._Element) -> Document:
    """Read a document from its root element, also from inside an envelope; raises like `read_document`."""
    return cast(Document, _read(_root_of(element), element))


def _read(root: Root, element: etree._Element) -> Component:
    document = read_component(root.document, element)
    own = [
        KeptAttribute(str(name), str(value))
        for name, value in element.items()
        if (name, value) != (_SCHEMA_LOCATION, root.schema_location)
    ]
    return structs.replace(document, kept=(*document.kept, *own)) if own else document


def _root_of(element: etree._Element) -> Root:
    name = etree.QName(element)
    root = _BY_NAME.get((name.namespace or "", name.localname))
    if root:
        return root
    namesakes = tuple(known for known in ROOTS.values() if known.name == name.localname)
    raise _wrong_namespace(element, namesakes[0]) if namesakes else _wrong_root(element, tuple(ROOTS.values()))


def _wrong_namespace(element: etree._Element, root: Root) -> UlakError:
    found = etree.QName(element).namespace or ""
    return UlakError(
        "ubl.namespace",
        Text(
            f"{root.name} öğesinin ad alanı (namespace) yanlış: “{found}”.",
            f"The namespace of {root.name} is wrong: “{found}”.",
        ),
        Text(f'Kök öğede xmlns="{root.namespace}" bildirin.', f'Declare xmlns="{root.namespace}" on the root.'),
        where=f"/{root.name}",
        line=line_of(element),
    )


def _wrong_root(element: etree._Element, wanted: tuple[Root, ...]) -> UlakError:
    found, names = etree.QName(element).localname, ", ".join(root.name for root in wanted)
    return UlakError(
        "ubl.root",
        Text(f"Kök öğe “{found}”, oysa beklenen: {names}.", f"The root is “{found}”, but expected is: {names}."),
        Text("Belgenin kendi XML dosyasını verin.", "Give the XML file of the document itself."),
        where=f"/{found}",
        line=line_of(element),
    )


def write_document(document: Document) -> bytes:
    """The document as UTF-8 XML, elements in the order of the schema, ready to be sealed.

    The root declares the fixed prefixes of this house and the ``xsi:schemaLocation`` of GİB's samples (a document that
    was read keeps its own). There is no white space between elements.

    Raises:
        UlakError: ``ubl.character`` for text that XML cannot carry, ``ubl.value`` for a number that is none.
    """
    root = ROOTS[type(document)]
    pieces: list[str] = []
    pending = write_component(pieces.extend, document, _opening(document, root))
    return finish(pieces, f"{pending}</{root.name}>\n")


def _opening(document: Component, root: Root) -> str:
    return _own_opening(document, root) if document.kept else _usual_opening(root)


@cache
def _usual_opening(root: Root) -> str:
    return _own_opening(root.document(), root)


def _own_opening(document: Component, root: Root) -> str:
    own = [kept for kept in document.kept if isinstance(kept, KeptAttribute) and not kept.on]
    if not any(kept.name == _SCHEMA_LOCATION for kept in own):
        own.append(KeptAttribute(_SCHEMA_LOCATION, root.schema_location))
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in root.prefixes)
    start = f'<{root.name} xmlns="{root.namespace}"{declared}{kept_attributes(own)}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}'
