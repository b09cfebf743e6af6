"""The station that seals what is wanted of GİB, and hands it to the road once it has all its seals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import connection

from ulak.envelope.accounts import is_vuk507
from ulak.errors import UlakError
from ulak.lifecycle import accounts as law
from ulak.seal.counter import counter_seal
from ulak.seal.keys.secrets import Secret
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped, widen
from ulak_server.exchange.accounts.services import despatch_is_open
from ulak_server.exchange.keys import Address, KeyRing
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import ACCOUNTS
from ulak_server.exchange.shell import Shell
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Request

__all__ = ["Requests"]

_LOG: Final = structlog.get_logger("ulak_server.accounts")
_LATER: Final = timedelta(minutes=1)
_NAME: Final = "requests"
_LOOK: Final = f"""
SELECT taxpayer_id, id FROM taxpayers_request
WHERE stage IN ('wanted', 'sealed') AND ready_at <= %s AND {asides.awake(_NAME, subject="id")}
ORDER BY ready_at LIMIT 20
"""  # noqa: S608


class Requests:
    """Claims one request at a turn.

    Args:
        keys: the process's keys.
    """

    name = _NAME

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def turn(self) -> int:
        """Seal one request, or hand one over; how many. One that fails is put aside, and the next is taken."""
        return next((done for one in _due() if (done := asides.each(self.name, [one], self._do))), 0)

    def _do(self, one: Unit) -> int:
        with happening() as shell:
            mine = Request.objects.select_related("account")
            mine = mine.select_for_update(skip_locked=True, of=("self", "account"))
            request = mine.filter(id=one.subject, stage__in=("wanted", "sealed"), ready_at__lte=shell.now).first()
            if request is None:
                return 0
            widen([request.taxpayer_id])
            if request.stage == "wanted":
                self._seal(request)
            if request.stage == "sealed":
                _hand_over(shell, request)
        return 1

    def close(self) -> None:
        """Nothing is held."""

    def _seal(self, request: Request) -> None:
        try:
            once = self._keys.seal(bytes(request.document))
        except UlakError as error:
            _put_off(request, error)
            return
        request.document, request.stage, request.ready_at, request.error = once, "waiting", None, None
        if is_vuk507(request.option):
            _is_sealed(request, once)
        elif address := _own_key(request.taxpayer_id):
            self._counter_seal(request, address)
        request.save()

    def _counter_seal(self, request: Request, address: Address) -> None:
        """With the taxpayer's own key, where it is known here; where it fails, they may seal it elsewhere."""
        try:
            with self._keys.using(address) as opened:
                both = counter_seal(bytes(request.document), opened.key, at=clock.now(), trusted=opened.trusted)
        except UlakError as error:
            request.error = _said(error)
            _LOG.warning("request.not-counter-sealed", request=request.id, code=error.code)
            return
        _is_sealed(request, both)


def _due() -> list[Unit]:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_LOOK, [clock.now(), clock.now()])
        return [Unit(*row) for row in cursor.fetchall()]


def _is_sealed(request: Request, document: bytes) -> None:
    request.document, request.stage, request.error = document, "sealed", None
    request.sealed_at = request.ready_at = clock.now()


def _hand_over(shell: Shell, request: Request) -> None:
    """Tell the account; its machine asks for the envelope. What it has no use for any more is withdrawn."""
    event: law.OpenWanted | law.AliasWanted | law.CloseWanted = law.OpenWanted()
    if request.action == "add":
        event = law.AliasWanted()
    elif request.action == "close":
        service = request.account.service
        event = law.CloseWanted(despatch_is_open(request.taxpayer_id, service))
    row = shell.happen(ACCOUNTS, request.account_id, event)
    went = row is not None and row.record.stage in (law.Stage.OPENING, law.Stage.ADDING, law.Stage.CLOSING)
    if not went:
        Request.objects.filter(id=request.id).update(stage="withdrawn", ready_at=None)


def _own_key(taxpayer: int) -> Address | None:
    place = taxpayers.own_key(taxpayer)
    return Address(place.address, taxpayers.of(taxpayer).number, Secret(place.secret)) if place else None


def _put_off(request: Request, error: UlakError) -> None:
    _LOG.error("request.not-sealed", request=request.id, code=error.code)
    request.error, request.ready_at = _said(error), clock.now() + _LATER
    request.save(update_fields=["error", "ready_at"])


def _said(error: UlakError) -> dict[str, Any]:
    text = {"tr": error.text.tr, "en": error.text.en}
    return {"code": error.code, "text": text, "repair": {"tr": error.repair.tr, "en": error.repair.en}}
