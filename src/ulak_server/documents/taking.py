"""One document handed in: kept as a draft, checked without being kept, or taken in to be sent."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple
from uuid import UUID

from django.db import IntegrityError

from ulak.errors import UlakError
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.desk import open_desk
from ulak_server.documents.existing import collision, digest_of, handed, remember
from ulak_server.documents.intake import Options, Placed, check_key, check_options, place
from ulak_server.documents.items import Item, unpacked
from ulak_server.documents.models import Document, Form
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import Format, Reading, read
from ulak_server.documents.routing import Route, book_of
from ulak_server.documents.seals import check_seal
from ulak_server.documents.services import By, accept
from ulak_server.documents.sketches import sketch
from ulak_server.documents.storing import Handing, store

__all__ = ["Intent", "Taken", "opened", "placed", "take_in"]

Intent = Literal["draft", "send"]
_NO_OPTIONS: Final = Options()


class Taken(NamedTuple):
    """A document that is stored.

    Attributes:
        number: empty as long as it has none.
        stage: of `ulak.lifecycle.documents`.
        route: where it goes; None for drafts, and where the request was answered before.
        is_repeated: whether the same request was answered before: nothing was stored now.
    """

    id: int
    ettn: UUID
    number: str
    stage: str
    route: Route | None = None
    is_repeated: bool = False


def take_in(
    taxpayer: int,
    data: bytes,
    format: Format | None = None,
    options: Options = _NO_OPTIONS,
    *,
    intent: Intent = "send",
    key: str | None = None,
    policy: Policy,
    actor: str = "",
    origin: str = "",
) -> Taken:
    """Take one document in, durably; it opens its own scope, so call it outside of any.

    Args:
        data: friendly JSON, UBL-TR, or JSON that wraps one of them (`items`).
        format: None: as the first byte says.
        key: the caller's ``Idempotency-Key``.

    Raises:
        UlakError: ``json.*``, ``totals.*``, ``xml.*`` of reading, ``intake.*`` of all else; what `admission` has
            against sending it. Nothing was stored then.
    """
    if key is not None:
        check_key(key, "intake.key")
    digest = digest_of(data, format, repr(options), intent) if key is not None else b""
    try:
        item = opened(data, format, options)
        return _taken(taxpayer, item, intent, key, digest, policy, actor, origin)
    except (UlakError, IntegrityError):
        # An answered request is answered alike, even if it would be refused now.
        again = None if key is None else _again(taxpayer, key, digest)
        if again is None:
            raise
        return again


def opened(data: bytes, format: Format | None, options: Options) -> Item:
    """What was handed in, out of its wrapping, with options that a row can hold."""
    item = Item(data, "ubl", options) if format == "ubl" else unpacked(data, options)
    check_options(item.options)
    return item


def _taken(
    taxpayer: int, item: Item, intent: Intent, key: str | None, digest: bytes, policy: Policy, actor: str, origin: str
) -> Taken:
    if intent == "draft":
        return _drafted(taxpayer, item, key, digest, policy, By(actor, origin))
    reading = read(item.data, item.format, kinds=item.options.kinds)
    if reading.form is Form.SEALED:
        # Placing looks at the seal again; what has to be asked over the network is known then.
        check_seal(reading, reading.issuer)
    id, (draft, route, _) = store(Handing(taxpayer, reading, item.options, policy, By(actor, origin), key, digest))
    return Taken(id, draft.ettn, draft.number, "accepted", route)


def _drafted(taxpayer: int, item: Item, key: str | None, digest: bytes, policy: Policy, by: By) -> Taken:
    draft = sketch(taxpayer, item)
    try:
        with scoped(Role.WEB, [taxpayer]):
            (id,) = accept([draft], policy, submit=False, each_by=[by])
            if key is not None:
                remember([(taxpayer, key, digest, id)], clock.now())
    except IntegrityError as error:
        with scoped(Role.WEB, [taxpayer]):
            raise (collision(taxpayer, draft) or error) from None
    return Taken(id, draft.ettn, draft.number, "draft")


def placed(taxpayer: int, reading: Reading, options: Options) -> Placed:
    """`place` of one document, with what it needs to know; within a scope."""
    partners = [reading.partner] if reading.partner else []
    return place(open_desk(taxpayer), book_of(reading.kind.list, partners), reading, options)


def _again(taxpayer: int, key: str, digest: bytes) -> Taken | None:
    with scoped(Role.WEB, [taxpayer]):
        id = handed(taxpayer, key, digest)
        if id is None:
            return None
        row = Document.objects.filter(id=id).values_list("ettn", "number", "stage").first()
    if row is None:
        raise problem("intake.no-draft", existing=id)
    return Taken(id, row[0], row[1] or "", row[2], is_repeated=True)
