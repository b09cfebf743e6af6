"""Accounts whose contract has ended are closed at GİB (Özel Entegrasyon Kılavuzu V1.13, 5.3)."""

from __future__ import annotations

from typing import Final

from ulak_server.exchange.accounts.reporting import unreported
from ulak_server.exchange.accounts.services import want_closing
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Request

__all__ = ["wind_down"]

_ORDER: Final = ("edespatch", "erreceipt", "epreceipt", "esevoucher", "earchive", "einvoice")
_UNDER_WAY: Final = ("wanted", "waiting", "sealed", "sent")


def wind_down(taxpayer: int) -> bool:
    """Have the next account of a taxpayer without a contract closed; whether the contract has ended.

    One that still has something to report stays open until GİB has it.
    """
    whose = taxpayers.of(taxpayer)
    if whose.contract_until is None or taxpayers.today() <= whose.contract_until:
        return False
    going = [one for one in _ORDER if taxpayers.may_issue(taxpayer, one) and not unreported(taxpayer, one)]
    if going and not Request.objects.filter(taxpayer_id=taxpayer, stage__in=_UNDER_WAY).exists():
        want_closing(taxpayer, going[0], actor="contract")
    return True
