"""The one sentence above each step: how it stands, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ulak.errors import Text
from ulak_server import formats
from ulak_server.ledgers.models import Work
from ulak_server.portal.rooms.ledger_works_view import NO_TEXT, head
from ulak_server.portal.rooms.reports_view import Head, month_name

__all__ = ["head_of_findings", "head_of_preview", "head_of_seal", "head_of_sending"]


_ENTRIES: Final = Text("Bu kayıtlardan", "these entries")
_LISTED: Final = Text("Bu listeden", "this list")


def _n(value: int) -> tuple[str, str]:
    return formats.number(value), formats.number(value, None, "en")


def head_of_findings(work: Work, errors: Sequence[Any], warnings: Sequence[Any]) -> Head:
    """Whether ledgers can be made of the entries."""
    if errors:
        turkish, english = _n(sum(one.count for one in errors))
        kinds = len(errors)
        what = _LISTED if work.kind == "inventory" else _ENTRIES
        text = Text(
            f"{what.tr} defter oluşturulamaz: {kinds} tür hata, {turkish} yerde.",
            f"No ledger can be made of {what.en}: {kinds} {'kind' if kinds == 1 else 'kinds'} of error,"
            f" {english} {'place' if english == '1' else 'places'}.",
        )
        then = Text(
            "Aynı nedenden gelenler bir arada durur; en çok görüleni düzeltmekle başlayın.",
            "Those with the same cause stand together; begin with the one that is met most.",
        )
        return head("bad", "alert", text, then)
    if warnings:
        open_ones = sum(not one.is_acknowledged for one in warnings)
        text = Text(f"Hata yok; {len(warnings)} tür uyarı var.", f"No errors; {len(warnings)} kinds of warnings.")
        then = Text("Uyarılara bakın, gördüğünüzü işaretleyin ve sürdürün.", "Look at them, tick them and go on.")
        return head(
            "wait" if open_ones else "ok", "info" if open_ones else "check", text, then if open_ones else NO_TEXT
        )
    text = Text("Kayıtlar kusursuz: defterler oluşturulabilir.", "The entries are in order: ledgers can be created.")
    if work.kind == "inventory":
        text = Text("Liste kusursuz: envanter defteri oluşturulabilir.", "The list is in order: the book can be made.")
    return head("ok", "check", text)


def head_of_preview(work: Work, found: Any) -> Head:
    """What will be created."""
    name = month_name(work.month)
    turkish, english = _n(found.sums.entries)
    count = len(found.parts)
    text = Text(
        f"{name.tr}: {turkish} {'envanter' if work.kind == 'inventory' else 'yevmiye'} maddesi, {count} parça.",
        f"{name.en}: {english} entries in {count} {'part' if count == 1 else 'parts'}.",
    )
    if work.stage != "planned":
        return head("ok", "check", text)
    then = Text(
        "Toplamları ve madde numaralarını muhasebe programınızla karşılaştırın, sonra oluşturun.",
        "Compare totals and entry numbers with your accounting program, then create the ledgers.",
    )
    if work.kind == "inventory":
        then = Text("Hesap toplamlarını mizanınızla karşılaştırın.", "Compare the sums with your trial balance.")
    return head("info", "eye", text, then)


def head_of_seal(work: Work) -> Head:
    """That the books are made, and what they wait for."""
    if work.stage == "built":
        text = Text(
            "Defterler oluşturuldu; yevmiye, kebir ve mizan birbirini tutuyor.",
            "The ledgers are created; journal, general ledger and trial balance agree.",
        )
        if work.kind == "inventory":
            text = Text("Envanter defteri oluşturuldu.", "The inventory book is made.")
        then = Text("Göz atın, sonra mühürleyin.", "Have a look at them, then seal.")
        return head("info", "seal", text, then)
    text = Text("Defterler ve beratlar mühürlendi.", "Ledgers and berats are sealed.")
    return head("ok", "check", text)


def head_of_sending(work: Work, packages: Sequence[Mapping[str, Any]]) -> Head:
    """How GİB stands to the month."""
    if work.stage == "sealed":
        text = Text(
            "Defterler mühürlü ve GİB'in kurallarına uygun; gönderilmeyi bekliyor.",
            "The ledgers are sealed and pass GİB's rules; they wait to be sent.",
        )
        return head("info", "send", text, Text("Son bir kez bakın, sonra gönderin.", "Look once more, then send."))
    bad = [one for one in packages if one["word"].tone == "bad"]
    if bad:
        text = Text(
            f"{len(bad)} paket GİB'den geçmedi.",
            f"{len(bad)} {'package was' if len(bad) == 1 else 'packages were'} not accepted by GİB.",
        )
        then = Text("Nedeni ve ne yapılacağı aşağıda, paketin yanında.", "Why, and what to do, stands at the package.")
        return head("bad", "alert", text, then)
    return _calm(work, packages)


def _calm(work: Work, packages: Sequence[Mapping[str, Any]]) -> Head:
    if packages and all(one["is_over"] for one in packages):
        if work.kind == "inventory":
            text = Text("GİB envanter defterinin beratını onayladı.", "GİB approved the berat of the inventory book.")
            return head("ok", "check", text, Text("Yapılacak bir şey kalmadı.", "There is nothing left to do."))
        return _approved(work, any(one["kind"] == "DR" for one in packages))
    text = Text("Gönderildi; GİB'in onayı bekleniyor.", "Sent; GİB's approval is awaited.")
    then = Text(
        "Siz bir şey yapmayın; sonuç gelince bu sayfa ve bildirimler söyler.",
        "There is nothing to do; this page and a notification tell the outcome.",
    )
    return head("wait", "clock", text, then)


def _approved(work: Work, has_report: bool) -> Head:
    name = month_name(work.month)
    if has_report:
        text = Text(
            f"{name.tr} tamam: beratlar onaylı, defter raporu GİB'de.",
            f"{name.en} is done: its berats are approved, GİB has its report.",
        )
        return head("ok", "check", text, Text("Yapılacak bir şey kalmadı.", "There is nothing left to do."))
    text = Text("GİB bütün beratları onayladı.", "GİB approved every berat.")
    if work.until is not None:
        then = Text("Ayın kalan günleri sonraki parça olur.", "The remaining days of the month become the next part.")
        return head("ok", "check", text, then)
    return head("info", "report", text, Text("Ay, defter raporuyla kapanır.", "The report closes the month."))
