"""The refusals of both offices: status, sentence, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text

__all__ = ["BOOKS", "REPORTS"]

Rows = Mapping[str, tuple[int, Problem]]

_AGAIN: Final = Text(
    "Raporu düzeltin; yeni raporNo ile oluşturup mühürleyin ve yeniden gönderin.",
    "Correct the report, build and seal it with a new raporNo, and send it again.",
)
_REZIP: Final = Text(
    "Raporu <raporNo>.xml adıyla, tek dosya olarak, olağan ZIP biçiminde sıkıştırın.",
    "Compress the report as <raporNo>.xml, the only file of an ordinary ZIP.",
)
_SEAL: Final = Text(
    "Raporu hazirlayan'da yazılı VKN/TCKN'nin geçerli mührüyle XAdES-A olarak mühürleyin.",
    "Seal the report as XAdES-A with a good seal of the VKN/TCKN in hazirlayan.",
)
_SCRIPTED: Final = Text("Deneme için kurulmuş bir hata.", "A fault that was scripted for a test.")
_SCRIPTED_REPAIR: Final = Text("Kurulu hataları `ulak center fault` gösterir.", "`ulak center fault` lists them.")
_FAILED: Final = Text("Merkez paketi işleyemedi: {detail}", "The center could not process the package: {detail}")


def _row(status: int, tr: str, en: str, repair: Text) -> tuple[int, Problem]:
    return status, Problem(Text(tr, en), repair)


REPORTS: Final[Rows] = {
    "archive.unreadable": _row(
        151, "ZIP içindeki dosya okunamıyor: {detail}", "The file in the ZIP cannot be read: {detail}", _REZIP
    ),
    "archive.zip": _row(152, "{detail}", "{detail}", _REZIP),
    "archive.several": _row(153, "{detail}", "{detail}", _REZIP),
    "archive.seal": _row(154, "Mühür geçersiz ({sub}): {detail}", "The seal is not valid ({sub}): {detail}", _SEAL),
    "archive.level": _row(
        154,
        "Mühür XAdES-{level}; rapor zaman damgalı XAdES-{wanted} ile mühürlenmelidir.",
        "The seal is XAdES-{level}; a report must be sealed as XAdES-{wanted}, with time stamps.",
        _SEAL,
    ),
    "archive.header": _row(155, "{path}: {detail}", "{path}: {detail}", _AGAIN),
    "archive.header-schema": _row(
        155, "Başlık {pack} paketine uymuyor: {detail}", "The header breaks {pack}: {detail}", _AGAIN
    ),
    "archive.version": _row(156, "versiyon “{version}”; 1.0 olmalıdır.", "versiyon is “{version}”, not 1.0.", _AGAIN),
    "archive.not-xml": _row(157, "{detail}", "{detail}", _AGAIN),
    "archive.root": _row(
        157,
        "Kök öğe {name}; http://earsiv.efatura.gov.tr ad alanında eArsivRaporu olmalıdır.",
        "The root is {name}, not eArsivRaporu in the namespace http://earsiv.efatura.gov.tr.",
        _AGAIN,
    ),
    "archive.schema": _row(
        157, "Rapor {pack} paketine uymuyor: {detail}", "The report breaks the rules of {pack}: {detail}", _AGAIN
    ),
    "archive.report-number": _row(
        158, "raporNo “{number}”, paket “{package}”.", "raporNo is “{number}”, the package “{package}”.", _AGAIN
    ),
    "archive.file-name": _row(
        158,
        "ZIP içindeki dosya “{name}”; “{wanted}” olmalıdır.",
        "The file in the ZIP is “{name}”, not “{wanted}”.",
        _REZIP,
    ),
    "archive.unsealed": _row(159, "Raporda mühür yok.", "The report carries no seal.", _SEAL),
    "archive.failed": (163, Problem(_FAILED, _AGAIN, permanent=False)),
    "archive.empty": _row(164, "ZIP boş.", "The ZIP holds no file.", _REZIP),
    "archive.too-large": _row(
        165, "{detail}", "{detail}", Text("Raporu bölümlere ayırın.", "Split the report into parts.")
    ),
    "archive.requester": _row(
        166,
        "İsteği {requester}, raporu {signer} imzalamış.",
        "The request was signed by {requester}, the report by {signer}.",
        _SEAL,
    ),
    "archive.preparer": _row(
        167,
        "Raporu {signer} mühürlemiş; hazirlayan {preparer}.",
        "The report was sealed by {signer}; hazirlayan is {preparer}.",
        _SEAL,
    ),
    "archive.taxpayer": _row(
        168,
        "{sender}, {taxpayer} adına rapor gönderemez.",
        "{sender} may not report for {taxpayer}.",
        Text(
            "Mükellefi önce kullanıcı açma zarfıyla (earchive …) bildirin.",
            "Announce the taxpayer first by a user-account envelope (earchive …).",
        ),
    ),
    "archive.scripted": (163, Problem(_SCRIPTED, _SCRIPTED_REPAIR)),
}
"""Of e-Arşiv."""

_BOOK_AGAIN: Final = Text(
    "Defteri ve beratı düzeltip mühürleyin, paketi aynı adla yeniden yükleyin.",
    "Correct and seal book and berat, and upload the package again under the same name.",
)
_BOOK_ZIP: Final = Text(
    "Pakete yalnız aynı parçanın defter ve berat XML'lerini koyun (DR'de yalnız raporu).",
    "Put the book's and the berat's XML of the same part into the package (for DR the report alone), nothing else.",
)
_BOOK_SEAL: Final = Text(
    "Defteri ve beratı mükellefin ya da muvafakat verdiği firmanın geçerli mührüyle mühürleyin.",
    "Seal book and berat with a good seal of the taxpayer, or of the firm that holds its consent.",
)
_BOOK_ORDER: Final = Text(
    "Parça ve dönem sırasını Teknik Kılavuz 2.2, 2.4.2 ve 2.7.2'ye göre düzeltin.",
    "Correct parts and periods by Teknik Kılavuz 2.2, 2.4.2 and 2.7.2.",
)

BOOKS: Final[Rows] = {
    "ledger.zip": _row(401, "ZIP açılamıyor: {detail}", "The ZIP cannot be opened: {detail}", _BOOK_ZIP),
    "ledger.files": _row(
        402,
        "Pakette şu dosyalar olmalı: {wanted}; bulunan: {found}.",
        "The package must hold {wanted}; it holds {found}.",
        _BOOK_ZIP,
    ),
    "ledger.too-large": _row(
        403,
        "{file} {limit} bayttan büyük.",
        "{file} is larger than {limit} bytes.",
        Text("Defteri parçalara bölün.", "Split the book into parts."),
    ),
    "ledger.not-xml": _row(404, "{file}: {detail}", "{file}: {detail}", _BOOK_AGAIN),
    "ledger.root": _row(
        404,
        "{file}: kök öğe {name}; edefter:{wanted} olmalıdır.",
        "{file}: the root is {name}, not edefter:{wanted}.",
        _BOOK_AGAIN,
    ),
    "ledger.schema": _row(
        405, "{file}, {pack} paketine uymuyor: {detail}", "{file} breaks the rules of {pack}: {detail}", _BOOK_AGAIN
    ),
    "ledger.unsealed": _row(406, "{file}: mühür yok.", "{file} carries no seal.", _BOOK_SEAL),
    "ledger.seal": _row(
        407, "{file}: mühür geçersiz ({sub}): {detail}", "{file}: the seal is not valid ({sub}): {detail}", _BOOK_SEAL
    ),
    "ledger.signer": _row(
        408,
        "{file}: {signer}, {owner} adına mühürleyemez.",
        "{file}: {signer} may not seal for {owner}.",
        _BOOK_SEAL,
    ),
    "ledger.name": _row(
        409,
        "{file}: {field} “{found}”; dosya adına göre “{wanted}” olmalıdır.",
        "{file}: {field} is “{found}”, not “{wanted}” as the file's name says.",
        _BOOK_AGAIN,
    ),
    "ledger.period": _row(
        409,
        "{file}: {start} – {end}, {month} dönemine uymuyor.",
        "{file}: {start} – {end} does not fit the month {month}.",
        _BOOK_AGAIN,
    ),
    "ledger.seal-value": _row(
        410,
        "Berattaki ds:SignatureValue defterin mühür değeri değil.",
        "The ds:SignatureValue in the berat is not that of the book's seal.",
        _BOOK_AGAIN,
    ),
    "ledger.other-book": _row(
        410,
        "Berat ile defterde {field} farklı: “{berat}” ve “{book}”.",
        "Berat and book differ in {field}: “{berat}” and “{book}”.",
        _BOOK_AGAIN,
    ),
    "ledger.unique-id": _row(
        411,
        "{number} evrensel tekil numarası {package} paketinde kullanılmış.",
        "The unique id {number} was used in package {package}.",
        _BOOK_AGAIN,
    ),
    "ledger.parts-mixed": _row(
        412,
        "Aynı dönemde bölünmüş ve bölünmemiş defter olamaz: {package} onaylı.",
        "A month cannot have a divided and an undivided book: {package} is approved.",
        _BOOK_ORDER,
    ),
    "ledger.dates-taken": _row(
        413,
        "{start} – {end} aralığı {package} ile onaylanmış.",
        "{start} – {end} is covered by {package} already.",
        _BOOK_ORDER,
    ),
    "ledger.gap": _row(
        413,
        "Parçalar arasında boşluk var: biri {before} günü bitiyor, sonraki {start} günü başlıyor.",
        "There is a gap between parts: one ends on {before}, the next begins on {start}.",
        _BOOK_ORDER,
    ),
    "ledger.report-early": _row(
        414,
        "{month} dönemi için onaylı {kind} beratı yok; defter raporu beratlardan sonra yüklenir.",
        "There is no approved {kind} berat for {month}; the report comes after the berats.",
        _BOOK_ORDER,
    ),
    "ledger.not-approved": _row(
        415, "Berat onaylanamadı: {detail}", "The berat could not be counter-sealed: {detail}", _BOOK_AGAIN
    ),
    "ledger.failed": (490, Problem(_FAILED, _BOOK_AGAIN, permanent=False)),
    "ledger.scripted": (491, Problem(_SCRIPTED, _SCRIPTED_REPAIR)),
}
"""Of e-Defter; the statuses are the center's own."""
