"""A report is judged, read and summed up piece by piece; what is found is what the whole file would show."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports_support import DAY, HEAD, RAPOR, archive_invoice, entry_of, report_of, store
from support import needs_reference
from ulak.errors import UlakError
from ulak.reports import Objection, Product, ReportError, What, cancelled, check, objected, read, streaming, summary
from ulak.reports.packages import misnamed, opened
from ulak.rules import Verdict
from ulak.rules.check import checker_for
from ulak.rules.findings import Finding

Mutation = Callable[[random.Random, bytes], bytes]
_SALE: Final = {
    "site": "www.ardic.example",
    "payment": "EFT/HAVALE",
    "paid_on": "2026-11-01",
    "shipped_on": "2026-11-03",
}


def small() -> bytes:
    """A report of some invoices, cancellations and objections."""
    first = entry_of(archive_invoice(internet_sale=_SALE))
    entries = []
    for at in range(10):
        number = f"ABC2026{at:09}"
        entries.append(
            first._replace(number=number, fragment=first.fragment.replace(b"ABC2026000000001", number.encode()))
        )
        if at % 3 == 0:
            entries.append(cancelled("earchive_invoice", number, "", DAY, Decimal(3)))
        if at % 4 == 0:
            entries.append(objected("freelance_receipt", number, Objection("KEP", "1", DAY, "x")))
    return report_of(entries)


def _leaf(rng: random.Random, data: bytes) -> re.Match[bytes]:
    return rng.choice([*re.finditer(rb"<(\w+)>([^<]*)</\1>", data)])


def _entry(rng: random.Random, data: bytes) -> re.Match[bytes]:
    return rng.choice([*re.finditer(rb"<(fatura|faturaIptal|serbestMeslekMakbuzItiraz)>.*?</\1>", data, re.DOTALL)])


def drop(rng: random.Random, data: bytes) -> bytes:
    leaf = _leaf(rng, data)
    return data[: leaf.start()] + data[leaf.end() :]


def rewrite(rng: random.Random, data: bytes) -> bytes:
    leaf = _leaf(rng, data)
    text = rng.choice([b"", b"x", b"-1", b"ABC2026000000003", b"2026-13-01"])
    return data[: leaf.start(2)] + text + data[leaf.end(2) :]


def double(rng: random.Random, data: bytes) -> bytes:
    leaf = _leaf(rng, data)
    return data[: leaf.end()] + leaf[0] + data[leaf.end() :]


def repeat(rng: random.Random, data: bytes) -> bytes:
    place, what = _entry(rng, data), _entry(rng, data)
    return data[: place.end()] + what[0] + data[place.end() :]


def intrude(rng: random.Random, data: bytes) -> bytes:
    at = rng.choice([_entry, _leaf])(rng, data).start()
    what = rng.choice([b"<yok>1</yok>", b"<!-- c -->", b"metin", b"\n  ", b"<baslik/>", b"<?p i?>"])
    return data[:at] + what + data[at:]


def unpaid(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"<odemeTarihi>2026-11-01</odemeTarihi>", b"", rng.randint(1, 3))


def invested(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"<faturaTip>SATIS", b"<faturaTip>YTBSATIS", rng.randint(1, 4))


def attributed(rng: random.Random, data: bytes) -> bytes:
    return data if b" x=" in data else data.replace(b"<eArsivRaporu ", b'<eArsivRaporu x="1" ', 1)


def alike(rng: random.Random, data: bytes) -> bytes:
    return re.sub(rb"ABC2026(\d{9})", lambda found: b"ABC2026%09d" % (int(found[1]) // 2), data)


def spread(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"><", b">\n<")


MUTATIONS: Final[tuple[Mutation, ...]] = (
    drop,
    rewrite,
    double,
    repeat,
    intrude,
    unpaid,
    invested,
    attributed,
    alike,
    spread,
)


def _key(finding: Finding) -> tuple[Any, ...]:
    return finding.id, str(finding.level), finding.message, finding.xpath, finding.line or 0, finding.value


@needs_reference
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(MUTATIONS), max_size=5), st.integers(0, 2**32), st.sampled_from([700, 1500, 4000, 9000])
)
def test_the_same_is_found_as_in_the_whole_file(mutations: list[Mutation], seed: int, piece: int) -> None:
    rng, data = random.Random(seed), small()
    for mutation in mutations:
        data = mutation(rng, data)
    pack = store().choose("earsiv", DAY).pack
    whole = checker_for(pack, store(), advice=False).check(data, today=DAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "PIECE", piece)
        parts = check(BytesIO(data), store(), day=DAY, product=Product.EARSIV)
    assert sorted(map(_key, parts.findings)) == sorted(map(_key, whole.findings))
    assert parts.verdict is whole.verdict


@needs_reference
def test_a_number_that_stands_twice_is_found_however_far_apart() -> None:
    first = entry_of(archive_invoice())
    others = [
        first._replace(number=f"{at}", fragment=first.fragment.replace(b"ABC2026000000001", b"XYZ2026%09d" % at))
        for at in range(600)
    ]
    data = report_of([first, *others]).replace(b"XYZ2026000000599", b"ABC2026000000001")
    found = check(BytesIO(data), store(), day=DAY, is_sealed=False)
    assert [(finding.id, finding.xpath) for finding in found.findings] == [
        ("xsd.duplicate", "/eArsivRaporu/fatura[601]")
    ]


@needs_reference
def test_the_missing_seal_is_a_fault_only_of_reports_that_should_have_one() -> None:
    said = check(BytesIO(small()), store(), day=DAY)
    assert [(each.id, each.xpath) for each in said.findings] == [("xsd.missing-element", "/eArsivRaporu/baslik")]
    assert check(BytesIO(small()), store(), day=DAY, is_sealed=False).verdict is Verdict.VALID


def test_a_report_is_read_entry_by_entry_and_summed_up() -> None:
    reading = read(BytesIO(small()))
    assert (reading.header, reading.is_sealed) == (HEAD, False)
    entries = [*reading.entries]
    assert [entry.what for entry in entries[:3]] == [What.ISSUED, What.CANCELLED, What.OBJECTED]
    assert (entries[0].kind, entries[0].number, entries[0].day) == (
        "earchive_invoice",
        "ABC2026000000000",
        "2026-11-02",
    )
    assert entries[2] == entries[2]._replace(kind="freelance_receipt", amount=None, digest="", uuid="")
    told = summary(BytesIO(small()))
    assert (told.count, told.product) == (17, Product.EARSIV)
    assert {name: tally.count for name, tally in told.tallies.items()} == {
        "fatura": 10,
        "faturaIptal": 4,
        "serbestMeslekMakbuzItiraz": 3,
    }
    bills = told.tallies["fatura"]
    assert (bills.amounts, bills.payable) == ({"TRY": Decimal(1000)}, {"TRY": Decimal(1200)})
    assert (bills.first, bills.last) == ("ABC2026000000000", "ABC2026000000009")


# -- hostile ones -----------------------------------------------------------------------------------------------------


class Endless:
    """A report that never ends."""

    def __init__(self, begin: bytes, more: bytes) -> None:
        self._rest, self._more = begin, more

    def read(self, size: int) -> bytes:
        data = self._rest + self._more * (size // len(self._more) + 1)
        self._rest = data[size:]
        return data[:size]


_OPEN: Final = b'<eArsivRaporu xmlns="http://earsiv.efatura.gov.tr">'
_BOMB: Final = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
HOSTILE: Final[dict[str, tuple[str, Callable[[], Any]]]] = {
    "nothing": ("xml.empty", lambda: BytesIO(b"")),
    "text": ("xml.not-xml", lambda: BytesIO(b"rapor")),
    "another document": ("report.root", lambda: BytesIO(b"<Invoice/>")),
    "no namespace": ("report.root", lambda: BytesIO(b"<eArsivRaporu/>")),
    "entities that grow": ("xml.dtd", lambda: BytesIO(_BOMB + small())),
    "entities of a file": ("xml.dtd", lambda: BytesIO(b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + small())),
    "cut in an entry": ("xml.truncated", lambda: BytesIO(small()[:-700])),
    "cut in the root's tag": ("xml.truncated", lambda: BytesIO(b'<eArsivRaporu xmlns="http://earsiv')),
    "something after the end": ("xml.malformed", lambda: BytesIO(small() + b"<a/>")),
    "wrong bytes": ("xml.malformed", lambda: BytesIO(small().replace(b"SATIS", b"SATI\xff", 1))),
    "a tag that is not closed": ("xml.malformed", lambda: BytesIO(small().replace(b"</faturaTip>", b"</fatura>", 1))),
    "an endless head": ("report.deep", lambda: Endless(_OPEN + b"<baslik>", b"<a>%s</a>" % (b"1" * 999))),
    "endless entries": ("report.too-large", lambda: Endless(_OPEN, b"<fatura/>")),
    "endless names like the root's": ("report.too-large", lambda: Endless(_OPEN, b"<eArsivRaporu/>")),
    "endless depth": ("xml.malformed", lambda: Endless(_OPEN, b"<fatura>")),
}
"""Name → the code that refuses it."""


@needs_reference
@pytest.mark.parametrize(("code", "make"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_report_is_refused_with_a_reason(code: str, make: Callable[[], BinaryIO]) -> None:
    limit = 9_000_000 if code == "report.deep" else 1_500_000
    with pytest.raises(UlakError) as raised:
        summary(make(), max_bytes=limit)
    assert raised.value.code in (code, "report.header")
    said = check(make(), store(), day=DAY, max_bytes=limit)
    assert said.verdict is not Verdict.VALID
    assert [finding.id for finding in said.findings] == [code]


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def _encrypted() -> bytes:
    data = bytearray(_zip({f"{RAPOR}.xml": small()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


PACKAGES: Final[dict[str, Callable[[], bytes]]] = {
    "cut short": lambda: _zip({f"{RAPOR}.xml": small()})[:-30],
    "empty": lambda: _zip({}),
    "two files": lambda: _zip({f"{RAPOR}.xml": small(), "oku.txt": b"x"}),
    "a method that nobody expects": lambda: _zip({f"{RAPOR}.xml": small()}, zipfile.ZIP_BZIP2),
    "encrypted": _encrypted,
    "changed inside": lambda: _zip({f"{RAPOR}.xml": small()}, zipfile.ZIP_STORED).replace(b"SATIS", b"IADE1", 1),
    "a bomb": lambda: _zip({f"{RAPOR}.xml": _OPEN + b" " * 30_000_000}),
}


@pytest.mark.parametrize("make", PACKAGES.values(), ids=PACKAGES)
def test_a_hostile_package_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(UlakError) as raised, opened(BytesIO(make())) as found:
        summary(found.stream, max_bytes=25_000_000)
    assert raised.value.code in ("report.zip", "report.deep", "xml.malformed")


@pytest.mark.parametrize(
    ("file", "inner", "wrong"),
    [
        (f"{RAPOR}.zip", f"{RAPOR}.xml", None),
        (f"{RAPOR.lower()}.zip", f"{RAPOR}.xml", f"{RAPOR.lower()}.zip"),
        (f"{RAPOR}.zip", "rapor.xml", "rapor.xml"),
        (f"{RAPOR}.zip", f"../{RAPOR}.xml", f"{RAPOR}.xml"),
    ],
)
def test_a_package_is_named_by_its_report(file: str, inner: str, wrong: str | None) -> None:
    error = misnamed(file, inner, RAPOR)
    assert (error is None) == (wrong is None)
    assert error is None or (error.code == "report.file-name" and str(wrong) in error.text.tr)


def test_a_head_that_is_not_there_is_said() -> None:
    start, end = small().index(b"<baslik>"), small().index(b"</baslik>") + 9
    for data in (small()[:start] + small()[end:], small().replace(b"2026-11-30", b"2026-11-31")):
        with pytest.raises(ReportError, match=r"report\.header"):
            read(BytesIO(data))
    assert HEAD.period[1] == date(2026, 11, 30)
