"""Time stamps and evidence over HTTP: from openssl's authority, and from servers that do not do what they should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from levels_support import bes, signature_of
from seal_documents import document
from seal_pki import Misbehaviour, Served, misbehaving, serving
from ulak.seal.errors import SealError
from ulak.seal.levels import Form, LevelFailure, add_time_stamp, archive, check_levels, renew
from ulak.seal.levels.hook import level_check
from ulak.seal.sealing import seal
from ulak.seal.trust import Ask, HttpFetcher, Policy, Revocation, Trust, TrustStore
from ulak.seal.trust.stamping import HttpTimeStamper
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify

QUICK = Policy(online=True, connect_seconds=0.3, read_seconds=0.3, request_seconds=0.5, total_seconds=1)


class Elsewhere:
    """Asks one address, whatever is asked for."""

    def __init__(self, url: str) -> None:
        self._url, self._fetcher = url, HttpFetcher(QUICK)

    def fetch(self, ask: Ask, *, seconds: float) -> bytes:
        return self._fetcher.fetch(ask._replace(url=self._url), seconds=seconds)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving(stamps="openssl", at=datetime.now(UTC)) as found:
        yield found


def online(served: Served, revocation: Revocation) -> Trust:
    store = TrustStore(served.authority.roots, served.authority.intermediates)
    return Trust(store, Policy(online=True, revocation=revocation), clock=lambda: served.at)


@pytest.mark.parametrize("revocation", list(Revocation))
@pytest.mark.parametrize("form", list(Form))
def test_an_archive_is_made_and_renewed_with_what_the_network_gives(
    served: Served, revocation: Revocation, form: Form
) -> None:
    served.at = datetime.now(UTC)
    trust = online(served, revocation)
    stamper = HttpTimeStamper(served.tsa)
    sealed = seal(document("eArsivRaporu"), served.key("ardic"), at=served.at - timedelta(minutes=1))
    data = archive(sealed, stamper=stamper, trust=trust, at=served.at, form=form)
    again = renew(data, stamper=stamper, trust=trust, at=served.at)
    for made in (data, again):
        report = verify(made, trust=trust, at=served.at, levels=level_check(trust))
        assert report.indication is Indication.PASSED, report.reasons
        assert report.level == "A"
    found = check_levels(signature_of(data), trust=trust, at=served.at)
    assert any(found.evidence)
    assert bool(found.evidence.ocsp_responses) is (revocation is not Revocation.CRL_FIRST)


@pytest.mark.parametrize("how", ["hang", "slow", "500", "garbage", "huge", "redirect", "truncated", "refused"])
def test_an_authority_that_gives_no_time_stamp_leaves_nothing_behind(how: Misbehaviour) -> None:
    with misbehaving(how) as url, pytest.raises(SealError) as caught:
        add_time_stamp(bes(), HttpTimeStamper(url, seconds=0.3))
    assert caught.value.code.startswith("timestamp.")
    assert not caught.value.permanent
    assert all((*caught.value.text, *caught.value.repair))


def test_a_dead_revocation_service_leaves_nothing_behind(served: Served) -> None:
    store = TrustStore(served.authority.roots, served.authority.intermediates)
    with misbehaving("hang") as url:
        trust = Trust(store, QUICK, fetcher=Elsewhere(url), clock=lambda: served.at)
        with pytest.raises(LevelFailure) as caught:
            archive(bes(), stamper=HttpTimeStamper(served.tsa), trust=trust, at=served.at)
    assert caught.value.code == "timestamp.try-later"
    assert not caught.value.permanent
