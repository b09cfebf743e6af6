"""What customs tell an intermediary about a traveller's invoice (Gümrük İşlemleri Kılavuzu V1.8, 4.2.2)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import Any

from ulak.envelope.zipping import write_zip
from ulak.errors import UlakError
from ulak.ubl import invoice as invoices

__all__ = ["clearance"]


def clearance(form: Mapping[str, Any], data: bytes, ettn: str, gate: str, at: datetime) -> dict[str, Any]:
    """The members ``notes`` and ``ubl`` of the answer: a summary, the gate, and the invoice itself in a ZIP.

    Args:
        form: the invoice's JSON form.
        data: the invoice's bytes.
    """
    file = BytesIO()
    packed = write_zip(file, ettn, [data], at)
    attached = {
        "value": b64encode(file.getvalue()).decode("ascii"),
        "mimeCode": "application/zip",
        "encodingCode": "Base64",
        "characterSetCode": "UTF-8",
        "filename": packed.name,
    }
    reference = {
        "cbc:DocumentDescription": ["Onaylanan yolcu beraberi eşya faturasının aslı"],
        "cac:Attachment": {"cbc:EmbeddedDocumentBinaryObject": attached},
    }
    return {
        "notes": [f"{name}: {value}" for name, value in _summary(form, data, gate).items() if value],
        "ubl": {
            "cac:SenderParty": {"cbc:EndpointID": gate},
            "cac:DocumentResponse": {"0": {"cac:DocumentReference": reference}},
        },
    }


def _summary(form: Mapping[str, Any], data: bytes, gate: str) -> dict[str, str]:
    buyer, supplier = form.get("buyer") or {}, form["supplier"]
    passport = (buyer.get("passport") or {}).get("number", "")
    payable, tax = _sums(data)
    return {
        "Satıcı VKN": supplier.get("tax_id", ""),
        "Fatura No": form["number"],
        "Fatura Tarihi": form["date"],
        "Ödenecek Tutar": payable,
        "Pasaport No": "-".join(filter(None, (buyer.get("nationality", ""), passport))),
        "Yolcu Ad": buyer.get("first_name", ""),
        "Yolcu Soyad": buyer.get("family_name", ""),
        "Yolcu Uyruk": buyer.get("nationality", ""),
        "Kapı No": gate,
        "Vergi Tutar": tax,
    }


def _sums(data: bytes) -> tuple[str, str]:
    """What is to be paid, and the tax in it; empty where the invoice does not say."""
    with suppress(UlakError):
        read = invoices.read(data)
        totals, taxes = read.legal_monetary_total, read.tax_total
        payable = str(totals.payable_amount) if totals and totals.payable_amount is not None else ""
        tax = str(taxes[0].tax_amount) if taxes and taxes[0].tax_amount is not None else ""
        return payable, tax
    return "", ""
