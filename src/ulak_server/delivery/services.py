"""What other rooms and the faces do with delivery: messages, links, webhooks, notifications.

Verbs work in the caller's transaction and scope, but for `opened` and `came_back`, which open their own.
"""

from ulak_server.delivery.hooks.keeping import (
    call_again,
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
from ulak_server.delivery.kinds import KINDS, for_webhooks
from ulak_server.delivery.links import DAYS, Opened, address_of_link, links_of, make_link, opened, revoke_link
from ulak_server.delivery.mail.returning import came_back
from ulak_server.delivery.messages import Wanted, again, attempts_of, channels, message, messages, send, stop
from ulak_server.delivery.notifications import notices, seen, unseen
from ulak_server.delivery.papers import file_of
from ulak_server.delivery.preferences import prefer, preferences
from ulak_server.delivery.problems import DeliveryError, LinkError, NoSuch, outcome
from ulak_server.delivery.proposing import proposed
from ulak_server.delivery.suppressions import REASONS, lift, suppress_by_hand, suppressions

__all__ = [
    "DAYS",
    "KINDS",
    "REASONS",
    "DeliveryError",
    "LinkError",
    "NoSuch",
    "Opened",
    "Wanted",
    "address_of_link",
    "again",
    "attempts_of",
    "call_again",
    "calls_of",
    "came_back",
    "change_hook",
    "channels",
    "file_of",
    "for_webhooks",
    "hook",
    "hooks_of",
    "lift",
    "links_of",
    "make_hook",
    "make_link",
    "message",
    "messages",
    "notices",
    "opened",
    "outcome",
    "prefer",
    "preferences",
    "proposed",
    "remove_hook",
    "revoke_link",
    "rotate_secret",
    "seen",
    "send",
    "stop",
    "suppress_by_hand",
    "suppressions",
    "switch_off",
    "switch_on",
    "test_hook",
    "tries_of",
    "unseen",
]
