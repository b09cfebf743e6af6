"""What each step of the wizard shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest

from ulak.errors import Text
from ulak_server import formats
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at
from ulak_server.portal.rooms.ledger_works_fields import sources
from ulak_server.portal.rooms.ledger_works_heads import head_of_findings, head_of_preview, head_of_seal, head_of_sending
from ulak_server.portal.rooms.ledger_works_look import columns_body
from ulak_server.portal.rooms.ledger_works_packages import books_of, packages_of, sending_body
from ulak_server.portal.rooms.ledger_works_view import days_left, error_of_kept, size
from ulak_server.portal.rooms.ledger_works_words import FILES, GOES, TONES
from ulak_server.portal.rooms.reports_view import last_day_of

__all__ = ["BODIES", "file_values"]

Body = Callable[[HttpRequest, Visit, Work], Mapping[str, Any]]
_FIRST: Final = 3
_PER_LEAF: Final = 20
_GUESSED: Final = "guessed"
_OPEN: Final = frozenset(("uploading", "looking", "mapping", "checked", "planned", "built", "failed"))
_MADE: Final = frozenset(("checked", "planned", "built"))
_DEBIT: Final = {"title": Text("borç bakiyesi", "debit balance"), "short": Text("B", "Dr")}
_CREDIT: Final = {"title": Text("alacak bakiyesi", "credit balance"), "short": Text("A", "Cr")}


# -- files -------------------------------------------------------------------------------------------------------------


def files_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """Files, and where they come from."""
    most = ledgers.MOST_OF_FILE // 1_000_000_000
    endings = ",".join(f".{one}" for one in ledgers.ENDINGS)
    return {**file_values(visit, work), "sources": sources(), "limit": most, "accept": endings}


def file_values(visit: Visit, work: Work) -> dict[str, Any]:
    """The files of a work, and what is to be done with them."""
    found = [_file(one) for one in ledgers.files(visit.caller, visit.taxpayer, work.id)]
    return {
        "files": found,
        "unknown": next((one for one in found if one["is_unknown"]), None),
        "guessed": next((one for one in found if one["is_guessed"]), None),
        "is_looking": work.stage == "looking" or any(one["state"] == "looking" for one in found),
        "is_ready": bool(found) and all(one["is_matched"] for one in found),
        "may_add": work.stage in _OPEN,
        "drops": work.stage in _MADE,
        "broken": any(one["state"] == "broken" for one in found),
    }


def _file(one: Any) -> dict[str, Any]:
    is_guessed = one.state == "taken" and one.mapping_name == _GUESSED
    taken = "guessed" if is_guessed else "known" if one.mapping_title.tr else "matched"
    word = {"uploading": "coming", "taken": taken}.get(one.state, one.state)
    kind, here = one.kind.upper(), size(one.received)
    about = one.mapping_title if one.mapping_title.tr else Text(kind, kind)
    if one.state == "uploading":
        about = Text(
            f"{here.tr or '0 MB'} yüklendi; aynı dosyayı seçin, kaldığı yerden sürer",
            f"{here.en or '0 MB'} are here; choose the same file and it goes on from there",
        )
    return {
        "id": one.id,
        "name": one.name,
        "size": size(one.size),
        "about": about,
        "state": one.state,
        "word": FILES[word],
        "is_guessed": is_guessed,
        "is_matched": one.state == "taken",
        "is_unknown": one.state == "unknown",
        "error": error_of_kept(one.error),
    }


# -- findings ----------------------------------------------------------------------------------------------------------


def findings_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """Groups of what the check found, errors first, and what comes next."""
    found = ledgers.findings(visit.caller, visit.taxpayer, work.id)
    level = request.GET.get("level", "")
    level = level if level in TONES else ""
    groups = sorted(found.groups, key=lambda one: (one.level != "error", -one.count))
    warnings = [one for one in groups if one.level == "warning"]
    errors = [one for one in groups if one.level == "error"]
    return {
        "head": head_of_findings(work, errors, warnings),
        "groups": [_group(one) for one in groups if level in ("", one.level)],
        "shown_level": level,
        "counts": {
            "all": len(groups),
            "errors": len(errors),
            "warnings": len(warnings),
            "open": sum(not one.is_acknowledged for one in warnings),
        },
        "warnings": warnings,
        "totals": _totals(found.sums),
        "may_add": work.stage in _OPEN,
        "may_plan": work.stage == "checked",
    }


def _group(one: Any) -> dict[str, Any]:
    return {
        "code": one.code,
        "level": one.level,
        "icon": TONES[one.level][1],
        "text": one.text,
        "repair": one.repair,
        "count": one.count,
        "examples": [_place(it) for it in one.examples[:_FIRST]],
    }


def _place(it: Any) -> dict[str, Any]:
    turkish = [it.source, f"satır {it.row}" if it.row else "", it.column]
    english = [it.source, f"row {it.row}" if it.row else "", it.column]
    place = Text(*(", ".join(filter(None, one)) or "–" for one in (turkish, english)))
    return {"place": place, "voucher": it.voucher, "value": it.value}


def _totals(sums: Any) -> dict[str, Any]:
    return {**sums._asdict(), "difference": abs(sums.debit - sums.credit)}


# -- preview -----------------------------------------------------------------------------------------------------------


def preview_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """Parts, a page of the journal, the trial balance, what GİB gets and until when."""
    found = ledgers.preview(visit.caller, visit.taxpayer, work.id)
    last = last_day_of(found.due)
    left = None if last is None else {"day": last, "left": days_left(last)}
    return {
        "head": head_of_preview(work, found),
        "parts": [_part(one) for one in found.parts],
        "totals": _totals(found.sums),
        "balance": [_account(one) for one in found.balance],
        "goes": _goes(found.packages, is_whole=work.until is None and work.kind == "books"),
        "due": left,
        "leaf": _leaf(request, visit, work),
        "may_create": work.stage == "planned",
    }


def _part(one: Any) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("number", "first", "last", "entries", "lines")}
    days = Text(f"{one.start:%d} – {formats.day(one.end)}", f"{one.start.day} – {formats.day(one.end, 'en')}")
    if one.start == one.end:
        days = Text(formats.day(one.end), formats.day(one.end, "en"))
    return {**plain, "days": days, "journal_size": size(one.journal_size), "ledger_size": size(one.ledger_size)}


def _account(one: Any) -> dict[str, Any]:
    left: Decimal = one.debit - one.credit
    return {
        "account": one.account,
        "name": one.name,
        "debit": one.debit,
        "credit": one.credit,
        "left": abs(left),
        "side": _DEBIT if left >= 0 else _CREDIT,
    }


def _goes(packages: Sequence[tuple[str, str, Sequence[str]]], *, is_whole: bool) -> list[dict[str, Any]]:
    """Packages by what they hold."""
    counts: dict[str, int] = {"DR": 1} if is_whole else {}
    for _, sort, files in packages:
        kind = "KB+K" if sort == "KB" and len(files) > 1 else sort
        counts[kind] = counts.get(kind, 0) + 1
    return [
        {"icon": icon, "label": label, "about": about, "count": counts[kind]}
        for kind, (icon, label, about) in GOES.items()
        if kind in counts
    ]


def _leaf(request: HttpRequest, visit: Visit, work: Work) -> dict[str, Any] | None:
    given = request.GET.get("leaf", "1")
    wanted = int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 8 else 1
    found = ledgers.page_of(visit.caller, visit.taxpayer, work.id, max(1, wanted), _PER_LEAF)
    if not found.entries:
        return None
    here = at(visit, "ledger_works.one", id=work.id) + "?step=preview&leaf="
    return {
        "number": found.number,
        "pages": found.pages,
        "entries": found.entries,
        "before": f"{here}{found.number - 1}" if found.number > 1 else "",
        "after": f"{here}{found.number + 1}" if found.number < found.pages else "",
    }


# -- created, sealed, sent ---------------------------------------------------------------------------------------------


def created_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """The books that were made, and what was found wrong with them."""
    found = ledgers.findings(visit.caller, visit.taxpayer, work.id)
    return {
        "head": head_of_seal(work),
        "groups": [_group(one) for one in found.groups if one.origin != "check"],
        "books": books_of(visit, work),
        "totals": _totals(found.sums),
    }


def seal_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """Who may seal, and what."""
    ways = ledgers.ways_to_seal(visit.caller, visit.taxpayer)
    usable = [one.key for one in ways if one.is_usable]
    may_stamp = ledgers.may_stamp()
    return {
        "head": head_of_seal(work),
        "ways": [_way(one, one.key == (work.key or (usable or [""])[0])) for one in ways],
        "may_seal": work.stage == "built" and bool(usable),
        "no_way": work.stage == "built" and not usable,
        "may_stamp": may_stamp,
        "is_stamped": may_stamp,
        "facts": at(visit, "ledgers.facts"),
        "books": books_of(visit, work),
        "totals": _planned_totals(visit, work),
    }


def _way(one: Any, is_chosen: bool) -> dict[str, Any]:
    about = Text(one.subject, one.subject)
    if one.consent:
        agreed = f"muvafakatname: {formats.day(one.consent)}", f"consent of {formats.day(one.consent, 'en')}"
        about = Text(*("; ".join(filter(None, (one.subject, said))) for said in agreed))
    return {**one._asdict(), "about": about, "is_chosen": is_chosen}


def send_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """Packages and GİB's answers."""
    packages = packages_of(visit, work)
    return {
        "head": head_of_sending(work, packages),
        **sending_body(visit, work, packages),
        "totals": _planned_totals(visit, work),
    }


def _planned_totals(visit: Visit, work: Work) -> dict[str, Any]:
    return _totals(ledgers.findings(visit.caller, visit.taxpayer, work.id).sums)


BODIES: Final[Mapping[str, Body]] = {
    "files": files_body,
    "columns": columns_body,
    "findings": findings_body,
    "preview": preview_body,
    "create": created_body,
    "seal": seal_body,
    "send": send_body,
}
"""By step."""
