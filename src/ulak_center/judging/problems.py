"""Why Merkez refuses an envelope that can be read, with the status of each reason.

Source: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 4, which gives a label for each status and no more; how the labels are
read stands in docs/center-judging.md. What is wrong with the envelope itself has the codes of `ulak.envelope`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "STATUSES", "Refused", "refused"]


class Refused(UlakError):
    """Merkez refuses the envelope; ``code`` is one of ``judge.*``.

    Attributes:
        status: what it answers with, e.g. 1171.
    """

    status: int = 1195


_CORRECT: Final = Text("Belgeyi düzeltip yeniden mühürleyin.", "Correct the document and seal it again.")
_LATER: Final = Text("Belgeleri daha sonra yeni bir zarfla gönderin.", "Send the documents later in a new envelope.")
_LIST: Final = Text(
    "Etiketi güncel kullanıcı listesinden alın.", "Take the alias from the current list of registered users."
)
_OPEN: Final = Text(
    "Etiketi USERENVELOPE ile açın, açıksa belge türünü denetleyin.",
    "Open the alias by a USERENVELOPE; if it is open, look at what for.",
)
_NO_RESEND: Final = Text(
    "Yeniden göndermeyin; ilk zarfın durumunu sorgulayın.", "Do not send it again; ask for the first envelope's state."
)
_SEAL: Final = Text(
    "Belgeyi mükellefin ya da entegratörünün mali mührüyle mühürleyin.",
    "Seal the document by the taxpayer's seal or its integrator's.",
)
_ACCOUNT: Final = Text(
    "Belgeyi düzeltin; entegratör mühürler, müşteri seri imzalar.",
    "Correct the document; the integrator seals it, the customer counter-seals.",
)
_PARTIES: Final = Text(
    "Her alıcı ve gönderen için ayrı zarf kurun.", "Use one envelope for each pair of sender and receiver."
)

_ROWS: Final[Mapping[str, tuple[int, Text, Text]]] = {
    "judge.schematron": (1150, Text("{findings}", "{findings}"), _CORRECT),
    "judge.schema": (1160, Text("{findings}", "{findings}"), _CORRECT),
    "judge.other-sender": (
        1150,
        Text(
            "{document}: {path} ({found}) zarfın göndereni ({stated}) değil.",
            "{document}: {path} ({found}) is not the envelope's sender ({stated}).",
        ),
        _PARTIES,
    ),
    "judge.other-receiver": (
        1150,
        Text(
            "{document}: {path} ({found}) zarfın alıcısı ({stated}) değil.",
            "{document}: {path} ({found}) is not the envelope's receiver ({stated}).",
        ),
        _PARTIES,
    ),
    "judge.not-a-notice": (
        1150,
        Text(
            "{document}: CREDITNOTE yalnız yolcu beraber satışın iptal bildirimi olabilir (YOLCUBERABERFATURA, "
            "SATISIPTALIADE); bu {profile}, {type}.",
            "{document}: a CREDITNOTE can only tell of a sale to a passenger that is taken back (YOLCUBERABERFATURA, "
            "SATISIPTALIADE); this is {profile}, {type}.",
        ),
        _CORRECT,
    ),
    "judge.no-seal": (1161, Text("{document}: mühür yok.", "{document}: there is no seal."), _SEAL),
    "judge.no-signer": (
        1161,
        Text(
            "{document}: mühür sahibinin VKN ya da TCKN'si okunamıyor: {detail}",
            "{document}: VKN or TCKN of the one who sealed cannot be read: {detail}",
        ),
        _SEAL,
    ),
    "judge.invoice-filed": (
        1163,
        Text(
            "{document}: bu fatura {envelope} zarfıyla kayıtlı.",
            "{document}: this invoice is registered by envelope {envelope}.",
        ),
        _NO_RESEND,
    ),
    "judge.invoice-twice": (
        1163,
        Text("{document}: zarfta ikinci kez.", "{document}: it stands in the envelope twice."),
        _CORRECT,
    ),
    "judge.document-filed": (
        1164,
        Text(
            "{document}: bu belge {envelope} zarfıyla kayıtlı.",
            "{document}: this document is registered by envelope {envelope}.",
        ),
        _NO_RESEND,
    ),
    "judge.document-twice": (
        1164,
        Text("{document}: zarfta ikinci kez.", "{document}: it stands in the envelope twice."),
        _CORRECT,
    ),
    "judge.authority-unknown": (
        1170,
        Text("Yetkiler denetlenemedi: {detail}", "The authorities could not be checked: {detail}"),
        _LATER,
    ),
    "judge.unit": (
        1171,
        Text(
            "{side} {number}, “{alias}” etiketiyle {use} için gönderici birim (GB) değil.",
            "{side} {number} has no sender's unit (GB) “{alias}” for {use}.",
        ),
        _OPEN,
    ),
    "judge.not-integrator": (
        1171,
        Text(
            "{number} özel entegratör olarak kayıtlı değil; kullanıcı hesabı gönderemez.",
            "{number} is not registered as an integrator and cannot send user accounts.",
        ),
        Text("Entegratör iznini ve VKN'yi denetleyin.", "Check the permission and the VKN."),
    ),
    "judge.unknown-sender": (
        1171,
        Text("Gönderen {number}, “{alias}” diye bir adres değil.", "The sender {number} has no address “{alias}”."),
        Text(
            "Sistem yanıtını, yanıtlanan zarfın alıcısının adresinden gönderin.",
            "Send a system response from the address to which the envelope went that it answers.",
        ),
    ),
    "judge.mailbox": (
        1172,
        Text(
            "{side} {number}, “{alias}” etiketiyle {use} için posta kutusu (PK) değil.",
            "{side} {number} has no mailbox (PK) “{alias}” for {use}.",
        ),
        _LIST,
    ),
    "judge.notice-mailbox": (
        1172,
        Text(
            "CREDITNOTE yalnız gümrüğün {alias} etiketine ({number}) gönderilir.",
            "A CREDITNOTE is sent to {alias} of the customs ({number}) only.",
        ),
        _LIST,
    ),
    "judge.signer-unknown": (
        1175,
        Text(
            "{document}: mühürleyenin yetkisi denetlenemedi: {detail}",
            "{document}: whether {signer} may seal could not be checked: {detail}",
        ),
        _LATER,
    ),
    "judge.signer": (
        1176,
        Text(
            "{document}: mühür {signer} adına; {owner} ya da onun entegratörü değil.",
            "{document}: sealed by {signer}, who is neither {owner} nor its integrator.",
        ),
        _SEAL,
    ),
    "judge.seal": (1177, Text("{document}: mühür geçersiz: {detail}", "{document}: invalid seal: {detail}"), _SEAL),
    "judge.address-unknown": (
        1180,
        Text("Alıcının adresi denetlenemedi: {detail}", "The receiver's address could not be checked: {detail}"),
        _LATER,
    ),
    "judge.no-address": (
        1181,
        Text("{number} için “{alias}” diye bir adres yok.", "There is no address “{alias}” of {number}."),
        _LIST,
    ),
    "judge.account-open": (
        1182,
        Text("{document}: {customer} hesabı açılamaz: {detail}", "{document}: no account for {customer}: {detail}"),
        _ACCOUNT,
    ),
    "judge.account-close": (
        1183,
        Text(
            "{document}: {customer} hesabı kapatılamaz: {detail}",
            "{document}: the account of {customer} cannot be closed: {detail}",
        ),
        _ACCOUNT,
    ),
    "judge.no-rules": (
        1195,
        Text("Denetim kuralları kullanılamıyor: {detail}", "The rules cannot be used: {detail}"),
        Text("Merkez'in kural paketini denetleyin.", "Look at the center's rule pack."),
    ),
    "judge.unjudged": (1195, Text("{findings}", "{findings}"), _LATER),
    "judge.failed": (
        1195,
        Text("Zarf işlenirken beklenmeyen hata: {detail}", "Unexpected error while processing: {detail}"),
        _LATER,
    ),
}
STATUSES: Final[Mapping[str, int]] = {code: row[0] for code, row in _ROWS.items()}
"""What is answered for each code."""
PROBLEMS: Final[Mapping[str, Problem]] = {code: Problem(text, repair) for code, (_, text, repair) in _ROWS.items()}
"""What each code says, and what to do."""


def refused(code: str, /, *, where: str = "", **facts: object) -> Refused:
    """The refusal of a code, its facts filled in."""
    made = error_of(Refused, PROBLEMS, code, where=where, line=None, **facts)
    made.status = STATUSES[code]
    return made
