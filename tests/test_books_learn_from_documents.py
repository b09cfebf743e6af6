"""Whoever documents are exchanged with is learned, unless the taxpayer does not want it; nothing written is changed."""

from __future__ import annotations

import pytest

from platform_archive import FARMER, archived, shop_sale
from platform_intake import encoded, friendly, listed, sent
from platform_world import archiving, taxpayer
from ulak.lifecycle.policy import DEFAULT
from ulak_server.books import learning
from ulak_server.books import services as books
from ulak_server.books.models import Contact
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts
from ulak_server.documents.taking import take_in

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer()


def known(ardic: int) -> dict[str, Contact]:
    with scoped(Role.WEB, [ardic]):
        return books.by_number(ardic, ["7359021640"])


def test_a_receiver_and_what_was_sold_are_learned_once(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        learning.set_learns(ardic, False)
    line = {"name": "Çelik raf", "code": "R-9", "quantity": 2, "unit": "MTR", "price": "412.50", "vat": 20}
    sent(ardic, encoded(friendly(lines=[line])))
    take_in(ardic, encoded(friendly()), intent="draft", policy=DEFAULT)
    assert learning.learn_all() == 0
    assert known(ardic) == {}
    with scoped(Role.WEB, [ardic]):
        learning.set_learns(ardic, True)
    assert learning.learn_all() == 2
    found = known(ardic)["7359021640"]
    assert (found.title, found.kind, found.is_learned, found.uses) == ("Meltem Gıda Ltd. Şti.", "customer", True, 1)
    assert found.address["city"] == "Ankara"
    with scoped(Role.WEB, [ardic]):
        item = books.by_code(ardic, ["R-9"])["R-9"]
        assert (item.name, item.unit, str(item.price)) == ("Çelik raf", "MTR", "412.50000000")
    assert learning.learn_all() == 0


def test_whoever_is_known_is_counted_and_left_as_written(ardic: int) -> None:
    found = known(ardic)["7359021640"]
    with scoped(Role.WEB, [ardic]):
        kept = books.save_contact(ardic, books.form_of(found)._replace(title="Benim Meltem"), found.id)
        assert not kept.is_learned
    sent(ardic)
    assert learning.learn_all() == 1
    again = known(ardic)["7359021640"]
    assert (again.title, again.uses) == ("Benim Meltem", 2)


def test_a_draft_is_learned_from_when_it_is_said_to_be_sent(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        books.remove_contacts(ardic, [known_id(ardic)])
    one = take_in(ardic, encoded(friendly()), intent="draft", policy=DEFAULT)
    assert learning.learn_all() == 1
    assert not known(ardic), "a draft was never sent to anybody"
    drafts.submit(ardic, one.id, policy=DEFAULT)
    newer = sent(ardic)
    with scoped(Role.WEB, [ardic]):
        learning.learn_from(ardic, [one.id, newer.id])
    assert known(ardic)["7359021640"].title == "Meltem Gıda Ltd. Şti."
    uses = known(ardic)["7359021640"].uses
    assert learning.learn_all() == 1
    assert known(ardic)["7359021640"].uses == uses + 1, "what is newer is met once, by the regular look"


def known_id(ardic: int) -> int:
    return books.by_number(ardic, ["7359021640"])["7359021640"].id


def test_farmers_and_firms_are_learned_from_what_is_archived_and_people_in_a_shop_are_not(ardic: int) -> None:
    archiving(ardic)
    person = {"tax_id": "50721483392", "first_name": "Hasan", "family_name": "Toprak", "address": {"city": "Niğde"}}
    bodies = (
        shop_sale(),
        archived("earchive_invoice", customer=person),
        shop_sale("1234567808"),
        archived("producer_receipt"),
    )
    for body in bodies:
        sent(ardic, body)
    assert learning.learn_all() == len(bodies)
    with scoped(Role.WEB, [ardic]):
        found = books.by_number(ardic, ["11111111111", "50721483392", "1234567808", str(FARMER["tax_id"])])
    assert {number: one.kind for number, one in found.items()} == {
        "1234567808": "customer",
        FARMER["tax_id"]: "supplier",
    }
