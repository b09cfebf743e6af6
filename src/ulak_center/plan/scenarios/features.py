"""What the candidate's software must be able to do; other steps of the plan show whether it does.

Source: e-Fatura Test Planı V1.3, 3 (items 1 and 2).
"""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_center.plan.scenarios.sections import MAILBOX_FEATURES, SENDER_FEATURES
from ulak_center.plan.values import Section, Step

__all__ = ["STEPS"]

_SEEN: Final = Text("adı geçen adımlarda görülür", "the steps named show it")


def _features(section: Section, rows: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> tuple[Step, ...]:
    return tuple(
        Step(f"{section.id}-{letter}", section, Text(tr, en), _SEEN, proven_by=shown) for letter, tr, en, shown in rows
    )


STEPS: Final = (
    *_features(
        SENDER_FEATURES,
        (
            (
                "a",
                "Onaylı faturaların zarfını sendDocument ile gönderir",
                "It sends envelopes of sealed invoices",
                ("5.1.1-a",),
            ),
            (
                "b",
                "Merkezin hatasını yakalar, kod ve metni gösterir",
                "It catches Merkez's fault and shows it",
                ("5.1.2-a",),
            ),
            ("c", "Merkezin sistem yanıtlarını alır", "It receives Merkez's system responses", ("5.1.1-b",)),
            ("d", "Onlardan zarfın durumunu ve metnini gösterir", "It shows state and text from them", ("5.1.1-c",)),
            (
                "e",
                "Alırken oluşan hatayı Merkeze bildirir",
                "It answers a fault where receiving them fails",
                ("5.1.2-b",),
            ),
            ("f", "POSTBOXENVELOPE alır", "It receives POSTBOXENVELOPEs", ("6.1.1-c", "6.1.2-c")),
            (
                "g",
                "Onu alırken oluşan hatayı Merkeze bildirir",
                "It answers a fault where receiving that fails",
                ("5.1.2-b",),
            ),
            (
                "h",
                "Onu şema, şematron ve mühürle denetler",
                "It judges it by schema, Schematron and seal",
                ("6.1.1-d", "6.1.2-d"),
            ),
            (
                "i",
                "İşleme hatasını sistem yanıtıyla bildirir",
                "It reports failures in processing by a system response",
                ("7-c",),
            ),
            ("j", "O gönderimde Merkezin hatasını yakalar", "It catches Merkez's fault there", ("5.1.2-a",)),
            (
                "k",
                "Zarfın durumunu getApplicationResponse ile sorgular",
                "It asks by getApplicationResponse",
                ("5.1.1-g",),
            ),
        ),
    ),
    *_features(
        MAILBOX_FEATURES,
        (
            ("a", "SENDERENVELOPE alır", "It receives SENDERENVELOPEs", ("5.2.1-b",)),
            ("b", "Alırken oluşan hatayı Merkeze bildirir", "It answers a fault where that fails", ("5.2.2-b",)),
            (
                "c",
                "Zarf ve faturaları şema, şematron ve mühürle denetler",
                "It judges envelope and invoices",
                ("5.2.1-c",),
            ),
            ("d", "Hatayı sistem yanıtıyla bildirir", "It reports what is wrong by a system response", ("7-c",)),
            ("e", "O gönderimde Merkezin hatasını yakalar", "It catches Merkez's fault there", ("5.2.2-a",)),
            ("f", "Geçerli sistem yanıtı oluşturur", "It makes valid system responses", ("P-b",)),
            ("g", "Onu geçerli bir zarfa koyar", "It puts them into valid envelopes", ("P-l",)),
            (
                "h",
                "Uygulama yanıtının zarfını gönderir",
                "It sends envelopes of application responses",
                ("6.2.1-c", "6.2.2-c"),
            ),
            ("i", "O gönderimde Merkezin hatasını yakalar", "It catches Merkez's fault there", ("5.2.2-a",)),
            (
                "j",
                "Ona ilişkin sistem yanıtlarını alır",
                "It receives the system responses about them",
                ("6.2.1-d", "6.2.2-d"),
            ),
            ("k", "Durumu ve metni gösterir", "It shows state and text", ("6.2.1-d", "6.2.2-d")),
            (
                "l",
                "Alırken oluşan hatayı Merkeze bildirir",
                "It answers a fault where receiving them fails",
                ("5.2.2-b",),
            ),
            ("m", "getApplicationResponse ile sorgular", "It asks by getApplicationResponse", ("5.2.1-f",)),
        ),
    ),
)
