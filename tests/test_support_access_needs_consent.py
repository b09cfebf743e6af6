"""An operator reads a taxpayer's pages only by an owner's consent, for a time, and everything they look at is told."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import InternalError, ProgrammingError, connection

from platform_people import Person, Watch, person, signed_in
from platform_world import taxpayer
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.people import services as people
from ulak_server.people.models import Support, SupportStage
from ulak_server.people.services import ACTIONS, Caller, PeopleError, Standing

pytestmark = pytest.mark.usefixtures("platform_database")
NUMBERS = count(4_000_000_001)
REASON = "Reddedilen faturanın nedenine birlikte bakalım."


def another() -> int:
    number = f"{next(NUMBERS)}"
    return taxpayer(
        (number, f"Deneme {number} A.Ş.", f"urn:mail:gb{number}@x.example", f"urn:mail:pk{number}@x.example")
    )


class Story:
    """A taxpayer with an owner, and an operator who wants to help."""

    def __init__(self) -> None:
        self.taxpayer = another()
        self.owner = person((self.taxpayer, "owner"))
        self.operator: Person = person(operator=True)
        self.token = signed_in(self.operator)

    def caller(self) -> Caller:
        return people.authenticate_session(self.token)

    def ask(self, hours: int = 4) -> int:
        caller = self.caller()
        with people.working_for(caller):
            return people.ask_for_support(caller, self.taxpayer, REASON, hours)

    def consent(self, id: int) -> None:
        with scoped(Role.WEB, [self.taxpayer]):
            people.see(user=self.owner.id)
            people.consent_to_support(self.taxpayer, id, actor=f"user:{self.owner.id}")

    def helper(self) -> Caller:
        return people.helping(self.caller(), self.taxpayer, "documents.one", f"/t/{self.taxpayer}/documents/1")

    def one(self) -> Support:
        with scoped(Role.OPERATOR):
            return Support.objects.get(taxpayer_id=self.taxpayer)


@pytest.fixture
def story() -> Story:
    return Story()


def test_without_consent_a_taxpayers_pages_are_closed_to_an_operator(story: Story) -> None:
    with pytest.raises(PeopleError, match=r"people\.support-needed"):
        story.helper()
    story.ask()
    with pytest.raises(PeopleError, match=r"people\.support-needed"):
        story.helper()


def test_with_consent_an_operator_is_a_reader_there_and_an_operator_elsewhere(story: Story) -> None:
    other = another()
    story.consent(story.ask())
    helper = story.helper()
    open_to_readers = {name for name, one in ACTIONS.items() if Standing.READER in one.open_to}
    assert {name for name in ACTIONS if people.allowed(helper, name, story.taxpayer)} == open_to_readers
    assert not people.allowed(helper, "documents.read", other)
    assert story.caller().is_operator
    assert not people.allowed(story.caller(), "documents.read", story.taxpayer)


def test_the_consent_reads_rows_and_cannot_write_them(story: Story) -> None:
    story.consent(story.ask())
    helper = story.helper()
    with people.working_for(helper, story.taxpayer):
        assert list(Document.objects.filter(taxpayer_id=story.taxpayer)) == []
    with pytest.raises(InternalError, match="read-only"), people.working_for(helper, story.taxpayer):
        Document.objects.filter(taxpayer_id=story.taxpayer).update(party_title="başka")


def test_it_ends_by_itself(story: Story, watch: Watch) -> None:
    story.consent(story.ask(hours=1))
    story.helper()
    for _ in range(5):
        watch.pass_time(minutes=11)
        story.caller()
    watch.pass_time(minutes=6)
    with pytest.raises(PeopleError, match=r"people\.support-needed"):
        story.helper()
    assert story.one().stage is SupportStage.OVER


@pytest.mark.parametrize("role", [Role.WEB, Role.OPERATOR], ids=["the taxpayer", "the operator"])
def test_either_side_ends_it_at_once(story: Story, role: Role) -> None:
    id = story.ask()
    story.consent(id)
    with scoped(role, [story.taxpayer] if role is Role.WEB else []):
        people.see(user=story.owner.id)
        people.end_support(story.taxpayer, id, actor="user:1")
    with pytest.raises(PeopleError, match=r"people\.support-needed"):
        story.helper()
    assert story.one().stage is SupportStage.ENDED


def test_a_refusal_stays_one(story: Story) -> None:
    id = story.ask()
    with scoped(Role.WEB, [story.taxpayer]):
        people.see(user=story.owner.id)
        people.refuse_support(story.taxpayer, id, actor="user:1")
    with pytest.raises(PeopleError, match=r"people\.no-such-support"):
        story.consent(id)
    assert story.one().stage is SupportStage.REFUSED


def test_a_request_does_not_wait_for_ever(story: Story, watch: Watch) -> None:
    id = story.ask()
    watch.pass_time(days=7, minutes=1)
    with pytest.raises(PeopleError, match=r"people\.no-such-support"):
        story.consent(id)


def test_asking_twice_is_refused_while_the_first_is_open(story: Story) -> None:
    story.ask()
    with pytest.raises(PeopleError, match=r"people\.support-asked"):
        story.ask()


@pytest.mark.parametrize(
    ("reason", "hours", "code"), [("  ", 4, "reason"), ("x" * 501, 4, "reason"), (REASON, 5, "hours")]
)
def test_a_request_says_why_and_for_how_long(story: Story, reason: str, hours: int, code: str) -> None:
    caller = story.caller()
    with pytest.raises(PeopleError, match=rf"people\.support-{code}"), people.working_for(caller):
        people.ask_for_support(caller, story.taxpayer, reason, hours)


def test_both_sides_see_what_was_looked_at_and_the_timeline_tells_it(story: Story) -> None:
    id = story.ask()
    story.consent(id)
    story.helper()
    for role in (Role.WEB, Role.OPERATOR):
        with scoped(role, [story.taxpayer] if role is Role.WEB else []):
            assert [view.page for view in people.support_views(id)] == ["documents.one"]
    with scoped(Role.WEB, [story.taxpayer]):
        told = (
            Entry.objects.filter(taxpayer_id=story.taxpayer, what__startswith="support.")
            .order_by("id")
            .values_list("what", flat=True)
        )
        assert list(told) == ["support.asked", "support.consented", "support.viewed"]


HOSTILE = {
    "consent to their own request": "UPDATE people_support SET expires_at = now() + interval '1 day'",
    "ask in another's name": "INSERT INTO people_support (taxpayer_id, user_id, name, reason, hours, asked_at,"
    " answered_by, ended_by) VALUES (1, 0, 'x', 'x', 1, now(), '', '')",
    "ask with the answer in it": "INSERT INTO people_support (taxpayer_id, user_id, name, reason, hours, asked_at,"
    " answered_at, expires_at, answered_by, ended_by) VALUES (1, {user}, 'x', 'x', 1, now(), now(), now(), '', '')",
    "ask for longer afterwards": "UPDATE people_support SET hours = 9999",
    "forget what was looked at": "DELETE FROM people_support_view",
    "bring an ended one back": "UPDATE people_support SET ended_at = NULL",
}


@pytest.mark.parametrize("statement", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_database_lets_no_operator(story: Story, statement: str) -> None:
    story.ask()
    with pytest.raises(ProgrammingError), scoped(Role.OPERATOR), connection.cursor() as cursor:  # noqa: PT012
        people.see(user=story.operator.id)
        cursor.execute(statement.format(user=story.operator.id))


def test_the_database_lets_no_helper_consent_for_the_taxpayer(story: Story) -> None:
    """Under the taxpayer's own role the operator's row is closed to the operator."""
    id = story.ask()
    with scoped(Role.WEB, [story.taxpayer]):
        people.see(user=story.operator.id)
        with pytest.raises(PeopleError, match=r"people\.no-such-support"):
            people.consent_to_support(story.taxpayer, id, actor="user:1")
    assert story.one().stage is SupportStage.ASKED
