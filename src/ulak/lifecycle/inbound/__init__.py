"""An envelope that we received: kept, judged, filed, and its sender told by a system response.

GİB's call is answered as soon as the bytes are kept; everything here happens afterwards. A poll for an id that we never
received is answered with 2004 by whoever finds no record.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1, 4.2, 4.3; Yazılım Standartları (Ek-3) V1.4, 7.2.2, 8; Denetim
Kılavuzu (DK) J16–J22, L14–L20.
"""

from ulak.lifecycle.inbound.happenings import Happening, happening
from ulak.lifecycle.inbound.rows import MACHINE, ROWS, step
from ulak.lifecycle.inbound.stages import SENTENCES, Stage
from ulak.lifecycle.inbound.values import (
    ArrivedAgain,
    Event,
    File,
    Incoming,
    Judged,
    Open,
    Polled,
    RefuseCall,
    Respond,
    ResponseEnded,
    ResponsePacked,
    stored,
)

__all__ = [
    "MACHINE",
    "ROWS",
    "SENTENCES",
    "ArrivedAgain",
    "Event",
    "File",
    "Happening",
    "Incoming",
    "Judged",
    "Open",
    "Polled",
    "RefuseCall",
    "Respond",
    "ResponseEnded",
    "ResponsePacked",
    "Stage",
    "happening",
    "step",
    "stored",
]
