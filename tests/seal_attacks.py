"""The corpus of odd seals in ``tests/corpus/seals``: how each file is made, and what must be said of it.

``PYTHONPATH=tests python tests/seal_attacks.py`` writes it anew; a test holds that nothing differs.
"""

from __future__ import annotations

from typing import Final

import seal_cases_content
import seal_cases_keys
import seal_cases_references
import seal_cases_signers
import seal_cases_structure
import seal_cases_tolerated
from seal_cases import CASES, CORPUS, Case

__all__ = ["CASES", "CORPUS", "Case", "manifest"]

_PARTS: Final = (
    seal_cases_content,
    seal_cases_keys,
    seal_cases_references,
    seal_cases_signers,
    seal_cases_structure,
    seal_cases_tolerated,
)


def manifest() -> str:
    """What ``manifest.toml`` says of the files."""
    head = (
        "# Odd seals, kept for ever: why each file is here and what must be said of it.\n"
        "# Written by tests/seal_attacks.py; `crypto` is what any reader of XML Signature must find.\n"
    )
    entries = [
        f'\n[[file]]\nname = "{name}.xml"\nwhy = "{case.why}"\nverdict = "{case.verdict}"\ncode = "{case.code}"\n'
        + ("" if case.crypto is None else f"crypto = {str(case.crypto).lower()}\n")
        for name, case in sorted(CASES.items())
    ]
    return head + "".join(entries)


if __name__ == "__main__":
    CORPUS.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        (CORPUS / f"{name}.xml").write_bytes(case.make())
    (CORPUS / "manifest.toml").write_text(manifest(), encoding="utf-8")
