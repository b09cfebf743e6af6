"""Measures what `bench/earchive` prints: documents issued, a great report built, documents mailed with their PDF.

*Issuing* is from the accepted batch to the sealed and kept document, for e-Arşiv invoices and, in the same run, for
e-Fatura invoices of the same content; an envelope that fills is packed in the same step. *Reporting* is done as the
platform does it, in a process of its own: entries gathered, bodies read from the archive, elements written and judged
by GİB's package if it is installed, the report sealed as XAdES-A with the test authority's time stamps, packed and
kept. Its limit is what no program can avoid: the same bodies read from the archive and parsed, the same report
compressed. All figures are CPU, PostgreSQL's included, beside them time by the clock.

``bench/earchive --home DIR`` judges reports by the packs in that folder; without it there are none, and a report is
judged as far as that.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from bench.delivery_rates import sink
from bench.earchive_reports import Spending, Spent, one, rows

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

_GOAL_RATE: Final = 1.0
_GOAL_SECONDS: Final = 60.0
_GOAL_MEGABYTES: Final = 250.0
_GOAL_MESSAGES: Final = 50.0
_REPORTED: Final = 100_000
_AT_ONCE: Final = 1_000
_BUYER: Final = "5610247301"
_DOCUMENTS: Final = """
INSERT INTO documents_document (taxpayer_id, month, direction, kind, profile, type_code, ettn, number, series_id,
    issue_date, partner, alias, sender_alias, priority, form, stage, road, accepted_at, sealed_at, party_title,
    currency, payable)
SELECT taxpayer_id, month, direction, kind, profile, type_code, w.ettn, w.number, series_id, issue_date, partner, alias,
    sender_alias, priority, form, stage, road, accepted_at, sealed_at, party_title, currency, payable
FROM documents_document d, unnest(%s::uuid[], %s::text[]) WITH ORDINALITY AS w(ettn, number, place) WHERE d.id = %s
ORDER BY place RETURNING id
"""
_ENTRIES: Final = """
INSERT INTO exchange_report_entry (taxpayer_id, document_id, what, turn, kind, product, day, at_once, made_at, ready_at,
    due_at)
SELECT taxpayer_id, w.id, what, turn, kind, product, day, at_once, made_at, now(), due_at
FROM exchange_report_entry e, unnest(%s::bigint[]) AS w(id) WHERE e.document_id = %s
"""


def main() -> None:
    """Measure, and print what the goals say."""
    wants = argparse.ArgumentParser(description=__doc__)
    wants.add_argument("--documents", type=int, default=500)
    wants.add_argument("--rounds", type=int, default=5)
    wants.add_argument("--reported", type=int, default=_REPORTED)
    wants.add_argument("--messages", type=int, default=300)
    wants.add_argument("--home", default="")
    said = wants.parse_args()
    with tempfile.TemporaryDirectory(prefix="ulak-bench-") as scratch, sink() as port:
        os.environ.update(ULAK_SMTP_URL=f"smtp://127.0.0.1:{port}", ULAK_MAIL_FROM="Ulak <fatura@ulak.example>")
        with _installed(Path(scratch), said.home):
            firm = _world()
            _issuing(firm, said.documents, said.rounds)
            _mailing(firm, said.messages)
            _reporting(firm, said.reported)


@contextmanager
def _installed(folder: Path, home: str) -> Iterator[None]:
    folder.chmod(0o755)
    os.environ.update(ULAK_DATA=str(folder / "ulak"), DJANGO_SETTINGS_MODULE="ulak_server.settings")
    os.environ.update({"ULAK_HOME": home} if home else {})
    from ulak_server.commands.ground import ground

    with ground():
        yield


def _world() -> int:
    """A taxpayer that sends and issues, and a customer of it that GİB's list has."""
    from platform_world import archiving, taxpayer
    from ulak_server import clock
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.userlist.models import RegisteredUser

    firm, now = archiving(taxpayer()), clock.now()
    with scoped(Role.PIPELINE):
        RegisteredUser(
            number=_BUYER, service="einvoice", role="PK", alias="urn:mail:defaultpk@alici.example", title="Alıcı A.Ş.",
            type="Ozel", registered=now, created=now, since=now, first_seen=now,
        ).save(force_insert=True)  # fmt: skip
    return firm


# -- issuing ----------------------------------------------------------------------------------------------------------


def _issuing(firm: int, count: int, rounds: int) -> None:
    _issue(firm, "earchive", count // 5)
    _issue(firm, "einvoice", count // 5)
    pairs = [(_issue(firm, "einvoice", count), _issue(firm, "earchive", count)) for _ in range(rounds)]
    ratios = [sent.cpu / issued.cpu for sent, issued in pairs]
    for name, place in (("e-Fatura", 0), ("e-Arşiv", 1)):
        each = statistics.median(pair[place].cpu for pair in pairs) / count
        print(f"{name:10} {1000 * each:6.2f} ms of CPU each, {1 / each:6.0f}/s of a core")
    _say("e-Arşiv to e-Fatura", statistics.median(ratios), "x", _GOAL_RATE)


def _issue(firm: int, way: str, count: int) -> Spent:
    """Hand documents in as a batch, and bring each to its seal."""
    from platform_way_out import Called, key_ring
    from ulak.lifecycle.policy import DEFAULT
    from ulak_server.documents.batch_station import BatchStation
    from ulak_server.documents.batches import hand_in
    from ulak_server.exchange.outbound.stations import Preparing

    hand_in(firm, _lines(way, count), "ndjson")
    stations = (BatchStation(lambda: DEFAULT), Preparing(key_ring(), Called()))
    before, spending = _sealed(way), Spending()
    while sum(station.turn() for station in stations):
        pass
    spent = spending.so_far()
    if _sealed(way) - before != count:
        raise SystemExit(f"{way}: {_sealed(way) - before} of {count} were sealed")
    return spent


def _sealed(way: str) -> int:
    kind = "earchive_invoice" if way == "earchive" else "invoice"
    return one("SELECT count(*) FROM documents_document WHERE sealed_at IS NOT NULL AND kind = %s", [kind])


def _lines(way: str, count: int) -> bytes:
    from platform_archive import shop_sale

    document = json.loads(shop_sale(_BUYER if way == "einvoice" else ""))
    document["lines"] = [{**document["lines"][0], "name": f"Çelik raf {line}"} for line in range(4)]
    return b"".join(json.dumps({"document": document}).encode() + b"\n" for _ in range(count))


# -- mailing ----------------------------------------------------------------------------------------------------------


def _mailing(firm: int, count: int) -> None:
    """Mail so many documents, each to its buyer, with the PDF, which is made meanwhile, and the XML."""
    issued = rows("SELECT id FROM documents_document WHERE kind = 'earchive_invoice' ORDER BY id LIMIT %s", [count])
    # Fonts are loaded once in a process.
    _mail(firm, [id for (id,) in issued[:20]])
    spent = _mail(firm, [id for (id,) in issued])
    print(f"{'mailed with PDF and XML':32} {len(issued)} messages, {len(issued) / spent.clock:.0f}/s by the clock")
    _say("mailed with PDF, of a core", len(issued) / spent.cpu, "messages/s", _GOAL_MESSAGES)


def _mail(firm: int, documents: Sequence[int]) -> Spent:
    from ulak_server import clock
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.delivery import services as delivery
    from ulak_server.delivery.mail.station import Mail
    from ulak_server.delivery.models import Message

    with scoped(Role.WEB, [firm]):
        Message.objects.all().delete()
        for place, id in enumerate(documents):
            delivery.send(firm, id, delivery.Wanted([f"k{place}@alici.example"], attach=("pdf", "xml")))
        Message.objects.update(due_at=clock.now())
    station, spending = Mail(), Spending()
    while station.turn():
        pass
    spent = spending.so_far()
    station.close()
    if (sent := one("SELECT count(*) FROM delivery_message WHERE stage = 'sent'")) != len(documents):
        raise SystemExit(f"{sent} of {len(documents)} messages were sent")
    return spent


# -- reporting --------------------------------------------------------------------------------------------------------


def _reporting(firm: int, count: int) -> None:
    _fill(firm, count)
    command = [sys.executable, "-m", "bench.earchive_reports"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    print(
        f"{count} documents: {found['reports']:.0f} report(s), {found['size'] / 1e6:.1f} MB,"
        f" {found['packed'] / 1e6:.1f} MB packed; {found['clock']:.0f} s by the clock"
    )
    _say("report built, sealed, packed", found["cpu"], "s of CPU", _GOAL_SECONDS * count / _REPORTED, least=False)
    _say("largest memory", found["megabytes"], "MB", _GOAL_MEGABYTES, least=False)
    print(f"{'to read, parse and compress':32} {found['cpu'] / found['limit']:8.2f} x ({found['limit']:.1f} s)")


def _fill(firm: int, count: int) -> None:
    """Issue so many documents more; they are copies of those there are, each with its own number and ETTN."""
    from ulak_server.archive import services as archive
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped

    models = rows("SELECT d.id, d.month, d.number, d.ettn FROM documents_document d WHERE kind = 'earchive_invoice'")
    missing = count - len(models)
    for start in range(0, missing, _AT_ONCE):
        id, month, number, ettn = models[start // _AT_ONCE % len(models)]
        places = range(start, min(start + _AT_ONCE, missing))
        numbers, ettns = [f"ARZ2026{place:09}" for place in places], [uuid4() for _ in places]
        made = [row[0] for row in rows(_DOCUMENTS, [ettns, numbers, id])]
        rows(_ENTRIES, [made, id])
        with scoped(Role.PIPELINE, [firm]):
            (body,) = archive.read([archive.Ref(firm, month, id)]).values()
            archive.keep(
                [
                    archive.Body(
                        archive.Ref(firm, month, owner), _renamed(body, (number, ettn), new), "earchive_invoice"
                    )
                    for owner, *new in zip(made, numbers, ettns, strict=True)
                ]
            )
    rows("UPDATE exchange_report_entry SET ready_at = now()")
    rows("ANALYZE")


def _renamed(body: bytes, old: Sequence[Any], new: Sequence[Any]) -> bytes:
    for before, after in zip(old, new, strict=True):
        body = body.replace(str(before).encode(), str(after).encode())
    return body


def _say(what: str, found: float, unit: str, goal: float, *, least: bool = True) -> None:
    reached = found >= goal if least else found <= goal
    print(
        f"{what:32} {found:8.2f} {unit}   goal {'' if least else '<= '}{goal:g}: {'reached' if reached else 'MISSED'}"
    )


if __name__ == "__main__":
    main()
