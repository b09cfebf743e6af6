"""A report judged as GİB judges it – XSD and Schematron of the pack in force – piece by piece, in bounded memory.

What is found is what `ulak.rules.check` finds in the whole file. Three things need more than a piece: the names of
places, which count siblings; numbers that may stand only once; and rules on the root, which are asked of a report that
has one entry of each element.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import BinaryIO, Final

from ulak.errors import UlakError
from ulak.reports.judging import Judge
from ulak.reports.problems import ReportError, problem
from ulak.reports.streaming import ROOT_TAG, Node, pieces
from ulak.reports.values import LIMIT, NAMESPACE, Product
from ulak.rules.check import unreadable
from ulak.rules.findings import Finding, Level, Report, Verdict
from ulak.rules.store import Choice, PackStore
from ulak.xml import XmlError

__all__ = ["check", "product_of"]

_EXPENSES: Final = f"{{{NAMESPACE}}}eGiderPusulasi"


def check(
    source: BinaryIO,
    store: PackStore,
    *,
    day: date,
    product: Product | None = None,
    is_sealed: bool = True,
    file: str = "",
    max_bytes: int = LIMIT,
) -> Report:
    """Judge a report.

    Args:
        source: gives its bytes; read once, to the end.
        store: the rule packs at hand.
        day: the business day; the pack in force on it judges.
        product: whose report it is; told by its entries if not given.
        is_sealed: False before sealing: the missing seal is no fault then.
        file: its name, for the report on it.
        max_bytes: of the whole report.

    Returns:
        The same as `ulak.rules.check` for the whole file, without Ulak's own advice. Findings on the root may stand in
        another order.

    Raises:
        ReportError: ``report.no-rules`` – no pack for this product.
    """
    try:
        return _judged(source, store, day, product, is_sealed, file, max_bytes)
    except XmlError as error:
        return unreadable(error, file=file)
    except ReportError as error:
        if error.code == "report.no-rules":
            raise
        finding = Finding(error.code, Level.ERROR, error.text, error.text, error.repair, error.where, error.line)
        return Report(Verdict.INVALID, (finding,), file=file)


def product_of(children: list[Node]) -> Product | None:
    """Whose report it is, as its entries tell; None while there is none."""
    tags = [str(child.tag) for child in children if isinstance(child.tag, str)]
    if any(tag.startswith(_EXPENSES) for tag in tags):
        return Product.EGIDER
    return Product.EARSIV if len(tags) > 1 else None


def _judged(
    source: BinaryIO, store: PackStore, day: date, product: Product | None, is_sealed: bool, file: str, max_bytes: int
) -> Report:
    found = pieces(source, max_bytes=max_bytes)
    judge: Judge | None = None
    held: list[Node] = []
    for piece in found:
        held += piece
        known = product or product_of(held)
        if judge is None and known is not None:
            judge = Judge(found.root, _chosen(store, known, day).pack, store, day=day, is_sealed=is_sealed)
        if judge is not None:
            judge.take(held)
            held = []
    if judge is None:
        judge = Judge(found.root, _chosen(store, Product.EARSIV, day).pack, store, day=day, is_sealed=is_sealed)
    if held or not judge.has_begun:
        judge.take(held)
    return judge.report(file)


def _chosen(store: PackStore, product: Product, day: date) -> Choice:
    with suppress(UlakError):
        choice = store.choose(product.value, day)
        if ROOT_TAG in choice.pack.schemas.declarations:
            return choice
    raise problem("report.no-rules", product=product)
