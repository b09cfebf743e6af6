"""What needs an operator now: each need in one sentence, with the page where something can be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle import breaker, identities
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Standing
from ulak_server.console import watching
from ulak_server.console.bookkeeping import late_months
from ulak_server.console.own_seal import OwnSeal, own_seal, sentences
from ulak_server.console.watching import Chain, Entries, Link, Stuck
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.reports import services as reporting
from ulak_server.operations import depths
from ulak_server.operations.depths import Depth
from ulak_server.userlist.services import Freshness

__all__ = ["Found", "Need", "gather", "needs", "with_depths"]

_SLOW: Final = 600.0
"""Seconds after which something that is due counts as late."""
_OLD_LIST: Final = timedelta(hours=26)
_UNSEALED: Final = timedelta(hours=1)


class Need(NamedTuple):
    """Attributes:
    text: what is wrong.
    repair: what to do.
    address: where.
    is_bad: whether somebody must act; else it is worth knowing.
    """

    text: Text
    repair: Text
    address: str
    is_bad: bool = True


class Found(NamedTuple):
    """What the overview and the needs are made of."""

    stuck: list[Stuck]
    links: list[Link]
    identities: list[tuple[str, identities.Stage]]
    accounts: dict[str, int]
    reports: dict[str, int]
    entries: Entries
    ledgers: dict[str, int]
    late_ledgers: int
    unpaid: tuple[int, int]
    chain: Chain
    user_list: Freshness | None
    waiting: list[Depth]
    late: list[tuple[str, float]]
    workers: int
    jobs: dict[str, int]
    seal: OwnSeal | None = None
    aside: Sequence[Standing] = ()


def needs(found: Found) -> list[Need]:
    """What needs somebody, the worst first."""
    return sorted(
        (
            *_of_documents(found),
            *_of_reports(found),
            *_of_ledgers(found),
            *_of_credits(found),
            *_of_seal(found),
            *_of_merkez(found),
            *_of_machines(found),
        ),
        key=lambda one: not one.is_bad,
    )


def _counted(count: int, one: str, many: str = "") -> str:
    """So many of something, in English.

    >>> _counted(1, "entry", "entries"), _counted(2, "report")
    ('1 entry', '2 reports')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _of_documents(found: Found) -> Iterator[Need]:
    disputed = sum(one.needs_us for one in found.stuck)
    if disputed:
        yield Need(
            Text(
                f"{disputed} belgenin ulaşıp ulaşmadığı bilinmiyor.",
                f"Nobody knows whether {_counted(disputed, 'document')} arrived.",
            ),
            Text("GİB'e sorun; sonucu Takılanlar'da girin.", "Ask GİB, and enter what they say among the stuck ones."),
            "/console/stuck",
        )
    others = len(found.stuck) - disputed
    if others:
        yield Need(
            Text(
                f"{others} belge bekliyor ya da gecikti.",
                _counted(others, "document waits or is late.", "documents wait or are late."),
            ),
            Text("Nedenlerine bakın; çoğu kendiliğinden ilerler.", "Look at the reasons; most go on by themselves."),
            "/console/stuck",
            is_bad=False,
        )
    refused = found.accounts.get("not-opened", 0) + found.accounts.get("not-closed", 0)
    if refused:
        yield Need(
            Text(
                f"GİB {refused} hesap isteğini geri çevirdi.",
                f"GİB turned {_counted(refused, 'request')} about accounts down.",
            ),
            Text("Mükellefin sayfasında nedenine bakın.", "See the reason on the taxpayer's page."),
            "/console/taxpayers?stage=not-opened",
        )


def _of_reports(found: Found) -> Iterator[Need]:
    refused, late = found.reports.get("refused", 0), found.entries.late + found.entries.reports
    if late:
        yield Need(
            Text(
                f"{found.entries.late} kayıt ve {found.entries.reports} rapor süresinde GİB'e verilmedi.",
                f"{_counted(found.entries.late, 'entry', 'entries')} and {_counted(found.entries.reports, 'report')}"
                " did not reach GİB in time.",
            ),
            Text("Nedenine bakın; geciken her gün mükellefin cezasıdır.", "See why; each day is the taxpayer's fine."),
            "/console/reports",
        )
    if refused:
        yield Need(
            Text(f"{refused} rapor GİB'e verilemedi.", f"{_counted(refused, 'report')} could not be handed in at GİB."),
            Text("Nedenini giderip yeniden deneyin.", "Remove the reason and let them go on."),
            "/console/reports?stage=refused",
        )
    if found.entries.put_aside:
        yield Need(
            Text(
                f"{found.entries.put_aside} kayıt rapora konamadı.",
                f"{_counted(found.entries.put_aside, 'entry', 'entries')} could not be put into a report.",
            ),
            Text("Günlüklerde nedenine bakın; her gün yeniden denenir.", "The logs say why; it is tried every day."),
            "/console/reports",
        )


def _of_ledgers(found: Found) -> Iterator[Need]:
    if found.late_ledgers:
        yield Need(
            Text(
                f"{found.late_ledgers} ayın defteri süresinde GİB'e verilmedi.",
                f"The books of {_counted(found.late_ledgers, 'month')} did not reach GİB in time.",
            ),
            Text("Mükellefe haber verin; neyi beklediğine bakın.", "Tell the taxpayer, and see what they wait for."),
            "/console/ledgers",
        )
    if refused := found.ledgers.get("refused", 0):
        yield Need(
            Text(
                f"GİB {refused} defter paketini kabul etmedi.",
                f"GİB did not accept {_counted(refused, 'package')} of books.",
            ),
            Text("Koduna bakın; mükellef düzeltir.", "See the code; the taxpayer removes the reason."),
            "/console/ledgers?stage=refused",
            is_bad=False,
        )


def _of_credits(found: Found) -> Iterator[Need]:
    documents, clients = found.unpaid
    if documents:
        yield Need(
            Text(
                f"{clients} mükellefin {documents} belgesi kontör bekliyor.",
                f"{_counted(documents, 'document')} of {_counted(clients, 'taxpayer')}"
                f" {'waits' if documents == 1 else 'wait'} for kontör.",
            ),
            Text("Kontör satın alırlarsa yükleyin; belgeler kendiliğinden gider.", "Load some once they are sold."),
            "/console/credits?show=waiting",
            is_bad=False,
        )


def _of_seal(found: Found) -> Iterator[Need]:
    for text, repair in sentences(found.seal):
        yield Need(text, repair, "/console/audit", is_bad=found.seal is not None and found.seal.presses)


def _of_merkez(found: Found) -> Iterator[Need]:
    for number, stage in found.identities:
        if stage is identities.Stage.SUSPENDED:
            yield Need(
                Text(f"GİB {number} için trafiği durdurdu.", f"GİB suspended the traffic of {number}."),
                Text(
                    "GİB'le görüşün; izin gelince Merkez sayfasında bildirin.",
                    "Talk to GİB; say on the Merkez page when permission is back.",
                ),
                "/console/merkez",
            )
    for link in found.links:
        if link.stage is not breaker.Stage.CLOSED:
            yield Need(
                Text(f"{link.title} yanıt vermiyor.", f"{link.title} does not answer."),
                Text("Bekleyin; Ulak kendiliğinden yeniden dener.", "Wait; Ulak tries again by itself."),
                "/console/merkez",
                is_bad=False,
            )
    if found.user_list is None or clock.now() - found.user_list.at > _OLD_LIST:
        yield Need(
            Text("GİB'in kullanıcı listesi eski.", "GİB's user list is old."),
            Text("İşler sayfasında listeyi okuyan işe bakın.", "Look at the job that reads it, on the page of jobs."),
            "/console/jobs",
        )


def _of_machines(found: Found) -> Iterator[Need]:
    if not found.workers:
        yield Need(
            Text("Çalışan işçi yok; belgeler ilerlemiyor.", "No worker is running; documents do not move."),
            Text("“ulak worker” komutunu başlatın.", "Start “ulak worker”."),
            "/console/queues",
        )
    oldest = max((one.oldest for one in found.waiting), default=0.0)
    late = max((seconds for _, seconds in found.late), default=0.0)
    if max(oldest, late) > _SLOW:
        minutes = int(max(oldest, late) // 60)
        yield Need(
            Text(
                f"Kuyruktaki en eski iş {minutes} dakikadır bekliyor.",
                f"The oldest work has waited for {minutes} minutes.",
            ),
            Text("İşçi ekleyin ya da günlüklere bakın.", "Add workers, or look at the logs."),
            "/console/queues",
        )
    if found.aside:
        clients = len({one.taxpayer for one in found.aside if one.taxpayer})
        nobodys = sum(not one.taxpayer for one in found.aside)
        tr = [f"{clients} mükellefin"] * bool(clients) + [f"{nobodys} kaydın"] * bool(nobodys)
        en = [f"of {_counted(clients, 'taxpayer')}"] * bool(clients)
        en += [f"on {_counted(nobodys, 'record')}"] * bool(nobodys)
        yield Need(
            Text(f"{' ve '.join(tr)} işi yapılamıyor.", f"Work {' and '.join(en)} fails."),
            Text(
                "Nedenine bakın; kendiliğinden yeniden denenir, ötekiler ilerler.",
                "See why; it is tried again by itself, and the others go on.",
            ),
            "/console/queues#aside",
        )
    failed = found.jobs.get("failed", 0)
    if failed:
        yield Need(
            Text(f"{failed} arka plan işi başarısız oldu.", f"{_counted(failed, 'background job')} failed."),
            Text("İşler sayfasında bakın.", "See the page of jobs."),
            "/console/jobs",
            is_bad=False,
        )
    if found.chain.oldest and clock.now() - found.chain.oldest > _UNSEALED:
        yield Need(
            Text("Kayıt bir saattir mühürlenmedi.", "The record has not been sealed for an hour."),
            Text("Mühürleyen işe bakın.", "Look at the job that seals it."),
            "/console/audit",
        )


def gather(chain: Chain, user_list: Freshness | None, jobs: dict[str, int]) -> Found:
    """What is known now; in an operator's scope, what needs another comes as arguments."""
    return Found(
        watching.stuck(),
        watching.links_found(),
        watching.identities_found(),
        watching.stages_of_accounts(),
        reporting.counts(),
        watching.entries_found(),
        gib.counts(),
        len(late_months()),
        watching.waiting_for_credits(),
        chain,
        user_list,
        [],
        [],
        0,
        jobs,
        own_seal(),
        asides.standing(),
    )


def with_depths(found: Found) -> Found:
    """The queues besides; opens its own scopes."""
    return found._replace(waiting=depths.waiting(), late=depths.late(), workers=depths.workers())
