"""``serbestMeslekMakbuz`` and ``mustahsilMakbuz``: e-SMM and e-MM (e-Arşiv Kılavuzu V1.18, 3.3.6 and 3.3.4)."""

from __future__ import annotations

from ulak.reports import parts
from ulak.reports.needs import Needs
from ulak.reports.source import Source
from ulak.reports.texts import element
from ulak.reports.values import Facts
from ulak.reports.words import Words

__all__ = ["freelance_receipt", "producer_receipt"]


def freelance_receipt(source: Source, facts: Facts, digest: str, words: Words, needs: Needs) -> str:
    """What stands in ``serbestMeslekMakbuz``; its time of issue is optional."""
    uuid = parts.uuid_of(source, needs)
    date, time = parts.issued_at(source, needs, needs_time=False)
    return "".join(
        (
            element("makbuzNo", parts.number_of(source, needs)),
            element("gonderimSekli", parts.sending(source, facts, needs)),
            element("dosyaAdi", facts.file_name or f"{uuid}.xml"),
            element("ozetDeger", digest),
            element("duzenlenmeTarihi", date),
            element("duzenlenmeZamani", time) if time else "",
            element("toplamTutar", parts.money(source, "TaxExclusiveAmount", needs)),
            element("odenecekTutar", parts.money(source, "PayableAmount", needs)),
            element("paraBirimi", parts.currency(source, words, needs)),
            element("dovizKuru", parts.exchange_rate(source, needs)),
            element("serbestMeslekMakbuzUrl", parts.address(source, facts, needs)),
            parts.taxes(source, words, needs),
            f"<aliciBilgileri>{parts.receiver(source, needs)}</aliciBilgileri>",
            element("imzaZamani", parts.sealed_at(facts.sealed_at)),
            parts.slips(source, needs),
        )
    )


def producer_receipt(source: Source, facts: Facts, digest: str, words: Words, needs: Needs) -> str:
    """What stands in ``mustahsilMakbuz``."""
    uuid = parts.uuid_of(source, needs)
    date, time = parts.issued_at(source, needs)
    return "".join(
        (
            element("makbuzNo", parts.number_of(source, needs)),
            element("dosyaAdi", facts.file_name or f"{uuid}.xml"),
            element("ozetDeger", digest),
            element("duzenlenmeTarihi", date),
            element("duzenlenmeZamani", time),
            element("toplamTutar", parts.money(source, "TaxExclusiveAmount", needs)),
            element("odenecekTutar", parts.money(source, "PayableAmount", needs)),
            element("paraBirimi", parts.currency(source, words, needs)),
            element("mustahsilMakbuzUrl", parts.address(source, facts, needs)),
            parts.taxes(source, words, needs, usual="0003"),
            f"<mustahsilBilgileri>{parts.receiver(source, needs)}</mustahsilBilgileri>",
            element("imzaZamani", parts.sealed_at(facts.sealed_at)),
            parts.slips(source, needs),
        )
    )
