"""What the server ends check before they take a package, with the numbers that GİB's guides give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ulak.wire import ServiceFault, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment

GUID = "bd0a35bd-2578-4eaa-9f94-e7906e196771"
DOCUMENTS = {
    "right": (efatura.Document.of(GUID, b"zip"), 0),
    "hash in capitals": (efatura.Document.of(GUID, b"zip")._replace(hash=efatura.hash_of(b"zip").upper()), 0),
    "name in capitals": (efatura.Document.of(GUID.upper(), b"zip"), 0),
    "another hash": (efatura.Document.of(GUID, b"zip")._replace(data=b"zap"), 2000),
    "no hash": (efatura.Document.of(GUID, b"zip")._replace(hash=""), 2000),
    "no name": (efatura.Document.of(GUID, b"zip")._replace(file_name=""), 2006),
    "no extension": (efatura.Document.of(GUID, b"zip")._replace(file_name=GUID), 2006),
    "another extension": (efatura.Document.of(GUID, b"zip")._replace(file_name=f"{GUID}.rar"), 2006),
    "no GUID": (efatura.Document.of("x" * 36, b"zip"), 2006),
    "a path": (efatura.Document.of(f"../{GUID}", b"zip"), 2006),
    "a line break": (efatura.Document.of(GUID, b"zip")._replace(file_name=f"{GUID}.zip\n"), 2006),
}


def number_of(do: Callable[[], object]) -> int | None:
    try:
        do()
    except ServiceFault as fault:
        return fault.number
    return 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_e_faturas_server_checks_name_and_hash(name: str) -> None:
    document, number = DOCUMENTS[name]
    assert number_of(lambda: efatura.check_document(document)) == number


@pytest.mark.parametrize(
    ("attachment", "number"),
    [
        (Attachment(f"{GUID}.zip", b"zip"), 0),
        (None, 2),
        (Attachment("", b"zip"), 3),
        (Attachment(f"{GUID}.zip", b""), 5),
        (Attachment("a.zip", b"zip"), 9),
        (Attachment(f"{GUID}.rar", b"zip"), 10),
    ],
)
def test_e_arsivs_server_checks_the_package(attachment: Attachment | None, number: int) -> None:
    assert number_of(lambda: earsiv.check_package(earsiv.SendDocumentFile(attachment))) == number


@pytest.mark.parametrize(("kind", "number"), [("XML", 0), ("csv", 0), ("", 2), ("JSON", 2)])
def test_e_arsivs_server_checks_the_form_of_the_list(kind: str, number: int) -> None:
    assert number_of(lambda: earsiv.check_user_list(earsiv.GetUserList(kind))) == number


@pytest.mark.parametrize(
    ("attachment", "number"),
    [
        (Attachment("1234567808-202501-YB-000000-0001.zip", b"zip"), 0),
        (Attachment("12345678901-202512-DR-000000.zip", b"zip"), 0),
        (None, 103),
        (Attachment("", b"zip"), 104),
        (Attachment("1234567808-202501-YB-000000.zip", b""), 105),
        (Attachment("1234567808-202501-Y-000000.zip", b"zip"), 108),
        (Attachment("1234567808-202513-YB-000000.zip", b"zip"), 108),
        (Attachment("1234567808-202501-YB-000000-0000.zip", b"zip"), 108),
        (Attachment("123456780-202501-YB-000000.zip", b"zip"), 108),
        (Attachment("١234567808-202501-YB-000000.zip", b"zip"), 108),
    ],
)
def test_e_defters_server_checks_the_package(attachment: Attachment | None, number: int) -> None:
    assert number_of(lambda: edefter.check_package(edefter.SendDocumentFile(attachment))) == number
