"""The Content-Security-Policy that belongs to each form of a page; whoever serves the page sends it along.

A page with scripts must only be answered to a frame (``Sec-Fetch-Dest: iframe``) with ``sandbox="allow-scripts"`` whose
parent's policy says ``frame-src 'self'``: a script could otherwise carry the document away by going to an address.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SCRIPTED", "STATIC"]

_NOTHING: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
STATIC: Final = _NOTHING + "frame-ancestors 'self'; sandbox"
SCRIPTED: Final = _NOTHING + "script-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-scripts"
