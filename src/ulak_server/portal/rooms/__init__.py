"""The areas of the portal, each with its pages."""

from __future__ import annotations

from typing import Final

from ulak_server.pages.registry import Pages
from ulak_server.portal.rooms import (
    account,
    compose,
    contacts,
    credits,
    delivery,
    designs,
    desk,
    documents,
    front,
    help,
    home,
    importing,
    items,
    ledger_works,
    ledgers,
    months,
    notifications,
    permanent,
    public,
    recurring,
    reports,
    search,
    settings,
    sign_in,
    start,
    support,
    webhooks,
)

__all__ = ["ROOMS"]

ROOMS: Final[tuple[Pages, ...]] = (
    front.ROOM,
    sign_in.ROOM,
    account.ROOM,
    compose.ROOM,
    help.ROOM,
    home.ROOM,
    documents.ROOM,
    desk.ROOM,
    months.ROOM,
    reports.ROOM,
    ledger_works.ROOM,
    ledgers.ROOM,
    start.ROOM,
    search.ROOM,
    delivery.ROOM,
    designs.ROOM,
    webhooks.ROOM,
    notifications.ROOM,
    public.ROOM,
    permanent.ROOM,
    contacts.ROOM,
    items.ROOM,
    importing.ROOM,
    recurring.ROOM,
    settings.ROOM,
    credits.ROOM,
    support.ROOM,
)
