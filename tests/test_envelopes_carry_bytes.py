"""What goes into an envelope comes out of it, byte for byte; seals inside hold."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from envelopes import ID, NOW, account, advice, answer, envelope, header, invoice, made, xml
from seal_documents import document as sealable
from seal_pki import NOW as SEALED_AT
from seal_pki import key, trust_folder
from support import REFERENCE, needs_reference
from ulak.envelope import (
    CARRIES,
    ElementType,
    Envelope,
    EnvelopeError,
    EnvelopeType,
    Group,
    Limits,
    Party,
    distribute,
    open_envelope,
    opening,
    opening_xml,
    pack,
    pack_to,
)
from ulak.envelope.packing import xml_pieces
from ulak.envelope.values import ROOTS
from ulak.rules import check
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import verify

SAMPLES = REFERENCE / "packages" / "efatura-20260312" / "xml"
EDITED = {"2_TICARI_FATURA", "2_UYGULAMA_YANITI_KABUL", "7_UYGULAMA_YANITI_IADE"}
"""Samples whose single file differs from the one in the envelope, as GİB published them."""


def of_type(kind: ElementType) -> bytes:
    namespace, _, name = ROOTS[kind][1:].partition("}")
    return f'<{name} xmlns="{namespace}"/>'.encode()


@pytest.mark.parametrize(("type", "kind"), [(type, kind) for type, kinds in CARRIES.items() for kind in kinds])
def test_every_element_type_travels_in_its_envelopes(type: EnvelopeType, kind: ElementType) -> None:
    document = answer(code="S_APR") if type is EnvelopeType.SYSTEM else of_type(kind)
    made_of = Envelope(header(type), (Group(kind, [document]),))
    packed = pack(made_of)
    assert open_envelope(packed.data, name=packed.name) == made_of


def test_the_zip_holds_one_deflated_file_named_like_the_envelope() -> None:
    packed = pack(envelope())
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        (entry,) = archive.infolist()
        assert archive.testzip() is None
    assert (packed.name, entry.filename, entry.compress_type) == (f"{ID}.zip", f"{ID}.xml", zipfile.ZIP_DEFLATED)
    assert entry.date_time == (2026, 11, 22, 14, 30, 6)
    assert packed.md5 == hashlib.md5(packed.data).hexdigest()
    assert packed.size == len(packed.data)


def test_the_same_envelope_is_the_same_bytes_in_memory_and_in_a_file(tmp_path: Path) -> None:
    first = pack(envelope())
    same = envelope(created=NOW.astimezone(UTC))
    with open(tmp_path / "a.zip", "w+b") as file:
        assert pack_to(file, same) == first._replace(data=b"")
    assert (tmp_path / "a.zip").read_bytes() == first.data


def test_the_xml_is_what_gibs_schemas_and_rules_demand() -> None:
    found = {finding.id for finding in check(xml(), as_of=NOW.date()).findings if finding.xpath.count("/") < 6}
    assert not [name for name in found if name.startswith(("xml.", "Document", "Header", "Contact", "Element", "Env"))]


def test_names_are_escaped() -> None:
    sender = Party("urn:mail:a&b@c.example", "4812530769", '<Ardıç> & "Oğulları"')
    assert open_envelope(pack(envelope(sender=sender)).data).header.sender == sender


@pytest.mark.parametrize(
    ("document", "kept"),
    [
        (b'<?xml version="1.0" encoding="UTF-8"?>\n' + invoice() + b"\n", invoice()),
        (b"\xef\xbb\xbf" + invoice(), invoice()),
        (b"<!-- before -->\n" + invoice() + b"<!-- after -->", invoice()),
    ],
    ids=["declaration", "byte-order-mark", "comments-outside"],
)
def test_only_what_stands_outside_the_root_is_left_out(document: bytes, kept: bytes) -> None:
    assert list(open_envelope(pack(envelope(document)).data).groups[0].documents) == [kept]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "document-malformed"),
        (b"text", "document-malformed"),
        (invoice()[:-3], "document-malformed"),
        (invoice() + invoice(), "document-malformed"),
        (b"<!DOCTYPE Invoice>" + invoice(), "document-malformed"),
        (b'<?xml version="1.0" encoding="ISO-8859-9"?>' + invoice(), "document-malformed"),
        (invoice().decode().encode("utf-16"), "document-malformed"),
        (b"<?xml-stylesheet href='a'?>" + invoice(), "document-instruction"),
        (invoice() + b"<?after?>", "document-instruction"),
        (b"<x:Invoice/>", "document-not-alone"),
        (advice(), "wrong-document"),
    ],
)
@pytest.mark.parametrize("parse", [True, False])
def test_a_document_that_cannot_stand_in_an_envelope_is_refused(document: bytes, code: str, parse: bool) -> None:
    with pytest.raises(EnvelopeError) as caught:
        pack(envelope(document), parse=parse)
    assert caught.value.code == f"envelope.{code}"
    assert caught.value.where == "Elements[1]/ElementList[1]"


@pytest.mark.parametrize(
    ("made_of", "code"),
    [
        (envelope(id="x"), "id-length"),
        (envelope(id=""), "no-id"),
        (envelope(sender=Party("", "4812530769")), "party"),
        (envelope(receiver=Party("urn:mail:pk", "123")), "party"),
        (envelope(receiver=Party("urn:mail:pk", "7359021640", "\x01")), "party"),
        (envelope(created=NOW.replace(tzinfo=None)), "structure"),
        (envelope(type=ElementType.APPLICATION_RESPONSE), "not-carried"),
        (Envelope(header(), ()), "structure"),
        (Envelope(header(), (Group(ElementType.INVOICE, []),)), "empty"),
        (Envelope(header(), (Group(ElementType.INVOICE, [invoice()]),) * 11), "group-count"),
        (envelope(*map(invoice, range(101))), "invoice-limit"),
        (envelope(*map(advice, range(1001)), type=ElementType.DESPATCH_ADVICE), "element-limit"),
        (envelope(invoice(1, "IHRACAT"), invoice(2, "IHRACAT")), "profile-limit"),
        (
            Envelope(
                header(),
                (Group(ElementType.INVOICE, [invoice()]), Group(ElementType.DESPATCH_ADVICE, [advice()])),
            ),
            "mixed",
        ),
        (
            Envelope(
                header(EnvelopeType.USER, sender=Party("urn:mail:gb", "7750409379")),
                (Group(ElementType.PROCESS_USER_ACCOUNT, [account()]),),
            ),
            "user-party",
        ),
    ],
)
def test_an_envelope_beyond_gibs_limits_is_not_packed(made_of: Envelope, code: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        pack(made_of)
    assert caught.value.code == f"envelope.{code}"


def test_an_export_and_a_passenger_invoice_may_share_a_list() -> None:
    both = envelope(invoice(1, "IHRACAT"), invoice(2, "YOLCUBERABERFATURA"), invoice(3))
    assert open_envelope(pack(both).data) == both._replace(groups=(Group(ElementType.INVOICE, [*both.groups[0][1]]),))


def test_profiles_that_are_handed_in_count_as_those_that_are_found() -> None:
    documents = [invoice(1, "IHRACAT"), invoice(2, "IHRACAT")]
    for profiles in (["IHRACAT"] * 2, None):
        with pytest.raises(EnvelopeError) as caught:
            pack(Envelope(header(), (Group(ElementType.INVOICE, documents, profiles),)), parse=False)
        assert caught.value.code == "envelope.profile-limit"
    pack(Envelope(header(), (Group(ElementType.INVOICE, [invoice(1), invoice(2)], ["TEMELFATURA"] * 2),)), parse=False)


def test_accounts_are_opened_and_closed_in_one_envelope() -> None:
    groups = (
        Group(ElementType.PROCESS_USER_ACCOUNT, [account()]),
        Group(ElementType.CANCEL_USER_ACCOUNT, [account("CancelUserAccount")]),
    )
    made_of = Envelope(header(EnvelopeType.USER), groups)
    assert open_envelope(pack(made_of).data) == made_of


def test_a_sealed_document_verifies_after_its_travel() -> None:
    sealed = seal(sealable("Invoice"), key("ardic"), at=SEALED_AT)
    (document,) = open_envelope(pack(envelope(sealed)).data).groups[0].documents
    assert document == sealed.partition(b"?>")[2].strip()
    assert verify(document, trust=Trust(TrustStore.read(trust_folder())), at=SEALED_AT).passed


@needs_reference
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*_ZARF.xml")), ids=lambda path: path.stem)
def test_gibs_sample_envelopes_are_opened_byte_by_byte(path: Path) -> None:
    opened = opening_xml([path.read_bytes()])
    (document,) = opened
    single = path.with_name(path.name.replace("_ZARF", "")).read_bytes()
    name = path.stem.removesuffix("_ZARF")
    assert (document.data == single) is (name not in EDITED)
    assert [fault.code for fault in opened.faults] == ["envelope.version"]


@needs_reference
@pytest.mark.parametrize("name", ["1_SISTEM_YANITI_MERKEZ", "1_SISTEM_YANITI_POSTA_KUTUSU"])
def test_gibs_system_responses_are_opened(name: str) -> None:
    opened = opening_xml([(SAMPLES / f"{name}.xml").read_bytes()])
    assert [document.type for document in opened] == [ElementType.APPLICATION_RESPONSE]
    assert opened.header.type is EnvelopeType.SYSTEM


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
MARKUP = st.sampled_from(
    [
        "<a/>",
        "<!-- </Invoice> -->",
        "<![CDATA[</Invoice><Invoice>]]>",
        "<?go </Invoice>?>",
        "<Invoice/>",
        "<Invoice a='>'></Invoice >",
        "<InvoiceLine></InvoiceLine>",
        "<x a='&lt;/Invoice>'/>",
        "!?",
        "<b>ş</b>",
        "<n xmlns:n='n'><Invoice\n/></n>",
    ]
)
INSIDE = st.lists(st.one_of(MARKUP, TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))), max_size=6)


def full(inside: list[str]) -> bytes:
    return invoice().replace(b"</Invoice>", "".join(inside).encode() + b"</Invoice>")


@settings(max_examples=150, deadline=None)
@given(st.lists(INSIDE.map(full), min_size=1, max_size=4), st.integers(1, 700), st.booleans())
def test_any_documents_come_out_as_they_went_in(documents: list[bytes], piece: int, parse: bool) -> None:
    # Random text may hold “]]>”, which XML does not allow.
    assume(all(b"]]>" not in document.replace(b"<Invoice>]]>", b"") for document in documents))
    content = xml(envelope(*documents))
    known = Group(ElementType.INVOICE, documents, ["TEMELFATURA"] * len(documents))
    assert b"".join(xml_pieces(envelope(*documents)._replace(groups=(known,)), parse=False)) == content
    pieces = [content[at : at + piece] for at in range(0, len(content), piece)]
    opened = opening_xml(pieces, parse=parse)
    assert [document.data for document in opened] == documents
    assert not opened.faults


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 420),
    st.sampled_from([ElementType.INVOICE, ElementType.DESPATCH_ADVICE]),
    st.integers(1, 12),
    st.sets(st.integers(0, 419), max_size=6),
)
def test_any_number_of_documents_is_distributed_in_order(
    count: int, kind: ElementType, groups: int, exports: set[int]
) -> None:
    make = advice if kind is ElementType.DESPATCH_ADVICE else None
    documents = [make(n) if make else invoice(n, "IHRACAT" if n in exports else "TEMELFATURA") for n in range(count)]
    found = [*distribute(header(), kind, documents, new_id=lambda: str(uuid.uuid4()), groups=groups)]
    assert [document for each in found for group in each.groups for document in group.documents] == documents
    assert len({each.header.id for each in found}) == len(found)
    for each in found[:2]:
        pack(each, parse=False)


def test_documents_are_distributed_by_size_too() -> None:
    found = distribute(header(), ElementType.INVOICE, [invoice()] * 5, new_id=lambda: ID, most_bytes=2 * len(invoice()))
    assert [len(each.groups[0].documents) for each in found] == [2, 2, 1]


class Many:
    """Documents that are made while they are read."""

    def __init__(self, count: int, size: int) -> None:
        self._count = count
        self._filling = b"<a>" + b"x" * size + b"</a>"

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[bytes]:
        for number in range(self._count):
            yield advice(number).replace(b"</DespatchAdvice>", self._filling + b"</DespatchAdvice>")


def test_a_thousand_documents_of_200_mb_take_the_memory_of_a_few(tmp_path: Path) -> None:
    many = Many(1000, 200_000)
    limits = Limits(ratio=1100)
    tracemalloc.start()
    try:
        with open(tmp_path / "big.zip", "w+b") as file:
            pack_to(file, envelope()._replace(groups=(Group(ElementType.DESPATCH_ADVICE, many),)), parse=False)
            opened = opening(file, limits=limits, parse=False)
            sizes = [len(document.data) for document in opened]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert not opened.faults
    assert len(sizes) == 1000
    assert sum(sizes) > 200_000_000
    assert most < 8_000_000


def test_an_envelope_too_large_to_open_is_not_packed() -> None:
    with pytest.raises(EnvelopeError) as caught:
        pack(envelope(), limits=Limits(xml_bytes=1000))
    assert caught.value.code == "envelope.too-large"


def test_too_large_is_refused_before_it_is_read() -> None:
    data = made()
    for limits in (Limits(zip_bytes=100), Limits(xml_bytes=100), Limits(document_bytes=50), Limits(glue_bytes=300)):
        with pytest.raises(EnvelopeError) as caught:
            list(opening(data, limits=limits))
        assert caught.value.code == "envelope.too-large"
