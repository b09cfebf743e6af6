"""However oddly a document is written, its seal holds for others: for libxml2's canonical XML and for Java's.

Java's XML Signature is what GİB's viewer and KamuSM's İmzager are built on, and shares no code with ours. It judges
where a JDK is at hand.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from seal_documents import KINDS, document
from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, NOW, TestKey
from soap_messages import AT, E_ARCHIVE, E_DEFTER, NO_HEADER
from ulak.seal.names import DS, XADES
from ulak.seal.sealing import seal
from ulak.seal.wssecurity import seal_message

Rewrite = Callable[[bytes], bytes]
ROOT: Final = re.compile(rb"<(?![?!])[^>]*")
TEXT: Final = re.compile(rb">([^<>\s][^<>]+)<")
DECLARATION: Final = re.compile(rb"^<\?xml.*?\?>\s*")

needs_java = pytest.mark.skipif(shutil.which("javac") is None, reason="no JDK: Java's XML Signature cannot judge")


def on_root(attribute: str) -> Rewrite:
    return lambda data: ROOT.sub(lambda tag: tag[0] + b" " + attribute.encode(), data, count=1)


def in_text(before: str, after: str = "") -> Rewrite:
    """In the third text of the document: that of a value that no part of the seal is taken from."""

    def rewritten(data: bytes) -> bytes:
        start, end = list(TEXT.finditer(data))[2].span(1)
        return data[:start] + before.encode() + data[start:end] + after.encode() + data[end:]

    return rewritten


def between(put: str) -> Rewrite:
    """Last in the root: inside of a value it would keep the document from being sealed."""
    return lambda data: put.encode().join((data[: data.rindex(b"</")], data[data.rindex(b"</") :]))


WRITINGS: Final[dict[str, Rewrite]] = {
    "lines of Windows": lambda data: data.replace(b"><", b">\r\n\t<"),
    "a comment": between("<!-- yorum -->"),
    "a processing instruction": between("<?bir şey?>"),
    "CDATA": in_text("<![CDATA[", "]]>"),
    "characters by number": in_text("", "&#13;&#10;&#9;&#xe7;&#x1F600;"),
    "characters beyond the basic plane": in_text("", "😀ğüşİöç"),
    "escaped signs": in_text("", "&gt;&quot;&apos;&amp;lt;"),
    "white space around": in_text("\t \n", " \n"),
    "a foreign element": in_text("<x:y xmlns:x='urn:x' x:a='&#9;&#10;&#13; &lt;&gt;&quot;' b=\"'\" a=''/>"),
    "an element without a namespace": in_text('<y xmlns=""><z a="1" c="3" b="2"/></y>'),
    "a language on the root": on_root('xml:lang="tr"'),
    "kept white space and a base on the root": on_root("xml:space='preserve' xml:base='http://a.example/?b&amp;c'"),
    "spare prefixes": on_root('xmlns:zz="urn:zz" xmlns:a="urn:a" zz:b="1" a:c="2"'),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "a comment behind the end": lambda data: data + b"<!-- son -->\n<?son?>\n",
    "instructions before the root": lambda data: DECLARATION.sub(rb"\g<0><!-- x --><?a b?>\n", data),
    "no declaration": lambda data: DECLARATION.sub(b"", data),
    "another declaration": lambda data: DECLARATION.sub(
        b"<?xml version='1.0' encoding='utf-8' standalone='yes'?>", data
    ),
    "single quotes": lambda data: re.sub(rb'="([^"\']*)"', rb"='\1'", data),
    "space in end tags": lambda data: re.sub(rb"(</[a-zA-Z:]+)>", rb"\1 \n>", data),
    "lines in start tags": lambda data: re.sub(rb"(<[a-zA-Z:]+)( |>)", rb"\1\n\t\2", data),
    "another ds": lambda data: data if b"xmlns:ds=" in data else on_root('xmlns:ds="urn:ds"')(data),
    "another xades": lambda data: data if b"xmlns:xades=" in data else on_root('xmlns:xades="urn:xades"')(data),
    "both named otherwise": on_root(f'xmlns:imza="{DS}" xmlns:x132="{XADES}"'),
}
UNTOUCHED: Final = [f"{kind} another {it}" for kind in ("Invoice", "ReceiptAdvice", "berat") for it in ("ds", "xades")]
"""These declare the prefixes themselves."""
SEALED_KINDS: Final = ("Invoice", "ReceiptAdvice", "CancelUserAccount", "eArsivRaporu", "berat")


@cache
def written() -> dict[str, bytes]:
    """Documents and messages in every writing, sealed."""
    made = {f"{kind} {name}": rewrite(document(kind)) for kind in SEALED_KINDS for name, rewrite in WRITINGS.items()}
    assert [name for name, data in made.items() if data == document(name.split()[0])] == UNTOUCHED
    sealed = {name: seal(data, _key(name), at=NOW) for name, data in made.items()}
    sealed |= {kind: seal(document(kind), _key(kind), at=NOW) for kind in KINDS}
    messages = {"e-Arşiv": E_ARCHIVE, "e-Defter": E_DEFTER, "no header": NO_HEADER}
    return sealed | {f"message {name}": seal_message(data, _key(name), at=AT) for name, data in messages.items()}


def _key(name: str) -> TestKey:
    return KNOWN_KEY if len(name) % 2 else KNOWN_EC_KEY


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"{re.sub('[^A-Za-z]+', '-', name)}.xml"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", WRITINGS)
def test_xmlsec1_verifies_it(name: str, tmp_path: Path) -> None:
    for kind in SEALED_KINDS:
        path, by = put(tmp_path, kind, written()[f"{kind} {name}"]), _key(f"{kind} {name}")
        command = [
            "xmlsec1",
            "--verify",
            "--pubkey-cert-pem",
            str(by.certificate_pem),
            "--enabled-key-data",
            "key-name",
        ]
        command += ["--id-attr:Id", f"{XADES}:SignedProperties", str(path)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0, kind


@needs_java
def test_java_verifies_all_of_it(tmp_path: Path) -> None:
    subprocess.run(["javac", "-d", str(tmp_path), str(Path(__file__).with_name("JavaJudge.java"))], check=True)
    changed = b"".join(written()["Invoice"].rpartition(b"</cbc:ID>")[:1]) + b"0</cbc:ID>"
    changed += written()["Invoice"].rpartition(b"</cbc:ID>")[2]
    for by in (KNOWN_KEY, KNOWN_EC_KEY):
        paths = [put(tmp_path, name, data) for name, data in written().items() if _key(name) is by]
        paths += [put(tmp_path, "changed", changed)]
        command = ["java", "-cp", str(tmp_path), "JavaJudge", str(by.certificate_pem), *map(str, paths)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        assert [line for line in said if not line.startswith("good ")] == ["bad changed.xml"]
        assert len(said) == len(paths)
