"""``ulak envelope answer``: the system response that a receiver would send."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple
from uuid import uuid4

from ulak.cli.envelope_checking import Judged, judged
from ulak.cli.enveloping import folder_for, party_of
from ulak.cli.errors import Exit, usage
from ulak.cli.inputs import STDIN, shown
from ulak.cli.judging import Wish
from ulak.cli.outputs import write_output
from ulak.cli.session import Session
from ulak.cli.unenveloping import begin, content_of
from ulak.codes import statuses
from ulak.envelope import GIB, EnvelopeError, Header, Packed, Party, pack, reason_of, respond
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text
from ulak.rules import Level

__all__ = ["AnswerWish", "answer_file", "answer_wish"]

_ID_LENGTH: Final = 36
_MADE: Final = Text("{path}  {status} {label}  md5 {md5}", "{path}  {status} {label}  md5 {md5}")
_UNSURE: Final = Text(
    "Zarfın durumu bilinemiyor: kurallar değerlendirilemedi.",
    "The envelope's status cannot be told: the rules could not be judged.",
)
_SAY: Final = Text("Kodu --status ile verin.", "Name the code with --status.")
_BOTH: Final = Text("--from-gib ile --from birlikte olmaz.", "--from-gib and --from exclude each other.")
_ONE: Final = Text("Yalnız birini verin.", "Give one of them.")
_NOBODY: Final = Header(None, "", Party("", ""), Party("", ""), None)


class AnswerWish(NamedTuple):
    """What the options ask for.

    Attributes:
        status: None: what `check` finds.
        sender, receiver: None: those of the envelope, exchanged.
        output: a folder, or a file if its name ends in ``.zip``.
    """

    status: str | None
    sender: Party | None
    receiver: Party | None
    output: str


def answer_wish(
    status: str | None, from_gib: bool, sender: str | None, receiver: str | None, output: str
) -> AnswerWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``.
    """
    if from_gib and sender:
        raise usage(_BOTH, _ONE)
    answerer = GIB if from_gib else party_of(sender, "--from") if sender else None
    return AnswerWish(status, answerer, party_of(receiver, "--to") if receiver else None, output)


def answer_file(session: Session, name: str, asked: AnswerWish, wish: Wish) -> Exit:
    """Judge the envelope, unless the status is given, and write what its receiver would answer.

    Raises:
        UlakError: it cannot be read, or no answer can be written to it.
    """
    found = _unjudged(name) if asked.status else judged(name, wish)
    status = asked.status or found.status
    if not status:
        raise usage(_UNSURE, _SAY)
    envelope = respond(
        found.header or _NOBODY,
        status,
        now=datetime.now(ISTANBUL),
        new_id=lambda: str(uuid4()),
        about=_name_as_id(name),
        sender=asked.sender,
        receiver=asked.receiver,
        reasons=[*_reasons(found)],
    )
    packed = pack(envelope)
    path = _path(asked.output, packed)
    write_output(session, packed.data, path)
    if path != STDIN:
        known = statuses.get(status)
        label = session.say(known.label) if known else ""
        session.put(session.say(_MADE.format(path=shown(path), status=status, label=label, md5=packed.md5)) + "\n")
    return Exit.OK


def _unjudged(name: str) -> Judged:
    """What stands on an envelope whose status was told."""
    data = content_of(name)
    try:
        header = begin(name, data, parse=False).header
    except EnvelopeError:
        header = None
    return Judged(shown(name), header, 0, [], None)


def _name_as_id(name: str) -> str:
    """What a ZIP is called is the id that its sender knows it by."""
    stem = os.path.splitext(os.path.basename(shown(name)))[0]
    return stem if len(stem) == _ID_LENGTH else ""


def _reasons(found: Judged) -> Iterator[str]:
    """Why an envelope is refused, in Turkish: what was found outside, then the rules that its documents break."""
    yield from map(reason_of, found.faults)
    for finding in found.report.findings if found.report else ():
        if finding.level is Level.ERROR:
            yield f"{', '.join(filter(None, (finding.id, finding.xpath)))}: {finding.message.tr}"


def _path(output: str, packed: Packed) -> str:
    if output == STDIN or output.lower().endswith(".zip"):
        return output
    folder_for(output)
    return os.path.join(output, packed.name)
