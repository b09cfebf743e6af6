"""What can be wrong with packages of books at GİB: codes ``ledger-exchange.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "LedgerExchangeError", "NoSuchPackage", "ledger_error"]

_LOOK: Final = Text("Paketin kimliğini ve mükellefi denetleyin.", "Check the package's id and the taxpayer.")
_CALL_GIB: Final = Text(
    "Berat yeniden istenir; sürerse GİB ile görüşülmelidir (e-Defter Uygulama Kılavuzu: “Önemli not”).",
    "The berat is asked for again; if it goes on, GİB has to be contacted (as its guide demands).",
)
_AGAIN: Final = Text(
    "Kendiliğinden yeniden denenecek; sürerse entegratörünüze bildirin.",
    "It is tried again by itself; if it goes on, tell your integrator.",
)
_OPERATOR: Final = Text("Sistem yöneticisi ayarları denetlemeli.", "The operator has to check the settings.")
_BUILD: Final = Text("Paketi defterin sayfasından yeniden oluşturun.", "Make the package anew on the book's page.")

PROBLEMS: Final[dict[str, Problem]] = {
    "ledger-exchange.no-package": Problem(
        Text("Böyle bir defter paketi yok.", "There is no such package of books."), _LOOK
    ),
    "ledger-exchange.there-already": Problem(
        Text(
            "{name} adlı başka bir paket zaten var: {stands}",
            "There is another package called {name} already: {stands}",
        ),
        Text(
            "GİB'in almadığı paket geri çekilince yenisi konur; onaylanan bir parça yeniden oluşturulamaz.",
            "Once a package that GİB does not have is withdrawn, another can be put in its place; a part that is"
            " approved is not made again.",
        ),
    ),
    "ledger-exchange.package-name": Problem(
        Text(
            "Paketin dönemi, türü, parçası ya da şubesi geçersiz: {name}.",
            "The package's month, kind, part or branch is not valid: {name}.",
        ),
        Text(
            "Tür YB, KB, EB ya da DR; parça altı, şube dört hanelidir; defter raporu bölünmez.",
            "The kind is YB, KB, EB or DR; a part has six digits, a branch four; the report is not divided.",
        ),
    ),
    "ledger-exchange.package-files": Problem(
        Text(
            "Pakette olması gereken: {wanted}; bulunan: {found}.",
            "The package should hold {wanted}, and holds {found}.",
        ),
        _BUILD,
    ),
    "ledger-exchange.no-file": Problem(Text("Paketin dosyası saklanmamış.", "The package's file is not kept."), _BUILD),
    "ledger-exchange.changed": Problem(
        Text(
            "Saklanan dosya konduğundan beri değişmiş; gönderilmedi.",
            "The kept file has changed since it was put away; it was not sent.",
        ),
        Text("Entegratörünüze bildirin; yedekten geri alınmalı.", "Tell your integrator; a backup has to be used."),
    ),
    "ledger-exchange.not-withdrawn": Problem(
        Text("Paket geri çekilemez: {stands}", "The package cannot be withdrawn: {stands}"),
        Text(
            "GİB'e ulaşmış bir paket yalnız yasal süresi içinde GİB'in e-Defter uygulamasından silinir.",
            "A package that GİB has can only be deleted in GİB's e-Defter application, within the legal time.",
        ),
    ),
    "ledger-exchange.not-repaired": Problem(
        Text("Paket şu anda yeniden gönderilemez: {stands}", "The package cannot be sent again now: {stands}"),
        Text("Yalnız bir kişiyi bekleyen paketler yeniden gönderilir.", "Only packages that await a person are."),
    ),
    "ledger-exchange.not-asked": Problem(
        Text("Paket GİB'e sorulamaz: {stands}", "GİB cannot be asked for the package: {stands}"),
        Text("Yalnız GİB'de olabilecek paketler sorulur.", "Only packages that GİB may have are asked for."),
    ),
    "ledger-exchange.not-fetched": Problem(
        Text("Onaylı berat istenemez: {stands}", "The approved berat cannot be asked for: {stands}"),
        Text(
            "Yalnız GİB'in onayladığı beratlar yeniden indirilir; defter raporu onaylanmaz.",
            "Only berats that GİB approved are fetched again; a report is not approved.",
        ),
    ),
    "ledger-exchange.no-approved-berat": Problem(
        Text("GİB onaylı berat henüz inmedi.", "GİB's approved berat has not been fetched yet."),
        Text("Paketin durumunu izleyin; onaylanınca kendiliğinden indirilir.", "It is fetched once GİB approves."),
        permanent=False,
    ),
    "ledger-exchange.busy": Problem(
        Text("Paket üzerinde şu anda çalışılıyor.", "The package is being worked on just now."),
        Text("Biraz sonra yeniden deneyin.", "Try again in a moment."),
        permanent=False,
    ),
    "ledger-exchange.no-address": Problem(
        Text("e-Defter servisinin adresi ayarlanmamış.", "The address of the e-Defter service is not set."),
        Text("ULAK_EDEFTER_URL değişkenini ayarlayın.", "Set ULAK_EDEFTER_URL."),
        permanent=False,
    ),
    "ledger-exchange.answer-other": Problem(
        Text("GİB başka bir paket için yanıt verdi.", "GİB answered about another package."),
        _AGAIN,
        permanent=False,
    ),
    "ledger-exchange.copy-day": Problem(
        Text("Yükleme tarihi {day} gelecekte olamaz.", "The day of the upload, {day}, cannot be in the future."),
        Text("Saklama Uygulamasının listesindeki tarihi yazın.", "Write the day that GİB's application shows."),
    ),
    "ledger-exchange.away-on-last-day": Problem(
        Text(
            "GİB'in e-Defter servisi, paketin son gününde yanıt vermiyor.",
            "GİB's e-Defter service does not answer on a package's last day.",
        ),
        Text(
            "Paket servis dönünce hemen gider. Defter ve beratları zaman damgalı mühürleyin (Uygulama Kılavuzu V1.12,"
            " C 9–10) ve kesintiyi belgeleyin.",
            "It goes at once when the service is back. Seal book and berats with a time stamp (Uygulama Kılavuzu V1.12,"
            " C 9–10), and keep evidence of the outage.",
        ),
        permanent=False,
    ),
    # -- the berat that GİB approved
    "ledger-exchange.berat-unreadable": Problem(
        Text("GİB'den gelen berat açılamadı: {detail}", "The berat that came from GİB cannot be opened: {detail}"),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-empty": Problem(
        Text("GİB'den gelen berat boş.", "The berat that came from GİB is empty."), _CALL_GIB
    ),
    "ledger-exchange.berat-of-other": Problem(
        Text(
            "GİB'den {found} adlı dosya geldi; beklenen {wanted}.",
            "The file {found} came from GİB; {wanted} was expected.",
        ),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-differs": Problem(
        Text(
            "GİB'den gelen beratın içeriği gönderdiğimizle aynı değil.",
            "What the berat from GİB says is not what the one that we sent says.",
        ),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-seal": Problem(
        Text(
            "GİB'den gelen beratta mükellefin mührü tutmuyor: {detail}", "The taxpayer's seal does not hold: {detail}"
        ),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-signer": Problem(
        Text(
            "GİB'den gelen beratı {found} mühürlemiş; gönderdiğimizi {wanted} mühürlemişti.",
            "The berat from GİB bears the seal of {found}; the one that we sent bore that of {wanted}.",
        ),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-unapproved": Problem(
        Text("GİB'den gelen beratta GİB'in mührü yok.", "The berat from GİB lacks GİB's seal."), _CALL_GIB
    ),
    "ledger-exchange.berat-not-gib": Problem(
        Text(
            "Beratı onaylayan mühür GİB'in değil: {found}.",
            "The seal that approves the berat is not GİB's but that of {found}.",
        ),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-gib-seal": Problem(
        Text("Beratta GİB'in mührü tutmuyor: {detail}", "GİB's seal on the berat does not hold: {detail}"), _CALL_GIB
    ),
    "ledger-exchange.berat-rules": Problem(
        Text(
            "GİB'den gelen berat GİB'in şema ya da şematronuna uymuyor: {detail}",
            "The berat that came from GİB breaks GİB's schema or Schematron: {detail}",
        ),
        _CALL_GIB,
    ),
    "ledger-exchange.berat-unjudged": Problem(
        Text(
            "Onaylı beratın mühürleri şimdi denetlenemedi: {detail}",
            "The seals of the approved berat could not be judged now: {detail}",
        ),
        _AGAIN,
        permanent=False,
    ),
    "ledger-exchange.berat-damaged": Problem(
        Text(
            "Saklanan onaylı berat kaybolmuş ya da bozulmuş; GİB'den yeniden isteniyor.",
            "The approved berat that was kept is lost or damaged; it is fetched from GİB again.",
        ),
        _AGAIN,
        permanent=False,
    ),
}


class LedgerExchangeError(UlakError):
    """What was wanted of a package of books cannot be done, or its berat is not what GİB should approve."""


class NoSuchPackage(LedgerExchangeError):
    """It does not exist, or belongs to somebody else."""


def ledger_error(code: str, **facts: object) -> LedgerExchangeError:
    """The error of a code of `PROBLEMS`."""
    kind = NoSuchPackage if code == "ledger-exchange.no-package" else LedgerExchangeError
    return error_of(kind, PROBLEMS, code, where="", line=None, **facts)
