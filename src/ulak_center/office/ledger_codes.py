"""The ``durumKodu`` of e-Defter packages. The guide lists none: these are the center's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Text

__all__ = ["STATUSES"]

STATUSES: Final[Mapping[int, Text]] = {
    10: Text("Paket kuyrukta", "The package is in the queue"),
    15: Text("Paket işleniyor", "The package is being processed"),
    20: Text(
        "Paket başarılı, defter paketinin işlenmesi bekleniyor.",
        "The berat is good; the book is waiting to be processed.",
    ),
    30: Text("Paket Başarıyla İşlendi", "The package was processed successfully"),
    401: Text("ZIP açılamadı", "The ZIP could not be opened"),
    402: Text("Paketteki dosyalar uygun değil", "The package holds the wrong files"),
    403: Text("Dosya boyutu aşıldı", "A file is too large"),
    404: Text("XML okunamadı", "The XML could not be read"),
    405: Text("Şema ya da şematron hatası", "Schema or Schematron is broken"),
    406: Text("İmza bulunamadı", "No seal was found"),
    407: Text("İmza doğrulanamadı", "A seal could not be verified"),
    408: Text("İmza sahibi yetkili değil", "The signer is not entitled"),
    409: Text("Dosya adı ile içerik uyumsuz", "File name and content differ"),
    410: Text("Berat defterle uyumsuz", "The berat is not the book's"),
    411: Text("Tekil numara daha önce kullanılmış", "The unique id was used before"),
    412: Text("Parça numaraları uyumsuz", "The numbers of the parts do not fit"),
    413: Text("Tarih aralığı uyumsuz", "The dates do not fit those of other parts"),
    414: Text("Beratlar yüklenmeden defter raporu yüklenemez", "The report came before the berats"),
    415: Text("Berat onaylanamadı", "The berat could not be approved"),
    490: Text("Sistem hatası", "The system failed"),
    491: Text("Deneme hatası", "A fault that was scripted"),
}
"""Status → what it means. The words of 20 and 30 are GİB's (Uygulama Kılavuzu V1.12, step 10); 10, 15 and 30 are the
numbers of the e-Arşiv service."""
