"""The reader takes what XML allows and refuses the rest with a code; what it takes is judged as Saxon judges it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree

from mutants_compare import default_comparison
from ulak.xml import XmlError, parse

FOLDER = Path(__file__).parent / "corpus" / "reading"
ENTRIES = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))["file"]
READ = [entry["name"] for entry in ENTRIES if "code" not in entry]


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def test_every_file_has_a_reason() -> None:
    assert sorted(entry["name"] for entry in ENTRIES) == sorted(path.name for path in FOLDER.glob("*.xml"))
    assert all(entry["why"] for entry in ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_a_file_is_read_or_refused_as_the_manifest_says(entry: dict[str, str]) -> None:
    if "code" not in entry:
        parse(content(entry["name"]))
        return
    with pytest.raises(XmlError) as caught:
        parse(content(entry["name"]))
    assert caught.value.code == entry["code"]
    assert caught.value.text.tr
    assert caught.value.repair is not None


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_judged_as_saxon_judges_it(name: str) -> None:
    assert default_comparison("efatura").differences(content(name)) == []


@pytest.mark.parametrize("name", READ)
def test_reading_neither_adds_nor_resolves_anything(name: str) -> None:
    plain = etree.fromstring(content(name), etree.XMLParser(resolve_entities=False, no_network=True))
    assert etree.tostring(parse(content(name)), method="c14n") == etree.tostring(plain, method="c14n")


def test_a_byte_order_mark_that_contradicts_the_declaration_is_refused() -> None:
    """Some readers believe the one, some the other, and "Ã¼" is not "ü"."""
    mark, text = b"\xef\xbb\xbf", "<a>ü</a>".encode()
    for encoding in (b"ISO-8859-9", b"windows-1254", b"UTF-16", b""):
        with pytest.raises(XmlError) as caught:
            parse(mark + b'<?xml version="1.0" encoding="' + encoding + b'"?>' + text)
        assert caught.value.code in ("xml.encoding", "xml.malformed")
    for declaration in (b"", b'<?xml version="1.0"?>', b"<?xml version='1.0'\n encoding = 'utf-8'?>"):
        assert parse(mark + declaration + text).text == "ü"


def test_an_include_stays_where_it_was() -> None:
    text = b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" parse="text"/></a>'
    (include,) = parse(text)
    assert include.tag == "{http://www.w3.org/2001/XInclude}include"
    assert not include.text
