"""Packages as small as they can be that are still built like GİB's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
SCH = "http://purl.oclc.org/dsdl/schematron"
HISTORY = "20260101\r\n--------\r\n1) TinyCheck güncellendi.\r\n\r\n20260402\r\n--------\r\n1) Kural eklendi.\r\n"

MAIN = f"""<?xml version="1.0" encoding="UTF-8"?>
<sch:schema xmlns:sch="{SCH}">
  <sch:include href="UBL-TR_Codelist.xml#codes"/>
  <sch:include href="UBL-TR_Common_Schematron.xml#abstracts"/>
  <sch:ns prefix="inv" uri="{INVOICE}"/>
  <sch:pattern id="invoice"><sch:rule context="inv:Invoice"><sch:extends rule="TinyCheck"/></sch:rule></sch:pattern>
</sch:schema>"""
COMMON = """<sch:schema xmlns:sch="{sch}"><sch:pattern name="AbstractRules" id="abstracts">
  <sch:rule abstract="true" id="TinyCheck">{asserts}</sch:rule></sch:pattern></sch:schema>"""
CODES = """<sch:schema xmlns:sch="{sch}"><sch:pattern name="CodeList" id="codes">
  <sch:let name="ColourList" value="',{codes},'"/></sch:pattern></sch:schema>"""
XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{INVOICE}"
  elementFormDefault="qualified"><xs:element name="Invoice"><xs:complexType><xs:sequence>
  <xs:element name="Colour" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""
ASSERTS = (
    ("inv:Colour", "Renk zorunludur."),
    ("contains($ColourList, concat(',', inv:Colour, ','))", "Renk listede yok."),
)


def tiny(
    *,
    asserts: tuple[tuple[str, str], ...] = ASSERTS,
    codes: str = "RED,GREEN",
    history: str = HISTORY,
    xsd: str | None = XSD,
) -> dict[str, bytes]:
    """Path → content of an e-Fatura package with one rule and one code list."""
    spelled = "".join(f'<sch:assert test="{test}">{message}</sch:assert>' for test, message in asserts)
    files = {
        "e-FaturaPaketi/schematron/UBL-TR_Main_Schematron.xml": MAIN.encode(),
        "e-FaturaPaketi/schematron/UBL-TR_Common_Schematron.xml": COMMON.format(sch=SCH, asserts=spelled).encode(),
        "e-FaturaPaketi/schematron/UBL-TR_Codelist.xml": CODES.format(sch=SCH, codes=codes).encode(),
        "e-FaturaPaketi/xml/ornek.xml": b"<a/>",
    }
    if history:
        files["e-FaturaPaketi/schematron/History.txt"] = history.encode("cp1254")
    if xsd is not None:
        files["e-FaturaPaketi/xsd/UBL-Invoice-2.1.xsd"] = xsd.encode()
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return stream.getvalue()


def zip_folder(folder: Path) -> bytes:
    """A folder as a zip archive, its own name in front as GİB does it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return zipped({f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths})


def put(folder: Path, name: str, data: bytes) -> Path:
    """Write an archive and say where."""
    path = folder / name
    path.write_bytes(data)
    return path
