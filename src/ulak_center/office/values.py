"""What the offices keep of packages, and where: any `Shelf`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from ulak.errors import Text
from ulak_center.office.rights import Standing

__all__ = ["Filed", "Filing", "Package", "Shelf", "Step"]


class Package(NamedTuple):
    """A package that an office took.

    Attributes:
        row: its number on the shelf; e-Defter may have several packages of one id.
        office: ``earsiv`` or ``edefter``.
        id: the file's name without ``.zip``.
        sender: VKN or TCKN of the one who signed the message.
        owner: of the taxpayer; empty until it is known.
        status: ``durumKodu`` of its last step.
        due: when it is to be carried on; None once it has ended.
        facts: what was found in it, ready for JSON.
    """

    row: int
    office: str
    id: str
    file_name: str
    sender: str
    owner: str
    received: datetime
    size: int
    status: int
    due: datetime | None
    facts: Mapping[str, Any]


class Step(NamedTuple):
    """What became of a package, and why: the code is one of `docs/center-offices.md`, or empty."""

    at: datetime
    status: int
    code: str
    reason: Text


class Filing(NamedTuple):
    """A document that a package reports, or a book that it holds; ``number`` is unique in its kind and owner."""

    kind: str
    owner: str
    number: str


class Filed(NamedTuple):
    """A document that an accepted package reports, or a book that it holds.

    Attributes:
        package: its id.
    """

    kind: str
    owner: str
    number: str
    row: int
    package: str


class Shelf(Protocol):
    """Keeps packages and what became of them."""

    def put(self, package: Package, data: bytes, step: Step) -> Package:
        """Keep a new package; gives it its row."""

    def newest(self, office: str, id: str) -> Package | None:
        """The last package of that id."""

    def package(self, row: int) -> Package | None:
        """A package by its row."""

    def packages(
        self, office: str, *, party: str = "", status: int | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[Package]:
        """Packages in the order in which they came, those after a row; ``party`` is sender or owner."""

    def alike(self, office: str, prefix: str, status: int) -> Sequence[Package]:
        """Packages of a status whose id begins with something."""

    def data(self, row: int) -> bytes:
        """What was sent."""

    def move(self, package: Package, step: Step) -> None:
        """Record a step of a package, with its ``owner``, ``due`` and ``facts`` as they are now."""

    def steps(self, row: int) -> Sequence[Step]:
        """All steps of a package."""

    def due(self, office: str, now: datetime) -> Package | None:
        """The package that is to be carried on first, if its time has come."""

    def waiting(self, office: str) -> Sequence[Package]:
        """Packages that have not ended, by when they are to be carried on."""

    def next_due(self, office: str) -> datetime | None:
        """When the next package is to be carried on."""

    def file(self, row: int, filings: Iterable[Filing]) -> None:
        """Remember what an accepted package holds."""

    def filed(self, filing: Filing, before: int) -> str | None:
        """Id of the first package before a row that held the same."""

    def repeated(self, filings: Sequence[Filing], before: int) -> list[tuple[Filing, str]]:
        """Which of these packages before a row held, with the id of the first one."""

    def filings(self, owner: str, after: tuple[str, str, str, int] | None, limit: int) -> Sequence[Filed]:
        """What packages hold, of all owners or of one, in the order of the first four of its fields."""

    def lay_by(self, row: int, paper: bytes) -> None:
        """Keep the berat that was approved."""

    def paper(self, row: int) -> bytes | None:
        """The approved berat of a package."""

    def standing(self, office: str, number: str) -> Standing | None:
        """What is held against a number."""

    def hold(self, office: str, number: str, standing: Standing | None) -> None:
        """Hold something against a number, or nothing any more."""

    def has_consent(self, number: str, owner: str) -> bool:
        """Whether a taxpayer has given somebody its consent."""

    def consent(self, number: str, owner: str, *, given: bool) -> None:
        """Record a taxpayer's consent, or that it was taken back."""
