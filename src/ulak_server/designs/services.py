"""What other rooms do with designs. All verbs work in the caller's transaction and scope."""

from ulak_server.designs.dressing import UNDRESSED, Dress, dress_for, dresses_for, is_own
from ulak_server.designs.keeping import (
    Wanted,
    design_of,
    designs_of,
    drawn,
    dresses,
    make_default,
    restore,
    retire,
    save,
    set_wardrobe,
    wearable,
)
from ulak_server.designs.kinds import KINDS, WORN_BY
from ulak_server.designs.pictures import LARGEST as LARGEST_PICTURE
from ulak_server.designs.pictures import SLOTS
from ulak_server.designs.problems import PROBLEMS, DesignError, UnknownDesign
from ulak_server.designs.sewing import Drawn, look_of, sewn

__all__ = [
    "KINDS",
    "LARGEST_PICTURE",
    "PROBLEMS",
    "SLOTS",
    "UNDRESSED",
    "WORN_BY",
    "DesignError",
    "Drawn",
    "Dress",
    "UnknownDesign",
    "Wanted",
    "design_of",
    "designs_of",
    "drawn",
    "dress_for",
    "dresses",
    "dresses_for",
    "is_own",
    "look_of",
    "make_default",
    "restore",
    "retire",
    "save",
    "set_wardrobe",
    "sewn",
    "wearable",
]
