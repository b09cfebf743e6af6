"""A message handed to a mail server, so that it is known whether the server has it; and where not, that it is not.

A server takes a message at the lone dot that ends it (RFC 5321, 4.1.1.4 and 6.1). Whatever fails before that dot was
written has not sent it; whatever fails after it, before the server's answer, is unclear.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from ulak_server.delivery.mail.postbox import Postbox

__all__ = ["Handed", "Line", "Outcome"]

_TIMEOUT: Final = 30.0
_DETAIL: Final = 500
_DOTS: Final = re.compile(rb"(?m)^\.")
_ENDS: Final = re.compile(rb"\r\n|\r|\n")
_NO_SUCH: Final = re.compile(r"\b5\.1\.(?:1|2|3|6|10)\b")
"""Enhanced status codes by which an address does not exist (RFC 3463, 3.2; RFC 7505)."""


class Outcome:
    """What came of handing a message over."""

    SENT: Final = "sent"
    REFUSED: Final = "refused"
    LATER: Final = "later"
    AWAY: Final = "away"
    """The server cannot be used at all: nothing to do with this message."""
    UNCLEAR: Final = "unclear"


class Handed(NamedTuple):
    """How handing a message over ended.

    Attributes:
        code: ``mail.*``; empty if it was taken.
        status: SMTP's reply code, as far as there was a reply.
        detail: what the server said.
    """

    outcome: str
    code: str = ""
    status: int | None = None
    detail: str = ""


class Line:
    """A connection to the server, kept for many messages; used by one thread.

    Args:
        timeout: seconds that the server has for every step.
    """

    def __init__(self, postbox: Postbox, timeout: float = _TIMEOUT) -> None:
        self._postbox, self._timeout = postbox, timeout
        self._smtp: smtplib.SMTP | None = None

    def hand(self, sender: str, recipient: str, data: bytes, completes: Callable[[], bool]) -> Handed:
        """Hand one message over.

        Args:
            sender: the return path.
            data: the whole message.
            completes: called before the server is told that the message is complete; if it says no, or fails, the
                server does not get it.
        """
        if (failed := self._ready()) is not None:
            return failed
        assert self._smtp is not None
        try:
            refused = self._announce(self._smtp, sender, recipient)
            if refused is None:
                self._write(self._smtp, data)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Handed(Outcome.LATER, "mail.unreachable", None, _said(error))
        if refused is not None:
            return refused
        return self._complete(self._smtp, completes)

    def close(self) -> None:
        """Hang up."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.close()

    def leave(self) -> None:
        """Hang up politely."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self.close()

    # -- the connection ------------------------------------------------------------------------------------------------

    def _ready(self) -> Handed | None:
        """Be connected; what was open before is tried first, since servers hang up on idle callers."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == 250:
                    return None
            except (OSError, smtplib.SMTPException):
                pass
            self.close()
        try:
            self._connect()
        except smtplib.SMTPAuthenticationError as error:
            self.close()
            return Handed(Outcome.AWAY, "mail.login", error.smtp_code, _text(error.smtp_error))
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            self.close()
            return Handed(Outcome.AWAY, "mail.insecure", None, _said(error))
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Handed(Outcome.AWAY, "mail.unreachable", None, _said(error))
        return None

    def _connect(self) -> None:
        box = self._postbox
        secure = ssl.create_default_context()
        smtp: smtplib.SMTP = _Plain(box) if box.security != "tls" else _Secure(box, secure)
        smtp.timeout = self._timeout
        self._smtp = smtp
        status, said = smtp.connect(box.host, box.port)
        if status != 220:
            raise smtplib.SMTPConnectError(status, said)
        smtp.ehlo_or_helo_if_needed()
        if box.security == "starttls":
            smtp.starttls(context=secure)
            smtp.ehlo_or_helo_if_needed()
        if box.user:
            _log_in(smtp, box)

    # -- one message ---------------------------------------------------------------------------------------------------

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> Handed | None:
        steps: Sequence[tuple[Callable[[], tuple[int, bytes]], tuple[int, ...]]] = (
            (lambda: smtp.mail(sender), (250,)),
            (lambda: smtp.rcpt(recipient), (250, 251)),
            (lambda: smtp.docmd("DATA"), (354,)),
        )
        for place, (step, wanted) in enumerate(steps):
            status, said = step()
            if status not in wanted:
                self._begin_anew(smtp, status)
                return _refusal(status, said, of_address=place == 1)
        return None

    def _write(self, smtp: smtplib.SMTP, data: bytes) -> None:
        whole = _DOTS.sub(b"..", _ENDS.sub(b"\r\n", data))
        smtp.send(whole if whole.endswith(b"\r\n") else whole + b"\r\n")

    def _complete(self, smtp: smtplib.SMTP, completes: Callable[[], bool]) -> Handed:
        try:
            goes = completes()
        except BaseException:
            # A server whose caller hangs up before the dot throws the message away.
            self.close()
            raise
        if not goes:
            self.close()
            return Handed(Outcome.LATER, "mail.internal", None, "taken by another process")
        try:
            smtp.send(b".\r\n")
            status, said = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Handed(Outcome.UNCLEAR, "mail.unclear", None, _said(error))
        if status == 250:
            return Handed(Outcome.SENT, "", status, _text(said))
        self._begin_anew(smtp, status)
        return _refusal(status, said, of_address=False)

    def _begin_anew(self, smtp: smtplib.SMTP, status: int) -> None:
        if status == 421:
            self.close()
            return
        with suppress(OSError, smtplib.SMTPException):
            smtp.rset()


def _log_in(smtp: smtplib.SMTP, box: Postbox) -> None:
    if (box.user + box.password).isascii():
        smtp.login(box.user, box.password)
        return
    # RFC 4616 wants UTF-8, which smtplib does not write.
    said = base64.b64encode(f"\0{box.user}\0{box.password}".encode()).decode()
    status, answer = smtp.docmd("AUTH", f"PLAIN {said}")
    if status != 235:
        raise smtplib.SMTPAuthenticationError(status, answer)


class _Plain(smtplib.SMTP):
    """A connection that knows the server's name before it connects: certificates are checked by it."""

    def __init__(self, box: Postbox) -> None:
        super().__init__(local_hostname=box.domain)
        self._host = box.host


class _Secure(smtplib.SMTP_SSL):
    """Likewise, with TLS from the first byte."""

    def __init__(self, box: Postbox, context: ssl.SSLContext) -> None:
        super().__init__(local_hostname=box.domain, context=context)
        self._host = box.host


def _refusal(status: int, said: bytes, *, of_address: bool) -> Handed:
    detail = _text(said)
    if not 500 <= status < 600:
        return Handed(Outcome.LATER, "mail.later", status, detail)
    is_unknown = bool(_NO_SUCH.search(detail)) or (of_address and status in (550, 551, 553) and not _has_code(detail))
    return Handed(Outcome.REFUSED, "mail.address-refused" if is_unknown else "mail.refused", status, detail)


def _has_code(detail: str) -> bool:
    return re.search(r"\b5\.\d{1,3}\.\d{1,3}\b", detail) is not None


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = text.replace("\0", " ").encode("utf-8", "replace").decode()
    return " ".join(text.split())[:_DETAIL]


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_error)
    return _text(str(error) or (type(error).__name__ if not isinstance(error, socket.timeout) else "timed out"))
