"""Stylesheets of strangers, run where they can do no harm.

Each runs in a process of its own that is forked from a warm one and has no files to open, no network, little memory and
little time; what it writes is cleaned there too, before anybody reads it.
"""

from ulak.render.foreign.pool import Sandbox, run_foreign
from ulak.render.foreign.values import Limits, Shown

__all__ = ["Limits", "Sandbox", "Shown", "run_foreign"]
