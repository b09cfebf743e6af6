"""What is accepted goes out: judged, numbered, sealed, kept, put into an envelope that is the same every time."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest

from platform_way_out import Called, bodies, documents, passing, run, sql
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from seal_pki import KNOWN_TRUST
from ulak.envelope import open_envelope
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify
from ulak_server import clock
from ulak_server.documents.models import Form
from ulak_server.exchange.outbound.handlers import LINGER
from ulak_server.exchange.outbound.parcels import parcel
from ulak_server.exchange.outbound.problems import OutboundError

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic() -> int:
    return taxpayer()


def test_an_invoice_is_judged_numbered_sealed_and_put_into_an_envelope(ardic: int) -> None:
    ids = invoices(ardic, 3)
    run()
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [row.stage for row in rows] == ["sealed"] * 3, "they wait a moment for others"
    year = clock.now().astimezone(clock.ISTANBUL).year
    assert [row.number for row in rows] == [f"ARD{year}{place:09}" for place in (1, 2, 3)]
    assert {row.form for row in rows} == {Form.SEALED}
    trust = Trust(TrustStore.read(KNOWN_TRUST))
    for row, body in zip(rows, bodies(rows), strict=True):
        assert row.number is not None
        assert row.number.encode() in body
        report = verify(body, trust=trust, at=clock.now())
        assert report.indication is not Indication.FAILED
    with passing(LINGER):
        calls = run()
    rows = [row for row in documents(ardic) if row.id in ids]
    assert [row.stage for row in rows] == ["on-road"] * 3
    assert len({row.envelope for row in rows}) == 1
    assert [(one.room, type(one.effect).__name__) for one in calls.outside] == [("envelope", "Send")]
