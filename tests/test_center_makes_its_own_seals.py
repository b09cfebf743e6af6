"""The center's own test PKI: made once, found again, completed where the portal user is missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from seal_pki import NOW, fresh_authority
from ulak.errors import UlakError
from ulak.seal.pki import folder
from ulak.seal.sealing import seal
from ulak.seal.verify import verify
from ulak_center.ends.drafts import INVOICES, Named, draft_of
from ulak_center.ends.portal import Portal
from ulak_center.problems import CenterError
from ulak_center.seals import PORTAL, PORTAL_PLAN, Seals

ETTN = "0ee78d7b-51d9-4a3f-8fc8-a6b2a0d9a3b4"


def _now() -> datetime:
    return NOW


def _sealed(seals: Seals) -> bytes:
    from ulak.envelope import Party

    assert seals.portal is not None
    portal, other = Party("", PORTAL.tax_id or "", PORTAL.name), Party("", "7359021640", "Meltem")
    document = draft_of(INVOICES[0], Named(ETTN, "PRT2026000000001"), portal, other, NOW)
    return seal(document, seals.portal, at=NOW)


def _holds(seals: Seals, document: bytes) -> bool:
    assert seals.trust is not None
    return verify(document, trust=seals.trust, at=NOW + timedelta(days=1)).passed


def test_it_is_made_where_nothing_is_and_found_again(tmp_path: Path) -> None:
    place = tmp_path / "a" / "pki"
    made = Seals.in_folder(place, _now)
    document = _sealed(made)
    again = Seals.in_folder(place, _now)
    assert _holds(made, document)
    assert _holds(again, document)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["pki"]


def test_a_portal_user_is_added_to_a_pki_that_has_none(tmp_path: Path) -> None:
    place = tmp_path / "pki"
    folder.write(fresh_authority(), place, NOW)
    seals = Seals.in_folder(place, _now)
    assert seals.portal is not None
    assert seals.portal.certificate.tax_id == PORTAL.tax_id
    assert _holds(seals, _sealed(seals))
    assert (place / f"portal-{PORTAL.tax_id}.p12").stat().st_mode & 0o077 == 0


def test_good_keys_are_found_by_their_names(tmp_path: Path) -> None:
    place = tmp_path / "pki"
    folder.write(fresh_authority(more=(PORTAL_PLAN,)), place, NOW)
    seals = Seals.in_folder(place, _now)
    numbers = {short: seals.key(short).certificate.tax_id for short in ("integrator", "ardic", "gtb", "gib")}
    assert numbers == {
        "integrator": "8642031054",
        "ardic": "4812530769",
        "gtb": "1460415308",
        "gib": "3900383669",
    }
    for short in ("expired", "revoked", "nobody", "../ardic"):
        with pytest.raises(CenterError) as caught:
            seals.key(short)
        assert caught.value.code == "center.no-key"


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UlakError) as caught:
        Seals.in_folder(tmp_path, _now)
    assert caught.value.code == "pki.folder-not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_without_a_folder_there_are_no_keys() -> None:
    with pytest.raises(CenterError):
        Seals().key("ardic")
    assert Portal.name == PORTAL.name
