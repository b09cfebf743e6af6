"""A month's entries become ledgers on pages that name every fault, lose nothing and hand nothing half-made over."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from platform_ledger_works import begun, done, entries, someone, state, to, worker
from platform_merkez import environment
from platform_world import ARDIC, taxpayer
from portal_client import Visitor, visitor
from portal_ledgers_world import company
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.ledgers.station import Works
from ulak_server.overview import months

pytestmark = pytest.mark.usefixtures("platform_database")
JULY: Final = date(2026, 7, 1)
HEADINGS: Final = "Fiş No;Fiş Tarihi;Hesap Kodu;Hesap Adı;Borç;Alacak"
STRANGE: Final = "Dekont;Gün;Kod;İsim;Artı;Eksi\n1;05.10.2026;100;KASA;10,00;\n1;05.10.2026;600;SATIŞLAR;;10,00\n"


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    made = taxpayer(ARDIC)
    company(made)
    return made


@pytest.fixture(scope="module")
def works() -> Iterator[Works]:
    with environment(ULAK_EDEFTER_SOFTWARE="1234567808##Ulak##Ulak e-Defter##1.0"), worker() as made:
        yield made


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


@pytest.fixture(scope="module")
def clerk(ardic: int) -> Visitor:
    return visitor((ardic, "clerk"))


def page(response: HttpResponse, status: int = 200) -> str:
    text = response.content.decode()
    assert response.status_code == status, text[-2000:]
    return text


def whole(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def opened(who: Visitor, ardic: int, month: str) -> int:
    """A new work by the page's form."""
    response = who.post(f"/t/{ardic}/ledgers/new", {"month": month})
    assert response.status_code == 303, response.content.decode()[-1500:]
    return int(response["Location"].rpartition("/")[2])


def piece(who: Visitor, address: str, data: bytes, offset: int) -> HttpResponse:
    return who.client.post(  # type: ignore[return-value]
        f"{address}?offset={offset}", data, content_type="application/octet-stream"
    )


def test_without_the_particulars_the_wizard_says_which_are_missing(ardic: int) -> None:
    other = taxpayer(("7359021640", "Meltem Gıda Ltd. Şti.", "urn:mail:a@b.example", "urn:mail:c@b.example"), "MEL")
    text = page(visitor((other, "owner")).get(f"/t/{other}/ledgers/new"))
    assert "Önce defter bilgileri" in text
    assert f"/t/{other}/ledgers/facts" in text
    assert "Faaliyet (NACE) kodları" in text


def test_a_month_is_begun_once_and_gone_on_with(ardic: int, owner: Visitor) -> None:
    first = opened(owner, ardic, "2026-03")
    assert opened(owner, ardic, "2026-03") == first
    text = page(owner.get(f"/t/{ardic}/ledgers/new"))
    assert "Mart 2026 defterleri" in text
    assert "Dosya bekliyor" in text
    assert "Sırası gelmemiş" in text
    assert "Temmuz 2026 · son gün 14.11.2026" in text
    ahead = months.written(months.after(months.current()))
    assert "henüz başlamadı" in page(owner.post(f"/t/{ardic}/ledgers/new", {"month": ahead}), 422)
    assert page(owner.post(f"/t/{ardic}/ledgers/new", {"month": "Mart"}), 422)
    owner.post(f"/t/{ardic}/ledgers/works/{first}/cancel")
    assert "Mart 2026 defterleri" not in page(owner.get(f"/t/{ardic}/ledgers/new"))


def test_a_file_goes_on_where_a_lost_line_stopped_it(ardic: int, owner: Visitor, works: Works) -> None:
    work = opened(owner, ardic, "2026-04")
    here, size = f"/t/{ardic}/ledgers/works/{work}", ledgers.PIECE + 100
    data = (HEADINGS + "\n").encode().ljust(size, b"\n")
    said = owner.post(f"{here}/files/begin", {"name": "nisan.csv", "size": size}).json()  # type: ignore[attr-defined]
    assert (said["received"], said["most"]) == (0, ledgers.PIECE)
    assert piece(owner, said["piece"], data[: ledgers.PIECE], 0).status_code == 200
    again = owner.post(f"{here}/files/begin", {"name": "nisan.csv", "size": size}).json()  # type: ignore[attr-defined]
    assert (again["id"], again["received"]) == (said["id"], ledgers.PIECE)
    early = piece(owner, said["piece"], data[: ledgers.PIECE], 0)
    assert (early.status_code, early.json()["received"]) == (409, ledgers.PIECE)  # type: ignore[attr-defined]
    assert "kaldığı yerden sürer" in page(owner.get(here))
    assert piece(owner, said["piece"], data[ledgers.PIECE :], ledgers.PIECE).status_code == 200
    assert page(owner.part(f"{here}/files"))
    refused = owner.post(f"{here}/files/begin", {"name": "nisan.pdf", "size": 3})
    assert refused.status_code == 422
    assert "okunabilen bir dosya türü değil" in refused.json()["text"]  # type: ignore[attr-defined]
    owner.post(f"{here}/cancel")


def test_unknown_columns_are_matched_once(ardic: int, owner: Visitor, works: Works) -> None:
    work = opened(owner, ardic, "2026-05")
    here = f"/t/{ardic}/ledgers/works/{work}"
    sent = {"file": SimpleUploadedFile("mayıs.csv", STRANGE.encode())}
    assert owner.client.post(f"{here}/files", sent).status_code == 303
    done(works)
    text = page(owner.get(here))
    assert "Eşleme gerek" in text
    file = int(re.findall(r"file=(\d+)", text)[0])
    shown = page(owner.get(f"{here}?step=columns&file={file}"))
    assert "Gerekli ve daha eşlenmemiş" in shown
    assert "KASA" in shown
    fields = ("voucher", "date", "account", "account_name", "debit", "credit")
    columns = {f"column-{place}": name for place, name in enumerate(fields, 1)}
    answer = {**columns, "header": "1", "decimal": "comma", "content": "entries", "keep": "yes", "keep_as": "Dekontlar"}
    owner.post(f"{here}/files/{file}/columns", answer)
    done(works)
    assert f"{here}/check" in page(owner.get(here))
    assert "Dekontlar" in page(owner.get(f"/t/{ardic}/ledgers/templates"))
    owner.post(f"{here}/cancel")
    owner.post(f"/t/{ardic}/ledgers/mappings/forget", {"name": "Dekontlar"})
    assert "Dekontlar" not in page(owner.get(f"/t/{ardic}/ledgers/templates"))


def test_findings_are_grouped_filtered_and_downloaded(ardic: int, owner: Visitor, works: Works) -> None:
    lines = [f"M-{n};31.06.2026;100;=KASA;{n},00;" for n in range(1, 151)]
    lines += ["N-1;05.06.2026;100;KASA;10,00;", "N-1;05.06.2026;600;SATIŞLAR;;9,00"]
    work = begun(someone(ardic), ardic, "\n".join([HEADINGS, *lines]).encode(), date(2026, 6, 1), "haziran.csv")
    here = f"/t/{ardic}/ledgers/works/{work}"
    done(works)
    owner.post(f"{here}/check")
    done(works)
    text = page(owner.get(here))
    assert "Bu kayıtlardan defter oluşturulamaz" in text
    assert "haziran.csv, satır 2" in text
    assert f"{here}/plan" not in text
    groups = ledgers.findings(someone(ardic), ardic, work).groups
    most = max(groups, key=lambda one: one.count)
    assert most.count >= 150
    places = page(owner.get(f"{here}/findings/{most.code}"))
    assert places.count("<tr>") == 101
    assert "?after=100" in places
    assert most.text.tr not in page(owner.get(f"{here}?step=findings&level=warning"))
    rows = list(
        csv.reader(io.StringIO(whole(owner.get(f"{here}/findings?kind=csv")).decode("utf-8-sig")), delimiter=";")
    )
    assert len(rows) - 1 == sum(one.count for one in groups)
    assert not any(cell.startswith("=") for row in rows for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(whole(owner.get(f"{here}/findings"))), read_only=True).active
    assert sheet is not None
    assert sum(1 for _ in sheet.iter_rows()) == len(rows)
    assert "ledger-work.has-errors" in page(owner.post(f"{here}/plan"), 409)
    assert page(owner.get(f"{here}/findings/ledger.nothing"), 404)
    owner.post(f"{here}/cancel")


def test_what_is_in_order_is_previewed_and_kept_from_those_who_may_not_seal(
    ardic: int, owner: Visitor, clerk: Visitor, works: Works, tmp_path: Path
) -> None:
    work = begun(someone(ardic), ardic, entries(tmp_path, 120, JULY), JULY)
    here = f"/t/{ardic}/ledgers/works/{work}"
    to("checked", works, someone(ardic), ardic, work)
    codes = [one.code for one in ledgers.findings(someone(ardic), ardic, work).groups]
    assert clerk.post(f"{here}/acknowledge", {"code": codes}).status_code == 303
    assert "data-progress" in page(clerk.get(here))
    assert clerk.part(f"{here}/progress").status_code == 200
    done(works)
    assert clerk.part(f"{here}/progress")["HX-Redirect"] == here
    text = page(clerk.get(here))
    for said in (
        "Tek parça",
        "Uyarılar görüldü.",
        "Dosya yüklendi.",
        "Mizan",
        "Yevmiye paketi (YB)",
        "Defter raporu (DR)",
        "Denk",
        "Son gün",
    ):
        assert said in text, said
    balance = whole(clerk.get(f"{here}/balance")).decode("utf-8-sig").splitlines()
    assert balance[0] == "Hesap kodu;Hesap adı;Borç;Alacak;Bakiye"
    assert "Sayfa 2" in page(clerk.get(f"{here}?step=preview&leaf=2"))
    bad = page(clerk.post(f"{here}/plan", {"until": "2026-08-03"}), 422)
    assert "ledger-work.until" in bad
    clerk.post(f"{here}/plan", {"until": "2026-07-20"})
    done(works)
    assert "20.07.2026 gününe kadar" in page(clerk.get(here))
    assert clerk.post(f"{here}/seal", {"key": "own"}).status_code == 403
    assert "not-now" in page(owner.post(f"{here}/send"), 409)
    owner.post(f"{here}/start-again")
    assert state(ardic, work).stage == "mapping"
    said_so = owner.post(f"{here}/cancel")
    assert "bırakıldı" in unquote(said_so.cookies["ulak_notice"].value)


def test_of_a_month_that_runs_ledgers_are_made_up_to_a_day(ardic: int, clerk: Visitor, works: Works) -> None:
    today = clock.today()
    runs = (today + timedelta(days=1)).day > 1
    head = "Fiş No;Fiş Tarihi;Hesap Kodu;Hesap Adı;Ana Hesap Adı;Borç;Alacak"
    first, accounts = today.replace(day=1), ("100.01;a;KASA;5,00;", "500.01;b;SERMAYE;;5,00")
    lines = [f"R-1;{first:%d.%m.%Y};{account}" for account in accounts]
    work = begun(someone(ardic), ardic, "\n".join([head, *lines]).encode(), first, "runs.csv")
    here = f"/t/{ardic}/ledgers/works/{work}"
    to("checked", works, someone(ardic), ardic, work)
    assert ('name="until" type="date" required' in page(clerk.get(here))) == runs
    codes = [one.code for one in ledgers.findings(someone(ardic), ardic, work).groups]
    assert clerk.post(f"{here}/acknowledge", {"code": codes, "until": f"{today}"}).status_code == 303
    assert state(ardic, work).until == (today if runs else None)


@pytest.mark.parametrize("resumes", ["looking", "checking", "planning", "building", "sealing", "sending"])
def test_a_step_that_broke_off_says_why_and_claims_nothing(ardic: int, owner: Visitor, resumes: str) -> None:
    work = opened(owner, ardic, "2026-02")
    here = f"/t/{ardic}/ledgers/works/{work}"
    why = {
        "code": "ledger-work.failed",
        "detail": {"tr": "Adım yarıda kaldı.", "en": "It broke off."},
        "repair": {"tr": "Yeniden deneyin.", "en": "Try again."},
    }
    with scoped(Role.WEB, [ardic]):
        Work.objects.filter(id=work).update(stage="failed", resumes=resumes, error=why)
    text = page(owner.get(here))
    assert "Adım yarıda kaldı." in text
    assert f"{here}/retry" in text
    for lie in ("kusursuz", "oluşturuldu;", "mühürlendi.", "Gönderildi", "Bulgu yok"):
        assert lie not in text, lie
    owner.post(f"{here}/cancel")


def test_templates_are_read_back_by_the_one_who_made_them(ardic: int, clerk: Visitor) -> None:
    text = page(clerk.get(f"/t/{ardic}/ledgers/templates"))
    for name in ("Logo", "Mikro", "Netsis", "Zirve", "Luca", "Fiş No"):
        assert name in text
    made = clerk.get(f"/t/{ardic}/ledgers/template", kind="csv")
    assert made.content.decode("utf-8-sig").startswith("Fiş No;Fiş Tarihi;")
    assert clerk.get(f"/t/{ardic}/ledgers/template", kind="xlsx").content[:2] == b"PK"
