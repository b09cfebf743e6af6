"""The commands that the platform brings to ``ulak``. Nothing heavy is imported here."""

from ulak.cli.plugins import Plugin
from ulak_server.commands.crediting import credits as _credits
from ulak_server.commands.crediting_words import CREDITS_HELP, CREDITS_METAVARS
from ulak_server.commands.keeping import archive as _archive
from ulak_server.commands.keeping import audit as _audit
from ulak_server.commands.keeping import lists as _lists
from ulak_server.commands.keeping_words import ARCHIVE_HELP, AUDIT_HELP, KEEPING_METAVARS, LISTS_HELP
from ulak_server.commands.mailing import MAIL_HELP, MAIL_METAVARS
from ulak_server.commands.mailing import mail as _mail
from ulak_server.commands.reporting import REPORTING_HELP, REPORTING_METAVARS
from ulak_server.commands.reporting import reporting as _reporting
from ulak_server.commands.running import doctor as _doctor
from ulak_server.commands.running import manage as _manage
from ulak_server.commands.running import serve as _serve
from ulak_server.commands.running import worker as _worker
from ulak_server.commands.running_words import HELP, METAVARS
from ulak_server.commands.tenants import api_key as _api_key
from ulak_server.commands.tenants import taxpayer as _taxpayer
from ulak_server.commands.tenants import user as _user
from ulak_server.commands.tenants_words import HELP as _TENANTS
from ulak_server.commands.tenants_words import METAVARS as _TENANTS_METAVARS

__all__ = [
    "api_key",
    "archive",
    "audit",
    "credits",
    "doctor",
    "lists",
    "mail",
    "manage",
    "reporting",
    "serve",
    "taxpayer",
    "user",
    "worker",
]

serve = Plugin(_serve, HELP, METAVARS)
worker = Plugin(_worker, HELP, METAVARS)
manage = Plugin(_manage, HELP, METAVARS)
doctor = Plugin(_doctor, HELP, METAVARS)
archive = Plugin(_archive, ARCHIVE_HELP, KEEPING_METAVARS)
audit = Plugin(_audit, AUDIT_HELP, KEEPING_METAVARS)
credits = Plugin(_credits, CREDITS_HELP, CREDITS_METAVARS)
mail = Plugin(_mail, MAIL_HELP, MAIL_METAVARS)
lists = Plugin(_lists, LISTS_HELP, KEEPING_METAVARS)
reporting = Plugin(_reporting, REPORTING_HELP, REPORTING_METAVARS)
taxpayer = Plugin(_taxpayer, _TENANTS, _TENANTS_METAVARS)
user = Plugin(_user, _TENANTS, _TENANTS_METAVARS)
api_key = Plugin(_api_key, _TENANTS, _TENANTS_METAVARS)
