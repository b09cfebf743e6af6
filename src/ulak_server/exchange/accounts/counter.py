"""The taxpayer's own seal over the integrator's, where they put it on elsewhere: checked when it comes back."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ulak.envelope import read_account
from ulak.errors import Text, UlakError
from ulak.seal.names import ds
from ulak.seal.verdicts import Indication
from ulak.seal.verify import SealReport, verify
from ulak.xml import parse
from ulak_server import clock
from ulak_server.exchange.accounts.problems import problem
from ulak_server.exchange.keys import trust

__all__ = ["LARGEST", "check"]

LARGEST: Final = 512 * 1024
"""Bytes of a request with both seals."""
_VALUE: Final = ds("SignatureValue")


def check(document: bytes, asked: bytes, number: str) -> None:
    """Let only the document pass that was to be sealed, with a good seal of its taxpayer.

    Args:
        asked: the document with the integrator's seal alone.
        number: VKN or TCKN of the taxpayer.

    Raises:
        AccountError: ``account.document-*``, ``account.seal-*``, ``account.no-trust``.
    """
    if len(document) > LARGEST:
        raise problem("account.document-unreadable", detail=Text("çok büyük", "it is too large"))
    try:
        same = _first_value(document) == _first_value(asked) and read_account(document) == read_account(asked)
    except UlakError as error:
        raise problem("account.document-unreadable", detail=error.text) from None
    if not same:
        raise problem("account.document-other")
    by = trust()
    if by is None:
        raise problem("account.no-trust")
    report = verify(document, trust=by, at=clock.now())
    if not report.counter_seals:
        raise problem("account.seal-missing")
    _must_be_of(report.counter_seals, number)
    for one in (report, *report.counter_seals):
        _must_hold(one)


def _must_hold(report: SealReport) -> None:
    if report.indication is Indication.PASSED:
        return
    said = [reason.text for reason in report.reasons]
    detail = Text(" ".join(one.tr for one in said), " ".join(one.en for one in said))
    code = "account.seal-wrong" if report.indication is Indication.FAILED else "account.seal-unsure"
    raise problem(code, detail=detail)


def _must_be_of(counters: tuple[SealReport, ...], number: str) -> None:
    found = [one.signer.tax_id for one in counters if one.signer]
    if found != [number]:
        raise problem("account.seal-owner", found=", ".join(str(one) for one in found), wanted=number)


def _first_value(document: bytes) -> str:
    """The value of the integrator's seal: it stands for every byte that it covers."""
    root: etree._Element = parse(document, max_bytes=LARGEST)
    return "".join((next(root.iter(_VALUE)).text or "").split()) if next(root.iter(_VALUE), None) is not None else ""
