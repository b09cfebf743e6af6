"""A trust folder says by its file names what is a root; nothing in it is trusted by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from seal_pki import NOW, authority, pki_folder, trust_folder
from trust_cases import Known, crl, new_ca
from ulak.seal.certificates import Certificate
from ulak.seal.trust import Trust, TrustFailure, TrustStore
from ulak.seal.verdicts import Indication

ROOT = new_ca("root")
ISSUER = ROOT.issue_ca("issuer")
LEAF = ISSUER.issue()


def pem(*given: Known | Certificate) -> bytes:
    certificates = [one.certificate if isinstance(one, Known) else one for one in given]
    return b"".join(one.x509.public_bytes(Encoding.PEM) for one in certificates)


def read(folder: Path, **files: bytes) -> TrustStore:
    for name, data in files.items():
        (folder / name.replace("__", "-").replace("_", ".")).write_bytes(data)
    return TrustStore.read(folder)


def refused(folder: Path, code: str, **files: bytes) -> TrustFailure:
    with pytest.raises(TrustFailure) as caught:
        read(folder, **files)
    assert caught.value.code == code
    assert caught.value.repair.tr
    assert caught.value.repair.en
    return caught.value


class TestAFolderHolds:
    def test_what_the_test_pki_writes(self) -> None:
        store = TrustStore.read(trust_folder())
        assert set(store.roots) == set(authority().roots)
        assert set(store.intermediates) == set(authority().intermediates)
        assert len(store.crls) == len(authority().issuers)
        assert store.integrators == {authority().integrator}

    def test_roots_in_files_that_say_so(self, tmp_path: Path) -> None:
        store = read(tmp_path, my__ROOT__ca_pem=pem(ROOT), issuer_pem=pem(ISSUER))
        assert (store.roots, store.intermediates) == ((ROOT.certificate,), (ISSUER.certificate,))

    def test_pem_and_der_under_all_usual_endings(self, tmp_path: Path) -> None:
        der = ISSUER.certificate.der
        store = read(tmp_path, root_crt=ROOT.certificate.der, a_cer=der, b_PEM=pem(LEAF))
        assert store.roots == (ROOT.certificate,)
        assert set(store.intermediates) == {ISSUER.certificate, LEAF.certificate}

    def test_no_root_that_another_issued_even_in_a_roots_file(self, tmp_path: Path) -> None:
        store = read(tmp_path, root__bundle_pem=pem(ROOT, ISSUER, LEAF))
        assert store.roots == (ROOT.certificate,)
        assert set(store.intermediates) == {ISSUER.certificate, LEAF.certificate}

    def test_whatever_is_pinned_as_it_is(self, tmp_path: Path) -> None:
        store = read(tmp_path, pinned__customer_pem=pem(LEAF))
        assert store.roots == (LEAF.certificate,)
        found = Trust(store, clock=lambda: NOW).judge(LEAF.certificate, at=NOW)
        assert found.indication is Indication.PASSED

    def test_revocation_lists_in_der_and_pem(self, tmp_path: Path) -> None:
        der = crl(ISSUER)
        as_pem = x509.load_der_x509_crl(crl(ROOT)).public_bytes(Encoding.PEM)
        store = read(tmp_path, root_pem=pem(ROOT), issuer_pem=pem(ISSUER), a_crl=der, b_crl=as_pem)
        assert set(store.crls) == {der, x509.load_pem_x509_crl(as_pem).public_bytes(Encoding.DER)}
        assert Trust(store, clock=lambda: NOW).judge(LEAF.certificate, at=NOW).indication is Indication.PASSED

    def test_integrators_one_a_line_with_remarks(self, tmp_path: Path) -> None:
        lines = "# Kabul edilen entegratörler\n8642031054  # Deneme\n\n 4812530769\r\n".encode()
        store = read(tmp_path, root_pem=pem(ROOT), integrators_txt=b"\xef\xbb\xbf" + lines)
        assert store.integrators == {"8642031054", "4812530769"}

    def test_nothing_of_its_subfolders_and_of_other_files(self, tmp_path: Path) -> None:
        (tmp_path / "authority").mkdir()
        (tmp_path / "authority" / "other-root.pem").write_bytes(pem(new_ca("other")))
        (tmp_path / "README.txt").write_text("root", encoding="utf-8")
        (tmp_path / "root.p12").write_bytes(b"key")
        assert read(tmp_path, root_pem=pem(ROOT)).roots == (ROOT.certificate,)


class TestAFolderIsRefused:
    def test_that_is_not_there(self, tmp_path: Path) -> None:
        assert str(tmp_path / "away") in refused(tmp_path / "away", "trust.folder-missing").text.tr

    def test_without_a_root(self, tmp_path: Path) -> None:
        refused(tmp_path, "trust.folder-without-root")
        refused(tmp_path, "trust.folder-without-root", issuer_pem=pem(ISSUER), root__like_pem=pem(ISSUER))

    def test_with_a_broken_certificate(self, tmp_path: Path) -> None:
        error = refused(tmp_path, "trust.file-broken", root_pem=pem(ROOT), bad_pem=b"-----BEGIN CERTIFICATE-----\nAA")
        assert "bad.pem" in error.text.en
        assert "Text(" not in error.text.tr

    @pytest.mark.parametrize("data", [b"", b"not a certificate", b"\x30\x82"])
    def test_with_a_file_that_is_no_certificate(self, tmp_path: Path, data: bytes) -> None:
        refused(tmp_path, "trust.file-broken", root_pem=pem(ROOT), bad_crt=data)

    @pytest.mark.parametrize("data", [b"", b"not a list", b"-----BEGIN X509 CRL-----\n"])
    def test_with_a_broken_list(self, tmp_path: Path, data: bytes) -> None:
        assert "bad.crl" in refused(tmp_path, "trust.file-broken", root_pem=pem(ROOT), bad_crl=data).text.tr

    def test_with_an_integrator_that_has_no_vkn(self, tmp_path: Path) -> None:
        error = refused(
            tmp_path, "trust.integrator-broken", root_pem=pem(ROOT), integrators_txt=b"# x\n1234567890\n12345\n"
        )
        assert "3" in error.text.en
        assert "12345" in error.text.en

    def test_with_a_huge_file(self, tmp_path: Path) -> None:
        with (tmp_path / "big.crl").open("wb") as file:
            file.truncate(65 * 1024 * 1024)
        assert "big.crl" in refused(tmp_path, "trust.file-too-large", root_pem=pem(ROOT)).text.tr

    def test_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def denied(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(path))

        (tmp_path / "root.pem").write_bytes(pem(ROOT))
        # The tests may run as root, whom no file's mode keeps out.
        monkeypatch.setattr(Path, "read_bytes", denied)
        assert "root.pem" in refused(tmp_path, "trust.folder-unreadable").text.tr

    def test_with_a_link_into_nowhere_is_not_the_case(self, tmp_path: Path) -> None:
        (tmp_path / "gone.pem").symlink_to(tmp_path / "nowhere.pem")
        assert read(tmp_path, root_pem=pem(ROOT)).roots == (ROOT.certificate,)


def test_two_folders_are_never_mixed() -> None:
    leaf = authority().keys["ardic"].certificate
    only_mine = Trust(TrustStore((ROOT.certificate,)), clock=lambda: NOW)
    assert only_mine.judge(leaf, at=NOW).indication is not Indication.PASSED
    theirs = Trust(TrustStore.read(pki_folder()), clock=lambda: NOW)
    assert theirs.judge(leaf, at=NOW).indication is Indication.PASSED
