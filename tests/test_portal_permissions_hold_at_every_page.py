"""Every page is in the table of permissions and open to whom the table says, and to nobody else."""

from __future__ import annotations

import re
from typing import Final

import pytest
from django.http import HttpResponse

from platform_api import two_firms
from platform_ledger_rows import CODE, ledger_rows
from platform_people import PASSWORD
from portal_client import Visitor, visitor
from ulak_server.console.rooms import ROOMS as CONSOLE
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.ledgers.models import File, Work
from ulak_server.pages.registry import Page
from ulak_server.pages.urls import pages_of
from ulak_server.people import services as people
from ulak_server.people.actors import Standing
from ulak_server.people.permissions import ACTIONS
from ulak_server.portal.rooms import ROOMS as PORTAL

pytestmark = pytest.mark.usefixtures("platform_database")
PAGES: Final = pages_of([*PORTAL, *CONSOLE])
CLOSED: Final = [page for page in PAGES if page.action != "open"]
_VALUES: Final = {"int": "2000000000", "uuid": "00000000-0000-4000-8000-000000000000"}
_WORD: Final = "yok"
_LEAVES: Final = {"sign_in.sign_out"}
"""Pages after which the visitor is nobody any more."""

_ASK_AGAIN: Final = {"account.change_password", "account.renew_second_factor"}
"""Pages that want the password or a code once more; a wrong one is no permission."""


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    return two_firms()


@pytest.fixture(scope="module")
def visitors(firms: tuple[int, int]) -> dict[str, Visitor]:
    """Somebody of each standing at the first firm, and somebody of the second."""
    first, second = firms
    found = {role: visitor((first, role)) for role in ("owner", "accountant", "clerk", "reader")}
    found["operator"] = visitor(operator=True)
    found["anonymous"] = Visitor()
    found["stranger"] = visitor((second, "owner"))
    return found


def address(page: Page, taxpayer: int) -> str:
    filled = page.address.replace("<int:taxpayer>", str(taxpayer))
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: _VALUES.get(found[1] or "", _WORD), filled)


def ask(who: Visitor, page: Page, taxpayer: int) -> HttpResponse:
    path = address(page, taxpayer)
    return who.get(path) if page.method == "GET" else who.post(path)


def is_sent_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/sign-in")


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.KEY])
def test_pages_are_open_to_whom_the_table_says(
    visitors: dict[str, Visitor], firms: tuple[int, int], standing: Standing
) -> None:
    for page in CLOSED:
        found = ask(visitors[standing], page, firms[0])
        # Operators come to a taxpayer's pages by consent alone (tests/test_support_access_needs_consent.py).
        is_elsewhere = standing is Standing.OPERATOR and page.needs_taxpayer
        if standing in ACTIONS[page.action].open_to and not is_elsewhere:
            wrong = (403, 500) if page.name in _ASK_AGAIN else (401, 403, 500)
            assert found.status_code not in wrong, (page.name, found.status_code)
            assert not is_sent_to_sign_in(found), page.name
        elif standing is Standing.ANONYMOUS:
            assert is_sent_to_sign_in(found), (page.name, found.status_code)
        else:
            assert found.status_code == 403, (page.name, found.status_code)


def test_another_taxpayer_looks_as_if_it_did_not_exist(visitors: dict[str, Visitor], firms: tuple[int, int]) -> None:
    for page in CLOSED:
        if page.needs_taxpayer:
            theirs, nobodys = (ask(visitors["stranger"], page, taxpayer) for taxpayer in (firms[0], 999_999))
            assert (theirs.status_code, nobodys.status_code) == (404, 404), page.name


def test_another_taxpayers_books_do_not_exist_by_their_ids_either(
    visitors: dict[str, Visitor], firms: tuple[int, int]
) -> None:
    rows, own = ledger_rows(firms[0]), ledger_rows(firms[1])
    tried = 0
    for page in CLOSED:
        found = re.fullmatch(r"t/<int:taxpayer>/ledgers/(\w+)/<(?:int|uuid):id>(.*)", page.address)
        if found is None:
            continue
        rest = found[2].replace("<int:file>", rows["file"]).replace("<str:code>", CODE)
        rest = re.sub(r"<(?:\w+:)?\w+>", "csv", rest)
        for id in {rows[found[1]], own[found[1]]} if "<int:file>" in found[2] else {rows[found[1]]}:
            path = f"/t/{firms[1]}/ledgers/{found[1]}/{id}{rest}"
            answer = visitors["stranger"].get(path) if page.method == "GET" else visitors["stranger"].post(path)
            assert answer.status_code in (302, 303, 404), (page.name, path, answer.status_code)
            assert "gizli" not in "".join(map(str, answer.headers.values())), page.name
            tried += 1
    assert tried > 20
    with scoped(Role.WEB, [firms[0]]):
        assert Work.objects.get(id=rows["works"]).stage == "checked"
        assert File.objects.filter(id=rows["file"]).exists()


def test_half_a_session_gets_nowhere(firms: tuple[int, int]) -> None:
    people.new_user("yarim@ardic.example", PASSWORD)
    half = Visitor(people.sign_in("yarim@ardic.example", PASSWORD).token)
    for page in CLOSED:
        assert is_sent_to_sign_in(ask(half, page, firms[0])), page.name


def test_pages_that_are_open_to_all_never_fail(firms: tuple[int, int]) -> None:
    for page in PAGES:
        if page.action == "open" and page.name not in _LEAVES:
            assert ask(Visitor(), page, firms[0]).status_code < 500, page.name


def test_changes_need_the_token_of_the_page(firms: tuple[int, int]) -> None:
    who = visitor((firms[0], "owner"))
    who.client.handler.enforce_csrf_checks = True
    for page in PAGES:
        if page.method == "POST":
            assert ask(who, page, firms[0]).status_code == 403, page.name


def test_no_page_is_in_the_table_twice() -> None:
    every = [(page.method, page.address) for page in PAGES]
    assert len(every) == len(set(every))
