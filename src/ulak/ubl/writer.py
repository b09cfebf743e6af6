"""Components to XML text: straight-line code, made once for each class when it is first written.

A writer extends a list in which markup and text from the caller alternate. So one look at all the text together tells
whether anything in it needs escaping, and the usual document is joined without having been looked at piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ulak.ubl.components import TaxCategory
from ulak.ubl.describe import Attribute, Leaf, Member, attributes_of, members_of
from ulak.ubl.escape import AttributeCache, escape_attribute, escape_text, needs_care
from ulak.ubl.names import PREFIXES, markup
from ulak.ubl.values import Component, KeptAttribute, KeptContent, number

__all__ = ["KeptThings", "finish", "kept_attributes", "write_component"]

Extend = Callable[[Iterable[str]], None]
Writer = Callable[[Extend, Component, str], str]
"""(extend the list, the component, pending markup) → pending markup."""

_LARGE: Final = 32_768
_SHARED: Final = (TaxCategory,)
"""Classes of texts alone, of which all documents have the same few."""
_NEVER_DECLARED: Final = ("", "xml", "xsi")


class KeptThings:
    """What a component keeps beyond its fields, handed out at the places where it belongs."""

    def __init__(self, component: Component) -> None:
        self._content: dict[str, list[KeptContent]] = {}
        self._attributes: dict[tuple[str, int], list[KeptAttribute]] = {}
        for kept in component.kept:
            if isinstance(kept, KeptContent):
                self._content.setdefault(kept.after, []).append(kept)
            else:
                self._attributes.setdefault((kept.on, kept.index), []).append(kept)

    def attributes(self, field: str, index: int) -> str:
        return kept_attributes(self._attributes.get((field, index), ()))

    def after(self, field: str, index: int) -> str:
        """The content directly behind the ``index``-th value of ``field``."""
        return "".join(kept.xml for kept in self._content.get(field, ()) if kept.index == index)

    def rest(self, field: str, count: int) -> str:
        """The content that stood behind values of ``field`` that are no longer there."""
        return "".join(kept.xml for kept in self._content.get(field, ()) if kept.index >= count)


def kept_attributes(attributes: Iterable[KeptAttribute]) -> str:
    """The attributes as markup; a namespace without a prefix of ours is declared on the spot."""
    text = ""
    for position, kept in enumerate(attributes):
        uri, _, local = kept.name.rpartition("}")
        prefix = PREFIXES.get(uri[1:], f"a{position}" if uri else "")
        if prefix not in _NEVER_DECLARED:
            text += f' xmlns:{prefix}="{escape_attribute(uri[1:])}"'
        text += f' {prefix}{":" if prefix else ""}{local}="{escape_attribute(kept.value, f"@{local}")}"'
    return text


def write_component(extend: Extend, component: Component, pending: str) -> str:
    """Write the children of ``component``; the caller opens and closes its element."""
    writer: Writer = _CODE[_writer_name(type(component))] if type(component) in _READY else _prepare(type(component))
    return writer(extend, component, pending)


def finish(pieces: list[str], pending: str) -> bytes:
    """Join alternating markup and text to UTF-8, escaping the text if any of it needs it.

    Raises:
        UlakError: ``ubl.character``, with the element in ``where``.
    """
    pieces.append(pending)
    return b"".join(map(_encode, _parts(pieces)))


def _parts(pieces: list[str]) -> Iterator[list[str]]:
    """Set embedded files apart: alone they are ASCII and quick to encode, next to a single “ş” they are not."""
    start = 0
    if sum(map(len, pieces)) > _LARGE:
        for at in range(1, len(pieces), 2):
            if len(pieces[at]) > _LARGE:
                yield from (pieces[start : at - 1], pieces[at - 1 : at + 1])
                start = at + 1
    yield pieces[start:] if start else pieces


def _encode(pieces: list[str]) -> bytes:
    if needs_care("".join(pieces[1::2])):
        for at in range(1, len(pieces), 2):
            pieces[at] = escape_text(pieces[at], _element_at(pieces[at - 1]))
    return "".join(pieces).encode()


def _element_at(markup_before: str) -> str:
    return markup_before.rpartition("<")[2].partition(">")[0].partition(" ")[0]


class _SharedMarkup(dict[Component, str]):
    """What components of one class are written as, escaped."""

    _LIMIT: Final = 512
    _LONGEST: Final = 1024

    def __missing__(self, component: Component) -> str:
        pieces: list[str] = []
        pending = write_component(pieces.extend, component, "")
        text = finish(pieces, pending).decode()
        if len(self) < self._LIMIT and len(text) <= self._LONGEST:
            self[component] = text
        return text


_READY: Final[set[type[Component]]] = set()
_CODE: Final[dict[str, Any]] = {"number": number, "Kept": KeptThings, "KeptContent": KeptContent}


def _writer_name(component: type[Component]) -> str:
    return f"write_{component.__module__.rpartition('.')[2]}_{component.__name__}"


def _prepare(component: type[Component]) -> Writer:
    """Compile the writer of a class and put stand-ins, which compile themselves, where it calls others."""
    name = _writer_name(component)
    for member in members_of(component):
        if member.kind == "component":
            _CODE.setdefault(_writer_name(_component(member)), _stand_in(_component(member)))
            if member.type in _SHARED:
                _CODE.setdefault(f"shared_{member.type.__name__}", _SharedMarkup())
        elif member.type is not None:
            _provide_attributes(member.type)
    _run(_source(f"careful_{name}", component, careful=True))
    _run(_source(name, component, careful=False))
    _READY.add(component)
    writer: Writer = _CODE[name]
    return writer


def _stand_in(component: type[Component]) -> Writer:
    def write(extend: Extend, value: Component, pending: str) -> str:
        return _prepare(component)(extend, value, pending)

    return write


def _component(member: Member) -> type[Component]:
    assert member.type is not None
    assert issubclass(member.type, Component)
    return member.type


def _provide_attributes(leaf: Leaf) -> None:
    name = f"attributes_{leaf.__name__}"
    if name in _CODE:
        return
    lines = [f"def {name}(v):", '    a = ""']
    for attribute in attributes_of(leaf):
        _CODE.setdefault(f"at_{attribute.name}", AttributeCache(attribute.name))
        add = f"a += {_attribute(attribute)}"
        lines.append(f"    {add}" if attribute.required else f"    if v.{attribute.field} is not None: {add}")
    _run("\n".join([*lines, "    return a"]))


def _attribute(attribute: Attribute) -> str:
    return f"at_{attribute.name}[v.{attribute.field}]"


def _attributes(leaf: Leaf) -> str:
    """An expression in braces for the attributes of the value ``v``; a sole one that is always there needs no call."""
    known = attributes_of(leaf)
    sole = known[0] if len(known) == 1 and known[0].required else None
    return f"{{{_attribute(sole)}}}" if sole else f"{{attributes_{leaf.__name__}(v)}}"


def _run(source: str) -> None:
    # The source is made of the names in our own classes alone; compiled code is four times faster than a table walk.
    exec(source, _CODE)  # noqa: S102


def _source(name: str, component: type[Component], *, careful: bool) -> str:
    lines = [f"def {name}(e, x, m):"]
    if careful and not members_of(component):
        # The place of the signature in each of Ulak's drafts: nothing stands around what is kept.
        own = "k.__class__ is KeptContent and not k.after and k.index >= 0"
        return "\n".join([*lines, "    for k in x.kept:", f"        if {own}: m += k.xml", "    return m"])
    if careful:
        lines += ["    k = Kept(x)", '    m += k.rest("", 0)']
    else:
        lines.append(f"    if x.kept: return careful_{name}(e, x, m)")
    for member in members_of(component):
        lines += _member_source(member, careful=careful)
    return "\n".join([*lines, "    return m"])


def _member_source(member: Member, *, careful: bool) -> list[str]:
    field = f'"{member.field}"'
    if member.repeated:
        count = [f"    n = len(x.{member.field})", "    for i, v in enumerate(x." + member.field + "):"]
        head = count if careful else [f"    for v in x.{member.field}:"]
    else:
        count = [f"    v = x.{member.field}", "    n = i = 0"]
        head = [*(count if careful else count[:1]), "    if v is not None:"]
    body = _value_source(member, f"{{k.attributes({field}, i)}}" if careful else "")
    if careful:
        body.append(f"m += k.after({field}, i)")
        body += [] if member.repeated else ["n = 1"]
    before = [f"    m += k.after({field}, -1)"] if careful else []
    after = [f"    m += k.rest({field}, n)"] if careful else []
    return [*before, *head, *(f"        {line}" for line in body), *after]


def _value_source(member: Member, kept: str) -> list[str]:
    """Code that writes the value ``v``, with ``kept`` as an expression in braces for further attributes."""
    start, end = markup(member.name)
    opening = f"{{m}}{start}{kept}"
    match member.kind:
        case "component" if member.type in _SHARED:
            return [f"m = f'{opening}>{{shared_{member.type.__name__}[v]}}{end}'"]
        case "component":
            return [f"m = {_writer_name(_component(member))}(e, v, f'{opening}>') + '{end}'"]
        case "flag":
            return [f'm = f\'{opening}>{{"true" if v else "false"}}{end}\'']
        case "number" | "amount" | "measured":
            return _number_source(member, opening, end)
        case _:
            return _text_source(member, opening, end)


def _number_source(member: Member, opening: str, end: str) -> list[str]:
    plain = _digits("v", f"{opening}>", end)
    if member.type is None:
        return plain
    full = _digits(value="v.value", opening=f"{opening}{_attributes(member.type)}>", end=end)
    if member.kind == "number":
        return [f"if v.__class__ is not {_leaf(member.type)}:", *_inside(plain), "else:", *_inside(full)]
    return full


def _digits(value: str, opening: str, end: str) -> list[str]:
    # What `number` looks at, without a call for each.
    odd = f'if "E" in t or "N" in t or "I" in t: t = number({value})'
    return [f"t = str({value})", odd, f"m = f'{opening}{{t}}{end}'"]


def _inside(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _text_source(member: Member, opening: str, end: str) -> list[str]:
    plain = f"e((f'{opening}>', v))"
    if member.type is None:
        return [plain, f"m = '{end}'"]
    full = f"e((f'{opening}{_attributes(member.type)}>', v.value))"
    if member.kind == "text":
        return [f"if v.__class__ is not {_leaf(member.type)}: {plain}", f"else: {full}", f"m = '{end}'"]
    return [full, f"m = '{end}'"]


def _leaf(leaf: Leaf) -> str:
    _CODE.setdefault(leaf.__name__, leaf)
    return leaf.__name__
