"""Small drawings for pages, 24 by 24, in strokes of the text's colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ICONS"]


def _path(*paths: str) -> str:
    return "".join(f'<path d="{one}"/>' for one in paths)


ICONS: Final[Mapping[str, str]] = {
    "today": _path("M4 11.5 12 5l8 6.5V20h-5.5v-5h-5v5H4z"),
    "out": _path("M5 19h14", "M12 15V4", "M7 9l5-5 5 5"),
    "in": _path("M5 19h14", "M12 4v11", "M7 10l5 5 5-5"),
    "lorry": _path(
        "M3 6h11v10H3z", "M14 9h4l3 4v3h-7z", "M6 16a2 2 0 1 0 4 0 2 2 0 1 0-4 0", "M15 16a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
    ),
    "upload": _path("M4 15v5h16v-5", "M12 16V5", "M8 9l4-4 4 4"),
    "download": _path("M4 15v5h16v-5", "M12 4v11", "M8 11l4 4 4-4"),
    "people": _path(
        "M6 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0",
        "M3 20c0-4 3-6 6-6s6 2 6 6",
        "M15 5.5a3 3 0 0 1 0 5",
        "M17 14c2.5.7 4 2.8 4 6",
    ),
    "person": _path("M9 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0", "M5 20c0-4 3-6 7-6s7 2 7 6"),
    "book": _path("M12 6.5C10 5 7 4.500 4 4.500V18c3 0 6 .5 8 2 2-1.500 5-2 8-2V4.500c-3 0-6 .5-8 2z", "M12 6.500V20"),
    "box": _path("M4 8l8-4 8 4v8l-8 4-8-4z", "M4 8l8 4 8-4", "M12 12v8"),
    "gear": _path(
        "M9 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0",
        "M12 3v3M12 18v3M3 12h3M18 12h3",
        "M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1",
    ),
    "desk": _path("M4 5h7v6H4z", "M13 5h7v6h-7z", "M4 13h7v6H4z", "M13 13h7v6h-7z"),
    "help": _path(
        "M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0", "M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.700.4-1 .9-1 1.7", "M12 16.500v.1"
    ),
    "plus": _path("M12 5v14", "M5 12h14"),
    "search": _path("M4 10.500a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0", "M15.5 15.5 20 20"),
    "check": _path("M5 12.500l4.5 4.500L19 7"),
    "cross": _path("M6 6l12 12", "M18 6 6 18"),
    "alert": _path("M12 4 2.8 20h18.400z", "M12 10v4.5", "M12 17v.1"),
    "info": _path("M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0", "M12 11v5", "M12 8v.1"),
    "clock": _path("M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0", "M12 7.500V12l3 2"),
    "bell": _path("M6 17V11a6 6 0 1 1 12 0v6l1.5 1.500h-15z", "M10 21h4"),
    "edit": _path("M4 20l1-4L16 5l3 3L8 19z", "M14 7l3 3"),
    "trash": _path("M5 7h14", "M9 7V4h6v3", "M7 7l1 13h8l1-13"),
    "copy": _path("M8 8h11v12H8z", "M5 16V4h11"),
    "mail": _path("M3 6h18v12H3z", "M3 7l9 7 9-7"),
    "link": _path("M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1", "M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"),
    "key": _path("M4 15a4 4 0 1 0 8 0 4 4 0 1 0-8 0", "M11 12l9-8", "M16 7.500l3 3"),
    "lock": _path("M5 11h14v9H5z", "M8 11V8a4 4 0 1 1 8 0v3"),
    "seal": _path("M7 9a5 5 0 1 0 10 0 5 5 0 1 0-10 0", "M9 13l-2 8 5-3 5 3-2-8"),
    "file": _path("M6 3h8l4 4v14H6z", "M14 3v4h4"),
    "send": _path("M4 12 20 5l-5 15-4-6z", "M11 14l9-9"),
    "reply": _path("M9 6 4 11l5 5", "M4 11h9c4 0 6 2.5 7 7"),
    "label": _path("M4 4h8l8 8-8 8-8-8z", "M8 8v.1"),
    "filter": _path("M4 6h16", "M7 12h10", "M10 18h4"),
    "sort": _path("M8 5v14", "M5 16l3 3 3-3", "M16 19V5", "M13 8l3-3 3 3"),
    "left": _path("M14.5 6l-6 6 6 6"),
    "right": _path("M9.5 6l6 6-6 6"),
    "down": _path("M6 9.500l6 6 6-6"),
    "more": _path("M5 12v.1", "M12 12v.1", "M19 12v.1"),
    "menu": _path("M4 7h16", "M4 12h16", "M4 17h16"),
    "exit": _path("M10 4H5v16h5", "M15 8l4 4-4 4", "M19 12H9"),
    "queue": _path("M4 6h16", "M4 10h12", "M4 14h14", "M4 18h8"),
    "rules": _path("M5 4h14v16H5z", "M8 9l1.5 1.500L12 8", "M14 9.500h2.5", "M8 15l1.5 1.500L12 14", "M14 15.500h2.5"),
    "chain": _path("M3 9h7v6H3z", "M14 9h7v6h-7z", "M10 12h4"),
    "repeat": _path("M5 11a7 6 0 0 1 12-3l2 2", "M19 5v5h-5", "M19 13a7 6 0 0 1-12 3l-2-2", "M5 19v-5h5"),
    "star": _path("M12 4l2.5 5.2 5.5.8-4 4 1 5.5-5-2.7-5 2.7 1-5.5-4-4 5.5-.8z"),
    "print": _path("M7 9V4h10v5", "M7 17H4V9h16v8h-3", "M7 14h10v6H7z"),
    "report": _path("M4 6h16v14H4z", "M4 10h16", "M8 4v4M16 4v4", "M9 15l2 2 4-4"),
    "receipt": _path("M6 3v18l2-1.5 2 1.500 2-1.500 2 1.500 2-1.500 2 1.500V3z", "M9 8h6", "M9 12h6"),
    "credit": _path(
        "M4 7c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3",
        "M4 7v5c0 1.700 3.600 3 8 3s8-1.300 8-3V7",
        "M4 12v5c0 1.700 3.600 3 8 3s8-1.300 8-3v-5",
    ),
    "eye": _path(
        "M2.5 12C5 7.5 8.5 6 12 6s7 1.5 9.5 6c-2.5 4.5-6 6-9.5 6s-7-1.5-9.5-6",
        "M9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0",
    ),
}
"""By name; each is drawn for Ulak."""
