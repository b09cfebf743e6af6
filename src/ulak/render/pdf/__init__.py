"""PDF/A-3b and PNG of every document in Ulak's design; a stranger's design by a browser, if there is one."""

from ulak.render.pdf.browser import find_browser
from ulak.render.pdf.output import to_pdf, to_png
from ulak.render.pdf.printing import Engine, Printed, printed

__all__ = ["Engine", "Printed", "find_browser", "printed", "to_pdf", "to_png"]
