"""Kept bodies come back as they were, are small, and are read by nobody else and in no other place."""

from __future__ import annotations

import base64
import json
import random
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import zstandard
from django.db import connection, transaction

from archive_bodies import CUT, MONTH, ODD, PAYLOAD, invoice, pictured, sealed
from platform_world import ARDIC, MELTEM, taxpayer
from seal_pki import KNOWN_KEY, NOW
from ulak.render import qr_picture, qr_png
from ulak.render.embedding import qr_reference
from ulak.render.qr_picture import LONGEST
from ulak.seal.keys.opening import open_key
from ulak.seal.sealing import seal
from ulak_server.archive import dictionaries, keyring, recipes, services
from ulak_server.archive.models import Body as BodyRow
from ulak_server.archive.models import Dictionary, DraftBody
from ulak_server.archive.problems import ArchiveError
from ulak_server.archive.services import BATCH, Body, Ref, forget, keep, open_loose, read, seal_loose
from ulak_server.database.arrays import as_arrays
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module", name="ardic")
def _ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module", name="meltem")
def _meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MEL")


def stored(owner: int) -> bytes:
    return bytes(BodyRow.objects.get(month=MONTH, owner=owner, part=1).data)


def opened(owner: int) -> bytes:
    """What is encrypted of a body."""
    row = BodyRow.objects.get(month=MONTH, owner=owner, part=1)
    data, bound = bytes(row.data), services._bound(Ref(row.taxpayer_id, MONTH, owner), row.dictionary_id)
    return keyring.cipher(row.key_id).cipher.decrypt(data[:12], data[12:], bound)


def recipe_text(data: bytes) -> bytes:
    made = recipes.recipe_of(data)
    assert made is not None
    return made.text.full


def test_bodies_come_back_as_they_were(ardic: int) -> None:
    odd = [b"", b"\x00", b"x" * 300_000, random.Random(1).randbytes(70_000), "ğ".encode() * 9, sealed(1), invoice(1)]
    refs = [Ref(ardic, MONTH, 100 + place) for place in range(len(odd))]
    with scoped(Role.WEB, [ardic]):
        keep([Body(ref, data, "invoice") for ref, data in zip(refs, odd, strict=True)])
        assert read(refs) == dict(zip(refs, odd, strict=True))
        assert read([Ref(ardic, MONTH, 99)]) == {}


def test_what_is_kept_again_takes_the_place_of_what_was(ardic: int) -> None:
    ref = Ref(ardic, MONTH, 200)
    with scoped(Role.PIPELINE, [ardic]):
        for data in (b"draft", b"second draft", sealed(2), b"corrected", sealed(3)):
            keep([Body(ref, data, "invoice")])
            assert read([ref]) == {ref: data}
        assert not DraftBody.objects.filter(owner=200).exists()
        forget([ref])
        assert read([ref]) == {}


def test_only_what_is_sealed_goes_to_the_store_of_years(ardic: int) -> None:
    with scoped(Role.PIPELINE, [ardic]):
        keep([Body(Ref(ardic, MONTH, 300), invoice(1), "invoice"), Body(Ref(ardic, MONTH, 301), sealed(1), "invoice")])
        keep([Body(Ref(ardic, MONTH, 302, BATCH), sealed(1), "batch")])
        assert list(DraftBody.objects.filter(owner__in=(300, 301, 302)).values_list("owner", flat=True)) == [300, 302]
        assert list(BodyRow.objects.filter(owner__in=(300, 301, 302)).values_list("owner", flat=True)) == [301]


def test_a_taxpayers_documents_become_small_once_they_are_known(meltem: int) -> None:
    refs = [Ref(meltem, MONTH, 400 + place) for place in range(12)]
    with scoped(Role.PIPELINE, [meltem]):
        keep([Body(ref, sealed(ref.owner), "invoice") for ref in refs])
        sizes = [len(stored(ref.owner)) for ref in refs]
        own = Dictionary.objects.get(taxpayer_id=meltem)
        assert read(refs) == {ref: sealed(ref.owner) for ref in refs}
    assert sizes[0] > 1500
    assert max(sizes[4:]) <= 800
    assert ARDIC[1].encode() not in bytes(own.data)
    with scoped(Role.PIPELINE, [meltem]):
        assert read(refs) == {ref: sealed(ref.owner) for ref in refs}


def test_documents_without_anything_in_common_make_no_dictionary(meltem: int) -> None:
    chance = random.Random(3)
    with scoped(Role.PIPELINE, [meltem]):
        for owner in range(500, 520):
            keep([Body(Ref(meltem, MONTH, owner), b"<SignatureValue>" + chance.randbytes(9000), "odd")])
        assert not Dictionary.objects.filter(topic="odd").exists()


def test_a_stylesheet_is_kept_once(meltem: int) -> None:
    sheet = random.Random(4).randbytes(200_000).hex().encode()
    with scoped(Role.PIPELINE, [meltem]):
        for owner in range(600, 606):
            keep([Body(Ref(meltem, MONTH, owner), sealed(owner) + sheet, "styled")])
        sizes = [len(stored(owner)) for owner in range(600, 606)]
        assert read([Ref(meltem, MONTH, 605)])[Ref(meltem, MONTH, 605)] == sealed(605) + sheet
    assert sizes[0] > 100_000
    assert sizes[-1] < 1500


def test_a_dictionary_that_was_undone_is_forgotten(meltem: int) -> None:
    class Undone(Exception):
        pass

    refs = [Ref(meltem, MONTH, owner) for owner in range(700, 712)]
    with suppress(Undone), scoped(Role.PIPELINE, [meltem]):
        keep([Body(ref, sealed(ref.owner), "undone") for ref in refs])
        assert Dictionary.objects.filter(topic="undone").exists()
        raise Undone
    with scoped(Role.PIPELINE, [meltem]):
        keep([Body(ref, sealed(ref.owner), "undone") for ref in refs])
        assert not Dictionary.objects.filter(topic="undone").exists()
    with scoped(Role.PIPELINE, [meltem]):
        assert read(refs) == {ref: sealed(ref.owner) for ref in refs}


def test_a_key_that_was_undone_is_forgotten() -> None:
    other = taxpayer(("1111111111", "X", "urn:mail:gb@x.example", "urn:mail:pk@x.example"), "UND")
    ref = Ref(other, MONTH, 800)
    with scoped(Role.PIPELINE, [other]):
        with suppress(RuntimeError), transaction.atomic():
            keep([Body(ref, b"first")])
            raise RuntimeError
        keep([Body(ref, b"second")])
    with scoped(Role.PIPELINE, [other]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM archive_data_key WHERE taxpayer_id = %s", [other])
        assert cursor.fetchone() == (1,)
        assert read([ref]) == {ref: b"second"}


@pytest.mark.parametrize("column", ["data", "dictionary_id", "owner"])
def test_a_changed_or_moved_body_is_not_believed(ardic: int, column: str) -> None:
    refs = [Ref(ardic, MONTH, 900), Ref(ardic, MONTH, 901)]
    change = {
        "data": "UPDATE archive_body SET data = set_byte(data, 40, get_byte(data, 40) # 1) WHERE owner = 900",
        "dictionary_id": "UPDATE archive_body SET dictionary_id = 0 WHERE owner = 900",
        "owner": "UPDATE archive_body SET data = (SELECT data FROM archive_body WHERE owner = 901) WHERE owner = 900",
    }
    with scoped(Role.PIPELINE, [ardic]), connection.cursor() as cursor:
        keep([Body(ref, sealed(ref.owner), "invoice") for ref in refs])
        cursor.execute(change[column])
        with pytest.raises(ArchiveError) as caught:
            read(refs[:1])
        assert caught.value.code == "archive.damaged"
        assert read(refs[1:]) == {refs[1]: sealed(901)}


def test_nobody_else_reads_a_body(ardic: int, meltem: int) -> None:
    ref = Ref(ardic, MONTH, 1000)
    with scoped(Role.PIPELINE, [ardic]):
        keep([Body(ref, sealed(1)), Body(ref._replace(owner=1001), b"draft")])
    for role, whom in ((Role.WEB, [meltem]), (Role.WEB, []), (Role.PIPELINE, [meltem]), (Role.PIPELINE, [])):
        with scoped(role, whom):
            assert read([ref, ref._replace(owner=1001), ref._replace(taxpayer=meltem)]) == {}


def test_older_keys_open_what_they_sealed(ardic: int) -> None:
    refs = [Ref(ardic, MONTH, 1100), Ref(ardic, MONTH, 1101)]
    with scoped(Role.PIPELINE, [ardic]):
        keep([Body(refs[0], sealed(1), "invoice")])
        keyring.renew(ardic)
        keep([Body(refs[1], sealed(2), "invoice")])
        keys = BodyRow.objects.filter(owner__in=(1100, 1101)).values_list("key_id", flat=True)
        assert len(set(keys)) == 2
        assert read(refs) == {refs[0]: sealed(1), refs[1]: sealed(2)}


def test_what_belongs_to_nobody_is_sealed_too(ardic: int) -> None:
    made = seal_loose(b"raw zip")
    assert b"raw zip" not in made
    for role in Role:
        with scoped(role):
            assert open_loose(made) == b"raw zip"
            assert open_loose(seal_loose(b"again")) == b"again"
    with pytest.raises(ArchiveError) as caught:
        open_loose(made[:-1] + b"\x00")
    assert caught.value.code == "archive.damaged"
    with pytest.raises(ArchiveError) as unknown:
        open_loose(b"\x7f\x00\x00\x00" + made[4:])
    assert unknown.value.code == "archive.key-missing"


def test_every_shipped_dictionary_is_in_the_database() -> None:
    shipped = Path(dictionaries.__file__).parent / "shipped"
    with scoped(Role.WEB):
        known = {one.topic: bytes(one.data) for one in Dictionary.objects.filter(taxpayer_id=None)}
    assert known == {path.stem: path.read_bytes() for path in shipped.glob("*.zdict")}
    assert json.dumps(sorted(known)).count("invoice") == 1


@cache
def dressed(seed: int, stylesheet: int) -> bytes:
    """A sealed invoice that carries 40 KB which nothing but itself can make small."""
    noise = base64.b64encode(random.Random(stylesheet).randbytes(30_000))
    reference = (
        b"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-11-20</cbc:IssueDate><cac:Attachment>"
        b'<cbc:EmbeddedDocumentBinaryObject filename="a.xslt" mimeCode="application/xml">%b'
        b"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    body = invoice(seed).replace(b"<cac:Signature>", reference % noise + b"<cac:Signature>", 1)
    return seal(body, open_key(f"pkcs12:{KNOWN_KEY.p12}"), at=NOW)


def test_stylesheets_are_kept_once_however_many_come_by_turns(ardic: int) -> None:
    owners = range(7_000, 7_024)
    with scoped(Role.PIPELINE, [ardic]):
        for owner in owners:
            keep([Body(Ref(ardic, MONTH, owner), dressed(owner, owner % 3), "invoice.in")])
    with scoped(Role.PIPELINE, [ardic]):
        sizes = [len(stored(owner)) for owner in owners]
        assert max(sizes[12:]) < 2_000, "each of the three is known by now"
        assert min(sizes[:3]) > 20_000, "none was at first"
        refs = [Ref(ardic, MONTH, owner) for owner in owners]
        assert read(refs) == {ref: dressed(ref.owner, ref.owner % 3) for ref in refs}


def redressed(seed: int, stylesheet: int) -> bytes:
    """The same in another stylesheet, and no longer sealed: a seal takes longer than all else."""
    noise = base64.b64encode(random.Random(stylesheet).randbytes(30_000))
    return dressed(seed, 5).replace(base64.b64encode(random.Random(5).randbytes(30_000)), noise)


def test_what_many_designs_have_in_common_is_learnt_though_they_come_by_turns(meltem: int) -> None:
    designs = 50
    bodies = [
        Body(Ref(meltem, MONTH, 7_300 + at), redressed(7_300 + at // designs, 100 + at % designs), "invoice.in")
        for at in range(6 * designs)
    ]
    with scoped(Role.PIPELINE, [meltem]):
        for body in bodies:
            keep([body])
    with scoped(Role.PIPELINE, [meltem]):
        last = bodies[-designs:]
        assert max(len(stored(body.ref.owner)) for body in last) < 2_000
        assert read([body.ref for body in last]) == {body.ref: body.data for body in last}


def test_documents_leave_their_attachment_to_the_dictionary(meltem: int) -> None:
    bodies = [Body(Ref(meltem, MONTH, owner), dressed(owner, 5), "invoice.in") for owner in range(7_100, 7_108)]
    with scoped(Role.PIPELINE, [meltem]):
        for body in bodies:
            keep([body])
        assert [opened(body.ref.owner)[:1] for body in bodies[-2:]] == [b"\2", b"\2"]
        assert read([body.ref for body in bodies]) == {body.ref: body.data for body in bodies}
        topic = dictionaries.sibling("invoice.in", recipes.parted(bodies[0].data).attachment)
        own = dictionaries.of_taxpayer(meltem, topic)
    assert own.own.count(own.attachment) == 1
    assert own.own.count(b"<cbc:UUID>") > 2


def test_dictionaries_that_hold_an_attachment_with_each_document_serve_as_well(ardic: int) -> None:
    """They were made so before bodies left it to them; what was cut off at their front matters to nobody."""
    one, other = recipe_text(dressed(1, 6)), recipe_text(dressed(2, 6))
    topic = dictionaries.sibling("despatch_advice.in", recipes.parted(dressed(1, 6)).attachment)
    ref = Ref(ardic, MONTH, 7_200)
    with scoped(Role.PIPELINE, [ardic]):
        dictionaries._add(ardic, topic, dictionaries.of_everybody("despatch_advice"), (one + other)[len(one) // 2 :])
        keep([Body(ref, dressed(3, 6), "despatch_advice.in")])
        assert opened(ref.owner)[:1] == b"\2"
        assert read([ref]) == {ref: dressed(3, 6)}


def test_short_attachments_make_no_sibling() -> None:
    def topic(data: bytes) -> str:
        return dictionaries.sibling("invoice", recipes.parted(data).attachment)

    assert topic(sealed(1)) == "invoice"
    assert topic(dressed(1, 1)).startswith("invoice#")
    assert topic(dressed(1, 1)) == topic(dressed(2, 1))
    assert topic(dressed(1, 1)) != topic(dressed(1, 2))
    for data in (b"", b"EmbeddedDocumentBinaryObject", b"EmbeddedDocumentBinaryObject>" + b"x" * 9_000):
        assert topic(data) == "invoice"


def test_bodies_of_all_forms_come_back(ardic: int) -> None:
    bodies = {Ref(ardic, MONTH, 8_000 + n): data for n, data in enumerate([*ODD.values(), *CUT.values()])}
    with scoped(Role.PIPELINE, [ardic]):
        keep([Body(ref, data, "pictured") for ref, data in bodies.items()])
        assert read(bodies) == bodies


def test_a_dressed_document_is_hardly_larger_than_a_bare_one(meltem: int) -> None:
    bare = [Body(Ref(meltem, MONTH, owner), sealed(owner), "bare") for owner in range(8_100, 8_108)]
    worn = [body._replace(ref=body.ref._replace(owner=body.ref.owner + 100), topic="worn") for body in bare]
    worn = [
        body._replace(
            data=body.data.replace(
                b"<cac:Signature>",
                qr_reference(qr_png(PAYLOAD.replace("001", str(body.ref.owner))), day="2026-11-20")
                + b"<cac:Signature>",
                1,
            )
        )
        for body in worn
    ]
    with scoped(Role.PIPELINE, [meltem]):
        keep([*bare, *worn])
        assert read([body.ref for body in worn]) == {body.ref: body.data for body in worn}
        for one, other in zip(bare[5:], worn[5:], strict=True):
            assert len(stored(other.ref.owner)) < len(stored(one.ref.owner)) + 80


def test_bodies_that_were_kept_before_there_were_forms_are_read(ardic: int) -> None:
    ref = Ref(ardic, MONTH, 8_300)
    with scoped(Role.PIPELINE, [ardic]):
        dictionary = dictionaries.of_everybody("invoice")
        (row,) = services._rows([(ref, dictionary.id, dictionary.squeezer.squeeze(sealed(3)))])
        services._run(services._KEEP_SEALED, [*as_arrays([row])[:3], *as_arrays([row])])
        assert read([ref]) == {ref: sealed(3)}


def followed(text: bytes) -> bytes:
    """What is encrypted of a recipe without bytes beside its text."""
    return b"\1\0" + zstandard.compress(text)[4:]


DAMAGED = {
    "nothing": b"",
    "a form that is not known": b"\3",
    "no length": b"\1",
    "no length, short": b"\2",
    "an attachment that no dictionary has": b"\2\0" + zstandard.compress(b"here: \6")[4:],
    "half a frame": b"\0\0",
    "noise": b"\1" + b"\xff" * 9,
    "no place": followed(b"no place\0text"),
    "no text": followed(b"place\4no text"),
    "an empty text": followed(b"nothing\4\0"),
    "a huge text": followed(b"\4\0" + b"k" * (LONGEST + 1)),
    "no UTF-8": followed(b"\4\0\xff"),
    "no ETTN": followed(b"an ETTN: \1!"),
    "no digest": followed(b"a digest: \2</ds:SignatureValue>"),
    "too many bytes": b"\1\1" + bytes(16) + zstandard.compress(b"nobody asks for them")[4:],
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_recipe_that_cannot_be_followed_is_damage(ardic: int, what: str) -> None:
    ref = Ref(ardic, MONTH, 8_400)
    with scoped(Role.PIPELINE, [ardic]):
        (row,) = services._rows([(ref, 0, DAMAGED[what])])
        services._run(services._KEEP_SEALED, [*as_arrays([row])[:3], *as_arrays([row])])
        with pytest.raises(ArchiveError) as caught:
            read([ref])
        assert caught.value.code == "archive.damaged"
        forget([ref])


def test_a_machine_that_draws_pictures_otherwise_keeps_and_reads_none(
    ardic: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = Ref(ardic, MONTH, 8_500)
    with scoped(Role.PIPELINE, [ardic]):
        keep([Body(ref, pictured(PAYLOAD), "pictured")])
        recipes._encoder.cache_clear()
        monkeypatch.setattr(qr_picture, "is_as_ever", lambda: False)
        for attempt in (lambda: read([ref]), lambda: keep([Body(ref, pictured(PAYLOAD), "pictured")])):
            with pytest.raises(ArchiveError) as caught:
                attempt()
            assert caught.value.code == "archive.encoder"
        monkeypatch.undo()
        assert read([ref]) == {ref: pictured(PAYLOAD)}
