"""One message handed over at once, to see whether the settings are right."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from ulak.errors import Language, Text
from ulak_server import clock
from ulak_server.delivery.addresses import address_of
from ulak_server.delivery.mail.handing import Handed, Line
from ulak_server.delivery.mail.postbox import postbox
from ulak_server.delivery.mail.writing import Written
from ulak_server.delivery.ports import keep_mail

__all__ = ["try_out"]

_SUBJECT = Text("Ulak: deneme iletisi", "Ulak: a test message")
_BODY = Text(
    "Bu ileti size ulaştıysa e-posta ayarları doğru.\n", "If you read this, the settings of e-mail are right.\n"
)


def try_out(address: str, language: Language) -> Handed:
    """Send a short message now.

    Raises:
        DeliveryError: ``delivery.mail-not-set-up``, ``delivery.smtp-url``, ``delivery.address-odd``.
    """
    box, to = postbox(), address_of(address)
    message = EmailMessage(SMTP)
    message["From"], message["To"] = box.from_(""), Address(addr_spec=to)
    message["Subject"], message["Date"] = _SUBJECT.say(language), format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=box.domain)
    message.set_content(_BODY.say(language), cte="quoted-printable")
    if box.folder is not None:
        return keep_mail(box, 0, Written(box.bounces, to, message.as_bytes()), lambda: True)
    line = Line(box)
    try:
        return line.hand(box.bounces, to, message.as_bytes(), lambda: True)
    finally:
        line.leave()
