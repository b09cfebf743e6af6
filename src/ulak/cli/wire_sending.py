"""``ulak wire send``: envelopes and packages sent to a service, and what became of each."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from ulak.cli.errors import Exit, usage
from ulak.cli.inputs import STDIN, Source, read, shown
from ulak.cli.keys import print_json
from ulak.cli.page import Cell, Page, Style, clean
from ulak.cli.session import Session
from ulak.cli.wire_calling import CallWish, client_for, command_line, error_json, number_of, said_by
from ulak.envelope import opening
from ulak.errors import Text, UlakError
from ulak.wire import DEFAULT_LIMITS, ServiceFault, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment
from ulak.wire.client import Client
from ulak.wire.problems import wire_error
from ulak.wire.retrying import Arrival, Delivery, deliver, pauses

__all__ = ["Before", "SendWish", "send_files", "send_wish"]

_MOST_TRIES: Final = 100
_SUSPENDED: Final = "wire.efatura.2007"
_ZIP: Final = ".zip"
_NO_NAME: Final = Text("Standart girdinin adı yok.", "Standard input has no name.")
_GIVE_FILE: Final = Text("Paketi dosya olarak verin.", "Give the package as a file.")
_NOTHING_INSIDE: Final = Text("İçinde kimliği olan bir zarf yok.", "There is no envelope with an id inside.")
_INSIDE: Final = Text("İçindeki zarfın kimliği {id}.", "The id of the envelope inside is {id}.")
_WORDS: Final[dict[Arrival, tuple[Text, str, Style]]] = {
    Arrival.TAKEN: (Text("alındı", "taken"), "✓", "bold green"),
    Arrival.THERE: (Text("karşıda var", "there already"), "✓", "bold green"),
    Arrival.REFUSED: (Text("reddedildi", "refused"), "✗", "bold red"),
    Arrival.ABSENT: (Text("gönderilmedi", "not sent"), "✗", "bold red"),
    Arrival.UNKNOWN: (Text("ulaştı mı, bilinmiyor", "unknown whether it arrived"), "?", "bold yellow"),
}
_ASK_STATE: Final = Text(
    "Alınmış olması işlendiği anlamına gelmez. Durumunu sormak için:",
    "Taken is not processed yet. To ask how it stands:",
)
_ASK_FIRST: Final = Text(
    "Ulaşıp ulaşmadığı bilinmiyor. Yeniden göndermeden önce sorun:",
    "Whether it arrived is unknown. Before you send it again ask:",
)
_ASKED: Final = Text("Soruldu, yanıt alınamadı: {text} [{code}]", "Asked, without an answer: {text} [{code}]")
_ASKED_BETWEEN: Final = Text("Arada soruldu: {text} [{code}]", "Asked in between: {text} [{code}]")
_PAUSE: Final = Text("{seconds} saniye bekleniyor…", "Waiting for {seconds} seconds…")
_STOPPED: Final = Text(
    "Karşı taraf yetkiyi kaldırdığı için kalan {count} dosya gönderilmedi.",
    "The other side has suspended the permission; the {count} files left were not sent.",
)


Before = Callable[[Client[Any, Any], str, Callable[[float], None]], None]


def _at_once(client: Client[Any, Any], name: str, wait: Callable[[float], None]) -> None:
    """Nothing has to happen before a file goes."""


class SendWish(NamedTuple):
    """What the options ask for.

    Attributes:
        as_is: whether names and contents go out unchecked.
        pauses: seconds before each further step, if a first try does not settle it.
        before: what has to hold before a file goes; raises an `UlakError` if it does not, and the file is not sent.
    """

    call: CallWish
    as_is: bool
    pauses: Sequence[float]
    before: Before = _at_once


class _Parcel(NamedTuple):
    """One thing to send: the request that sends it, and the one that asks for it."""

    name: str
    id: str
    request: Any
    question: Any
    md5: str


class _Sent(NamedTuple):
    """What became of one file; without a parcel if it never was one."""

    name: str
    parcel: _Parcel | None
    delivery: Delivery[Any]


def send_wish(call: CallWish, *, as_is: bool, retry: str, pause: str) -> SendWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``.
    """
    times = number_of(retry, "--retry", least=0, most=_MOST_TRIES)
    return SendWish(call, as_is, pauses(times, number_of(pause, "--pause", least=0, most=3600)))


def send_files(
    session: Session, names: Sequence[str], wish: SendWish, *, wait: Callable[[float], None] = time.sleep
) -> Exit:
    """Send every file in its order; the worst exit code counts. After fault 2007 nothing more is sent."""
    found: list[_Sent] = []
    try:
        with client_for(session, wish.call) as client:
            _send_each(session, names, wish, client, wait, found)
    finally:
        # Also when it is stopped: what was sent has been sent.
        if found and wish.call.format == "json":
            print_json(session, [_as_json(session, sent, wish.call) for sent in found])
    if left := len(names) - len(found):
        session.tell(session.say(_STOPPED.format(count=left)) + "\n")
    return max(_exit_of(sent.delivery) for sent in found)


def _send_each(
    session: Session,
    names: Sequence[str],
    wish: SendWish,
    client: Client[Any, Any],
    wait: Callable[[float], None],
    found: list[_Sent],
) -> None:
    for name in names:
        found.append(_sent(session, name, wish, client, wait))
        if wish.call.format == "text":
            _show(session, found[-1], wish.call)
        error = found[-1].delivery.error
        if error is not None and error.code == _SUSPENDED:
            return


def _sent(
    session: Session, name: str, wish: SendWish, client: Client[Any, Any], wait: Callable[[float], None]
) -> _Sent:
    def pause(seconds: float) -> None:
        if session.watched and seconds:
            session.tell(session.say(_PAUSE.format(seconds=f"{seconds:g}")) + "\n")
        wait(seconds)

    try:
        wish.before(client, name, pause)
        parcel = _parcel(name, wish)
    except UlakError as error:
        return _Sent(shown(name), None, Delivery(Arrival.ABSENT, None, error, None, 0, 0))
    found = deliver(
        lambda: client.call(parcel.request), lambda: client.call(parcel.question), wait=pause, pauses=wish.pauses
    )
    return _Sent(parcel.name, parcel, found)


def _parcel(name: str, wish: SendWish) -> _Parcel:
    """What a file is sent as.

    Raises:
        UlakError: it cannot be read, or the service would refuse it for its name.
    """
    limit = DEFAULT_LIMITS.total
    data = read(Source(shown(name), "" if name == STDIN else name), limit)
    if len(data) > limit:
        raise wire_error("wire.too-large", limit=limit)
    file_name = "" if name == STDIN else os.path.basename(shown(name))
    if wish.call.service == efatura.SERVICE.name:
        return _envelope(shown(name), file_name, data, as_is=wish.as_is)
    if not file_name:
        raise usage(_NO_NAME, _GIVE_FILE)
    return _package(shown(name), Attachment(file_name, data), wish)


def _envelope(name: str, file_name: str, data: bytes, *, as_is: bool) -> _Parcel:
    """An envelope; one from standard input is named by the id in it, as the file of any other must be (Ek-3, 7.7)."""
    if not (as_is and file_name):
        id = opening(data, parse=False).header.id
        file_name = file_name or id + _ZIP
        if file_name.lower() != f"{id}{_ZIP}".lower():
            raise _misnamed(id)
        efatura.check_document(efatura.Document(file_name, data, efatura.hash_of(data)))
    document = efatura.Document(file_name, data, efatura.hash_of(data))
    return _Parcel(name, document.envelope_id, document, efatura.Query(document.envelope_id), document.hash)


def _misnamed(id: str) -> UlakError:
    said = efatura.SERVICE.fault_of("sendDocument", 2006)
    inside = _INSIDE.format(id=id[:200]) if id else _NOTHING_INSIDE
    said.text = Text(*(f"{text} {more}" for text, more in zip(said.text, inside, strict=True)))
    return said


def _package(name: str, file: Attachment, wish: SendWish) -> _Parcel:
    md5 = efatura.hash_of(file.data)
    id = file.file_name.removesuffix(_ZIP)
    if wish.call.service == earsiv.SERVICE.name:
        report = earsiv.SendDocumentFile(file)
        if not wish.as_is:
            earsiv.check_package(report)
        return _Parcel(name, id, report, earsiv.GetBatchStatus(id), md5)
    book = edefter.SendDocumentFile(file)
    if not wish.as_is:
        edefter.check_package(book)
    return _Parcel(name, id, book, edefter.GetBatchStatus(id), md5)


def _exit_of(delivery: Delivery[Any]) -> Exit:
    """0 if the other side has it, 1 if it said no, 2 if it was not sent or nobody knows."""
    if delivery.error is None:
        return Exit.OK
    return Exit.FINDINGS if delivery.arrival in (Arrival.REFUSED, Arrival.THERE) else Exit.UNREADABLE


def _show(session: Session, sent: _Sent, call: CallWish) -> None:
    page = session.page()
    parcel, delivery = sent.parcel, sent.delivery
    words, mark, style = _WORDS[delivery.arrival]
    error = delivery.error
    if error is not None and style == "bold green":
        mark, style = "✗", "bold red"
    page.line(
        Cell(f"{mark} {sent.name}", style),
        Cell(session.say(words), style),
        Cell(f"md5 {parcel.md5}" if parcel else "", "dim"),
        Cell(error.code if error else "", "dim"),
    )
    if delivery.receipt is not None and delivery.receipt.message:
        page.paragraph(f"“{delivery.receipt.message}”", indent=2, style="dim")
    _explain(session, page, sent)
    session.put(page)
    if parcel and (hint := _hint(delivery)):
        # A page would wrap the command, which is there to be copied.
        session.put(f"  {session.say(hint)}\n    {clean(command_line(call, parcel.id))}\n")
    session.flush()


def _hint(delivery: Delivery[Any]) -> Text | None:
    if delivery.arrival in (Arrival.REFUSED, Arrival.ABSENT):
        return None
    return _ASK_FIRST if delivery.arrival is Arrival.UNKNOWN else _ASK_STATE


def _explain(session: Session, page: Page, sent: _Sent) -> None:
    delivery = sent.delivery
    if error := delivery.error:
        page.paragraph(session.say(error.text), indent=2, style="red")
        if said := said_by(error):
            page.paragraph(session.say(said), indent=2)
        page.paragraph(session.say(error.repair), indent=2)
    if delivery.asked is not None:
        facts = {"text": session.say(delivery.asked.text), "code": delivery.asked.code}
        if delivery.error is None and isinstance(delivery.asked, ServiceFault):
            page.paragraph(session.say(_ASKED_BETWEEN.format(**facts)), indent=2, style="dim")
        else:
            page.paragraph(session.say(_ASKED.format(**facts)), indent=2, style="yellow")


def _as_json(session: Session, sent: _Sent, call: CallWish) -> dict[str, object]:
    parcel, delivery = sent.parcel, sent.delivery
    return {
        "file": sent.name,
        "service": call.service,
        "id": parcel.id if parcel else "",
        "md5": parcel.md5 if parcel else "",
        "result": delivery.arrival.value,
        "message": delivery.receipt.message if delivery.receipt is not None else "",
        "sends": delivery.sends,
        "asks": delivery.asks,
        "error": error_json(session, delivery.error),
        "asked": error_json(session, delivery.asked),
    }
