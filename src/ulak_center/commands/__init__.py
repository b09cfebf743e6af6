"""The commands that the center brings to ``ulak``. Nothing heavy is imported here."""

from ulak.cli.plugins import Plugin
from ulak_center.commands.center import center as _center
from ulak_center.commands.center_words import CENTER_HELP, CENTER_METAVARS
from ulak_center.commands.gib_tests import gib_tests as _gib_tests
from ulak_center.commands.gib_tests_words import GIB_TESTS_HELP, GIB_TESTS_METAVARS

__all__ = ["center", "gib_tests"]

center = Plugin(_center, CENTER_HELP, CENTER_METAVARS)
gib_tests = Plugin(_gib_tests, GIB_TESTS_HELP, GIB_TESTS_METAVARS)
