"""Whatever root a document has, the pack knows which XSD and which Schematron judge it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from support import REFERENCE, needs_reference
from tiny_packs import INVOICE, XSD
from ulak.rules.importer import add
from ulak.rules.pack import Pack, PackError, documents
from ulak.rules.schemas import SchemaSet, read_xsd
from ulak.rules.store import PackStore, built_in_pack
from ulak.xml import parse

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
SBDH = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"


def xsd(body: str, namespace: str = "", extra: str = "") -> bytes:
    target = f'targetNamespace="{namespace}" xmlns="{namespace}"' if namespace else ""
    return f'<xs:schema {XS} {target} {extra} elementFormDefault="qualified">{body}</xs:schema>'.encode()


def named(name: str, namespace: str = "") -> etree._Element:
    return etree.Element(f"{{{namespace}}}{name}" if namespace else name)


@pytest.mark.parametrize("name", ["Invoice", "CreditNote", "ApplicationResponse", "DespatchAdvice", "ReceiptAdvice"])
def test_the_pack_that_comes_with_ulak_knows_every_ubl_document(name: str) -> None:
    pack = built_in_pack()
    root = named(name, f"{UBL}{name}-2")
    found = pack.schema_for(root)
    assert found
    assert found[0].endswith(f"/UBL-{name}-2.1.xsd")
    assert not found[1].validate(root)
    assert pack.role_for(root) == "main"


@pytest.mark.parametrize(
    ("name", "namespace", "path"),
    [
        ("StandardBusinessDocument", SBDH, "PackageProxy_1_2.xsd"),
        ("ProcessUserAccount", "http://www.hr-xml.org/3", "UserAccount.xsd"),
        ("CancelUserAccount", "http://www.hr-xml.org/3", "UserAccount.xsd"),
    ],
)
def test_envelopes_and_account_messages_have_their_schemas(name: str, namespace: str, path: str) -> None:
    found = built_in_pack().schema_for(named(name, namespace))
    assert found
    assert found[0].endswith(path)


@pytest.mark.parametrize(
    "root", [named("a"), named("Invoice"), named("Invoice", "urn:x"), named("InvoiceLine", INVOICE)]
)
def test_a_root_that_no_schema_declares_has_none(root: etree._Element) -> None:
    assert built_in_pack().schema_for(root) is None


def test_an_include_is_found_by_path_by_name_and_an_import_by_namespace() -> None:
    files = {
        "a/main.xsd": xsd(
            '<xs:include schemaLocation="../b/parts.xsd"/><xs:import namespace="urn:o" schemaLocation="http://x/o.xsd"/>'
            '<xs:import namespace="urn:p" schemaLocation="not-there.xsd"/><xs:element name="r" type="t"/>'
            '<xs:element name="s"><xs:complexType><xs:sequence><xs:element ref="o:o" xmlns:o="urn:o"/>'
            '<xs:element ref="p:p" xmlns:p="urn:p"/></xs:sequence></xs:complexType></xs:element>',
            "urn:m",
        ),
        "b/parts.xsd": xsd('<xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType>', "urn:m"),
        "c/deep/o.xsd": xsd('<xs:element name="o" type="xs:int"/>', "urn:o"),
        "c/other-name.xsd": xsd('<xs:element name="p" type="xs:int"/>', "urn:p"),
    }
    found = SchemaSet(files).schema_for(named("r", "urn:m"))
    assert found
    assert found[1].validate(parse(b'<r xmlns="urn:m">7</r>'))
    assert not found[1].validate(parse(b'<r xmlns="urn:m">seven</r>'))
    assert found[1].validate(parse(b'<s xmlns="urn:m"><o xmlns="urn:o">1</o><p xmlns="urn:p">2</p></s>'))


def test_schemas_that_import_each_other_are_no_endless_road() -> None:
    files = {
        "a.xsd": xsd(
            '<xs:import namespace="urn:b" schemaLocation="b.xsd"/><xs:element name="a" type="xs:int"/>', "urn:a"
        ),
        "b.xsd": xsd(
            '<xs:import namespace="urn:a" schemaLocation="a.xsd"/><xs:element name="b" type="xs:int"/>', "urn:b"
        ),
        "c.xsd": xsd('<xs:include schemaLocation="c.xsd"/><xs:element name="c" type="xs:int"/>', "urn:c"),
    }
    schemas = SchemaSet(files)
    for name in "ab":
        assert schemas.schema_for(named(name, f"urn:{name}"))
    with pytest.raises(PackError, match="uncompilable"):
        schemas.schema_for(named("c", "urn:c"))


def test_a_schema_that_cannot_be_compiled_is_an_error_with_a_code() -> None:
    schemas = SchemaSet({"a.xsd": xsd('<xs:element name="a" type="nowhere"/>', "urn:a")})
    with pytest.raises(PackError, match=r"pack\.schema\.uncompilable.*a\.xsd") as caught:
        schemas.schema_for(named("a", "urn:a"))
    assert caught.value.repair.tr


@pytest.mark.parametrize("content", [b"", b"<a/>", b"<xs:schema", b"\x00\xff"])
def test_a_file_that_is_no_schema_is_reported_and_left_out(content: bytes) -> None:
    schemas = SchemaSet({"bad.xsd": content, "good.xsd": XSD.encode()})
    assert [error.code for error in schemas.problems] == ["pack.schema.broken"]
    assert schemas.schema_for(named("Invoice", INVOICE))


def test_the_document_type_of_the_signature_schema_is_cut_away() -> None:
    data = (
        b'<?xml version="1.0"?>\n<!-- <!DOCTYPE no> -->\n<!DOCTYPE schema\n [\n <!ENTITY % p "">\n ]>\n' + XSD.encode()
    )
    assert read_xsd("x.xsd", data).roots == {"Invoice"}


def test_the_schema_without_signature_is_never_the_judge() -> None:
    body = '<xs:element name="defter"/>'
    schemas = SchemaSet({"a_unsigned.xsd": xsd(body, "urn:e"), "edefter.xsd": xsd(body, "urn:e")})
    assert schemas.declarations["{urn:e}defter"][0] == "edefter.xsd"


def test_nothing_outside_the_pack_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xsd"
    secret.write_bytes(xsd('<xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType>', "urn:m"))
    body = f'<xs:include schemaLocation="{secret.as_uri()}"/><xs:element name="r" type="t"/>'
    with pytest.raises(PackError, match="uncompilable"):
        SchemaSet({"main.xsd": xsd(body, "urn:m")}).schema_for(named("r", "urn:m"))


def test_documents_of_an_envelope_are_judged_one_by_one() -> None:
    package = "http://www.efatura.gov.tr/package-namespace"
    root = parse(
        f'<sh:StandardBusinessDocument xmlns:sh="{SBDH}"><ef:Package xmlns:ef="{package}">'
        f"<Elements><ElementType>INVOICE</ElementType><ElementCount>2</ElementCount><ElementList>"
        f'<Invoice xmlns="{INVOICE}"/><!-- two --><Invoice xmlns="{INVOICE}"/></ElementList></Elements></ef:Package>'
        f"</sh:StandardBusinessDocument>".encode()
    )
    assert [etree.QName(e).localname for e in documents(root)] == ["StandardBusinessDocument", "Invoice", "Invoice"]
    found = built_in_pack().schema_for(root)
    assert found
    assert found[1].validate(root)


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return add(REFERENCE / "packages" / "edefter", PackStore(tmp_path_factory.mktemp("home")))


def ledger(root: str, entries: str = "") -> etree._Element:
    return parse(
        f'<{root} xmlns="http://www.edefter.gov.tr"><x:xbrl xmlns:x="http://www.xbrl.org/2003/instance">'
        f'<g:accountingEntries xmlns:g="http://www.xbrl.org/int/gl/cor/2006-10-25"><g:documentInfo>'
        f"<g:entriesType>{entries}</g:entriesType></g:documentInfo></g:accountingEntries></x:xbrl></{root}>".encode()
    )


@needs_reference
@pytest.mark.parametrize(
    ("root", "entries", "file", "role"),
    [
        ("defter", "journal", "", "edefter_yevmiye"),
        ("defter", "ledger", "", "edefter_kebir"),
        ("defter", "assets", "", "envanter_defter"),
        ("defter", "journal", "1234567808-202501-K-000000.xml", "edefter_kebir"),
        ("defter", "", "1234567808-202501-E-000000.xml", "envanter_defter"),
        ("defter", "", "", "edefter_yevmiye"),
        ("berat", "journal", "", "edefter_berat"),
        ("berat", "ledger", "", "edefter_berat"),
        ("berat", "assets", "", "envanter_berat"),
        ("berat", "", "GIB-1234567808-202501-EB-000000.xml", "envanter_berat"),
        ("berat", "", "1234567808-202501-YB-000000-0001.xml", "edefter_berat"),
        ("defterraporu", "trialbalance", "", "edefter_rapor"),
        ("fatura", "", "", None),
    ],
)
def test_a_ledger_is_judged_by_the_schematron_of_its_kind(
    ledgers: Pack, root: str, entries: str, file: str, role: str | None
) -> None:
    assert ledgers.role_for(ledger(root, entries), file) == role


@needs_reference
def test_gibs_own_samples_meet_the_schemas_of_the_pack_that_comes_with_ulak() -> None:
    pack = built_in_pack()
    for path in sorted((REFERENCE / "packages" / "efatura-20260312" / "xml").glob("*.xml")):
        if path.name == "7_UYGULAMA_YANITI_IADE.xml":
            continue  # not well-formed as published
        for document in documents(parse(path.read_bytes())):
            found = pack.schema_for(document)
            assert found, path.name
            assert found[1].validate(document), (path.name, str(found[1].error_log))
            assert pack.role_for(document) == "main"


def test_packs_with_the_same_schemas_share_their_compiled_form() -> None:
    one, two = built_in_pack(), built_in_pack()
    root = named("Invoice", INVOICE)
    first, second = one.schema_for(root), two.schema_for(root)
    assert first
    assert second
    assert first[1] is second[1]
