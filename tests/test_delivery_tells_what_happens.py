"""What happens reaches people as they want it: each thing once, whoever dies when, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from delivery_world import document, firm, settled, told
from platform_database import url_of
from platform_people import Person, Watch, person
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery import telling
from ulak_server.delivery.feed import Feed, read_on
from ulak_server.delivery.kinds import KINDS
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.models import Event, Message, Notification
from ulak_server.delivery.posting import Posting
from ulak_server.delivery.problems import DeliveryError
from ulak_server.delivery.tasks import forget_delivered, look_at_keys
from ulak_server.delivery.telling import Telling, tell
from ulak_server.people import services as people

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return firm()


@pytest.fixture(scope="module")
def owner(ardic: int) -> Person:
    return person((ardic, "owner"), email="sahip@ardic.example")


@pytest.fixture(autouse=True)
def fresh(ardic: int, owner: Person) -> None:
    catch_up()
    with scoped(Role.WEB, [ardic]):
        for model in (Event, Notification, Message):
            model.objects.all().delete()


def catch_up() -> int:
    settled()
    made = 0
    while (read := read_on())[0]:
        made += read[1]
    return made


def happen(ardic: int, what: str, *documents: int, code: str = "", **facts: Any) -> None:
    with scoped(Role.PIPELINE, [ardic]):
        audit.record([Entry(what, clock.now(), ardic, documents, code=code, facts=facts)])


def events(ardic: int) -> list[Event]:
    with scoped(Role.WEB, [ardic]):
        return list(Event.objects.order_by("id"))


def notices(ardic: int, owner: Person) -> list[delivery.Notice]:
    with scoped(Role.WEB, [ardic]):
        return delivery.notices(ardic, owner.id, limit=100)


# -- the feed ----------------------------------------------------------------------------------------------------------


def test_what_was_before_the_first_look_is_nobodys_news(platform_database: str, ardic: int) -> None:
    with scoped(Role.PIPELINE):
        from ulak_server.delivery.models import Cursor

        Cursor.objects.all().delete()
    happen(ardic, "document.returned", document(ardic))
    settled()
    assert read_on() == (0, 0)
    happen(ardic, "document.returned", document(ardic))
    assert catch_up() == 1


def test_each_thing_is_read_once(ardic: int) -> None:
    for _ in range(7):
        happen(ardic, "document.delivered", document(ardic))
    settled()
    assert sum(read_on(most=2)[1] for _ in range(5)) == 7
    assert read_on() == (0, 0)
    assert len(events(ardic)) == 7


def test_of_alarms_people_hear_only_that_a_report_is_late(ardic: int) -> None:
    for code in ("lifecycle.report-due-soon", "lifecycle.report-late", "reporting.put-aside"):
        happen(ardic, "alarm", code=code, stage="building")
    happen(ardic, "document.not-reported", document(ardic), code="archive.damaged")
    catch_up()
    assert [event.kind for event in events(ardic)] == ["report.late", "document.not-reported"]


def test_a_reader_that_dies_has_read_nothing(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(ardic, "document.delivered", document(ardic))
    settled()

    def die(_: object) -> int:
        raise SystemExit

    monkeypatch.setattr("ulak_server.delivery.feed._keep", die)
    with pytest.raises(SystemExit):
        read_on()
    monkeypatch.undo()
    assert events(ardic) == []
    assert catch_up() == 1


def test_what_is_committed_late_is_not_missed(platform_database: str, ardic: int) -> None:
    """A transaction that began first and ends last wrote its entry below those that were there before it."""
    late = document(ardic)
    with psycopg.connect(url_of(platform_database)) as slow:
        slow.execute("SET LOCAL ROLE ulak_pipeline")
        slow.execute(
            "INSERT INTO audit_entry (at, taxpayer_id, what, documents, stage, code, actor, origin, facts)"
            " VALUES (now(), %s, 'document.returned', %s, '', '', '', '', '{}')",
            [ardic, [late]],
        )
        happen(ardic, "document.delivered", document(ardic))
        assert read_on() == (0, 0), "what came after one that still runs waits"
    assert catch_up() == 2
    assert [one.kind for one in events(ardic)] == ["document.returned", "document.delivered"]


def test_only_one_process_reads_at_a_time(platform_database: str, ardic: int) -> None:
    happen(ardic, "document.delivered", document(ardic))
    with psycopg.connect(url_of(platform_database)) as other:
        other.execute("SELECT pg_advisory_xact_lock(7106, 0)")
        assert read_on() == (0, 0)
    assert catch_up() == 1


@pytest.mark.parametrize(
    ("what", "code", "kind"),
    [
        ("document.received", "", "document.received"),
        ("document.returned", "1181", "document.returned"),
        ("document.to-correct", "1163", "document.returned"),
        ("document.faulty", "document.faulty", "document.faulty"),
        ("answer.received", "KABUL", "answer.accepted"),
        ("answer.received", "RED", "answer.rejected"),
        ("answer.received", "IADE", "answer.received"),
        ("answer.received", "RECEIPT", "answer.received"),
        ("answer.reminder", "", "answer.deadline"),
        ("answer.lapsed", "", "answer.lapsed"),
        ("account.active", "", "account.opened"),
        ("account.not-opened", "", "account.refused"),
        ("account.closed-by-gib", "", "account.closed"),
        ("batch.done", "", "batch.done"),
        ("document.sealed", "", None),
        ("call.send", "", None),
    ],
)
def test_each_happening_is_of_its_kind(ardic: int, what: str, code: str, kind: str | None) -> None:
    happen(ardic, what, document(ardic), code=code)
    catch_up()
    assert [one.kind for one in events(ardic)] == ([kind] if kind else [])


def test_the_stations_do_the_same_turn_by_turn(ardic: int, owner: Person) -> None:
    happen(ardic, "document.returned", document(ardic))
    settled()
    feed, telling_station = Feed(seconds=0), Telling()
    assert feed.turn() == 1
    assert telling_station.turn() == 1
    assert telling_station.turn() == 0
    assert len(notices(ardic, owner)) == 1


# -- people ------------------------------------------------------------------------------------------------------------


def test_a_teller_that_dies_has_told_nobody(ardic: int, owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(ardic, "document.returned", document(ardic))
    catch_up()
    monkeypatch.setattr(telling, "_call", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell(ardic)
    monkeypatch.undo()
    assert notices(ardic, owner) == []
    assert tell(ardic) == 1
    assert tell(ardic) == 0
    assert len(notices(ardic, owner)) == 1


def test_one_that_was_not_seen_grows_instead_of_becoming_many(ardic: int, owner: Person) -> None:
    for number in range(3):
        happen(ardic, "document.returned", document(ardic, number=f"ARD202600000010{number}"))
    catch_up()
    tell(ardic)
    (notice,) = notices(ardic, owner)
    assert notice.sentence.say("tr") == "3 belge geri döndü."
    assert notice.sentence.say("en") == "3 documents came back."
    assert "ARD2026000000102" in notice.names[0]
    with scoped(Role.WEB, [ardic]):
        assert delivery.unseen(ardic, owner.id) == 1
        assert delivery.seen(ardic, owner.id) == 1
        assert delivery.unseen(ardic, owner.id) == 0
    happen(ardic, "document.returned", document(ardic, number="ARD2026000000200"))
    catch_up()
    tell(ardic)
    last, _ = notices(ardic, owner)
    assert last.sentence.tr == "Belge geri döndü: ARD2026000000200 · Meltem Gıda Ltd. Şti."


def test_people_are_told_as_they_want(ardic: int, owner: Person) -> None:
    other = person((ardic, "clerk"))
    with scoped(Role.WEB, [ardic]):
        delivery.prefer(ardic, owner.id, "document.delivered", shown=True, mail="never")
        delivery.prefer(ardic, other.id, "document.returned", shown=False, mail="never")
    happen(ardic, "document.delivered", document(ardic))
    happen(ardic, "document.returned", document(ardic))
    catch_up()
    tell(ardic)
    assert {one.row.kind for one in notices(ardic, owner)} == {"document.delivered", "document.returned"}
    assert notices(ardic, other) == []
    with scoped(Role.WEB, [ardic]):
        delivery.prefer(ardic, owner.id, "document.delivered", shown=False, mail="never")
        people.remove_member(ardic, other.id)


@pytest.mark.parametrize(
    ("kind", "mail", "code"),
    [
        ("document.eaten", "never", "notification.kind-unknown"),
        ("answer.lapsed", "hourly", "notification.mail-unknown"),
    ],
)
def test_wishes_that_mean_nothing_are_refused(ardic: int, owner: Person, kind: str, mail: str, code: str) -> None:
    with scoped(Role.WEB, [ardic]), pytest.raises(DeliveryError) as refused:
        delivery.prefer(ardic, owner.id, kind, shown=True, mail=mail)
    assert refused.value.code == code


def test_every_kind_has_sentences_in_both_languages(ardic: int, owner: Person) -> None:
    facts = {"name": "ERP", "day": "2027-01-05", "label": "ERP", "accepted": 3, "refused": 1, "month": "2026-10"}
    facts |= {"balance": "12.5", "amount": "250"}
    for kind in KINDS:
        with scoped(Role.WEB, [ardic]):
            for count in (1, 4):
                row = Notification(
                    taxpayer_id=ardic,
                    user_id=owner.id,
                    kind=kind,
                    count=count,
                    facts=facts,
                    documents=[document_id(ardic)],
                )
                row.created_at = row.updated_at = clock.now()
                row.save()
    told = notices(ardic, owner)
    assert {"10.2026 defterlerinin son günü 05.01.2027."} <= {one.sentence.tr for one in told}
    assert {"The books of Oct 2026 are due on 5 Jan 2027."} <= {one.sentence.en for one in told}
    for notice in told:
        for said in notice.sentence:
            assert said.strip().endswith(".")
            assert "{" not in said
            assert "–" not in said, said


def document_id(ardic: int) -> int:
    from ulak_server.documents.models import Document

    return Document.objects.filter(taxpayer_id=ardic).values_list("id", flat=True)[0]


# -- by e-mail ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with told(ULAK_SMTP_URL=f"file:{tmp_path}", ULAK_MAIL_FROM="Ulak <a@ulak.example>"):
        yield tmp_path


def post_all(folder: Path) -> list[str]:
    """The plain words of the messages that are sent now."""
    from email import message_from_bytes

    Posting().turn()
    station = Mail(threads=1)
    station.turn()
    station.close()
    said = []
    for path in sorted(folder.iterdir()):
        parsed = message_from_bytes(path.read_bytes())
        part = next(one for one in parsed.walk() if one.get_content_type() == "text/plain")
        body = part.get_payload(decode=True)
        assert isinstance(body, bytes)
        said.append(body.decode())
        assert parsed["Auto-Submitted"] == "auto-generated"
        assert "sahip@ardic.example" in parsed["To"]
        path.unlink()
    return said


def test_what_is_urgent_is_sent_within_minutes_and_together(
    ardic: int, owner: Person, folder: Path, watch: Watch
) -> None:
    invoice = document(ardic, number="ARD2026000000301")
    happen(ardic, "answer.received", invoice, code="RED")
    happen(ardic, "document.returned", invoice)
    happen(ardic, "document.received", invoice)
    catch_up()
    tell(ardic)
    assert post_all(folder) == []
    watch.pass_time(seconds=30)
    (said,) = post_all(folder)
    assert "Alıcı reddetti: ARD2026000000301" in said
    assert "Belge geri döndü" in said
    assert "Yeni bir belge geldi" not in said
    assert f"/t/{ardic}/settings/notifications" in said
    happen(ardic, "document.returned", invoice)
    catch_up()
    tell(ardic)
    watch.pass_time(minutes=1)
    assert post_all(folder) == [], "not so soon again"
    watch.pass_time(minutes=10)
    assert len(post_all(folder)) == 1


def test_the_rest_is_summed_up_in_the_morning(ardic: int, owner: Person, folder: Path, watch: Watch) -> None:
    today = clock.now().astimezone(clock.ISTANBUL).date()
    watch.at = datetime.combine(today, time(15), clock.ISTANBUL)
    for _ in range(3):
        happen(ardic, "document.received", document(ardic))
    catch_up()
    tell(ardic)
    watch.pass_time(hours=8)
    assert post_all(folder) == []
    watch.at = datetime.combine(today + timedelta(days=1), time(8, 1), clock.ISTANBUL)
    (said,) = post_all(folder)
    assert "3 yeni belge geldi." in said
    assert "dünden bugüne" in said
    assert post_all(folder) == []


def test_whoever_left_is_written_to_no_more(ardic: int, owner: Person, folder: Path, watch: Watch) -> None:
    leaving = person((ardic, "clerk"), email="giden@ardic.example")
    with scoped(Role.WEB, [ardic]):
        for kind in KINDS:
            delivery.prefer(ardic, owner.id, kind, shown=True, mail="never")
    happen(ardic, "document.returned", document(ardic))
    catch_up()
    tell(ardic)
    with scoped(Role.WEB, [ardic]):
        people.remove_member(ardic, leaving.id)
    watch.pass_time(minutes=1)
    assert post_all(folder) == []
    with scoped(Role.WEB, [ardic]):
        assert not Notification.objects.filter(user_id=leaving.id).exclude(mail="never").exists()


def test_an_address_that_is_of_no_use_is_written_to_no_more(
    ardic: int, owner: Person, folder: Path, watch: Watch
) -> None:
    with scoped(Role.WEB, [ardic]):
        delivery.prefer(ardic, owner.id, "document.returned", shown=True, mail="once")
        delivery.suppress_by_hand(ardic, owner.email)
    happen(ardic, "document.returned", document(ardic))
    catch_up()
    tell(ardic)
    watch.pass_time(minutes=1)
    assert post_all(folder) == []
    assert len(notices(ardic, owner)) == 1, "the portal still tells"
    with scoped(Role.WEB, [ardic]):
        delivery.lift(ardic, owner.email)


# -- by the clock ------------------------------------------------------------------------------------------------------


def test_keys_that_end_soon_are_told_of_once_for_each_mark(ardic: int, owner: Person, watch: Watch) -> None:
    with scoped(Role.WEB, [ardic]):
        people.make_key(ardic, "ERP anahtarı", ["documents.read"], expires_at=clock.now() + timedelta(days=40))
    told_on: list[int] = []
    for day in range(45):
        look_at_keys(timestamp=0)
        if len(events(ardic)) > len(told_on):
            told_on.append(day)
        watch.pass_time(days=1)
    assert told_on == [10, 33, 39]
    assert "ERP anahtarı" in str(events(ardic)[0].facts)


def test_what_is_old_is_forgotten_and_messages_to_people_are_kept(ardic: int, owner: Person, watch: Watch) -> None:
    happen(ardic, "document.returned", document(ardic))
    catch_up()
    tell(ardic)
    with scoped(Role.WEB, [ardic]):
        Notification.objects.update(mail="never")
        Message(taxpayer_id=ardic, channel="mail", kind="document", recipient="a@b.example", stage="sent").save()
    watch.pass_time(days=89)
    forget_delivered(timestamp=0)
    assert len(events(ardic)) == 1
    watch.pass_time(days=2)
    forget_delivered(timestamp=0)
    assert events(ardic) == []
    assert notices(ardic, owner) == []
    with scoped(Role.WEB, [ardic]):
        assert Message.objects.count() == 1
