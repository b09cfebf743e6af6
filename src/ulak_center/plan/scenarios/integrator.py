"""What private integrators do besides: customers' accounts opened and closed, and bulk traffic of several customers.

Source: Özel Entegrasyon Kılavuzu V1.13, 6. For e-İrsaliye 6.1 and 6.5 are done with ``edespatch``, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ulak.envelope import GIB, Party
from ulak.errors import Text
from ulak_center.plan.candidate import AccountChange, Order, Sample, Taxpayer
from ulak_center.plan.scenarios import inbound, outbound
from ulak_center.plan.scenarios.inbound import Asked
from ulak_center.plan.scenarios.parts import fail, joined, text
from ulak_center.plan.scenarios.sections import INTEGRATOR
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Step
from ulak_center.values import Role, Use

__all__ = ["STEPS"]

_INVOICES: Final = "usergb"
_DESPATCHES: Final = "edespatch"
_FEWEST: Final = 3
_LIMIT: Final = 300.0
_MERKEZ: Final = Text("Merkezin", "Merkez's")

Pick = Callable[[Sequence[Taxpayer]], Sequence[tuple[Taxpayer, tuple[str, ...]]]]
"""Chooses customers, and for each the names of its pairs of aliases."""


def _one(customers: Sequence[Taxpayer]) -> Sequence[tuple[Taxpayer, tuple[str, ...]]]:
    return [(customers[0], ("default",))]


def _one_with_several(customers: Sequence[Taxpayer]) -> Sequence[tuple[Taxpayer, tuple[str, ...]]]:
    return [(customers[0], ("ankara", "izmir"))]


def _several(customers: Sequence[Taxpayer]) -> Sequence[tuple[Taxpayer, tuple[str, ...]]]:
    return [(customer, ("sube",)) for customer in customers]


def _several_with_several(customers: Sequence[Taxpayer]) -> Sequence[tuple[Taxpayer, tuple[str, ...]]]:
    return [(customer, ("depo", "magaza")) for customer in customers]


def _changes(scene: Scene, pick: Pick, prefix: str = "") -> list[AccountChange]:
    chosen = pick(_customers(scene))
    return [
        AccountChange(customer, tuple(unit for name in names for unit in _pair(scene, customer, prefix + name)))
        for customer, names in chosen
    ]


def _customers(scene: Scene) -> list[Taxpayer]:
    taken = {scene.portal.sender.number, scene.about.number}
    customers = [customer for customer in scene.about.customers if customer.number not in taken]
    if len(customers) < _FEWEST:
        raise fail("kurumun en az üç müşterisi olmalı", "the candidate must have three customers or more")
    return customers


def _pair(scene: Scene, customer: Taxpayer, name: str) -> tuple[tuple[Role, str], ...]:
    """Aliases that no other run against the same center has opened."""
    if "run" not in scene.notes:
        scene.notes["run"] = scene.now().strftime("%Y%m%d%H%M%S")
    domain = f"{customer.number}-{scene.notes['run']}.example"
    return ((Role.GB, f"urn:mail:{name}gb@{domain}"), (Role.PK, f"urn:mail:{name}pk@{domain}"))


def _change(pick: Pick, *, opens: bool, service: str = _INVOICES, prefix: str = "") -> Callable[[Scene], Found]:
    """All of 6.1 in one step: sent, answered 1200, asked 1300."""

    def run(scene: Scene) -> Found:
        sent, found = _sent(scene, pick, opens=opens, service=service, prefix=prefix)
        checks = (outbound.replied_by(GIB.number, _MERKEZ), outbound.judged_by(GIB.number, _MERKEZ), outbound.completed)
        parts = [found, *(check(scene, sent) for check in checks)]
        _refuse_unregistered(scene, _changes(scene, pick, prefix), opens=opens, service=service)
        return joined(parts, parts[-1].text)

    return run


def _sent(scene: Scene, pick: Pick, *, opens: bool, service: str, prefix: str) -> tuple[outbound.Run, Found]:
    changes = _changes(scene, pick, prefix)
    packet = scene.candidate.prepare_accounts(service, changes, opens=opens)
    run, found = outbound.send_packets(scene, [packet])
    if opens and service == _INVOICES:
        opened: list[AccountChange] = scene.notes.setdefault("opened", [])
        opened.extend(changes)
    said = text(
        "{count} mükellef, {aliases} etiket",
        "{count} taxpayers, {aliases} aliases",
        count=len(changes),
        aliases=sum(len(change.units) for change in changes),
    )
    return run, found._replace(text=said)


def _refuse_unregistered(scene: Scene, changes: Sequence[AccountChange], *, opens: bool, service: str) -> None:
    """Whether GİB's own register has come to say what was asked of it."""
    use = Use.DESPATCH if service == _DESPATCHES else Use.INVOICE
    for change in changes:
        known = scene.gib.open_units(change.customer.number)
        for _, alias in change.units:
            if ((alias, use.value) in known) is not opens:
                raise fail(
                    "GİB'in kaydında {alias} beklendiği gibi değil", "GİB's register is wrong on {alias}", alias=alias
                )


def _first(key: str, *, opens: bool) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        scene.notes[key], found = _sent(scene, _one, opens=opens, service=_INVOICES, prefix="")
        return found

    return run


def _then(key: str, check: outbound.Check) -> Callable[[Scene], Found]:
    return lambda scene: check(scene, scene.notes[key])


def _settled(key: str, *, opens: bool) -> Callable[[Scene], Found]:
    def run(scene: Scene) -> Found:
        found = outbound.completed(scene, scene.notes[key])
        _refuse_unregistered(scene, _changes(scene, _one), opens=opens, service=_INVOICES)
        return found

    return run


def _single(section: str, *, opens: bool, needs: tuple[str, ...]) -> tuple[Step, ...]:
    """6.1 or 6.5, step by step."""
    word = Text("PROCESSUSERACCOUNT", "PROCESSUSERACCOUNT") if opens else Text("CANCELUSERACCOUNT", "CANCELUSERACCOUNT")
    key = f"OEK-{section}"
    rows = (
        ("a", text("Mühürlü {word} zarfı gönderilir", "An envelope with a sealed {word} is sent", word=word),
         Text("Merkez alır", "Merkez takes it"), _first(key, opens=opens)),
        ("b", Text("Merkezin sistem yanıtı alınır", "Merkez's system response comes in"),
         Text("alınır", "it comes in"), _then(key, outbound.replied_by(GIB.number, _MERKEZ))),
        ("c", Text("Yanıttaki durum görülür", "The response shows the state"),
         Text("durum ‘ZARF BAŞARI İLE İŞLENDİ’ (1200)", "the state ‘ZARF BAŞARI İLE İŞLENDİ’ (1200)"),
         _then(key, outbound.judged_by(GIB.number, _MERKEZ))),
        ("d", Text("Zarf getApplicationResponse ile sorgulanır", "The envelope is asked for by getApplicationResponse"),
         Text("‘BASARIYLA TAMAMLANDI’ (1300)", "‘BASARIYLA TAMAMLANDI’ (1300)"), _settled(key, opens=opens)),
    )  # fmt: skip
    steps: list[Step] = []
    for letter, title, expected, run in rows:
        steps.append(Step(f"{key}-{letter}", INTEGRATOR, title, expected, run, needs))
        needs = (steps[-1].id,)
    return tuple(steps)


_CASES: Final = (
    ("a", Text("bir kullanıcı, birden çok etiket çifti", "one user, several pairs of aliases"), _one_with_several),
    ("b", Text("en az üç kullanıcı, birer çift", "three users or more, one pair each"), _several),
    (
        "c",
        Text("en az üç kullanıcı, birden çok çift", "three users or more, several pairs each"),
        _several_with_several,
    ),
)


def _cases(section: str, *, opens: bool) -> tuple[Step, ...]:
    verb = Text("Açılır: {what}", "Opened: {what}") if opens else Text("Kapatılır: {what}", "Closed: {what}")
    like = (
        Text("6.1'in bütün adımları", "all steps of 6.1")
        if opens
        else Text("6.5'in bütün adımları", "all steps of 6.5")
    )
    return tuple(
        Step(
            f"OEK-{section}-{letter}",
            INTEGRATOR,
            text(verb.tr, verb.en, what=what),
            like,
            _change(pick, opens=opens),
            ("OEK-6.1-d",) if opens else (f"OEK-6.2-{letter}",),
        )
        for letter, what, pick in _CASES
    )


def _units(scene: Scene, role: Role) -> tuple[Party, ...]:
    """One alias of that role of each customer whose accounts were opened."""
    found: dict[str, Party] = {}
    for change in scene.notes["opened"]:
        alias = next(alias for each, alias in change.units if each is role)
        found.setdefault(change.customer.number, Party(alias, change.customer.number, change.customer.title))
    return tuple(found.values())


def _send_bulk(scene: Scene) -> Found:
    sizes, senders = scene.sizes, _units(scene, Role.GB)
    order = Order(Sample.BASIC, scene.portal.mailbox, sizes.envelopes, sizes.many, senders)
    run, found = outbound.whole(scene, order, _LIMIT)
    _refuse_few({packet.sender for packet in run.packets})
    return found


def _receive_bulk(scene: Scene) -> Found:
    sizes, receivers = scene.sizes, _units(scene, Role.PK)
    delivery, found = inbound.whole(scene, Asked(receivers, envelopes=sizes.envelopes, documents=sizes.many), _LIMIT)
    arrived = {one.id.lower(): one.receiver.number for one in scene.candidate.incoming()}
    _refuse_few({arrived[id] for id in delivery.ids})
    return found


def _refuse_few(numbers: set[str]) -> None:
    if len(numbers) < _FEWEST:
        raise fail("yalnız {count} kullanıcı", "only {count} users", count=len(numbers))


_BULK: Final = Text(
    "en az üç kullanıcıyla 5 dakikada biter, 1300 olur", "with three users or more it ends in 5 minutes, with 1300"
)

STEPS: Final = (
    *_single("6.1", opens=True, needs=("4-a", "4-b")),
    *_cases("6.2", opens=True),
    Step(
        "OEK-6.3",
        INTEGRATOR,
        Text("Açılan GB etiketlerinden portala yüzer faturalık 10 zarf", "10 envelopes of 100 from opened GB aliases"),
        _BULK,
        _send_bulk,
        ("OEK-6.2-b",),
    ),
    Step(
        "OEK-6.4",
        INTEGRATOR,
        Text("Portaldan açılan PK etiketlerine yüzer faturalık 10 zarf", "10 envelopes of 100 to opened PK aliases"),
        _BULK,
        _receive_bulk,
        ("OEK-6.2-b",),
    ),
    *_single("6.5", opens=False, needs=("OEK-6.1-d",)),
    *_cases("6.6", opens=False),
    Step(
        "OEK-6.1-edespatch",
        INTEGRATOR,
        Text("e-İrsaliye etiketleri açılır (edespatch)", "Aliases for e-İrsaliye are opened (edespatch)"),
        Text("6.1'in bütün adımları", "all steps of 6.1"),
        _change(_one, opens=True, service=_DESPATCHES, prefix="irsaliye"),
        ("OEK-6.1-d",),
    ),
    Step(
        "OEK-6.5-edespatch",
        INTEGRATOR,
        Text("e-İrsaliye etiketleri kapatılır (edespatch)", "Aliases for e-İrsaliye are closed (edespatch)"),
        Text("6.5'in bütün adımları", "all steps of 6.5"),
        _change(_one, opens=False, service=_DESPATCHES, prefix="irsaliye"),
        ("OEK-6.1-edespatch",),
    ),
)
