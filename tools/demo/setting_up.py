"""What an operator does once for each taxpayer, in a process of its own: aliases, series, seal, accounts, key.

``python -m tools.demo.setting_up take-on`` prints the taxpayers' API keys as JSON; ``people`` what people sign in with;
``stories`` fills their books; ``lists`` reads GİB's user lists; ``audit`` verifies the log.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from tools.demo.crew import hired
from tools.demo.stories import told
from tools.demo.world import FIRMS, MELTEM, Firm

from ulak_server.commands.ground import ground

_ALIASED: Final = ("einvoice", "edespatch")
_SERIES: Final = (
    ("einvoice", "invoice", "F", ""),
    ("edespatch", "despatch_advice", "I", ""),
    ("edespatch", "receipt_advice", "Y", ""),
    ("earchive", "earchive_invoice", "A", ""),
    ("earchive", "earchive_invoice", "W", "internet"),
    ("esevoucher", "freelance_receipt", "S", ""),
    ("epreceipt", "producer_receipt", "M", ""),
    ("erreceipt", "expense_note", "G", ""),
)
"""Service, kind, last letter of the prefix, purpose."""
_ACTOR: Final = "operator:demo"
_PACKAGES: Final = ((250, 20, "DEN2026000000101"), (1300, 364, "DEN2026000000102"))
"""Kontör, the days for which they may be used, the invoice by which they were sold."""
_LOOKS: Final = 20


def main() -> None:
    """Do what the first argument says."""
    with ground(migrated=False):
        if sys.argv[1] == "take-on":
            pki = Path(sys.argv[2])
            keys = {firm.short: _take_on(firm, pki) for firm in FIRMS}
            _sell(_firms()[MELTEM.short])
            print(json.dumps(keys))
        elif sys.argv[1] == "people":
            print(json.dumps(hired(_firms())))
        elif sys.argv[1] == "stories":
            print(json.dumps(told(_firms())))
        elif sys.argv[1] == "lists":
            _read_lists()
        else:
            print(json.dumps(_audit()))


def _sell(taxpayer: int) -> None:
    """Kontör for one taxpayer: two packages that the day's documents nearly use up."""
    from ulak_server.clock import today
    from ulak_server.credits import services as credits
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped

    with scoped(Role.OPERATOR):
        credits.meter(taxpayer, metered=True, actor=_ACTOR)
        credits.set_tariff("earchive_invoice", Decimal("0.5"), actor=_ACTOR)
        for amount, days, reference in _PACKAGES:
            last = today() + timedelta(days=days)
            credits.load(taxpayer, Decimal(amount), expires_on=last, reference=reference, actor=_ACTOR)


def _firms() -> dict[str, int]:
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.taxpayers import services as taxpayers

    with scoped(Role.OPERATOR):
        return {firm.short: taxpayers.by_number(firm.number).id for firm in FIRMS}


def _read_lists() -> None:
    from ulak_server.userlist.syncing import Name, sync

    for name in Name:
        run = sync(name)
        print(name, run.outcome, run.entries, run.error, file=sys.stderr)


def _audit() -> dict[str, object]:
    """Whether the log is as it was sealed; everything that was written is waited for."""
    from ulak_server.audit.verifying import verify

    for _ in range(_LOOKS):
        found = verify()
        if found.fault is not None or not found.unsealed:
            break
        time.sleep(1)
    return {"entries": found.entries, "blocks": found.blocks, "good": found.fault is None}


def _take_on(firm: Firm, pki: Path) -> str:
    """A taxpayer with everything they need; the token of their ERP."""
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped, widen
    from ulak_server.exchange.accounts import services as accounts
    from ulak_server.people.keys import make_key
    from ulak_server.people.permissions import SCOPES
    from ulak_server.taxpayers import services as taxpayers

    details = {"tax_office": firm.office, "address": {"town": firm.town, "city": firm.city}}
    with scoped(Role.PIPELINE):
        title = "" if any(firm.name) else firm.title
        made = taxpayers.create(taxpayers.NewTaxpayer(firm.number, title, *firm.name, details), actor=_ACTOR)
        widen([made.id])
        for aliased in (one for one in _ALIASED if one in firm.services):
            for role, name in (("GB", firm.sender), ("PK", firm.mailbox)):
                taxpayers.add_alias(made.id, aliased, role, name, actor=_ACTOR)
        for needed, kind, letter, purpose in _SERIES:
            if needed in firm.services:
                taxpayers.add_series(made.id, kind, firm.prefix + letter, purpose=purpose, actor=_ACTOR)
        key = f"pkcs12:{pki / f'{firm.short}-{firm.number}.p12'}"
        taxpayers.seal_by_own_key(made.id, key, by_operator=True, actor=_ACTOR)
        for service in firm.services:
            accounts.want_opening(made.id, service, actor=_ACTOR)
        return make_key(made.id, "ERP", SCOPES, actor=_ACTOR).text


if __name__ == "__main__":
    main()
