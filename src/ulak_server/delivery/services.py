"""What other rooms and the faces do with delivery: messages, links, webhooks, notifications.

Verbs work in the caller's transaction and scope, but for `opened`, `opened_for_good`, `xml_for_good`, `find` and
`came_back`, which open their own.
"""

from ulak_server.delivery.handovers import (
    HOW,
    Handing,
    HandoverStage,
    handed_over,
    handing_of,
    how_many_wait,
    to_hand_over,
)
from ulak_server.delivery.hooks.keeping import (
    call_again,
    call_of,
    calls_of,
    change_hook,
    hook,
    hooks_of,
    make_hook,
    remove_hook,
    rotate_secret,
    switch_off,
    switch_on,
    test_hook,
    tries_of,
)
from ulak_server.delivery.kinds import KINDS, for_webhooks, hook_kinds
from ulak_server.delivery.links import (
    DAYS,
    Opened,
    address_of_link,
    document_of,
    is_sealed,
    links_of,
    make_link,
    open_links,
    opened,
    revoke_link,
)
from ulak_server.delivery.mail.returning import came_back
from ulak_server.delivery.messages import Wanted, again, attempts_of, channels, message, messages, send, stop
from ulak_server.delivery.notifications import Notice, notices, seen, unseen
from ulak_server.delivery.papers import File, file_of, look_for, page_of, platform
from ulak_server.delivery.papers import name_of as file_name
from ulak_server.delivery.permanent import find, opened_for_good, page_address, xml_for_good
from ulak_server.delivery.preferences import prefer, preferences
from ulak_server.delivery.problems import DeliveryError, LinkError, NoSuch, outcome
from ulak_server.delivery.proposing import proposed
from ulak_server.delivery.showing import ShownMessage, shown_messages
from ulak_server.delivery.stages import Stage
from ulak_server.delivery.suppressions import REASONS, lift, suppress_by_hand, suppressions

__all__ = [
    "DAYS",
    "HOW",
    "KINDS",
    "REASONS",
    "DeliveryError",
    "File",
    "Handing",
    "HandoverStage",
    "LinkError",
    "NoSuch",
    "Notice",
    "Opened",
    "ShownMessage",
    "Stage",
    "Wanted",
    "address_of_link",
    "again",
    "attempts_of",
    "call_again",
    "call_of",
    "calls_of",
    "came_back",
    "change_hook",
    "channels",
    "document_of",
    "file_name",
    "file_of",
    "find",
    "for_webhooks",
    "handed_over",
    "handing_of",
    "hook",
    "hook_kinds",
    "hooks_of",
    "how_many_wait",
    "is_sealed",
    "lift",
    "links_of",
    "look_for",
    "make_hook",
    "make_link",
    "message",
    "messages",
    "notices",
    "open_links",
    "opened",
    "opened_for_good",
    "outcome",
    "page_address",
    "page_of",
    "platform",
    "prefer",
    "preferences",
    "proposed",
    "remove_hook",
    "revoke_link",
    "rotate_secret",
    "seen",
    "send",
    "shown_messages",
    "stop",
    "suppress_by_hand",
    "suppressions",
    "switch_off",
    "switch_on",
    "test_hook",
    "to_hand_over",
    "tries_of",
    "unseen",
    "xml_for_good",
]
