"""What the friendly documents have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ulak.errors import Text
from ulak.ubl.forms.errors import missing
from ulak.ubl.values import Date, Time

__all__ = ["Clock", "Form", "Identified", "Moment", "Passthrough", "doc"]


class Form(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    repr_omit_defaults=True,
    gc=False,
):
    """The base of everything that stands in a friendly document; unknown fields are refused."""


def doc(turkish: str, english: str) -> Meta:
    """What a field means, for the published JSON Schema."""
    return Meta(description=english, extra_json_schema={"x-description-tr": turkish})


Passthrough = Annotated[
    dict[str, Any],
    doc(
        "Bu biçimde alanı olmayan UBL öğeleri; adlarıyla, belgenin üzerine birleştirilir (docs/json.md).",
        "UBL elements that this form has no field for, by their names, merged over the document (docs/json.md).",
    ),
]


class Clock(msgspec.Struct, frozen=True, gc=False):
    """What a document takes from its surroundings: nothing in this package reads a clock or makes a random number.

    Attributes:
        now: the moment of issue where the document does not state its own.
        new_uuid: makes an ETTN where the document does not state its own.
        number: the document number where the document does not state its own.
    """

    now: datetime | None = None
    new_uuid: Callable[[], str] | None = None
    number: str | None = None


class Moment(msgspec.Struct, frozen=True, gc=False):
    """Who a document is and when it was issued."""

    number: str
    uuid: str
    date: Date
    time: Time | None


class Identified(Form, kw_only=True):
    """The fields that identify every document."""

    number: Annotated[
        str | None,
        doc("Belge numarası: 3 karakter birim, yıl, 9 hane.", "Document number: 3 characters, year, 9 digits."),
    ] = None
    uuid: Annotated[str | None, doc("ETTN.", "ETTN, the universal number (UUID).")] = None
    date: Annotated[Date | None, doc("Düzenleme tarihi.", "Date of issue.")] = None
    time: Annotated[Time | None, doc("Düzenleme saati.", "Time of issue.")] = None
    notes: Annotated[tuple[str, ...], doc("Notlar.", "Notes.")] = ()

    def moment(self, clock: Clock) -> Moment:
        """Number, ETTN, date and time: the document's own, or those of its surroundings.

        Raises:
            JsonError: ``json.missing-field`` if neither has one.
        """
        uuid = self.uuid or (clock.new_uuid() if clock.new_uuid else None)
        number = self.number or clock.number
        date, time = self.date, self.time
        if clock.now is not None:
            today, _, hour = clock.now.replace(tzinfo=None).isoformat(timespec="seconds").partition("T")
            date = date or today
            time = time or (hour if date == today else None)
        if uuid is None:
            raise missing("/uuid", Text("Belgenin ETTN'si yok.", "The document has no ETTN."))
        if number is None:
            raise missing("/number", Text("Belgenin numarası yok.", "The document has no number."))
        if date is None:
            raise missing("/date", Text("Belgenin tarihi yok.", "The document has no date."))
        return Moment(number, uuid, date, time)
