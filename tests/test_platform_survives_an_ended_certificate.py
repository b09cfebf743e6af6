"""A sealing certificate ends while documents come in: they wait, say why, and go on once the next one is put in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from center_registry import INTEGRATOR
from levels_support import trust_of
from platform_reports import Office, entries, issue, office, reports
from platform_way_out import assert_no_gap, bodies, documents
from platform_world import MELTEM, archiving, invoices, taxpayer
from seal_pki import NOW, NOWHERE, fresh_authority, pki_folder
from ulak.seal.pki.authority import Held
from ulak.seal.pki.cast import S2
from ulak.seal.pki.folder import p12_of
from ulak.seal.pki.issuer import Validity
from ulak.seal.pki.profiles import MALI_MUHUR, holder_name
from ulak.seal.verify import verify
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.reports import services
from ulak_server.exchange.services import shown

_LIVES: Final = timedelta(hours=2)
_SERIAL: Final = 7_000

pytestmark = pytest.mark.usefixtures("platform_database")


def test_documents_wait_for_the_next_certificate_and_nothing_is_sealed_with_an_ended_one(tmp_path: Path) -> None:
    key = tmp_path / "seal.p12"
    key.write_bytes(p12_of(ending()))
    with office(at=NOW, seal=key) as world:
        ardic = archiving(taxpayer())
        taxpayer(MELTEM, "MEL")
        early = [*invoices(ardic, 3), *issue(ardic, 2)]
        world.merkez.settle()
        world.pass_time(hours=2.5)
        late = [*invoices(ardic, 3), *issue(ardic, 2)]
        world.work()
        wait_truthfully(ardic, late)
        assert stages(ardic, early) == ["delivered"] * 3 + ["issued"] * 2
        reports_wait(world, ardic)
        world.hours(3)
        wait_truthfully(ardic, late)
        # Into the same place, while everything runs.
        key.write_bytes((pki_folder() / f"integrator-{INTEGRATOR}.p12").read_bytes())
        world.hours(1)
        world.merkez.settle()
        assert stages(ardic, early + late) == (["delivered"] * 3 + ["issued"] * 2) * 2
        services.send_now(ardic)
        world.hours(1)
        assert {one.stage for one in reports(ardic)} == {"accepted"}
        assert all(one.report_id for one in entries(ardic))
        assert set(world.judged().values()) == {1}
        assert_no_gap(ardic)
        assert_sealed_in_time(ardic, len(early + late))


def ending() -> Held:
    """The integrator's key with a certificate that ends soon."""
    made = fresh_authority()
    held, issuer = made.keys["integrator"], made.issuers[S2]
    validity = Validity(NOW - timedelta(days=1), NOW + _LIVES)
    name = holder_name("Deneme Özel Entegratör A.Ş.", INTEGRATOR)
    certificate = issuer.issue(name, held.key, MALI_MUHUR, validity, serial=_SERIAL, url=NOWHERE)
    return held._replace(certificate=certificate)


def stages(taxpayer: int, ids: list[int]) -> list[str]:
    found = {row.id: row.stage for row in documents(taxpayer)}
    return [found[id] for id in ids]


def wait_truthfully(taxpayer: int, ids: list[int]) -> None:
    rows = [row for row in documents(taxpayer) if row.id in ids]
    assert [(row.stage, row.number) for row in rows] == [("judged", None)] * len(ids)
    for row in rows:
        assert row.error is not None
        assert row.error["code"] == "seal.certificate-expired"
        assert "süresi" in row.error["text"]["tr"]
        assert "14:00" in row.error["text"]["en"], "until when it was good"
        assert row.wake_at is not None
        assert clock.now() < row.wake_at < clock.now() + timedelta(hours=1)
    with scoped(Role.WEB, [taxpayer]):
        said = shown(Document.objects.filter(id__in=ids))
    assert all(one.sentence.tr.startswith("Mühürlenmeyi bekliyor") for one in said)
    assert all("14:00" in one.sentence.en and "KamuSM" in one.advice.en for one in said)


def reports_wait(world: Office, taxpayer: int) -> None:
    services.send_now(taxpayer)
    world.a_moment()
    (report,) = reports(taxpayer)
    assert (report.stage, (report.error or {})["code"]) == ("building", "seal.certificate-expired")
    assert world.known() == set()


def assert_sealed_in_time(taxpayer: int, count: int) -> None:
    """By the certificate that was good at the moment that each seal names."""
    rows = [row for row in documents(taxpayer) if row.direction == 1]
    assert len(rows) == count
    for body in bodies(rows):
        report = verify(body, trust=trust_of(), at=clock.now())
        signer, signed_at = report.signer, report.signing_time
        assert signer is not None
        assert signed_at is not None
        assert signer.not_before <= signed_at <= signer.not_after
