"""MTOM packages: what any writer may write is read byte by byte, and what could be read in two ways is refused."""

from __future__ import annotations

from base64 import b64encode
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ulak.wire import Limits
from ulak.wire.media import MediaType, media_type
from ulak.wire.mtom import Package, cid, pack, unpack
from wire_cases import code_of, outcome

DATA = b"PK\x03\x04\r\n--\r\n--a \x00\xff\n"
ROOT = b"<root/>"
ENCODED = b"Content-Transfer-Encoding: base64\r\n"
QUOTED = b"Content-Transfer-Encoding: quoted-printable\r\n"
R = b"Content-ID: <r>\r\n"
MANY = "wire.too-many-parts"
XOP = b"Content-Type: application/xop+xml\r\n"


def package(*parts: bytes, boundary: bytes = b"b", end: bytes = b"\r\n--b--\r\n") -> bytes:
    return b"".join(b"\r\n--" + boundary + b"\r\n" + part for part in parts)[2:] + end


def root(headers: bytes = XOP, body: bytes = ROOT) -> bytes:
    return headers + b"\r\n" + body


def part(name: bytes = b"Content-ID: <p@x>\r\n", body: bytes = DATA, more: bytes = b"") -> bytes:
    return name + more + b"\r\n" + body


def read(body: bytes, kind: str = 'multipart/related; boundary="b"', limits: Limits | None = None) -> Package:
    return unpack(media_type(kind), body, limits or Limits())


GOOD = {
    "as most write it": package(root(), part()),
    "with a blank line first": b"\r\n" + package(root(), part()),
    "with a preamble": b"This is MIME.\r\n" + package(root(), part()),
    "with padding after boundaries": package(root(), part()).replace(b"--b\r\n", b"--b \t\r\n"),
    "without a last line break": package(root(), part(), end=b"\r\n--b--"),
    "in base64": package(root(), part(b"CONTENT-ID:<p@x>\r\nContent-transfer-encoding:BASE64\r\n", b64encode(DATA))),
    "in base64 with line breaks": package(root(), part(more=ENCODED, body=b"\r\n".join((b64encode(DATA), b"", b"")))),
    "in 8bit": package(root(), part(more=b"Content-Transfer-Encoding: 8bit\r\n")),
    "without brackets": package(root(), part(b"Content-ID: p@x\r\n")),
    "with folded headers": package(root(b"Content-Type:\r\n application/xop+xml;\r\n\ttype=x\r\n"), part()),
    "with unknown headers": package(root(XOP + b"X-Odd: 1: 2\r\nContent-Description:\r\n"), part()),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_package_is_read_byte_by_byte(name: str) -> None:
    found = read(GOOD[name])
    assert (found.root, dict(found.attachments), found.unnamed) == (ROOT, {"p@x": DATA}, 0)


@pytest.mark.parametrize("start", ["<r@x>", "r@x"])
def test_the_root_is_the_part_that_start_names(start: str) -> None:
    body = package(part(), root(XOP + b"Content-ID: <r@x>\r\n"))
    found = read(body, f'multipart/related; start="{start}"; boundary=b')
    assert (found.root, dict(found.attachments)) == (ROOT, {"p@x": DATA})


def test_empty_parts_are_empty() -> None:
    assert dict(read(package(root(), b"Content-ID: <p@x>\r\n\r\n")).attachments) == {"p@x": b""}
    assert dict(read(package(root(), b"Content-ID: <p@x>\r\n")).attachments) == {"p@x": b""}
    assert read(package(root(), b"\r\n")).unnamed == 1


BAD = {
    "no boundary": (package(root()), "multipart/related", "wire.boundary"),
    "empty boundary": (package(root()), 'multipart/related; boundary=""', "wire.boundary"),
    "boundary of 71": (package(root()), f"multipart/related; boundary={'b' * 71}", "wire.boundary"),
    "boundary that ends in a space": (package(root()), 'multipart/related; boundary="b "', "wire.boundary"),
    "another boundary": (package(root()), "multipart/related; boundary=c", "wire.boundary-lost"),
    "nothing": (b"", "", "wire.boundary-lost"),
    "line breaks without CR": (package(root(), part()).replace(b"\r\n", b"\n"), "", "wire.delimiter"),
    "longer boundary inside": (package(root(), part(body=b"x\r\n--bc\r\n")), "", "wire.delimiter"),
    "no end": (package(root(), part(), end=b""), "", "wire.truncated"),
    "half an end": (package(root(), part(), end=b"\r\n--b"), "", "wire.truncated"),
    "half an end, one dash": (package(root(), part(), end=b"\r\n--b-"), "", "wire.delimiter"),
    "a part after the end": (package(root(), part()) + package(part()), "", "wire.after-end"),
    "header without colon": (package(root(XOP + b"odd\r\n")), "", "wire.part-header"),
    "header with an odd name": (package(root(XOP + b"a b: c\r\n")), "", "wire.part-header"),
    "header with a lone line break": (package(root(XOP + b"a: b\nc\r\n")), "", "wire.part-header"),
    "header with NUL": (package(root(XOP + b"a: b\0\r\n")), "", "wire.part-header"),
    "folding with nothing before": (package(root(b" a: b\r\n" + XOP)), "", "wire.part-header"),
    "header twice": (package(root(XOP + b"content-type: text/xml\r\n")), "", "wire.part-header-twice"),
    "endless headers": (package(root(XOP + b"a: " + b"x" * 20000 + b"\r\n")), "", "wire.part-header-large"),
    "headers that do not end": (package(b"Content-Type: text/xml"), "", "wire.part-header-large"),
    "quoted-printable": (package(root(), part(more=QUOTED)), "", "wire.transfer-encoding"),
    "broken base64": (package(root(), part(more=ENCODED, body=b"QQ=")), "", "wire.base64"),
    "base64 with signs": (package(root(), part(more=ENCODED, body=b"QQ-=")), "", "wire.base64"),
    "too many parts": (package(root(), *[part(b"Content-ID: <%d>\r\n" % n) for n in range(20)]), "", MANY),
    "start that names nothing": (package(root()), 'multipart/related; boundary=b; start="<r@x>"', "wire.start"),
    "two roots": (package(root(XOP + R), part(R)), "multipart/related; boundary=b; start=r", "wire.content-id-twice"),
    "two parts of a name": (package(root(), part(), part()), "", "wire.content-id-twice"),
    "a part of the root's name": (package(root(XOP + b"Content-ID: <p@x>\r\n"), part()), "", "wire.content-id-twice"),
    "root of another type": (package(root(b"Content-Type: text/html\r\n")), "", "wire.root-type"),
    "root without a type": (package(root(b"")), "", "wire.root-type"),
    "root with a broken type": (package(root(b"Content-Type: xml\r\n")), "", "wire.media-type"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_package_is_refused_with_its_code(name: str) -> None:
    body, kind, code = BAD[name]
    assert code_of(lambda: read(body, kind or 'multipart/related; boundary="b"')) == code


def test_limits_hold() -> None:
    whole = package(root(), part())
    assert read(whole, limits=Limits(total=len(whole), parts=2)).root == ROOT
    assert code_of(lambda: read(whole, limits=Limits(total=len(whole) - 1))) == "wire.too-large"
    assert code_of(lambda: read(whole, limits=Limits(parts=1))) == "wire.too-many-parts"
    assert code_of(lambda: read(whole, limits=Limits(headers=10))) == "wire.part-header-large"


MEDIA = {
    "": None,
    "x": None,
    "a/b; c": None,
    "a/b; c=1; C=2": None,
    'a/b; c="1': None,
    "a/b c": None,
    "a/b; c=1 d=2": None,
    "a/b" + " " * 9000: None,
    "A/b": MediaType("a/b", {}),
    "a/b;": MediaType("a/b", {}),
    " a/b ;c=1;  D = 2 ": MediaType("a/b", {"c": "1", "d": "2"}),
    'a/b; c="x;y=\\"z\\\\\\""; d=e': MediaType("a/b", {"c": 'x;y="z\\"', "d": "e"}),
}


@pytest.mark.parametrize("value", MEDIA)
def test_content_types_are_read_strictly(value: str) -> None:
    wanted = MEDIA[value]
    if wanted is not None:
        assert media_type(value) == wanted
        return
    assert code_of(lambda: media_type(value)) == "wire.media-type"


names = st.from_regex(r"[a-zA-Z0-9%+/._-]{1,20}@[a-z0-9.]{1,10}", fullmatch=True).filter(lambda n: n != "envelope@ulak")


@given(st.binary(max_size=200), st.dictionaries(names, st.binary(max_size=300), max_size=5), st.text('abc"\\ ;:/='))
@example(b"", {"a@b": b""}, "")
def test_what_is_packed_is_unpacked(xml: bytes, attachments: dict[str, bytes], action: str) -> None:
    payload = pack(xml, attachments, kind="application/soap+xml", action=action)
    media = media_type(payload.content_type)
    found = unpack(media, payload.body)
    assert (found.root, dict(found.attachments), found.unnamed) == (xml, attachments, 0)
    assert media.get("action") == action
    assert media_type(found.media.get("type")).get("action") == action


def test_a_boundary_never_occurs_in_what_it_parts() -> None:
    first = pack(ROOT, {"p@x": b""}, kind="text/xml")
    boundary = media_type(first.content_type).get("boundary").encode()
    hostile = b"\r\n--" + boundary + b"--\r\n"
    second = pack(ROOT, {"p@x": hostile}, kind="text/xml")
    assert dict(unpack(media_type(second.content_type), second.body).attachments) == {"p@x": hostile}


@pytest.mark.parametrize("name", ["a", "a@b\r\nX: y", "<a@b>", "a@b ", "ş@b"])
def test_names_that_would_break_a_header_are_not_written(name: str) -> None:
    with pytest.raises(ValueError, match="Content-ID"):
        pack(ROOT, {name: b""}, kind="text/xml")


@given(names)
def test_a_name_survives_its_address(name: str) -> None:
    assert cid(name).startswith("cid:")
    assert cid(name).isascii()


TOKENS = [b"--b", b"--", b"\r\n", b"\r", b"\n", b":", b"Content-ID: <a>", XOP, b" ", b"x", ENCODED]
noises = st.binary(max_size=400) | st.lists(st.sampled_from(TOKENS), max_size=30).map(b"".join)


@given(noises)
def test_noise_is_read_or_refused(noise: bytes) -> None:
    for body in (noise, b"--b\r\n" + noise, package(root(), noise), package(noise)):
        code = outcome(partial(read, body))
        assert not code or code.startswith("wire.")


@given(st.integers(0, 400), st.integers(0, 40), st.binary(max_size=10))
def test_damaged_packages_are_read_or_refused(at: int, length: int, instead: bytes) -> None:
    whole = pack(ROOT, {"p@x": DATA}, kind="application/soap+xml", action="a")
    body = whole.body[:at] + instead + whole.body[at + length :]
    code = outcome(lambda: unpack(media_type(whole.content_type), body))
    assert not code or code.startswith("wire.")


@given(st.text(max_size=60))
def test_any_content_type_is_read_or_refused(value: str) -> None:
    assert outcome(lambda: media_type(value)) in ("", "wire.media-type")


def test_an_action_that_would_end_the_header_is_not_written() -> None:
    with pytest.raises(ValueError, match="header"):
        pack(ROOT, {}, kind="text/xml", action="a\r\nX: y")
