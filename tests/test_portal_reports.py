"""What is issued is reported, cancelled and objected to from pages that say how it stands and what comes next."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.http import HttpResponse

from platform_archive import archived
from platform_intake import listed, row, sent
from platform_way_out import run
from platform_world import ARDIC, archiving, taxpayer
from portal_client import Visitor, visitor
from ulak.lifecycle import reports as law
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.law import happening
from ulak_server.exchange.models import ReportEntry
from ulak_server.exchange.reports import gathering
from ulak_server.overview import months

pytestmark = pytest.mark.usefixtures("platform_database")
FIRM: Final = {"tax_id": "9876543217", "name": "Gizli <b>Alıcı</b> A.Ş.", "address": {"town": "Ula", "city": "Muğla"}}


def month() -> str:
    """The running one, as addresses have it."""
    return months.written(months.current())


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return archiving(taxpayer(ARDIC))


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


@pytest.fixture(scope="module")
def reader(ardic: int) -> Visitor:
    return visitor((ardic, "reader"))


def issue(ardic: int, kind: str = "earchive_invoice", **changed: Any) -> int:
    taken = sent(ardic, archived(kind, **changed))
    run()
    assert row(ardic, taken.id).stage == "issued"
    return int(taken.id)


def gathered(ardic: int, stage: law.Stage = law.Stage.BUILDING, **changes: Any) -> UUID:
    """A report of all that waits, which stands there."""
    with happening() as shell:
        gathering.hurry(ardic, shell.now)
        found = gathering.gather(shell, gathering.Group(ardic, "earsiv", clock.today(), False))
        assert found is not None
        found.record = found.record._replace(stage=stage, **changes)
        if stage is law.Stage.ACCEPTED:
            found.record = found.record._replace(wake_at=None, work_at=None)
            found["accepted_at"] = shell.now
        return UUID(str(found.key))


def page(response: HttpResponse, status: int = 200) -> str:
    text = response.content.decode()
    assert response.status_code == status, text[-2000:]
    return text


def said(response: HttpResponse) -> str:
    return unquote(response.cookies["ulak_notice"].value)


def test_a_month_without_anything_says_what_will_stand_there(ardic: int, owner: Visitor) -> None:
    text = page(owner.get(f"/t/{ardic}/reports/{month()}"))
    assert "Bu ay raporlanacak belge yok" in text
    assert "Denk:" in page(owner.get(f"/t/{ardic}/reports/{month()}/balance"))
    assert page(owner.get(f"/t/{ardic}/reports/2026-13"), 422)


def test_what_was_issued_waits_in_its_day_until_it_is_reported(ardic: int, owner: Visitor, reader: Visitor) -> None:
    ids = [issue(ardic), issue(ardic, "freelance_receipt")]
    text = page(owner.get(f"/t/{ardic}/reports/{month()}"))
    assert "2 kayıt raporlanmayı bekliyor." in text
    assert "2 belge" in text
    assert "Raporlanacak" in text
    assert f"son gün {clock.today() + timedelta(days=1):%d.%m.%Y}" in text
    assert f"/t/{ardic}/reports/{month()}/send" in text
    assert f"/t/{ardic}/reports/{month()}/send" not in page(reader.get(f"/t/{ardic}/reports/{month()}"))
    assert "2 kayıt raporlanıyor." in said(owner.post(f"/t/{ardic}/reports/{month()}/send"))
    report = gathered(ardic, law.Stage.TAKEN)
    text = page(owner.get(f"/t/{ardic}/reports/{month()}?day={clock.today().day}"))
    assert "GİB&#x27;in yanıtı bekleniyor" in text
    assert f"/t/{ardic}/reports/{report}" in text
    assert "Raporda" in page(owner.get(f"/t/{ardic}/receipts"))
    text = page(owner.get(f"/t/{ardic}/documents/{ids[0]}"))
    assert "bölüm 1; GİB&#x27;in yanıtı bekleniyor." in text
    assert f"/t/{ardic}/reports/{report}" in text


def test_a_report_that_gib_refused_says_why_everywhere_and_is_built_anew(ardic: int, owner: Visitor) -> None:
    document = issue(ardic)
    report = gathered(ardic, law.Stage.REFUSED, code="154")
    text = page(owner.get(f"/t/{ardic}/reports/{report}"))
    assert "Verilemedi" in text
    assert "imza" in text
    assert "Rapor sorunu" in page(owner.get(f"/t/{ardic}/outgoing?kind=earchive_invoice"))
    assert "raporu sorunlu" in page(owner.get(f"/t/{ardic}/documents/{document}"))
    balance = page(owner.get(f"/t/{ardic}/reports/{month()}/balance"))
    assert "ilgilenmeniz gerekiyor" in balance
    assert f"/t/{ardic}/reports/{report}/renew" in balance
    assert "1 rapor GİB&#x27;e verilemedi" in page(owner.get(f"/t/{ardic}/today"))
    assert "rapor sorunu" in page(owner.get("/desk?show=reports"))
    assert "oluşturulup" in said(owner.post(f"/t/{ardic}/reports/{report}/renew"))
    assert "reporting.not-renewed" in page(owner.post(f"/t/{ardic}/reports/{report}/renew"), 409)
    assert "Rapor sorunu" not in page(owner.get(f"/t/{ardic}/outgoing?kind=earchive_invoice"))


def test_what_could_not_be_put_into_a_report_says_why_at_its_document(ardic: int, owner: Visitor) -> None:
    document = issue(ardic)
    why = {"code": "reporting.entry", "text": {"tr": "Kur <yok>.", "en": "x"}, "repair": {"tr": "Arayın.", "en": "y"}}
    with scoped(Role.WEB, [ardic]):
        ReportEntry.objects.filter(document_id=document).update(error=why)
    assert "rapora konamadı: Kur &lt;yok&gt;. Arayın." in page(owner.get(f"/t/{ardic}/documents/{document}"))
    balance = page(owner.get(f"/t/{ardic}/reports/{month()}/balance"))
    assert f">{row(ardic, document).number}</a>" in balance
    assert "1 belge rapora konamadı" in page(owner.get(f"/t/{ardic}/today"))
    with scoped(Role.WEB, [ardic]):
        ReportEntry.objects.filter(document_id=document).update(error=None)


def test_a_consumers_invoice_is_cancelled_and_written_anew(ardic: int, owner: Visitor, reader: Visitor) -> None:
    document = issue(ardic)
    assert 'data-opens="void"' not in page(reader.get(f"/t/{ardic}/documents/{document}"))
    text = page(owner.get(f"/t/{ardic}/documents/{document}"))
    assert "İptal hemen geçerli olur" in text
    done = owner.post(f"/t/{ardic}/documents/{document}/cancel", {"reason": "Yanlış <i>tutar</i>", "then": "copy"})
    assert done["Location"] == f"/t/{ardic}/compose/invoice?as=repeat&from={document}"
    assert "raporla bildirilir" in said(done)
    text = page(owner.get(f"/t/{ardic}/documents/{document}"))
    assert "alıcının onayı gerekmez" in text
    assert "Yanlış &lt;i&gt;tutar&lt;/i&gt;" in text
    assert "İptal: henüz raporlanmadı" in text
    assert 'data-opens="buyer-refused"' not in text
    assert re.search(r'state=voided"[^>]*>İptal edildi <span[^>]*>1<', page(owner.get(f"/t/{ardic}/outgoing")))


def test_a_firm_may_refuse_a_cancellation_and_the_answer_is_recorded(ardic: int, owner: Visitor) -> None:
    document = issue(ardic, customer=FIRM)
    text = page(owner.get(f"/t/{ardic}/documents/{document}"))
    assert "İptal için son gün" in text
    assert "Gizli &lt;b&gt;Alıcı" in text
    assert "İptal isteği" in said(owner.post(f"/t/{ardic}/documents/{document}/cancel"))
    text = page(owner.get(f"/t/{ardic}/documents/{document}"))
    assert 'data-opens="buyer-refused"' not in text, "nobody can have answered what was not reported yet"
    gathered(ardic, law.Stage.ACCEPTED)
    assert 'data-opens="buyer-refused"' in page(owner.get(f"/t/{ardic}/documents/{document}"))
    answer = owner.post(f"/t/{ardic}/documents/{document}/cancel/answer", {"accepted": "no", "day": "elma"})
    assert "belge geçerli" in said(answer)
    assert row(ardic, document).stage == "issued"
    assert "Alıcı iptali reddetti" in page(owner.get(f"/t/{ardic}/documents/{document}"))


def test_an_objection_is_told_with_all_that_gib_wants(ardic: int, owner: Visitor) -> None:
    document = issue(ardic, customer=FIRM)
    place = f"/t/{ardic}/documents/{document}/objection"
    assert "TAAHHUTLU_MEKTUP" in page(owner.get(place))
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    wrong = {"method": "GÜVERCİN", "number": " ", "day": ahead, "explanation": "<script>x</script>"}
    text = page(owner.post(place, wrong), 422)
    for told in ("Yöntemi seçin.", "Belgenin numarasını yazın.", "bugünden sonra olamaz", "&lt;script&gt;x"):
        assert told in text
    right = {"method": "KEP", "number": "KEP-77", "day": str(clock.today()), "explanation": "İki\r\nsatır."}
    assert "İtiraz kaydedildi" in said(owner.post(place, right))
    text = page(owner.get(f"/t/{ardic}/documents/{document}"))
    assert "KEP (kayıtlı e-posta), KEP-77" in text
    assert "İki satır." in text
    assert "<textarea" not in page(owner.get(f"/t/{ardic}/documents/{issue(ardic)}/objection")), "of consumers none is"


def test_operators_see_reports_without_what_is_in_them(ardic: int, owner: Visitor) -> None:
    document = issue(ardic, customer=FIRM)
    report = gathered(ardic, law.Stage.REFUSED, code="154")
    operator = visitor(operator=True)
    text = page(operator.get("/console/reports?stage=refused"))
    assert str(report) in text
    assert "Gizli" not in text
    assert str(row(ardic, document).number) not in text
    assert "1 rapor GİB&#x27;e verilemedi." in page(operator.get("/console"))
    assert "Kabul edildi" in said(operator.post(f"/console/reports/{report}/confirm"))
    assert "bölüm" in page(owner.get(f"/t/{ardic}/documents/{document}"))
    assert "reporting.not-asked" in page(operator.post(f"/console/reports/{report}/ask"), 409)
