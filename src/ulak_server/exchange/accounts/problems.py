"""What can be wrong with opening or closing an account at GİB."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "AccountError", "NoAccount", "problem"]


class AccountError(UlakError):
    """The account does not allow it, or the request is not in order."""


class NoAccount(AccountError):
    """There is no such account, or nothing of it waits: 404."""


_TOOL: Final = Text(
    "İndirdiğiniz belgeyi değiştirmeden mühürleyin: ulak seal --counter",
    "Seal the document that you fetched without changing it: ulak seal --counter",
)

PROBLEMS: Final[Table] = {
    "account.none": Problem(
        Text("Mükellefin “{service}” için açılmış bir hesabı yok.", "The taxpayer has no account for “{service}”."),
        Text("Önce hesabı açtırın.", "Have the account opened first."),
    ),
    "account.there": Problem(
        Text("“{service}” hesabı zaten var: {sentence}", "The account for “{service}” is there: {sentence}"),
        Text("Yenisi gerekmez.", "No other one is needed."),
    ),
    "account.not-now": Problem(
        Text("Bu, hesabın bu durumunda yapılamaz: {sentence}", "Not while the account stands so: {sentence}"),
        Text("Durum değişince yeniden deneyin.", "Try again when that has changed."),
    ),
    "account.close-despatch-first": Problem(
        Text(
            "e-Fatura hesabından önce e-İrsaliye hesabı kapatılır.",
            "The e-İrsaliye account is closed before the e-Fatura account.",
        ),
        Text("Önce e-İrsaliye hesabını kapattırın.", "Have the e-İrsaliye account closed first."),
    ),
    "account.reports-first": Problem(
        Text(
            "{count} belge ya da iptal GİB'e daha raporlanmadı.",
            "GİB has not yet accepted a report with {count} of the documents and cancellations.",
        ),
        Text(
            "“Şimdi raporla” deyin; GİB raporu kabul edince kapatın.",
            "Have them reported now; close when GİB has accepted the report.",
        ),
    ),
    "account.kind": Problem(
        Text("“{kind}” diye bir hesap türü yok.", "There is no kind of account “{kind}”."),
        Text("Türler: {kinds}.", "The kinds are: {kinds}."),
    ),
    "account.aliases-missing": Problem(
        Text(
            "Hesap için bir gönderici birim (GB) ve bir posta kutusu (PK) etiketi gerekir.",
            "An account needs an alias of a sender's unit (GB) and one of a mailbox (PK).",
        ),
        Text("Eksik etiketi ekleyin.", "Add the one that is missing."),
    ),
    "account.request-there": Problem(
        Text("Bu hesap için bir istek zaten yürüyor.", "A request for this account is under way."),
        Text("Bitmesini bekleyin ya da isteği geri çekin.", "Wait for its end, or withdraw it."),
    ),
    "account.request-none": Problem(
        Text("Mührünüzü bekleyen bir istek yok.", "No request waits for your seal."),
        Text("Hesabın durumuna bakın.", "See how the account stands."),
    ),
    "account.document-unreadable": Problem(
        Text("Gönderdiğiniz belge okunamadı: {detail}", "The document cannot be read: {detail}"), _TOOL
    ),
    "account.document-other": Problem(
        Text("Gönderdiğiniz, mühürlenmesi istenen belge değil.", "This is not the document that was to be sealed."),
        _TOOL,
    ),
    "account.seal-missing": Problem(Text("Belgede sizin mührünüz yok.", "Your seal is not on the document."), _TOOL),
    "account.seal-owner": Problem(
        Text(
            "Mühür {found} numarasına ait; {wanted} numarasının mührü gerekir.",
            "The seal belongs to {found}; that of {wanted} is needed.",
        ),
        Text("Mükellefin kendi mali mührünü kullanın.", "Use the taxpayer's own seal."),
    ),
    "account.seal-wrong": Problem(
        Text("Mühür geçerli değil: {detail}", "The seal does not hold: {detail}"),
        Text("Sertifikayı ve mühürleme aracını denetleyin.", "Check the certificate and the tool."),
    ),
    "account.seal-unsure": Problem(
        Text("Mührün geçerli olduğu şimdi anlaşılamadı: {detail}", "Whether the seal holds is not known now: {detail}"),
        Text("Biraz sonra yeniden gönderin.", "Send it again in a while."),
        permanent=False,
    ),
    "account.no-integrator": Problem(
        Text("Entegratörün VKN'si ayarlanmamış.", "The integrator's VKN is not set."),
        Text("İşletmeci ULAK_INTEGRATOR_NUMBER'ı ayarlamalı.", "The operator has to set ULAK_INTEGRATOR_NUMBER."),
        permanent=False,
    ),
    "account.no-trust": Problem(
        Text(
            "Bu kurulumda güvenilen kökler yok; mühür doğrulanamaz.",
            "There are no trusted roots here; no seal can be verified.",
        ),
        Text("İşletmeci ULAK_TRUST'ı ayarlamalı.", "The operator has to set ULAK_TRUST."),
        permanent=False,
    ),
    "account.refused": Problem(
        Text("GİB isteği geri çevirdi ({code}).", "GİB refused the request ({code})."),
        Text("Nedenini giderip yeniden isteyin.", "Remove the reason and ask again."),
    ),
    "account.not-listed": Problem(
        Text(
            "Açık sayılan bir etiket GİB'in listesinde yok: {alias}",
            "An alias that counts as open is not in GİB's list: {alias}",
        ),
        Text("Hesabın durumunu GİB'e sorun.", "Ask GİB how the account stands."),
    ),
}


def problem(code: str, /, *, where: str = "", **facts: Any) -> AccountError:
    """The error of a code."""
    kind = NoAccount if code in ("account.none", "account.request-none") else AccountError
    return error_of(kind, PROBLEMS, code, where=where, line=None, **facts)
