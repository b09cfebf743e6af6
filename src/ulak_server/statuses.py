"""Which HTTP status an error of the platform gets: by its code, by the room the code belongs to, else 422.

Temporary faults (`UlakError.permanent` is False) get 503 unless a code says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from ulak.errors import Text, UlakError
from ulak_server.books.services import Unknown
from ulak_server.exchange.accounts.problems import NoAccount
from ulak_server.exchange.ledgers.services import NoSuchPackage
from ulak_server.exchange.reports.problems import NoSuch as NoSuchReport
from ulak_server.ledgers.services import UnknownLedger
from ulak_server.people.services import NotAllowed, NotFound, NotSignedIn, TooMany
from ulak_server.taxpayers.services import UnknownTaxpayer

__all__ = ["TITLES", "status_of"]

_CODES: Final[Mapping[str, int]] = {
    "api.not-found": 404,
    "api.method": 405,
    "api.parameter": 422,
    "api.unknown-parameter": 422,
    "api.content-type": 415,
    "api.too-large": 413,
    "api.length-required": 411,
    "api.body-wanted": 400,
    "api.broken-off": 400,
    "api.rate": 429,
    "api.who": 401,
    "api.csrf": 403,
    "pages.csrf": 403,
    "pages.method": 405,
    "pages.read-only": 403,
    "pages.unreadable": 400,
    "pages.failed": 500,
    "pages.too-often": 429,
    "api.taxpayer-wanted": 400,
    "api.taxpayer-unknown": 403,
    "api.cursor": 400,
    "api.no-xml": 409,
    "api.no-json-form": 409,
    "api.no-lorry": 409,
    "api.no-report-file": 409,
    "api.body-missing": 500,
    "intake.no-draft": 409,
    "credits.exhausted": 402,
    "credits.not-counted": 409,
    "credits.reference-twice": 409,
    "credits.key-twice": 409,
    "reporting.not-cancelled": 409,
    "reporting.not-objected": 409,
    "reporting.no-cancellation": 409,
    "reporting.not-asked": 409,
    "reporting.not-renewed": 409,
    "reporting.no-file": 500,
    "reporting.changed": 500,
    "account.there": 409,
    "people.support-asked": 409,
    "account.not-now": 409,
    "account.request-there": 409,
    "account.close-despatch-first": 409,
    "account.reports-first": 409,
    "taxpayer.alias-fixed": 409,
    "batch.unknown": 404,
    "inbound.no-document": 404,
    "lifecycle.answer-too-late": 409,
    "lifecycle.answered-already": 409,
    "lifecycle.answer-not-foreseen": 409,
    "exchange.no-document": 404,
    "exchange.no-envelope": 404,
    "exchange.no-identity": 409,
    "exchange.not-withdrawn": 409,
    "exchange.not-withdrawn-together": 409,
    "exchange.not-resent": 409,
    "exchange.not-corrected": 409,
    "exchange.number-kept": 409,
    "exchange.not-disputed": 409,
    "ledger-exchange.not-withdrawn": 409,
    "ledger-exchange.not-repaired": 409,
    "ledger-exchange.not-asked": 409,
    "ledger-exchange.not-fetched": 409,
    "ledger-exchange.no-approved-berat": 409,
    "ledger-exchange.no-file": 500,
    "ledger-exchange.changed": 500,
    "ledger-work.at-gib": 409,
    "ledger-work.busy": 409,
    "ledger-work.changed": 500,
    "ledger-work.file-empty": 400,
    "ledger-work.file-offset": 409,
    "ledger-work.file-too-big": 413,
    "ledger-work.file-twice": 409,
    "ledger-work.file-unfinished": 409,
    "ledger-work.has-errors": 409,
    "ledger-work.no-consent": 409,
    "ledger-work.no-files": 409,
    "ledger-work.no-ledgers": 409,
    "ledger-work.no-mapping": 409,
    "ledger-work.no-own-key": 409,
    "ledger-work.no-stamper": 409,
    "ledger-work.not-ours": 409,
    "ledger-work.not-reconciled": 409,
    "ledger-work.rules": 409,
    "ledger-work.too-many-files": 409,
    "ledger-work.too-much": 413,
    "ledger-work.unjudged": 409,
    "ledger-work.warnings": 409,
    "lifecycle.ledger-report-early": 409,
    "lifecycle.ledger-report-remade": 409,
    "lifecycle.ledger-time-over": 409,
    "lifecycle.ledger-later-first": 409,
    "compose.no-draft": 404,
    "compose.no-version": 404,
    "compose.not-copied": 404,
    "compose.changed-elsewhere": 409,
    "compose.no-repair": 409,
    "compose.not-ready": 409,
    "delivery.no-document": 404,
    "delivery.no-message": 404,
    "delivery.no-suppression": 404,
    "delivery.mail-not-set-up": 409,
    "delivery.not-again": 409,
    "delivery.not-issued": 409,
    "delivery.not-sealed": 409,
    "delivery.not-stopped": 409,
    "delivery.suppressed": 409,
    "link.unknown": 404,
    "import.unknown": 404,
    "design.unknown": 404,
    "link.expired": 410,
    "link.revoked": 410,
    "webhook.none": 404,
    "webhook.no-call": 404,
    "webhook.off": 409,
    "intake.too-large": 413,
    "intake.no-list": 503,
    "intake.cursor": 400,
    "api.failed": 500,
    "api.unavailable": 503,
    "api.nul": 400,
    "json.nul": 400,
    "json.syntax": 400,
    "json.encoding": 400,
}
_KINDS: Final[Sequence[tuple[type[UlakError], int]]] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (TooMany, 429),
    (UnknownTaxpayer, 404),
    (NoAccount, 404),
    (NoSuchReport, 404),
    (NoSuchPackage, 404),
    (UnknownLedger, 404),
    (Unknown, 404),
)
_ENDINGS: Final[Mapping[str, int]] = {
    "gone": 410,
    "not-found": 404,
    "too-large": 413,
    "taken": 409,
    "known": 409,
    "reused": 409,
    "already": 409,
    "not-now": 409,
    "last-owner": 409,
}
"""What a code's last words say of how things stand."""
TITLES: Final[Mapping[int, Text]] = {
    400: Text("Çağrı anlaşılamadı", "The call cannot be understood"),
    401: Text("Kimlik gerekli", "Identity needed"),
    402: Text("Kontör yetmiyor", "Not enough kontör"),
    403: Text("Yetki yok", "Not permitted"),
    404: Text("Bulunamadı", "Not found"),
    405: Text("Yöntem tanınmıyor", "Method not known"),
    409: Text("Şu anki durumla çelişiyor", "In conflict with how things stand"),
    410: Text("Artık yok", "Gone"),
    411: Text("Uzunluk gerekli", "Length needed"),
    413: Text("Çok büyük", "Too large"),
    415: Text("Tür tanınmıyor", "Type not known"),
    422: Text("İçerik kabul edilemiyor", "The content cannot be accepted"),
    429: Text("Çok sık çağrı", "Too many calls"),
    500: Text("Beklenmeyen hata", "Unexpected error"),
    503: Text("Şu anda olmuyor", "Not possible at the moment"),
}
"""What problems of a status have in common."""


def status_of(error: UlakError) -> int:
    """The HTTP status of an error.

    >>> from ulak_server.api.problems import problem
    >>> status_of(problem("api.not-found"))
    404
    """
    found = _CODES.get(error.code) or next((status for kind, status in _KINDS if isinstance(error, kind)), None)
    if found is not None:
        return found
    ending = error.code.rpartition(".")[2]
    for words, status in _ENDINGS.items():
        if ending == words or ending.endswith(f"-{words}"):
            return status
    return HTTPStatus.UNPROCESSABLE_ENTITY if error.permanent else HTTPStatus.SERVICE_UNAVAILABLE
