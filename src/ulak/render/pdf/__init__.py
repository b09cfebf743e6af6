"""PDF/A-3b and PNG of every document, in Ulak's own design."""

from ulak.render.pdf.output import to_pdf, to_png

__all__ = ["to_pdf", "to_png"]
