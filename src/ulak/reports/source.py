"""A document as its entry looks at it: the children of the root, found by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

__all__ = ["CAC", "CBC", "Node", "Source", "identified", "leaf"]

CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
Node = etree._Element

_TYPE_CODES: Final = ("InvoiceTypeCode", "CreditNoteTypeCode")
_PATHS: Final[dict[str, str]] = {}


class Source:
    """A UBL document.

    Attributes:
        root: its root element.
        name: local name of the root.
    """

    __slots__ = ("_children", "name", "root")

    def __init__(self, root: Node) -> None:
        self.root = root
        self.name = etree.QName(root).localname
        self._children: dict[object, list[Node]] = {}
        for child in root:
            self._children.setdefault(child.tag, []).append(child)

    def text(self, name: str) -> str:
        """The text of the first ``cbc`` child of that name; empty if there is none."""
        found = self._children.get(CBC + name)
        return (found[0].text or "").strip() if found else ""

    def texts(self, name: str) -> Iterator[str]:
        """The texts of all ``cbc`` children of that name."""
        return ((child.text or "").strip() for child in self._children.get(CBC + name, ()))

    def first(self, name: str) -> Node | None:
        """The first ``cac`` child of that name."""
        found = self._children.get(CAC + name)
        return found[0] if found else None

    def all(self, name: str) -> list[Node]:
        """All ``cac`` children of that name."""
        return self._children.get(CAC + name, [])

    @property
    def profile(self) -> str:
        """``cbc:ProfileID``."""
        return self.text("ProfileID")

    @property
    def type(self) -> str:
        """The type code."""
        return next((found for name in _TYPE_CODES if (found := self.text(name))), "")

    def path(self, steps: str) -> str:
        """An XPath below the root, as findings write it."""
        return f"/{self.name}/{steps}"


def leaf(node: Node | None, path: str) -> str:
    """The text at the end of a path such as ``cac:Party/cbc:WebsiteURI``; empty if there is none."""
    if node is None:
        return ""
    return (node.findtext(_clark(path)) or "").strip()


def identified(node: Node | None, path: str) -> dict[str, str]:
    """The identifiers at a path by their schemes; of several with one scheme the first."""
    found: dict[str, str] = {}
    if node is not None:
        for each in node.iterfind(_clark(path)):
            found.setdefault(each.get("schemeID", ""), (each.text or "").strip())
    return found


def _clark(path: str) -> str:
    known = _PATHS.get(path)
    if known is None:
        known = _PATHS[path] = path.replace("cac:", CAC).replace("cbc:", CBC)
    return known
