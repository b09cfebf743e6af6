"""What is there already: the documents that a new one collides with, and requests that were answered before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from ulak_server.database.ahead import written
from ulak_server.database.arrays import array, as_arrays
from ulak_server.database.bound import bound
from ulak_server.documents.models import Handed
from ulak_server.documents.problems import IntakeError, problem
from ulak_server.documents.services import Draft

__all__ = ["collision", "collisions", "digest_of", "forget_handed", "handed", "remember"]

_ASKED: Final = """
WITH v AS MATERIALIZED (
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[]) WITH ORDINALITY AS v(ettn, number, erp_key, place))
"""
_REMEMBER: Final = """
INSERT INTO documents_handed (taxpayer_id, key, digest, document_id, created_at)
SELECT * FROM unnest(%s::int[], %s::text[], %s::bytea[], %s::bigint[], %s::timestamptz[])
"""
_CLASHES: Final = """
SELECT v.place - 1, d.id, d.ettn = v.ettn, d.number = v.number
FROM v JOIN documents_document d ON d.taxpayer_id = %s::int AND d.{condition}
"""
_BY: Final = {
    "ettn": "direction = 1 AND d.ettn = v.ettn",
    "number": "direction = 1 AND d.number = v.number",
    "erp_key": "erp_key = v.erp_key",
}
"""One part of the statement for each unique index, so that each is found by it; what nobody states is not asked for."""


def collisions(taxpayer: int, drafts: Sequence[Draft], but: int | None = None) -> dict[int, IntakeError]:
    """Which of a taxpayer's drafts are there already, by their place; drafts among themselves, too."""
    if not drafts:
        return {}
    found = _among(drafts)
    stated: dict[str, list[object]] = {
        "ettn": [draft.ettn for draft in drafts],
        "number": [draft.number or None for draft in drafts],
        "erp_key": [draft.erp_key for draft in drafts],
    }
    asked = [_BY[name] for name, values in stated.items() if any(value is not None for value in values)]
    statement = _ASKED + " UNION ALL ".join(_CLASHES.replace("{condition}", condition) for condition in asked)
    with bound() as cursor:
        cursor.execute(statement.encode(), [*[array(values) for values in stated.values()], *[taxpayer] * len(asked)])
        for place, id, same_ettn, same_number in cursor.fetchall():
            if id == but:
                continue
            found.setdefault(place, _clash(drafts[place], id, ettn=same_ettn, number=same_number))
    return found


def collision(taxpayer: int, draft: Draft, but: int | None = None) -> IntakeError | None:
    """The document that a draft collides with, as an error; ``but`` is the draft's own row."""
    return collisions(taxpayer, [draft], but).get(0)


def _among(drafts: Sequence[Draft]) -> dict[int, IntakeError]:
    found: dict[int, IntakeError] = {}
    seen: set[tuple[str, object]] = set()
    for place, draft in enumerate(drafts):
        keys: list[tuple[str, object]] = [("ettn", draft.ettn)]
        if draft.number:
            keys.append(("number", draft.number))
        if draft.erp_key is not None:
            keys.append(("erp_key", draft.erp_key))
        clash = next((name for name, value in keys if (name, value) in seen), None)
        if clash is None:
            seen.update(keys)
        else:
            found[place] = _clash(draft, None, ettn=clash == "ettn", number=clash == "number")
    return found


def _clash(draft: Draft, id: int | None, *, ettn: bool | None, number: bool | None) -> IntakeError:
    if ettn:
        return problem("intake.ettn-taken", existing=id, ettn=draft.ettn)
    if number:
        return problem("intake.number-taken", existing=id, number=draft.number)
    return problem("intake.erp-key-taken", existing=id, erp_key=draft.erp_key)


# -- requests ----------------------------------------------------------------------------------------------------------


def digest_of(*parts: bytes | str | None) -> bytes:
    """SHA-256 of what was handed in, every part with its length, so that no two requests look alike.

    >>> digest_of("a", b"bc") == digest_of("ab", b"c")
    False
    """
    sum = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part or b""
        sum.update(len(data).to_bytes(8, "big") + data)
    return sum.digest()


def remember(requests: Iterable[tuple[int, str, bytes, int]], now: datetime) -> None:
    """Write down, in the documents' own transaction, under which keys they were handed in.

    Args:
        requests: of each the taxpayer, the key, the digest and the document.
    """
    rows = [(*one, now) for one in requests]
    if rows:
        written(_REMEMBER, as_arrays(rows))


def handed(taxpayer: int, key: str, digest: bytes) -> int | None:
    """The document that was handed in under a key; None if there is none.

    Raises:
        IntakeError: ``intake.key-reused`` if it was other content.
    """
    found = Handed.objects.filter(taxpayer_id=taxpayer, key=key).values_list("digest", "document_id").first()
    if found is None:
        return None
    if bytes(found[0]) != digest:
        raise problem("intake.key-reused", existing=found[1])
    return int(found[1])


def forget_handed(before: datetime) -> int:
    """Forget keys of requests before a moment, of all taxpayers; how many. Within a worker's scope."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_handed WHERE created_at < %s", [before])
        return int(cursor.rowcount)
