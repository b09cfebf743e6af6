"""Webhooks: made, changed, tried, switched off; and the calls that were made of them. In the caller's scope."""

from __future__ import annotations

import base64
import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.delivery.hooks.guard import checked_url
from ulak_server.delivery.hooks.payloads import test_payload
from ulak_server.delivery.kinds import for_webhooks
from ulak_server.delivery.models import Attempt, Call, Hook
from ulak_server.delivery.problems import problem
from ulak_server.taxpayers import services as taxpayers
from ulak_server.vault import open_secret, seal_secret

__all__ = [
    "GRACE",
    "Made",
    "call_again",
    "call_of",
    "calls_of",
    "change_hook",
    "hook",
    "hooks_of",
    "make_hook",
    "remove_hook",
    "rotate_secret",
    "secrets_of",
    "switch_off",
    "switch_on",
    "test_hook",
    "tries_of",
]

GRACE: Final = timedelta(hours=24)
"""For which the old secret signs beside the new one."""
_MOST: Final = 20
_LABEL: Final = 100
_PURPOSE: Final = "webhook"


class Made(NamedTuple):
    """A new webhook, or a new secret; the secret is shown this once."""

    id: int
    secret: str


def hooks_of(taxpayer: int) -> list[Hook]:
    """The webhooks of a taxpayer, in the order in which they were made; without their secrets."""
    found = Hook.objects.filter(taxpayer_id=taxpayer, removed_at=None).order_by("id")
    return list(found.defer("secret", "old_secret"))


def hook(taxpayer: int, id: int) -> Hook:
    """One webhook.

    Raises:
        NoSuch: ``webhook.none``.
    """
    found = Hook.objects.filter(taxpayer_id=taxpayer, id=id, removed_at=None).first()
    if found is None:
        raise problem("webhook.none")
    return found


def make_hook(
    taxpayer: int, url: str, kinds: Sequence[str] = (), *, label: str = "", actor: str = "", origin: str = ""
) -> Made:
    """A new webhook and its secret.

    Args:
        kinds: of `for_webhooks`; none: all, also those that are yet to come.

    Raises:
        DeliveryError: ``webhook.url-odd``, ``webhook.kind-unknown``, ``webhook.too-many``.
    """
    if len(hooks_of(taxpayer)) >= _MOST:
        raise problem("webhook.too-many", most=_MOST)
    secret = _new_secret()
    made = Hook(
        taxpayer_id=taxpayer,
        url=checked_url(url),
        label=label.strip()[:_LABEL],
        kinds=_checked(kinds),
        secret=_sealed(taxpayer, secret),
    )
    made.save(force_insert=True)
    _tell("webhook.made", made, actor, origin)
    return Made(made.id, secret)


def change_hook(
    taxpayer: int, id: int, *, url: str, kinds: Sequence[str], label: str = "", actor: str = "", origin: str = ""
) -> None:
    """Let a webhook lead elsewhere, or be told of other things.

    Raises:
        DeliveryError: ``webhook.none``, ``webhook.url-odd``, ``webhook.kind-unknown``.
    """
    found = hook(taxpayer, id)
    found.url, found.kinds, found.label = checked_url(url), _checked(kinds), label.strip()[:_LABEL]
    found.save(update_fields=["url", "kinds", "label"])
    _tell("webhook.changed", found, actor, origin)


def rotate_secret(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Made:
    """A new secret; for a day the old one signs too, so that receivers can change in their own time.

    Raises:
        NoSuch: ``webhook.none``.
    """
    found, secret = hook(taxpayer, id), _new_secret()
    found.old_secret, found.old_until = found.secret, clock.now() + GRACE
    found.secret = _sealed(taxpayer, secret)
    found.save(update_fields=["secret", "old_secret", "old_until"])
    _tell("webhook.secret-rotated", found, actor, origin)
    return Made(found.id, secret)


def secrets_of(found: Hook) -> list[str]:
    """The secrets that sign now, the newest first."""
    kept = [found.secret]
    if found.old_until is not None and found.old_until > clock.now():
        kept.append(found.old_secret)
    return [open_secret(one, _PURPOSE, found.taxpayer_id).decode() for one in kept if one]


def switch_on(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Call it again; what waits is told."""
    found = hook(taxpayer, id)
    found.off_at, found.off_why, found.failures, found.failing_since, found.rests_until = None, "", 0, None, None
    found.save(update_fields=["off_at", "off_why", "failures", "failing_since", "rests_until"])
    Call.objects.filter(hook=found, stage="dropped").update(stage="waiting", due_at=clock.now())
    _tell("webhook.on", found, actor, origin)
    ring()


def switch_off(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Call it no more, until somebody switches it on; what waits is kept."""
    found = hook(taxpayer, id)
    found.off_at, found.off_why = clock.now(), "by-hand"
    found.save(update_fields=["off_at", "off_why"])
    Call.objects.filter(hook=found, stage="waiting").update(stage="dropped", due_at=None)
    _tell("webhook.off", found, actor, origin)


def remove_hook(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Forget a webhook and its secret; what was called stays to be looked at."""
    found = hook(taxpayer, id)
    found.removed_at, found.secret, found.old_secret = clock.now(), b"", b""
    found.save(update_fields=["removed_at", "secret", "old_secret"])
    Call.objects.filter(hook=found, due_at__isnull=False).update(stage="dropped", due_at=None)
    _tell("webhook.removed", found, actor, origin)


# -- calls -------------------------------------------------------------------------------------------------------------


def test_hook(taxpayer: int, id: int) -> int:
    """Have it called once to see whether it hears; the call's id.

    Raises:
        DeliveryError: ``webhook.none``, ``webhook.off``.
    """
    found = hook(taxpayer, id)
    if found.off_at is not None:
        raise problem("webhook.off")
    now = clock.now()
    body = test_payload(taxpayers.of(taxpayer).number, now.isoformat())
    made = _new_call(found, uuid.uuid4(), "webhook.test", body)
    Hook.objects.filter(id=found.id).update(rests_until=None)
    return made.id


def calls_of(taxpayer: int, id: int, *, before: int | None = None, limit: int = 50) -> list[Call]:
    """The calls of a webhook, the last first."""
    found = Call.objects.filter(taxpayer_id=taxpayer, hook_id=id)
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[: min(limit, 200)])


def call_of(taxpayer: int, call: int) -> Call:
    """One call.

    Raises:
        NoSuch: ``webhook.no-call``.
    """
    found = Call.objects.select_related("hook").filter(taxpayer_id=taxpayer, id=call).first()
    if found is None:
        raise problem("webhook.no-call")
    return found


def tries_of(taxpayer: int, call: int) -> list[Attempt]:
    """How often a call was tried, and how each time ended."""
    return list(Attempt.objects.filter(taxpayer_id=taxpayer, call_id=call).order_by("id"))


def call_again(taxpayer: int, call: int) -> None:
    """Tell it once more, with the same id: the receiver knows it by that.

    Raises:
        DeliveryError: ``webhook.no-call``, ``webhook.off``.
    """
    found = Call.objects.select_for_update().select_related("hook").filter(taxpayer_id=taxpayer, id=call).first()
    if found is None or found.hook.removed_at is not None:
        raise problem("webhook.no-call")
    if found.hook.off_at is not None:
        raise problem("webhook.off")
    found.stage, found.due_at, found.attempts, found.done_at = "waiting", clock.now(), 0, None
    found.save(update_fields=["stage", "due_at", "attempts", "done_at"])
    Hook.objects.filter(id=found.hook_id).update(rests_until=None)
    ring()


def _new_call(found: Hook, key: uuid.UUID, kind: str, body: str) -> Call:
    now = clock.now()
    made = Call(
        key=key,
        taxpayer_id=found.taxpayer_id,
        hook=found,
        kind=kind,
        payload=body,
        stage="waiting",
        due_at=now,
        created_at=now,
    )
    made.save(force_insert=True)
    ring()
    return made


def _checked(kinds: Sequence[str]) -> list[str]:
    known = for_webhooks()
    for kind in kinds:
        if kind not in known:
            raise problem("webhook.kind-unknown", where="/kinds", kind=kind[:60], kinds=", ".join(known))
    return [kind for kind in known if kind in kinds]


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _sealed(taxpayer: int, secret: str) -> bytes:
    return seal_secret(secret.encode(), _PURPOSE, taxpayer)


def _tell(what: str, found: Hook, actor: str, origin: str) -> None:
    audit.record([Entry(what, clock.now(), found.taxpayer_id, actor=actor, origin=origin, facts={"webhook": found.id})])
