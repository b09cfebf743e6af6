"""The room of designs; its pages stand in the modules beside."""

from ulak_server.pages.registry import Pages

__all__ = ["ROOM"]

ROOM = Pages("designs")
