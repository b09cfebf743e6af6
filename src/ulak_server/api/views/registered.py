"""Registered users of GİB's list."""

from __future__ import annotations

from typing import Annotated

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment

__all__ = ["RegisteredAlias", "RegisteredUser"]


class RegisteredAlias(Given):
    """An alias that was in use at the moment asked for."""

    service: Annotated[str, doc("einvoice ya da edespatch.", "einvoice or edespatch.")]
    role: Annotated[str, doc("Gönderici birim ya da posta kutusu.", "Sending unit or mailbox.")]
    alias: Annotated[str, doc("Etiket.", "The alias.")]
    title: Annotated[str, doc("Listedeki unvan.", "Title in the list.")]
    type: Annotated[str, doc("KAMU ya da OZEL.", "KAMU (public) or OZEL (private).")]
    since: Annotated[Moment, doc("Ne zamandan beri.", "In use since.")]
    until: Annotated[Moment | None, doc("Ne zamana kadar.", "In use until.")]


class RegisteredUser(Given):
    """Who somebody is, and was, in GİB's list."""

    number: Annotated[str, doc("VKN ya da TCKN.", "VKN or TCKN.")]
    is_registered: Annotated[bool, doc("O anda kayıtlı mıydı.", "Whether they were registered at that moment.")]
    at: Annotated[Moment, doc("Sorulan an.", "The moment asked for.")]
    list_of: Annotated[Moment | None, doc("Listenin okunduğu an.", "When the list was read.")]
    aliases: Annotated[tuple[RegisteredAlias, ...], doc("O andaki etiketler.", "Aliases in use at that moment.")]
