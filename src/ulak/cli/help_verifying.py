"""The words of ``--help`` of ``ulak verify``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["VERIFYING_METAVARS", "VERIFY_HELP"]

VERIFYING_METAVARS: Final = {"TIME": Text("ZAMAN", "TIME")}
VERIFY_HELP: Final = Help(
    Text("Belgelerin ve zarfların mühürlerini doğrular.", "Verify the seals of documents and envelopes."),
    {
        "files": Text(
            "Dosyalar; klasörler (alt klasörleriyle *.xml); - standart girdi.",
            "Files; folders (*.xml, also in folders below); - is standard input.",
        ),
        "trust": Text(
            "Köklerin (*root*.pem), verenlerin, iptal listelerinin ve integrators.txt'nin klasörü; yazılmazsa "
            "ULAK_TRUST.",
            "Folder of roots (*root*.pem), issuers, revocation lists and integrators.txt; if left out ULAK_TRUST.",
        ),
        "at": Text(
            "Mührün var olduğu bilinen an (ör. belgenin alındığı); yazılmazsa şimdi. Dilimi yazılmazsa İstanbul; "
            "yalnız gün "
            "yazılırsa o günün sonu.",
            "A moment at which the seal is known to have existed (e.g. when it was received); now if left out. "
            "Without a "
            "zone that of Istanbul; a day alone means its end.",
        ),
        "online": Text(
            "İptal bilgisi sertifikadaki adreslerden sorulur (OCSP, CRL). Yazılmazsa ağa çıkılmaz.",
            "Ask the addresses in certificates for revocation (OCSP, CRL). Without it no network is used.",
        ),
        "strict": Text(
            "Hoş görülen sapmalar da reddedilir (docs/seal-deviations.md).",
            "Refuse tolerated deviations, too (docs/seal-deviations.md).",
        ),
        "format": Text("Çıktının biçimi.", "Form of the output."),
    },
    (
        Text(
            "Her belge için ETSI EN 319 102-1'in sözleriyle bir sonuç: TOTAL-PASSED, INDETERMINATE ya da TOTAL-FAILED. "
            "Çıkış kodu yalnız hepsi TOTAL-PASSED ise 0'dır; 1 değilse, 2 okunamayan dosya varsa.",
            "One verdict a document, in the words of ETSI EN 319 102-1: TOTAL-PASSED, INDETERMINATE or "
            "TOTAL-FAILED. The "
            "exit code is 0 only if all are TOTAL-PASSED; otherwise 1, or 2 if a file cannot be read.",
        ),
        Text(
            "Zarftaki belgeler baytı baytına çıkarılıp tek tek doğrulanır.",
            "The documents in an envelope are cut out byte by byte and verified one by one.",
        ),
    ),
    (
        ("ulak verify fatura.xml --trust kokler", Text("Bir belge.", "One document.")),
        (
            "ulak verify gelen/ --trust kokler --online --format json",
            Text("Bir klasör, iptal bilgisi sorularak.", "A folder, asking for revocation."),
        ),
        (
            "ulak verify eski.xml --trust kokler --at 2025-07-17T10:00",
            Text("Alındığı an itibarıyla.", "As of the moment it was received."),
        ),
    ),
)
