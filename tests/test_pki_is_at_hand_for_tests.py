"""What `seal_pki` gives to other tests is what it says: keys that sign, folders, servers good and bad."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, Misbehaviour, TestKey, key, misbehaving, serving, trust_folder
from ulak.seal.certificates import certificates_in_pem
from ulak.seal.keys.port import SealingKey

SHORT = httpx.Timeout(2, read=0.2)


@pytest.mark.parametrize("found", [key("ardic"), key("meltem"), KNOWN_KEY, KNOWN_EC_KEY], ids=lambda found: found.name)
def test_a_key_signs_as_a_sealing_key_does(found: TestKey) -> None:
    sealing: SealingKey = found
    digest = sealing.algorithm.digest.of(b"content")
    signature, public = sealing.sign(digest), sealing.certificate.public_key
    hashed = Prehashed(sealing.algorithm.digest.hash)
    if isinstance(public, rsa.RSAPublicKey):
        public.verify(signature, digest, padding.PKCS1v15(), hashed)
    else:
        r, s = (int.from_bytes(half, "big") for half in (signature[:48], signature[48:]))
        public.verify(encode_dss_signature(r, s), digest, ec.ECDSA(hashed))
    assert sealing.sign(digest) == signature
    sealing.close()


def test_a_key_has_its_files() -> None:
    found = key("meltem")
    assert certificates_in_pem(found.certificate_pem.read_bytes()) == (found.certificate, *found.chain, found.root)
    assert found.p12.parent == trust_folder()
    assert b"PRIVATE KEY" in found.pem.read_bytes()


def test_another_process_has_the_same_keys(tmp_path: Path) -> None:
    program = "from seal_pki import key; print(key('ardic').certificate.fingerprint)"
    folder = str(Path(__file__).parent)
    ran = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == key("ardic").certificate.fingerprint


def test_served_keys_differ_from_the_shared_ones_in_their_addresses() -> None:
    with serving() as served:
        found = served.key("ardic")
        assert found.certificate != key("ardic").certificate
        assert found.certificate.crl_urls[0].startswith(served.url)
        assert found.p12.parent == served.folder


@pytest.mark.parametrize(
    ("how", "raised"),
    [
        ("hang", httpx.ReadTimeout),
        ("truncated", httpx.RemoteProtocolError),
        ("refused", httpx.ConnectError),
    ],
)
def test_some_servers_fail_the_request(how: Misbehaviour, raised: type[Exception]) -> None:
    with misbehaving(how) as url, pytest.raises(raised):
        httpx.get(url, timeout=SHORT)


def test_a_slow_server_never_comes_to_an_end() -> None:
    with misbehaving("slow") as url, httpx.stream("GET", url, timeout=SHORT) as response:
        pieces = response.iter_raw()
        assert [next(pieces) for _ in range(3)] == [b"."] * 3


def test_a_huge_answer_has_no_end() -> None:
    with misbehaving("huge") as url, httpx.stream("GET", url) as response:
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > 5_000_000:
                break
    assert size > 5_000_000


def test_others_answer_badly() -> None:
    with misbehaving("500") as url:
        assert httpx.post(url, content=bytes(100_000)).status_code == 500
    with misbehaving("garbage") as url:
        assert httpx.get(url).status_code == 200
    with misbehaving("redirect") as url:
        assert httpx.get(url).headers["Location"] == url
    with misbehaving("redirect", target="file:///etc/passwd") as url:
        assert httpx.get(url).headers["Location"] == "file:///etc/passwd"
