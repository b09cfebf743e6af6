"""What can be wrong with a design."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "DesignError", "UnknownDesign", "problem"]


class DesignError(UlakError):
    """A design is not fit to be worn, or not as it was asked for."""


class UnknownDesign(DesignError):
    """There is no such design in scope: 404."""


PROBLEMS: Final[Table] = {
    "design.unknown": Problem(
        Text("Böyle bir tasarım yok ya da sizin değil.", "There is no such design, or it is not yours."),
        Text("Tasarımlar listesine bakın.", "See the list of designs."),
    ),
    "design.kind": Problem(
        Text("“{kind}” diye bir tasarım türü yok.", "There is no kind of design “{kind}”."),
        Text("Türler: {kinds}; boş bırakılırsa hepsi.", "The kinds are: {kinds}; empty means all."),
    ),
    "design.name": Problem(
        Text("Tasarımın adı yok ya da çok uzun.", "The design has no name, or too long a one."),
        Text("En çok {most} harflik bir ad verin.", "Give it a name of at most {most} letters."),
    ),
    "design.name-taken": Problem(
        Text("“{name}” adında bir tasarımınız zaten var.", "You have a design “{name}” already."),
        Text("Başka bir ad verin ya da olanı değiştirin.", "Give another name, or change that one."),
    ),
    "design.changed-meanwhile": Problem(
        Text(
            "Tasarım siz çalışırken değiştirilmiş (sürüm {revision}).",
            "The design was changed while you worked on it (revision {revision}).",
        ),
        Text(
            "Yeni halini açıp değişikliklerinizi onun üzerine yapın.",
            "Open it as it is now and make your changes to that.",
        ),
    ),
    "design.picture-slot": Problem(
        Text("Tasarımda “{slot}” adlı bir resim yeri yok.", "A design has no place for a picture “{slot}”."),
        Text("Resim yerleri: {slots}.", "Pictures may stand at: {slots}."),
    ),
    "design.picture-type": Problem(
        Text("“{slot}” resmi PNG, JPEG ya da WebP değil.", "The picture “{slot}” is neither PNG, JPEG nor WebP."),
        Text(
            "Resmi PNG, JPEG ya da WebP olarak kaydedip yeniden yükleyin.",
            "Save it as PNG, JPEG or WebP and upload it again.",
        ),
    ),
    "design.picture-too-large": Problem(
        Text(
            "“{slot}” resmi {size} KB; en çok {most} KB olabilir, çünkü her belgenin içinde gider.",
            "The picture “{slot}” has {size} KB; {most} KB is the most, since every document carries it.",
        ),
        Text("Resmi küçültüp yeniden yükleyin.", "Make the picture smaller and upload it again."),
    ),
    "design.own-for-all": Problem(
        Text(
            "Kendi XSLT'niz tek bir belge türü içindir; bu tasarım ise bütün türler için.",
            "A stylesheet of your own is for one kind of document; this design is for all.",
        ),
        Text("Tasarımın belge türünü seçin.", "Choose the kind of document that the design is for."),
    ),
    "design.unfit": Problem(
        Text("Tasarım GİB'in istediklerini karşılamıyor: {detail}", "The design lacks what GİB demands: {detail}"),
        Text("{repair}", "{repair}"),
    ),
    "design.too-large": Problem(
        Text(
            "XSLT {size} KB; en çok {most} KB olabilir, çünkü her belgenin içinde gider.",
            "The stylesheet has {size} KB; {most} KB is the most, since every document carries it.",
        ),
        Text("İçindeki resimleri ve betikleri çıkarın.", "Take pictures and scripts out of it."),
    ),
}


def problem(code: str, /, *, where: str = "", **facts: object) -> DesignError:
    """The error of a code."""
    kind = UnknownDesign if code == "design.unknown" else DesignError
    return error_of(kind, PROBLEMS, code, where=where, line=None, **facts)
