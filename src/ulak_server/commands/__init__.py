"""The commands that the platform brings to ``ulak``. Nothing heavy is imported here."""

from ulak.cli.plugins import Plugin
from ulak_server.commands.keeping import archive as _archive
from ulak_server.commands.keeping import audit as _audit
from ulak_server.commands.keeping import lists as _lists
from ulak_server.commands.keeping_words import ARCHIVE_HELP, AUDIT_HELP, KEEPING_METAVARS, LISTS_HELP
from ulak_server.commands.running import doctor as _doctor
from ulak_server.commands.running import manage as _manage
from ulak_server.commands.running import serve as _serve
from ulak_server.commands.running import worker as _worker
from ulak_server.commands.running_words import HELP, METAVARS

__all__ = ["archive", "audit", "doctor", "lists", "manage", "serve", "worker"]

serve = Plugin(_serve, HELP, METAVARS)
worker = Plugin(_worker, HELP, METAVARS)
manage = Plugin(_manage, HELP, METAVARS)
doctor = Plugin(_doctor, HELP, METAVARS)
archive = Plugin(_archive, ARCHIVE_HELP, KEEPING_METAVARS)
audit = Plugin(_audit, AUDIT_HELP, KEEPING_METAVARS)
lists = Plugin(_lists, LISTS_HELP, KEEPING_METAVARS)
