"""The forecast says in time what ends, the issuers too; the probe says whether a key works and how fast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seal_pki import NOW, TestKey, key
from ulak.seal.certificates import Certificate
from ulak.seal.keys.forecast import Forecast, Level, Thresholds, forecast, in_order
from ulak.seal.keys.health import probe
from ulak.seal.keys.pkcs12 import FileKey
from ulak.seal.keys.problems import failure

DAY = timedelta(days=1)
ARDIC = key("ardic")


def seen(now: datetime, owner: TestKey = ARDIC, thresholds: Thresholds = Thresholds()) -> Forecast:  # noqa: B008
    return forecast(owner.name, (owner.certificate, *owner.chain, owner.root), now, thresholds)


@pytest.mark.parametrize(
    ("left", "level", "days"),
    [
        (timedelta(days=60), Level.OK, 60),
        (timedelta(days=60) - timedelta(seconds=1), Level.SOON, 59),
        (timedelta(days=15), Level.SOON, 15),
        (timedelta(days=15) - timedelta(seconds=1), Level.URGENT, 14),
        (timedelta(0), Level.URGENT, 0),
        (timedelta(seconds=-1), Level.EXPIRED, -1),
        (timedelta(days=-2), Level.EXPIRED, -2),
    ],
)
def test_levels_change_on_the_day(left: timedelta, level: Level, days: int) -> None:
    own = seen(ARDIC.certificate.not_after - left).endings[0]
    assert (own.level, own.days, own.is_issuer) == (level, days, False)


def test_a_certificate_before_its_first_day_does_not_seal_yet() -> None:
    assert seen(ARDIC.certificate.not_before - timedelta(seconds=1)).endings[0].level is Level.NOT_YET
    assert seen(NOW, key("not-yet-valid")).level is Level.NOT_YET
    assert seen(NOW, key("expired")).level is Level.EXPIRED


def test_an_issuer_that_ends_first_is_what_counts() -> None:
    found = seen(NOW, key("expired-issuer"))
    assert found.level is Level.EXPIRED
    assert found.first.is_issuer
    assert found.endings[0].level is not Level.EXPIRED


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_the_worst_of_the_chain_is_the_keys_level(now: datetime, soon: int, urgent: int) -> None:
    found = seen(now, thresholds=Thresholds(soon, urgent))
    order = list(Level)
    assert found.level == max((ending.level for ending in found.endings), key=order.index)
    assert all((ending.days < 0) == (ending.certificate.not_after < now) for ending in found.endings)
    usable = all(ending.certificate.is_valid_on(now) for ending in found.endings)
    assert usable == (found.level in (Level.OK, Level.SOON, Level.URGENT))


def test_what_ends_first_comes_first() -> None:
    keys = [seen(NOW, key(name)) for name in ("ardic", "expired", "meltem")]
    assert in_order(keys)[0].name == key("expired").name


def file_key(owner: TestKey = ARDIC, certificate: Certificate | None = None) -> FileKey:
    return FileKey(owner.name, owner.private_key, certificate or owner.certificate, owner.chain)


def test_a_probe_signs_something_new_each_time_and_takes_its_time() -> None:
    ticks, asked = iter(range(100)), []

    def random(size: int) -> bytes:
        asked.append(size)
        return bytes([len(asked)]) * size

    found = probe(file_key, 3, clock=lambda: float(next(ticks)), random=random)
    assert found.works
    assert found.seconds == (1.0, 1.0, 1.0)
    assert asked == [32] * 3


def test_a_probe_tells_what_failed_and_what_went_well_before() -> None:
    class Failing(FileKey):
        left = 2

        def sign(self, digest: bytes) -> bytes:
            self.left -= 1
            if self.left < 0:
                raise failure("key.token-removed", token="card", detail="DeviceRemoved")
            return super().sign(digest)

    found = probe(lambda: Failing("card", ARDIC.private_key, ARDIC.certificate, ()), 5)
    assert (found.works, len(found.seconds)) == (False, 2)
    assert found.error is not None
    assert found.error.code == "key.token-removed"


def test_a_probe_believes_no_key_that_says_it_signed() -> None:
    class Lying(FileKey):
        def sign(self, digest: bytes) -> bytes:
            return bytes(256)

    found = probe(lambda: Lying("liar", ARDIC.private_key, ARDIC.certificate, ()))
    assert found.error is not None
    assert found.error.code == "key.wrong-signature"


def test_a_key_that_does_not_open_is_no_key() -> None:
    def refuse() -> FileKey:
        raise failure("key.file-missing", path="k.p12")

    found = probe(refuse)
    assert (found.key, found.works, found.seconds) == (None, False, ())
