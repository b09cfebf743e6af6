"""``ulak pki new`` makes all of a test PKI in a new folder, or says why not and leaves nothing."""

from __future__ import annotations

import re
import shutil
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from cli_support import called, ulak
from pki_folders import Capture, certificate, quickly_made
from seal_pki import NOW, authority
from ulak.seal.certificates import Certificate, certificates_in_pem
from ulak.seal.pki import cast, folder, profiles, wishes
from ulak.seal.pki.problems import PROBLEMS, PkiError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKI as the command makes it; nobody may change it."""
    place = tmp_path_factory.mktemp("pki") / "deneme-pki"
    more = ("--vkn", "1234567801:Çiğdem Ilıcalı A.Ş.", "--vkn", "9999999999", "--tckn", "12345678950")
    ran = ulak("pki", "new", place, *more, "--days", "90")
    assert (ran.code, ran.err) == (0, "")
    return place


def test_every_file_is_explained_in_both_languages(made: Path) -> None:
    turkish, english = (made / "README.txt").read_text("utf-8").split("TEST PKI - imitates")
    for path in made.iterdir():
        if path.name not in ("README.txt", "authority"):
            assert path.name in turkish
            assert path.name in english


def test_keys_are_named_after_their_owners(made: Path) -> None:
    for plan in (*cast.GOOD, *cast.WRONG, cast.PRETENDER):
        number = f"-{plan.owner.tax_id}" if plan.owner.tax_id else ""
        assert (made / f"{plan.short}{number}.p12").exists()


def test_more_owners_are_made_to_order(made: Path) -> None:
    named = certificate(made, "cigdem-ilicali-a-s-1234567801.p12")
    assert named.subject.rfc4514_string() == "CN=Çiğdem Ilıcalı A.Ş.,2.5.4.5=1234567801"
    assert (made / "deneme-firma-9999999999.p12").exists()
    assert (made / "deneme-kisi-12345678950.p12").exists()


def test_days_are_counted_from_now(made: Path) -> None:
    left = certificate(made, "ardic-4812530769.p12").not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=89) < left < timedelta(days=90)


@pytest.mark.parametrize("days", [1, 3650])
def test_keys_are_what_their_names_say_however_long_they_live(days: int) -> None:
    now = datetime.now(UTC)
    made = quickly_made(now, "http://x", life=timedelta(days=days))
    for short, held in made.keys.items():
        wanted = short not in ("expired", "not-yet-valid")
        assert held.certificate.is_valid_on(now) is wanted
        assert held.certificate.not_before < held.certificate.not_after


def test_roots_are_told_by_their_name(made: Path) -> None:
    for path in made.glob("*.pem"):
        (found,) = certificates_in_pem(path.read_bytes())
        assert found.is_self_issued is ("root" in path.name)


def test_lists_are_good_as_long_as_any_key_and_the_time_stamps_that_outlive_them(made: Path) -> None:
    last = folder.read(made).stamper.certificate.not_after
    assert last > max(certificate(made, path.name).not_valid_after_utc for path in made.glob("*.p12"))
    lists = [x509.load_der_x509_crl(path.read_bytes()) for path in made.glob("*.crl")]
    assert len(lists) == len(list(made.glob("*.pem")))
    assert {each.next_update_utc for each in lists} == {last}


def test_the_integrators_seal_is_listed(made: Path) -> None:
    rows = (made / "integrators.txt").read_text("utf-8").splitlines()
    numbers = [row for row in rows if row and not row.startswith("#")]
    assert numbers == ["8642031054"]
    assert (made / f"integrator-{numbers[0]}.p12").exists()


def test_private_keys_are_for_their_owner_alone(made: Path) -> None:
    assert stat.S_IMODE((made / "authority").stat().st_mode) == 0o700
    for path in (*made.glob("*.p12"), *made.glob("authority/*.key.pem"), made / folder.STATE):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_half_written_stays(made: Path) -> None:
    assert list(made.rglob(".*")) == []


def test_it_says_what_next(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
    place = tmp_path / ("long-" * 30)
    for language, words in (("tr", "kabul edilmemesi gereken"), ("en", "must not be accepted")):
        shutil.rmtree(place, ignore_errors=True)
        ran = called(capsys, "--lang", language, "pki", "new", place)
        assert words in ran.out
        assert f"\n  ulak verify imzali.xml --trust {place}\n" in ran.out


@pytest.mark.parametrize("url", ["http://pki.example", "https://pki.example:8443/test/", "http://10.0.0.1:80"])
def test_certificates_name_the_address(
    url: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
    assert called(capsys, "pki", "new", tmp_path / "p", "--url", url).code == 0
    issued = Certificate(b"", certificate(tmp_path / "p", "ardic-4812530769.p12"))
    assert issued.ocsp_urls == (f"{url.rstrip('/')}/ocsp",)


def test_an_empty_folder_will_do(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
    assert called(capsys, "pki", "new", tmp_path).code == 0


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "mine").write_text("precious")
    ran = called(capsys, "pki", "new", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "pki.folder-not-empty" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--vkn", "123"], "pki.bad-number"),
        (["--vkn", "12345678901"], "pki.bad-number"),
        (["--vkn", "١٢٣٤٥٦٧٨٩٠"], "pki.bad-number"),
        (["--vkn", ""], "pki.bad-number"),
        (["--tckn", "1234567890:Ali"], "pki.bad-number"),
        (["--tckn", "12345678950:" + "a" * 65], "pki.bad-name"),
        (["--vkn", "1234567801:a\nb"], "pki.bad-name"),
        (["--vkn", "4812530769:Ardıç"], "pki.twice"),
        (["--vkn", "1234567801", "--vkn", "1234567801"], "pki.twice"),
        (["--days", "0"], "pki.bad-days"),
        (["--days", "-5"], "pki.bad-days"),
        (["--days", "3651"], "pki.bad-days"),
        (["--days", "many"], "pki.bad-days"),
        (["--url", "ftp://x"], "pki.bad-address"),
        (["--url", "127.0.0.1:8770"], "pki.bad-address"),
        (["--url", "http://"], "pki.bad-address"),
        (["--url", "http://x:99999"], "pki.bad-address"),
        (["--url", "http://x/?q"], "pki.bad-address"),
        (["--url", "http://x y"], "pki.bad-address"),
        (["--url", "http://[::1"], "pki.bad-address"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value)[:40],
)
def test_wishes_that_mean_nothing_leave_no_folder(
    arguments: list[str], code: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
    ran = called(capsys, "pki", "new", tmp_path / "p", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"[{code}]" in " ".join(ran.err.split())
    assert not (tmp_path / "p").exists()


def test_a_file_is_no_folder(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").touch()
    assert "pki.not-a-folder" in called(capsys, "pki", "new", tmp_path / "file").err


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ulak.cli.pki.new_authority", quickly_made)
    ran = called(capsys, "pki", "new", tmp_path / "missing" / "p")
    assert ran.code == 2
    assert "pki.not-writable" in ran.err


def test_a_full_disk_is_an_error_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PkiError) as raised:
        folder.write(authority(), tmp_path / "p", NOW)
    assert raised.value.code == "pki.not-writable"
    assert not raised.value.permanent
    assert list((tmp_path / "p").glob(".*")) == []


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{10,11}:.{0,70}", fullmatch=True))
def test_any_wish_is_an_owner_with_a_plain_file_name_or_an_error(given_: str) -> None:
    for wish, digits in ((wishes.firm, 10), (wishes.person, 11)):
        if not re.match(rf"[0-9]{{{digits}}}(:|\Z)", given_):
            with pytest.raises(PkiError, match=r"pki\.bad-number"):
                wish(given_)
            continue
        with suppress(PkiError):
            plan = wish(given_)
            assert plan.owner.tax_id == given_[:digits]
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", plan.short)
            assert profiles.holder_name(plan.owner.name, plan.owner.tax_id)


@given(st.text(max_size=30))
def test_any_address_is_taken_or_refused(given_: str) -> None:
    for read in (wishes.url_of, wishes.address_of, wishes.life_of):
        with suppress(PkiError):
            read(given_)


def test_every_problem_is_said_in_both_languages() -> None:
    for code, problem in PROBLEMS.items():
        assert code.startswith("pki.")
        for text in (problem.text, problem.repair):
            assert text.tr
            assert text.en
            assert text.tr != text.en
            assert set(re.findall(r"{\w+}", text.tr)) == set(re.findall(r"{\w+}", text.en))
