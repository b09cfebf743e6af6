"""Bring the code lists of `ulak.codes` to the membership of GİB's Schematron, keeping every label they have.

    python tools/update_codes.py [--sch FILE] [--write]

Without --write it only says what would change. New currencies and countries get their names from CLDR if `babel` is
installed; other new codes stand without a label. Codes that GİB dropped are reported, never removed: a person gives
them their last day.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "ulak" / "codes" / "data"
LET = re.compile(r"""<(?:\w+:)?let\s+name="(\w+)"\s+value\s*=\s*"',([^"']*),'""")

LISTS = {
    "currencies": "CurrencyCodeList",
    "countries": "CountryCodeList",
    "units": "UnitCodeList",
    "mime_codes": "MimeCodeList",
    "package_types": "PackageTypeCodeList",
    "payment_means": "PaymentMeansCodeTypeList",
    "channels": "ChannelCodeList",
}
READ = "2026-07-01\t2026-11-22"
HEADS = {
    "currencies": (
        f"# ISO 4217 as in GİB UBL-TR Schematron 20260701; names: Unicode CLDR 47\tCurrencyCodeList\t{READ}",
        "# Para birimleri\tCurrencies",
    ),
    "countries": (
        f"# ISO 3166-1 as in GİB UBL-TR Schematron 20260701; names: Unicode CLDR 47\tCountryCodeList\t{READ}",
        "# Ülkeler\tCountries",
    ),
    "mime_codes": (
        f"# GİB UBL-TR Schematron 20260701\tMimeCodeList\t{READ}",
        "# Ek dosya türleri\tMedia types of attachments",
    ),
}
Namer = Callable[[str], tuple[str, str]]


def lists_of(schematron: str) -> dict[str, list[str]]:
    """Every comma list that the Schematron names in a `let`."""
    return {name: [code for code in value.split(",") if code] for name, value in LET.findall(schematron)}


def namers() -> dict[str, Namer]:
    """How new currencies and countries are named; empty without babel."""
    try:
        from babel import Locale  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return {}
    turkish, english = Locale("tr"), Locale("en")
    return {
        "currencies": lambda code: (turkish.currencies.get(code, ""), english.currencies.get(code, "")),
        "countries": lambda code: (turkish.territories.get(code, ""), english.territories.get(code, "")),
    }


def current(name: str) -> tuple[list[str], list[str]]:
    """The head and the rows of a list; the head of a new one comes from HEADS."""
    path = DATA / f"{name}.tsv"
    if not path.exists():
        return [*HEADS[name], "code\ttr\ten"], []
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[:3], lines[3:]


def bring(name: str, wanted: list[str], namer: Namer, *, write: bool) -> tuple[list[str], list[str]]:
    """Add what is missing; answers (added, dropped by GİB)."""
    head, rows = current(name)
    have = [row.split("\t")[0] for row in rows]
    added = [code for code in dict.fromkeys(wanted) if code not in set(have)]
    rows += ["\t".join((code, *namer(code))).rstrip("\t") for code in added]
    if write and added:
        (DATA / f"{name}.tsv").write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    return added, [code for code in have if code not in set(wanted)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = files("efatura_kontrol") / "ekler" / "sematron" / "efatura.sch"
    parser.add_argument("--sch", type=Path, default=Path(str(default)))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    official = lists_of(options.sch.read_text(encoding="utf-8"))
    named = namers()
    for name, variable in LISTS.items():
        namer = named.get(name, lambda _: ("", ""))
        added, dropped = bring(name, official[variable], namer, write=options.write)
        print(f"{name}: {len(added)} new {added[:8]}, {len(dropped)} no longer in GİB's list {dropped[:8]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
