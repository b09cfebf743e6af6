"""What the model has no field for comes back at the place where it stood."""

from __future__ import annotations

from lxml import etree
from msgspec import structs

from ubl_compare import differences
from ulak.ubl import invoice
from ulak.ubl.components import Invoice
from ulak.ubl.documents import ROOTS
from ulak.ubl.names import NAMESPACES
from ulak.ubl.values import Code, KeptAttribute, KeptContent

_PREFIXES = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("cac", "cbc", "ext", "xsi"))
_OPEN = f'<Invoice xmlns="{ROOTS[Invoice].namespace}" {_PREFIXES}'


def _survives(body: str, root: str = "") -> Invoice:
    data = f"{_OPEN}{root}>{body}</Invoice>".encode()
    read = invoice.read(data)
    written = invoice.write(read)
    assert differences(etree.fromstring(data), etree.fromstring(written)) == []
    assert invoice.read(written) == read
    return read


def test_the_content_of_an_extension_is_kept() -> None:
    content = '<s:Signature xmlns:s="urn:s" Id="a"><s:Value>x &amp; y</s:Value></s:Signature>'
    extensions = f"<ext:UBLExtension><ext:ExtensionContent>{content}</ext:ExtensionContent></ext:UBLExtension>"
    read = _survives(f"<ext:UBLExtensions>{extensions}</ext:UBLExtensions>")
    assert read.ubl_extensions is not None
    kept = read.ubl_extensions.ubl_extension[0].extension_content
    assert kept is not None
    assert kept.kept == (KeptContent(content),)


def test_an_empty_extension_stays() -> None:
    _survives("<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent/></ext:UBLExtension></ext:UBLExtensions>")


def test_unknown_elements_stay_between_the_known_ones() -> None:
    _survives(
        '<x xmlns=""/><cbc:ID>1</cbc:ID><y:a xmlns:y="urn:y"/><y:b xmlns:y="urn:y"/><cbc:Note>1</cbc:Note>'
        '<cbc:Unheard>!</cbc:Unheard><cbc:Note>2</cbc:Note><z xmlns="urn:z"><w xmlns=""/></z>'
    )


def test_unknown_elements_deep_inside_stay() -> None:
    name = '<cac:PartyName><cbc:Name>a</cbc:Name><q xmlns="urn:q"/></cac:PartyName>'
    party = f"<cac:Party><cbc:Unheard>1</cbc:Unheard>{name}</cac:Party>"
    _survives(f"<cac:AccountingSupplierParty>{party}</cac:AccountingSupplierParty>")


def test_unknown_attributes_stay_on_leaves_components_and_the_root() -> None:
    read = _survives(
        '<cbc:ID a="1" schemeID="s">1</cbc:ID><cbc:IssueDate xmlns:p="urn:p" p:b="2">2026-07-01</cbc:IssueDate>'
        '<cbc:Note>1</cbc:Note><cbc:Note xml:space="preserve"> 2 </cbc:Note><cac:LegalMonetaryTotal c="3"/>',
        ' xml:lang="tr" xsi:schemaLocation="urn:a b.xsd"',
    )
    assert KeptAttribute("{http://www.w3.org/XML/1998/namespace}space", "preserve", "note", 1) in read.kept


def test_a_second_value_where_the_schema_allows_one_stays() -> None:
    read = _survives("<cbc:UUID>a</cbc:UUID><cbc:UUID>b</cbc:UUID>")
    assert read.uuid == "a"


def test_text_between_elements_stays() -> None:
    _survives("<cbc:ID>1</cbc:ID>stray &lt; text<cbc:UUID>2</cbc:UUID>")


def test_elements_inside_a_value_stay() -> None:
    assert _survives('<cbc:ID>1</cbc:ID><cbc:Note d="e">a<b/>c</cbc:Note><cbc:Note>f</cbc:Note>').note == ("f",)


def test_comments_go_but_the_text_around_them_stays() -> None:
    read = invoice.read(f"{_OPEN}><!-- a --><cbc:Note>a<!-- b -->c<?d e?>f</cbc:Note><?g h?></Invoice>".encode())
    assert read == Invoice(note=("acf",))


def test_elements_in_another_order_are_set_in_order() -> None:
    read = invoice.read(f"{_OPEN}><cbc:UUID>2</cbc:UUID><cbc:ID>1</cbc:ID></Invoice>".encode())
    assert [child.text for child in etree.fromstring(invoice.write(read))] == ["1", "2"]


def test_names_without_a_namespace_stay_without_one() -> None:
    uri = ROOTS[Invoice].namespace
    data = f'<i:Invoice xmlns:i="{uri}"><plain t="i:x"><i:other/></plain></i:Invoice>'.encode()
    kept = etree.fromstring(invoice.write(invoice.read(data)))[0]
    assert (kept.tag, kept[0].tag, kept.nsmap["i"]) == ("plain", f"{{{uri}}}other", uri)


def test_what_stood_behind_a_value_that_was_removed_is_still_written() -> None:
    read = invoice.read(f'{_OPEN}><cbc:ID>1</cbc:ID><q xmlns="urn:q"/><cbc:UUID>2</cbc:UUID></Invoice>'.encode())
    shorter = etree.fromstring(invoice.write(structs.replace(read, id=None)))
    assert [etree.QName(child).localname for child in shorter] == ["q", "UUID"]


def test_attributes_of_values_are_fields() -> None:
    read = _survives('<cbc:InvoiceTypeCode listID="a" name="b" listURI="urn:c">SATIS</cbc:InvoiceTypeCode>')
    assert read.invoice_type_code == Code("SATIS", list_id="a", name="b", list_uri="urn:c")


def test_white_space_inside_text_and_attributes_stays() -> None:
    read = _survives('<cbc:ID schemeID=" &#9;&#10;&quot;&lt;">&#13;</cbc:ID><cbc:Note>  a\n\tb&#13;\n </cbc:Note>')
    assert read.note == ("  a\n\tb\r\n ",)
