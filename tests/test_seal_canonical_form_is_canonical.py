"""The shortcut to the canonical form of a document gives what canonical XML gives, or is not taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ulak.seal import canonical
from ulak.seal.canonical import canonical_document, canonical_element
from ulak.seal.names import C14N, C14N_COMMENTS, EXC_C14N

_SPICE = [
    "",
    "a",
    "ğ",
    " ",
    "\n",
    '"',
    "'",
    "&amp;",
    "&gt;",
    "&lt;",
    "&#13;",
    "&#9;",
    "\t",
    "]]&gt;",
    '" x="',
    "/",
    "😀",
]
_TEXT = st.lists(st.sampled_from(_SPICE), max_size=4).map("".join)
_CONTENT = st.one_of(_TEXT, st.sampled_from(["<!-- c -->", "<?p i?>", "<![CDATA[<&>]]>", "<b:e/>", "<b:e></b:e>"]))
_VALUE = _TEXT.map(lambda text: text.replace('"', "&quot;"))
_NAME = st.sampled_from(["a", "b:c", "c:d"])
_ATTRIBUTE = st.sampled_from(["k", "b:k", "xml:lang", "z"])
_DECLARED = st.sampled_from(["", ' xmlns="urn:other"', ' xmlns:b="urn:again"', ' xmlns=""', ' xmlns:new="urn:new"'])


@st.composite
def _elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(_NAME)
    attributes = draw(st.dictionaries(_ATTRIBUTE, _VALUE, max_size=2))
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    declared = draw(_DECLARED) if draw(st.integers(0, 5)) == 0 else ""
    inner = [draw(_CONTENT)]
    if depth < 2:
        inner += [draw(_elements(depth + 1)) + draw(_TEXT) for _ in range(draw(st.integers(0, 2)))]
    return f"<{name}{declared}{written}>{''.join(inner)}</{name}>"


_ROOTS = st.sampled_from(
    [
        '<a xmlns="urn:a" xmlns:c="urn:c" xmlns:b="urn:b">',
        '<b:a xmlns:c="urn:b" xmlns:b="urn:b" z="1" b:q="2" k="&lt;&gt;">',
        '<a xmlns:b="urn:b" xmlns:c="urn:c" xmlns="urn:c" xml:lang="tr">',
        '<c:a xmlns:b="urn:b" xmlns:c="urn:c" xmlns="">',
    ]
)


@given(
    _ROOTS,
    _elements(),
    st.sampled_from(["", "<!-- x -->", "<?style href='a'?>\n"]),
    st.sampled_from(["", "\n", "<?z?>"]),
)
def test_the_shortcut_changes_nothing(root: str, inner: str, before: str, after: str) -> None:
    name = root[1:].split()[0]
    document = etree.fromstring(f"{before}{root}{inner}</{name}>{after}".encode())
    expected = etree.tostring(document.getroottree(), method="c14n", with_comments=False)
    assert canonical_document(document) == expected


def test_the_shortcut_is_taken_for_documents_as_ulak_writes_them() -> None:
    root = etree.fromstring(
        b'<a xmlns="urn:a" xmlns:b="urn:b"><b:c/><b:d e="1">f "g". &amp; &lt;h</b:d>'
        b'<b:c e="1" k="2">5" 6" x="7" y</b:c><b:c k="2"/></a>'
    )
    assert canonical._plain(root) == etree.tostring(root, method="c14n")


@pytest.mark.parametrize("method", [C14N, C14N_COMMENTS])
def test_an_element_takes_the_xml_attributes_of_its_surroundings_along(method: str) -> None:
    root = etree.fromstring(b'<a xmlns="urn:a" xml:lang="tr"><b xml:lang="en"><c xml:space="preserve"/></b></a>')
    expected = b'<c xmlns="urn:a" xml:lang="en" xml:space="preserve"></c>'
    assert canonical_element(root[0][0], method) == expected
    assert "xml:lang" not in etree.tostring(root[0][0]).decode()


def test_the_exclusive_form_leaves_unused_namespaces_out() -> None:
    root = etree.fromstring(b'<a xmlns="urn:a" xmlns:b="urn:b" xmlns:c="urn:c"><b:d/></a>')
    assert canonical_element(root[0], EXC_C14N) == b'<b:d xmlns:b="urn:b"></b:d>'
    assert canonical_element(root[0], EXC_C14N, ["c"]) == b'<b:d xmlns:b="urn:b" xmlns:c="urn:c"></b:d>'


@pytest.mark.parametrize(("method", "prefixes"), [("urn:unknown", ()), (EXC_C14N, ("#default",))])
def test_what_cannot_be_done_is_refused(method: str, prefixes: tuple[str, ...]) -> None:
    root = etree.fromstring(b'<a xmlns="urn:a" xmlns:b="urn:b"><b:d/></a>')
    with pytest.raises(KeyError):
        canonical_element(root[0], method, prefixes)


_SPARE = b" ".join(b'xmlns:q%d="urn:q"' % number for number in range(3000))
_NESTED = b"".join(b'<a xmlns:q%d="urn:q">' % number for number in range(200))


@pytest.mark.parametrize(
    "data",
    [
        b"<!-- --><a %b>%b</a>" % (_SPARE, b"<b/>" * 20_000),
        b"%b%b%b" % (_NESTED, b"<b/>" * 20_000, b"</a>" * 200),
        b"<a %b><b/></a>" % b" ".join(b'xmlns:q%d="urn:q"' % number for number in range(30_000)),
        b"<a><b %b/></a>" % b" ".join(b'q%d=""' % number for number in range(50_000)),
    ],
    ids=["namespaces-on-the-root", "namespaces-nested", "namespaces-on-one-element", "attributes"],
)
def test_what_would_take_minutes_is_refused(data: bytes) -> None:
    """Of two hundred thousand attributes libxml2 makes canonical XML in a minute, of as many elements in no time."""
    root = etree.fromstring(data)
    with pytest.raises(etree.C14NError):
        canonical_document(root)
    with pytest.raises(etree.C14NError):
        canonical_element(root, EXC_C14N)


@pytest.mark.parametrize("is_exclusive", [False, True])
def test_xml_1_1_is_refused_since_its_readers_end_lines_elsewhere(is_exclusive: bool) -> None:
    root = etree.fromstring('<?xml version="1.1"?><a>1\u2028\u00852</a>'.encode())
    with pytest.raises(etree.C14NError, match=r"XML 1\.1"):
        canonical_document(root, is_exclusive=is_exclusive)


def test_many_namespaces_and_attributes_are_no_harm_in_moderation() -> None:
    root = etree.fromstring(b"<a %b><b %b/></a>" % (_SPARE[:4000].rpartition(b" ")[0], b'c="1" d="2"'))
    assert canonical_document(root) == etree.tostring(root, method="c14n")
    many = etree.fromstring(b"<a>" + b'<b c="1" d="2"/>' * 5000 + b"</a>")
    assert canonical_element(many, C14N) == etree.tostring(many, method="c14n")
