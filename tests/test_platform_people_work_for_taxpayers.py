"""Invitations, roles and API keys: who gets in, for whom, how far, and until when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_people import PASSWORD, Person, Watch, person, signed_in
from platform_world import MELTEM, taxpayer
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import NotScoped, scoped
from ulak_server.people import services as people
from ulak_server.people.actors import Standing
from ulak_server.people.models import ApiKey, Level, Limit
from ulak_server.people.models import Role as Part
from ulak_server.people.permissions import ACTIONS, SCOPES
from ulak_server.people.services import NOBODY, Caller, PeopleError

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MEL")


@pytest.fixture
def watch(platform_database: str) -> Iterator[Watch]:
    with scoped(Role.WEB):
        Limit.objects.all().delete()
    made = Watch()
    clock.use(made)
    yield made
    clock.use(None)


def refusal(verb: Callable[[], object]) -> str:
    with pytest.raises(PeopleError) as caught:
        verb()
    return caught.value.code


def inside(taxpayer: int, verb: Callable[[], object]) -> Callable[[], object]:
    def done() -> object:
        with scoped(Role.WEB, [taxpayer]):
            return verb()

    return done


def roles(who: Person) -> dict[int, object]:
    return dict(people.authenticate_session(signed_in(who)).grants)


# -- invitations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [Role.WEB, Role.OPERATOR])
def test_an_invited_person_chooses_a_password_and_works_for_the_taxpayer(watch: Watch, ardic: int, by: Role) -> None:
    email = f"davetli.{by.value.removeprefix('ulak_')}@ornek.example"
    with scoped(by, [] if by is Role.OPERATOR else [ardic]):
        token = people.invite(ardic, email, "clerk", actor="user:1").token
        assert email in {one.email for one in people.invitations(ardic)}
    assert refusal(lambda: people.accept_invitation(token, password="kısa")) == "people.password-short"
    user = people.accept_invitation(token, password=PASSWORD, name="  Deniz   Öz ")
    with scoped(Role.WEB, [ardic]):
        (found,) = [one for one in people.members(ardic) if one.user == user]
        assert (found.email, found.name, found.role) == (email, "Deniz Öz", Part.CLERK)
    assert refusal(lambda: people.accept_invitation(token, password=PASSWORD)) == "people.invitation-unknown"


def test_an_accountant_works_for_many_and_says_who_they_are_by_their_password(
    watch: Watch, ardic: int, meltem: int
) -> None:
    ali = person((ardic, "accountant"))
    with scoped(Role.WEB, [meltem]):
        token = people.invite(meltem, ali.email.upper(), "accountant").token
    assert refusal(lambda: people.accept_invitation(token, password="başka bir parola 1")) == "people.wrong-credentials"
    assert people.accept_invitation(token, password=PASSWORD) == ali.id
    assert roles(ali) == {ardic: Part.ACCOUNTANT, meltem: Part.ACCOUNTANT}
    assert refusal(inside(meltem, lambda: people.invite(meltem, ali.email, "reader"))) == "people.member-already"


def test_whoever_invites_somebody_does_not_find_their_password_by_trying(watch: Watch, ardic: int, meltem: int) -> None:
    ali = person((ardic, "clerk"))
    with scoped(Role.WEB, [meltem]):
        token = people.invite(meltem, ali.email, "reader").token
    for n in range(10):
        refused = refusal(lambda n=n: people.accept_invitation(token, password=f"tahmin {n} tahmin"))  # type: ignore[misc]
        assert refused == "people.wrong-credentials"
    assert refusal(lambda: people.accept_invitation(token, password=PASSWORD)) == "people.locked"
    assert refusal(lambda: people.sign_in(ali.email, PASSWORD)) == "people.locked"
    watch.pass_time(minutes=15, seconds=1)
    assert people.accept_invitation(token, password=PASSWORD) == ali.id


def test_invitations_end_and_are_taken_back(watch: Watch, ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        one, other = (people.invite(ardic, f"{name}@ornek.example", "reader") for name in ("gec", "geri"))
        people.revoke_invitation(ardic, other.id)
    assert refusal(inside(ardic, lambda: people.revoke_invitation(ardic, other.id))) == "people.invitation-unknown"
    assert refusal(lambda: people.accept_invitation(other.token, password=PASSWORD)) == "people.invitation-unknown"
    watch.pass_time(days=7, seconds=1)
    assert refusal(lambda: people.accept_invitation(one.token, password=PASSWORD)) == "people.invitation-unknown"


def test_an_invitation_is_one_taxpayers(watch: Watch, ardic: int, meltem: int) -> None:
    with scoped(Role.WEB, [ardic]):
        token = people.invite(ardic, "karisik@ornek.example", "owner").token
    elsewhere = f"{meltem}.{token.partition('.')[2]}"
    assert refusal(lambda: people.accept_invitation(elsewhere, password=PASSWORD)) == "people.invitation-unknown"
    assert refusal(inside(meltem, lambda: people.revoke_invitation(meltem, 1))) == "people.invitation-unknown"


@given(token=st.one_of(st.text(max_size=100), st.from_regex(r"[0-9²]{1,12}\.[A-Za-z0-9]{0,60}", fullmatch=True)))
@settings(max_examples=80, deadline=None)
def test_no_made_up_invitation_lets_anybody_in(token: str) -> None:
    assert refusal(lambda: people.accept_invitation(token, password=PASSWORD)) == "people.invitation-unknown"


# -- roles -------------------------------------------------------------------------------------------------------------


def test_the_last_owner_stays(watch: Watch, ardic: int) -> None:
    with scoped(Role.OPERATOR):
        for each in people.members(ardic):
            if each.role is not Part.OWNER:
                people.remove_member(ardic, each.user)
    one = person((ardic, "owner"))
    assert refusal(inside(ardic, lambda: people.remove_member(ardic, one.id))) == "people.last-owner"
    assert refusal(inside(ardic, lambda: people.change_part(ardic, one.id, "reader"))) == "people.last-owner"
    other = person((ardic, "owner"))
    with scoped(Role.WEB, [ardic]):
        people.change_part(ardic, one.id, "reader")
    assert roles(one) == {ardic: Part.READER}
    with scoped(Role.WEB, [ardic]):
        people.remove_member(ardic, one.id)
    assert roles(one) == {}
    assert refusal(inside(ardic, lambda: people.remove_member(ardic, one.id))) == "people.no-such-user"
    assert refusal(inside(ardic, lambda: people.change_part(ardic, other.id, "boss"))) == "people.role-unknown"


def test_two_owners_who_let_each_other_go_at_once_leave_one(watch: Watch, meltem: int) -> None:
    pair = [person((meltem, "owner")), person((meltem, "owner"))]
    came: list[str] = []

    def let_go(user: int) -> None:
        try:
            with scoped(Role.WEB, [meltem]):
                people.remove_member(meltem, user)
                came.append("")
        except PeopleError as error:
            came.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=let_go, args=(one.id,)) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["", "people.last-owner"]


def test_a_role_that_is_taken_away_ends_with_the_next_request(watch: Watch, ardic: int) -> None:
    clerk = person((ardic, "clerk"))
    token = signed_in(clerk)
    people.require(people.authenticate_session(token), "documents.send", ardic)
    with scoped(Role.WEB, [ardic]):
        people.remove_member(ardic, clerk.id)
    assert refusal(lambda: people.require(people.authenticate_session(token), "documents.send", ardic)) == (
        "people.no-such-taxpayer"
    )


def test_people_see_their_colleagues_and_nobody_else(watch: Watch, ardic: int, meltem: int) -> None:
    here, there = person((ardic, "reader")), person((meltem, "reader"))
    with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_user")
        seen = {id for (id,) in cursor.fetchall()}
        cursor.execute("SELECT user_id FROM people_membership WHERE taxpayer_id = %s", [meltem])
        assert cursor.fetchall() == []
        cursor.execute("UPDATE people_user SET is_operator = true, password = ''")
        assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM people_session")
        assert cursor.fetchone() == (0,)
    assert here.id in seen
    assert there.id not in seen


# -- keys --------------------------------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_opens_its_taxpayer_with_its_scopes(watch: Watch, ardic: int, meltem: int) -> None:
    with scoped(Role.WEB, [ardic]):
        made = people.make_key(ardic, " ERP ", ["documents.send", "documents.read"], actor="user:1")
    caller = people.authenticate_key(f" {made.text} ")
    assert (caller.actor, caller.name) == (f"key:{made.id}", "ERP")
    people.require(caller, "documents.send", ardic)
    assert refusal(lambda: people.require(caller, "answers.write", ardic)) == "people.not-allowed"
    assert refusal(lambda: people.require(caller, "documents.send", meltem)) == "people.no-such-taxpayer"
    with scoped(Role.WEB, [ardic]):
        kept = str(list(ApiKey.objects.values()))
    assert made.text not in kept
    assert made.text.split("_", 3)[3] not in kept


def test_keys_end_and_are_revoked(watch: Watch, ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        one = people.make_key(ardic, "a", [], expires_at=clock.now() + timedelta(hours=1))
        other = people.make_key(ardic, "b", [])
        people.revoke_key(ardic, other.id)
        people.revoke_key(ardic, other.id)
    assert refusal(lambda: people.authenticate_key(other.text)) == "people.key-revoked"
    people.authenticate_key(one.text)
    watch.pass_time(hours=1)
    assert refusal(lambda: people.authenticate_key(one.text)) == "people.key-expired"


def test_a_key_revoked_by_another_process_opens_nothing_soon(watch: Watch, ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        made = people.make_key(ardic, "başka", [])
    people.authenticate_key(made.text)
    people.authenticate_key(made.text)
    with scoped(Role.WEB, [ardic]):
        ApiKey.objects.filter(id=made.id).update(revoked_at=watch.at)
    until = time.monotonic() + 30
    while _opens(made.text):
        assert time.monotonic() < until, "a revoked key is believed for ever"
        time.sleep(0.05)
    assert refusal(lambda: people.authenticate_key(made.text)) == "people.key-revoked"


def _opens(key: str) -> bool:
    try:
        return bool(people.authenticate_key(key).actor)
    except PeopleError:
        return False


def test_a_key_is_not_believed_with_another_secret(watch: Watch, ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        made = people.make_key(ardic, "ERP", [])
    people.authenticate_key(made.text)
    other = made.text[:-8] + ("A" * 8 if made.text[-8:] != "A" * 8 else "B" * 8)
    assert refusal(lambda: people.authenticate_key(other)) == "people.key-unknown"


def test_a_keys_last_use_is_known_to_the_minute(watch: Watch, ardic: int) -> None:
    def used(id: int) -> object:
        with scoped(Role.WEB, [ardic]):
            return next(one.last_used_at for one in people.keys_of(ardic) if one.id == id)

    with scoped(Role.WEB, [ardic]):
        made = people.make_key(ardic, "saat", [])
    assert used(made.id) is None
    people.authenticate_key(made.text)
    first = watch.at
    watch.pass_time(seconds=30)
    people.authenticate_key(made.text)
    assert used(made.id) == first
    watch.pass_time(seconds=40)
    people.authenticate_key(made.text)
    assert used(made.id) == watch.at


def test_a_key_is_revoked_by_its_own_taxpayer_alone(watch: Watch, ardic: int, meltem: int) -> None:
    with scoped(Role.WEB, [ardic]):
        made = people.make_key(ardic, "a", [])
    assert refusal(inside(meltem, lambda: people.revoke_key(meltem, made.id))) == "people.no-such-key"
    assert refusal(inside(meltem, lambda: people.revoke_key(ardic, made.id))) == "people.no-such-key"
    people.authenticate_key(made.text)


def test_keys_that_cannot_be_are_not_made(watch: Watch, ardic: int) -> None:
    for arguments, code in (
        (("", ["documents.read"]), "people.key-name"),
        (("x" * 101, []), "people.key-name"),
        (("x", ["everything"]), "people.scope-unknown"),
        (("x", ["operate"]), "people.scope-unknown"),
        (("x", ["keys.write"]), "people.scope-unknown"),
    ):
        assert refusal(inside(ardic, lambda given=arguments: people.make_key(ardic, *given))) == code  # type: ignore[misc]
    for ends in (clock.now(), clock.now() + timedelta(days=2000)):
        assert refusal(inside(ardic, lambda at=ends: people.make_key(ardic, "x", [], expires_at=at))) == (  # type: ignore[misc]
            "people.key-expiry"
        )


def test_a_key_is_not_made_for_another_taxpayer(watch: Watch, ardic: int, meltem: int) -> None:
    with pytest.raises(Exception, match="row-level security"), scoped(Role.WEB, [ardic]):
        people.make_key(meltem, "x", [])


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_made_up_key_opens_anything(data: st.DataObject, ardic: int) -> None:
    text = data.draw(
        st.one_of(
            st.text(max_size=120),
            st.from_regex(r"ulak_[0-9٣]{1,12}_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", fullmatch=True),
            st.from_regex(rf"ulak_{ardic}_[a-z0-9]{{10}}_[A-Za-z0-9_-]{{43}}", fullmatch=True),
        )
    )
    assert refusal(lambda: people.authenticate_key(text)) == "people.key-unknown"


def test_any_change_of_a_key_is_noticed(watch: Watch, ardic: int, meltem: int) -> None:
    with scoped(Role.WEB, [ardic]):
        text = people.make_key(ardic, "a", []).text
    for place in range(len(text)):
        other = "x" if text[place] != "x" else "y"
        assert refusal(lambda at=place, by=other: people.authenticate_key(text[:at] + by + text[at + 1 :])) == (  # type: ignore[misc]
            "people.key-unknown"
        )
    assert refusal(lambda: people.authenticate_key(text.replace(f"ulak_{ardic}_", f"ulak_{meltem}_"))) == (
        "people.key-unknown"
    )


# -- the table ---------------------------------------------------------------------------------------------------------

CALLERS = {
    Standing.ANONYMOUS: NOBODY,
    Standing.KEY: Caller("key:1", {1: frozenset(SCOPES)}, key=1),
    Standing.OPERATOR: Caller("user:9", is_operator=True, user=9),
    **{Standing(part): Caller("user:1", {1: part}, user=1) for part in Part},
}


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("action", ACTIONS)
def test_the_table_decides(standing: Standing, action: str) -> None:
    caller, permission = CALLERS[standing], ACTIONS[action]
    assert people.allowed(caller, action, 1) is (standing in permission.open_to)
    elsewhere = people.allowed(caller, action, 2)
    if permission.of_taxpayer and standing is not Standing.OPERATOR:
        assert not elsewhere
    for level in Level:
        if level is not Level.FULL:
            assert people.allowed(caller._replace(level=level), action, 1) is (Standing.ANONYMOUS in permission.open_to)


def test_contents_are_closed_to_operators_and_power_to_keys() -> None:
    for name, permission in ACTIONS.items():
        if name.partition(".")[0] in ("documents", "incoming", "answers", "batches", "timeline"):
            assert Standing.OPERATOR not in permission.open_to
        if name.partition(".")[0] in ("users", "keys", "accounts", "operate"):
            assert name not in SCOPES


def test_a_request_works_for_the_callers_taxpayers_alone(ardic: int, meltem: int) -> None:
    owner = Caller("user:1", {ardic: Part.OWNER}, user=1)
    with people.working_for(owner, ardic) as _:
        assert people.members(meltem) == []
    with pytest.raises(PeopleError) as caught, people.working_for(owner, ardic, meltem):
        raise AssertionError("nobody gets here")
    assert caught.value.code == "people.no-such-taxpayer"
    with pytest.raises(NotScoped), people.working_for(owner, ardic), people.working_for(owner, ardic):
        raise AssertionError("nobody gets here")
