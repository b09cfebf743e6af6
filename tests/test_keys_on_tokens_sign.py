"""Keys on PKCS#11 tokens are found by their address, log in once, and sign what openssl verifies."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pkcs11 import PKCS11Error, TokenFlag

from keys_softhsm import MODULE, PIN, SoftHsm, make_softhsm, needs_softhsm
from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, TestKey, key
from ulak.seal.errors import SealError
from ulak.seal.keys.health import probe
from ulak.seal.keys.inventory import stores_at
from ulak.seal.keys.login import TokenRef, forget_refused_pins, refuse_risky_login
from ulak.seal.keys.module import module_at
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.secrets import Kind, Secret, Wanted, no_secret
from ulak.seal.values import der_of_plain

pytestmark = needs_softhsm
DIGEST = hashlib.sha256(b"document").digest()


class Hsm(NamedTuple):
    """Two tokens: ``ardic`` holds an RSA key with its chain, ``two`` an EC key and an RSA key without a certificate."""

    hsm: SoftHsm
    serials: dict[str, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hsm:
    hsm = make_softhsm(tmp_path_factory.mktemp("hsm"))
    serials = {label: hsm.make_token(label) for label in ("ardic", "two")}
    ardic, ec = key("ardic"), key("ardic-ec")
    hsm.add_key("ardic", ardic.private_key)
    issuers = [one.x509 for one in (*ardic.chain, ardic.root)]
    hsm.add_certificates("ardic", ardic.certificate.x509, *issuers)
    hsm.add_key("two", ec.private_key, label="ec", id_="E1")
    hsm.add_certificates("two", ec.certificate.x509, label="ec", id_="E1")
    hsm.add_key("two", KNOWN_KEY.private_key, label="bare", id_="B1", public=False)
    hsm.add_key("two", KNOWN_KEY.private_key, label="mixed", id_="B2")
    hsm.add_certificates("two", ardic.certificate.x509, label="mixed", id_="B2")
    hsm.add_key("two", ec.private_key, label="mixed ec", id_="E2")
    hsm.add_certificates("two", KNOWN_EC_KEY.certificate.x509, label="mixed ec", id_="E2")
    hsm.add_key("two", ec.private_key, label="hidden", id_="E3", public=False)
    return Hsm(hsm, serials)


@pytest.fixture
def tokens(made: Hsm) -> Iterator[Hsm]:
    forget_refused_pins()
    with made.hsm.in_this_process():
        yield made


def pin(wanted: Wanted) -> Secret:
    assert wanted.kind is Kind.PIN
    return Secret(PIN)


def opened(tokens: Hsm, token: str = "ardic", **more: str) -> SealingKey:
    return open_key(tokens.hsm.uri(token, **more), secret=pin)


def fails(code: str, address: str, pin_: str | None = PIN, certificate: Path | None = None) -> SealError:
    with pytest.raises(SealError) as caught:
        open_key(address, secret=lambda wanted: None if pin_ is None else Secret(pin_), certificate=certificate)
    assert caught.value.code == code, caught.value
    return caught.value


@pytest.mark.parametrize(("token", "more", "owner"), [("ardic", {}, "ardic"), ("two", {"object": "ec"}, "ardic-ec")])
def test_openssl_verifies_what_a_token_signed(
    tokens: Hsm, tmp_path: Path, token: str, more: dict[str, str], owner: str
) -> None:
    signer, held = opened(tokens, token, **more), key(owner)
    digest = held.algorithm.digest.of(b"document")
    signature = signer.sign(digest)
    public = held.certificate.public_key
    if not isinstance(public, rsa.RSAPublicKey):
        signature = der_of_plain(signature, public.curve)
    (tmp_path / "digest").write_bytes(digest)
    (tmp_path / "signature").write_bytes(signature)
    command = f"openssl pkeyutl -verify -certin -inkey {held.certificate_pem} -in digest -sigfile signature"
    digest_name = held.algorithm.digest.name.lower()
    ran = subprocess.run(
        [*command.split(), "-pkeyopt", f"digest:{digest_name}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    signer.close()


def test_certificate_and_chain_come_from_the_token(tokens: Hsm) -> None:
    signer, ardic = opened(tokens), key("ardic")
    assert signer.certificate == ardic.certificate
    assert signer.chain == (*ardic.chain, ardic.root)
    assert "ardic" in signer.name
    signer.close()


def test_a_token_is_found_by_any_of_its_marks(tokens: Hsm) -> None:
    serial = tokens.serials["ardic"]
    for address in (
        f"pkcs11:serial={serial}?module-path={MODULE}",
        f"pkcs11:token=ardic;serial={serial};model=SoftHSM%20v2;manufacturer=SoftHSM%20project?module-path={MODULE}",
        f"pkcs11:token=ardic;id=%A1?module-path={MODULE}",
        f"pkcs11:token=ardic;object=seal;type=private?module-path={MODULE}",
    ):
        signer = open_key(address, secret=pin)
        assert signer.sign(DIGEST)
        signer.close()


def test_the_module_may_be_given_beside_the_address(tokens: Hsm) -> None:
    signer = open_key("pkcs11:token=ardic", secret=pin, module=MODULE)
    assert signer.sign(DIGEST)
    signer.close()


def test_what_fits_nothing_or_too_much_says_what_there_is(tokens: Hsm) -> None:
    hsm = tokens.hsm
    error = fails("key.token-not-found", hsm.uri("three"))
    assert tokens.serials["ardic"] in error.text.tr
    assert not error.permanent
    assert "ardic" in fails("key.token-ambiguous", f"pkcs11:?module-path={MODULE}").text.en
    assert "id=a1" in fails("key.object-not-found", hsm.uri("ardic", object="none")).text.en
    assert "object=bare" in fails("key.object-ambiguous", hsm.uri("two")).text.en


def test_a_module_must_be_one(tmp_path: Path) -> None:
    text = tmp_path / "module.so"
    text.write_text("no module")
    for path in (text, tmp_path / "none.so", tmp_path):
        fails("key.module-not-loadable", f"pkcs11:token=a?module-path={path}")


def test_a_key_needs_its_certificate(tokens: Hsm, tmp_path: Path) -> None:
    hsm, meltem = tokens.hsm, KNOWN_KEY
    fails("key.certificate-missing", hsm.uri("two", object="bare"))
    fails("key.mismatch", hsm.uri("two", object="mixed", id="%B2"))
    fails("key.mismatch", hsm.uri("two", object="mixed%20ec"))
    fails("key.mismatch", hsm.uri("two", object="bare"), certificate=key("ardic").certificate_pem)
    fails("key.mismatch", hsm.uri("two", object="bare"), certificate=key("ardic-ec").certificate_pem)
    signer = open_key(hsm.uri("two", object="bare"), secret=pin, certificate=meltem.certificate_pem)
    assert (signer.certificate, signer.chain) == (meltem.certificate, (*meltem.chain, meltem.root))
    assert signer.sign(DIGEST)
    signer.close()


def test_a_token_that_signs_with_another_key_gives_no_seal(tokens: Hsm) -> None:
    """Without its public key the token does not tell that the certificate is another's."""
    other = open_key(tokens.hsm.uri("two", object="hidden"), secret=pin, certificate=KNOWN_EC_KEY.certificate_pem)
    with pytest.raises(KeyFailure) as caught:
        other.sign(KNOWN_EC_KEY.algorithm.digest.of(b"document"))
    assert caught.value.code == "key.wrong-signature"
    other.close()


def test_a_pin_must_be_given(tokens: Hsm) -> None:
    fails("key.pin-missing", tokens.hsm.uri("ardic"), None)


def test_a_wrong_pin_is_tried_once(tokens: Hsm, monkeypatch: pytest.MonkeyPatch) -> None:
    from ulak.seal.keys import login

    tried: list[str] = []
    refused = login._pin_code

    def noted(error: PKCS11Error) -> str:
        tried.append("try")
        return refused(error)

    monkeypatch.setattr(login, "_pin_code", noted)
    for _ in range(3):
        assert fails("key.pin-wrong", tokens.hsm.uri("ardic"), "999999").permanent
    assert tried == ["try"]
    fails("key.pin-wrong", tokens.hsm.uri("ardic"), "888888")
    assert tried == ["try"] * 2
    forget_refused_pins()
    fails("key.pin-wrong", tokens.hsm.uri("ardic"), "999999")
    assert tried == ["try"] * 3
    signer = opened(tokens)
    assert signer.sign(DIGEST)
    signer.close()


def test_who_does_not_know_the_pin_cannot_use_another_s_login(tokens: Hsm) -> None:
    signer = opened(tokens)
    fails("key.pin-wrong", tokens.hsm.uri("ardic"), "999999")
    fails("key.pin-missing", tokens.hsm.uri("ardic"), None)
    assert signer.sign(DIGEST)
    signer.close()


def test_a_token_at_its_last_try_is_left_alone() -> None:
    ref = TokenRef(b"1", "card")
    for flags, code in (
        (TokenFlag.USER_PIN_FINAL_TRY, "key.pin-last-try"),
        (TokenFlag.USER_PIN_LOCKED | TokenFlag.USER_PIN_FINAL_TRY, "key.pin-locked"),
    ):
        with pytest.raises(KeyFailure) as caught:
            refuse_risky_login(TokenFlag.LOGIN_REQUIRED | flags, ref)
        assert caught.value.code == code
    refuse_risky_login(TokenFlag.LOGIN_REQUIRED | TokenFlag.USER_PIN_COUNT_LOW, ref)


def test_the_address_may_say_where_the_pin_is(tokens: Hsm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pin"
    file.write_text(f"{PIN}\n")
    file.chmod(0o600)
    monkeypatch.setenv("TOKEN_PIN", PIN)
    for place in (f"file:{file}", "env:TOKEN_PIN"):
        signer = open_key(f"{tokens.hsm.uri('ardic')}&pin-source={place}", secret=no_secret)
        assert signer.sign(DIGEST)
        signer.close()
    fails("key.secret-missing", f"{tokens.hsm.uri('ardic')}&pin-source=env:NO_SUCH_PIN")
    file.chmod(0o644)
    fails("key.secret-exposed", f"{tokens.hsm.uri('ardic')}&pin-source=file:{file}")


def test_keys_of_one_token_share_a_session_until_the_last_is_closed(tokens: Hsm) -> None:
    module = module_at(MODULE)
    one, two = (
        opened(tokens, "two", object="ec"),
        open_key(tokens.hsm.uri("two", object="bare"), secret=pin, certificate=KNOWN_KEY.certificate_pem),
    )
    assert len(module._sessions) == 1
    one.close()
    assert two.sign(DIGEST)
    two.close()
    assert not module.is_used
    with pytest.raises(KeyFailure) as caught:
        two.sign(DIGEST)
    assert caught.value.code == "key.closed"


def test_many_keys_over_many_tokens_sign_in_turn(tokens: Hsm) -> None:
    keys = [opened(tokens), opened(tokens, "two", object="ec"), opened(tokens)]
    for _ in range(3):
        for each in keys:
            assert each.sign(each.algorithm.digest.of(b"x"))
    for each in keys:
        each.close()


def test_a_failed_opening_leaves_no_session(tokens: Hsm) -> None:
    fails("key.object-not-found", tokens.hsm.uri("ardic", object="none"))
    fails("key.certificate-missing", tokens.hsm.uri("two", object="bare"))
    assert not module_at(MODULE).is_used


def test_threads_take_turns(tokens: Hsm) -> None:
    from concurrent.futures import ThreadPoolExecutor

    keys: list[SealingKey] = [opened(tokens), opened(tokens, "two", object="ec")]

    def sign(at: int) -> bytes:
        each = keys[at % 2]
        return each.sign(each.algorithm.digest.of(bytes(at)))

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(sign, range(100)))) == 100
    for each in keys:
        each.close()


def test_a_probe_really_signs(tokens: Hsm) -> None:
    good = probe(lambda: opened(tokens), 3)
    assert good.works
    assert len(good.seconds) == 3
    assert good.key is not None
    good.key.close()
    bad = probe(lambda: opened(tokens, "two", object="mixed", id="%B2"))
    assert not bad.works
    assert bad.error is not None
    assert bad.error.code == "key.mismatch"


def test_everything_on_a_module_is_listed_without_a_pin(tokens: Hsm) -> None:
    def refuse(wanted: Wanted) -> Secret | None:
        raise AssertionError("a PIN is not to be tried on several tokens")

    stores = {store.facts["serial"]: store for store in stores_at(f"pkcs11:?module-path={MODULE}", refuse)}
    assert set(stores) == set(tokens.serials.values())
    ardic = stores[tokens.serials["ardic"]]
    assert not ardic.is_open
    assert [held.certificate for held in ardic.keys] == [key("ardic").certificate]


def test_a_token_is_listed_with_addresses_that_open_its_keys(tokens: Hsm) -> None:
    (store,) = stores_at(tokens.hsm.uri("two"), pin)
    held = {one.label: one for one in store.keys}
    assert store.is_open
    assert {label: one.kind for label, one in held.items()} == {
        "ec": "EC secp384r1",
        "bare": "RSA 2048",
        "mixed": "RSA 2048",
        "mixed ec": "EC secp384r1",
        "hidden": "EC secp384r1",
    }
    assert held["bare"].certificate is None
    signer = open_key(held["ec"].address, secret=pin)
    assert signer.certificate == held["ec"].certificate
    signer.close()
    assert not module_at(MODULE).is_used
    assert [one.label for one in stores_at(tokens.hsm.uri("two", object="ec"), pin)[0].keys] == ["ec"]
    assert [one.label for one in stores_at(tokens.hsm.uri("two", object="ec"))[0].keys] == ["ec"]


def test_a_larger_key_signs_as_well(tmp_path: Path) -> None:
    larger: TestKey = key("ardic")
    private = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    hsm = make_softhsm(tmp_path)
    hsm.make_token("large")
    hsm.add_key("large", private)
    certificate = self_signed(private, larger)
    (tmp_path / "c.der").write_bytes(certificate)
    with hsm.in_this_process():
        signer = open_key(hsm.uri("large"), secret=pin, certificate=tmp_path / "c.der")
        assert len(signer.sign(DIGEST)) == 384
        signer.close()


def self_signed(private: rsa.RSAPrivateKey, like: TestKey) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    builder = x509.CertificateBuilder().subject_name(like.certificate.x509.subject)
    builder = builder.issuer_name(like.certificate.x509.subject).public_key(private.public_key()).serial_number(7)
    builder = builder.not_valid_before(like.certificate.not_before).not_valid_after(like.certificate.not_after)
    return builder.sign(private, SHA256()).public_bytes(Encoding.DER)
