"""Messages written: what a receiver reads, in their language, as text and as HTML, with the files that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.template import Context, Engine

from ulak.errors import Language
from ulak_server import clock
from ulak_server.delivery.addresses import mark_of, plain
from ulak_server.delivery.mail.postbox import Postbox
from ulak_server.delivery.mail.writing_bytes import whole
from ulak_server.delivery.papers import File

__all__ = ["Letter", "Written", "write"]

_FOLDER: Final = Path(__file__).parents[1] / "letters"
_LARGEST: Final = 10 * 1024 * 1024
"""Bytes of all attachments together: what many mail servers take, less what base64 adds."""
_POLICY: Final = SMTP.clone(max_line_length=78)


class Letter(NamedTuple):
    """What a message is written from.

    Attributes:
        template: ``document`` or ``notice``.
        to: the receiver's address.
        from_name: for whom it is sent.
        reply_to: empty: nowhere but to the sender.
        subject: in the words of the one who sends it, or ours.
        values: of the template.
        files: to attach, the most important first.
        is_automatic: whether nobody wrote it, so that nobody's vacation notice answers it.
        again_of: the message that it repeats.
    """

    id: int
    template: str
    language: Language
    to: str
    from_name: str
    subject: str
    values: Mapping[str, Any]
    reply_to: str = ""
    files: Sequence[File] = ()
    is_automatic: bool = False
    again_of: int | None = None


class Written(NamedTuple):
    """A message as it is handed over.

    Attributes:
        sender: the return path.
        left_out: names of files that were too large to be attached.
    """

    sender: str
    recipient: str
    data: bytes
    left_out: Sequence[str] = ()


def write(letter: Letter, box: Postbox) -> Written:
    """The bytes of a message; the same letter is the same message, with the same Message-ID, whenever it is written."""
    mark = mark_of(letter.id)
    fitting, left_out = _fitting(letter.files)
    values = {
        **letter.values,
        "files": [file.name for file in fitting],
        "left_out": left_out,
        "is_again": letter.again_of is not None,
        "from_name": letter.from_name,
    }
    head = EmailMessage(_POLICY)
    _head(head, letter, box, mark)
    texts = _filled(letter, "txt", values), _filled(letter, "html", values)
    data = whole(head.as_bytes().removesuffix(b"\r\n"), *texts, fitting)
    return Written(box.return_path(mark), letter.to, data, left_out)


def _head(message: EmailMessage, letter: Letter, box: Postbox, mark: str) -> None:
    message["From"] = box.from_(letter.from_name)
    message["To"] = Address(addr_spec=letter.to)
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=letter.reply_to)
    message["Subject"] = plain(letter.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{mark}@{box.domain}>"
    if letter.again_of is not None:
        message["References"] = f"<{mark_of(letter.again_of)}@{box.domain}>"
    message["X-Ulak-Message"] = mark
    message["Content-Language"] = letter.language
    if letter.is_automatic:
        message["Auto-Submitted"] = "auto-generated"


def _fitting(files: Sequence[File]) -> tuple[list[File], list[str]]:
    fitting, left_out, size = [], [], 0
    for file in files:
        if size + len(file.data) > _LARGEST:
            left_out.append(file.name)
        else:
            fitting.append(file)
            size += len(file.data)
    return fitting, left_out


def _filled(letter: Letter, form: str, values: Mapping[str, Any]) -> str:
    template = _engine(is_html=form == "html").get_template(f"{letter.template}.{letter.language}.{form}")
    return template.render(Context(dict(values), autoescape=form == "html"))


@cache
def _engine(*, is_html: bool) -> Engine:
    return Engine(dirs=[str(_FOLDER)], autoescape=is_html)
