"""XAdES-A: a seal with all that is needed to judge it when its certificates have long ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from levels_judges import SCHEMAS, judged_by_openssl, octets_by_xmlsec, schema_errors, seal_holds
from levels_support import YEAR, ClockStamper, archived, bes, pem, signature_of, store_of, trust_of
from seal_documents import KINDS, document
from seal_pki import NOW, authority, fresh_authority, key, key_of
from support import REFERENCE, needs_reference
from ulak.rules import check
from ulak.seal.algorithms import Digest
from ulak.seal.certificates import certificate_of
from ulak.seal.counter import counter_seal
from ulak.seal.levels import Form, Kind, LevelFailure, add_time_stamp, archive, check_levels, renew
from ulak.seal.levels.hook import level_check
from ulak.seal.levels.parts import Parts
from ulak.seal.levels.values import decoded
from ulak.seal.names import ds, xades
from ulak.seal.sealing import seal
from ulak.seal.trust import TrustStore
from ulak.seal.verdicts import Indication, SubIndication
from ulak.seal.verify import SealReport, verify

OF_2018 = (
    "SignatureTimeStamp",
    "TimeStampValidationData",
    "CompleteCertificateRefs",
    "CompleteRevocationRefs",
    "SigAndRefsTimeStamp",
    "CertificateValues",
    "RevocationValues",
    "ArchiveTimeStamp",
)
"""The properties of a report that was signed in 2018, in its order."""
ADDED = re.compile(rb"<xades:UnsignedProperties.*</xades:UnsignedProperties>", re.DOTALL)


def names(data: bytes) -> list[str]:
    return [etree.QName(each).localname for each in Parts.of(signature_of(data)).properties]


def verified(data: bytes, at: datetime, store: TrustStore | None = None, *, stamps: bool = True) -> SealReport:
    trust = trust_of(store, clock=at)
    return verify(data, trust=trust, at=at, levels=level_check(trust) if stamps else None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", list(Form))
def test_every_kind_of_document_is_archived(tmp_path: Path, kind: str, form: Form) -> None:
    data = archived(kind, form)
    found = check_levels(signature_of(data), trust=trust_of(), at=NOW)
    assert (found.level, found.proven_at, found.reasons) == ("A", NOW, ())
    assert ADDED.sub(b"", data) == bes(kind)
    assert seal_holds(tmp_path, data, key("ardic"))


def test_it_has_what_a_report_of_2018_had() -> None:
    assert tuple(names(archived())) == OF_2018


def test_the_lean_form_has_no_references() -> None:
    left_out = {"CompleteCertificateRefs", "CompleteRevocationRefs", "SigAndRefsTimeStamp"}
    assert names(archived(form=Form.LEAN)) == [name for name in OF_2018 if name not in left_out]


@pytest.mark.parametrize(("schema", "kind"), [("ubl", "Invoice"), ("e-arsiv", "eArsivRaporu"), ("e-defter", "defter")])
@pytest.mark.parametrize("form", list(Form))
def test_the_schemas_take_it(schema: str, kind: str, form: Form) -> None:
    if not SCHEMAS[schema][0].exists():
        pytest.skip("GİB's packages are not beside this checkout (shared/reference)")
    assert schema_errors(schema, signature_of(archived(kind, form))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_gibs_rules_take_it_as_they_took_the_plain_seal(kind: str) -> None:
    before = [finding.id for finding in check(bes(kind)).findings]
    assert [finding.id for finding in check(archived(kind)).findings] == before


def test_ubls_schemas_know_only_the_older_archive_time_stamp() -> None:
    kinds = {
        kind: check_levels(signature_of(archived(kind)), trust=trust_of(), at=NOW).stamps[-1].kind for kind in KINDS
    }
    assert {kind for kind, found in kinds.items() if found is Kind.OLD_ARCHIVE} == set(KINDS[:5])
    assert set(kinds.values()) == {Kind.ARCHIVE, Kind.OLD_ARCHIVE}


@needs_reference
def test_the_schema_of_reports_takes_the_whole_report() -> None:
    schema = etree.XMLSchema(file=str(REFERENCE / "packages" / "earsiv-1.1_6" / "EArsiv.xsd"))
    schema.assertValid(etree.fromstring(archived()))


def test_ids_occur_once() -> None:
    twice = renew(archived(), stamper=ClockStamper(), trust=trust_of(), at=NOW)
    ids = [found for each in etree.fromstring(twice).iter("*") if (found := each.get("Id"))]
    assert len(ids) == len(set(ids))
    own = signature_of(twice).get("Id", "").removeprefix("Signature_")
    assert all(own in id for id in ids)


@pytest.mark.parametrize("short", ["ardic", "ardic-ec"])
def test_the_archive_time_stamp_covers_everything(tmp_path: Path, short: str) -> None:
    data = archived("eArsivRaporu", Form.FULL, short)
    signature = "//ds:Signature[starts-with(@Id, 'Signature_')]"
    holder = f"{signature}//xades:UnsignedSignatureProperties"
    xpaths = [
        f"{signature}//xades:SignedProperties",
        *(f"{signature}/ds:{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo")),
        *(f"{holder}/*[{place}]" for place in range(1, len(OF_2018))),
    ]
    sealed_content = octets_of_content(data)
    octets = sealed_content + b"".join(octets_by_xmlsec(tmp_path, data, xpaths))
    token = check_levels(signature_of(data), trust=trust_of(), at=NOW).stamps[-1].token
    assert token is not None
    assert token.imprint == Digest.SHA256.of(octets)
    roots, between = pem(authority().roots), pem(authority().intermediates)
    assert judged_by_openssl(tmp_path, token.der, octets, NOW, roots, between)


def octets_of_content(data: bytes) -> bytes:
    """The report without its seal in canonical form, which the seal itself attests."""
    bare = re.sub(rb"<ds:Signature .*</ds:Signature>", b"", data, flags=re.DOTALL)
    octets = etree.tostring(etree.fromstring(bare).getroottree(), method="c14n", with_comments=False)
    (digest, *_) = signature_of(data).iter(ds("DigestValue"))
    method = signature_of(data).find(f".//{ds('DigestMethod')}")
    assert method is not None
    assert decoded(digest) == Digest(method.get("Algorithm", "")).of(octets)
    return octets


def test_the_time_stamp_of_references_covers_value_stamp_and_references(tmp_path: Path) -> None:
    data = archived()
    properties = "//xades:UnsignedSignatureProperties/xades"
    xpaths = ["//*[starts-with(@Id, 'Value_')]"]
    xpaths += [f"{properties}:{name}" for name in (OF_2018[0], OF_2018[2], OF_2018[3])]
    octets = b"".join(octets_by_xmlsec(tmp_path, data, xpaths))
    stamp = check_levels(signature_of(data), trust=trust_of(), at=NOW).stamps[1]
    assert stamp.kind is Kind.SIG_AND_REFS
    assert stamp.token is not None
    assert stamp.token.imprint == Digest.SHA256.of(octets)


def test_the_values_are_the_chain_and_its_revocation_data() -> None:
    parts = Parts.of(signature_of(archived(form=Form.LEAN)))
    values = {each.tag: each for each in parts.properties}
    held = values[xades("CertificateValues")]
    assert [certificate_of(decoded(each)) for each in held] == [*key("ardic").chain, key("ardic").root]
    lists = list(values[xades("RevocationValues")].iter(xades("EncapsulatedCRLValue")))
    assert {decoded(each) for each in lists} <= set(trust_of().store.crls)
    assert len(lists) == 2


def test_a_time_stamp_that_is_there_is_kept_and_proves_when() -> None:
    early = NOW - timedelta(days=1)
    sealed = seal(document("eArsivRaporu"), key("ardic"), at=early)
    stamped = add_time_stamp(sealed, ClockStamper(early))
    data = archive(stamped, stamper=ClockStamper(), trust=trust_of(), at=NOW, form=Form.LEAN)
    assert names(data)[0] == "SignatureTimeStamp"
    assert names(data).count("SignatureTimeStamp") == 1
    assert check_levels(signature_of(data), trust=trust_of(), at=NOW).proven_at == early


def test_a_counter_signature_is_archived_with_it(tmp_path: Path) -> None:
    both = counter_seal(seal(document("ProcessUserAccount"), key("integrator"), at=NOW), key("ardic"), at=NOW)
    data = archive(both, stamper=ClockStamper(), trust=trust_of(), at=NOW)
    assert names(data) == ["CounterSignature", *OF_2018]
    assert seal_holds(tmp_path, data, key("integrator"))
    assert check_levels(signature_of(data), trust=trust_of(), at=NOW).reasons == ()


def test_time_proves_what_the_certificate_no_longer_can() -> None:
    later = NOW + 4 * YEAR
    assert later > key("ardic").certificate.not_after
    assert verified(archived(), NOW).indication is Indication.PASSED
    assert verified(archived(), later).indication is Indication.PASSED
    assert verified(archived(), later).existed_at == NOW
    without = verified(bes(), later)
    assert without.indication is Indication.INDETERMINATE
    assert without.sub is SubIndication.OUT_OF_BOUNDS_NO_POE


def test_a_plain_time_stamp_does_so_too_while_its_own_certificate_lasts() -> None:
    stamped = add_time_stamp(bes(), ClockStamper())
    assert verified(stamped, NOW + 4 * YEAR).indication is Indication.PASSED
    assert verified(stamped, NOW + 11 * YEAR).indication is Indication.INDETERMINATE


def test_what_was_revoked_later_was_good_when_it_was_stamped(tmp_path: Path) -> None:
    pki = fresh_authority()
    then = trust_of(store_of(pki, until=NOW + 9 * YEAR))
    sealed = seal(document("eArsivRaporu"), key_of(pki, "ardic", tmp_path), at=NOW)
    data = archive(sealed, stamper=ClockStamper(pki=pki), trust=then, at=NOW)
    pki.revoke(pki.keys["ardic"].certificate, NOW + YEAR, "keyCompromise")
    later = NOW + 2 * YEAR
    now = store_of(pki, later, until=later + YEAR)
    assert verified(sealed, later, now).sub is SubIndication.REVOKED_NO_POE
    assert verified(data, later, now).indication is Indication.PASSED


def test_it_is_judged_from_what_it_carries() -> None:
    """Nothing but roots and the time-stamp authority's own lists is at hand years later."""
    pki = authority()
    later = NOW + 4 * YEAR
    lists = tuple(pki.crl(name, later, later + YEAR) for name in ("test-root-rsa", "zaman-damgasi-s1"))
    bare = TrustStore(pki.roots, (), lists)
    data = archive(bes(), stamper=ClockStamper(chain=True), trust=trust_of(), at=NOW)
    assert verified(data, later, bare).indication is Indication.PASSED
    assert (
        verified(add_time_stamp(bes(), ClockStamper(chain=True)), later, bare).sub
        is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    )


class TestRenewal:
    at = NOW + 8 * YEAR
    """Before the authority's first certificate ends."""

    def renewed(self) -> bytes:
        trust = trust_of(clock=self.at)
        return renew(archived(), stamper=ClockStamper(self.at), trust=trust, at=self.at, digest=Digest.SHA512)

    def test_a_further_time_stamp_is_put_behind(self) -> None:
        assert names(self.renewed()) == [*OF_2018, "ArchiveTimeStamp"]
        assert ADDED.sub(b"", self.renewed()) == bes()
        found = check_levels(signature_of(self.renewed()), trust=trust_of(clock=self.at), at=self.at)
        assert found.reasons == ()
        assert found.proven_at == NOW
        assert [stamp.judged_at for stamp in found.stamps] == [NOW, NOW, self.at, self.at]
        assert found.stamps[-1].token is not None
        assert found.stamps[-1].token.digest is Digest.SHA512

    def test_the_date_by_which_it_is_due_is_known(self) -> None:
        found = check_levels(signature_of(archived()), trust=trust_of(), at=NOW)
        assert found.renew_by == min(each.not_after for each in found.stamps[-1].trusted.chain)

    def test_it_can_be_renewed_again_and_again(self) -> None:
        data = archived()
        for year in range(1, 4):
            at = NOW + year * YEAR
            data = renew(data, stamper=ClockStamper(at), trust=trust_of(clock=at), at=at)
        assert names(data).count("ArchiveTimeStamp") == 4
        assert check_levels(signature_of(data), trust=trust_of(clock=at), at=at).reasons == ()

    def test_what_is_not_archived_cannot_be_renewed(self) -> None:
        with pytest.raises(LevelFailure) as caught:
            renew(bes(), stamper=ClockStamper(), trust=trust_of(), at=NOW)
        assert caught.value.code == "level.not-archived"

    def test_what_has_changed_is_not_renewed(self) -> None:
        changed = archived().replace(b"SigAndRefsTimeStamp_", b"SigAndRefsTimeStamp-")
        with pytest.raises(LevelFailure) as caught:
            renew(changed, stamper=ClockStamper(), trust=trust_of(), at=NOW)
        assert caught.value.code == "timestamp.changed"

    def test_it_comes_too_late_when_the_authoritys_certificate_has_ended(self) -> None:
        at = NOW + 11 * YEAR
        with pytest.raises(LevelFailure) as caught:
            renew(archived(), stamper=ClockStamper(at), trust=trust_of(clock=at), at=at)
        assert caught.value.code == "timestamp.untrusted-here"


def test_nothing_can_be_added_below_an_archive_time_stamp() -> None:
    with pytest.raises(LevelFailure) as caught:
        add_time_stamp(archived(), ClockStamper())
    assert caught.value.code == "level.archived-already"
    with pytest.raises(LevelFailure) as caught:
        archive(archived(), stamper=ClockStamper(), trust=trust_of(), at=NOW)
    assert caught.value.code == "level.archived-already"


def test_a_seal_with_evidence_of_another_kind_is_not_archived() -> None:
    extended = re.sub(rb"<xades141:ArchiveTimeStamp.*</xades141:ArchiveTimeStamp>", b"", archived())
    with pytest.raises(LevelFailure) as caught:
        archive(extended, stamper=ClockStamper(), trust=trust_of(), at=NOW)
    assert caught.value.code == "level.extended-already"
    assert "X-L" in caught.value.text.tr


@pytest.mark.parametrize(
    ("short", "code", "permanent"),
    [
        ("revoked", "level.not-trusted", True),
        ("suspended", "level.try-later", False),
        ("tls-server", "level.not-trusted", True),
        ("pretender", "level.not-trusted", True),
        ("expired-issuer", "level.not-trusted", True),
    ],
)
def test_a_seal_by_a_bad_key_is_not_archived(short: str, code: str, permanent: bool) -> None:
    with pytest.raises(LevelFailure) as caught:
        archive(bes("eArsivRaporu", short), stamper=ClockStamper(), trust=trust_of(), at=NOW)
    assert (caught.value.code, caught.value.permanent) == (code, permanent)
    assert all((*caught.value.text, *caught.value.repair))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: re.sub(rb"<ds:X509Certificate>.*?</ds:X509Certificate>", b"", data),
        lambda data: data.replace(key("ardic").certificate.base64.encode(), key("meltem").certificate.base64.encode()),
    ],
    ids=["none", "another"],
)
def test_a_seal_without_its_sealers_certificate_is_not_archived(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(LevelFailure) as caught:
        archive(change(bes()), stamper=ClockStamper(), trust=trust_of(), at=NOW)
    assert caught.value.code == "level.no-signer"


def test_where_revocation_cannot_be_learned_nothing_is_made() -> None:
    pki = authority()
    silent = TrustStore(pki.roots, pki.intermediates, (pki.crl("test-root-rsa", NOW), pki.crl("zaman-damgasi-s1", NOW)))
    with pytest.raises(LevelFailure) as caught:
        archive(bes(), stamper=ClockStamper(), trust=trust_of(silent), at=NOW)
    assert (caught.value.code, caught.value.permanent) == ("level.try-later", False)


def test_an_authority_that_is_not_trusted_is_named() -> None:
    pki = authority()
    others = TrustStore(pki.roots[1:], pki.intermediates, ())
    with pytest.raises(LevelFailure) as caught:
        archive(bes(), stamper=ClockStamper(), trust=trust_of(others), at=NOW)
    assert (caught.value.code, caught.value.permanent) == ("timestamp.not-trusted", True)
    silent = TrustStore(pki.roots, pki.intermediates, ())
    with pytest.raises(LevelFailure) as caught:
        archive(bes(), stamper=ClockStamper(), trust=trust_of(silent), at=NOW)
    assert (caught.value.code, caught.value.permanent) == ("timestamp.try-later", False)
    with pytest.raises(LevelFailure) as caught:
        archive(add_time_stamp(bes(), ClockStamper()), stamper=ClockStamper(), trust=trust_of(silent), at=NOW)
    assert (caught.value.code, caught.value.permanent) == ("timestamp.untrusted-here", False)
