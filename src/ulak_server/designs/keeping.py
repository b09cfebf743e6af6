"""A taxpayer's designs: made, changed, chosen, put away. All verbs work in the caller's transaction and scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.designs.kinds import KINDS
from ulak_server.designs.models import Design, Picture, Wardrobe
from ulak_server.designs.pictures import checked, mime_of
from ulak_server.designs.problems import problem
from ulak_server.designs.sewing import Drawn, try_on

__all__ = [
    "Wanted",
    "design_of",
    "designs_of",
    "drawn",
    "dresses",
    "make_default",
    "restore",
    "retire",
    "save",
    "set_wardrobe",
    "wearable",
]

_LONGEST_NAME: Final = 80


class Wanted(NamedTuple):
    """A design as it is to be.

    Attributes:
        kind: see `ulak_server.designs.kinds.KINDS`; empty: for all.
        values: as `ulak.render.Design.from_json` takes them.
        pictures: bytes of PNG or JPEG by their place; None instead of a mapping leaves those that are there.
        stylesheet: XSLT of the taxpayer's own, in place of one made of the values.
    """

    name: str
    kind: str = ""
    values: Mapping[str, Any] = {}
    pictures: Mapping[str, bytes] | None = None
    stylesheet: bytes | None = None


def designs_of(taxpayer: int, kind: str | None = None, *, retired: bool = False) -> list[Design]:
    """A taxpayer's designs, the default ones first.

    Args:
        kind: only those that documents of this kind may wear.
        retired: whether those that were put away are wanted too.
    """
    found = Design.objects.filter(taxpayer_id=taxpayer)
    if kind is not None:
        found = found.filter(kind__in=("", kind))
    if not retired:
        found = found.filter(retired_at=None)
    return list(found.order_by("-is_default", "kind", "name", "id"))


def design_of(taxpayer: int, id: int) -> Design:
    """One of a taxpayer's designs, also if it was put away.

    Raises:
        UnknownDesign: ``design.unknown``.
    """
    found = Design.objects.filter(taxpayer_id=taxpayer, id=id).first()
    if found is None:
        raise problem("design.unknown")
    return found


def wearable(taxpayer: int, id: int) -> None:
    """Refuse a design that new documents may not wear.

    Raises:
        UnknownDesign: ``design.unknown``.
    """
    if design_of(taxpayer, id).retired_at is not None:
        raise problem("design.unknown")


def drawn(design: Design) -> Drawn:
    """What a design says, pictures and all, for `ulak.render`."""
    stylesheet = None if design.stylesheet is None else bytes(design.stylesheet)
    return Drawn(design.values, _pictures(design), stylesheet)


def save(
    taxpayer: int,
    wanted: Wanted,
    *,
    id: int | None = None,
    revision: int | None = None,
    actor: str = "",
    origin: str = "",
) -> Design:
    """Keep a new design, or one that is there as it is wanted now. The first of its kind becomes the default.

    Args:
        id: the one to be changed.
        revision: that whoever changes it has seen; None: whatever it is now.

    Raises:
        UnknownDesign: ``design.unknown``.
        DesignError: ``design.name``, ``design.name-taken``, ``design.kind``, ``design.changed-meanwhile``,
            ``design.picture-…``, ``design.own-for-all``, ``design.unfit``, ``design.too-large``.
        RenderError: what is wrong with the values.
    """
    design = _for_change(taxpayer, id, revision) if id is not None else Design(taxpayer_id=taxpayer)
    before = design.kind
    design.name, design.kind = _name(taxpayer, wanted.name, id), _kind(wanted.kind)
    design.values, design.stylesheet = dict(wanted.values), wanted.stylesheet
    kept = _pictures(design) if id is not None else {}
    pictures = kept if wanted.pictures is None else checked(wanted.pictures)
    if wanted.stylesheet is not None and not design.kind:
        raise problem("design.own-for-all", where="/kind")
    try_on(Drawn(design.values, pictures, wanted.stylesheet))
    if id is not None:
        design.revision += 1
        design.changed_at = clock.now()
        design.is_default = design.is_default and design.kind == before
    design.save()
    if wanted.pictures is not None:
        _hang(design, pictures)
    _tell("design.changed" if id is not None else "design.added", design, actor, origin)
    if not Design.objects.filter(taxpayer_id=taxpayer, kind=design.kind, is_default=True, retired_at=None).exists():
        return make_default(taxpayer, design.id, actor=actor, origin=origin)
    return design


def make_default(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Design:
    """Let documents of its kind wear this design where nobody names one.

    Raises:
        UnknownDesign: ``design.unknown``.
    """
    chosen = _for_change(taxpayer, id, None)
    same = Design.objects.filter(taxpayer_id=taxpayer, kind=chosen.kind, is_default=True)
    same.exclude(id=id).update(is_default=False)
    chosen.is_default = True
    chosen.save(update_fields=["is_default"])
    _tell("design.default", chosen, actor, origin)
    return chosen


def retire(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Let no more documents wear a design; those that wear it keep it. It stays to be seen.

    Raises:
        UnknownDesign: ``design.unknown``.
    """
    chosen = _for_change(taxpayer, id, None)
    chosen.retired_at, chosen.is_default = clock.now(), False
    chosen.save(update_fields=["retired_at", "is_default"])
    _tell("design.retired", chosen, actor, origin)


def restore(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Design:
    """Take a design out again that was put away; it is nobody's default.

    Raises:
        UnknownDesign: ``design.unknown``: also for one that was not put away.
        DesignError: ``design.name-taken``: another has its name meanwhile.
    """
    found = Design.objects.select_for_update().filter(taxpayer_id=taxpayer, id=id, retired_at__isnull=False).first()
    if found is None:
        raise problem("design.unknown")
    found.name = _name(taxpayer, found.name, id)
    found.retired_at = None
    found.save(update_fields=["retired_at"])
    _tell("design.restored", found, actor, origin)
    return found


def dresses(taxpayer: int) -> Wardrobe:
    """What is put into a taxpayer's documents as they are sealed."""
    return Wardrobe.objects.filter(taxpayer_id=taxpayer).first() or Wardrobe(taxpayer_id=taxpayer)


def set_wardrobe(
    taxpayer: int, *, has_stylesheet: bool, has_karekod: bool, actor: str = "", origin: str = ""
) -> Wardrobe:
    """Say what is to be put into a taxpayer's documents from now on."""
    said = {"has_stylesheet": has_stylesheet, "has_karekod": has_karekod}
    found, _ = Wardrobe.objects.update_or_create(taxpayer_id=taxpayer, defaults=said)
    audit.record([Entry("wardrobe.changed", clock.now(), taxpayer, actor=actor, origin=origin, facts=said)])
    return found


def _for_change(taxpayer: int, id: int, revision: int | None) -> Design:
    found = Design.objects.select_for_update().filter(taxpayer_id=taxpayer, id=id, retired_at=None).first()
    if found is None:
        raise problem("design.unknown")
    if revision is not None and revision != found.revision:
        raise problem("design.changed-meanwhile", revision=found.revision)
    return found


def _name(taxpayer: int, name: str, id: int | None) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST_NAME or "\0" in name:
        raise problem("design.name", where="/name", most=_LONGEST_NAME)
    if Design.objects.filter(taxpayer_id=taxpayer, name=name, retired_at=None).exclude(id=id or 0).exists():
        raise problem("design.name-taken", where="/name", name=name)
    return name


def _kind(kind: str) -> str:
    if kind and kind not in KINDS:
        raise problem("design.kind", where="/kind", kind=kind[:40], kinds=", ".join(KINDS))
    return kind


def _pictures(design: Design) -> dict[str, bytes]:
    there = Picture.objects.filter(taxpayer_id=design.taxpayer_id, design_id=design.id)
    return {one.slot: bytes(one.data) for one in there}


def _hang(design: Design, pictures: Mapping[str, bytes]) -> None:
    Picture.objects.filter(taxpayer_id=design.taxpayer_id, design_id=design.id).delete()
    Picture.objects.bulk_create(
        Picture(design_id=design.id, taxpayer_id=design.taxpayer_id, slot=slot, mime=mime_of(data), data=data)
        for slot, data in pictures.items()
    )


def _tell(what: str, design: Design, actor: str, origin: str) -> None:
    facts = {"design": design.id, "name": design.name, "kind": design.kind, "revision": design.revision}
    audit.record([Entry(what, clock.now(), design.taxpayer_id, actor=actor, origin=origin, facts=facts)])
