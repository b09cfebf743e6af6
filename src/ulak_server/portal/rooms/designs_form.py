"""The form in which a design is made: what was typed, and the design that it means."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, cast

from django.http import HttpRequest

from ulak.errors import Text
from ulak.render import ASSETS, Asset, Design
from ulak.render.design import COLUMNS, NEEDED_COLUMNS
from ulak.render.labels import LABELS
from ulak.render.pictures import LARGEST_UPLOAD, fitted
from ulak_server.designs import services as designs
from ulak_server.designs.services import Drawn, Wanted

__all__ = ["BLANK", "Form", "choices", "form_of", "typed", "with_files"]

_MOST_BANKS: Final = 8
_WORDS: Final[dict[str, tuple[tuple[str, Text], ...]]] = {
    "languages": (
        ("tr", Text("Türkçe", "Turkish")),
        ("en", Text("İngilizce", "English")),
        ("both", Text("İkisi birden", "Both")),
    ),
    "densities": (
        ("compact", Text("Sık", "Compact")),
        ("normal", Text("Olağan", "Normal")),
        ("airy", Text("Ferah", "Airy")),
    ),
    "slots": (
        ("logo", Text("Logo", "Logo")),
        ("signature", Text("İmza / kaşe", "Signature")),
        ("emblem", Text("GİB logosu", "Logo of GİB")),
    ),
}


class Form(NamedTuple):
    """A design as it stands on the page.

    Attributes:
        pictures: those that it has, by place.
        stylesheet: XSLT of the taxpayer's own, if it has one.
        revision: that was shown; what somebody else saved meanwhile is not overwritten.
    """

    name: str
    kind: str
    values: dict[str, Any]
    pictures: dict[str, bytes]
    stylesheet: bytes | None
    revision: int

    @property
    def drawn(self) -> Drawn:
        return Drawn(self.values, self.pictures, self.stylesheet)

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.name, self.kind, self.values, self.pictures, self.stylesheet)

    @property
    def banks(self) -> list[dict[str, str]]:
        """The accounts, and one empty row to write the next into."""
        there = list(self.values.get("bank", ()))
        return there + [{"bank": "", "iban": "", "currency": "TRY"}] * (len(there) < _MOST_BANKS)

    @property
    def shown_pictures(self) -> dict[str, str]:
        """The pictures as addresses for the page."""
        return {slot: Asset(data, _mime(data)).url for slot, data in self.pictures.items()}


def _mime(data: bytes) -> str:
    return (
        "image/png" if data.startswith(b"\x89PNG") else "image/jpeg" if data.startswith(b"\xff\xd8") else "image/webp"
    )


BLANK: Final = Form("", "", Design().as_json(), {}, None, 0)


def form_of(design: Any) -> Form:
    """A design that is kept, as the page shows it."""
    said = designs.drawn(design)
    values = {**Design().as_json(), **said.values}
    return Form(design.name, design.kind, values, dict(said.pictures), said.stylesheet, design.revision)


def typed(request: HttpRequest, before: Form) -> Form:
    """What somebody typed over the form as it was, files apart."""
    post = request.POST
    values = {
        "accent": post.get("accent", ""),
        "ink": post.get("ink", ""),
        "language": post.get("language", "tr"),
        "columns": [column for column in COLUMNS if column in post.getlist("columns")],
        "note_tr": _lines(post.get("note_tr", "")),
        "note_en": _lines(post.get("note_en", "")),
        "bank": _banks(request),
        "density": post.get("density", "normal"),
        "words": "words" in post,
        "platform": post.get("platform", "").strip(),
    }
    revision = post.get("revision", "")
    return Form(
        post.get("name", ""),
        post.get("kind", ""),
        values,
        {slot: data for slot, data in before.pictures.items() if f"no_{slot}" not in post},
        None if "no_stylesheet" in post else before.stylesheet,
        int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else before.revision,
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _banks(request: HttpRequest) -> list[dict[str, str]]:
    rows = zip(*(request.POST.getlist(name) for name in ("bank", "iban", "currency")), strict=False)
    found = [
        {"bank": bank.strip(), "iban": "".join(iban.split()).upper(), "currency": currency.strip().upper() or "TRY"}
        for bank, iban, currency in rows
    ]
    return [row for row in found if row["bank"] or row["iban"]]


def with_files(request: HttpRequest, form: Form) -> Form:
    """The form with the files that were brought along; pictures are made small at once.

    Raises:
        RenderError: ``render.asset``.
    """
    brought = {slot: upload for slot in ASSETS if (upload := request.FILES.get(slot))}
    pictures = {slot: fitted(_read(upload), slot).data for slot, upload in brought.items()}
    own = request.FILES.get("stylesheet")
    stylesheet = _read(own) if own else form.stylesheet
    return form._replace(pictures={**form.pictures, **pictures}, stylesheet=stylesheet)


def _read(upload: Any) -> bytes:
    return cast(bytes, upload.read(LARGEST_UPLOAD + 1))


def choices() -> dict[str, Any]:
    """What the page offers to choose from."""
    columns = [(column, LABELS[column], column in NEEDED_COLUMNS) for column in COLUMNS]
    return {
        **_WORDS,
        "columns": columns,
        "kinds": [("", Text("Bütün belgeler", "All documents")), *designs.KINDS.items()],
    }
