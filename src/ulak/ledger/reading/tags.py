"""Clark names of what books, berats and reports are made of."""

from __future__ import annotations

from typing import Final

__all__ = ["BUS", "COR", "DETAIL", "DS", "EDEFTER", "ENTRIES", "HEADER", "MUC", "ROOTS", "SIGNATURE", "XBRL", "XBRLI"]

EDEFTER: Final = "{http://www.edefter.gov.tr}"
XBRLI: Final = "{http://www.xbrl.org/2003/instance}"
COR: Final = "{http://www.xbrl.org/int/gl/cor/2006-10-25}"
BUS: Final = "{http://www.xbrl.org/int/gl/bus/2006-10-25}"
MUC: Final = "{http://www.xbrl.org/int/gl/muc/2006-10-25}"
DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"

ROOTS: Final = {f"{EDEFTER}{name}": name for name in ("defter", "berat", "defterraporu")}
XBRL: Final = f"{XBRLI}xbrl"
ENTRIES: Final = f"{COR}accountingEntries"
HEADER: Final = f"{COR}entryHeader"
DETAIL: Final = f"{COR}entryDetail"
SIGNATURE: Final = f"{DS}Signature"
