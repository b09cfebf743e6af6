"""People sign in by password and second factor, each code once; guessing is slow, sessions end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pyotp
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_people import PASSWORD, Person, Watch, person, signed_in
from ulak_server import clock
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import services as people
from ulak_server.people.models import Limit, Session, User
from ulak_server.people.services import PeopleError, TooMany

NUMBERS = count()
pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture
def watch(platform_database: str) -> Iterator[Watch]:
    """Every test begins with a clock of its own and nobody locked out."""
    with scoped(Role.WEB):
        Limit.objects.all().delete()
    made = Watch()
    clock.use(made)
    yield made
    clock.use(None)


@pytest.fixture
def ayse(watch: Watch) -> Person:
    made = person()
    watch.pass_time(minutes=1)
    return made


def refusal(verb: Callable[[], object]) -> str:
    with pytest.raises(PeopleError) as caught:
        verb()
    return caught.value.code


def level(token: str) -> str:
    return people.authenticate_session(token).level


# -- the way in --------------------------------------------------------------------------------------------------------


def test_a_newcomer_sets_the_second_factor_up_before_anything_else(watch: Watch) -> None:
    id = people.new_user("yeni@ornek.example", PASSWORD)
    begun = people.sign_in("Yeni@Ornek.example ", PASSWORD)
    assert begun.level == level(begun.token) == "second-factor-missing"
    assert refusal(lambda: people.require(people.authenticate_session(begun.token), "me.read")) == (
        "people.second-factor-missing"
    )
    assert refusal(lambda: people.confirm_second_factor(begun.token, "000000")) == "people.second-factor-not-begun"
    address = people.begin_second_factor(begun.token)
    assert address.startswith("otpauth://totp/Ulak:yeni%40ornek.example?secret=")
    assert refusal(lambda: people.confirm_second_factor(begun.token, "abc")) == "people.wrong-code"
    code = pyotp.TOTP(pyotp.parse_uri(address).secret).at(int(clock.now().timestamp()))
    done, codes = people.confirm_second_factor(begun.token, code)
    assert (done.level, len(set(codes))) == ("full", 10)
    assert people.authenticate_session(done.token).user == id
    assert refusal(lambda: people.authenticate_session(begun.token)) == "people.session-ended"
    assert refusal(lambda: people.begin_second_factor(done.token)) == "people.second-factor-there"


def test_password_and_code_open_a_session_under_a_new_token(ayse: Person) -> None:
    begun = people.sign_in(ayse.email, PASSWORD)
    assert begun.level == "second-factor-due"
    assert refusal(lambda: people.require(people.authenticate_session(begun.token), "me.read")) == (
        "people.second-factor-due"
    )
    done = people.give_code(begun.token, f" {ayse.code()[:3]} {ayse.code()[3:]} ")
    assert done.level == "full"
    assert done.token != begun.token
    people.require(people.authenticate_session(done.token), "me.read")


def test_a_code_works_once(ayse: Person) -> None:
    code = ayse.code()
    people.give_code(people.sign_in(ayse.email, PASSWORD).token, code)
    again = people.sign_in(ayse.email, PASSWORD).token
    assert refusal(lambda: people.give_code(again, code)) == "people.wrong-code"


def test_of_many_who_come_with_one_code_at_once_one_gets_in(ayse: Person) -> None:
    tokens = [people.sign_in(ayse.email, PASSWORD).token for _ in range(4)]
    code = ayse.code()
    came: list[str] = []

    def come(token: str) -> None:
        try:
            came.append(people.give_code(token, code).level)
        except PeopleError as error:
            came.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["full", *["people.wrong-code"] * 3]


def test_codes_of_a_moment_ago_are_taken_and_older_ones_are_not(ayse: Person, watch: Watch) -> None:
    code = ayse.code()
    watch.pass_time(seconds=30)
    assert people.give_code(people.sign_in(ayse.email, PASSWORD).token, code).level == "full"
    code = ayse.code()
    watch.pass_time(seconds=90)
    token = people.sign_in(ayse.email, PASSWORD).token
    assert refusal(lambda: people.give_code(token, code)) == "people.wrong-code"


def test_a_recovery_code_works_once(ayse: Person) -> None:
    code = ayse.codes[0]
    assert people.give_code(people.sign_in(ayse.email, PASSWORD).token, code.upper()).level == "full"
    token = people.sign_in(ayse.email, PASSWORD).token
    assert refusal(lambda: people.give_code(token, code)) == "people.wrong-code"


def test_a_lost_phone_is_replaced_by_a_recovery_code(ayse: Person) -> None:
    token = signed_in(ayse)
    assert refusal(lambda: people.remove_second_factor(token, "123456")) == "people.wrong-code"
    assert people.remove_second_factor(token, ayse.codes.pop()).level == "second-factor-missing"
    secret = pyotp.parse_uri(people.begin_second_factor(token)).secret
    done, _ = people.confirm_second_factor(token, pyotp.TOTP(secret).at(int(clock.now().timestamp())))
    assert done.level == "full"


# -- guessing ----------------------------------------------------------------------------------------------------------


def test_nobody_learns_which_of_both_is_wrong_or_who_is_known(ayse: Person) -> None:
    wrong = [
        (ayse.email, "yanlış bir parola"),
        ("kimse@ornek.example", PASSWORD),
        ("", ""),
        ("x" * 5000, "y" * 5000),
    ]
    assert {refusal(lambda pair=pair: people.sign_in(*pair)) for pair in wrong} == {"people.wrong-credentials"}  # type: ignore[misc]


@pytest.mark.parametrize("known", [True, False])
def test_after_ten_wrong_passwords_an_address_is_closed_for_a_while_known_or_not(
    ayse: Person, watch: Watch, known: bool
) -> None:
    email = ayse.email if known else "kimse@ornek.example"
    for _ in range(10):
        assert refusal(lambda: people.sign_in(email, "yanlış")) == "people.wrong-credentials"
    with pytest.raises(TooMany) as caught:
        people.sign_in(email, PASSWORD)
    assert caught.value.code == "people.locked"
    assert 0 < caught.value.retry_after <= 900
    watch.pass_time(minutes=16)
    if known:
        assert people.sign_in(email, PASSWORD).level == "second-factor-due"


def test_one_network_address_does_not_try_many_people(ayse: Person) -> None:
    for number in range(50):
        refusal(lambda n=number: people.sign_in(f"k{n}@ornek.example", "yanlış", origin="203.0.113.7"))  # type: ignore[misc]
    assert refusal(lambda: people.sign_in(ayse.email, PASSWORD, origin="203.0.113.7")) == "people.locked"
    assert people.sign_in(ayse.email, PASSWORD, origin="203.0.113.8").level == "second-factor-due"


def test_a_good_password_forgives_the_wrong_ones_before(ayse: Person) -> None:
    for _ in range(3):
        for _ in range(9):
            assert refusal(lambda: people.sign_in(ayse.email, "yanlış")) == "people.wrong-credentials"
        assert people.sign_in(ayse.email, PASSWORD).level == "second-factor-due"


def test_five_wrong_codes_end_the_session_and_ten_lock_the_person(ayse: Person, watch: Watch) -> None:
    token = people.sign_in(ayse.email, PASSWORD).token
    for _ in range(5):
        assert refusal(lambda: people.give_code(token, "000000")) == "people.wrong-code"
    assert refusal(lambda: people.give_code(token, ayse.code())) == "people.session-ended"
    token = people.sign_in(ayse.email, PASSWORD).token
    for _ in range(5):
        refusal(lambda: people.give_code(token, "000000"))
    token = people.sign_in(ayse.email, PASSWORD).token
    assert refusal(lambda: people.give_code(token, ayse.code())) == "people.locked"
    watch.pass_time(hours=1, seconds=1)
    token = people.sign_in(ayse.email, PASSWORD).token
    assert people.give_code(token, ayse.code()).level == "full"


def test_whoever_holds_a_session_does_not_find_the_code_by_trying(ayse: Person) -> None:
    token = signed_in(ayse)
    for _ in range(10):
        assert refusal(lambda: people.remove_second_factor(token, "000000")) == "people.wrong-code"
    assert refusal(lambda: people.remove_second_factor(token, ayse.code())) == "people.locked"
    assert level(token) == "full"


def test_the_timeline_tells_of_attempts_without_naming_addresses(ayse: Person) -> None:
    refusal(lambda: people.sign_in(ayse.email, "yanlış", origin="203.0.113.9"))
    with scoped(Role.OPERATOR):
        found = Entry.objects.filter(what="person.password-wrong").order_by("-id")[0]
    assert (found.origin, found.facts) == ("203.0.113.9", {"user": ayse.id})


@given(code=st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_code_but_the_right_one_gets_in(ayse: Person, code: str) -> None:
    with scoped(Role.WEB):
        Limit.objects.all().delete()
    if "".join(code.split()).lower() not in {ayse.code(), *ayse.codes}:
        token = people.sign_in(ayse.email, PASSWORD).token
        assert refusal(lambda: people.give_code(token, code)) == "people.wrong-code"


@given(token=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_token_but_a_true_one_is_a_session(token: str) -> None:
    assert refusal(lambda: people.authenticate_session(token)) == "people.session-ended"


# -- sessions ----------------------------------------------------------------------------------------------------------


def test_a_session_ends_when_it_rests_and_in_the_evening(ayse: Person, watch: Watch) -> None:
    token = signed_in(ayse)
    watch.pass_time(minutes=31)
    assert refusal(lambda: people.authenticate_session(token)) == "people.session-ended"
    token = signed_in(ayse)
    for _ in range(35):
        watch.pass_time(minutes=20)
        people.authenticate_session(token)
    watch.pass_time(minutes=21)
    assert refusal(lambda: people.authenticate_session(token)) == "people.session-ended"


def test_half_a_session_ends_after_ten_minutes(ayse: Person, watch: Watch) -> None:
    token = people.sign_in(ayse.email, PASSWORD).token
    watch.pass_time(minutes=10, seconds=1)
    assert refusal(lambda: people.give_code(token, ayse.code())) == "people.session-ended"


def test_people_see_and_end_their_own_sessions_alone(ayse: Person) -> None:
    one, other = signed_in(ayse), signed_in(ayse)
    stranger = signed_in(person())
    ids = [one.id for one in people.sessions_of(other)]
    assert len(ids) == 2
    assert refusal(lambda: people.end_session(stranger, ids[1])) == "people.no-such-session"
    people.end_session(other, ids[1])
    assert refusal(lambda: people.authenticate_session(one)) == "people.session-ended"
    people.sign_out(other)
    assert refusal(lambda: people.sign_out(other)) == "people.session-ended"


def test_tokens_are_not_kept(ayse: Person) -> None:
    token = signed_in(ayse)
    with scoped(Role.WEB):
        people.see(user=ayse.id)
        kept = str(list(Session.objects.values())) + str(list(User.objects.values()))
    assert token not in kept
    assert ayse.secret not in kept


def test_somebody_who_was_shut_out_is_out_at_once(ayse: Person) -> None:
    token = signed_in(ayse)
    with scoped(Role.OPERATOR):
        people.shut_out(ayse.id)
    assert refusal(lambda: people.authenticate_session(token)) == "people.session-ended"
    assert refusal(lambda: people.sign_in(ayse.email, PASSWORD)) == "people.wrong-credentials"
    with scoped(Role.OPERATOR):
        people.let_in(ayse.id)
    assert people.sign_in(ayse.email, PASSWORD).level == "second-factor-due"


def test_what_is_over_is_forgotten(ayse: Person, watch: Watch) -> None:
    signed_in(ayse)
    refusal(lambda: people.sign_in("kimse@ornek.example", "yanlış"))
    watch.pass_time(days=40)
    assert people.tidy() >= 3
    with scoped(Role.WEB):
        people.see(user=ayse.id)
        assert (Session.objects.count(), Limit.objects.count()) == (0, 0)


# -- passwords ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kısa", "short"),
        ("x" * 257, "long"),
        ("passwordpassword", ""),
        ("qwertyuiopasdfghjkl", ""),
        ("123456789012", "numeric"),
        ("sonbahar.ilkbahar@ornek", "personal"),
        ("trustno1trustno1", ""),
    ],
)
def test_passwords_that_are_easily_guessed_are_refused(watch: Watch, password: str, code: str) -> None:
    email = f"sonbahar.ilkbahar@ornek{next(NUMBERS)}.example"
    if not code:
        assert people.new_user(email, password)
        return
    assert refusal(lambda: people.new_user(email, password)) == f"people.password-{code}"


def test_a_known_password_is_refused(watch: Watch) -> None:
    from django.contrib.auth.password_validation import CommonPasswordValidator

    known = next(one for one in sorted(CommonPasswordValidator().passwords) if len(one) >= 12 and not one.isdigit())
    assert refusal(lambda: people.new_user("bilinen@ornek.example", known)) == "people.password-common"


def test_a_password_is_changed_by_who_knows_it_and_ends_all_other_sessions(ayse: Person) -> None:
    here, elsewhere = signed_in(ayse), signed_in(ayse)
    new = "bambaşka bir parola 5"
    assert refusal(lambda: people.change_password(here, "yanlış", new)) == "people.wrong-credentials"
    assert refusal(lambda: people.change_password(here, PASSWORD, PASSWORD)) == "people.password-same"
    assert refusal(lambda: people.change_password(here, PASSWORD, "kısa")) == "people.password-short"
    done = people.change_password(here, PASSWORD, new)
    assert done.level == "full"
    assert refusal(lambda: people.authenticate_session(elsewhere)) == "people.session-ended"
    assert refusal(lambda: people.sign_in(ayse.email, PASSWORD)) == "people.wrong-credentials"
    assert people.sign_in(ayse.email, new).level == "second-factor-due"


def test_an_old_password_has_to_be_changed_before_anything_else(ayse: Person, watch: Watch) -> None:
    watch.pass_time(days=91)
    done = people.give_code(people.sign_in(ayse.email, PASSWORD).token, ayse.code())
    assert done.level == "password-expired"
    assert refusal(lambda: people.require(people.authenticate_session(done.token), "me.read")) == (
        "people.password-expired"
    )
    assert people.change_password(done.token, PASSWORD, "yepyeni bir parola 8").level == "full"


def test_a_password_is_not_changed_in_half_a_session(ayse: Person) -> None:
    token = people.sign_in(ayse.email, PASSWORD).token
    assert refusal(lambda: people.change_password(token, PASSWORD, "bambaşka bir parola 5")) == (
        "people.second-factor-due"
    )
    assert refusal(lambda: people.begin_second_factor(token)) == "people.second-factor-there"
    assert refusal(lambda: people.remove_second_factor(token, ayse.code())) == "people.second-factor-due"


@pytest.mark.parametrize(
    "email", ["", "ayse", "a@b", "a b@c.example", "a@b.example\n", "ş@b.example", "x" * 250 + "@b.example"]
)
def test_what_is_no_address_is_refused(watch: Watch, email: str) -> None:
    if email.strip() == "a@b.example":
        assert people.new_user(email, PASSWORD)
    else:
        assert refusal(lambda: people.new_user(email, PASSWORD)) == "people.email-odd"


def test_an_address_is_one_persons(ayse: Person) -> None:
    assert refusal(lambda: people.new_user(ayse.email.upper(), PASSWORD)) == "people.email-taken"
    assert refusal(lambda: people.new_user("z@ornek.example", PASSWORD, language="de")) == "people.language-unknown"


def test_counts_begin_anew_after_their_time(watch: Watch) -> None:
    rate = people.Rate(3, timedelta(minutes=1))
    with scoped(Role.WEB):
        for _ in range(3):
            people.take("deneme", rate)
        with pytest.raises(TooMany) as caught:
            people.take("deneme", rate)
    assert 0 < caught.value.retry_after <= 60
    watch.pass_time(seconds=61)
    with scoped(Role.WEB):
        people.take("deneme", rate)
