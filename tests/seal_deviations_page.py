"""The page of all deviations, written from the catalogue: ``PYTHONPATH=tests python tests/seal_deviations_page.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import indication_of
from ulak.seal.verify import DEVIATIONS, Deviation

__all__ = ["PAGE", "page"]

PAGE: Final = Path(__file__).parents[1] / "docs" / "seal-deviations.md"
_HEAD: Final = (
    "# What a seal may differ in, and what not\n\n"
    "Each way in which a seal can differ from a flawless one has a stable code, which is never reused for another "
    "meaning. This page is written\nfrom the catalogue in `ulak.seal.verify.deviations` "
    "(`PYTHONPATH=tests python tests/seal_deviations_page.py`), and a test holds the two equal.\n\n"
    "*Refused* ones keep a seal from `TOTAL-PASSED`. *Tolerated* ones are reported beside the verdict; "
    "`ulak verify --strict` or\n`Policy(refused=…)` refuses them. Nothing that is refused can be tolerated by "
    "configuration. What trust in certificates and time stamps finds\nhas codes `trust.*` and `timestamp.*` "
    "([trust.md](trust.md)); what keeps a document from being sealed is in [seals.md](seals.md).\n\n"
)


def page() -> str:
    """The page as it must be."""
    refused = {code: deviation for code, deviation in DEVIATIONS.items() if not deviation.tolerated}
    tolerated = {code: deviation for code, deviation in DEVIATIONS.items() if deviation.tolerated}
    parts = [_HEAD, "## Tolerated\n", _index(tolerated), "\n## Refused\n", _index(refused)]
    parts += [_section(code, deviation) for code, deviation in (tolerated | refused).items()]
    return "".join(parts)


def _index(deviations: dict[str, Deviation]) -> str:
    rows = [
        f"| [`{code}`](#{code.replace('.', '')}) | {_open(deviation.text.en)} | {deviation.sub.value} |\n"
        for code, deviation in deviations.items()
    ]
    return "\n| code | what was found | sub-indication if refused |\n|---|---|---|\n" + "".join(rows)


def _section(code: str, deviation: Deviation) -> str:
    kept = "tolerated" if deviation.tolerated else "refused"
    verdict = f"{indication_of(deviation.sub).value} / {deviation.sub.value}"
    seen = f"\nSeen: {deviation.seen}.\n" if deviation.seen else ""
    return (
        f"\n## {code}\n\n{kept.capitalize()} by default; {verdict} where it is refused. Since {deviation.since}.\n\n"
        f"{_both(deviation.text)}\n**Why.** {_both(deviation.why)}\n**What to do.** {_both(deviation.repair)}{seen}"
    )


def _both(text: Text) -> str:
    return f"{_open(text.en)}\n*{_open(text.tr)}*\n"


def _open(text: str) -> str:
    """Facts that are filled in later, as an ellipsis."""
    return "…".join(part.partition("}")[2] if at else part for at, part in enumerate(text.split("{")))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
