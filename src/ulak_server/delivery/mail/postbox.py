"""Where e-mail is handed over, and whom it comes from: the settings of the installation."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from ulak_server.delivery.addresses import address_of, plain
from ulak_server.delivery.problems import problem
from ulak_server.environment import Environment

__all__ = ["Postbox", "is_set_up", "must_be_set_up_well", "postbox"]

_PORTS: Final = {"smtp": 587, "smtps": 465}
_SECURITY: Final = frozenset({"starttls", "tls", "none"})


class Postbox(NamedTuple):
    """A server that takes e-mail, or a folder that plays one.

    Attributes:
        folder: where messages are written instead of sent; None: they are sent.
        security: ``starttls``, ``tls``, or ``none``, which only servers on this machine get without being told.
        sender: address that messages come from.
        bounces: address to which they come back.
    """

    folder: Path | None
    host: str
    port: int
    user: str
    password: str
    security: str
    name: str
    sender: str
    bounces: str

    def return_path(self, mark: str) -> str:
        """The address to which a message of this mark comes back."""
        local, _, domain = self.bounces.rpartition("@")
        return f"{local}+{mark}@{domain}"

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]

    def from_(self, name: str) -> Address:
        """Who a message comes from, with the name of somebody for whom it is sent."""
        return Address(plain(name)[:120] or self.name, addr_spec=self.sender)


def is_set_up(told: Environment | None = None) -> bool:
    """Whether this installation sends e-mail at all."""
    values = told or settings.ENVIRONMENT
    return bool(values["ULAK_SMTP_URL"] and values["ULAK_MAIL_FROM"])


def must_be_set_up_well(told: Environment) -> None:
    """Hold the settings of e-mail to what they have to be, if a server is named.

    Raises:
        DeliveryError: as `postbox`.
    """
    if told["ULAK_SMTP_URL"]:
        postbox(told)


def postbox(told: Environment | None = None) -> Postbox:
    """The installation's.

    Raises:
        DeliveryError: ``delivery.mail-not-set-up``, ``delivery.smtp-url``, ``delivery.address-odd``.
    """
    values = told or settings.ENVIRONMENT
    if not is_set_up(values):
        raise problem("delivery.mail-not-set-up")
    name, sender = parseaddr(values["ULAK_MAIL_FROM"])
    sender = address_of(sender)
    bounces = address_of(values["ULAK_MAIL_BOUNCES"] or sender)
    url = values["ULAK_SMTP_URL"]
    scheme, _, rest = url.partition(":")
    if scheme == "file":
        folder = Path(rest.removeprefix("//")) if rest.strip("/") else values.data / "outgoing" / "mail"
        return Postbox(folder, "", 0, "", "", "none", plain(name), sender, bounces)
    return Postbox(None, *_server(url), plain(name), sender, bounces)


def _server(url: str) -> tuple[str, int, str, str, str]:
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or not port:
        raise problem("delivery.smtp-url", given=_shown(url))
    usual = "tls" if parts.scheme == "smtps" else "none" if _is_here(parts.hostname) else "starttls"
    security = parse_qs(parts.query).get("tls", [usual])[0]
    if security not in _SECURITY:
        raise problem("delivery.smtp-url", given=_shown(url))
    return parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), security


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(url: str) -> str:
    """Without what may be a password."""
    return url.rpartition("@")[2][:60]
