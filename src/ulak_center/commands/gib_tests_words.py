"""The words of ``--help`` of ``ulak gib-tests``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["GIB_TESTS_HELP", "GIB_TESTS_METAVARS"]

GIB_TESTS_METAVARS: Final = {
    "STEP": Text("ADIM", "STEP"),
    "TOKEN": Text("ANAHTAR", "TOKEN"),
}
_ONLY: Final = Text(
    "Yalnız bu adım ya da bölüm (5.1.1-c, 5.1, OEK-6.3); gereken adımlarla birlikte. Birden çok kez yazılabilir.",
    "Only this step or section (5.1.1-c, 5.1, OEK-6.3), with the steps that it needs. May be given several times.",
)
_GROUP: Final = Help(
    Text(
        "GİB'in test planını (e-Fatura Test Planı, özel entegratör testleri) bir komutla yürütür.",
        "Carry out GİB's test plan (e-Fatura Test Planı, tests of private integrators) by one command.",
    ),
    {},
)
_RUN: Final = Help(
    Text("Planı yürütür ve kanıtlarıyla raporlar.", "Carry out the plan and report with the evidence."),
    {
        "center": Text(
            "GİB'in tarafını oynayan merkez (ulak center run); yazılmazsa bu süreçte bir merkez başlatılır.",
            "The center that plays GİB's side (ulak center run); if left out, one is started in this process.",
        ),
        "report": Text(
            "Raporun yazılacağı klasör: index.html, report.json, iletiler.",
            "Folder for the report: index.html, report.json, the messages.",
        ),
        "only": _ONLY,
        "pki": Text(
            "Mühür anahtarları ve güvenilen kökler (ulak pki new); --center ile merkezinkiyle aynı olmalı. Yazılmazsa "
            "geçici bir deneme PKI'si yapılır.",
            "Sealing keys and trusted roots (ulak pki new); with --center those of the center. If left out, a test PKI "
            "is made for the time of the run.",
        ),
        "listen": Text(
            "Kurumun servisinin dinleyeceği yer; kapı 0 boş olanı alır.",
            "Where the candidate's service listens; port 0 takes a free one.",
        ),
        "token": Text(
            "Merkezin denetim arayüzünün anahtarı; yazılmazsa ULAK_CENTER_TOKEN.",
            "Token of the center's control API; ULAK_CENTER_TOKEN if left out.",
        ),
        "candidate": Text(
            "Sınanan: gateway, Ulak'ın küçük ağ geçidi; platform, Ulak platformunun kendisi.",
            "What is tested: gateway, Ulak's small gateway; platform, the Ulak platform itself.",
        ),
        "quick": Text(
            "Performans testlerini küçük sayılarla yapar; sonuç GİB'e kanıt olmaz.",
            "Do the performance tests with small numbers; the outcome is no evidence for GİB.",
        ),
    },
    (
        Text(
            "Sınanan belge yapar, mühürler, zarflar, gönderir, alır, denetler ve yanıtlar. Her adım beklenen, bulunan, "
            "zarf numaraları, saatler ve iletilerin kendisiyle raporlanır. Değerlendirilen bütün adımlar geçerse çıkış "
            "kodu 0, yoksa 1'dir.",
            "What is tested makes documents, seals, envelopes, sends, receives, judges and answers. Every step is "
            "reported with what was expected and found, envelope numbers, times and the messages themselves. The exit "
            "code is 0 if all steps that were judged passed, else 1.",
        ),
    ),
    (
        ("ulak gib-tests run --report rapor", Text("Bütün plan, tek başına.", "The whole plan, all by itself.")),
        (
            "ulak gib-tests run --center http://127.0.0.1:8090 --pki merkez/pki --only 5.1",
            Text(
                "Çalışan bir merkeze karşı gönderici birim testleri.", "Sender unit's tests against a running center."
            ),
        ),
    ),
)
_LIST: Final = Help(
    Text("Planın adımlarını sıralar.", "List the plan's steps."),
    {"only": _ONLY},
    (),
    (("ulak gib-tests list --only OEK", Text("Özel entegratör testleri.", "The private integrator's tests.")),),
)
GIB_TESTS_HELP: Final = {
    "ulak gib-tests": _GROUP,
    "ulak gib-tests run": _RUN,
    "ulak gib-tests list": _LIST,
}
