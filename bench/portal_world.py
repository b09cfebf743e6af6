"""A taxpayer with a million documents, as years of trade leave them: some thousand customers, seasons, every state."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import msgspec
from django.db import connection

from ulak.lifecycle import answers, documents
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.parties import Who, ids_of
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["PARTIES", "fill", "taxpayer"]

PARTIES: Final = 3_000
_AT_ONCE: Final = 100_000
_DAYS: Final = 730
_WORDS: Final = (
    *("Ardıç", "Meltem", "Işık", "İnci", "Çiğdem", "Gökçe", "Şimşek", "Öztürk", "Ünal", "Yıldız", "Karadeniz", "Ege"),
    *("Anadolu", "Marmara", "Toros", "Fırat", "Dicle", "Ihlamur", "İpek", "Çınar"),
)
_TRADES: Final = (
    *("Gıda", "İnşaat", "Tekstil", "Otomotiv", "Elektrik", "Kırtasiye", "Ambalaj", "Mobilya", "Makine", "Lojistik"),
)
_FORMS: Final = ("A.Ş.", "Ltd. Şti.", "Sanayi ve Ticaret A.Ş.", "Paz. Ltd. Şti.")
_FILL: Final = """
INSERT INTO documents_document (taxpayer_id, month, direction, kind, profile, type_code, ettn, number, issue_date,
    partner, alias, sender_alias, priority, form, stage, road, accepted_at, sealed_at, left_at, delivered_at,
    party_title, currency, payable, vat, party_id, answer, labels, batch_id)
SELECT %(taxpayer)s, date_trunc('month', at), 1, 'invoice', profile,
    (ARRAY['SATIS', 'SATIS', 'SATIS', 'TEVKIFAT', 'IADE', 'ISTISNA'])[1 + n %% 6], gen_random_uuid(),
    CASE WHEN stage <> 'draft' THEN 'ARD' || extract(year FROM at) || lpad(n::text, 9, '0') END, at::date,
    p.number, 'urn:mail:defaultpk@' || p.number, 'urn:mail:defaultgb@ardic.example', false, 3, stage,
    CASE stage WHEN 'draft' THEN %(draft)s WHEN 'returned' THEN %(returned)s ELSE %(delivered)s END, at, at, at,
    at + interval '2 minutes', p.title,
    CASE n %% 20 WHEN 3 THEN 'USD' WHEN 7 THEN 'EUR' ELSE 'TRY' END, payable, round(payable / 6, 2), p.id,
    CASE WHEN profile = 'TICARIFATURA' AND stage = 'delivered' THEN CASE n %% 50 WHEN 2 THEN 4 WHEN 3 THEN 1 ELSE 3 END
        ELSE 0 END,
    CASE WHEN n %% 100 = 5 THEN ARRAY['takip'] END, CASE WHEN n %% 3 = 0 THEN 1 + n / 5000 END
FROM (
    SELECT n, now() - ((%(all)s - n)::float / %(all)s * %(days)s) * interval '1 day' AS at,
        CASE n %% 5 WHEN 0 THEN 'TEMELFATURA' WHEN 1 THEN 'TEMELFATURA' ELSE 'TICARIFATURA' END AS profile,
        CASE WHEN n %% 2000 = 0 THEN 'draft' WHEN n %% 3000 = 1 THEN 'returned' ELSE 'delivered' END AS stage,
        round((10 + 5000 * power(random(), 3))::numeric, 2) AS payable,
        1 + floor(%(parties)s * power(random(), 3))::int AS rank
    FROM generate_series(%(first)s, %(last)s) AS n
) AS one JOIN (SELECT row_number() OVER (ORDER BY id) AS rank, id, number, title FROM documents_party
    WHERE taxpayer_id = %(taxpayer)s) AS p USING (rank) ORDER BY n
"""
_ANSWERS: Final = """
INSERT INTO documents_answer (document_id, taxpayer_id, kind, stage, code, road)
SELECT id, taxpayer_id, 'commercial', CASE answer WHEN 1 THEN 'expected' ELSE 'received' END,
    CASE answer WHEN 3 THEN 'KABUL' WHEN 4 THEN 'RED' ELSE '' END,
    CASE answer WHEN 1 THEN %s WHEN 3 THEN %s ELSE %s END
FROM documents_document WHERE answer > 0 ORDER BY id
"""


def taxpayer() -> int:
    """A taxpayer's id."""
    with scoped(Role.PIPELINE):
        made = Taxpayer(number="4812530769", title="Ardıç Ticaret A.Ş.", contract_from=date(2024, 1, 1))
        made.save(force_insert=True)
        return made.id


def fill(taxpayer_id: int, count: int) -> None:
    """Give a taxpayer so many invoices of the last two years."""
    with scoped(Role.PIPELINE, [taxpayer_id]):
        ids_of([_party(taxpayer_id, place) for place in range(PARTIES)])
    now = clock.now()
    records = {
        stage.value: msgspec.msgpack.encode(
            documents.Document(stage, seed=1, wake_at=None, code="1181" if stage is Stage.RETURNED else "")
        )
        for stage in (Stage.DRAFT, Stage.RETURNED, Stage.DELIVERED)
    }
    said: dict[str, Any] = {"taxpayer": taxpayer_id, "all": count, "days": _DAYS, "parties": PARTIES, **records}
    with connection.cursor() as cursor:
        for first in range(1, count + 1, _AT_ONCE):
            cursor.execute(_FILL, {**said, "first": first, "last": min(first + _AT_ONCE - 1, count)})
        commercial = answers.AnswerKind.COMMERCIAL
        roads = [
            answers.Answer(commercial, answers.Stage.EXPECTED, now, now),
            answers.Answer(commercial, answers.Stage.RECEIVED, None, now, "KABUL", now),
            answers.Answer(commercial, answers.Stage.RECEIVED, None, now, "RED", now),
        ]
        cursor.execute(_ANSWERS, [msgspec.msgpack.encode(one) for one in roads])
        # What a system that grew for years has done long ago is not to be done while it is measured.
        for table in ("documents_document", "documents_answer", "documents_tally", "documents_party_word"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
        cursor.execute("CHECKPOINT")


def _party(taxpayer_id: int, place: int) -> Who:
    name = f"{_WORDS[place % len(_WORDS)]} {_WORDS[place // 7 % len(_WORDS)]} {_TRADES[place // 3 % len(_TRADES)]}"
    return Who(taxpayer_id, f"{1_000_000_000 + place * 7919:010d}", f"{name} {place} {_FORMS[place % len(_FORMS)]}")
