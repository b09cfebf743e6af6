"""``ulak show``: any document or envelope as a person reads it."""

from ulak.cli.show.command import show_document

__all__ = ["show_document"]
