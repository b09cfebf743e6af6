"""OpenSSL, which knows nothing of Ulak, takes what the test PKI issues, publishes and answers for what it is."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, KNOWN_TRUST, NOW, Served, TestKey, authority, key, serving, trust_folder
from ulak.seal.pki import cast

GOOD = [plan.short for plan in cast.GOOD]
AT = str(int(NOW.timestamp()))
ANY_TIME = str(2**31 - 1)
"""Seconds by which an answer's times may differ from the machine's clock."""


def openssl(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        ["openssl", *map(str, arguments)], input=stdin, capture_output=True, timeout=60, check=False, cwd=cwd
    )
    text = (ran.stdout.decode("utf-8", "replace"), ran.stderr.decode("utf-8", "replace"))
    return subprocess.CompletedProcess(ran.args, ran.returncode, *text)


def written(folder: Path, name: str, *pieces: bytes) -> Path:
    path = folder / name
    path.write_bytes(b"".join(pieces))
    return path


def judged(found: TestKey, trust: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What ``openssl verify`` says of a key's certificate with the roots and lists of a trust folder."""
    roots = written(folder, "roots.pem", *(path.read_bytes() for path in trust.glob("*root*.pem")))
    chain = written(folder, "chain.pem", *(each.x509.public_bytes(Encoding.PEM) for each in found.chain))
    lists: list[str | Path] = []
    for path in sorted(trust.glob("*.crl")):
        pem = openssl("crl", "-inform", "DER", "-in", path).stdout
        lists += ["-CRLfile", written(folder, f"{path.name}.pem", pem.encode())]
    leaf = written(folder, "leaf.pem", found.certificate.x509.public_bytes(Encoding.PEM))
    checks = ("-crl_check_all", "-auth_level", "2", "-x509_strict", "-attime", AT)
    return openssl("verify", "-CAfile", roots, "-untrusted", chain, *lists, *checks, leaf)


@pytest.mark.parametrize("short", GOOD)
def test_every_good_chain_is_verified_with_its_lists(short: str, tmp_path: Path) -> None:
    ran = judged(key(short), trust_folder(), tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("known", [KNOWN_KEY, KNOWN_EC_KEY], ids=["RSA", "EC"])
def test_the_known_chains_are_verified_with_their_lists(known: TestKey, tmp_path: Path) -> None:
    assert judged(known, KNOWN_TRUST, tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("short", "reason"),
    [
        ("expired", "certificate has expired"),
        ("not-yet-valid", "certificate is not yet valid"),
        ("revoked", "certificate revoked"),
        ("suspended", "certificate revoked"),
        ("weak-rsa1024", "EE certificate key too weak"),
        ("expired-issuer", "certificate has expired"),
        ("revoked-issuer", "certificate revoked"),
        ("issued-by-a-firm", "invalid CA certificate"),
        ("pretender", "signature failure"),
    ],
)
def test_every_wrong_chain_is_refused_for_its_reason(short: str, reason: str, tmp_path: Path) -> None:
    ran = judged(key(short), trust_folder(), tmp_path)
    assert ran.returncode != 0
    assert reason in ran.stderr


@pytest.mark.parametrize("short", list(authority().keys))
def test_every_key_file_opens_without_a_password(short: str) -> None:
    found = key(short)
    ran = openssl("pkcs12", "-in", found.p12, "-passin", "pass:", "-nodes")
    assert ran.returncode == 0, ran.stderr
    private = load_pem_private_key(ran.stdout[ran.stdout.index("-----BEGIN PRIVATE KEY") :].encode(), None)
    assert private.public_key() == found.certificate.x509.public_key()
    assert ran.stdout.count("BEGIN CERTIFICATE") == 1 + len(found.chain)
    assert f"friendlyName: {found.name}" in ran.stdout


@pytest.mark.parametrize("name", list(authority().issuers))
def test_every_list_is_signed_by_its_authority(name: str) -> None:
    trust = trust_folder()
    ran = openssl("crl", "-inform", "DER", "-in", trust / f"{name}.crl", "-CAfile", trust / f"{name}.pem", "-noout")
    assert "verify OK" in ran.stderr


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving(stamps="openssl", at=datetime.now(UTC)) as served:
        yield served


def moment(served: Served) -> str:
    return str(int(served.at.timestamp()))


class TestTheServices:
    @pytest.mark.parametrize("how", ["post", "get"])
    @pytest.mark.parametrize(
        ("short", "status"),
        [
            ("ardic", "good"),
            ("meltem", "good"),
            ("elif-kara", "good"),
            ("revoked", "revoked\n"),
            ("suspended", "certificateHold"),
        ],
    )
    def test_ocsp(self, served: Served, short: str, status: str, how: str, tmp_path: Path) -> None:
        found = served.key(short)
        leaf = written(tmp_path, "leaf.pem", found.certificate.x509.public_bytes(Encoding.PEM))
        trusted = self.trusted(served, tmp_path)
        issuer = served.folder / f"{served.authority.issuer_of(found.certificate).name}.pem"
        asked = ("ocsp", "-issuer", issuer, "-cert", leaf, "-CAfile", trusted, "-attime", moment(served))
        if how == "post":
            ran = openssl(*asked, "-url", f"{served.url}/ocsp", "-validity_period", ANY_TIME)
        else:
            response = self.got(served, tmp_path, leaf, issuer)
            ran = openssl(*asked, "-respin", response, "-no_nonce", "-validity_period", ANY_TIME)
        assert "Response verify OK" in ran.stderr
        assert "nonce" not in ran.stderr.lower()
        assert status in ran.stdout

    def test_ocsp_of_an_authority(self, served: Served, tmp_path: Path) -> None:
        root, issuer = served.folder / "test-root-rsa.pem", served.folder / "revoked-issuer-s0.pem"
        asked = ("ocsp", "-issuer", root, "-cert", issuer, "-CAfile", root, "-attime", moment(served))
        ran = openssl(*asked, "-url", f"{served.url}/ocsp", "-validity_period", ANY_TIME)
        assert "Response verify OK" in ran.stderr
        assert "cACompromise" in ran.stdout

    @pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
    @pytest.mark.parametrize("maker", ["openssl", "python"])
    def test_time_stamps(self, served: Served, digest: str, maker: str, tmp_path: Path) -> None:
        data = written(tmp_path, "data", b"what is stamped")
        query, response = tmp_path / "query.tsq", tmp_path / "response.tsr"
        openssl("ts", "-query", "-data", data, f"-{digest}", "-cert", "-out", query)
        if maker == "openssl":
            response.write_bytes(self.posted(f"{served.url}/tsa", query.read_bytes()))
        else:
            response.write_bytes(served.authority.stamp(query.read_bytes(), served.at))
        roots, middle = served.folder / "test-root-rsa.pem", served.folder / "zaman-damgasi-s1.pem"
        checked = ("-CAfile", roots, "-untrusted", middle)
        for against in (("-queryfile", query), ("-data", data)):
            ran = openssl("ts", "-verify", *against, "-in", response, *checked)
            assert "Verification: OK" in ran.stdout, ran.stderr

    @pytest.mark.parametrize(
        ("digest", "failure"), [("sha1", "unrecognized or unsupported algorithm"), ("md5", "unsupported algorithm")]
    )
    def test_weak_imprints_are_not_stamped(self, served: Served, digest: str, failure: str, tmp_path: Path) -> None:
        data, query = written(tmp_path, "data", b""), tmp_path / "query.tsq"
        openssl("ts", "-query", "-data", data, f"-{digest}", "-out", query)
        for response in (
            self.posted(f"{served.url}/tsa", query.read_bytes()),
            served.authority.stamp(query.read_bytes(), served.at),
        ):
            shown = openssl("ts", "-reply", "-in", written(tmp_path, "r", response), "-text").stdout
            assert "Status: Rejected." in shown
            assert failure in shown

    def test_what_is_no_request_is_not_stamped(self, served: Served, tmp_path: Path) -> None:
        response = written(tmp_path, "r", self.posted(f"{served.url}/tsa", b"garbage"))
        assert "the data submitted has the wrong format" in openssl("ts", "-reply", "-in", response, "-text").stdout

    @staticmethod
    def trusted(served: Served, folder: Path) -> Path:
        pieces = [path.read_bytes() for path in sorted(served.folder.glob("*.pem"))]
        return written(folder, "trusted.pem", *pieces)

    @staticmethod
    def posted(url: str, body: bytes) -> bytes:
        return httpx.post(url, content=body).content

    @staticmethod
    def got(served: Served, folder: Path, leaf: Path, issuer: Path) -> Path:
        """A response by GET, as RFC 6960, A.1 writes the request into the path."""
        request = folder / "request.der"
        openssl("ocsp", "-issuer", issuer, "-cert", leaf, "-no_nonce", "-reqout", request)
        path = quote(b64encode(request.read_bytes()).decode(), safe="")
        return written(folder, "response.der", httpx.get(f"{served.url}/ocsp/{path}").content)
