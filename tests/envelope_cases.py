"""Envelopes that a receiver must refuse, each wrong in one thing, with the code and the status that it deserves.

``python tests/envelope_cases.py FOLDER`` writes them out, to be thrown at any other program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from envelopes import ID, account, advice, answer, envelope, header, invoice, made, xml, zip_of
from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, xml_pieces

__all__ = ["CASES", "Case"]


class Case(NamedTuple):
    """One bad envelope.

    Attributes:
        why: what is wrong, as a file name.
        data: the ZIP.
        code: of the first fault.
        status: with which a receiver answers.
        name: of the ZIP file.
    """

    why: str
    data: bytes
    code: str
    status: str
    name: str = f"{ID}.zip"


_XML: Final = xml()
_NAME: Final = f"{ID}.xml"
_DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"


def _zips() -> Iterator[Case]:
    good = made()
    yield Case("empty-file", b"", "envelope.not-zip", "1110")
    yield Case("xml-without-zip", _XML, "envelope.not-zip", "1110")
    yield Case("gzip", b"\x1f\x8b\x08" + good, "envelope.not-zip", "1110")
    yield Case("rar", b"Rar!\x1a\x07\x00" + good, "envelope.not-zip", "1110")
    yield Case("data-before-the-zip", b"MZ" + good, "envelope.not-zip", "1110")
    damaged = {
        "truncated": good[:-30],
        "end-record-cut": good[:-1],
        "only-a-local-header": good[:40],
        "data-after-the-zip": good + b"x",
        "two-zips-in-a-row": good + good,
        "end-record-in-the-comment": made(comment=b"PK\5\6" + bytes(18)),
        "end-record-hidden-in-the-file": made(comment=b"--" + b"PK\5\6" + bytes(16) + b"\0\0"),
        "gap-before-the-directory": made(gap=b"hidden"),
        "local-name-differs": made(own_name="other.xml"),
        "entry-elsewhere": made(before=b"PK\3\4" + bytes(26)),
        "offset-beyond-the-end": made(offset=10**6),
        "zip64-size": made(size=0xFFFFFFFF),
        "zip64-count": made(count=0xFFFF),
        "count-of-none": made(count=0),
        "size-too-small": made(size=10),
        "size-too-large": made(size=len(_XML) + 1),
        "wrong-crc": made(crc=1),
        "deflate-garbage": made(packed_as=b"\xff" * 50),
        "deflate-cut-short": made(packed_as=b"\x4b"),
        "deflate-with-a-tail": made(packed_as=b"\x03\x00tail"),
        "stored-size-differs": made(method=0, size=3),
        "descriptor-differs": made(flags=8, descriptor=b"XX\7\x08"),
        "descriptor-flag-only-inside": made(own_flags=8),
    }
    yield from (Case(why, data, "envelope.zip-damaged", "1130") for why, data in damaged.items())
    yield Case("encrypted", made(flags=1), "envelope.zip-encrypted", "1130")
    yield Case("strongly-encrypted", made(flags=0x41), "envelope.zip-encrypted", "1130")
    yield Case("bzip2-inside", made(method=12), "envelope.zip-method", "1130")
    padded = _XML.replace(b"<ElementList>", b"<ElementList>" + b" " * (40 << 20))
    yield Case("bomb", made(padded), "envelope.zip-bomb", "1130")
    yield Case("bomb-of-text", made(b"<a>" + b" " * (4 << 20) + b"</a>"), "envelope.too-large", "1130")
    yield Case("bomb-without-markup", made(b" " * (40 << 20)), "envelope.too-large", "1130")
    yield Case("no-file", zip_of(), "envelope.file-count", "1131")
    yield Case("two-files", zip_of((_NAME, _XML), ("b.xml", b"<a/>")), "envelope.file-count", "1131")
    yield Case("same-name-twice", zip_of((_NAME, _XML), (_NAME, b"<a/>")), "envelope.file-count", "1131")
    yield Case("file-and-folder", zip_of(("a/", b""), ("a/" + _NAME, _XML)), "envelope.file-count", "1131")
    yield Case("overlapping-entries", zip_of((_NAME, _XML), (_NAME, _XML), offset=0), "envelope.file-count", "1131")
    yield Case("other-extension", zip_of((f"{ID}.txt", _XML)), "envelope.not-xml", "1132")
    yield Case("only-a-folder", zip_of(("folder/", b"")), "envelope.not-xml", "1132")
    yield Case("zip-in-zip", zip_of((f"{ID}.zip", good)), "envelope.not-xml", "1132")
    yield Case("zip-in-zip-called-xml", made(good), "envelope.not-xml", "1132")
    yield Case("pdf-called-xml", made(b"%PDF-1.7 ..."), "envelope.not-xml", "1132")
    yield Case("nothing-in-the-file", made(b""), "envelope.not-xml", "1132")


def _names() -> Iterator[Case]:
    for why, name in {
        "other-name": "envelope.xml",
        "path-up": f"../{_NAME}",
        "path-absolute": f"/tmp/{_NAME}",
        "path-of-windows": f"..\\{_NAME}",
        "path-folder": f"a/{_NAME}",
        "name-with-null": f"{ID}\0.xml",
    }.items():
        yield Case(f"xml-{why}", zip_of((name, _XML)), "envelope.xml-name", "1133")
    yield Case("zip-other-name", made(), "envelope.zip-name", "1142", "envelope.zip")
    yield Case("zip-without-extension", made(), "envelope.zip-name", "1142", ID)
    yield Case("id-missing", _swap(ID, ""), "envelope.no-id", "1141")
    yield Case("id-of-spaces", _swap(ID, "  "), "envelope.no-id", "1141")
    yield Case("id-too-short", _swap(ID, ID[:-1]), "envelope.id-length", "1111")
    yield Case("id-in-braces", _swap(ID, f"{{{ID}}}"), "envelope.id-length", "1111")
    other = "g" + ID[1:]
    data = zip_of((f"{other}.xml", _XML.replace(ID.encode(), other.encode())))
    yield Case("id-no-uuid", data, "envelope.id", "1150", f"{other}.zip")


def _markup() -> Iterator[Case]:
    end = b"</ef:Package>"
    broken = {
        "cut-in-a-document": _XML[: _XML.index(b"</Invoice>")],
        "cut-after-a-document": _XML[: _XML.index(b"</Invoice>") + 10],
        "cut-in-a-tag": _XML[: _XML.index(end) + 4],
        "not-closed": _XML.replace(end, b""),
        "text-after-the-root": _XML + b"x",
        "doctype": _XML.replace(b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n', 1),
        "entity-not-declared": _XML.replace(b"UBL-TR", b"&ubl;"),
        "utf-16": _XML.decode().encode("utf-16"),
        "latin-5-declared": _XML.replace(b'"UTF-8"', b'"ISO-8859-9"', 1),
        "latin-5-bytes": _XML.decode().replace("Ardıç", "Ardic\xfd").encode("latin-1", "replace"),
        "prefix-not-declared": _XML.replace(b' xmlns:ef="', b' xmlns:eg="', 1),
        "document-closed-wrongly": _XML.replace(b"</cbc:ID>", b"</cbc:Id>"),
        "document-with-bare-ampersand": _XML.replace(b"TEMELFATURA", b"TEMEL & FATURA"),
        "document-with-control-character": _XML.replace(b"TEMELFATURA", b"TEMEL\x01FATURA"),
        "document-hides-its-end": _XML.replace(b"TEMELFATURA", b"<!-- </Invoice> "),
        "depth": _XML.replace(end, b"<a>" * 40 + b"</a>" * 40 + end),
    }
    for why, data in broken.items():
        code = "envelope.document-malformed" if why.startswith("document") else "envelope.malformed"
        yield Case(f"xml-{why}", made(data), "envelope.malformed" if "hides" in why else code, "1140")
    leaning = _XML.replace(f'xmlns:cbc="{_cbc()}"'.encode(), b'xsi:schemaLocation="a b"')
    leaning = leaning.replace(b"cbc:", b"").replace(b"<Invoice ", b"<Invoice a:b='' xmlns:a='a' ")
    yield Case("document-leans-on-the-envelope", made(leaning), "envelope.document-not-alone", "1140")


def _cbc() -> str:
    return "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


def _swap(old: str, new: str) -> bytes:
    """The usual ZIP, its XML changed in one place."""
    assert old.encode() in _XML
    return made(_XML.replace(old.encode(), new.encode(), 1))


def _header() -> Iterator[Case]:
    contact = "<sh:ContactTypeIdentifier>VKN_TCKN</sh:ContactTypeIdentifier>"
    sender = _XML[_XML.index(b"<sh:Sender>") : _XML.index(b"<sh:Receiver>")].decode()
    yield Case("type-version-1.0", _swap("TypeVersion>1.2", "TypeVersion>1.0"), "envelope.version", "1143")
    yield Case("header-version-2", _swap("HeaderVersion>1.0", "HeaderVersion>2.0"), "envelope.version", "1143")
    faults = {
        "schema-location-of-ubl-2.0": (" PackageProxy_1_2.xsd", " PackageProxy.xsd", "schema-location"),
        "type-unknown": ("SENDERENVELOPE", "LETTER", "type"),
        "number-too-short": ("4812530769", "481253076", "party"),
        "number-of-letters": ("4812530769", "48125307AB", "party"),
        "no-alias": ("urn:mail:defaultgb@ardic.example", " ", "party"),
        "no-number": (contact, "<sh:ContactTypeIdentifier>UNVAN</sh:ContactTypeIdentifier>", "party"),
        "contact-of-unknown-kind": ("UNVAN", "NAME", "party"),
        "contact-without-kind": ("<sh:ContactTypeIdentifier>UNVAN</sh:ContactTypeIdentifier>", "", "party"),
        "two-senders": (sender, sender * 2, "party"),
    }
    for why, (old, new, code) in faults.items():
        yield Case(f"header-{why}", _swap(old, new), f"envelope.{code}", "1150")
    shapes = {
        "other-root": ("sh:StandardBusinessDocument ", "sh:Other "),
        "no-sender": (sender, ""),
        "no-moment": ("<sh:CreationDateAndTime>2026-11-22T14:30:07</sh:CreationDateAndTime>\n", ""),
        "moment-of-words": ("2026-11-22T14:30:07", "dün"),
        "moment-that-never-was": ("2026-11-22T14:30:07", "2026-13-22T14:30:07"),
        "no-version": ("<sh:HeaderVersion>1.0</sh:HeaderVersion>\n", ""),
        "unknown-element": ("<sh:Standard>", "<sh:More/><sh:Standard>"),
        "text-between": ("<sh:Sender>", "<sh:Sender>x"),
        "namespaced-elements": ("<ef:Package>", '<ef:Package xmlns="urn:x">'),
        "element-in-a-value": ("UBL-TR", "<b/>"),
    }
    for why, (old, new) in shapes.items():
        data = _XML.replace(old.encode(), new.encode(), 1)
        data = data.replace(b"</sh:StandardBusinessDocument>", b"</sh:Other>") if why == "other-root" else data
        yield Case(f"header-{why}", made(data), "envelope.structure", "1160")


def _lists() -> Iterator[Case]:
    limits = {
        "101-invoices": (ElementType.INVOICE, [invoice(n) for n in range(101)], "invoice-limit"),
        "1001-advices": (ElementType.DESPATCH_ADVICE, [advice(n) for n in range(1001)], "element-limit"),
        "two-exports": (ElementType.INVOICE, [invoice(n, "IHRACAT") for n in (1, 2)], "profile-limit"),
        "two-passengers": (ElementType.INVOICE, [invoice(n, "YOLCUBERABERFATURA") for n in (1, 2)], "profile-limit"),
        "two-exports-in-disguise": (
            ElementType.INVOICE,
            [invoice(1, "IHR&#65;CAT"), invoice(2, "<![CDATA[IHRA]]>CAT")],
            "profile-limit",
        ),
        "two-exports-in-pieces": (
            ElementType.INVOICE,
            [invoice(1, "IHR<!-- -->ACAT"), invoice(2, "IHR<?a?>ACAT")],
            "profile-limit",
        ),
        "wrong-document": (ElementType.INVOICE, [invoice(), advice()], "wrong-document"),
        "wrong-namespace": (ElementType.INVOICE, [b"<Invoice/>"], "wrong-document"),
    }
    for why, (kind, documents, code) in limits.items():
        yield Case(f"list-{why}", made(_unchecked((kind, documents))), f"envelope.{code}", "1150")
    yield Case("list-count-differs", _swap("Count>1<", "Count>2<"), "envelope.element-count", "1150")
    yield Case("list-of-unknown-type", _swap("Type>INVOICE<", "Type>LETTER<"), "envelope.element-type", "1150")
    yield Case("list-count-of-words", _swap("Count>1<", "Count>one<"), "envelope.structure", "1160")
    yield Case("list-with-text", _swap("<ElementList>", "<ElementList>x"), "envelope.structure", "1160")
    one = (ElementType.INVOICE, [invoice()])
    yield Case("list-empty", made(_unchecked((ElementType.INVOICE, []))), "envelope.empty", "1160")
    yield Case("no-list", made(_unchecked()), "envelope.structure", "1160")
    yield Case("eleven-lists", made(_unchecked(*[one] * 11)), "envelope.group-count", "1150")
    mixed = _unchecked(one, (ElementType.DESPATCH_ADVICE, [advice()]))
    yield Case("mixed-lists", made(mixed), "envelope.mixed", "1150")
    receipt = invoice().replace(b"Invoice", b"ReceiptAdvice")
    for outside, wrong, document in (
        (EnvelopeType.SENDER, ElementType.APPLICATION_RESPONSE, answer()),
        (EnvelopeType.POSTBOX, ElementType.INVOICE, invoice()),
        (EnvelopeType.SYSTEM, ElementType.RECEIPT_ADVICE, receipt),
        (EnvelopeType.USER, ElementType.INVOICE, invoice()),
    ):
        data = made(_unchecked((wrong, [document]), type=outside))
        yield Case(f"{outside.lower()}-with-{wrong.lower()}", data, "envelope.not-carried", "1150")
    for outside, code, fault in (
        (EnvelopeType.SYSTEM, "KABUL", "not-system-response"),
        (EnvelopeType.POSTBOX, "S_APR", "system-response"),
    ):
        data = made(_unchecked((ElementType.APPLICATION_RESPONSE, [answer(code=code)]), type=outside))
        yield Case(f"{outside.lower()}-with-{code.lower()}", data, f"envelope.{fault}", "1150")
    sealed = f'<Signature xmlns="{_DSIG}" Id="Signature_1"/>'.encode()
    twice = [invoice(number).replace(b"</Invoice>", sealed + b"</Invoice>") for number in (1, 2)]
    for why, found in (("one-list", [twice]), ("two-lists", [[each] for each in twice])):
        data = made(_unchecked(*((ElementType.INVOICE, documents) for documents in found)))
        yield Case(f"seals-of-the-same-id-in-{why}", data, "envelope.duplicate-id", "1160")
    user = xml(Envelope(header(EnvelopeType.USER), (Group(ElementType.PROCESS_USER_ACCOUNT, [account()]),)))
    for why, old, new in (("to-a-firm", "3900383669", "7359021640"), ("from-an-alias", "usergb", "urn:mail:gb")):
        yield Case(f"user-{why}", made(user.replace(old.encode(), new.encode())), "envelope.user-party", "1150")


def _unchecked(*groups: tuple[ElementType, list[bytes]], type: EnvelopeType = EnvelopeType.SENDER) -> bytes:
    """An envelope that Ulak would not pack."""
    start = b"".join(xml_pieces(envelope()._replace(header=header(EnvelopeType.SENDER))))
    start = start[: start.index(b"<ef:Package>") + 12].replace(b"SENDERENVELOPE", type.encode())
    if type is EnvelopeType.USER:
        start = start.replace(b"urn:mail:defaultgb@ardic.example", b"usergb").replace(b"7359021640", b"3900383669")
        start = start.replace(b"urn:mail:defaultpk@meltem.example", b"GIB")
    lists = [
        f"<Elements><ElementType>{kind}</ElementType><ElementCount>{len(found)}</ElementCount><ElementList>".encode()
        + b"\n".join(found)
        + b"</ElementList></Elements>"
        for kind, found in groups
    ]
    return start + b"".join(lists) + b"</ef:Package></sh:StandardBusinessDocument>"


CASES: Final = (*_zips(), *_names(), *_markup(), *_header(), *_lists())

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for case in CASES:
        place = folder / f"{case.status}-{case.why}"
        place.mkdir(parents=True, exist_ok=True)
        (place / case.name).write_bytes(case.data)
