"""Documents of every kind to be shown, made from the examples."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json

__all__ = ["EXAMPLES", "KIND_EXAMPLES", "NATIVE", "example", "friendly", "ordinary", "written"]

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
KIND_EXAMPLES: Final = {
    "invoice": "more/ordinary.json",
    "archive": "invoice/earsivfatura-satis.json",
    "withheld": "invoice/kamu-tevkifat.json",
    "export": "invoice/ihracat-istisna.json",
    "foreign": "more/foreign-currency.json",
    "despatch": "despatch_advice/temelirsaliye-sevk.json",
    "receipt": "receipt_advice/temelirsaliye-sevk.json",
    "answer": "application_response/ticarifatura-red.json",
    "freelance": "freelance_receipt/earsivbelge-serbestmeslekmakbuzu.json",
    "producer": "producer_receipt/earsivbelge-mustahsilmakbuz.json",
    "expense": "expense_note/giderpusulasi-iade.json",
}
NATIVE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<eArsivVeri xmlns="http://earsiv.efatura.gov.tr">
<baslik><mukellef><tckn>29864107502</tckn></mukellef></baslik>
<serbestMeslekMakbuz><makbuzNo>ARD2026000000091</makbuzNo><ETTN>16098199-13ac-5091-9407-5174b1e94c1b</ETTN>
<belgeTarihi>2026-11-02</belgeTarihi><belgeZamani>09:30:00</belgeZamani><toplamTutar>30000.00</toplamTutar>
<odenecekTutar>25000.00</odenecekTutar><paraBirimi>TRY</paraBirimi>
<vergiBilgisi><vergilerToplami>10000.00</vergilerToplami>
<vergi><matrah>25000.00</matrah><vergiKodu>0003</vergiKodu><vergiTutari>5000.00</vergiTutari><vergiOrani>20</vergiOrani></vergi>
<vergi><matrah>25000.00</matrah><vergiKodu>0015</vergiKodu><vergiTutari>5000.00</vergiTutari><vergiOrani>20</vergiOrani></vergi>
</vergiBilgisi>
<aliciBilgileri><tuzelKisi><vkn>7359021640</vkn><unvan>Meltem Gıda Ltd. Şti.</unvan></tuzelKisi>
<adres><caddeSokak>Yosun Caddesi</caddeSokak><binaNo>42</binaNo><semt>Kadıköy</semt><sehir>İstanbul</sehir>
<vDaire>Kadıköy</vDaire></adres></aliciBilgileri>
<malHizmetBilgisi><malHizmet><ad>Hukuk danışmanlığı</ad><burutUcret>25000.00</burutUcret></malHizmet></malHizmetBilgisi>
</serbestMeslekMakbuz></eArsivVeri>
""".encode()
"""An e-SMM in GİB's native form."""


def friendly(name: str) -> dict[str, Any]:
    """An example as friendly JSON, by its key in `KIND_EXAMPLES`."""
    return cast(dict[str, Any], json.loads((EXAMPLES / KIND_EXAMPLES[name]).read_bytes()))


def written(document: dict[str, Any]) -> bytes:
    return write_document(cast(Document, from_json(document)))


@cache
def example(name: str) -> bytes:
    """The XML of an example."""
    return NATIVE if name == "native" else written(friendly(name))


def ordinary(**more: Any) -> bytes:
    """The ordinary invoice with other members."""
    return written(friendly("invoice") | more)
