"""What a person chooses from in documents of the e-Arşiv family, in words.

Sources: e-Arşiv Kılavuzu V1.18, 3.3.2.4 (delivery) and 3.3.2.17.2 (payment); package e-Gider Pusulası V1.0
(documents of returned sales, confirmation).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ulak.errors import Text
from ulak_server.composing.choices import Choice

__all__ = ["CONFIRMATIONS", "EXPENSE_TYPES", "ORIGINALS", "PAYMENTS", "SENDINGS"]

SENDINGS: Final[Sequence[Choice]] = (
    Choice("ELEKTRONIK", Text("E-postayla", "By e-mail"), Text("Mühürlenince gider.", "Goes once it is sealed.")),
    Choice("KAGIT", Text("Kâğıt olarak", "On paper"), Text("Çıktısını siz verirsiniz.", "You hand the print over.")),
)
PAYMENTS: Final[Sequence[Choice]] = (
    Choice("KREDIKARTI/BANKAKARTI", Text("Kredi ya da banka kartı", "Credit or bank card")),
    Choice("EFT/HAVALE", Text("EFT, havale", "Bank transfer")),
    Choice("KAPIDAODEME", Text("Kapıda ödeme", "Cash on delivery")),
    Choice("ODEMEARACISI", Text("Ödeme aracısı", "Payment agent")),
    Choice("DIGER", Text("Başka bir yolla", "Another way")),
)
EXPENSE_TYPES: Final[Sequence[Choice]] = (
    Choice(
        "SATIS",
        Text("Satın alma", "Purchase"),
        Text("Belge düzenlemeyen birinden aldım.", "I bought from somebody who issues no documents."),
    ),
    Choice(
        "IADE",
        Text("Müşteri iadesi", "Customer's return"),
        Text("Vergi mükellefi olmayan müşteri malı geri getirdi.", "A customer who is no taxpayer brought it back."),
    ),
)
ORIGINALS: Final[Sequence[Choice]] = (
    Choice("EARSIV_FATURA", Text("e-Arşiv fatura", "e-Arşiv invoice")),
    Choice("SATIS_FISI", Text("Yazarkasa fişi", "Sales slip")),
    Choice("BELGESIZ", Text("Belgesi yok", "There is none")),
)
CONFIRMATIONS: Final[Sequence[Choice]] = (
    Choice("SMS", Text("SMS kodu", "SMS code")),
    Choice("IADEKODU", Text("İade kodu", "Return code")),
)
