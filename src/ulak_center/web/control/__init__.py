"""The control API: everything that a tester sees of the center and tells it, as JSON over HTTP."""

from ulak_center.web.control.dispatch import PREFIX, Control

__all__ = ["PREFIX", "Control"]
