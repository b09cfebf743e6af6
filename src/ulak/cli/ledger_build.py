"""``ulak ledger build``: accounting exports and company facts in, the month's books out; with a key all GİB gets."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from ulak.cli.errors import Exit, day_of
from ulak.cli.ledger_input import EntriesWish, taken_in
from ulak.cli.ledger_making import BuildWish, Maker
from ulak.cli.ledger_seal import Sealer, folder_for, refuse_there, unwritable
from ulak.cli.session import Session
from ulak.cli.wire_calling import number_of
from ulak.errors import Text
from ulak.ledger.values import LIMIT, UNDIVIDED, BookKind

__all__ = ["build_books", "build_wish"]

_MEGABYTE: Final = 1_000_000
_MOST_SERIAL: Final = 999_999
_NOTHING: Final = Text("Yukarıdakiler düzeltilmeden defter yazılmadı.", "No book was written; correct the above first.")


def build_wish(
    entries_wish: EntriesWish,
    until: str | None,
    since: str | None,
    part: str,
    part_size: str,
    serial: str,
    output: str,
    sealer: Sealer | None,
    *,
    is_checked: bool,
) -> BuildWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``.
    """
    return BuildWish(
        entries_wish,
        day_of(until, "--until"),
        day_of(since, "--since"),
        number_of(part, "--part", least=1, most=_MOST_SERIAL),
        number_of(part_size, "--part-size", least=1, most=LIMIT // _MEGABYTE) * _MEGABYTE,
        number_of(serial, "--serial", least=1, most=_MOST_SERIAL),
        output,
        sealer,
        is_checked,
    )


def build_books(session: Session, names: Sequence[str], wish: BuildWish, *, is_inventory: bool) -> Exit:
    """Write the books of a month, or an inventory; nothing is written if something is wrong.

    Raises:
        UlakError: of all that is made; InputError ``file.unwritable`` where there is no room.
    """
    folder = folder_for("", wish.output)
    kinds: tuple[BookKind, ...] = ("E",) if is_inventory else ("Y", "K")
    refuse_there(folder, [wish.name(kind, UNDIVIDED).xml for kind in kinds])
    try:
        return _built(session, names, wish, folder, is_inventory)
    except OSError as error:
        raise unwritable(folder, error) from None


def _built(session: Session, names: Sequence[str], wish: BuildWish, folder: Path, is_inventory: bool) -> Exit:
    with ExitStack() as stack:
        aside = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder, prefix=".ulak-")))
        maker = Maker(session, wish, aside)
        if is_inventory:
            worst = maker.inventory(names)
        else:
            worst = maker.books(stack.enter_context(taken_in(session, names, wish.entries)))
        if worst is not Exit.OK:
            session.tell(session.say(_NOTHING) + "\n")
            return worst
        if wish.sealer:
            maker.sealed(stack)
        maker.handed_over(folder)
    return Exit.OK
