"""An address names one key or is refused with the part that is wrong; no secret fits into it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulak.seal.errors import SealError
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.uri import TokenUri, parse_uri, uri_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
PATHS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/"), min_size=1, max_size=12)


@given(
    st.builds(
        TokenUri,
        token=st.none() | TEXT,
        serial=st.none() | TEXT,
        manufacturer=st.none() | TEXT,
        model=st.none() | TEXT,
        slot_id=st.none() | st.integers(0, 2**63 - 1),
        object=st.none() | TEXT,
        id=st.none() | st.binary(min_size=1, max_size=20),
        module_path=st.none() | PATHS.map(lambda name: Path("/lib") / name),
        pin_source=st.none() | PATHS.map(lambda name: f"file:/{name}") | PATHS.map(lambda name: f"env:{name}"),
    )
)
def test_every_uri_that_is_written_is_read_as_the_same(uri: TokenUri) -> None:
    assert parse_uri(uri_of(uri)) == uri


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(rest: str) -> None:
    with suppress(KeyFailure):
        assert isinstance(parse_uri(f"pkcs11:{rest}"), TokenUri)


def test_the_uris_of_the_standard_are_read() -> None:
    """RFC 7512, section 3."""
    uri = parse_uri("pkcs11:object=my-pubkey;type=private;id=%69%95%3E%5C%F4%BD%EC%91")
    assert (uri.object, uri.id) == ("my-pubkey", bytes.fromhex("69953e5cf4bdec91"))
    uri = parse_uri("pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model=1.0")
    assert (uri.token, uri.manufacturer) == ("The Software PKCS#11 Softtoken", "Snake Oil, Inc.")
    uri = parse_uri("pkcs11:object=my-sign-key;type=private?pin-source=file:/etc/token")
    assert uri.pin_source == "file:/etc/token"
    assert parse_uri("pkcs11:?pin-source=file:///etc/token").pin_source == "file:/etc/token"
    assert parse_uri("pkcs11:?pin-source=/etc/token").pin_source == "file:/etc/token"
    assert parse_uri("pkcs11:") == TokenUri()


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("pkcs11:tokn=a", "tokn"),
        ("pkcs11:token=a;token=b", "token"),
        ("pkcs11:token=%G1", "token"),
        ("pkcs11:token=%FF", "token"),
        ("pkcs11:slot-id=one", "slot-id"),
        ("pkcs11:slot-id=-1", "slot-id"),
        ("pkcs11:slot-id=٣", "slot-id"),
        ("pkcs11:type=public", "type"),
        ("pkcs11:?module-path=lib.so", "module-path"),
        ("pkcs11:?module-path=/a%00b", "module-path"),
        ("pkcs11:?module-name=softhsm2", "module-name"),
        ("pkcs11:?pin-source=|cat", "pin-source"),
        ("pkcs11:?pin-source=file:pin", "pin-source"),
        ("pkcs11:?pin-source=env:", "pin-source"),
        ("pkcs11:?token=a", "token"),
    ],
)
def test_a_part_that_means_nothing_is_named(address: str, part: str) -> None:
    with pytest.raises(KeyFailure) as caught:
        open_key(address)
    assert caught.value.code == "key.address-part"
    assert part in caught.value.text.tr


@pytest.mark.parametrize(
    "address",
    [
        "pkcs11:token=a?pin-value=1234gizli",
        "pkcs11:pin-value=1234gizli",
        "https://user:1234gizli@host#key",
        "https://1234gizli@host#key",
        "https://host?token=1234gizli#key",
    ],
)
def test_a_secret_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(KeyFailure) as caught:
        open_key(address)
    assert caught.value.code == "key.secret-in-address"
    assert "gizli" not in str(caught.value) + caught.value.text.tr + caught.value.repair.tr


@pytest.mark.parametrize(
    "address",
    [
        "",
        "key",
        "pkcs12:",
        "/tmp/key.p12",
        "PKCS11:token=a",
        "http://host#key",
        "https://host",
        "https://#key",
        "https://host:99999#key",
        "https://[#key",
        "https://ho st#key",
        "file:/key.p12",
        "pkcs11:token=" + "a" * 5000,
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SealError) as caught:
        open_key(address)
    assert caught.value.code == "key.address"


def test_other_schemes_do_not_repeat_what_may_be_a_secret() -> None:
    for address in ("PKCS11:token=a?pin-value=gizli", "ftp://user:gizli@host"):
        with pytest.raises(SealError) as caught:
            open_key(address)
        assert "gizli" not in str(caught.value)


def test_an_address_without_a_module_says_where_to_name_one() -> None:
    with pytest.raises(KeyFailure) as caught:
        open_key("pkcs11:token=a")
    assert caught.value.code == "key.module-missing"
    assert "ULAK_PKCS11_MODULE" in caught.value.repair.tr
