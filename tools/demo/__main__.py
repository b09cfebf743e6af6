"""`make demo`: a month's export of two ERPs and a shop's day through the platform and a simulated GİB.

Everything is left running; with ``ONCE=1`` it stops at the end, and the exit code is 0 only if every document ended as
it should.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from tools.demo import crew as people
from tools.demo import ledger, pictures, shop, summary
from tools.demo.erp import EXPORT, csv_lines, despatches
from tools.demo.gib import Gib
from tools.demo.platform import Desk, Platform
from tools.demo.stories import drafts_of
from tools.demo.world import ARDIC, FIRMS, INTEGRATOR, MAILBOX, MELTEM, SENDER, environment

from ulak_server.clock import today

_CENTER_PORT: Final = int(os.environ.get("DEMO_CENTER_PORT", "8090"))
_PORT: Final = int(os.environ.get("DEMO_PORT", "8000"))
_PATIENCE: Final = 150.0
_ANSWERED: Final = {"KABUL": 20, "RED": 5}
_RECEIPTS, _PARTIAL = 20, 3
_FROM_PORTAL: Final = 10
_CONSOLE: Final = Console(width=max(Console().width, 110))
_MISTAKES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("a buyer whom GİB's list does not know", {"customer": {"tax_id": "1234567808", "name": "Bilinmeyen Ltd. Şti."}}),
    ("a buyer's VKN with a wrong check digit", {"customer": {"tax_id": "7359021641", "name": "Meltem"}}),
    ("a unit that does not exist", {"lines": [{"name": "Kutu", "quantity": 1, "price": 1, "vat": 20, "unit": "KUTU"}]}),
    ("no lines at all", {"lines": []}),
)  # fmt: skip


def main() -> int:
    """Do it all; the exit code."""
    began = time.monotonic()
    # What is ended by a signal ends what it started, too: left over, it would answer the next demo.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ulak-demo-", ignore_cleanup_errors=True)))
        gib, platform = _started(stack, folder)
        _say(f"Up after {time.monotonic() - began:.1f} s: GİB at {gib.url}, the platform at {platform.url}")
        keys = platform.operator("take-on", str(gib.pki))
        crew = platform.operator("people")
        platform.operator("stories")
        accounts = sum(len(firm.services) for firm in FIRMS)
        _until("Accounts opened at GİB by USERENVELOPE", accounts, lambda: _active(platform))
        gib.post("/control/lists", {})
        platform.operator("lists")
        ardic, meltem, elif_ = (Desk(platform.url, keys[firm.short]) for firm in FIRMS)
        sent = _feed(ardic, meltem, gib)
        _until("Documents delivered, system responses processed", sent, lambda: _delivered(platform))
        answered = _answer(ardic, meltem)
        _until("Answers and receipts delivered", sent + answered, lambda: _delivered(platform))
        _until("Answers known to both sides", 2 * answered, lambda: _known(platform))
        refused = _mistakes(ardic)
        _leave_drafts(ardic, meltem)
        is_balanced = _shop_day(platform, gib, meltem, elif_)
        has_books = _month_of_books(platform, gib, ardic)
        _say("")
        summary.show(platform, _CONSOLE)
        good = _as_it_should(platform, sent + answered, refused) and is_balanced and has_books
        good = good and summary.are_credits_right(platform)
        _say(f"{'Everything ended as it should' if good else 'NOT everything ended as it should'}; "
             f"{time.monotonic() - began:.0f} s in all.")  # fmt: skip
        if os.environ.get("PICTURES"):
            pictures.taken(platform.url, crew, Path(os.environ["PICTURES"]))
        if os.environ.get("ONCE", "") not in ("", "0"):
            return int(not good)
        _leave_running(platform, gib, keys, crew)
    return 0


def _started(stack: ExitStack, folder: Path) -> tuple[Gib, Platform]:
    gib = Gib(folder / "gib", _CENTER_PORT, folder / "gib.log")
    stack.callback(gib.close)
    told = environment(folder / "ulak", gib.pki, gib.url, _PORT)
    platform = Platform(folder / "ulak", told, folder / "ulak.log")
    stack.callback(platform.close)
    gib.register(*INTEGRATOR, f"{platform.url}/gib/efatura", (SENDER, MAILBOX))
    return gib, platform


# -- what is done ------------------------------------------------------------------------------------------------------


def _feed(ardic: Desk, meltem: Desk, gib: Gib) -> int:
    """Hand the exports in, and let GİB's portal user send something; how many documents of ours are on their way."""
    lines = (EXPORT / "invoices.jsonl").read_bytes()
    rows = b"".join(csv_lines(EXPORT / "invoices.csv"))
    batches = [
        (desk, desk.post("/batches", content, "application/x-ndjson"))
        for desk, content in ((ardic, lines), (meltem, rows))
    ]
    for key, document in despatches():
        ardic.post("/documents", document, erp_key=key)
    for firm in (ARDIC, MELTEM):
        asked = {"receiver": firm.number, "alias": firm.mailbox, "title": firm.title, "kind": "invoice"}
        gib.post("/control/portal/send", asked | {"profile": "TICARIFATURA", "documents": _FROM_PORTAL, "envelopes": 1})
    total: int = sum(batch["total"] for _, batch in batches)
    _until("Invoices of the exports taken in", total, lambda: sum(_read(desk, batch["id"]) for desk, batch in batches))
    for desk, batch in batches:
        for refusal in desk.every(f"/batches/{batch['id']}/refusals"):
            _say(f"[red]refused: {refusal['name']}: {refusal['detail']}")
    return total + sum(1 for _ in despatches())


def _read(desk: Desk, batch: int) -> int:
    return int(desk.get(f"/batches/{batch}")["read"])


def _answer(ardic: Desk, meltem: Desk) -> int:
    """Both taxpayers answer invoices, Meltem receives goods; how many answers there are."""
    answers = 0
    for desk in (ardic, meltem):
        open_ones = [
            one for one in desk.every("/incoming", kind="invoice") if (one["answer"] or {}).get("stage") == "open"
        ]
        for code, count in _ANSWERED.items():
            for one in open_ones[:count]:
                desk.post(f"/incoming/{one['id']}/answer", _json({"answer": code, "reason": _reason(code)}))
            answers += len(open_ones[:count])
            del open_ones[:count]
    for number, one in enumerate(meltem.every("/incoming", kind="despatch_advice")[:_RECEIPTS]):
        line = {"despatch_line": "1", "rejected": 1, "reject_reason": "Kutu ezilmiş"}
        meltem.post(f"/incoming/{one['id']}/receipt", _json({"lines": [line]} if number < _PARTIAL else {}))
        answers += 1
    return answers


def _shop_day(platform: Platform, gib: Gib, meltem: Desk, elif_: Desk) -> bool:
    """Sell to people all day, cancel some, and report it; whether platform and GİB have the same in their books."""
    batch = meltem.post("/batches", b"".join(shop.sales(today())), "application/x-ndjson")
    for key, document in shop.farm_receipts():
        meltem.post("/documents", document, erp_key=key)
    for key, document in shop.fee_receipts():
        elif_.post("/documents", document, erp_key=key)
    issued = batch["total"] + shop.FARMERS + shop.FEES
    _until("e-Arşiv, e-MM and e-SMM issued", issued, lambda: _issued(platform))
    sold = meltem.every("/documents", kind="earchive_invoice", stage="issued")
    for one in sold[: shop.CANCELLED]:
        meltem.post(f"/documents/{one['id']}/cancel", _json({"reason": "Alıcı vazgeçti"}))
    for desk in (meltem, elif_):
        desk.post("/reports/send", b"{}")
    entries = issued + shop.CANCELLED
    _until("Their reports accepted by GİB", entries, lambda: summary.reported(platform))
    told = sum(1 for _ in gib.reported())
    _say(f"GİB's own books: {told} documents and cancellations reported, {entries} in ours")
    return told == entries and all(desk.get("/reports/balance")["is_balanced"] for desk in (meltem, elif_))


def _month_of_books(platform: Platform, gib: Gib, ardic: Desk) -> bool:
    """Make last month's books of an accounting export, and let GİB approve them; whether it has what we have."""
    month = ledger.begun(ardic, today())
    what = f"e-Defter {month.month}: {ledger.LINES:,} lines to approved berats"
    _until(what, len(ledger.STEPS) - 1, lambda: ledger.carry_on(ardic, month))
    ledger.report(ardic, month)
    _until("Packages of books that GİB is through with", len(ledger.PACKAGES), lambda: ledger.through(platform))
    told = gib.get("/control/ledger/books", taxpayer=ARDIC.number, month=month.month.replace("-", ""))["ledgers"]
    (part,) = ardic.get(f"/ledgers/months/{month.month}")["parts"]
    journal: dict[str, Any] = next((one for one in told if one["kind"] == "YB"), {})
    _say(
        f"GİB's own books: {len(told)} packages, {journal.get('entries', 0)} journal entries, {part['entries']} in ours"
    )
    return len(told) == len(ledger.PACKAGES) and int(journal.get("entries", 0)) == int(part["entries"])


def _leave_drafts(ardic: Desk, meltem: Desk) -> None:
    """What was begun and is not to be sent yet."""
    for firm, desk in ((ARDIC, ardic), (MELTEM, meltem)):
        for content in drafts_of(firm):
            desk.post("/documents", content, intent="draft")


def _reason(code: str) -> str:
    return "Sipariş edilmedi" if code == "RED" else ""


def _mistakes(ardic: Desk) -> int:
    """What people get wrong, and what they are told; how many of them were refused."""
    first = json.loads((EXPORT / "invoices.jsonl").read_text(encoding="utf-8").splitlines()[1])["document"]
    items = [{"erp_key": name, "document": first | change} for name, change in _MISTAKES]
    content = b"".join(_json(item) + b"\n" for item in [*items, {"erp_key": "ARDIC-00001", "document": first}])
    batch = ardic.post("/batches", content, "application/x-ndjson")
    _until("Wrong documents looked at", batch["total"], lambda: _read(ardic, batch["id"]))
    names = [*(name for name, _ in _MISTAKES), "an ERP key that was used before"]
    refusals = {one["place"]: one for one in ardic.every(f"/batches/{batch['id']}/refusals")}
    for place, name in enumerate(names):
        if told := refusals.get(place):
            _say(f"  {name}: [yellow]{told['detail']}[/] {told['repair']}")
    _until("Wrong documents judged", batch["total"] - len(refusals), lambda: len(_faulty(ardic, batch["id"])))
    for one in _faulty(ardic, batch["id"]):
        for finding in one["findings"][:1]:
            _say(f"  {one['erp_key']}: [yellow]{finding['detail']}[/] {finding['repair']}")
    return len(refusals)


def _faulty(desk: Desk, batch: int) -> list[Any]:
    return desk.every("/documents", batch=batch, stage="faulty")


# -- how far it is -----------------------------------------------------------------------------------------------------


def _active(platform: Platform) -> int:
    return int(platform.rows("SELECT count(*) FROM taxpayers_account WHERE stage = 'active'")[0][0])


def _delivered(platform: Platform) -> int:
    found = platform.rows("SELECT count(*) FROM documents_document WHERE direction = 1 AND stage = 'delivered'")
    return int(found[0][0])


def _issued(platform: Platform) -> int:
    return int(platform.rows("SELECT count(*) FROM documents_document WHERE stage = 'issued'")[0][0])


def _known(platform: Platform) -> int:
    answers = summary.counted(platform).answers
    return answers["answered"] + answers["received"]


def _as_it_should(platform: Platform, delivered: int, refused: int) -> bool:
    """Whether all that was accepted arrived, what should not go did not, and the log is whole."""
    found = summary.counted(platform).documents
    out = {stage for way, _, stage in found if way == "out"}
    arrived = sum(count for (way, _, stage), count in found.items() if (way, stage) == ("out", "delivered"))
    came = sum(count for (way, kind, _), count in found.items() if (way, kind) == ("in", "invoice"))
    log = platform.operator("audit")
    _say(f"Audit log: {log['entries']} entries in {log['blocks']} blocks, {'whole' if log['good'] else 'BROKEN'}")
    expected = len(_MISTAKES) + 1
    faulty = sum(count for (way, _, stage), count in found.items() if (way, stage) == ("out", "faulty"))
    return bool(
        out <= {"delivered", "faulty", "draft", "issued", "voided"}
        and arrived == delivered
        and refused + faulty == expected
        and came > 2 * _FROM_PORTAL
        and log["good"]
    )


def _until(what: str, goal: int, done: Any) -> None:
    """Show progress until the goal is reached."""
    columns = (TextColumn("{task.description:48}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_CONSOLE) as progress:
        task = progress.add_task(what, total=goal)
        until = time.monotonic() + _PATIENCE
        while True:
            count = done()
            progress.update(task, completed=count)
            if count >= goal:
                return
            if time.monotonic() > until:
                _say(f"[red]{what}: {count} of {goal} after {_PATIENCE:.0f} s")
                return
            time.sleep(0.2)


# -- the end -----------------------------------------------------------------------------------------------------------


def _leave_running(platform: Platform, gib: Gib, keys: dict[str, str], crew: list[dict[str, Any]]) -> None:
    _say("\nLeft running; Ctrl-C ends it.")
    _say(f"  [bold]the portal      {platform.url}/[/]")
    _say(f"  API             {platform.url}/api/v1/  (its description: /api/v1/openapi.json)")
    _say(f"  health          {platform.url}/health, /ready, /metrics\n  simulated GİB   {gib.url}/")
    for name, key in keys.items():
        _say(f"  key of {name:8} {key}")
    _say(f"  curl -H 'Authorization: Bearer {keys['ardic']}' '{platform.url}/api/v1/documents?limit=3'\n")
    with _interrupted():
        people.shown(crew, _CONSOLE)


@contextmanager
def _interrupted() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        _say("")


def _say(text: str) -> None:
    _CONSOLE.print(text, highlight=False, soft_wrap=True)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


if __name__ == "__main__":
    raise SystemExit(main())
