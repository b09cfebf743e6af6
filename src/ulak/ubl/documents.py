"""All documents of UBL-TR behind two verbs: `read_document` and `write_document`."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.ubl import components
from ulak.ubl.names import NAMESPACES, XSI
from ulak.ubl.values import Component, KeptAttribute
from ulak.ubl.writer import finish, kept_attributes, write_component

__all__ = ["ROOTS", "Root", "write_document"]


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
_SCHEMA_LOCATION: Final = f"{{{XSI}}}schemaLocation"


def write_document(document: Component) -> bytes:
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
    own = [kept for kept in document.kept if isinstance(kept, KeptAttribute) and not kept.on]
    if not any(kept.name == _SCHEMA_LOCATION for kept in own):
        own.append(KeptAttribute(_SCHEMA_LOCATION, root.schema_location))
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in root.prefixes)
    start = f'<{root.name} xmlns="{root.namespace}"{declared}{kept_attributes(own)}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}'
